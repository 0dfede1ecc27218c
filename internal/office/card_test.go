package office_test

import (
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
)

// card takes a card in and gives its id.
func (b bench) card(who string, n complaint.CardNote) string {
	b.t.Helper()
	id := b.Office.NewCard()
	b.must(b.Office.TakeCard(b.t.Context(), b.who(who), id, n))
	return id
}

// cards gives the ids of the cards that somebody sees waiting.
func (b bench) cards(who string) string {
	b.t.Helper()
	list, err := b.Office.Cards(b.t.Context(), b.who(who))
	b.must(err)
	ids := ""
	for _, c := range list {
		if c.Note.Name != "" || c.Note.Number != "" {
			b.t.Error("the list shows a name or a number")
		}
		ids += c.ID + " "
	}
	return ids
}

// TestCardsWaitOldestFirst until a person closes them.
func TestCardsWaitOldestFirst(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		b.at("2026-11-19 16:00")
		first := b.card("Jorien Tasselaar", complaint.CardNote{Name: "Lotte Wintertaling", Number: "06-00000073", About: "rekening"})
		b.at("2026-11-20 09:00")
		second := b.card("Pim Haverdonk", complaint.CardNote{Number: "06-00000074"})
		if got := b.cards("Pim Haverdonk"); got != first+" "+second+" " {
			t.Errorf("oldest first: %s", got)
		}
		b.at("2026-11-23 09:00")
		pim := b.who("Pim Haverdonk")
		n, err := h.Office.CountCards(t.Context(), pim)
		b.must(err)
		if n.Waiting != 2 || n.Overdue != 1 {
			t.Errorf("%+v", n)
		}
		b.must(h.Office.TryCard(t.Context(), pim, office.Form{Dossier: first}))
		v, err := h.Office.Card(t.Context(), pim, first)
		b.must(err)
		if v.Note.Name != "Lotte Wintertaling" || len(v.Note.Tries) != 1 || v.Note.Tries[0].By != pim.ID || !v.Overdue || v.Days != 2 {
			t.Errorf("%+v", v)
		}
		if err := h.Office.TryCard(t.Context(), pim, office.Form{Dossier: first, Seen: 1}); !complaint.IsKind(err, complaint.Stale) {
			t.Errorf("a form that was overtaken: %v", err)
		}
		if err := h.Office.DropCard(t.Context(), pim, office.Form{Dossier: first}, ""); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("closed without a reason: %v", err)
		}
		b.must(h.Office.DropCard(t.Context(), pim, office.Form{Dossier: first, Seen: v.Version}, "question"))
		if got := b.cards("Pim Haverdonk"); got != second+" " {
			t.Errorf("a closed card waits: %s", got)
		}
		verifies(b)

		// Some days after it was closed, nothing of what was typed is left.
		b.at("2026-12-07")
		b.must(second2(h.Office.Sweep(t.Context())))
		if v, err = h.Office.Card(t.Context(), pim, first); err != nil || v.Swept {
			t.Errorf("swept too early: %+v %v", v, err)
		}
		b.at("2026-12-08")
		b.must(second2(h.Office.Sweep(t.Context())))
		if v, err = h.Office.Card(t.Context(), pim, first); err != nil || !v.Swept || v.Note.Number != "" || v.Reason != "question" {
			t.Errorf("%+v %v", v, err)
		}
		if v, err = h.Office.Card(t.Context(), pim, second); err != nil || v.Swept {
			t.Errorf("a card that waits was swept: %v", err)
		}
		verifies(b)
	})
}

func second2(_ int64, err error) error { return err }

// TestCardTwiceIsOne: a double click makes one card.
func TestCardTwiceIsOne(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	b.at("2026-11-20 09:00")
	note := complaint.CardNote{Name: "Dirk Ottolander", Number: "06-00000086"}
	id := b.card("Jorien Tasselaar", note)
	b.must(b.Office.TakeCard(t.Context(), b.who("Jorien Tasselaar"), id, note))
	note.Number = "06-00000087"
	if err := b.Office.TakeCard(t.Context(), b.who("Jorien Tasselaar"), id, note); err == nil {
		t.Error("another card took its place")
	}
	if got := b.cards("Jorien Tasselaar"); got != id+" " {
		t.Errorf("%s", got)
	}
}

