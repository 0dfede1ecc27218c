package complaint

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"gehoor/internal/calendar"
)

// rules14 are the rules of the shipped default, as far as the law reads them.
func rules14() Rules {
	return Rules{
		ID: "lsr-14-dagen", Version: "1", ValidFrom: day("2025-01-01"),
		Channels: []ChannelRule{{Post, "brief", true, false}, {Email, "e-mail", true, false}, {Phone, "telefoon", true, true}, {Form, "formulier", false, false}},
		Subjects: []SubjectRule{{AboutProduct, nil}, {AboutService, []Choice{{"course", "Cursus"}}}, {AboutEmployee, nil}, {AboutOther, nil}},
		Term:     TermRule{calendar.Term{N: 14, Unit: calendar.Day}, FromFiled, calendar.House, RollNone},
		Target:   TargetRule{Calendar: calendar.House, PostLeadDays: 2}, Signals: Signals{3, 2},
		Confirmation: ConfirmationRule{Reminders: []int{5, 10}, CloseAfter: 21},
		Extension:    ExtensionRule{Reasons: []Choice{{"research_takes_longer", "onderzoek"}}, Consent: true},
		NotAccepted:  []Choice{{"not_about_us", "niet over ons"}},
		Anonymity:    AnonymityRule{Default: Confidential, Nameless: true},
	}
}

func day(s string) calendar.Date { return calendar.MustParse(s) }

// at is a scene on a day, by a helpdesk employee, under the default rules.
func at(s string) Scene {
	zone := time.FixedZone("CET", 3600)
	y, m, d := day(s).Date()
	return Scene{Now: time.Date(y, m, d, 11, 0, 0, 0, zone), Actor: "jorien", Rules: rules14(),
		Calendars: Calendars{House: calendar.New(calendar.House), Statutory: calendar.New(calendar.Statutory)}}
}

// letter is a filed complaint by post, received on a day.
func letter(t *testing.T, on string) Dossier {
	t.Helper()
	return do(t, Dossier{ID: "d"}, func(Dossier) ([]Event, error) { return Receive(receipt(Post, on), at(on)) })
}

func receipt(c Channel, on string) Receipt {
	return Receipt{Number: "2026-417", Channel: c, ReceivedOn: day(on), Title: "Cursus ging niet door", Description: "De cursus ging niet door.",
		DesiredOutcome: "Geld terug.", Subjects: []SubjectKind{AboutService}, Level: Confidential, Member: MemberYes, Identities: 1}
}

// do applies what a task decided.
func do(t *testing.T, d Dossier, task func(Dossier) ([]Event, error)) Dossier {
	t.Helper()
	events, err := task(d)
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
	for _, e := range events {
		if e.Version != d.Version+1 {
			t.Fatalf("%s has version %d after %d", e.Kind, e.Version, d.Version)
		}
		d = d.Apply(e)
	}
	return d
}

// fields gives the fields that mistakes are about.
func fields(err error) []string {
	var m Mistakes
	if !errors.As(err, &m) {
		return nil
	}
	var f []string
	for _, e := range m {
		f = append(f, e.Field+":"+e.Key)
	}
	slices.Sort(f)
	return f
}

func handled(t *testing.T, on string) Dossier {
	t.Helper()
	return do(t, letter(t, on), func(d Dossier) ([]Event, error) {
		return d.Forward(Forwarding{Department: "scholing", Handler: "hedwig"}, at(on))
	})
}

func TestReceivingNamesAllMistakesAtOnce(t *testing.T) {
	r := receipt(Form, "2026-11-25")
	r.Title, r.Subjects, r.Level, r.Description = "", nil, "secret", string([]byte{0xff, 0xfe})
	_, err := Receive(r, at("2026-11-24"))
	want := []string{"channel:error.choose", "description:error.invalid_text", "level:error.choose", "received_on:error.future_date",
		"subject:error.choose_some", "title:error.required"}
	got := fields(err)
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestTitleHoldsNoSurname(t *testing.T) {
	r := receipt(Post, "2026-11-24")
	r.Title, r.Surnames = "Klacht van mevrouw Brugsma", []string{"Brugsma"}
	if _, err := Receive(r, at("2026-11-24")); !slices.Contains(fields(err), "title:error.title_has_name") {
		t.Errorf("%v", err)
	}
}

func TestTextOfTenMegabytesIsRefused(t *testing.T) {
	r := receipt(Post, "2026-11-24")
	r.Description = strings.Repeat("klacht ", 10<<20/7)
	if _, err := Receive(r, at("2026-11-24")); !slices.Contains(fields(err), "description:error.too_long") {
		t.Errorf("%v", err)
	}
}

func TestOnlyAYesFilesAPhoneComplaint(t *testing.T) {
	d := do(t, Dossier{ID: "d"}, func(Dossier) ([]Event, error) { return Receive(receipt(Phone, "2026-05-11"), at("2026-05-11")) })
	if d.State != Drafted || !d.FiledOn.IsZero() {
		t.Fatalf("after the call: %v, filed %v", d.State, d.FiledOn)
	}
	if want := []calendar.Date{day("2026-05-16"), day("2026-05-21")}; !slices.Equal(d.RemindOn, want) {
		t.Errorf("reminders on %v", d.RemindOn)
	}
	if _, err := d.Confirm(Confirmation{How: HowReply, On: day("2026-05-14"), By: CallerConfirms, Said: "ja"}, at("2026-05-14")); err == nil {
		t.Error("a text that was not sent was confirmed by a reply")
	}
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.Send(Sending{How: HowEmail, HasEmail: true}, at("2026-05-11"))
	})
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.Confirm(Confirmation{How: HowReply, On: day("2026-05-14"), By: CallerConfirms, Said: "ja dit klopt"}, at("2026-05-15"))
	})
	if d.State != IsFiled || d.FiledOn != day("2026-05-14") || d.DueOn != day("2026-05-28") || d.TargetOn != day("2026-05-28") {
		t.Errorf("%v filed %v due %v target %v", d.State, d.FiledOn, d.DueOn, d.TargetOn)
	}
	if _, err := d.Word(Wording{Title: "x", Description: "anders"}, at("2026-05-16")); !IsKind(err, Refused) {
		t.Errorf("a confirmed text changed: %v", err)
	}
}

