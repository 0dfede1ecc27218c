package entry

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// How many rows the page of set-up has. More people and departments come later, in
// the settings.
const (
	departmentRows, departmentsShown = 8, 3
	helpdeskRows, helpdeskShown      = 6, 2
)

// setUpCookie carries the printed token after it left the address.
const setUpCookie = "inrichten"

// setUpPage is the form of the first set-up.
type setUpPage struct {
	Voice      *words.Voice
	Procedures []personnel.ProcedureChoice
	typed      porch.Form
	wrong      frame.Wrong
	key        string
}

// showSetUp opens with the printed address. The token goes into a cookie at once, so
// that it stands in no history and on no screen.
func (e *Door) showSetUp(w http.ResponseWriter, r *http.Request) error {
	if token := r.URL.Query().Get("token"); token != "" {
		if err := e.Personnel.MaySetUp(r.Context(), token); err != nil {
			return err
		}
		http.SetCookie(w, &http.Cookie{Name: setUpCookie, Value: token, Path: setUpPath, MaxAge: 12 * 60 * 60,
			HttpOnly: true, Secure: porch.IsSecure(r), SameSite: http.SameSiteLaxMode})
		return porch.SeeOther(w, r, setUpPath)
	}
	if err := e.Personnel.MaySetUp(r.Context(), setUpToken(r)); err != nil {
		return err
	}
	return e.setUpForm(w, r, http.StatusOK, setUpPage{key: porch.NewKey()})
}

func setUpToken(r *http.Request) string {
	c, err := r.Cookie(setUpCookie)
	if err != nil {
		return ""
	}
	return c.Value
}

func (e *Door) setUpForm(w http.ResponseWriter, r *http.Request, status int, p setUpPage) error {
	var err error
	p.Voice = porch.Voice(r)
	if p.Procedures, err = e.Personnel.ProcedureChoices(r.Context()); err != nil {
		return err
	}
	f := e.public(r, p.Voice.Say("setup.title"))
	f.Failed = len(p.wrong) > 0
	return porch.Show(w, r, status, setUpTempl(f, p))
}

// setUp carries the set-up out and closes it with the page of all grants. That page
// comes straight away, without a redirect: the start passwords stand nowhere else.
func (e *Door) setUp(w http.ResponseWriter, r *http.Request) error {
	form, err := porch.ReadForm(r)
	bad := frame.Wrong{}
	if err := bad.Take(porch.Voice(r), err); err != nil {
		return err
	}
	if len(bad) > 0 {
		if err := e.Personnel.MaySetUp(r.Context(), setUpToken(r)); err != nil {
			return err
		}
		return e.setUpForm(w, r, http.StatusUnprocessableEntity, setUpPage{typed: form, wrong: bad, key: form.Key()})
	}
	grants, err := e.Personnel.SetUp(r.Context(), setUpToken(r), readSetUp(form, porch.Voice(r).Lang()))
	if err := bad.Take(porch.Voice(r), err); err != nil {
		return err
	}
	if len(bad) > 0 {
		return e.setUpForm(w, r, http.StatusUnprocessableEntity, setUpPage{typed: form, wrong: bad, key: form.Key()})
	}
	f := e.public(r, porch.Voice(r).Say("setup.done_title"))
	f.Languages = nil // the switch leads to another page, and this one is shown once
	sheet := e.Personnel.MaySheetAtSetUp(r.Context(), setUpToken(r)) == nil
	return porch.Show(w, r, http.StatusOK, setUpDoneTempl(f, grantTable(porch.Voice(r), grants), sheet))
}

// readSetUp takes what was typed out of the form.
func readSetUp(form porch.Form, lang string) personnel.SetUp {
	person := func(field string) personnel.SetUpPerson {
		return personnel.SetUpPerson{Name: form.Text(field + "_name"), Email: form.Text(field + "_email")}
	}
	in := personnel.SetUp{
		Key: form.Key(), Language: lang, Procedure: form.Text(personnel.FieldProcedure),
		Retention: form.Text(personnel.FieldRetention), Months: form.Text(personnel.FieldMonths),
		Organisation: record.Organisation{
			Name: form.Text(personnel.FieldName), Short: form.Text(personnel.FieldShort), Postal: form.Text(personnel.FieldPostal),
			Phone: form.Text(personnel.FieldPhone), Email: form.Text(personnel.FieldEmail),
			OpeningHours: form.Text(personnel.FieldOpeningHours), ReplyNumber: form.Text(personnel.FieldReplyNumber),
			SecondFactor: form.Ticked(personnel.FieldSecondFactor, ""),
		},
		Administrator: person(personnel.FieldAdministrator), Director: person(personnel.FieldDirector),
		Password: form.Raw(personnel.FieldPassword), Again: form.Raw(personnel.FieldAgain),
	}
	for i := range departmentRows {
		row := personnel.DepartmentRow(i)
		in.Departments = append(in.Departments, personnel.SetUpDepartment{
			Name: form.Text(row + "_name"), Manager: person(row + "_manager"), Deputy: person(row + "_deputy"),
		})
	}
	for i := range helpdeskRows {
		in.Helpdesk = append(in.Helpdesk, person(personnel.HelpdeskRow(i)))
	}
	return in
}

