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

// lastLetter prints the newest letter of a kind and gives its text.
func (b bench) lastLetter(f office.Form, kind record.LetterKind) (record.Letter, string) {
	b.t.Helper()
	letters, err := b.Store.Letters(b.t.Context(), f.Dossier)
	b.must(err)
	for i := len(letters) - 1; i >= 0; i-- {
		if letters[i].Kind == kind {
			sheet, err := b.Office.PrintLetter(b.t.Context(), b.who("Jorien Tasselaar"), letters[i].ID)
			b.must(err)
			return letters[i], string(sheet.Bytes)
		}
	}
	b.t.Fatalf("no letter %s", kind)
	return record.Letter{}, ""
}

func (b bench) kinds(f office.Form) string {
	b.t.Helper()
	letters, err := b.Store.Letters(b.t.Context(), f.Dossier)
	b.must(err)
	all := ""
	for _, l := range letters {
		all += string(l.Kind) + " "
	}
	return all
}

func phoned(b bench) complaint.Statement {
	return complaint.Statement{On: b.Office.Today(), How: complaint.HowPhone, Said: "Dat is goed."}
}

// TestNameMayBeUsed: by telephone it is repeated in a letter; by post it is not.
func TestNameMayBeUsed(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-03-12")
		jorien := b.who("Jorien Tasselaar")
		said := phoned(b)
		said.Said = ""
		if err := h.Office.ChangeLevel(t.Context(), jorien, f, complaint.OpenName, said); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("without the person's words: %v", err)
		}
		b.must(h.Office.ChangeLevel(t.Context(), jorien, f, complaint.OpenName, phoned(b)))
		if v := b.view("Jorien Tasselaar", f.Dossier); v.Level != complaint.OpenName {
			t.Errorf("level %s", v.Level)
		}
		if _, text := b.lastLetter(f, record.WhatYouSaid); !strings.Contains(text, "uw naam noemen") {
			t.Errorf("the letter: %s", text)
		}
		if err := h.Office.ChangeLevel(t.Context(), jorien, f, complaint.OpenName, phoned(b)); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("nothing changes: %v", err)
		}
		written := phoned(b)
		written.How = complaint.HowPost
		b.must(h.Office.ChangeLevel(t.Context(), jorien, f, complaint.Confidential, written))
		if n := strings.Count(b.kinds(f), "said"); n != 1 {
			t.Errorf("%d letters that repeat", n)
		}
		if err := h.Office.ChangeLevel(t.Context(), b.who("Rutger Eikelhof"), f, complaint.OpenName, phoned(b)); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("another manager: %v", err)
		}
		verifies(b)
	})
}

// TestContactPersonGetsThePost until the complainant revokes it, who is told both times.
func TestContactPersonGetsThePost(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Post, b.at("2026-03-12"))
		in.Identity.Email, in.ConcernedStaff = "", []complaint.Actor{b.who("Pim Haverdonk").ID}
		f := b.receive("Jorien Tasselaar", in)
		jorien := b.who("Jorien Tasselaar")
		els := record.Deputy{Kind: record.ContactPerson, Name: "Els Veenhof", Relation: "dochter", Email: "els@example.org"}
		for field, wrong := range map[string]record.Deputy{
			"deputy_kind":   {Name: "Els Veenhof", Email: "els@example.org"},
			"deputy_email":  {Kind: record.ContactPerson, Name: "Els Veenhof"},
			"deputy_ground": {Kind: record.Representative, Name: "Els Veenhof", Email: "els@example.org"},
			"deputy_name":   {Kind: record.ContactPerson, Name: "Pim Haverdonk", Email: "pim@elders.example"},
		} {
			if err := h.Office.ChangeDeputy(t.Context(), jorien, f, wrong, phoned(b)); err == nil || !strings.Contains(err.Error(), field) {
				t.Errorf("%s: %v", field, err)
			}
		}
		b.must(h.Office.ChangeDeputy(t.Context(), jorien, f, els, phoned(b)))
		if l, _ := b.lastLetter(f, record.WhatYouSaid); l.Channel != complaint.HowPost {
			t.Errorf("the complainant is told by %s", l.Channel)
		}
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		b.must(h.Office.Extend(t.Context(), b.who("Hedwig Brandsema"), f, complaint.Proposal{Reason: b.view("Hedwig Brandsema", f.Dossier).Rules.Extension.Reasons[0].Code,
			Explanation: "De planner is ziek.", On: h.Office.Today(), How: complaint.HowEmail, Date: h.Office.Today().AddDays(28)}))
		if l, text := b.lastLetter(f, record.ExtensionProposed); l.Channel != complaint.HowEmail || !strings.Contains(text, "Els Veenhof") || !strings.Contains(text, "namens Abel Rooskens") {
			t.Errorf("the post goes to %s by %s", text, l.Channel)
		}
		b.must(h.Office.RevokeDeputy(t.Context(), jorien, f, phoned(b)))
		if l, _ := b.lastLetter(f, record.WhatYouSaid); l.Channel != complaint.HowPost || strings.Count(b.kinds(f), "said") != 2 {
			t.Errorf("the complainant is told of the end: %s", b.kinds(f))
		}
		b.must(h.Office.Withdraw(t.Context(), jorien, f, complaint.End{On: h.Office.Today(), How: complaint.HowPhone, Said: "Ik stop."}))
		if l, _ := b.lastLetter(f, record.Withdrawn); l.Channel != complaint.HowPost {
			t.Errorf("after revoking, the post goes by %s", l.Channel)
		}
		if err := h.Office.RevokeDeputy(t.Context(), jorien, f, phoned(b)); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("nobody to revoke: %v", err)
		}
		verifies(b)
	})
}

