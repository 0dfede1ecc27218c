package office_test

import (
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// onPaper takes in a call whose text goes by post, with a slip.
func onPaper(b bench, at string) office.Form {
	in := b.intake(complaint.Phone, b.at(at))
	in.Send = &complaint.Sending{How: complaint.HowPaper}
	return b.receive("Jorien Tasselaar", in)
}

// waiting gives the letters of a dossier that the post room shows.
func (b bench) waiting(f office.Form) (list []office.Post) {
	b.t.Helper()
	room, err := b.Office.PostRoom(b.t.Context(), b.who("Jorien Tasselaar"), "", "")
	b.must(err)
	for _, p := range append(room.Letters, room.Mails...) {
		if p.Dossier == f.Dossier {
			list = append(list, p)
		}
	}
	return list
}

// TestTextIsSentWhenItsLetterIsPosted: reminders wait for the post, and move with it.
func TestTextIsSentWhenItsLetterIsPosted(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f, jorien := onPaper(b, "2026-05-11"), b.who("Jorien Tasselaar")
		b.at("2026-05-20")
		if n, err := h.Office.Wake(t.Context()); n != 0 || err != nil {
			t.Errorf("%d signals about a letter that lies here: %v", n, err)
		}
		if v := b.view("Jorien Tasselaar", f.Dossier); !v.SentOn.IsZero() || !v.TextLiesHere() {
			t.Errorf("sent on %v", v.SentOn)
		}
		if err := h.Office.Remind(t.Context(), jorien, f, complaint.HowPaper, false); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("reminded: %v", err)
		}
		b.must(h.Office.LetterWentOut(t.Context(), jorien, f, b.waiting(f)[0].ID, calendar.MustParse("2026-05-13")))
		v := b.view("Jorien Tasselaar", f.Dossier)
		if v.SentOn.String() != "2026-05-13" || v.RemindOn[0].String() != "2026-05-18" {
			t.Errorf("posted: sent on %v, reminders on %v", v.SentOn, v.RemindOn)
		}
		wake(b, f, complaint.RemindCaller)
		on := b.at("2026-05-21")
		b.must(h.Office.Confirm(t.Context(), jorien, f, complaint.Confirmation{How: complaint.HowSlip, On: on, By: complaint.CallerConfirms}))
		verifies(b)
	})
}

// TestOlderLettersLapse: a new wording takes the letters with the old words out of the
// post room; they are not printed and not posted any more.
func TestOlderLettersLapse(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f, jorien := onPaper(b, "2026-05-11"), b.who("Jorien Tasselaar")
		other := onPaper(b, "2026-05-11")
		old := b.waiting(f)[0]
		before, err := h.Office.CountPost(t.Context(), jorien)
		b.must(err)
		b.at("2026-05-12")
		b.must(h.Office.Word(t.Context(), jorien, f, complaint.Wording{Title: "Cursus ging niet door", Description: "Op zondag ging de cursus niet door."}))
		if n, err := h.Office.CountPost(t.Context(), jorien); n != before-1 || err != nil || len(b.waiting(f)) != 0 {
			t.Errorf("%d letters wait, %d did: %v", n, before, err)
		}
		openings := len(b.view("Jorien Tasselaar", f.Dossier).Openings)
		if _, err := h.Office.PrintLetter(t.Context(), jorien, old.ID); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("printed: %v", err)
		}
		if _, err := h.Office.PrintLetters(t.Context(), jorien, []string{b.waiting(other)[0].ID, old.ID}, office.Naming{}); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("printed in a batch: %v", err)
		}
		if err := h.Office.LetterWentOut(t.Context(), jorien, f, old.ID, h.Office.Today()); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("posted: %v", err)
		}
		done, err := h.Office.PostLetters(t.Context(), jorien, "k", []string{old.ID}, h.Office.Today())
		if err != nil || len(done) != 1 || !complaint.IsKind(done[0].Err, complaint.Refused) {
			t.Errorf("posted in a batch: %+v %v", done, err)
		}
		v := b.view("Jorien Tasselaar", f.Dossier)
		if l := v.Letters[0]; l.LapsedOn.String() != "2026-05-12" || len(v.Openings) != openings {
			t.Errorf("lapsed on %v, %d openings", l.LapsedOn, len(v.Openings))
		}
		b.must(h.Office.Send(t.Context(), jorien, f, complaint.HowPaper))
		fresh := b.waiting(f)
		if len(fresh) != 1 || fresh[0].Kind != record.ConfirmationText {
			t.Fatalf("%+v", fresh)
		}
		b.must(h.Office.LetterWentOut(t.Context(), jorien, f, fresh[0].ID, h.Office.Today()))
		b.must(h.Office.Word(t.Context(), jorien, f, complaint.Wording{Title: "Cursus", Description: "Weer anders."}))
		if l := b.view("Jorien Tasselaar", f.Dossier).Letters[1]; !l.LapsedOn.IsZero() {
			t.Error("a letter that was posted lapsed")
		}
		verifies(b)
	})
}

// TestAnsweredWithoutTheEmployee: the reason is kept sealed, beside the answer.
func TestAnsweredWithoutTheEmployee(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Email, b.at("2026-06-22"))
		in.Subjects = []complaint.SubjectKind{complaint.AboutEmployee}
		f := b.receive("Jorien Tasselaar", in)
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		reply := complaint.Reply{AnswerText: complaint.AnswerText{Points: "a", Outcome: "b", Measures: "c"}, How: complaint.HowEmail}
		if err := h.Office.Answer(t.Context(), b.who("Hedwig Brandsema"), f, reply); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		reply.Unheard = "Zij werkt hier niet meer."
		b.must(h.Office.Answer(t.Context(), b.who("Hedwig Brandsema"), f, reply))
		rows, err := h.Store.Course(t.Context(), f.Dossier)
		b.must(err)
		last := b.view("Hedwig Brandsema", f.Dossier).Events
		found := false
		for i, e := range last {
			if e.Kind == complaint.AnswerReleased {
				found = complaint.Reveal(e.Sealed[complaint.Explanation]) == reply.Unheard && !has(string(rows[i].Open), "werkt")
			}
		}
		if !found {
			t.Error("the reason is not kept, or not sealed")
		}
		verifies(b)
	})
}
