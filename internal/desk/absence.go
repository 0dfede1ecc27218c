package desk

import (
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

func (d *Desk) absenceRoutes() []Route {
	return []Route{
		{Pattern: "GET " + absencePath, Handler: d.absences},
		{Pattern: "POST " + absencePath, Handler: d.beAbsent},
		{Pattern: "POST " + absencePath + "/{absence}/terug", Handler: d.comeBack(absencePath)},
		{Pattern: "GET " + ownAbsencePath, Handler: d.absences},
		{Pattern: "POST " + ownAbsencePath, Handler: d.beAbsent},
		{Pattern: "POST " + ownAbsencePath + "/{absence}/terug", Handler: d.comeBack(ownAbsencePath)},
	}
}

func (d *Desk) absences(w http.ResponseWriter, r *http.Request) error {
	return d.absencePage(w, r, newQuestions(r))
}

// absencePage is about everybody for who manages staff, and about oneself in one's own
// account.
func (d *Desk) absencePage(w http.ResponseWriter, r *http.Request, q *questions) error {
	who, own := porch.Who(r).Person, r.URL.Path == ownAbsencePath
	staff := complaint.Actor("")
	if own {
		staff = who.ID
	}
	list, err := d.Personnel.AbsencesOf(r.Context(), who, staff)
	if err != nil {
		return err
	}
	names, err := d.people(r)
	if err != nil {
		return err
	}
	parts := []templ.Component{absenceForm(q, r.URL.Path, own, names)}
	if len(list) == 0 {
		parts = append(parts, page.Nothing(q.v.Say("people.no_absence")))
	} else {
		parts = append(parts, page.TableOf(absenceTable(q, r.URL.Path, own, names, list)))
	}
	p := managed{Voice: q.v, Title: q.v.Say("people.absence"), Meaning: q.v.Say("people.absence_meaning"), Place: absencePath, Mistakes: q.mistakes(), Parts: parts}
	if own {
		p.Meaning, p.Back = q.v.Say("people.own_absence_meaning"), backTo(q.v, "account.title", accountPath)
	}
	return d.showManaged(w, r, p)
}

// absenceForm asks who is away and when.
func absenceForm(q *questions, path string, own bool, names people) templ.Component {
	var fields []templ.Component
	if !own {
		fields = append(fields, q.choice(personnel.FieldStaff, "people.who", "", q.v.Say("common.choose"), staffOptions(names, nil), narrow))
	}
	fields = append(fields, q.day(personnel.FieldFrom, "people.first_day", ""), q.day(personnel.FieldTo, "people.last_day", ""))
	return manageForm(path, nil, fields, page.Button{Label: q.v.Say("people.absence_add"), Kind: page.Primary})
}

func absenceTable(q *questions, path string, own bool, names people, list []record.Absence) page.Table {
	v := q.v
	t := page.Table{Caption: v.Say("people.absence"), Columns: []page.Column{{Label: v.Say("people.who")}, {Label: v.Say("people.away")}, {Label: v.Say("people.stands_in")}, {Label: v.Say("people.undo")}}}
	for _, a := range list {
		back := pressForm(pressing{URL: path + "/" + a.ID + "/terug", Press: v.Say("people.is_back"), Context: v.Say("people.from_to", "From", a.From, "To", a.To)})
		t.Rows = append(t.Rows, page.Row{{Text: names.name(a.Staff)}, {Text: v.Say("people.from_to", "From", a.From, "To", a.To)}, {Text: deputies(q, names, a.Staff)}, {Body: back}})
	}
	return t
}

// deputies says who stands in for a manager; "" for who manages nothing.
func deputies(q *questions, names people, id complaint.Actor) string {
	text := ""
	for _, part := range names.departments {
		if part.Manager != id {
			continue
		}
		line := q.v.Say("people.stands_in_for", "Department", part.Name, "Name", names.name(part.Deputy))
		if part.Deputy == "" {
			line = q.v.Say("people.nobody_stands_in", "Department", part.Name)
		}
		if text != "" {
			text += "; "
		}
		text += line
	}
	return text
}

// staffOptions lists the active accounts, all or some.
func staffOptions(names people, some func(complaint.Actor) bool) []page.Option {
	var options []page.Option
	for _, id := range names.active() {
		if some == nil || some(id) {
			options = append(options, page.Option{Value: string(id), Label: names.name(id)})
		}
	}
	return options
}

func (d *Desk) beAbsent(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	if err := q.read(r); err != nil {
		return err
	}
	a := record.Absence{Staff: complaint.Actor(q.typed.Text(personnel.FieldStaff)), From: q.date(personnel.FieldFrom), To: q.date(personnel.FieldTo)}
	if r.URL.Path == ownAbsencePath {
		a.Staff = porch.Who(r).Person.ID
	}
	if !q.failed() {
		if err := q.take(d.Personnel.BeAbsent(r.Context(), porch.Who(r).Person, a)); err != nil {
			return err
		}
	}
	if q.failed() {
		return d.absencePage(w, r, q)
	}
	return porch.SeeOther(w, r, address(r.URL.Path, doneField, "bewaard"))
}

// date reads a day that was typed.
func (q *questions) date(field string) calendar.Date {
	return date(q.v, q.typed.Text(field), field, q.wrong)
}

func (d *Desk) comeBack(path string) porch.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := d.Personnel.Return(r.Context(), porch.Who(r).Person, r.PathValue("absence")); err != nil {
			return err
		}
		return porch.SeeOther(w, r, address(path, doneField, "weg"))
	}
}