// TestReaderIsRevoked: the text waits to be sent again, and the reader's yes counts no more.
func TestReaderIsRevoked(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Phone, b.at("2026-03-12"))
		in.Identity.Way = "email"
		in.Identity.Reader = record.Reader{Name: "Annet", Relation: "zus", Email: "annet@example.org", Consent: true}
		in.Send = &complaint.Sending{How: complaint.HowReader}
		f := b.receive("Jorien Tasselaar", in)
		jorien := b.who("Jorien Tasselaar")
		b.must(h.Office.RevokeReader(t.Context(), jorien, f, phoned(b)))
		v := b.view("Jorien Tasselaar", f.Dossier)
		if v.State != complaint.Drafted || v.Next != complaint.TaskSend {
			t.Errorf("%s, next %s", v.State, v.Next)
		}
		yes := complaint.Confirmation{How: complaint.HowReply, On: h.Office.Today(), By: complaint.ReaderConfirms, Said: "Ja"}
		if err := h.Office.Confirm(t.Context(), jorien, f, yes); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("the reader still confirms: %v", err)
		}
		if _, text := b.lastLetter(f, record.WhatYouSaid); !strings.Contains(text, "Annet leest") {
			t.Errorf("the complainant is told: %s", text)
		}
		b.must(h.Office.Send(t.Context(), jorien, f, complaint.HowEmail))
		verifies(b)
	})
}

// TestLostCodeIsReplaced in a letter, and never without knowing who asks.
func TestLostCodeIsReplaced(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-03-12")
		jorien := b.who("Jorien Tasselaar")
		if err := h.Office.ReplaceCode(t.Context(), jorien, f, true, phoned(b)); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("there are no codes: %v", err)
		}
		h.Office.FollowURL = "klachten.example.org"
		if err := h.Office.ReplaceCode(t.Context(), jorien, f, false, phoned(b)); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("without knowing who asks: %v", err)
		}
		b.must(h.Office.ReplaceCode(t.Context(), jorien, f, true, phoned(b)))
		first, err := h.Store.Dossier(t.Context(), f.Dossier, complaint.Sight{All: true})
		b.must(err)
		b.must(h.Office.ReplaceCode(t.Context(), jorien, f, true, phoned(b)))
		second, err := h.Store.Dossier(t.Context(), f.Dossier, complaint.Sight{All: true})
		b.must(err)
		if len(first.Code) == 0 || string(first.Code) == string(second.Code) {
			t.Error("the old code still works")
		}
		if _, text := b.lastLetter(f, record.NewCode); !strings.Contains(text, "De oude code werkt niet meer.") {
			t.Errorf("the letter: %s", text)
		}
		verifies(b)
	})
}

// TestNewAddressIsRepeated in a letter to the new address when it was said by telephone,
// and only then.
func TestNewAddressIsRepeated(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Email, b.at("2026-03-12"))
		in.Identity.Way = "email"
		f := b.receive("Jorien Tasselaar", in)
		jorien, moved := b.who("Jorien Tasselaar"), in.Identity
		moved.Email, moved.Street, moved.House = "abel@nieuw.example", "Zandpad", "17"
		if err := h.Office.ChangeIdentity(t.Context(), jorien, f, moved, ""); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("nobody says how: %v", err)
		}
		b.must(h.Office.ChangeIdentity(t.Context(), jorien, f, moved, complaint.HowPhone))
		l, text := b.lastLetter(f, record.WhatYouSaid)
		sheet, err := h.Office.PrintLetter(t.Context(), jorien, l.ID)
		b.must(err)
		if sheet.To != "abel@nieuw.example" || !strings.Contains(text, "U gaf ons een nieuw adres") || !strings.Contains(text, "Klopt dat niet?") {
			t.Errorf("to %s: %s", sheet.To, text)
		}
		events := b.view("Jorien Tasselaar", f.Dossier).Events
		if !slices.ContainsFunc(events, func(e complaint.Event) bool {
			return e.Kind == complaint.IdentityChanged && e.Open.How == complaint.HowPhone && slices.Contains(e.Open.Fields, "street")
		}) {
			t.Error("the course does not say that it was said by telephone")
		}
		moved.House = "19"
		b.must(h.Office.ChangeIdentity(t.Context(), jorien, f, moved, complaint.HowPost))
		moved.Salutation = "de heer Rooskens"
		b.must(h.Office.ChangeIdentity(t.Context(), jorien, f, moved, complaint.HowPhone))
		if n := strings.Count(b.kinds(f), "said"); n != 1 {
			t.Errorf("%d letters: in writing, or another detail, needs none", n)
		}
		if err := h.Office.ChangeIdentity(t.Context(), b.who("Rutger Eikelhof"), f, in.Identity, complaint.HowPhone); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("another manager: %v", err)
		}
		verifies(b)
	})
}

// TestFirstAddressGetsTheAcknowledgement, and no second letter beside it.
func TestFirstAddressGetsTheAcknowledgement(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	in := b.intake(complaint.Post, b.at("2026-03-12"))
	known := in.Identity
	in.Identity = record.Identity{Name: known.Name, Unknown: "Er stond geen adres op de brief."}
	f := b.receive("Jorien Tasselaar", in)
	b.must(b.Office.ChangeIdentity(t.Context(), b.who("Jorien Tasselaar"), f, known, complaint.HowPhone))
	if got := b.kinds(f); strings.Contains(got, "said") || !strings.Contains(got, "acknowledgement") {
		t.Errorf("letters: %s", got)
	}
}
