package complaint

import (
	"slices"
	"testing"

	"gehoor/internal/calendar"
)

// onPaper is a call whose text was put on paper on the day of the call.
func onPaper(t *testing.T, on string) Dossier {
	t.Helper()
	d := do(t, Dossier{ID: "d"}, func(Dossier) ([]Event, error) { return Receive(receipt(Phone, on), at(on)) })
	return do(t, d, func(d Dossier) ([]Event, error) { return d.Send(Sending{How: HowPaper, HasAddress: true}, at(on)) })
}

// text is the letter with a version of the text, made on a day.
func text(version int, made string) Paper {
	return Paper{ID: "l", Kind: "confirmation_text", Channel: HowPost, Text: version, MadeOn: day(made)}
}

// TestTextOnPaperCountsFromItsPosting: what lies here can be answered by nobody.
func TestTextOnPaperCountsFromItsPosting(t *testing.T) {
	d := onPaper(t, "2026-05-11")
	if d.State != Awaiting || !d.SentOn.IsZero() || !d.TextLiesHere() {
		t.Fatalf("%s, sent on %v", d.State, d.SentOn)
	}
	if _, _, due := d.Wake(day("2026-06-30"), Rota{}); due || !d.WakeOn().IsZero() {
		t.Error("a reminder of a letter that lies here")
	}
	if d.Allows(TaskRemind) || d.Next(day("2026-06-30")) == TaskRemind {
		t.Error("a reminder is offered")
	}
	if _, err := d.RemindConfirmation(HowPaper, false, at("2026-05-16")); !IsKind(err, Refused) {
		t.Errorf("reminded: %v", err)
	}
	if _, err := d.CloseUnconfirmed(End{On: day("2026-06-30"), Said: "Geen reactie."}, at("2026-06-30")); !slices.Contains(fields(err), ":refused.text_lies_here") {
		t.Errorf("closed as not confirmed: %v", err)
	}
	for posted, want := range map[string][]calendar.Date{
		"2026-05-11": {day("2026-05-16"), day("2026-05-21")},
		"2026-05-14": {day("2026-05-19"), day("2026-05-24")},
	} {
		p := do(t, d, func(d Dossier) ([]Event, error) {
			return d.SendLetter(text(1, "2026-05-11"), day(posted), at("2026-05-14"))
		})
		if p.SentOn != day(posted) || !slices.Equal(p.RemindOn, want) || p.TextLiesHere() {
			t.Errorf("posted on %s: sent on %v, reminders on %v", posted, p.SentOn, p.RemindOn)
		}
		if o, forDate, due := p.Wake(want[0], Rota{}); !due || o != RemindCaller || forDate != want[0] || p.WakeOn() != want[0] {
			t.Errorf("posted on %s: woken for %v %v", posted, o, forDate)
		}
		if _, _, due := p.Wake(want[0].AddDays(-1), Rota{}); due {
			t.Errorf("posted on %s: woken the day before", posted)
		}
	}
}

// TestCorrectedReceiptMovesReminders by the days between the dates: the days that the
// letter lay here stay in them, and who gets no reminders gets none by it.
func TestCorrectedReceiptMovesReminders(t *testing.T) {
	amended := func(d Dossier, on string) Dossier {
		t.Helper()
		return do(t, d, func(d Dossier) ([]Event, error) {
			return d.Amend(Amendment{ReceivedOn: day(on), Reason: "Het was een andere dag."}, at("2026-05-15"))
		})
	}
	lay := do(t, onPaper(t, "2026-05-11"), func(d Dossier) ([]Event, error) {
		return d.SendLetter(text(1, "2026-05-11"), day("2026-05-14"), at("2026-05-14"))
	})
	died := do(t, lay, func(d Dossier) ([]Event, error) { return d.Died(day("2026-05-14"), "De zoon belde.", at("2026-05-14")) })
	for name, x := range map[string]struct {
		d    Dossier
		on   string
		want []calendar.Date
	}{
		"earlier":         {lay, "2026-05-10", []calendar.Date{day("2026-05-18"), day("2026-05-23")}},
		"later":           {lay, "2026-05-12", []calendar.Date{day("2026-05-20"), day("2026-05-25")}},
		"who died":        {died, "2026-05-10", nil},
		"not sent so far": {onPaper(t, "2026-05-11"), "2026-05-10", []calendar.Date{day("2026-05-15"), day("2026-05-20")}},
	} {
		if got := amended(x.d, x.on); !slices.Equal(got.RemindOn, x.want) || got.ReceivedOn != day(x.on) {
			t.Errorf("%s: reminders on %v", name, got.RemindOn)
		}
	}
}

