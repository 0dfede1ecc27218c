package office_test

import (
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
)

// sees reports whether someone can look at a dossier.
func (b bench) sees(name string, f office.Form) bool {
	b.t.Helper()
	_, err := b.Office.Look(b.t.Context(), b.who(name), f.Dossier)
	if err != nil && !complaint.IsKind(err, complaint.NotFound) {
		b.t.Fatal(err)
	}
	return err == nil
}

// TestIntakeIsHandedOver: Pim took the call, and it is about him.
func TestIntakeIsHandedOver(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Phone, b.at("2026-03-12 11:00"))
		in.Title = "Over een eerder gesprek"
		f := b.receive("Pim Haverdonk", in)
		b.at("2026-03-12 11:10")
		pim, jorien := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar")
		if err := h.Office.HandOver(t.Context(), pim, f, b.who("Hedwig Brandsema").ID, "Over mij."); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("handed over to a manager: %v", err)
		}
		b.must(h.Office.HandOver(t.Context(), pim, f, jorien.ID, "De klacht gaat over mij."))
		if b.sees("Pim Haverdonk", f) {
			t.Error("Pim still sees it")
		}
		v := b.view("Jorien Tasselaar", f.Dossier)
		if v.ReceivedBy != jorien.ID {
			t.Errorf("received by %s", v.ReceivedBy)
		}
		for _, e := range v.Events {
			if e.Kind == complaint.IntakeHandedOver && (e.Actor != complaint.ByStaff || complaint.Reveal(e.Sealed[complaint.Who]) != string(pim.ID)) {
				t.Error("who handed over is sealed, and kept")
			}
		}
		verifies(b)
	})
}

// TestNamingIsUndoneByTheDirector, never by the one who is named; a wrong number and a
// wrong name give one answer.
func TestNamingIsUndoneByTheDirector(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-03-12")
		pim, jorien := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar")
		b.must(h.Office.NameEmployee(t.Context(), jorien, f, pim.ID, "De klager noemt hem."))
		number := b.view("Jorien Tasselaar", f.Dossier).Number
		if b.sees("Pim Haverdonk", f) {
			t.Fatal("Pim sees it")
		}
		clear := func(who, number string, staff complaint.Actor) error {
			return h.Office.ClearEmployee(t.Context(), b.who(who), "key", office.Clearing{Number: number, Staff: staff, Reason: "Het was een andere Pim."})
		}
		for _, who := range []string{"Pim Haverdonk", "Jorien Tasselaar", "Bram Hoogland", "Hedwig Brandsema"} {
			if err := clear(who, number, pim.ID); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("%s clears: %v", who, err)
			}
		}
		wrong, other := clear("Ankie Verloop", "2026-9999", pim.ID), clear("Ankie Verloop", number, jorien.ID)
		if !complaint.IsKind(wrong, complaint.Invalid) || wrong.Error() != other.Error() {
			t.Errorf("a wrong number gives %v, a wrong name %v", wrong, other)
		}
		b.must(clear("Ankie Verloop", number, pim.ID))
		b.must(clear("Ankie Verloop", number, pim.ID)) // a double click
		if !b.sees("Pim Haverdonk", f) || b.sees("Ankie Verloop", f) {
			t.Error("Pim sees it again, and the director still does not")
		}
		if v := b.view("Jorien Tasselaar", f.Dossier); len(v.Concerned) != 0 || v.Events[len(v.Events)-1].Kind != complaint.EmployeeCleared {
			t.Errorf("concerned %v, last %s", v.Concerned, v.Events[len(v.Events)-1].Kind)
		}
		verifies(b)
	})
}