// setUpGroup is a part of the form: a heading and its fields in order, some side by side.
type setUpGroup struct {
	Title, Hint string
	Rows        [][]page.Field
}

func (g setUpGroup) fields() []page.Field { return slices.Concat(g.Rows...) }

// alone gives each field a row of its own.
func alone(fields ...page.Field) [][]page.Field {
	var all [][]page.Field
	for _, f := range fields {
		all = append(all, []page.Field{f})
	}
	return all
}

// ask makes a field with what was typed and what is wrong with it. The name is also
// the id, so that the summary finds it.
func (p setUpPage) ask(name, label string, more ...func(*page.Field)) page.Field {
	f := page.Field{Name: name, Label: p.Voice.Say(label), Value: p.typed.Raw(name), Error: p.wrong[name], Width: page.Full}
	for _, change := range more {
		change(&f)
	}
	return f
}

// organisation are the questions about the organisation. The page shows the postal
// address as a longer text.
func (p setUpPage) organisation() setUpGroup {
	say := p.Voice.Say
	return setUpGroup{Title: say("setup.organisation"), Hint: say("setup.organisation_hint"), Rows: alone(
		p.ask(personnel.FieldName, "setup.name", frame.OfType("text", "organization")),
		p.ask(personnel.FieldShort, "setup.short", frame.Optional, frame.Hint(say("setup.short_hint"))),
		p.ask(personnel.FieldPostal, "setup.postal", frame.Optional, frame.Rows(3), frame.Hint(say("setup.postal_hint"))),
		p.ask(personnel.FieldPhone, "setup.phone", frame.Optional, frame.OfType("tel", "")),
		p.ask(personnel.FieldEmail, "setup.email", frame.Optional, frame.OfType("email", "")),
		p.ask(personnel.FieldOpeningHours, "setup.opening_hours", frame.Optional, frame.Hint(say("setup.opening_hours_hint"))),
		p.ask(personnel.FieldReplyNumber, "setup.reply_number", frame.Optional, frame.Hint(say("setup.reply_number_hint"))),
	)}
}

// procedure asks which procedure is followed. The term tells procedures apart that
// have the same title.
func (p setUpPage) procedure() page.Field {
	f := p.ask(personnel.FieldProcedure, "setup.procedure", frame.Hint(p.Voice.Say("setup.procedure_hint")))
	f.Title = true
	for _, c := range p.Procedures {
		label := p.Voice.Say("setup.procedure_choice", "Title", c.Title, "Term", frame.InWords(p.Voice, c.Term))
		f.Options = append(f.Options, page.Option{Value: c.ID, Label: label, Hint: c.ID})
	}
	return f
}

// retention asks how long names are kept. Nothing is chosen beforehand: this is the
// organisation's own decision.
func (p setUpPage) retention() page.Field {
	f := p.ask(personnel.FieldRetention, "setup.retention", frame.Hint(p.Voice.Say("setup.retention_hint")))
	f.Title = true
	for _, months := range personnel.Retentions() {
		n, _ := strconv.Atoi(months) // from our own list
		f.Options = append(f.Options, page.Option{Value: months, Label: p.Voice.Count("count.months", n)})
	}
	f.Options = append(f.Options, page.Option{Value: personnel.OtherRetention, Label: p.Voice.Say("setup.retention_other"), Reveal: page.Input(p.Voice, p.months())})
	return f
}

// secondFactor offers to ask a code at log-in.
func (p setUpPage) secondFactor() page.Field {
	return p.ask(personnel.FieldSecondFactor, "people.second_factor", frame.Hint(p.Voice.Say("people.second_factor_hint")), func(f *page.Field) {
		f.Checked, f.Value = f.Value != "", "ja"
	})
}

func (p setUpPage) months() page.Field {
	return p.ask(personnel.FieldMonths, "setup.months", frame.Short, frame.Hint(p.Voice.Say("setup.months_hint")), func(f *page.Field) { f.InputMode = "numeric" })
}

