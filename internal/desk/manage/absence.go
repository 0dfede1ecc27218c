package manage

import (
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

func (d *Door) absenceRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET " + absencePath, Handler: d.absences},
		{Pattern: "POST " + absencePath, Handler: d.beAbsent},
		{Pattern: "POST " + absencePath + "/{absence}/terug", Handler: d.comeBack(absencePath)},
		{Pattern: "GET " + frame.OwnAbsencePath, Handler: d.absences},
		{Pattern: "POST " + frame.OwnAbsencePath, Handler: d.beAbsent},
		{Pattern: "POST " + frame.OwnAbsencePath + "/{absence}/terug", Handler: d.comeBack(frame.OwnAbsencePath)},
	}
}

func (d *Door) absences(w http.ResponseWriter, r *http.Request) error {
	return d.absencePage(w, r, frame.NewQuestions(r))
}

// absencePage is about everybody for who manages staff, and about oneself in one's own
// account.
func (d *Door) absencePage(w http.ResponseWriter, r *http.Request, q *frame.Questions) error {
	who, own := porch.Who(r).Person, r.URL.Path == frame.OwnAbsencePath
	staff := complaint.Actor("")
	if own {
		staff = who.ID
	}
	list, err := d.Personnel.AbsencesOf(r.Context(), who, staff)
	if err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	parts := []templ.Component{absenceForm(q, r.URL.Path, own, names)}
	if len(list) == 0 {
		parts = append(parts, page.Nothing(q.Voice.Say("people.no_absence")))
	} else {
		parts = append(parts, page.TableOf(absenceTable(q, r.URL.Path, own, names, list)))
	}
	p := frame.Managed{Voice: q.Voice, Title: q.Voice.Say("people.absence"), Meaning: q.Voice.Say("people.absence_meaning"), Place: absencePath, Mistakes: q.Mistakes(), Parts: parts}
	if own {
		p.Meaning, p.Back = q.Voice.Say("people.own_absence_meaning"), frame.BackTo(q.Voice, "account.title", frame.AccountPath)
	}
	return d.showManaged(w, r, p)
}

// absenceForm asks who is away and when.
func absenceForm(q *frame.Questions, path string, own bool, names frame.People) templ.Component {
	var fields []templ.Component
	if !own {
		fields = append(fields, q.Choice(personnel.FieldStaff, "people.who", "", q.Voice.Say("common.choose"), staffOptions(names, nil), frame.Narrow))
	}
	fields = append(fields, q.Day(personnel.FieldFrom, "people.first_day", ""), q.Day(personnel.FieldTo, "people.last_day", ""))
	return frame.ManagedForm(path, nil, fields, page.Button{Label: q.Voice.Say("people.absence_add"), Kind: page.Primary})
}

func absenceTable(q *frame.Questions, path string, own bool, names frame.People, list []record.Absence) page.Table {
	v := q.Voice
	t := page.Table{Caption: v.Say("people.absence"), Columns: []page.Column{{Label: v.Say("people.who")}, {Label: v.Say("people.away")}, {Label: v.Say("people.stands_in")}, {Label: v.Say("people.undo")}}}
	for _, a := range list {
		back := frame.PressForm(frame.Pressing{URL: path + "/" + a.ID + "/terug", Press: v.Say("people.is_back"), Context: v.Say("people.from_to", "From", a.From, "To", a.To)})
		t.Rows = append(t.Rows, page.Row{{Text: names.Name(a.Staff)}, {Text: v.Say("people.from_to", "From", a.From, "To", a.To)}, {Text: deputies(q, names, a.Staff)}, {Body: back}})
	}
	return t
}

// deputies says who stands in for a manager; "" for who manages nothing.
func deputies(q *frame.Questions, names frame.People, id complaint.Actor) string {
	text := ""
	for _, part := range names.Departments {
		if part.Manager != id {
			continue
		}
		line := q.Voice.Say("people.stands_in_for", "Department", part.Name, "Name", names.Name(part.Deputy))
		if part.Deputy == "" {
			line = q.Voice.Say("people.nobody_stands_in", "Department", part.Name)
		}
		if text != "" {
			text += "; "
		}
		text += line
	}
	return text
}

// staffOptions lists the active accounts, all or some.
func staffOptions(names frame.People, some func(complaint.Actor) bool) []page.Option {
	var options []page.Option
	for _, id := range names.Active() {
		if some == nil || some(id) {
			options = append(options, page.Option{Value: string(id), Label: names.Name(id)})
		}
	}
	return options
}

func (d *Door) beAbsent(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	a := record.Absence{Staff: complaint.Actor(q.Typed.Text(personnel.FieldStaff)), From: q.Date(personnel.FieldFrom), To: q.Date(personnel.FieldTo)}
	if r.URL.Path == frame.OwnAbsencePath {
		a.Staff = porch.Who(r).Person.ID
	}
	if !q.Failed() {
		if shown, err := d.foresee(w, r, q, a); err != nil || shown {
			return err
		}
	}
	if !q.Failed() {
		if err := q.Take(d.Personnel.BeAbsent(r.Context(), porch.Who(r).Person, a)); err != nil {
			return err
		}
	}
	if q.Failed() {
		return d.absencePage(w, r, q)
	}
	return porch.SeeOther(w, r, frame.Address(r.URL.Path, frame.DoneField, "bewaard"))
}

func (d *Door) comeBack(path string) porch.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if path == absencePath {
			if err := frame.Manages(r); err != nil {
				return err
			}
		}
		if err := d.Personnel.Return(r.Context(), porch.Who(r).Person, r.PathValue("absence")); err != nil {
			return err
		}
		return porch.SeeOther(w, r, frame.Address(path, frame.DoneField, "weg"))
	}
}