// TestHandlerStepsAside: the dossier waits for another handler, and the one who left
// sees it no more.
func TestHandlerStepsAside(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-06-22")
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		hedwig := b.who("Hedwig Brandsema")
		b.must(h.Office.StepAside(t.Context(), hedwig, f, "Ik beantwoordde de vorige."))
		v := b.view("Jorien Tasselaar", f.Dossier)
		if b.sees("Hedwig Brandsema", f) || v.Handler != "" || v.Next != complaint.TaskForward {
			t.Errorf("handler %q, next %s", v.Handler, v.Next)
		}
		err := h.Office.Forward(t.Context(), b.who("Jorien Tasselaar"), f, complaint.Forwarding{Department: b.department("Scholing").ID, Handler: hedwig.ID}, false)
		if !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("forwarded back: %v", err)
		}
		b.forward("Jorien Tasselaar", f, "Scholing", "Ankie Verloop")
		b.answer("Ankie Verloop", f, complaint.HowEmail)
		verifies(b)
	})
}

// TestDisputesBringTheOldDatesBack: "that was not agreed", "I did not stop".
func TestDisputesBringTheOldDatesBack(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-09-03")
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		propose(b, f, "2026-09-10", "2026-10-02")
		settle(b, f, "2026-09-11", complaint.Agreed, "goed")
		jorien := b.who("Jorien Tasselaar")
		say := complaint.End{On: b.at("2026-09-14"), How: complaint.HowPhone, Said: "Dat heb ik niet gezegd."}
		b.must(h.Office.Dispute(t.Context(), jorien, f, say))
		if v := b.view("Jorien Tasselaar", f.Dossier); v.DueOn.String() != "2026-09-17" || v.State != complaint.InHandling {
			t.Errorf("due %v, %s", v.DueOn, v.State)
		}
		if err := h.Office.Dispute(t.Context(), jorien, f, say); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("disputed twice: %v", err)
		}
		b.must(h.Office.Withdraw(t.Context(), jorien, f, say))
		b.must(h.Office.Dispute(t.Context(), jorien, f, say))
		if v := b.view("Jorien Tasselaar", f.Dossier); v.State != complaint.InHandling || v.DueOn.String() != "2026-09-17" || !v.ClosedOn.IsZero() {
			t.Errorf("%s, due %v, closed %v", v.State, v.DueOn, v.ClosedOn)
		}
		verifies(b)
	})
}

// TestLinkedDossiersShowEachOther and keep their own dates.
func TestLinkedDossiersShowEachOther(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		first, second := mail(b, "2026-04-30"), mail(b, "2026-06-22")
		jorien := b.who("Jorien Tasselaar")
		number := b.view("Jorien Tasselaar", first.Dossier).Number
		b.must(h.Office.Link(t.Context(), jorien, second, number, complaint.FollowUpOf))
		one, two := b.view("Jorien Tasselaar", first.Dossier), b.view("Jorien Tasselaar", second.Dossier)
		if len(one.Links) != 1 || one.Links[0] != (complaint.Link{Dossier: second.Dossier, How: complaint.FollowedBy}) ||
			len(two.Links) != 1 || two.Links[0] != (complaint.Link{Dossier: first.Dossier, How: complaint.FollowUpOf}) {
			t.Errorf("%+v and %+v", one.Links, two.Links)
		}
		if one.DueOn.String() != "2026-05-14" || two.DueOn.String() != "2026-07-06" {
			t.Errorf("due %v and %v", one.DueOn, two.DueOn)
		}
		for _, wrong := range []string{number, "2026-9999", two.Number, ""} {
			if err := h.Office.Link(t.Context(), jorien, second, wrong, complaint.Duplicate); !complaint.IsKind(err, complaint.Invalid) {
				t.Errorf("linked to %q: %v", wrong, err)
			}
		}
		verifies(b)
	})
}

// TestErrorNeedsASecondPerson: a test or a double is not one employee's word.
func TestErrorNeedsASecondPerson(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-06-22")
		jorien := b.who("Jorien Tasselaar")
		b.must(h.Office.CallError(t.Context(), jorien, f, "Dit was een proef."))
		if err := h.Office.CallError(t.Context(), jorien, f, "Echt."); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("one person twice: %v", err)
		}
		b.must(h.Office.CallError(t.Context(), b.who("Pim Haverdonk"), f, "Klopt, een proef."))
		if v := b.view("Jorien Tasselaar", f.Dossier); v.State != complaint.InError {
			t.Errorf("%s", v.State)
		}
		verifies(b)
	})
}

