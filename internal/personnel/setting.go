package personnel

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// History keeps what settings were.
type History interface {
	SettingHistory(ctx context.Context, name string) ([]record.Setting, error)
	ReplaceSetting(ctx context.Context, was string, x record.Setting, line record.LogLine) error
	DueIn(ctx context.Context, sight complaint.Sight, days record.Days) ([]record.Due, error)
}

// The names of the fields of the settings, beside those of set-up.
const (
	FieldFallback     = "fallback"
	FieldLanguage     = "language"
	FieldSecondFactor = "second_factor"
	FieldLogYears     = "log_years"
	FieldNotices      = "notices"
)

// How many years log lines may stay.
const (
	fewestLogYears = 1
	mostLogYears   = 20
)

// OrganisationForm is what is typed about the organisation.
type OrganisationForm struct {
	Organisation      record.Organisation // the texts, the fallback, the language, the second factor
	Retention, Months string
	LogYears          string // how many years log lines stay; empty: as it was
}

var errSettingsStale = &complaint.Error{Kind: complaint.Stale, Key: "error.settings_stale"}

// Settings gives the settings in force and the name of that version, for a form.
func (p *Personnel) Settings(ctx context.Context, who complaint.Person) (record.Organisation, string, error) {
	if err := mayManage(who); err != nil {
		return record.Organisation{}, "", err
	}
	org, last, err := p.settings(ctx)
	return org, last.ID, err
}

func (p *Personnel) settings(ctx context.Context) (org record.Organisation, last record.Setting, err error) {
	all, err := p.Cupboard.SettingHistory(ctx, record.SettingOrganisation)
	if err != nil || len(all) == 0 {
		return org, last, wrapped("settings", err)
	}
	return org, all[0], wrapped("settings", json.Unmarshal([]byte(all[0].Value), &org))
}

// changeSettings writes a new version of the settings, made from the one in force. A
// form that was made from an older version is refused; without one, somebody else's
// change is kept and this one comes on top.
func (p *Personnel) changeSettings(ctx context.Context, who complaint.Person, seen string, change func(*record.Organisation) error) error {
	if err := mayManage(who); err != nil {
		return err
	}
	const tries = 5
	for range tries {
		was, last, err := p.settings(ctx)
		if err != nil {
			return err
		}
		if seen != "" && seen != last.ID {
			return errSettingsStale
		}
		is := was
		is.Procedures = slices.Clone(was.Procedures)
		if err := change(&is); err != nil {
			return err
		}
		fields := differing(was, is)
		if len(fields) == 0 {
			return nil
		}
		next, err := p.nextSettings(is, last, who.ID)
		if err != nil {
			return err
		}
		err = p.Cupboard.ReplaceSetting(ctx, last.ID, next, p.about(who.ID, "change_settings", "", fields...))
		if !errors.Is(err, record.ErrLost) {
			return wrapped("settings", err)
		}
	}
	return errSettingsStale
}

// nextSettings is the version of the settings that comes after last.
func (p *Personnel) nextSettings(is record.Organisation, last record.Setting, by complaint.Actor) (record.Setting, error) {
	value, err := json.Marshal(is)
	next := record.Setting{ID: record.NewID(), Name: record.SettingOrganisation, Value: string(value), At: p.after(last.At), Actor: by}
	return next, wrapped("settings", err)
}

// ChangeOrganisation changes what letters and pages say of the organisation, who takes
// in when the helpdesk cannot, how long names are kept, and whether a code is asked. Who
// takes in reads what was taken in: somebody new for that waits for a second person.
func (p *Personnel) ChangeOrganisation(ctx context.Context, who complaint.Person, seen string, f OrganisationForm) (out Outcome, err error) {
	if err := mayManage(who); err != nil {
		return out, err
	}
	in := SetUp{Organisation: f.Organisation, Retention: f.Retention, Months: f.Months}
	var m complaint.Mistakes
	checkOrganisation(&m, &in)
	fallback, err := p.newFallback(ctx, &m, in.Organisation.Fallback)
	if err != nil {
		return out, err
	}
	checkRetention(&m, &in)
	o := in.Organisation
	o.LogKept = checkLogYears(&m, f.LogYears)
	if !slices.Contains(languages, o.Language) {
		m.Add(FieldLanguage, "error.unknown_choice")
	}
	if err := m.Err(); err != nil {
		return out, err
	}
	err = p.changeSettings(ctx, who, seen, func(is *record.Organisation) error {
		if fallback != "" {
			o.Fallback = is.Fallback // until a second person approved
		}
		is.Name, is.Short, is.Postal, is.Phone, is.Email = o.Name, o.Short, o.Postal, o.Phone, o.Email
		is.OpeningHours, is.ReplyNumber, is.Fallback, is.Retention = o.OpeningHours, o.ReplyNumber, o.Fallback, o.Retention
		is.Language, is.SecondFactor, is.NoNotices = o.Language, o.SecondFactor, o.NoNotices
		if o.LogKept != "" {
			is.LogKept = o.LogKept
		}
		return nil
	})
	if err != nil || fallback == "" {
		return out, err
	}
	out.Proposed = true
	return out, p.change(ctx, 0, func(people record.People) (c record.PeopleChange, err error) {
		return c, p.proposeOnce(&c, people, who.ID, record.Proposal{Kind: record.ProposeFallback, Staff: fallback})
	})
}

