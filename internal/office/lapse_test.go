package office_test

import (
	"slices"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// byLetter takes in a letter of somebody without e-mail, in handling with Hedwig.
func byLetter(b bench, at string) office.Form {
	in := b.intake(complaint.Post, b.at(at))
	in.Identity.Email, in.Identity.Way = "", "letter"
	f := b.receive("Jorien Tasselaar", in)
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	return f
}

func naming() office.Naming {
	return office.Naming{Title: "x", Language: "nl", Letter: func(int, office.Sheet) string { return "x" }}
}

// goesNowhere sees that a letter is neither printed, nor posted, by any way.
func (b bench) goesNowhere(f office.Form, l record.Letter, key string) {
	b.t.Helper()
	jorien, today := b.who("Jorien Tasselaar"), b.Office.Today()
	_, printed := b.Office.PrintLetter(b.t.Context(), jorien, l.ID)
	_, batch := b.Office.PrintLetters(b.t.Context(), jorien, []string{l.ID}, naming())
	posted, err := b.Office.PostLetters(b.t.Context(), jorien, "k"+l.ID, []string{l.ID}, today)
	b.must(err)
	for way, err := range map[string]error{"printed": printed, "printed in a batch": batch, "posted in a batch": posted[0].Err,
		"posted": b.Office.LetterWentOut(b.t.Context(), jorien, f, l.ID, today)} {
		if !complaint.IsKind(err, complaint.Refused) || way != "posted" && !strings.Contains(err.Error(), key) {
			b.t.Errorf("%s is %s: %v", l.Kind, way, err)
		}
	}
}

// lying gives the letters of a kind that may still go out.
func (b bench) lying(f office.Form, kind record.LetterKind) (list []record.Letter) {
	b.t.Helper()
	for _, l := range b.letters("Jorien Tasselaar", f, kind) {
		if l.SentOn.IsZero() && l.LapsedOn.IsZero() {
			list = append(list, l)
		}
	}
	return list
}

var condolence = complaint.Condolence{Deceased: "uw vader", Name: "Berber Rooskens", Greeting: "mevrouw Rooskens", Street: "Kade", House: "7", Postcode: "3561KM", Town: "Noordzande"}

// TestNothingGoesToTheDead: what lay here lapses at once, also when a relative goes on
// that same day, and nothing is made or sent meanwhile.
func TestNothingGoesToTheDead(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f, jorien := byLetter(b, "2026-06-22"), b.who("Jorien Tasselaar")
		today := h.Office.Today()
		b.must(h.Office.Died(t.Context(), jorien, f, today, "De dochter belde."))
		old := b.letters("Jorien Tasselaar", f, record.Acknowledgement)[0]
		b.goesNowhere(f, old, "refused.letter_lapsed")
		reply := complaint.Reply{AnswerText: complaint.AnswerText{Points: "a", Outcome: "b", Measures: "c"}, How: complaint.HowPost}
		if err := h.Office.Answer(t.Context(), b.who("Hedwig Brandsema"), f, reply); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("an answer for the dead: %v", err)
		}
		b.must(h.Office.Condole(t.Context(), jorien, f, condolence))
		b.must(h.Office.RelativeDecides(t.Context(), jorien, f, complaint.Decision{Choice: complaint.GoesOn, On: today, How: complaint.HowPhone, Said: "Ga door."}))
		b.goesNowhere(f, old, "refused.letter_lapsed")
		b.must(h.Office.LetterWentOut(t.Context(), jorien, f, b.lying(f, record.Condolence)[0].ID, today))
		verifies(b)
	})
}