// TestAmendingTheReceiptDate changes the pinned version only before filing.
func TestAmendingTheReceiptDate(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Phone, b.at("2026-06-22"))
		f := b.receive("Jorien Tasselaar", in)
		jorien := b.who("Jorien Tasselaar")
		b.must(h.Office.Amend(t.Context(), jorien, f, complaint.Amendment{ReceivedOn: calendar.MustParse("2026-06-19"), Member: complaint.MemberNo, Reason: "De trainer hoorde het vrijdag al."}))
		v := b.view("Jorien Tasselaar", f.Dossier)
		if v.ReceivedOn.String() != "2026-06-19" || v.RemindOn[0].String() != "2026-06-24" || v.Member != complaint.MemberNo {
			t.Errorf("received %v, reminders %v, member %s", v.ReceivedOn, v.RemindOn, v.Member)
		}
		filed := mail(b, "2026-06-22")
		err := h.Office.Amend(t.Context(), jorien, filed, complaint.Amendment{ReceivedOn: calendar.MustParse("2026-06-19"), Reason: "x"})
		if !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("the date of a filed complaint moved: %v", err)
		}
		if err := h.Office.Amend(t.Context(), jorien, filed, complaint.Amendment{Reason: "x"}); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("nothing changed: %v", err)
		}
		verifies(b)
	})
}

// TestNoPostToTheDead: no letter is made once the complainant died.
func TestNoPostToTheDead(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	f := mail(b, "2026-06-22")
	jorien := b.who("Jorien Tasselaar")
	before := len(b.view("Jorien Tasselaar", f.Dossier).Letters)
	b.must(b.Office.Died(t.Context(), jorien, f, b.Office.Today(), "De zoon belde."))
	b.must(b.Office.Withdraw(t.Context(), jorien, f, complaint.End{On: b.Office.Today(), How: complaint.HowPhone, Said: "De zoon: laat maar."}))
	if after := len(b.view("Jorien Tasselaar", f.Dossier).Letters); after != before {
		t.Errorf("%d letters, had %d", after, before)
	}
}

// TestHearingAndSecondReader: fairness for the employee, a second pair of eyes for the
// answer.
func TestHearingAndSecondReader(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	in := b.intake(complaint.Email, b.at("2026-06-22"))
	in.Subjects = []complaint.SubjectKind{complaint.AboutEmployee}
	f := b.receive("Jorien Tasselaar", in)
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	hedwig, rutger := b.who("Hedwig Brandsema"), b.who("Rutger Eikelhof")
	h := complaint.Hearing{On: b.Office.Today(), Statement: "Een deelnemer kreeg geen tijd.", Read: complaint.Agrees, Reaction: "Dat klopt."}
	if err := b.Office.PutBefore(t.Context(), hedwig, f, h); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("the complainant was not told: %v", err)
	}
	h.Told = true
	b.must(b.Office.PutBefore(t.Context(), hedwig, f, h))
	if b.sees("Rutger Eikelhof", f) {
		t.Fatal("another manager sees it")
	}
	b.must(b.Office.AskSecondReader(t.Context(), hedwig, f, rutger.ID, "U heeft gelijk."))
	if !b.sees("Rutger Eikelhof", f) {
		t.Fatal("the second reader does not see it")
	}
	if _, err := b.Office.OpenIdentity(t.Context(), rutger, f.Dossier, office.Opening{Reason: "letter"}); err == nil {
		t.Error("the second reader opened the name")
	}
	b.must(b.Office.ReadAlong(t.Context(), rutger, f, "Noem ook de datum."))
	b.answer("Hedwig Brandsema", f, complaint.HowEmail)
	if b.sees("Rutger Eikelhof", f) {
		t.Error("after the answer the second reader still sees it")
	}
	verifies(b)
}
