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

func (d *Door) departmentRoutes() []frame.Route {
	one := departmentPath + "/{department}"
	return []frame.Route{
		{Pattern: "GET " + departmentPath, Handler: d.departmentList},
		{Pattern: "GET " + departmentPath + "/nieuw", Handler: d.oneDepartment},
		{Pattern: "POST " + departmentPath + "/nieuw", Handler: d.saveDepartment},
		{Pattern: "GET " + one, Handler: d.oneDepartment},
		{Pattern: "POST " + one, Handler: d.saveDepartment},
		{Pattern: "POST " + one + "/sluiten", Handler: d.closeDepartment},
	}
}

func (d *Door) departmentList(w http.ResponseWriter, r *http.Request) error {
	people, err := d.Personnel.Crew(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	t := page.Table{Caption: v.Say("people.departments"), Columns: []page.Column{
		{Label: v.Say("people.department_name")}, {Label: v.Say("people.manager")}, {Label: v.Say("people.deputy")}, {Label: v.Say("people.state"), First: true},
	}}
	name := func(id complaint.Actor) string {
		s, _ := people.Member(id)
		return s.Name
	}
	add := func(part record.Department, chip templ.Component, href string) {
		t.Rows = append(t.Rows, page.Row{{Text: part.Name, Href: href}, {Text: name(part.Manager)}, {Text: name(part.Deputy)}, {Body: chip}})
	}
	for _, part := range people.Departments {
		chip := peopleChip(page.ChipOK, v.Say("people.in_use"))
		if !part.Active {
			chip = peopleChip(page.ChipDone, v.Say("people.out_of_use"))
		}
		add(part, chip, departmentPath+"/"+part.ID)
	}
	for _, x := range people.Waiting {
		if x.Kind == record.ProposeDepartment {
			add(x.Department, peopleChip(page.ChipWait, v.Say("people.state_waits")), "")
		}
	}
	return d.showManaged(w, r, frame.Managed{Voice: v, Title: v.Say("people.departments"), Meaning: v.Say("people.departments_meaning"), Place: departmentPath, Parts: []templ.Component{
		buttonRow(page.Button{Label: v.Say("people.add_department"), Href: departmentPath + "/nieuw", Kind: page.Primary, Icon: page.IconAdd}),
		page.TableOf(t),
	}})
}

func (d *Door) oneDepartment(w http.ResponseWriter, r *http.Request) error {
	return d.departmentForm(w, r, frame.NewQuestions(r))
}

// departmentForm is the page of one department, or of a new one.
func (d *Door) departmentForm(w http.ResponseWriter, r *http.Request, q *frame.Questions) error {
	people, err := d.Personnel.Crew(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	id := r.PathValue("department")
	part, known := people.Part(id)
	if id != "" && !known {
		return complaint.ErrNotFound
	}
	title, path := q.Voice.Say("people.one_department"), departmentPath+"/"+id
	if id == "" {
		title, path = q.Voice.Say("people.add_department"), departmentPath+"/nieuw"
	}
	var options []page.Option
	for _, s := range people.Staff {
		if p := s.Person(); p.Is(complaint.Manager) || p.Is(complaint.Director) {
			options = append(options, page.Option{Value: string(s.ID), Label: s.Name})
		}
	}
	fields := []templ.Component{
		q.Line(personnel.FieldName, "people.department_name", part.Name),
		q.Choice(personnel.FieldManager, "people.manager", string(part.Manager), q.Voice.Say("common.choose"), options, frame.Hint(q.Voice.Say("people.manager_hint"))),
		q.Choice(personnel.FieldDeputy, "people.deputy", string(part.Deputy), q.Voice.Say("people.no_deputy"), options, frame.Hint(q.Voice.Say("people.deputy_hint"))),
	}
	parts := []templ.Component{
		frame.ParagraphNote(page.NotePlan, "", q.Voice.Say("people.department_waits")),
		frame.ManagedForm(path, seen(people), fields, page.Button{Label: q.Voice.Say("people.propose"), Kind: page.Primary}),
	}
	if part.Active {
		parts = append(parts, frame.PressForm(frame.Pressing{URL: path + "/sluiten", Press: q.Voice.Say("people.close_department"), Label: q.Voice.Say("people.close_department"),
			Text: q.Voice.Say("people.close_department_text"), Fold: true, Icon: page.IconCross, Hidden: seen(people)}))
	}
	return d.showManaged(w, r, frame.Managed{Voice: q.Voice, Title: title, Meaning: part.Name, Place: departmentPath,
		Back: frame.BackTo(q.Voice, "people.departments", departmentPath), Mistakes: q.Mistakes(), Parts: parts})
}

func (d *Door) saveDepartment(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	if q.Failed() {
		return d.departmentForm(w, r, q)
	}
	out, err := d.Personnel.SaveDepartment(r.Context(), porch.Who(r).Person, int64(q.Typed.Seen()), record.Department{
		ID: r.PathValue("department"), Name: q.Typed.Text(personnel.FieldName),
		Manager: complaint.Actor(q.Typed.Text(personnel.FieldManager)), Deputy: complaint.Actor(q.Typed.Text(personnel.FieldDeputy)),
	})
	if err := q.Take(err); err != nil {
		return err
	}
	if q.Failed() {
		return d.departmentForm(w, r, q)
	}
	done := "bewaard"
	if out.Proposed {
		done = "voorgesteld"
	}
	return porch.SeeOther(w, r, frame.Address(departmentPath, frame.DoneField, done))
}

func (d *Door) closeDepartment(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	err := q.Take(d.Personnel.CloseDepartment(r.Context(), porch.Who(r).Person, int64(q.Typed.Seen()), r.PathValue("department")))
	if err != nil {
		return err
	}
	if q.Failed() {
		q.Posted = false // the button's form has no fields
		return d.departmentForm(w, r, q)
	}
	return porch.SeeOther(w, r, frame.Address(departmentPath, frame.DoneField, "gesloten"))
}