func TestReaderNeedsConsent(t *testing.T) {
	d := do(t, Dossier{ID: "d"}, func(Dossier) ([]Event, error) { return Receive(receipt(Phone, "2026-05-11"), at("2026-05-11")) })
	_, err := d.Send(Sending{How: HowReader, HasEmail: true}, at("2026-05-11"))
	if !slices.Equal(fields(err), []string{"consent:error.reader_consent"}) {
		t.Errorf("%v", err)
	}
}

func TestReadingAloudNeedsAWitness(t *testing.T) {
	d := do(t, Dossier{ID: "d"}, func(Dossier) ([]Event, error) { return Receive(receipt(Phone, "2026-10-23"), at("2026-10-23")) })
	for _, c := range []struct {
		aloud Aloud
		said  string
		want  []string
	}{
		{Aloud{}, "", []string{"aloud:error.choose"}},
		{Aloud{Way: Listened}, "", []string{"asked:error.ask_listening", "present:error.required"}},
		{Aloud{Way: CalledBack}, "", []string{"number:error.required"}},
		{Aloud{Way: Alone}, "", []string{"moment:error.required", "number:error.required", "said:error.required"}},
		{Aloud{Way: Listened, Present: "Pim", Asked: true}, "", nil},
		{Aloud{Way: Alone, Moment: "11.20", Number: "06-00000065"}, "Ja, dat klopt", nil},
	} {
		_, err := d.Confirm(Confirmation{How: HowReadAloud, On: day("2026-10-23"), By: CallerConfirms, Said: c.said, Aloud: c.aloud}, at("2026-10-23"))
		if got := fields(err); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.aloud, got, c.want)
		}
	}
}

func TestDueDateMovesOnlyOnAgreement(t *testing.T) {
	propose := func(d Dossier) Dossier {
		return do(t, d, func(d Dossier) ([]Event, error) {
			return d.Extend(Proposal{Reason: "research_takes_longer", Explanation: "Wij zoeken nog.", On: day("2026-09-14"), How: HowPost, Date: day("2026-10-02")}, at("2026-09-14"))
		})
	}
	for _, c := range []struct {
		answer string
		other  string
		due    string
		counts Timeliness
	}{
		{Agreed, "", "2026-10-02", InAgreedTerm},
		{OtherDate, "2026-09-25", "2026-09-25", InAgreedTerm},
		{RefusedIt, "", "2026-09-17", Late},
		{NoneYet, "", "2026-09-17", Late},
	} {
		d := propose(handled(t, "2026-09-03"))
		if d.DueOn != day("2026-09-17") {
			t.Fatalf("a proposal moved the due date to %v", d.DueOn)
		}
		other, err := calendar.Parse(c.other)
		if err != nil {
			t.Fatal(err)
		}
		d = do(t, d, func(d Dossier) ([]Event, error) {
			return d.SettleExtension(Settlement{Answer: c.answer, On: day("2026-09-15"), How: HowEmail, Date: other, Said: "Ja of nee."}, at("2026-09-15"))
		})
		if d.State != InHandling || d.DueOn != day(c.due) {
			t.Errorf("%s: %v due %v, want %v", c.answer, d.State, d.DueOn, c.due)
		}
		if got := answered(t, d, "2026-09-24").Timeliness(day("2026-11-01")); got != c.counts {
			t.Errorf("%s: counts as %q, want %q", c.answer, got, c.counts)
		}
	}
}

func answered(t *testing.T, d Dossier, on string) Dossier {
	t.Helper()
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.Release(Reply{AnswerText: AnswerText{Points: "a", Outcome: "b", Measures: "c"}, How: HowPost}, at(on))
	})
	return do(t, d, func(d Dossier) ([]Event, error) { return d.Answer(Dispatch{On: day(on)}, at(on)) })
}

