package office_test

import (
	"path/filepath"
	"slices"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
)

// phoneCase is a call of testdata/phone.
type phoneCase struct {
	CalledOn    string  `json:"called_on"`
	ConfirmedOn *string `json:"confirmed_on"`
	FiledOn     *string `json:"filed_on"`
	AnswerBy    *string `json:"answer_by"`
	TargetOn    *string `json:"target_on"`
	ChaseFrom   string  `json:"chase_from"`
	Method      string  `json:"confirmation_method"`
	Closed      *string `json:"closed_without_confirmation_on"`
	Channel     string
	ConfirmedBy *string `json:"confirmed_by"`
	Register    register
	Draft       []string
	Corrections []string
	Flags       []string
	Events      []struct{ On, What string }
}

// TestPhoneCases plays every call: from the first word to the caller's yes, or to
// the end of patience.
func TestPhoneCases(t *testing.T) {
	files, err := filepath.Glob("testdata/phone/*.json")
	if err != nil || len(files) != 6 {
		t.Fatalf("%d calls: %v", len(files), err)
	}
	housetest.Each(t, func(t *testing.T, h *house.House) {
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) {
				var c phoneCase
				readJSON(t, &c, "phone", filepath.Base(file))
				knows(t, `channel called_on confirmed_on filed_on answer_by target_on chase_from confirmation_method confirmed_by register draft
					corrections events flags closed_without_confirmation_on`, "id permission", "phone", filepath.Base(file))
				playCall(bench{h, t}, c)
			})
		}
	})
}

func playCall(b bench, c phoneCase) {
	staff := c.Register.ReceivedBy
	in := b.intake(complaint.Phone, b.at(c.CalledOn))
	in.Title, in.Description, in.DesiredOutcome = "Klacht aan de telefoon", c.Draft[0], c.Draft[1]
	in.Member, in.Identity = c.Register.member(), c.Register.identity()
	if c.ConfirmedOn == nil { // the case's register holds the helpdesk's summary of the text
		in.Description, in.DesiredOutcome = c.Register.Description, c.Register.Outcome
	}
	switch c.Method {
	case "e-mail", "geen":
		in.Send = &complaint.Sending{How: complaint.HowEmail}
	case "strookje op papier":
		in.Send = &complaint.Sending{How: complaint.HowPaper}
	}
	f := b.receive(staff, in)
	b.post(staff, f)
	chase := b.view(staff, f.Dossier).RemindOn[0]
	dates(b.t, map[string]string{"chase_from": c.ChaseFrom}, map[string]calendar.Date{"chase_from": chase})
	for _, e := range c.Events {
		playEvent(b, f, c, e.On, e.What)
	}
	v := b.view(staff, f.Dossier)
	dates(b.t, map[string]string{"confirmed_on": opt(c.ConfirmedOn), "filed_on": opt(c.FiledOn), "answer_by": opt(c.AnswerBy), "target_on": opt(c.TargetOn)},
		map[string]calendar.Date{"confirmed_on": v.ConfirmedOn, "filed_on": v.FiledOn, "answer_by": v.DueOn, "target_on": v.TargetOn})
	if c.Closed != nil && (v.State != complaint.ClosedUnconfirmed || v.ClosedOn.String() != *c.Closed) {
		b.t.Errorf("%s, closed on %v", v.State, v.ClosedOn)
	}
	c.Register.check(b, f.Dossier)
	c.checkRest(b, f, v)
}

// checkRest compares what else a call expects: who confirmed and how, how often the text
// was corrected, and a second complaint from the same call.
func (c phoneCase) checkRest(b bench, f office.Form, v office.View) {
	b.t.Helper()
	var by, how string
	corrections := 0
	for _, e := range v.Events {
		switch e.Kind {
		case complaint.Confirmed:
			by, how = e.Open.Outcome, e.Open.How
		case complaint.CorrectionAsked:
			corrections++
		}
	}
	wantHow := map[string]string{"e-mail": complaint.HowReply, "strookje op papier": complaint.HowSlip, "voorgelezen aan de telefoon": complaint.HowReadAloud, "geen": ""}[c.Method]
	wantBy := map[string]string{"beller zelf": complaint.CallerConfirms}[opt(c.ConfirmedBy)]
	if by != wantBy || how != wantHow || c.Channel != "oral_helpdesk" || v.Channel != complaint.Phone {
		b.t.Errorf("confirmed by %q through %q, want %q through %q", by, how, wantBy, wantHow)
	}
	flag := func(name string) bool { return slices.Contains(c.Flags, name) }
	if flag("correction") && corrections != len(c.Corrections) {
		b.t.Errorf("%d corrections, want %d", corrections, len(c.Corrections))
	}
	if flag("never_confirmed") != (v.State == complaint.ClosedUnconfirmed) {
		b.t.Errorf("never confirmed, and %s", v.State)
	}
	if flag("two_complaints") {
		c.second(b, f, v)
	}
}

