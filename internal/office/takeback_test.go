package office_test

import (
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

// TestAnswerIsTakenBack: as long as it did not go, its handler gets a released answer back
// to mend it; the letter lapses and goes nowhere, and the next one is the answer.
func TestAnswerIsTakenBack(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f, hedwig, jorien := byLetter(b, "2026-06-22"), b.who("Hedwig Brandsema"), b.who("Jorien Tasselaar")
		if err := h.Office.TakeBackAnswer(t.Context(), hedwig, f, ""); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("before it was released: %v", err)
		}
		b.release("Hedwig Brandsema", f, complaint.HowPost)
		first, words := b.lying(f, record.Answer)[0], b.view("Hedwig Brandsema", f.Dossier).Answer
		if err := h.Office.TakeBackAnswer(t.Context(), jorien, f, ""); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("who does not handle it: %v", err)
		}
		form := f
		form.Key = "click"
		for range 2 { // a double click
			b.must(h.Office.TakeBackAnswer(t.Context(), hedwig, form, "Een tikfout."))
		}
		b.goesNowhere(f, first, "refused.letter_lapsed")
		v := b.view("Hedwig Brandsema", f.Dossier)
		if !v.ReleasedOn.IsZero() || v.State != complaint.InHandling || v.TakenBack != words || v.Answer.Points != "" || !v.Allows(complaint.TaskAnswer) || !v.Allows(complaint.TaskExtend) {
			t.Errorf("released on %v, %s, with %+v", v.ReleasedOn, v.State, v.TakenBack)
		}
		if err := h.Office.SendAnswer(t.Context(), jorien, f, complaint.Dispatch{On: h.Office.Today()}); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("what was taken back is sent: %v", err)
		}
		b.release("Hedwig Brandsema", f, complaint.HowPost)
		b.must(h.Office.SendAnswer(t.Context(), jorien, f, complaint.Dispatch{On: h.Office.Today()}))
		if err := h.Office.TakeBackAnswer(t.Context(), hedwig, f, ""); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("after it went: %v", err)
		}
		verifies(b)
	})
}

// TestAnswerOnItsWayStays: an e-mail that waits is taken out of the queue; one that a
// postman carries is not.
func TestAnswerOnItsWayStays(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f, hedwig := mail(b, "2026-06-22"), b.who("Hedwig Brandsema")
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		withMail(b)
		b.release("Hedwig Brandsema", f, complaint.HowEmail)
		b.must(h.Office.TakeBackAnswer(t.Context(), hedwig, f, ""))
		b.deliver()
		for _, l := range b.letters("Jorien Tasselaar", f, record.Answer) {
			if !l.SentOn.IsZero() {
				t.Error("the answer counts as sent")
			}
		}
		b.release("Hedwig Brandsema", f, complaint.HowEmail)
		l := b.lying(f, record.Answer)[0]
		if _, err := h.Store.ClaimMessage(t.Context(), l.ID, h.Clock.Now(), h.Clock.Now().Add(1)); err != nil {
			t.Fatal(err)
		}
		if err := h.Office.TakeBackAnswer(t.Context(), hedwig, f, ""); !complaint.IsKind(err, complaint.Refused) || !has(err.Error(), "refused.answer_under_way") {
			t.Errorf("on its way: %v", err)
		}
		verifies(b)
	})
}

// TestAnswerThatPerhapsWentStays: no answer came after the end of the message, so that it may
// have gone, also while it waits for its next turn.
func TestAnswerThatPerhapsWentStays(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f, hedwig := mail(b, "2026-06-22"), b.who("Hedwig Brandsema")
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		sink := withMail(b)
		b.deliver() // the acknowledgement
		b.release("Hedwig Brandsema", f, complaint.HowEmail)
		sink.Fail(smtptest.Fault{At: smtptest.AtDot, Drop: true, Times: 1})
		b.deliver()
		b.state(f, record.Answer, record.MessageWaiting)
		if err := h.Office.TakeBackAnswer(t.Context(), hedwig, f, ""); !complaint.IsKind(err, complaint.Refused) || !has(err.Error(), "refused.answer_perhaps") {
			t.Errorf("perhaps gone: %v", err)
		}
		if len(b.lying(f, record.Answer)) != 1 {
			t.Error("its letter lapsed")
		}
		verifies(b)
	})
}
