package manage

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

func (d *Door) staffRoutes() []frame.Route {
	one := staffPath + "/{staff}"
	return []frame.Route{
		{Pattern: "GET " + frame.ManagePath, Handler: d.manage},
		{Pattern: "GET " + staffPath, Handler: d.staffList},
		{Pattern: "GET " + staffPath + "/nieuw", Handler: d.newStaff},
		{Pattern: "POST " + staffPath + "/nieuw", Handler: d.addStaff},
		{Pattern: "GET " + one, Handler: d.oneStaff},
		{Pattern: "POST " + one, Handler: d.changeStaff},
		{Pattern: "POST " + one + "/sluiten", Handler: d.pressStaff("gesloten", d.closeStaff)},
		{Pattern: "POST " + one + "/openen", Handler: d.pressStaff("geopend", d.reopenStaff)},
		{Pattern: "POST " + one + "/wachtwoord", Handler: d.pressStaff("bewaard", d.resetPassword)},
		{Pattern: "POST " + one + "/code", Handler: d.pressStaff("bewaard", d.resetFactor)},
	}
}

func (d *Door) manage(w http.ResponseWriter, r *http.Request) error {
	if err := frame.Manages(r); err != nil {
		return err
	}
	return porch.SeeOther(w, r, staffPath)
}