// second takes the other complaint of a call in: its own text, its own yes, the same day
// and the same person; confirmed on the same day it is due on the same day.
func (c phoneCase) second(b bench, f office.Form, first office.View) {
	b.t.Helper()
	now := b.Clock.Now()
	b.at(c.CalledOn)
	draft, err := b.Office.Begin()
	b.must(err)
	two := b.receive(c.Register.ReceivedBy, office.Intake{Draft: draft, SameSource: f.Dossier, Send: &complaint.Sending{How: complaint.HowEmail},
		Receipt: complaint.Receipt{Title: "Bejegening bij de garderobe", Description: c.Draft[1], DesiredOutcome: "Een gesprek met de medewerker.",
			Subjects: []complaint.SubjectKind{complaint.AboutEmployee}, Department: b.department("Ledenadvies").ID}})
	b.Clock.Set(now)
	staff := b.who(c.Register.ReceivedBy)
	b.must(b.Office.Confirm(b.t.Context(), staff, two, complaint.Confirmation{How: complaint.HowReply, On: b.Office.Today(), By: complaint.CallerConfirms, Said: "Ja, beide kloppen.", Harmless: true}))
	v := b.view(c.Register.ReceivedBy, two.Dossier)
	if v.ReceivedOn != first.ReceivedOn || v.DueOn != first.DueOn || v.TargetOn != first.TargetOn || len(v.Linked) != 1 || v.Linked[0].Number != first.Number {
		b.t.Errorf("received %v, due %v, linked %+v", v.ReceivedOn, v.DueOn, v.Linked)
	}
}

// playEvent does what an event of a call says.
func playEvent(b bench, f office.Form, c phoneCase, on, what string) {
	b.t.Helper()
	ctx, staff := b.t.Context(), b.who(c.Register.ReceivedBy)
	day := b.at(on)
	final := complaint.Wording{Title: "Klacht aan de telefoon", Description: c.Register.Description, DesiredOutcome: c.Register.Outcome}
	confirmed := c.ConfirmedOn != nil && *c.ConfirmedOn == on
	switch {
	case has(what, "voorgelezen, verbeterd"):
		b.must(b.Office.Word(ctx, staff, f, final))
		b.must(b.Office.Confirm(ctx, staff, f, complaint.Confirmation{How: complaint.HowReadAloud, On: day, By: complaint.CallerConfirms,
			Said: "Ja, dat klopt. Zo is het.", Aloud: complaint.Aloud{Way: complaint.Listened, Present: "Pim Haverdonk", Asked: true}}))
	case has(what, "strook binnen"):
		reword(b, f, final, complaint.HowPaper)
		b.must(b.Office.Confirm(ctx, staff, f, complaint.Confirmation{How: complaint.HowSlip, On: day, By: complaint.CallerConfirms}))
	case has(what, "mail") && confirmed:
		reword(b, f, final, complaint.HowEmail)
		b.must(b.Office.Confirm(ctx, staff, f, complaint.Confirmation{How: complaint.HowReply, On: day, By: complaint.CallerConfirms, Said: what, Harmless: true}))
	case has(what, "mail: "):
		b.must(b.Office.Correct(ctx, staff, f, complaint.Correction{On: day, How: complaint.HowReply, Said: what}))
	case has(what, "verbeterde tekst"):
		b.must(b.Office.Word(ctx, staff, f, final))
		b.must(b.Office.Send(ctx, staff, f, complaint.HowEmail))
	case has(what, "herinnering gemaild"):
		b.must(b.Office.Remind(ctx, staff, f, complaint.HowEmail, false))
	case has(what, "voicemail"):
		b.must(b.Office.Contact(ctx, staff, f, complaint.Contact{On: day, How: complaint.HowVoicemail, Reminder: true, Text: what}))
	case has(what, "laatste bericht"):
		b.must(b.Office.Remind(ctx, staff, f, complaint.HowEmail, true))
		b.must(b.Office.CloseUnconfirmed(ctx, staff, f, complaint.End{On: day, Said: what}))
	}
}

// reword brings the text to what the case's register holds, when it is not yet.
func reword(b bench, f office.Form, w complaint.Wording, how string) {
	b.t.Helper()
	d, err := b.Store.Dossier(b.t.Context(), f.Dossier, complaint.Sight{All: true})
	b.must(err)
	staff := b.who("Jorien Tasselaar")
	v, err := b.Office.Look(b.t.Context(), staff, f.Dossier)
	b.must(err)
	if v.Text == w {
		return
	}
	now := b.Clock.Now()
	b.at(max(d.SentOn.String(), d.ReceivedOn.String()))
	b.must(b.Office.Word(b.t.Context(), staff, f, w))
	b.must(b.Office.Send(b.t.Context(), staff, f, how))
	b.post("Jorien Tasselaar", f)
	b.Clock.Set(now)
}

func opt(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