// TestReleasedAnswerGoesToTheRelative: it cannot be sent to the dead, and its letter is
// made anew for who goes on.
func TestReleasedAnswerGoesToTheRelative(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-06-22")
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		b.release("Hedwig Brandsema", f, complaint.HowEmail)
		jorien, today := b.who("Jorien Tasselaar"), h.Office.Today()
		b.must(h.Office.Died(t.Context(), jorien, f, today, "De dochter belde."))
		b.goesNowhere(f, b.letters("Jorien Tasselaar", f, record.Answer)[0], "refused.letter_lapsed")
		if err := h.Office.SendAnswer(t.Context(), jorien, f, complaint.Dispatch{On: today}); !complaint.IsKind(err, complaint.Refused) || !has(err.Error(), "refused.post_died") {
			t.Errorf("answered to the dead: %v", err)
		}
		b.must(h.Office.Condole(t.Context(), jorien, f, condolence))
		today = b.at("2026-06-24")
		b.must(h.Office.RelativeDecides(t.Context(), jorien, f, complaint.Decision{Choice: complaint.GoesOn, On: today, How: complaint.HowPhone, Said: "Ga door."}))
		fresh := b.lying(f, record.Answer)
		if len(fresh) != 1 || fresh[0].Channel != complaint.HowPost {
			t.Fatalf("%+v", fresh)
		}
		order := b.order(f, fresh[0])
		if order.Addressee[0] != "Berber Rooskens" || order.Salutation != "mevrouw Rooskens" || len(order.Facts.Body) != 3 || order.Facts.Body[0].Paragraphs[0] != "U heeft gelijk." {
			t.Errorf("to %q, %q: %+v", order.Salutation, order.Addressee, order.Facts.Body)
		}
		done, err := h.Office.PostLetters(t.Context(), jorien, "k", []string{fresh[0].ID}, today)
		b.must(err)
		b.must(done[0].Err)
		v := b.view("Hedwig Brandsema", f.Dossier)
		if v.AnsweredOn != today || v.AnswerHow != complaint.HowPost {
			t.Errorf("answered on %v by %s", v.AnsweredOn, v.AnswerHow)
		}
		for _, l := range v.Letters {
			if l.Kind == record.Answer && l.ID != fresh[0].ID && !l.SentOn.IsZero() {
				t.Error("the letter to the dead counts as sent")
			}
		}
		verifies(b)
	})
}

// TestARelativeWhoStopsIsTold in a letter, where one can reach them.
func TestARelativeWhoStopsIsTold(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f, jorien := byLetter(b, "2026-06-22"), b.who("Jorien Tasselaar")
		today := h.Office.Today()
		b.must(h.Office.Died(t.Context(), jorien, f, today, ""))
		b.must(h.Office.Condole(t.Context(), jorien, f, condolence))
		b.must(h.Office.RelativeDecides(t.Context(), jorien, f, complaint.Decision{Choice: complaint.Stops, On: today, How: complaint.HowPhone, Said: "Laat maar."}))
		told := b.lying(f, record.Withdrawn)
		if len(told) != 1 || b.order(f, told[0]).Addressee[0] != "Berber Rooskens" {
			t.Fatalf("told: %+v", told)
		}
		if v := b.view("Jorien Tasselaar", f.Dossier); v.State != complaint.IsWithdrawn {
			t.Errorf("%s", v.State)
		}
		if _, err := h.Office.PrintLetter(t.Context(), jorien, told[0].ID); err != nil {
			t.Errorf("printed: %v", err)
		}
		b.must(h.Office.LetterWentOut(t.Context(), jorien, f, told[0].ID, today))
		verifies(b)
	})
}

// TestRevokedReaderGetsNothing: the text that still lies here for the reader lapses.
func TestRevokedReaderGetsNothing(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Phone, b.at("2026-06-22"))
		in.Identity.Reader = record.Reader{Name: "Annet Veldkers", Relation: "dochter", Email: "annet@example.org", Consent: true}
		in.Send = &complaint.Sending{How: complaint.HowReader}
		f := b.receive("Jorien Tasselaar", in)
		old := b.lying(f, record.ConfirmationText)[0]
		b.must(h.Office.RevokeReader(t.Context(), b.who("Jorien Tasselaar"), f, phoned(b)))
		b.goesNowhere(f, old, "refused.letter_lapsed")
		for _, p := range b.waiting(f) {
			if p.Kind == record.ConfirmationText {
				t.Error("the reader's text waits in the post room")
			}
		}
		b.must(h.Office.Send(t.Context(), b.who("Jorien Tasselaar"), f, complaint.HowEmail))
		if n := len(b.lying(f, record.ConfirmationText)); n != 1 {
			t.Errorf("%d texts lie here", n)
		}
		verifies(b)
	})
}

