package desk

import (
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

func (d *Desk) closingDays(w http.ResponseWriter, r *http.Request) error {
	if err := manages(r); err != nil {
		return err
	}
	return d.closingPage(w, r, newQuestions(r))
}

// closedDays is the same list for who works with complaints: to read only.
func (d *Desk) closedDays(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Personnel.ClosingDays(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	p := managed{Voice: v, Title: v.Say("people.closing"), Meaning: v.Say("people.closed_meaning"), Parts: closingList(v, list, false)}
	return d.showManaged(w, r, p)
}

func (d *Desk) closingPage(w http.ResponseWriter, r *http.Request, q *questions) error {
	list, err := d.Personnel.ClosingDays(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	form := manageForm(closingPath, nil, []templ.Component{
		q.day(personnel.FieldFrom, "people.first_day", ""), q.day(personnel.FieldTo, "people.last_day", ""),
	}, page.Button{Label: q.v.Say("people.closing_add"), Kind: page.Primary})
	return d.showManaged(w, r, managed{Voice: q.v, Title: q.v.Say("people.closing"), Meaning: q.v.Say("people.closing_meaning"), Place: closingPath,
		Mistakes: q.mistakes(), Parts: append([]templ.Component{form}, closingList(q.v, list, true)...)})
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
			row = append(row, page.Cell{Body: pressForm(pressing{URL: closingPath + "/open", Press: v.Say("button.remove"), Context: days, Hidden: hidden})})
		}
		t.Rows = append(t.Rows, row)
	}
	parts := []templ.Component{page.TableOf(t)}
	if manages {
		parts = append(parts, para(v.Say("people.due_sight")))
	}
	return parts
}

// dueCell counts what falls due and leads to each.
func dueCell(v *words.Voice, due []record.Due) page.Cell {
	if len(due) == 0 {
		return page.Cell{Text: v.Say("people.nothing_due")}
	}
	links := []templ.Component{para(v.Count("count.complaints", len(due)))}
	for _, x := range due {
		links = append(links, dueLink(v, x))
	}
	return page.Cell{Body: several(links...)}
}

func (d *Desk) closeOn(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	if err := q.read(r); err != nil {
		return err
	}
	days := record.Days{From: q.date(personnel.FieldFrom), To: q.date(personnel.FieldTo)}
	if !q.failed() {
		if err := q.take(d.Personnel.CloseOn(r.Context(), porch.Who(r).Person, days)); err != nil {
			return err
		}
	}
	if q.failed() {
		if err := manages(r); err != nil {
			return err
		}
		return d.closingPage(w, r, q)
	}
	return porch.SeeOther(w, r, address(closingPath, doneField, "bewaard"))
}

func (d *Desk) openOn(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	if err := q.read(r); err != nil {
		return err
	}
	if err := d.Personnel.OpenOn(r.Context(), porch.Who(r).Person, record.Days{From: q.date(personnel.FieldFrom), To: q.date(personnel.FieldTo)}); err != nil {
		return err
	}
	return porch.SeeOther(w, r, address(closingPath, doneField, "weg"))
}
