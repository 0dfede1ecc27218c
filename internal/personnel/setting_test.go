package personnel_test

import (
	"strings"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/personnel"
	"gehoor/internal/record"
)

// settings is the form of the settings as they stand.
func (c *crew) settings(t *testing.T) (personnel.OrganisationForm, string) {
	t.Helper()
	org, version, err := c.Settings(t.Context(), c.admin.Person())
	check(t, err)
	org.Language = org.FirstLanguage()
	return personnel.OrganisationForm{Organisation: org, Retention: strings.TrimSuffix(org.Retention, " month")}, version
}

func TestSettingsKeepTheirHistory(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		c := o.crew(t)
		f, version := c.settings(t)
		f.Organisation.Phone, f.Organisation.Fallback = "030-299 00 04", string(c.manager.ID)
		out, err := c.ChangeOrganisation(t.Context(), c.admin.Person(), version, f)
		if err != nil || !out.Proposed {
			t.Fatalf("%+v %v", out, err)
		}
		f.Organisation.Fallback = ""
		if _, err := c.ChangeOrganisation(t.Context(), c.other.Person(), version, f); !complaint.IsKind(err, complaint.Stale) {
			t.Errorf("a form of before: %v", err)
		}
		f.LogYears = "0"
		if _, err := c.ChangeOrganisation(t.Context(), c.admin.Person(), "", f); keys(err) != "log_years error.log_years" {
			t.Errorf("no years: %v", err)
		}
		for _, years := range []string{"7", ""} { // nothing typed: it stays
			f.LogYears = years
			_, err := c.ChangeOrganisation(t.Context(), c.admin.Person(), "", f)
			check(t, err)
		}
		_, err = c.Approve(t.Context(), c.other.Person(), c.waits(t).ID)
		check(t, err)
		check(t, c.CloseOn(t.Context(), c.other.Person(), record.Days{From: day("2026-12-24"), To: day("2026-12-28")}))
		list, err := c.SettingsHistory(t.Context(), c.admin.Person())
		check(t, err)
		var got []string
		for _, x := range list {
			got = append(got, x.Field+": "+x.Old+" > "+x.New)
		}
		want := "closing_days:  > 2026-12-24 2026-12-28|fallback:  > " + string(c.manager.ID) + "|log_years: 5 year > 7 year|phone:  > 030-299 00 04"
		if strings.Join(got, "|") != want {
			t.Errorf("got %q", got)
		}
		who, err := c.Person(t.Context(), c.manager)
		if err != nil || !who.Fallback {
			t.Errorf("the fallback: %+v %v", who, err)
		}
	})
}

func day(s string) calendar.Date { return calendar.MustParse(s) }