// TestCardAboutAColleague does not exist for that colleague, and neither does the
// complaint that is made of it.
func TestCardAboutAColleague(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		day := b.at("2026-11-20 09:00")
		pim, jorien := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar")
		about := b.card("Jorien Tasselaar", complaint.CardNote{Name: "Dirk Ottolander", Number: "06-00000086", Concerned: []complaint.Actor{pim.ID}})
		over := b.card("Pim Haverdonk", complaint.CardNote{Number: "06-00000087", For: jorien.ID})
		later := b.card("Pim Haverdonk", complaint.CardNote{Number: "06-00000088"})
		b.must(h.Office.HandOverCard(t.Context(), pim, office.Form{Dossier: later}, jorien.ID))
		for _, id := range []string{about, over, later} {
			if _, err := h.Office.Card(t.Context(), pim, id); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("Pim opens a card about him: %v", err)
			}
			if err := h.Office.DropCard(t.Context(), pim, office.Form{Dossier: id}, "solved"); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("Pim closes a card about him: %v", err)
			}
			if !strings.Contains(b.cards("Jorien Tasselaar"), id) {
				t.Error("Jorien does not see it")
			}
		}
		if n, err := h.Office.CountCards(t.Context(), pim); err != nil || n.Waiting != 0 || b.cards("Pim Haverdonk") != "" {
			t.Errorf("Pim counts them: %+v %v", n, err)
		}

		in := b.intake(complaint.Phone, day)
		in.Card = about
		if _, err := h.Office.Receive(t.Context(), pim, office.Form{}, in); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("Pim writes down a card about him: %v", err)
		}
		f := b.receive("Jorien Tasselaar", in)
		if f.Dossier != about || b.sees("Pim Haverdonk", f) {
			t.Error("the dossier is the card's, and is not there for Pim")
		}
		if v := b.view("Jorien Tasselaar", about); v.Card == nil || v.Card.CalledOn != day || v.Card.State != complaint.CardWritten {
			t.Errorf("the dossier does not know its card: %+v", v.Card)
		}
		again := b.intake(complaint.Phone, day)
		again.Card = about
		if _, err := h.Office.Receive(t.Context(), jorien, office.Form{}, again); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("one card, two complaints: %v", err)
		}
		verifies(b)
	})
}

// TestCardsAreForWhoReceives: nobody else sees or makes one; the intake fallback sees
// those it took or was given.
func TestCardsAreForWhoReceives(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	b.at("2026-11-20 09:00")
	id := b.card("Jorien Tasselaar", complaint.CardNote{Number: "06-00000086"})
	for _, name := range []string{"Hedwig Brandsema", "Ankie Verloop", "Noor Stalpers", "Bram Hoogland"} {
		who := b.who(name)
		if err := b.Office.TakeCard(t.Context(), who, "", complaint.CardNote{Number: "06-00000086"}); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("%s takes a card: %v", name, err)
		}
		if _, err := b.Office.Card(t.Context(), who, id); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("%s opens a card: %v", name, err)
		}
		if n, err := b.Office.CountCards(t.Context(), who); err != nil || n.Waiting != 0 {
			t.Errorf("%s counts %+v: %v", name, n, err)
		}
	}
	noor := b.who("Noor Stalpers")
	noor.Fallback = true
	b.must(b.Office.TakeCard(t.Context(), noor, "", complaint.CardNote{Number: "06-00000089"}))
	if list, err := b.Office.Cards(t.Context(), noor); err != nil || len(list) != 1 || list[0].ID == id {
		t.Errorf("the fallback sees its own card only: %v %v", list, err)
	}
	if n := strings.Count(b.cards("Jorien Tasselaar"), " "); n != 2 {
		t.Errorf("the helpdesk sees %d cards", n)
	}
}
