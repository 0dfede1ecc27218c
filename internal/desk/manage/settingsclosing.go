package manage

import (
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

func (d *Door) closingDays(w http.ResponseWriter, r *http.Request) error {
	if err := frame.Manages(r); err != nil {
		return err
	}
	return d.closingPage(w, r, frame.NewQuestions(r))
}

// closedDays is the same list for who works with complaints: to read only.
func (d *Door) closedDays(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Personnel.ClosingDays(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	p := frame.Managed{Voice: v, Title: v.Say("people.closing"), Meaning: v.Say("people.closed_meaning"), Parts: closingList(v, list, false)}
	return d.showManaged(w, r, p)
}

func (d *Door) closingPage(w http.ResponseWriter, r *http.Request, q *frame.Questions) error {
	list, err := d.Personnel.ClosingDays(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	form := frame.ManagedForm(closingPath, nil, []templ.Component{
		q.Day(personnel.FieldFrom, "people.first_day", ""), q.Day(personnel.FieldTo, "people.last_day", ""),
	}, page.Button{Label: q.Voice.Say("people.closing_add"), Kind: page.Primary})
	return d.showManaged(w, r, frame.Managed{Voice: q.Voice, Title: q.Voice.Say("people.closing"), Meaning: q.Voice.Say("people.closing_meaning"), Place: closingPath,
		Mistakes: q.Mistakes(), Parts: append([]templ.Component{form}, closingList(q.Voice, list, true)...)})
}

// closingList shows each row of days, and what must go out before it.
func closingList(v *words.Voice, list []personnel.Closing, manages bool) []templ.Component {
	if len(list) == 0 {
		return []templ.Component{page.Nothing(v.Say("people.no_closing"))}
	}
	t := page.Table{Caption: v.Say("people.closing"), Columns: []page.Column{{Label: v.Say("people.closed")}, {Label: v.Say("people.falls_due")}}}
	if manages {
		t.Columns = append(t.Columns, page.Column{Label: v.Say("people.undo_closing")})
	}
	for _, c := range list {
		days := v.Say("people.from_to", "From", c.From, "To", c.To)
		if c.From == c.To {
			days = v.LongDate(c.From)
		}
		row := page.Row{{Text: days}, dueCell(v, c.Due)}
		if manages {
			hidden := []page.Hidden{{Name: personnel.FieldFrom, Value: c.From.String()}, {Name: personnel.FieldTo, Value: c.To.String()}}
			row = append(row, page.Cell{Body: frame.PressForm(frame.Pressing{URL: closingPath + "/open", Press: v.Say("button.remove"), Context: days, Hidden: hidden})})
		}
		t.Rows = append(t.Rows, row)
	}
	parts := []templ.Component{page.TableOf(t)}
	if manages {
		parts = append(parts, frame.Para(v.Say("people.due_sight")))
	}
	return parts
}

// dueCell counts what falls due and leads to each.
func dueCell(v *words.Voice, due []record.Due) page.Cell {
	if len(due) == 0 {
		return page.Cell{Text: v.Say("people.nothing_due")}
	}
	links := []templ.Component{frame.Para(v.Count("count.complaints", len(due)))}
	for _, x := range due {
		links = append(links, dueLink(v, x))
	}
	return page.Cell{Body: several(links...)}
}

func (d *Door) closeOn(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	days := record.Days{From: q.Date(personnel.FieldFrom), To: q.Date(personnel.FieldTo)}
	if !q.Failed() {
		if err := q.Take(d.Personnel.CloseOn(r.Context(), porch.Who(r).Person, days)); err != nil {
			return err
		}
	}
	if q.Failed() {
		if err := frame.Manages(r); err != nil {
			return err
		}
		return d.closingPage(w, r, q)
	}
	return porch.SeeOther(w, r, frame.Address(closingPath, frame.DoneField, "bewaard"))
}

func (d *Door) openOn(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	if err := d.Personnel.OpenOn(r.Context(), porch.Who(r).Person, record.Days{From: q.Date(personnel.FieldFrom), To: q.Date(personnel.FieldTo)}); err != nil {
		return err
	}
	return porch.SeeOther(w, r, frame.Address(closingPath, frame.DoneField, "weg"))
}