// TestSlipProvesThePosting: whoever forgot to write the posting down may still record
// the slip that came back.
func TestSlipProvesThePosting(t *testing.T) {
	d := do(t, onPaper(t, "2026-05-11"), func(d Dossier) ([]Event, error) {
		return d.Confirm(Confirmation{How: HowSlip, On: day("2026-05-15"), By: CallerConfirms}, at("2026-05-15"))
	})
	if d.FiledOn != day("2026-05-15") {
		t.Errorf("filed on %v", d.FiledOn)
	}
	posted := do(t, onPaper(t, "2026-05-11"), func(d Dossier) ([]Event, error) {
		return d.SendLetter(text(1, "2026-05-11"), day("2026-05-13"), at("2026-05-13"))
	})
	_, err := posted.Confirm(Confirmation{How: HowSlip, On: day("2026-05-12"), By: CallerConfirms}, at("2026-05-15"))
	if !slices.Contains(fields(err), "on:error.date_order") {
		t.Errorf("a slip from before the posting: %v", err)
	}
}

// TestOlderTextLapses: once words changed, the letter with the older ones goes nowhere,
// and posting it changes nothing.
func TestOlderTextLapses(t *testing.T) {
	d := do(t, onPaper(t, "2026-05-11"), func(d Dossier) ([]Event, error) {
		return d.Word(Wording{Title: "Cursus", Description: "Anders."}, at("2026-05-12"))
	})
	if !d.Lapsed(1) || d.Lapsed(2) || d.Lapsed(0) {
		t.Error("only the older text lapses")
	}
	if _, err := d.SendLetter(text(1, "2026-05-11"), day("2026-05-12"), at("2026-05-12")); !IsKind(err, Refused) {
		t.Errorf("posted: %v", err)
	}
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.Send(Sending{How: HowPaper, HasAddress: true}, at("2026-05-12"))
	})
	other := Paper{ID: "a", Kind: "acknowledgement", Channel: HowPost, MadeOn: day("2026-05-11")}
	d = do(t, d, func(d Dossier) ([]Event, error) { return d.SendLetter(other, day("2026-05-12"), at("2026-05-12")) })
	if !d.TextLiesHere() {
		t.Error("another letter counts as the text")
	}
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.SendLetter(text(2, "2026-05-12"), day("2026-05-13"), at("2026-05-13"))
	})
	if d.SentOn != day("2026-05-13") {
		t.Errorf("sent on %v", d.SentOn)
	}
}

// TestTextByMailCountsAtOnce, as before: only paper lies somewhere.
func TestTextByMailCountsAtOnce(t *testing.T) {
	d := do(t, Dossier{ID: "d"}, func(Dossier) ([]Event, error) { return Receive(receipt(Phone, "2026-05-11"), at("2026-05-11")) })
	d = do(t, d, func(d Dossier) ([]Event, error) {
		return d.Send(Sending{How: HowEmail, HasEmail: true}, at("2026-05-12"))
	})
	if d.SentOn != day("2026-05-12") || d.TextLiesHere() || d.WakeOn() != day("2026-05-16") {
		t.Errorf("sent on %v, woken on %v", d.SentOn, d.WakeOn())
	}
}

// TestAnsweringWithoutTheEmployeeNeedsAReason: fairness is put before the employee, or
// somebody says why not.
func TestAnsweringWithoutTheEmployeeNeedsAReason(t *testing.T) {
	reply := Reply{AnswerText: AnswerText{Points: "a", Outcome: "b", Measures: "c"}, How: HowPost}
	about := func(kind SubjectKind) Dossier {
		r := receipt(Post, "2026-05-11")
		r.Subjects = []SubjectKind{kind}
		d := do(t, Dossier{ID: "d"}, func(Dossier) ([]Event, error) { return Receive(r, at("2026-05-11")) })
		return do(t, d, func(d Dossier) ([]Event, error) {
			return d.Forward(Forwarding{Department: "a", Handler: "hedwig"}, at("2026-05-12"))
		})
	}
	d := about(AboutEmployee)
	if _, err := d.Release(reply, at("2026-05-13")); !slices.Equal(fields(err), []string{"unheard:error.required"}) {
		t.Errorf("answered without: %v", err)
	}
	why := reply
	why.Unheard = "Zij werkt hier niet meer."
	events, err := d.Release(why, at("2026-05-13"))
	if err != nil || Reveal(events[0].Sealed[Explanation]) != "Zij werkt hier niet meer." {
		t.Errorf("with a reason: %v", err)
	}
	heard := do(t, d, func(d Dossier) ([]Event, error) {
		return d.PutBefore(Hearing{On: day("2026-05-12"), Told: true, Statement: "s", Read: NoReaction}, at("2026-05-13"))
	})
	if events, err := heard.Release(reply, at("2026-05-13")); err != nil || !events[0].Sealed[Explanation].IsEmpty() {
		t.Errorf("heard: %v", err)
	}
	if events, err := about(AboutService).Release(why, at("2026-05-13")); err != nil || !events[0].Sealed[Explanation].IsEmpty() {
		t.Errorf("about a service: %v", err)
	}
}