// checkLogYears gives the term of log lines as the settings keep it.
func checkLogYears(m *complaint.Mistakes, typed string) string {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return ""
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < fewestLogYears || n > mostLogYears {
		m.Add(FieldLogYears, "error.log_years", "Min", fewestLogYears, "Max", mostLogYears)
		return ""
	}
	return strconv.Itoa(n) + " " + string(calendar.Year)
}

// FollowProcedure makes a procedure the organisation's from a day on. What came in
// before keeps the procedure it has.
func (p *Personnel) FollowProcedure(ctx context.Context, who complaint.Person, id string, from calendar.Date) error {
	if err := mayManage(who); err != nil {
		return err
	}
	choices, err := p.ProcedureChoices(ctx)
	if err != nil {
		return err
	}
	var m complaint.Mistakes
	if !slices.ContainsFunc(choices, func(c ProcedureChoice) bool { return c.ID == id }) {
		m.Add(FieldProcedure, "error.choose")
	}
	switch {
	case from.IsZero():
		m.Add(FieldFrom, "error.required")
	case from.Before(p.Today()):
		m.Add(FieldFrom, "error.past_date")
	}
	if err := m.Err(); err != nil {
		return err
	}
	return p.changeSettings(ctx, who, "", func(is *record.Organisation) error {
		is.Procedures = append(slices.DeleteFunc(is.Procedures, func(x record.InForce) bool { return x.From == from.String() }),
			record.InForce{Procedure: id, From: from.String()})
		return nil
	})
}

// LeaveProcedure takes back a procedure that is not in force yet.
func (p *Personnel) LeaveProcedure(ctx context.Context, who complaint.Person, from calendar.Date) error {
	if err := mayManage(who); err != nil {
		return err
	}
	if !from.After(p.Today()) {
		return &complaint.Error{Kind: complaint.Refused, Key: "error.procedure_in_force"}
	}
	return p.changeSettings(ctx, who, "", func(is *record.Organisation) error {
		is.Procedures = slices.DeleteFunc(is.Procedures, func(x record.InForce) bool { return x.From == from.String() })
		return nil
	})
}

// Changed is one field of the settings that changed.
type Changed struct {
	At       time.Time
	Actor    complaint.Actor
	Field    string
	Old, New string
}

// SettingsHistory gives what changed in the settings, the newest first.
func (p *Personnel) SettingsHistory(ctx context.Context, who complaint.Person) ([]Changed, error) {
	if err := mayManage(who); err != nil {
		return nil, err
	}
	all, err := p.Cupboard.SettingHistory(ctx, record.SettingOrganisation)
	if err != nil {
		return nil, wrapped("settings", err)
	}
	var list []Changed
	for i := range all[:max(0, len(all)-1)] {
		var was, is record.Organisation
		if err := errors.Join(json.Unmarshal([]byte(all[i+1].Value), &was), json.Unmarshal([]byte(all[i].Value), &is)); err != nil {
			return nil, wrapped("settings", err)
		}
		before, after := inFields(was), inFields(is)
		for _, field := range differing(was, is) {
			list = append(list, Changed{At: all[i].At, Actor: all[i].Actor, Field: field, Old: before[field], New: after[field]})
		}
	}
	return list, nil
}

// settingFields are the fields of the settings in the order of the page.
var settingFields = []string{FieldName, FieldShort, FieldPostal, FieldPhone, FieldEmail, FieldOpeningHours, FieldReplyNumber,
	FieldFallback, FieldRetention, FieldLogYears, FieldLanguage, FieldSecondFactor, FieldNotices, FieldProcedure, FieldClosing, FieldLogo, FieldAccent, FieldAccentDark}

// inFields writes settings field by field, to compare and to show.
func inFields(o record.Organisation) map[string]string {
	var procedures []string
	for _, x := range o.Procedures {
		procedures = append(procedures, strings.TrimSpace(x.Procedure+" "+x.From))
	}
	second := ""
	if o.SecondFactor {
		second = "ja"
	}
	notices := "ja"
	if o.NoNotices {
		notices = ""
	}
	kept := o.LogTerm()
	fields := map[string]string{FieldLogYears: strconv.Itoa(kept.N) + " " + string(kept.Unit), FieldName: o.Name, FieldShort: o.Short, FieldPostal: o.Postal, FieldPhone: o.Phone, FieldEmail: o.Email,
		FieldOpeningHours: o.OpeningHours, FieldReplyNumber: o.ReplyNumber, FieldFallback: o.Fallback, FieldRetention: o.Retention,
		FieldLanguage: o.FirstLanguage(), FieldSecondFactor: second, FieldNotices: notices, FieldProcedure: strings.Join(procedures, "\n"), FieldClosing: o.ClosingDays,
		FieldLogo: o.Logo, FieldAccent: o.Accent, FieldAccentDark: o.AccentDark}
	letterFields(o, fields)
	return fields
}

func differing(was, is record.Organisation) []string {
	before, after := inFields(was), inFields(is)
	return slices.DeleteFunc(append(slices.Clone(settingFields), otherFields(before, after)...), func(f string) bool { return before[f] == after[f] })
}
