package desk

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

func (d *Desk) settingsRoutes() []Route {
	return []Route{
		{Pattern: "GET " + settingsPath, Handler: d.settings},
		{Pattern: "POST " + settingsPath, Handler: d.changeSettings},
		{Pattern: "POST " + settingsPath + "/procedure", Handler: d.followProcedure},
		{Pattern: "POST " + settingsPath + "/procedure/weg", Handler: d.leaveProcedure},
		{Pattern: "GET " + historyPath, Handler: d.settingsHistory},
		{Pattern: "GET " + closingPath, Handler: d.closingDays},
		{Pattern: "POST " + closingPath, Handler: d.closeOn},
		{Pattern: "POST " + closingPath + "/open", Handler: d.openOn},
		{Pattern: "GET " + closedPath, Handler: d.closedDays},
	}
}

// versionField carries which version of the settings a form was made from.
const versionField = "versie"

func (d *Desk) settings(w http.ResponseWriter, r *http.Request) error {
	return d.settingsPage(w, r, newQuestions(r), newQuestions(r))
}

// settingsPage has two forms: the organisation, and which procedure it follows.
func (d *Desk) settingsPage(w http.ResponseWriter, r *http.Request, q, procedure *questions) error {
	org, version, err := d.Personnel.Settings(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	names, err := d.people(r)
	if err != nil {
		return err
	}
	choices, err := d.Personnel.ProcedureChoices(r.Context())
	if err != nil {
		return err
	}
	fields := append(q.organisation(org), q.rules(org, names)...)
	followed := append([]templ.Component{page.TableOf(procedureTable(procedure.v, org, choices, d.Personnel.Today()))}, procedure.procedureForm(choices))
	parts := []templ.Component{
		manageForm(settingsPath, []page.Hidden{{Name: versionField, Value: version}}, fields, page.Button{Label: q.v.Say("button.save"), Kind: page.Primary}),
		manageSection("procedures", q.v.Say("people.procedures"), followed),
		buttonRow(page.Button{Label: q.v.Say("people.history"), Href: historyPath, Kind: page.Quiet}),
	}
	return d.showManaged(w, r, managed{Voice: q.v, Title: q.v.Say("people.settings"), Meaning: q.v.Say("people.settings_meaning"), Place: settingsPath,
		Mistakes: append(q.mistakes(), procedure.mistakes()...), Parts: parts})
}

// organisation asks what letters and pages say.
func (q *questions) organisation(o record.Organisation) []templ.Component {
	say := q.v.Say
	return []templ.Component{
		q.line(personnel.FieldName, "setup.name", o.Name, hint(say("setup.organisation_hint"))),
		q.line(personnel.FieldShort, "setup.short", o.Short, optional, hint(say("setup.short_hint"))),
		page.Textarea(q.v, q.ask(personnel.FieldPostal, "setup.postal", o.Postal, optional, rows(3), hint(say("setup.postal_hint")))),
		q.line(personnel.FieldPhone, "setup.phone", o.Phone, optional, ofType("tel", ""), narrow),
		q.line(personnel.FieldEmail, "setup.email", o.Email, optional, ofType("email", "")),
		q.line(personnel.FieldOpeningHours, "setup.opening_hours", o.OpeningHours, optional, hint(say("setup.opening_hours_hint"))),
		q.line(personnel.FieldReplyNumber, "setup.reply_number", o.ReplyNumber, optional, hint(say("setup.reply_number_hint"))),
	}
}

// rules asks how the organisation works.
func (q *questions) rules(o record.Organisation, names people) []templ.Component {
	say := q.v.Say
	outside := func(id complaint.Actor) bool {
		roles := names.staff[id].Roles
		return !slices.Contains(roles, complaint.Helpdesk) && !slices.Contains(roles, complaint.Director)
	}
	months, other := strings.TrimSuffix(o.Retention, " month"), ""
	if !slices.Contains(personnel.Retentions(), months) {
		months, other = personnel.OtherRetention, months
	}
	var languages []page.Option
	for _, lang := range words.Languages() {
		languages = append(languages, page.Option{Value: lang, Label: say("language." + lang)})
	}
	inList := func(options []page.Option) func(*page.Field) {
		return func(f *page.Field) { f.Options = options }
	}
	second := q.ask(personnel.FieldSecondFactor, "people.second_factor", "", hint(say("people.second_factor_hint")), func(f *page.Field) {
		f.Value, f.Checked = "ja", o.SecondFactor
		if q.posted {
			f.Checked = q.typed.Ticked(personnel.FieldSecondFactor, "")
		}
	})
	return []templ.Component{
		q.choice(personnel.FieldFallback, "people.fallback", o.Fallback, say("people.no_fallback"), staffOptions(names, outside), hint(say("people.fallback_hint"))),
		page.Radios(q.v, q.ask(personnel.FieldRetention, "setup.retention", months, hint(say("setup.retention_hint")), inList(q.retentions(other)))),
		page.Radios(q.v, q.ask(personnel.FieldLanguage, "people.language", o.FirstLanguage(), inList(languages), inOneRow)),
		page.Checkbox(second),
	}
}

// retentions are the terms to choose from; another one is typed.
func (q *questions) retentions(other string) []page.Option {
	var options []page.Option
	for _, months := range personnel.Retentions() {
		options = append(options, page.Option{Value: months, Label: q.v.Count("count.months", number(months))})
	}
	typed := q.ask(personnel.FieldMonths, "setup.months", other, short, hint(q.v.Say("setup.months_hint")))
	return append(options, page.Option{Value: personnel.OtherRetention, Label: q.v.Say("setup.retention_other"), Reveal: page.Input(q.v, typed)})
}

// procedureTable shows which procedure holds from when.
func procedureTable(v *words.Voice, o record.Organisation, choices []personnel.ProcedureChoice, today calendar.Date) page.Table {
	t := page.Table{Caption: v.Say("people.procedures"), Columns: []page.Column{{Label: v.Say("people.procedure")}, {Label: v.Say("people.valid_from")}, {Label: v.Say("people.undo_procedure")}}}
	for _, x := range o.Procedures {
		title := x.Procedure
		for _, c := range choices {
			if c.ID == x.Procedure {
				title = v.Say("setup.procedure_choice", "Title", c.Title, "Term", inWords(v, c.Term))
			}
		}
		from, when := page.Cell{Text: v.Say("people.from_the_start")}, page.Cell{}
		if d, err := calendar.Parse(x.From); err == nil && !d.IsZero() {
			from.Text = v.Date(d)
			if d.After(today) {
				when.Body = pressForm(pressing{URL: settingsPath + "/procedure/weg", Press: v.Say("button.remove"), Context: title, Hidden: []page.Hidden{{Name: personnel.FieldFrom, Value: x.From}}})
			}
		}
		t.Rows = append(t.Rows, page.Row{{Text: title, Small: x.Procedure}, from, when})
	}
	return t
}

func (q *questions) procedureForm(choices []personnel.ProcedureChoice) templ.Component {
	var options []page.Option
	for _, c := range choices {
		options = append(options, page.Option{Value: c.ID, Label: q.v.Say("setup.procedure_choice", "Title", c.Title, "Term", inWords(q.v, c.Term)) + " (" + c.ID + ")"})
	}
	return manageForm(settingsPath+"/procedure", nil, []templ.Component{
		q.choice(personnel.FieldProcedure, "people.other_procedure", "", q.v.Say("common.choose"), options, hint(q.v.Say("setup.procedure_hint"))),
		q.day(personnel.FieldFrom, "people.valid_from", ""),
	}, page.Button{Label: q.v.Say("people.follow")})
}

func (d *Desk) changeSettings(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	if err := q.read(r); err != nil {
		return err
	}
	t, done := q.typed.Text, "bewaard"
	f := personnel.OrganisationForm{Retention: t(personnel.FieldRetention), Months: t(personnel.FieldMonths), Organisation: record.Organisation{
		Name: t(personnel.FieldName), Short: t(personnel.FieldShort), Postal: t(personnel.FieldPostal), Phone: t(personnel.FieldPhone), Email: t(personnel.FieldEmail),
		OpeningHours: t(personnel.FieldOpeningHours), ReplyNumber: t(personnel.FieldReplyNumber), Fallback: t(personnel.FieldFallback),
		Language: t(personnel.FieldLanguage), SecondFactor: q.typed.Ticked(personnel.FieldSecondFactor, "")}}
	if !q.failed() {
		out, err := d.Personnel.ChangeOrganisation(r.Context(), porch.Who(r).Person, t(versionField), f)
		if err := q.take(err); err != nil {
			return err
		}
		if out.Proposed {
			done = "voorgesteld"
		}
	}
	if q.failed() {
		return d.settingsPage(w, r, q, newQuestions(r))
	}
	return porch.SeeOther(w, r, address(settingsPath, doneField, done))
}

func (d *Desk) followProcedure(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	if err := q.read(r); err != nil {
		return err
	}
	from := q.date(personnel.FieldFrom)
	if !q.failed() {
		if err := q.take(d.Personnel.FollowProcedure(r.Context(), porch.Who(r).Person, q.typed.Text(personnel.FieldProcedure), from)); err != nil {
			return err
		}
	}
	if q.failed() {
		return d.settingsPage(w, r, newQuestions(r), q)
	}
	return porch.SeeOther(w, r, address(settingsPath, doneField, "bewaard"))
}

func (d *Desk) leaveProcedure(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	if err := q.read(r); err != nil {
		return err
	}
	if err := d.Personnel.LeaveProcedure(r.Context(), porch.Who(r).Person, q.date(personnel.FieldFrom)); err != nil {
		return err
	}
	return porch.SeeOther(w, r, address(settingsPath, doneField, "weg"))
}

func (d *Desk) settingsHistory(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Personnel.SettingsHistory(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	names, err := d.people(r)
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	t := page.Table{Caption: v.Say("people.history"), Columns: []page.Column{{Label: v.Say("people.when")}, {Label: v.Say("people.who")}, {Label: v.Say("people.field")}, {Label: v.Say("people.old")}, {Label: v.Say("people.new")}}}
	for _, c := range list {
		if c.Field == personnel.FieldFallback {
			c.Old, c.New = names.name(complaint.Actor(c.Old)), names.name(complaint.Actor(c.New))
		}
		t.Rows = append(t.Rows, page.Row{{Text: v.Moment(d.Personnel.Local(c.At))}, {Text: names.name(c.Actor)}, {Text: v.Say("people.field_" + c.Field)},
			{Text: settingText(v, c.Field, c.Old)}, {Text: settingText(v, c.Field, c.New)}})
	}
	parts := []templ.Component{page.TableOf(t)}
	if len(list) == 0 {
		parts = []templ.Component{page.Nothing(v.Say("people.no_history"))}
	}
	return d.showManaged(w, r, managed{Voice: v, Title: v.Say("people.history"), Meaning: v.Say("people.history_meaning"), Place: settingsPath,
		Back: backTo(v, "people.settings", settingsPath), Parts: parts})
}

// settingText writes a value of the settings for people.
func settingText(v *words.Voice, field, value string) string {
	switch {
	case field == personnel.FieldSecondFactor && value == "":
		return v.Say("common.no")
	case field == personnel.FieldSecondFactor:
		return v.Say("common.yes")
	case field == personnel.FieldLanguage:
		return v.Say("language." + value)
	case field == personnel.FieldRetention && value != "":
		return v.Count("count.months", number(strings.TrimSuffix(value, " month")))
	case field == personnel.FieldClosing:
		var days []string
		for _, word := range strings.Fields(value) {
			if d, err := calendar.Parse(word); err == nil {
				days = append(days, v.Date(d))
			}
		}
		value = strings.Join(days, ", ")
	}
	return cmp.Or(value, v.Say("common.none"))
}