func (d *Door) staffList(w http.ResponseWriter, r *http.Request) error {
	people, err := d.Personnel.Crew(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	t := page.Table{Caption: v.Say("people.staff"), Columns: []page.Column{
		{Label: v.Say("people.name")}, {Label: v.Say("people.reach")}, {Label: v.Say("people.roles")}, {Label: v.Say("people.state"), First: true},
	}}
	for _, s := range people.Staff {
		t.Rows = append(t.Rows, page.Row{
			{Text: s.Name, Small: s.Function, Href: staffPath + "/" + string(s.ID)},
			{Text: s.Email, Small: s.Phone},
			{Text: cmp.Or(frame.RoleList(v, s.Roles), v.Say("people.no_roles")), Small: partsOf(v, people, s.ID)},
			{Body: staffState(v, people, s)},
		})
	}
	warning, err := d.fallbackWarning(r)
	if err != nil {
		return err
	}
	dead, err := d.deadAddresses(r)
	if err != nil {
		return err
	}
	return d.showManaged(w, r, frame.Managed{Voice: v, Title: v.Say("people.staff"), Meaning: v.Say("people.staff_meaning"), Place: staffPath, Parts: append(append(warning, dead...),
		buttonRow(page.Button{Label: v.Say("people.add_staff"), Href: staffPath + "/nieuw", Kind: page.Primary, Icon: page.IconAdd}),
		page.TableOf(t))})
}

// partsOf says which departments somebody manages or stands in for.
func partsOf(v *words.Voice, people record.People, id complaint.Actor) string {
	g := personnel.Grant{}
	for _, d := range people.Departments {
		if d.Active && d.Manager == id {
			g.Manages = append(g.Manages, d.Name)
		}
		if d.Active && d.Deputy == id {
			g.StandsIn = append(g.StandsIn, d.Name)
		}
	}
	return frame.GrantedDepartments(v, g)
}

// staffState says how an account stands: open, waiting for a second person, closed.
func staffState(v *words.Voice, people record.People, s record.Staff) templ.Component {
	for _, x := range people.Waiting {
		if x.Staff == s.ID {
			return peopleChip(page.ChipWait, v.Say("people.state_waits"))
		}
	}
	if !s.Active {
		return peopleChip(page.ChipDone, v.Say("people.state_closed"))
	}
	return peopleChip(page.ChipOK, v.Say("people.state_open"))
}

// staffFields asks everything about an account.
func staffFields(q *frame.Questions, s record.Staff, fresh bool) []templ.Component {
	var days, roles []string
	for _, day := range s.Days.All() {
		days = append(days, dayCode(day))
	}
	for _, r := range s.Roles {
		roles = append(roles, string(r))
	}
	fields := []templ.Component{
		q.Line(personnel.FieldName, "people.name", s.Name),
		q.Line(personnel.FieldEmail, "people.email", s.Email, frame.OfType("email", ""), frame.Hint(q.Voice.Say("people.email_hint"))),
		q.Line(personnel.FieldFunction, "people.function", s.Function, frame.Optional),
		q.Line(personnel.FieldPhone, "people.phone", s.Phone, frame.Optional, frame.OfType("tel", ""), frame.Narrow),
	}
	if fresh || s.Active {
		fields = append(fields, q.Ticks(personnel.FieldRoles, "people.roles_question", roles, roleOptions(q.Voice), frame.Hint(q.Voice.Say("people.roles_hint"))))
	}
	return append(fields, q.Ticks(personnel.FieldDays, "people.days", days, dayOptions(q.Voice), frame.InOneRow))
}

func roleOptions(v *words.Voice) []page.Option {
	var options []page.Option
	for _, r := range complaint.Roles {
		options = append(options, page.Option{Value: string(r), Label: v.Say("role." + string(r)), Hint: v.Say("setup.reads." + string(r))})
	}
	return options
}

// dayCode names a day of the week in a form.
func dayCode(day time.Weekday) string { return record.Weekdays{day}.String() }

func dayOptions(v *words.Voice) []page.Option {
	var options []page.Option
	for _, day := range record.Week {
		options = append(options, page.Option{Value: dayCode(day), Label: v.Say("people.day_" + dayCode(day))})
	}
	return options
}

// typedStaff takes what was typed out of a form.
func typedStaff(q *frame.Questions) personnel.StaffForm {
	f := personnel.StaffForm{Name: q.Typed.Text(personnel.FieldName), Email: q.Typed.Text(personnel.FieldEmail),
		Function: q.Typed.Text(personnel.FieldFunction), Phone: q.Typed.Text(personnel.FieldPhone),
		Days: record.ParseWeekdays(strings.Join(q.Typed.All(personnel.FieldDays), " "))}
	for _, r := range q.Typed.All(personnel.FieldRoles) {
		f.Roles = append(f.Roles, complaint.Role(r))
	}
	return f
}

func (d *Door) newStaff(w http.ResponseWriter, r *http.Request) error {
	return d.newStaffForm(w, r, frame.NewQuestions(r))
}

func (d *Door) newStaffForm(w http.ResponseWriter, r *http.Request, q *frame.Questions) error {
	people, err := d.Personnel.Crew(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	fields := staffFields(q, record.Staff{}, true)
	return d.showManaged(w, r, frame.Managed{Voice: q.Voice, Title: q.Voice.Say("people.add_staff"), Meaning: q.Voice.Say("people.add_meaning"), Place: staffPath,
		Back: frame.BackTo(q.Voice, "people.staff", staffPath), Mistakes: q.Mistakes(), Parts: []templ.Component{
			frame.ManagedForm(staffPath+"/nieuw", seen(people), fields, page.Button{Label: q.Voice.Say("people.add_send"), Kind: page.Primary}),
		}})
}

func (d *Door) addStaff(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	if q.Failed() {
		return d.newStaffForm(w, r, q)
	}
	out, err := d.Personnel.AddStaff(r.Context(), porch.Who(r).Person, int64(q.Typed.Seen()), typedStaff(q))
	if err := q.Take(err); err != nil {
		return err
	}
	if q.Failed() {
		return d.newStaffForm(w, r, q)
	}
	return d.afterStaff(w, r, out, "bewaard")
}

// afterStaff goes to the account. A start password is shown straight away, without a
// redirect: it stands nowhere else.
func (d *Door) afterStaff(w http.ResponseWriter, r *http.Request, out personnel.Outcome, done string) error {
	if out.Start != "" {
		return d.staffForm(w, r, complaint.Actor(out.ID), frame.NewQuestions(r), out.Start)
	}
	if out.Proposed {
		done = "voorgesteld"
	}
	return porch.SeeOther(w, r, frame.Address(staffPath+"/"+out.ID, frame.DoneField, done))
}

func (d *Door) oneStaff(w http.ResponseWriter, r *http.Request) error {
	return d.staffForm(w, r, complaint.Actor(r.PathValue("staff")), frame.NewQuestions(r), "")
}

// typedStaff is the page of one account.
func (d *Door) staffForm(w http.ResponseWriter, r *http.Request, id complaint.Actor, q *frame.Questions, start string) error {
	people, err := d.Personnel.Crew(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	s, known := people.Member(id)
	if !known {
		return complaint.ErrNotFound
	}
	parts := []templ.Component{}
	for _, x := range people.Waiting {
		if x.Staff == id {
			parts = append(parts, frame.ParagraphNote(page.NotePlan, q.Voice.Say("people.waits_title"), q.Voice.Say("people.waits."+string(x.Kind), "Roles", frame.RoleList(q.Voice, x.Roles))))
		}
	}
	path := staffPath + "/" + string(id)
	form := frame.ManagedForm(path, seen(people), staffFields(q, s, false), page.Button{Label: q.Voice.Say("button.save"), Kind: page.Primary})
	if about := partsOf(q.Voice, people, id); about != "" {
		parts = append(parts, frame.Para(q.Voice.Say("people.is", "What", about)))
	}
	parts = append(parts, form, frame.Section("account", q.Voice.Say("people.account"), accountButtons(q.Voice, s, seen(people))))
	return d.showManaged(w, r, frame.Managed{Voice: q.Voice, Title: q.Voice.Say("people.one_staff"), Meaning: s.Name, Place: staffPath, Start: start,
		Back: frame.BackTo(q.Voice, "people.staff", staffPath), Mistakes: q.Mistakes(), Parts: parts})
}

// accountButtons are what can be done to an account, each with what it does.
func accountButtons(v *words.Voice, s record.Staff, hidden []page.Hidden) []templ.Component {
	path := staffPath + "/" + string(s.ID)
	press := func(to, key string, fold bool, icon page.IconName) templ.Component {
		return frame.PressForm(frame.Pressing{URL: path + to, Press: v.Say(key), Label: v.Say(key), Text: v.Say(key + "_text"), Fold: fold, Icon: icon, Hidden: hidden})
	}
	if !s.Active {
		return []templ.Component{press("/openen", "people.reopen", false, page.NoIcon)}
	}
	return []templ.Component{
		press("/wachtwoord", "people.reset_password", true, page.IconLock),
		press("/code", "people.reset_factor", true, page.IconPhone),
		press("/sluiten", "people.close", true, page.IconCross),
	}
}

func (d *Door) changeStaff(w http.ResponseWriter, r *http.Request) error {
	id, q := complaint.Actor(r.PathValue("staff")), frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	if q.Failed() {
		return d.staffForm(w, r, id, q, "")
	}
	out, err := d.Personnel.ChangeStaff(r.Context(), porch.Who(r).Person, id, int64(q.Typed.Seen()), typedStaff(q))
	if err := q.Take(err); err != nil {
		return err
	}
	if q.Failed() {
		return d.staffForm(w, r, id, q, "")
	}
	return d.afterStaff(w, r, out, "bewaard")
}

// staffTask is something done to an account with one button.
type staffTask func(r *http.Request, id complaint.Actor, seen int64) (personnel.Outcome, error)

func (d *Door) pressStaff(done string, task staffTask) porch.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, q := complaint.Actor(r.PathValue("staff")), frame.NewQuestions(r)
		if err := q.Read(r); err != nil {
			return err
		}
		out, err := task(r, id, int64(q.Typed.Seen()))
		if err := q.Take(err); err != nil {
			return err
		}
		if q.Failed() {
			q.Posted = false // the button's form has no fields
			return d.staffForm(w, r, id, q, "")
		}
		return d.afterStaff(w, r, out, done)
	}
}

func (d *Door) closeStaff(r *http.Request, id complaint.Actor, seen int64) (personnel.Outcome, error) {
	return personnel.Outcome{ID: string(id)}, d.Personnel.CloseStaff(r.Context(), porch.Who(r).Person, id, seen)
}

func (d *Door) reopenStaff(r *http.Request, id complaint.Actor, seen int64) (personnel.Outcome, error) {
	return d.Personnel.ReopenStaff(r.Context(), porch.Who(r).Person, id, seen)
}

func (d *Door) resetPassword(r *http.Request, id complaint.Actor, _ int64) (personnel.Outcome, error) {
	return d.Personnel.ResetPassword(r.Context(), porch.Who(r).Person, id)
}

func (d *Door) resetFactor(r *http.Request, id complaint.Actor, _ int64) (personnel.Outcome, error) {
	return d.Personnel.ResetFactor(r.Context(), porch.Who(r).Person, id)
}
