package complaint

import (
	"testing"

	"pgregory.net/rapid"

	"gehoor/internal/calendar"
)

// TestEveryCourseKeepsTheLaw plays random tasks with random input: whatever the law
// accepts keeps the invariants, replays to the same state, and leaves a way out.
func TestEveryCourseKeepsTheLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.MustParse("2026-01-01").AddDays(rapid.IntRange(0, 700).Draw(t, "start"))
		channel := rapid.SampledFrom([]Channel{Post, Email, Phone}).Draw(t, "channel")
		events, err := Receive(receipt(channel, start.String()), at(start.String()))
		if err != nil {
			t.Fatal(err)
		}
		d := Replay("d", events)
		today := start
		for range rapid.IntRange(0, 25).Draw(t, "tasks") {
			today = today.AddDays(rapid.IntRange(0, 9).Draw(t, "days"))
			more, err := randomTask(t, d, today)
			if err != nil {
				continue
			}
			before := d
			for _, e := range more {
				d = d.Apply(e)
			}
			events = append(events, more...)
			checkInvariants(t, before, d)
		}
		if again := Replay("d", events); again.Version != d.Version || again.State != d.State || again.DueOn != d.DueOn {
			t.Fatalf("replays to %+v, was %+v", again, d)
		}
		if d.State.IsOpen() && !hasWayOut(d, today) {
			t.Fatalf("no way out of %s", d.State)
		}
	})
}

func randomTask(t *rapid.T, d Dossier, today calendar.Date) ([]Event, error) {
	s := at(today.String())
	back := today.AddDays(-rapid.IntRange(0, 12).Draw(t, "back"))
	ahead := today.AddDays(rapid.IntRange(0, 40).Draw(t, "ahead"))
	how := rapid.SampledFrom([]string{HowPost, HowEmail, HowPhone, HowPaper, HowReply, HowSlip, HowReadAloud, HowVoicemail}).Draw(t, "how")
	switch rapid.IntRange(0, 18).Draw(t, "task") {
	case 0:
		return d.Word(Wording{Title: "t", Description: "d", DesiredOutcome: "w"}, s)
	case 1:
		return d.Send(Sending{How: how, HasEmail: true, HasAddress: true}, s)
	case 2, 3:
		return d.Confirm(Confirmation{How: how, On: back, By: CallerConfirms, Said: "ja", Harmless: true, Aloud: Aloud{Way: Alone, Moment: "11.00", Number: "06"}}, s)
	case 4:
		return d.Correct(Correction{On: back, How: how, Said: "anders"}, s)
	case 5, 6:
		return d.Forward(Forwarding{Department: "a", Handler: "hedwig"}, s)
	case 7, 8:
		return d.Extend(Proposal{Reason: "research_takes_longer", Explanation: "x", On: back, How: how, Date: ahead}, s)
	case 9, 10:
		answer := rapid.SampledFrom([]string{Agreed, OtherDate, RefusedIt, NoneYet}).Draw(t, "answer")
		return d.SettleExtension(Settlement{Answer: answer, On: back, How: how, Date: ahead, Said: "x"}, s)
	case 11:
		return d.Release(Reply{AnswerText: AnswerText{Points: "a", Outcome: "b", Measures: "c"}, How: how}, s)
	case 12:
		return d.Answer(Dispatch{On: back, SpokenOn: back}, s)
	case 13:
		return d.Close(Closing{On: back, Action: "a", Explanation: "e"}, s)
	case 14:
		return d.RemindConfirmation(how, rapid.Bool().Draw(t, "last"), s)
	case 15:
		return d.CloseUnconfirmed(End{On: back, Said: "x"}, s)
	case 16:
		return d.Contacted(Contact{On: back, How: how, Reminder: true, Text: "x"}, s)
	case 17:
		return d.SendLetter(Paper{ID: "l", Channel: HowPost, Text: rapid.IntRange(0, d.TextVersion).Draw(t, "text"), MadeOn: back}, today, s)
	}
	return d.Withdraw(End{On: back, How: how, Said: "x"}, s)
}

func checkInvariants(t *rapid.T, before, d Dossier) {
	if d.Channel == Phone && !d.FiledOn.IsZero() && d.ConfirmedOn != d.FiledOn {
		t.Fatalf("an oral complaint is filed on %v without a yes on that day (%v)", d.FiledOn, d.ConfirmedOn)
	}
	if d.State.IsRunning() && (d.DueOn.IsZero() || d.TargetOn.After(d.DueOn) || d.OriginalDueOn != d.FiledOn.AddDays(14)) {
		t.Fatalf("dates of a running term: %+v", d)
	}
	if d.DueOn != before.DueOn && before.State.IsRunning() && d.Extension.Settled != Agreed && d.Extension.Settled != OtherDate {
		t.Fatalf("the due date moved from %v to %v without an agreement", before.DueOn, d.DueOn)
	}
	if before.Extension.ToldLate && !d.Extension.ToldLate && d.FiledOn == before.FiledOn {
		t.Fatal("told late was forgotten")
	}
	if !before.ClosedOn.IsZero() && !d.ClosedOn.IsZero() && before.ClosedOn != d.ClosedOn {
		t.Fatalf("the settled date changed from %v to %v", before.ClosedOn, d.ClosedOn)
	}
	if d.State.IsOpen() != d.ClosedOn.IsZero() {
		t.Fatalf("%s, closed on %v", d.State, d.ClosedOn)
	}
	if d.State == Awaiting && d.SentOn.IsZero() != d.TextLiesHere() || d.TextLiesHere() && d.SentHow != HowPaper {
		t.Fatalf("sent %s on %v, and lies here: %v", d.SentHow, d.SentOn, d.TextLiesHere())
	}
	if !d.AnsweredOn.IsZero() && d.AnsweredOn.Before(d.FiledOn) {
		t.Fatalf("answered %v before filed %v", d.AnsweredOn, d.FiledOn)
	}
}

// hasWayOut reports whether some ending is possible from here.
func hasWayOut(d Dossier, today calendar.Date) bool {
	s := at(today.String())
	if _, err := d.Withdraw(End{On: today, How: HowPhone, Said: "x"}, s); err == nil {
		return true
	}
	_, err := d.Close(Closing{On: today, Action: "a", Explanation: "e"}, s)
	return err == nil
}
