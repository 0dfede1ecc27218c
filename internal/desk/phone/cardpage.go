package phone

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// card shows one card, with its name and number.
func (d *Door) card(w http.ResponseWriter, r *http.Request) error {
	return d.showCard(w, r, http.StatusOK, frame.NewQuestions(r))
}

// showCard draws a card with what can be done with it.
func (d *Door) showCard(w http.ResponseWriter, r *http.Request, status int, q *frame.Questions) error {
	v, who := q.Voice, porch.Who(r).Person
	c, err := d.Office.Card(r.Context(), who, r.PathValue("card"))
	if err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	facts := []page.Pair{{Term: v.Say("phone.called"), Value: v.LongDate(c.CalledOn) + ", " + c.CalledAt.Format("15:04")}}
	if c.Swept {
		facts = append(facts, page.Pair{Term: v.Say("phone.about"), Value: v.Say("phone.swept")})
	} else {
		facts = append(facts, page.Pair{Term: v.Say("phone.ask.number"), Value: c.Note.Number}, page.Pair{Term: v.Say("phone.ask.name"), Value: cmp.Or(c.Note.Name, v.Say("phone.no_name"))},
			page.Pair{Term: v.Say("phone.about"), Value: about(v, c)}, page.Pair{Term: v.Say("phone.taken_by"), Value: names.Name(c.Note.TakenBy)})
	}
	for _, try := range c.Note.Tries {
		facts = append(facts, page.Pair{Term: v.Say("phone.tries"), Value: v.WeekdayDate(try.On) + ", " + names.Name(try.By)})
	}
	parts := []templ.Component{page.Summary(facts)}
	if c.State == complaint.CardWaits {
		path, hidden := cardsPath+"/"+c.ID, porch.Carry(porch.NewKey(), c.Version)
		var reasons []page.Option
		for _, code := range complaint.CardReasons {
			reasons = append(reasons, page.Option{Value: code, Label: v.Say("phone.reason." + code)})
		}
		parts = append(parts, page.SayAloud(v, v.Say("phone.say")),
			page.Buttons(page.Button{Label: v.Say("phone.write_down"), Kind: page.Primary, Icon: page.IconPen, Href: frame.Address(frame.IntakePath+"/telefoon", cardField, c.ID)}),
			frame.PressForm(frame.Pressing{URL: path + "/niet-bereikt", Press: v.Say("phone.not_reached"), Hidden: hidden}),
			frame.Section("geen-klacht", v.Say("phone.no_complaint"), []templ.Component{frame.ManagedForm(path+"/geen-klacht", hidden,
				[]templ.Component{q.Choice("reason", "phone.ask.reason", "", v.Say("common.choose"), reasons, frame.Narrow)}, page.Button{Label: v.Say("phone.close")})}),
			frame.Section("medewerker", v.Say("phone.colleague"), []templ.Component{
				frame.ManagedForm(path+"/medewerker", hidden, []templ.Component{q.Choice("concerned", "phone.ask.concerned", "", v.Say("common.choose"), colleagues(names, who.ID, false), frame.Narrow)}, page.Button{Label: v.Say("phone.name")}),
				frame.ManagedForm(path+"/overgeven", hidden, []templ.Component{q.Choice("to", "phone.ask.to", "", v.Say("common.choose"), colleagues(names, who.ID, true), frame.Narrow, frame.Hint(v.Say("phone.ask.to_hint")))}, page.Button{Label: v.Say("phone.hand_over"), Kind: page.Danger})}))
	} else if c.Reason != "" {
		parts = append(parts, frame.Para(v.Say("phone.reason."+c.Reason)))
	}
	m := frame.Managed{Voice: v, Title: v.Say("phone.card"), Meaning: v.Say("phone.card_meaning"), Back: frame.BackTo(v, "nav.phone", frame.PhonePath), Done: done(v, r), Mistakes: q.Mistakes(), Parts: parts}
	return d.Show(w, r, status, frame.Page{Title: m.Title, Place: frame.PhonePath, Failed: q.Failed(), Body: frame.ManagedPage(m)})
}

// onCard carries a task on a card out, or shows the card with what is wrong. stays says
// that the card is still there for who did it.
func (d *Door) onCard(w http.ResponseWriter, r *http.Request, code string, stays bool, do func(q *frame.Questions, id string) error) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	id := r.PathValue("card")
	if !q.Failed() {
		err := do(q, id)
		var one *complaint.Error
		if errors.As(err, &one) && one.Kind == complaint.NotFound {
			return err
		}
		if err := q.Take(err); err != nil {
			return err
		}
	}
	if q.Failed() {
		return d.showCard(w, r, http.StatusUnprocessableEntity, q)
	}
	to := frame.PhonePath
	if stays {
		to = cardsPath + "/" + id
	}
	return porch.SeeOther(w, r, frame.Address(to, frame.DoneField, code))
}

// stepOn is the form of a task on a card.
func stepOn(q *frame.Questions, id string) office.Form {
	return office.Form{Key: q.Typed.Key(), Dossier: id, Seen: q.Typed.Seen()}
}

func (d *Door) try(w http.ResponseWriter, r *http.Request) error {
	return d.onCard(w, r, "geprobeerd", false, func(q *frame.Questions, id string) error {
		return d.Office.TryCard(r.Context(), porch.Who(r).Person, stepOn(q, id))
	})
}

func (d *Door) drop(w http.ResponseWriter, r *http.Request) error {
	return d.onCard(w, r, "afgedaan", false, func(q *frame.Questions, id string) error {
		return d.Office.DropCard(r.Context(), porch.Who(r).Person, stepOn(q, id), q.Typed.Text("reason"))
	})
}

func (d *Door) nameEmployee(w http.ResponseWriter, r *http.Request) error {
	return d.onCard(w, r, "genoemd", true, func(q *frame.Questions, id string) error {
		return d.Office.NameOnCard(r.Context(), porch.Who(r).Person, stepOn(q, id), complaint.Actor(q.Typed.Text("concerned")))
	})
}

func (d *Door) handOver(w http.ResponseWriter, r *http.Request) error {
	return d.onCard(w, r, "overgegeven", false, func(q *frame.Questions, id string) error {
		return d.Office.HandOverCard(r.Context(), porch.Who(r).Person, stepOn(q, id), complaint.Actor(q.Typed.Text("to")))
	})
}