// TestPostFollowsTheDeputy: what lies here for a deputy goes to nobody who is deputy no
// more, but to the complainant, or to the next.
func TestPostFollowsTheDeputy(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f, jorien := byLetter(b, "2026-06-22"), b.who("Jorien Tasselaar")
		lives := func(name string) record.Deputy {
			return record.Deputy{Kind: record.ContactPerson, Name: name, Relation: "zoon", Street: "Kade", House: "9", Postcode: "3561KM", Town: "Noordzande"}
		}
		to := func(kind record.LetterKind) string {
			t.Helper()
			lying := b.lying(f, kind)
			if len(lying) != 1 {
				t.Fatalf("%d letters %s lie here", len(lying), kind)
			}
			return b.order(f, lying[0]).Addressee[0]
		}
		b.must(h.Office.ChangeDeputy(t.Context(), jorien, f, lives("Els Veenhof"), phoned(b)))
		b.release("Hedwig Brandsema", f, complaint.HowPost)
		if got := to(record.Answer); got != "Els Veenhof" {
			t.Fatalf("the answer goes to %q", got)
		}
		first := b.lying(f, record.Answer)[0]
		b.must(h.Office.ChangeDeputy(t.Context(), jorien, f, lives("Wiek Veenhof"), phoned(b)))
		b.goesNowhere(f, first, "refused.letter_lapsed")
		if got := to(record.Answer); got != "Wiek Veenhof" {
			t.Errorf("the answer goes to %q", got)
		}
		b.must(h.Office.RevokeDeputy(t.Context(), jorien, f, phoned(b)))
		for _, kind := range []record.LetterKind{record.Answer, record.Acknowledgement} {
			if got := to(kind); got != "Abel Rooskens" {
				t.Errorf("the %s goes to %q", kind, got)
			}
		}
		if order := b.order(f, b.lying(f, record.Answer)[0]); order.Facts.PostFor != "" || order.Facts.Body[0].Paragraphs[0] != "U heeft gelijk." {
			t.Errorf("for %q: %+v", order.Facts.PostFor, order.Facts.Body)
		}
		if n := len(b.lying(f, record.WhatYouSaid)); n != 3 {
			t.Errorf("the complainant is told %d times", n)
		}
		b.must(h.Office.SendAnswer(t.Context(), jorien, f, complaint.Dispatch{On: h.Office.Today()}))
		verifies(b)
	})
}

// TestOldCodeGoesNowhere: a letter with a code that works no more is made without it.
func TestOldCodeGoesNowhere(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		h.Office.FollowURL = "klachten.example.org"
		f, jorien := byLetter(b, "2026-06-22"), b.who("Jorien Tasselaar")
		old := b.lying(f, record.Acknowledgement)[0]
		if b.order(f, old).Facts.Code == "" {
			t.Fatal("no code to begin with")
		}
		for range 2 {
			b.must(h.Office.ReplaceCode(t.Context(), jorien, f, true, phoned(b)))
		}
		b.goesNowhere(f, old, "refused.letter_lapsed")
		fresh, codes := b.lying(f, record.Acknowledgement), b.lying(f, record.NewCode)
		if len(fresh) != 1 || len(codes) != 1 || b.order(f, fresh[0]).Facts.Code != "" || b.order(f, codes[0]).Facts.Code == "" {
			t.Errorf("%d acknowledgements, %d codes", len(fresh), len(codes))
		}
		if _, err := h.Office.PrintLetter(t.Context(), jorien, fresh[0].ID); err != nil {
			t.Errorf("printed: %v", err)
		}
		verifies(b)
	})
}