// departments gives the rows of departments.
func (p setUpPage) departments() []setUpGroup {
	var groups []setUpGroup
	for i := range departmentRows {
		row := personnel.DepartmentRow(i)
		groups = append(groups, setUpGroup{Title: p.Voice.Say("setup.department", "Number", strconv.Itoa(i+1)), Rows: [][]page.Field{
			{p.ask(row+"_name", "setup.department_name")},
			{p.ask(row+"_manager_name", "setup.manager_name", beside), p.ask(row+"_manager_email", "setup.manager_email", beside, frame.OfType("email", ""))},
			{p.ask(row+"_deputy_name", "setup.deputy_name", frame.Optional, beside), p.ask(row+"_deputy_email", "setup.deputy_email", frame.Optional, beside, frame.OfType("email", ""))},
		}})
	}
	return groups
}

// helpdesk gives the rows of helpdesk employees.
func (p setUpPage) helpdesk() []setUpGroup {
	var groups []setUpGroup
	for i := range helpdeskRows {
		title := p.Voice.Say("setup.helpdesk_person", "Number", strconv.Itoa(i+1))
		groups = append(groups, setUpGroup{Title: title, Rows: p.person(personnel.HelpdeskRow(i))})
	}
	return groups
}

// beside is the width of a field that stands next to another.
func beside(f *page.Field) { f.Width = page.Width20 }

func (p setUpPage) person(field string) [][]page.Field {
	return [][]page.Field{{
		p.ask(field+"_name", "setup.person_name", beside),
		p.ask(field+"_email", "setup.person_email", beside, frame.OfType("email", "")),
	}}
}

func (p setUpPage) director() setUpGroup {
	return setUpGroup{Title: p.Voice.Say("setup.director"), Hint: p.Voice.Say("setup.director_hint"), Rows: p.person(personnel.FieldDirector)}
}

// administrator is who fills this in. The password never comes back.
func (p setUpPage) administrator() setUpGroup {
	g := setUpGroup{Title: p.Voice.Say("setup.administrator"), Hint: p.Voice.Say("setup.administrator_hint"), Rows: p.person(personnel.FieldAdministrator)}
	advice := p.Voice.Say("password.new_hint")
	if len(p.wrong) > 0 {
		advice = p.Voice.Say("setup.password_anew") + " " + advice
	}
	never := func(f *page.Field) { f.Value = "" }
	g.Rows = append(g.Rows, alone(
		p.ask(personnel.FieldPassword, "setup.password", frame.OfType("password", "new-password"), frame.Hint(advice), never),
		p.ask(personnel.FieldAgain, "setup.password_again", frame.OfType("password", "new-password"), never))...)
	return g
}

// used reports whether anything stands in one of the groups: then a fold is open.
func used(groups []setUpGroup) bool {
	return slices.ContainsFunc(groups, func(g setUpGroup) bool {
		return slices.ContainsFunc(g.fields(), func(f page.Field) bool { return strings.TrimSpace(f.Value) != "" || f.Error != "" })
	})
}

// mistakes lists what is wrong in the order of the page, each with its group before it.
func (p setUpPage) mistakes() []page.FieldError {
	groups := []setUpGroup{p.organisation(), {Rows: alone(p.procedure(), p.retention(), p.months())}}
	groups = append(groups, p.departments()...)
	groups = append(groups, p.helpdesk()...)
	groups = append(groups, p.director(), p.administrator())
	var all []page.FieldError
	for _, g := range groups {
		for _, m := range page.Mistakes(g.fields()...) {
			if g.Title != "" {
				m.Label = g.Title + ", " + lowerFirst(m.Label)
			}
			all = append(all, m)
		}
	}
	return all
}

func lowerFirst(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// grantTable shows who may do and read what from now on.
func grantTable(v *words.Voice, grants []personnel.Grant) page.Table {
	t := page.Table{Caption: v.Say("setup.grants"), Columns: []page.Column{
		{Label: v.Say("setup.grants_name")}, {Label: v.Say("setup.grants_roles")},
		{Label: v.Say("setup.grants_reads")}, {Label: v.Say("setup.grants_start")},
	}}
	for _, g := range grants {
		start := page.Cell{Text: v.Say("setup.grants_own")}
		if g.StartPassword != "" {
			start = page.Cell{Body: frame.StartPassword(g.StartPassword)}
		}
		t.Rows = append(t.Rows, page.Row{
			{Text: g.Name, Small: g.Email}, {Text: grantedRoles(v, g.Roles), Small: frame.GrantedDepartments(v, g)},
			{Body: frame.GrantedReading(v, g.Roles)}, start,
		})
	}
	return t
}

func grantedRoles(v *words.Voice, roles []complaint.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, v.Say("role."+string(r)))
	}
	return strings.Join(names, ", ")
}
