package office_test

import (
	"slices"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// unposts takes the posting of letters back, and gives what was refused.
func (b bench) unposts(key string, letters ...string) error {
	b.t.Helper()
	done, err := b.Office.UnpostLetters(b.t.Context(), b.who("Jorien Tasselaar"), key, letters)
	b.must(err)
	for _, x := range done {
		if x.Err != nil {
			return x.Err
		}
	}
	return nil
}

// TestPostedByMistake: the same day it is undone, and all is as it was: an acknowledgement
// and an answer lie here again, the complaint is not answered, and the complainant does not
// read that it was. A day later, or after it was closed, there is no way back.
func TestPostedByMistake(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := byLetter(b, "2026-06-22")
		b.release("Hedwig Brandsema", f, complaint.HowPost)
		ids := []string{b.lying(f, record.Acknowledgement)[0].ID, b.lying(f, record.Answer)[0].ID}
		before := b.view("Jorien Tasselaar", f.Dossier)
		post := func(key string) {
			done, err := h.Office.PostLetters(t.Context(), b.who("Jorien Tasselaar"), key, ids, h.Office.Today())
			b.must(err)
			for _, x := range done {
				b.must(x.Err)
			}
		}
		post("k1")
		for range 2 { // a double click
			b.must(b.unposts("u1", ids...))
		}
		v := b.view("Jorien Tasselaar", f.Dossier)
		if v.State != before.State || !v.AnsweredOn.IsZero() || v.ReleasedOn != before.ReleasedOn || v.DueOn != before.DueOn {
			t.Errorf("%s, answered on %v", v.State, v.AnsweredOn)
		}
		for _, l := range v.Letters {
			if slices.Contains(ids, l.ID) && !l.SentOn.IsZero() {
				t.Errorf("%s still counts as posted", l.Kind)
			}
		}
		own, err := h.Office.LookAtOwn(t.Context(), complaint.Complainant(f.Dossier))
		b.must(err)
		for _, e := range own.Events {
			if e.Kind == complaint.LetterSent || e.Kind == complaint.Answered {
				t.Errorf("the complainant reads %s", e.Kind)
			}
		}
		verifies(b)
		post("k2")
		b.close("Hedwig Brandsema", office.Form{Dossier: f.Dossier})
		closed := b.view("Jorien Tasselaar", f.Dossier)
		for _, l := range closed.Letters {
			if slices.Contains(ids, l.ID) && closed.MayUnpost(l) != (l.Kind == record.Acknowledgement) {
				t.Errorf("%s of a closed complaint can be taken back: %v", l.Kind, closed.MayUnpost(l))
			}
		}
		if err := b.unposts("u3", ids[1]); !complaint.IsKind(err, complaint.Refused) || !has(err.Error(), "refused.unsend_overtaken") {
			t.Errorf("closed since: %v", err)
		}
		b.at("2026-06-23")
		if err := b.unposts("u2", ids[0]); !complaint.IsKind(err, complaint.Refused) || !has(err.Error(), "refused.unsend_today") {
			t.Errorf("a day later: %v", err)
		}
		verifies(b)
	})
}

// TestTextPostedByMistake lies here again, with the reminders that it had; once the caller
// said yes to it, it was posted.
func TestTextPostedByMistake(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Phone, b.at("2026-06-22"))
		in.Send = &complaint.Sending{How: complaint.HowPaper}
		f := b.receive("Jorien Tasselaar", in)
		text, before := b.lying(f, record.ConfirmationText)[0], b.view("Jorien Tasselaar", f.Dossier).RemindOn
		today := b.at("2026-06-24")
		b.must(h.Office.LetterWentOut(t.Context(), b.who("Jorien Tasselaar"), f, text.ID, today))
		if v := b.view("Jorien Tasselaar", f.Dossier); slices.Equal(v.RemindOn, before) || v.TextLiesHere() {
			t.Fatal("posting moved no reminders")
		}
		b.must(b.unposts("u1", text.ID))
		if v := b.view("Jorien Tasselaar", f.Dossier); !slices.Equal(v.RemindOn, before) || !v.TextLiesHere() {
			t.Errorf("reminders on %v, before %v", v.RemindOn, before)
		}
		b.must(h.Office.LetterWentOut(t.Context(), b.who("Jorien Tasselaar"), office.Form{Dossier: f.Dossier}, text.ID, today))
		b.must(h.Office.Confirm(t.Context(), b.who("Jorien Tasselaar"), f, complaint.Confirmation{How: complaint.HowSlip, On: today, By: complaint.CallerConfirms}))
		if err := b.unposts("u2", text.ID); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("after the yes: %v", err)
		}
		verifies(b)
	})
}

// TestPostedOldCodeStaysPosted: the code in it works no more, so that it may not lie here to
// go out again.
func TestPostedOldCodeStaysPosted(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		h.Office.FollowURL = "klachten.example.org"
		f, jorien := byLetter(b, "2026-06-22"), b.who("Jorien Tasselaar")
		ack := b.lying(f, record.Acknowledgement)[0]
		b.must(h.Office.LetterWentOut(t.Context(), jorien, f, ack.ID, h.Office.Today()))
		b.must(h.Office.ReplaceCode(t.Context(), jorien, f, true, phoned(b)))
		if err := b.unposts("u1", ack.ID); !complaint.IsKind(err, complaint.Refused) || !has(err.Error(), "refused.unsend_overtaken") {
			t.Errorf("its code works no more: %v", err)
		}
		if len(b.lying(f, record.Acknowledgement)) != 0 {
			t.Error("the old code lies here again")
		}
		verifies(b)
	})
}
