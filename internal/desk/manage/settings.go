package manage

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

func (d *Door) settingsRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET " + settingsPath, Handler: d.settings},
		{Pattern: "POST " + settingsPath, Handler: d.changeSettings},
		{Pattern: "POST " + settingsPath + "/procedure", Handler: d.followProcedure},
		{Pattern: "POST " + settingsPath + "/procedure/weg", Handler: d.leaveProcedure},
		{Pattern: "GET " + historyPath, Handler: d.settingsHistory},
		{Pattern: "GET " + closingPath, Handler: d.closingDays},
		{Pattern: "POST " + closingPath, Handler: d.closeOn},
		{Pattern: "POST " + closingPath + "/open", Handler: d.openOn},
		{Pattern: "GET " + frame.ClosedPath, Handler: d.closedDays},
	}
}

// versionField carries which version of the settings a form was made from.
const versionField = "versie"

func (d *Door) settings(w http.ResponseWriter, r *http.Request) error {
	return d.settingsPage(w, r, frame.NewQuestions(r), frame.NewQuestions(r))
}

// settingsPage has two forms: the organisation, and which procedure it follows.
func (d *Door) settingsPage(w http.ResponseWriter, r *http.Request, q, procedure *frame.Questions) error {
	org, version, err := d.Personnel.Settings(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	choices, err := d.Personnel.ProcedureChoices(r.Context())
	if err != nil {
		return err
	}
	fields := append(organisationFields(q, org), ruleFields(q, org, names)...)
	followed := append([]templ.Component{page.TableOf(procedureTable(procedure.Voice, org, choices, d.Personnel.Today()))}, procedureForm(procedure, choices))
	warning, err := d.fallbackWarning(r)
	if err != nil {
		return err
	}
	parts := append(warning,
		frame.ManagedForm(settingsPath, []page.Hidden{{Name: versionField, Value: version}}, fields, page.Button{Label: q.Voice.Say("button.save"), Kind: page.Primary}),
		frame.Section("procedures", q.Voice.Say("people.procedures"), followed),
		buttonRow(page.Button{Label: q.Voice.Say("people.history"), Href: historyPath, Kind: page.Quiet},
			page.Button{Label: q.Voice.Say("ownwords.title"), Href: lettersPath, Kind: page.Quiet},
			page.Button{Label: q.Voice.Say("notice.title"), Href: noticesPath, Kind: page.Quiet},
			page.Button{Label: q.Voice.Say("style.title"), Href: stylePath, Kind: page.Quiet},
			page.Button{Label: q.Voice.Say("sheet.title"), Href: frame.SheetPath, Kind: page.Quiet}))
	return d.showManaged(w, r, frame.Managed{Voice: q.Voice, Title: q.Voice.Say("people.settings"), Meaning: q.Voice.Say("people.settings_meaning"), Place: settingsPath,
		Mistakes: append(q.Mistakes(), procedure.Mistakes()...), Parts: parts})
}

// organisationFields asks what letters and pages say.
func organisationFields(q *frame.Questions, o record.Organisation) []templ.Component {
	say := q.Voice.Say
	return []templ.Component{
		q.Line(personnel.FieldName, "setup.name", o.Name, frame.Hint(say("setup.organisation_hint"))),
		q.Line(personnel.FieldShort, "setup.short", o.Short, frame.Optional, frame.Hint(say("setup.short_hint"))),
		page.Textarea(q.Voice, q.Ask(personnel.FieldPostal, "setup.postal", o.Postal, frame.Optional, frame.Rows(3), frame.Hint(say("setup.postal_hint")))),
		q.Line(personnel.FieldPhone, "setup.phone", o.Phone, frame.Optional, frame.OfType("tel", ""), frame.Narrow),
		q.Line(personnel.FieldEmail, "setup.email", o.Email, frame.Optional, frame.OfType("email", "")),
		q.Line(personnel.FieldOpeningHours, "setup.opening_hours", o.OpeningHours, frame.Optional, frame.Hint(say("setup.opening_hours_hint"))),
		q.Line(personnel.FieldReplyNumber, "setup.reply_number", o.ReplyNumber, frame.Optional, frame.Hint(say("setup.reply_number_hint"))),
	}
}

// ruleFields asks how the organisation works.
func ruleFields(q *frame.Questions, o record.Organisation, names frame.People) []templ.Component {
	say := q.Voice.Say
	outside := func(id complaint.Actor) bool {
		roles := names.Staff[id].Roles
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
	second := q.Ask(personnel.FieldSecondFactor, "people.second_factor", "", frame.Hint(say("people.second_factor_hint")), func(f *page.Field) {
		f.Value, f.Checked = "ja", o.SecondFactor
		if q.Posted {
			f.Checked = q.Typed.Ticked(personnel.FieldSecondFactor, "")
		}
	})
	notices := q.Ask(personnel.FieldNotices, "notice.setting", "", frame.Hint(say("notice.setting_hint")), func(f *page.Field) {
		f.Value, f.Checked = "ja", !o.NoNotices
		if q.Posted {
			f.Checked = q.Typed.Ticked(personnel.FieldNotices, "")
		}
	})
	return []templ.Component{
		q.Choice(personnel.FieldFallback, "people.fallback", o.Fallback, say("people.no_fallback"), staffOptions(names, outside), frame.Hint(say("people.fallback_hint"))),
		page.Radios(q.Voice, q.Ask(personnel.FieldRetention, "setup.retention", months, frame.Hint(say("setup.retention_hint")), inList(retentions(q, other)))),
		q.Line(personnel.FieldLogYears, "logbook.years", strconv.Itoa(o.LogTerm().N), frame.Short, frame.Hint(say("logbook.years_hint"))),
		page.Radios(q.Voice, q.Ask(personnel.FieldLanguage, "people.language", o.FirstLanguage(), inList(languages), frame.InOneRow)),
		page.Checkbox(second),
		page.Checkbox(notices),
	}
}

// retentions are the terms to choose from; another one is typed.
func retentions(q *frame.Questions, other string) []page.Option {
	var options []page.Option
	for _, months := range personnel.Retentions() {
		options = append(options, page.Option{Value: months, Label: q.Voice.Count("count.months", frame.Number(months))})
	}
	typed := q.Ask(personnel.FieldMonths, "setup.months", other, frame.Short, frame.Hint(q.Voice.Say("setup.months_hint")))
	return append(options, page.Option{Value: personnel.OtherRetention, Label: q.Voice.Say("setup.retention_other"), Reveal: page.Input(q.Voice, typed)})
}

// procedureTable shows which procedure holds from when.
func procedureTable(v *words.Voice, o record.Organisation, choices []personnel.ProcedureChoice, today calendar.Date) page.Table {
	t := page.Table{Caption: v.Say("people.procedures"), Columns: []page.Column{{Label: v.Say("people.procedure")}, {Label: v.Say("people.valid_from")}, {Label: v.Say("people.undo_procedure")}}}
	for _, x := range o.Procedures {
		title := x.Procedure
		for _, c := range choices {
			if c.ID == x.Procedure {
				title = v.Say("setup.procedure_choice", "Title", c.Title, "Term", frame.InWords(v, c.Term))
			}
		}
		from, when := page.Cell{Text: v.Say("people.from_the_start")}, page.Cell{}
		if d, err := calendar.Parse(x.From); err == nil && !d.IsZero() {
			from.Text = v.Date(d)
			if d.After(today) {
				when.Body = frame.PressForm(frame.Pressing{URL: settingsPath + "/procedure/weg", Press: v.Say("button.remove"), Context: title, Hidden: []page.Hidden{{Name: personnel.FieldFrom, Value: x.From}}})
			}
		}
		t.Rows = append(t.Rows, page.Row{{Text: title, Small: x.Procedure}, from, when})
	}
	return t
}

func procedureForm(q *frame.Questions, choices []personnel.ProcedureChoice) templ.Component {
	var options []page.Option
	for _, c := range choices {
		options = append(options, page.Option{Value: c.ID, Label: q.Voice.Say("setup.procedure_choice", "Title", c.Title, "Term", frame.InWords(q.Voice, c.Term)) + " (" + c.ID + ")"})
	}
	return frame.ManagedForm(settingsPath+"/procedure", nil, []templ.Component{
		q.Choice(personnel.FieldProcedure, "people.other_procedure", "", q.Voice.Say("common.choose"), options, frame.Hint(q.Voice.Say("setup.procedure_hint"))),
		q.Day(personnel.FieldFrom, "people.valid_from", ""),
	}, page.Button{Label: q.Voice.Say("people.follow")})
}

func (d *Door) changeSettings(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	t, done := q.Typed.Text, "bewaard"
	f := personnel.OrganisationForm{Retention: t(personnel.FieldRetention), Months: t(personnel.FieldMonths), LogYears: t(personnel.FieldLogYears), Organisation: record.Organisation{
		Name: t(personnel.FieldName), Short: t(personnel.FieldShort), Postal: t(personnel.FieldPostal), Phone: t(personnel.FieldPhone), Email: t(personnel.FieldEmail),
		OpeningHours: t(personnel.FieldOpeningHours), ReplyNumber: t(personnel.FieldReplyNumber), Fallback: t(personnel.FieldFallback),
		Language: t(personnel.FieldLanguage), SecondFactor: q.Typed.Ticked(personnel.FieldSecondFactor, ""), NoNotices: !q.Typed.Ticked(personnel.FieldNotices, "")}}
	if !q.Failed() {
		out, err := d.Personnel.ChangeOrganisation(r.Context(), porch.Who(r).Person, t(versionField), f)
		if err := q.Take(err); err != nil {
			return err
		}
		if out.Proposed {
			done = "voorgesteld"
		}
	}
	if q.Failed() {
		return d.settingsPage(w, r, q, frame.NewQuestions(r))
	}
	return porch.SeeOther(w, r, frame.Address(settingsPath, frame.DoneField, done))
}

func (d *Door) followProcedure(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	from := q.Date(personnel.FieldFrom)
	if !q.Failed() {
		if err := q.Take(d.Personnel.FollowProcedure(r.Context(), porch.Who(r).Person, q.Typed.Text(personnel.FieldProcedure), from)); err != nil {
			return err
		}
	}
	if q.Failed() {
		return d.settingsPage(w, r, frame.NewQuestions(r), q)
	}
	return porch.SeeOther(w, r, frame.Address(settingsPath, frame.DoneField, "bewaard"))
}

func (d *Door) leaveProcedure(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	if err := d.Personnel.LeaveProcedure(r.Context(), porch.Who(r).Person, q.Date(personnel.FieldFrom)); err != nil {
		return err
	}
	return porch.SeeOther(w, r, frame.Address(settingsPath, frame.DoneField, "weg"))
}

func (d *Door) settingsHistory(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Personnel.SettingsHistory(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	t := page.Table{Caption: v.Say("people.history"), Columns: []page.Column{{Label: v.Say("people.when")}, {Label: v.Say("people.who")}, {Label: v.Say("people.field")}, {Label: v.Say("people.old")}, {Label: v.Say("people.new")}}}
	for _, c := range list {
		if c.Field == personnel.FieldFallback || strings.HasPrefix(c.Field, personnel.FieldContact("")) {
			c.Old, c.New = names.Name(complaint.Actor(c.Old)), names.Name(complaint.Actor(c.New))
		}
		t.Rows = append(t.Rows, page.Row{{Text: v.Moment(d.Personnel.Local(c.At))}, {Text: names.Name(c.Actor)}, {Text: fieldName(v, names, c.Field)},
			{Text: settingText(v, c.Field, c.Old)}, {Text: settingText(v, c.Field, c.New)}})
	}
	parts := []templ.Component{page.TableOf(t)}
	if len(list) == 0 {
		parts = []templ.Component{page.Nothing(v.Say("people.no_history"))}
	}
	return d.showManaged(w, r, frame.Managed{Voice: v, Title: v.Say("people.history"), Meaning: v.Say("people.history_meaning"), Place: settingsPath,
		Back: frame.BackTo(v, "people.settings", settingsPath), Parts: parts})
}

// settingText writes a value of the settings for people.
func settingText(v *words.Voice, field, value string) string {
	switch {
	case (field == personnel.FieldSecondFactor || field == personnel.FieldNotices) && value == "":
		return v.Say("common.no")
	case field == personnel.FieldSecondFactor, field == personnel.FieldNotices:
		return v.Say("common.yes")
	case field == personnel.FieldLanguage:
		return v.Say("language." + value)
	case field == personnel.FieldRetention && value != "":
		return v.Count("count.months", frame.Number(strings.TrimSuffix(value, " month")))
	case field == personnel.FieldLogYears && value != "":
		return v.Count("count.years", frame.Number(strings.TrimSuffix(value, " year")))
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