// TestOutcomeNamesNobodyOfTheGroup: nor a mobile number, a street, or who speaks for them.
func TestOutcomeNamesNobodyOfTheGroup(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	pim, hedwig := b.who("Pim Haverdonk"), b.who("Hedwig Brandsema")
	in := b.intake(complaint.Post, b.at("2026-06-22"))
	in.Subjects, in.ConcernedStaff = []complaint.SubjectKind{complaint.AboutEmployee}, []complaint.Actor{pim.ID}
	in.Identity.Kind, in.Identity.Organisation, in.Identity.Others = record.Group, "Cliëntenraad De Goudvink", "Marijke Zandoogje\nWim Koolwitje"
	in.Identity.Mobile = "06-00000099"
	f := b.receive("Jorien Tasselaar", in)
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	b.must(b.Office.PutBefore(t.Context(), hedwig, f, complaint.Hearing{On: b.Office.Today(), Told: true, Statement: "s", Read: complaint.NoReaction}))
	b.answer("Hedwig Brandsema", f, complaint.HowPost)
	for _, text := range []string{"Marijke Zandoogje zei dat u kortaf was.", "Bel Wim.", "Mevrouw Koolwitje had gelijk.", "Bel 06-00000099.", "Op de Veerdam.", "Abel had gelijk."} {
		if err := b.Office.TellEmployee(t.Context(), hedwig, f, string(pim.ID), text); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
	b.must(b.Office.TellEmployee(t.Context(), hedwig, f, string(pim.ID), "De mevrouw die klaagde had gelijk."))
}

// TestWithdrawnLettersStayHere: what says what happens next does not go out once the
// complaint was withdrawn, by any way, and is not in the post room; the letter that says so
// goes. When the complainant disputes that, it goes out after all.
func TestWithdrawnLettersStayHere(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f, jorien := byLetter(b, "2026-06-22"), b.who("Jorien Tasselaar")
		today := h.Office.Today()
		ack := b.lying(f, record.Acknowledgement)[0]
		b.must(h.Office.Withdraw(t.Context(), jorien, f, complaint.End{On: today, How: complaint.HowPost, Said: "Ik stop."}))
		b.goesNowhere(f, ack, "refused.post_stopped")
		kinds := func() (list []record.LetterKind) {
			for _, p := range b.waiting(f) {
				list = append(list, p.Kind)
			}
			return list
		}
		for _, kind := range kinds() {
			if kind != record.Withdrawn {
				t.Errorf("%s waits in the post room", kind)
			}
		}
		n, err := h.Office.CountPost(t.Context(), jorien)
		b.must(err)
		if n != len(kinds()) {
			t.Errorf("%d are counted, %d wait", n, len(kinds()))
		}
		if v := b.view("Jorien Tasselaar", f.Dossier); v.HeldHere(ack) != complaint.HeldStopped || v.Lies(ack) {
			t.Error("the dossier does not say that it stays here")
		}
		b.must(h.Office.Dispute(t.Context(), jorien, f, complaint.End{On: today, How: complaint.HowPhone, Said: "Ik stopte niet."}))
		if !slices.Contains(kinds(), record.Acknowledgement) {
			t.Errorf("it goes on, and in the post room are %v", kinds())
		}
		b.must(h.Office.LetterWentOut(t.Context(), jorien, f, ack.ID, today))
		verifies(b)
	})
}

// TestWithdrawnEmailGoesAfterAll: the postman kept it here; once the complainant disputes
// that they stopped, it goes by itself, however long that took.
func TestWithdrawnEmailGoesAfterAll(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		withMail(b)
		f, jorien := mail(b, "2026-06-22"), b.who("Jorien Tasselaar")
		b.must(h.Office.Withdraw(t.Context(), jorien, f, complaint.End{On: h.Office.Today(), How: complaint.HowPhone, Said: "Ik stop."}))
		b.deliver()
		if m := b.state(f, record.Acknowledgement, record.MessageHeld); m.Reason != complaint.HeldStopped {
			t.Fatalf("held: %s", m.Reason)
		}
		today := b.at("2026-06-30")
		b.must(h.Office.Dispute(t.Context(), jorien, f, complaint.End{On: today, How: complaint.HowPhone, Said: "Ik stopte niet."}))
		b.deliver()
		b.state(f, record.Acknowledgement, record.MessageSent)
		verifies(b)
	})
}
