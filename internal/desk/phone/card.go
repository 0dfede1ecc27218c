package phone

import (
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// cardField carries the id of a card that is about to be.
const cardField = "kaart"

// cards shows the form of a quick card, and who waits to be called back.
func (d *Door) cards(w http.ResponseWriter, r *http.Request) error {
	return d.showCards(w, r, http.StatusOK, frame.NewQuestions(r))
}

// takeCard keeps who must be called back.
func (d *Door) takeCard(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	t := q.Typed
	note := complaint.CardNote{Name: t.Text("name"), Number: t.Text("number"), About: t.Text("about"), For: complaint.Actor(t.Text("to"))}
	if id := complaint.Actor(t.Text("concerned")); id != "" {
		note.Concerned = []complaint.Actor{id}
	}
	if !q.Failed() {
		if err := q.Take(d.Office.TakeCard(r.Context(), porch.Who(r).Person, t.Text(cardField), note)); err != nil {
			return err
		}
	}
	if q.Failed() {
		return d.showCards(w, r, http.StatusUnprocessableEntity, q)
	}
	done := "bewaard"
	if note.For != "" {
		done = "overgegeven"
	}
	return porch.SeeOther(w, r, frame.Address(frame.PhonePath, frame.DoneField, done))
}

func (d *Door) showCards(w http.ResponseWriter, r *http.Request, status int, q *frame.Questions) error {
	v, who := q.Voice, porch.Who(r).Person
	list, err := d.Office.Cards(r.Context(), who)
	if err != nil {
		return err
	}
	closed, err := d.Office.ClosedCards(r.Context(), who)
	if err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	id := q.Typed.Text(cardField)
	if id == "" {
		id = d.Office.NewCard()
	}
	fields := []templ.Component{
		q.Line("number", "phone.ask.number", "", frame.Narrow, frame.OfType("tel", "off")),
		q.Line("name", "phone.ask.name", "", frame.Narrow, frame.Optional),
		q.Line("about", "phone.ask.about", "", frame.Optional),
		q.Choice("concerned", "phone.ask.concerned", "", v.Say("phone.nobody"), colleagues(names, "", false), frame.Narrow, frame.Optional),
		q.Choice("to", "phone.ask.to", "", v.Say("phone.not_me"), colleagues(names, who.ID, true), frame.Narrow, frame.Optional, frame.Hint(v.Say("phone.ask.to_hint"))),
	}
	form := frame.ManagedForm(frame.PhonePath, []page.Hidden{{Name: cardField, Value: id}}, fields, page.Button{Label: v.Say("phone.keep"), Kind: page.Primary, Icon: page.IconPhone})
	waiting := frame.Para(v.Say("phone.none"))
	if len(list) > 0 {
		waiting = page.TableOf(cardTable(v, list, names))
	}
	parts := []templ.Component{
		frame.Section("nieuw", v.Say("phone.new"), []templ.Component{form}),
		frame.Section("wachten", v.Count("phone.waiting", len(list)), []templ.Component{waiting}),
	}
	if len(closed) > 0 {
		parts = append(parts, frame.Section("klaar", v.Say("phone.closed"), []templ.Component{page.TableOf(closedTable(v, closed))}))
	}
	m := frame.Managed{Voice: v, Title: v.Say("nav.phone"), Meaning: v.Say("phone.meaning"), Tabs: tabs(v, frame.PhonePath), Done: done(v, r), Mistakes: q.Mistakes(), Parts: parts}
	return d.Show(w, r, status, frame.Page{Title: m.Title, Place: frame.PhonePath, Failed: q.Failed(), Body: frame.ManagedPage(m)})
}

// tabs lead from the cards to the search and back.
func tabs(v *words.Voice, place string) []page.NavItem {
	return []page.NavItem{
		{Label: v.Say("phone.cards"), Href: frame.PhonePath, Current: place == frame.PhonePath},
		{Label: v.Say("phone.search"), Href: searchPath, Current: place == searchPath},
	}
}

// done says what was just done.
func done(v *words.Voice, r *http.Request) string {
	code := r.URL.Query().Get(frame.DoneField)
	if r.Method == http.MethodGet && slices.Contains([]string{"bewaard", "overgegeven", "geprobeerd", "afgedaan", "genoemd"}, code) {
		return v.Say("phone.done." + code)
	}
	return ""
}

// colleagues are the accounts to choose from; of those who take complaints in when asked.
func colleagues(names frame.People, without complaint.Actor, receive bool) []page.Option {
	var list []page.Option
	for id, c := range names.Staff {
		if c.Active && id != without && (!receive || slices.Contains(c.Roles, complaint.Helpdesk)) {
			list = append(list, page.Option{Value: string(id), Label: strings.TrimSuffix(c.Name+", "+c.Function, ", ")})
		}
	}
	slices.SortFunc(list, func(a, b page.Option) int { return strings.Compare(a.Label, b.Label) })
	return list
}

// cardTable lists cards by what they are about: names and numbers stand on the card.
func cardTable(v *words.Voice, list []office.CardView, names frame.People) page.Table {
	t := page.Table{Caption: v.Say("phone.caption"), Columns: []page.Column{{Label: v.Say("phone.about")}, {Label: v.Say("phone.called"), First: true},
		{Label: v.Say("phone.age")}, {Label: v.Say("phone.tries")}, {Label: v.Say("phone.for")}}}
	for _, c := range list {
		age := page.Cell{Text: v.Count("phone.days", c.Days)}
		if c.Days == 0 {
			age.Text = v.Say("common.today")
		}
		if c.Overdue {
			age = page.Cell{Body: page.Chip(page.ChipLate, page.NoIcon, v.Say("phone.overdue", "Due", v.WeekdayDate(c.DueOn)))}
		}
		tries := page.Cell{Text: v.Say("phone.no_tries")}
		if n := len(c.Note.Tries); n > 0 {
			tries = page.Cell{Text: v.Count("phone.tried", n), Small: v.WeekdayDate(c.Note.Tries[n-1].On)}
		}
		t.Rows = append(t.Rows, page.Row{{Text: about(v, c), Href: cardsPath + "/" + c.ID}, {Text: v.WeekdayDate(c.CalledOn), Small: c.CalledAt.Format("15:04")},
			age, tries, {Text: names.Name(c.Note.For)}})
	}
	return t
}

func about(v *words.Voice, c office.CardView) string {
	if c.Note.About == "" {
		return v.Say("phone.no_subject")
	}
	return c.Note.About
}

// closedTable lists what became of cards, as long as their content is kept.
func closedTable(v *words.Voice, list []office.CardView) page.Table {
	t := page.Table{Caption: v.Say("phone.closed"), Columns: []page.Column{{Label: v.Say("phone.about")}, {Label: v.Say("phone.called"), First: true}, {Label: v.Say("phone.became")}}}
	for _, c := range list {
		became, href := v.Say("phone.state.written_down"), frame.DossierPath(c.ID)
		if c.State == complaint.CardNoComplaint {
			became, href = v.Say("phone.reason."+c.Reason), cardsPath+"/"+c.ID
		}
		t.Rows = append(t.Rows, page.Row{{Text: about(v, c), Href: href}, {Text: v.WeekdayDate(c.CalledOn)}, {Text: became, Small: v.Date(c.ClosedOn)}})
	}
	return t
}