func TestSettingsMistakes(t *testing.T) {
	c := newOffice(t).crew(t)
	_, err := c.ChangeOrganisation(t.Context(), c.admin.Person(), "", personnel.OrganisationForm{Organisation: record.Organisation{Email: "x", Phone: "x", Fallback: string(c.helpdesk.ID), Language: "de"}, Retention: "other"})
	if got := keys(err); got != "name error.required, phone error.phone, email error.email, fallback error.fallback, months error.retention_months, language error.unknown_choice" {
		t.Error(got)
	}
	who := c.helpdesk.Person()
	_, change := c.ChangeOrganisation(t.Context(), who, "", personnel.OrganisationForm{})
	for name, err := range map[string]error{
		"organisation": change, "close": c.CloseOn(t.Context(), who, record.Days{}),
		"open": c.OpenOn(t.Context(), who, record.Days{}), "procedure": c.FollowProcedure(t.Context(), who, "awb-wkkgz", day("2027-01-01")),
		"leave": c.LeaveProcedure(t.Context(), who, day("2027-01-01")),
	} {
		if keys(err) != "error.forbidden" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestProceduresHoldFromADay(t *testing.T) {
	c := newOffice(t).crew(t)
	who := c.admin.Person()
	if got := keys(c.FollowProcedure(t.Context(), who, "x", day("2026-11-21"))); got != "procedure error.choose, from error.past_date" {
		t.Error(got)
	}
	check(t, c.FollowProcedure(t.Context(), who, "awb-wkkgz", day("2027-01-01")))
	org, err := c.Organisation(t.Context())
	check(t, err)
	if org.ProcedureOn("2026-12-31") != "lsr-14-dagen" || org.ProcedureOn("2027-01-01") != "awb-wkkgz" {
		t.Errorf("%+v", org.Procedures)
	}
	if got := keys(c.LeaveProcedure(t.Context(), who, c.Today())); got != "error.procedure_in_force" {
		t.Error(got)
	}
	check(t, c.LeaveProcedure(t.Context(), who, day("2027-01-01")))
	if org, err = c.Organisation(t.Context()); err != nil || org.ProcedureOn("2027-01-01") != "lsr-14-dagen" {
		t.Errorf("%+v %v", org.Procedures, err)
	}
}

// Weekends and holidays are left out, and rows with only those between them are one.
func TestClosingDays(t *testing.T) {
	each(t, func(t *testing.T, o *office) { closingDays(t, o.crew(t)) })
}

func closingDays(t *testing.T, c *crew) {
	t.Helper()
	who := c.admin.Person()
	for _, x := range []struct{ from, to, want string }{
		{"2026-12-25", "2026-12-27", "from error.free_already"},
		{"2026-11-20", "2026-11-24", "from error.past_date"},
		{"2026-12-24", "2026-12-23", "to error.date_order"},
		{"", "", "from error.required, to error.required"},
		{"2026-12-24", "2036-12-24", "to error.too_far"},
	} {
		days := record.Days{}
		if x.from != "" {
			days = record.Days{From: day(x.from), To: day(x.to)}
		}
		if got := keys(c.CloseOn(t.Context(), who, days)); got != x.want {
			t.Errorf("%s to %s: %s", x.from, x.to, got)
		}
	}
	check(t, c.CloseOn(t.Context(), who, record.Days{From: day("2026-12-24"), To: day("2026-12-31")}))
	check(t, c.CloseOn(t.Context(), who, record.Days{From: day("2027-05-07"), To: day("2027-05-07")}))
	rows, err := c.ClosingDays(t.Context(), who)
	check(t, err)
	if len(rows) != 2 || rows[0].From != day("2026-12-24") || rows[0].To != day("2026-12-31") {
		t.Errorf("%+v", rows)
	}
	check(t, c.OpenOn(t.Context(), who, rows[0].Days))
	if org, err := c.Organisation(t.Context()); err != nil || org.ClosingDays != "2027-05-07" {
		t.Errorf("%q %v", org.ClosingDays, err)
	}
}

// Own paragraphs are plain text, and stand in the history under their letter.
func TestOwnParagraphs(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		c, field := o.crew(t), personnel.FieldParagraph(record.Answer, "nl")
		who := c.admin.Person()
		_, version := c.settings(t)
		long := map[string]string{field: strings.Repeat("a", 601), personnel.FieldParagraph(record.Withdrawn, "en"): strings.Repeat("b", 601)}
		if got := keys(c.ChangeParagraphs(t.Context(), who, version, long)); got != "paragraph_answer_nl error.too_long, paragraph_withdrawn_en error.too_long" {
			t.Error(got)
		}
		if err := c.ChangeParagraphs(t.Context(), c.director.Person(), version, nil); keys(err) != "error.forbidden" {
			t.Errorf("the director: %v", err)
		}
		check(t, c.ChangeParagraphs(t.Context(), who, version, map[string]string{field: " Kom\t<b>langs</b>.\r\n\r\n\r\n\u202eTot ziens\u200b.\x07 ", "paragraph_king_nl": "x"}))
		org, err := c.Organisation(t.Context())
		check(t, err)
		if len(org.Paragraphs) != 1 || org.Paragraphs["answer.nl"] != "Kom <b>langs</b>.\n\nTot ziens." {
			t.Errorf("%q", org.Paragraphs)
		}
		if err := c.ChangeParagraphs(t.Context(), who, version, nil); !complaint.IsKind(err, complaint.Stale) {
			t.Errorf("a form of before: %v", err)
		}
		if got := keys(c.ChangeContacts(t.Context(), who, "", map[string]complaint.Actor{c.department: "nobody"})); got != personnel.FieldContact(c.department)+" error.unknown_choice" {
			t.Error(got)
		}
		check(t, c.ChangeContacts(t.Context(), who, "", map[string]complaint.Actor{c.department: c.helpdesk.ID, "elsewhere": c.helpdesk.ID}))
		check(t, c.ChangeParagraphs(t.Context(), who, "", nil))
		list, err := c.SettingsHistory(t.Context(), who)
		check(t, err)
		var got []string
		for _, x := range list {
			got = append(got, x.Field+": "+x.Old+" > "+x.New)
		}
		want := "paragraph_answer_nl: Kom <b>langs</b>.\n\nTot ziens. > |contact_" + c.department + ":  > " + string(c.helpdesk.ID) + "|paragraph_answer_nl:  > Kom <b>langs</b>.\n\nTot ziens."
		if strings.Join(got, "|") != want {
			t.Errorf("%q", got)
		}
	})
}