// TestLateAgreementStaysLate is the story of 5 February: told and agreed after the
// due date.
func TestLateAgreementStaysLate(t *testing.T) {
	d := handled(t, "2026-02-05")
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.Extend(Proposal{Reason: "research_takes_longer", Explanation: "x", On: day("2026-02-22"), How: HowEmail, Date: day("2026-03-06")}, at("2026-02-22"))
	})
	if !d.Extension.ToldLate || !d.IsOverdue(day("2026-02-22")) {
		t.Errorf("told late %v, overdue %v", d.Extension.ToldLate, d.IsOverdue(day("2026-02-22")))
	}
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.SettleExtension(Settlement{Answer: Agreed, On: day("2026-02-24"), How: HowEmail, Said: "akkoord"}, at("2026-02-24"))
	})
	if d.IsOverdue(day("2026-02-25")) || !d.Extension.AgreedLate || !d.Extension.ToldLate {
		t.Errorf("after agreement: %+v", d.Extension)
	}
	if got := answered(t, d, "2026-03-06").Timeliness(day("2026-03-10")); got != LateThenAgreed {
		t.Errorf("counts as %q", got)
	}
}

func TestAnswerOnDayFourteenIsInTime(t *testing.T) {
	d := handled(t, "2026-06-01")
	if d.IsOverdue(day("2026-06-15")) || !d.IsOverdue(day("2026-06-16")) {
		t.Error("overdue starts the day after the due date")
	}
	if d.SignalOn != day("2026-06-08") { // by post: three and two more working days
		t.Errorf("signal on %v", d.SignalOn)
	}
	if got := answered(t, d, "2026-06-15").Timeliness(day("2026-07-01")); got != InTime {
		t.Errorf("counts as %q", got)
	}
}

func TestClosingWithGapsNeedsAWord(t *testing.T) {
	d := answered(t, handled(t, "2026-06-01"), "2026-06-10")
	_, err := d.Close(Closing{On: day("2026-06-11")}, at("2026-06-11"))
	if !slices.Equal(fields(err), []string{"explanation:error.explain_missing"}) {
		t.Errorf("%v", err)
	}
	_, err = d.Close(Closing{On: day("2026-06-09"), Action: "Excuses."}, at("2026-06-11"))
	if !slices.Equal(fields(err), []string{"on:error.date_order"}) {
		t.Errorf("closing before the answer: %v", err)
	}
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.Close(Closing{On: day("2026-06-11"), Action: "Excuses."}, at("2026-06-11"))
	})
	if d.State != IsClosed || len(d.Missing()) > 0 {
		t.Errorf("%v, missing %v", d.State, d.Missing())
	}
}

func TestNeverConfirmedNeedsPatience(t *testing.T) {
	d := do(t, Dossier{ID: "d"}, func(Dossier) ([]Event, error) { return Receive(receipt(Phone, "2026-02-02"), at("2026-02-02")) })
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.Send(Sending{How: HowEmail, HasEmail: true}, at("2026-02-02"))
	})
	_, err := d.CloseUnconfirmed(End{On: day("2026-02-10"), Said: "stil"}, at("2026-02-10"))
	if want := []string{":error.last_message", ":error.two_reminders", "on:error.wait_until"}; !slices.Equal(fields(err), want) {
		t.Errorf("%v", fields(err))
	}
	d = do(t, d, func(d Dossier) ([]Event, error) { return d.RemindConfirmation(HowEmail, false, at("2026-02-09")) })
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.Contacted(Contact{On: day("2026-02-16"), How: HowVoicemail, Reminder: true, Text: "ingesproken"}, at("2026-02-16"))
	})
	d = do(t, d, func(d Dossier) ([]Event, error) { return d.RemindConfirmation(HowEmail, true, at("2026-03-02")) })
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.CloseUnconfirmed(End{On: day("2026-03-02"), Said: "geen reactie"}, at("2026-03-02"))
	})
	if d.State != ClosedUnconfirmed || !d.FiledOn.IsZero() {
		t.Errorf("%v filed %v", d.State, d.FiledOn)
	}
	// A later yes reopens it; filed on is that day.
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.Confirm(Confirmation{How: HowReply, On: day("2026-04-01"), By: CallerConfirms, Said: "ja, toch", Harmless: true}, at("2026-04-01"))
	})
	if d.State != IsFiled || d.FiledOn != day("2026-04-01") || !d.ClosedOn.IsZero() {
		t.Errorf("%v filed %v closed %v", d.State, d.FiledOn, d.ClosedOn)
	}
}

func TestClockGivesOnlyTheLatestOccasion(t *testing.T) {
	d := handled(t, "2026-06-01")
	for on, want := range map[string]Occasion{"2026-06-05": "", "2026-06-08": TargetNear, "2026-06-15": TargetNear, "2026-06-16": IsOverdue, "2026-08-01": IsOverdue} {
		if got, _, _ := d.Wake(day(on), Rota{}); got != want {
			t.Errorf("%s: %q, want %q", on, got, want)
		}
	}
}
