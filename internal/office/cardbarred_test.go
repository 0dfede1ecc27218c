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

// TestCardOfADossierThatBars: whoever is named when the card is written down, or later,
// does not find the beginning of that complaint on its card.
func TestCardOfADossierThatBars(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		for _, later := range []bool{false, true} {
			day := b.at("2026-11-20 09:00")
			pim, jorien := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar")
			id := b.card("Jorien Tasselaar", complaint.CardNote{Name: "Dirk Ottolander", Number: "06-00000086", About: "boos op Pim"})
			in := b.intake(complaint.Phone, day)
			in.Card, in.Subjects = id, []complaint.SubjectKind{complaint.AboutEmployee}
			if !later {
				in.ConcernedStaff = []complaint.Actor{pim.ID}
			}
			f := b.receive("Jorien Tasselaar", in)
			if later {
				b.must(h.Office.NameEmployee(t.Context(), jorien, f, pim.ID, "over hem"))
			}
			if list, err := h.Office.ClosedCards(t.Context(), pim); err != nil || len(list) != 0 {
				t.Errorf("later %v: Pim sees %d closed cards: %v", later, len(list), err)
			}
			if _, err := h.Office.Card(t.Context(), pim, id); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("later %v: Pim opens the card: %v", later, err)
			}
			if v, err := h.Office.Card(t.Context(), jorien, id); err != nil || v.Note.Name != "Dirk Ottolander" {
				t.Errorf("later %v: Jorien does not: %v", later, err)
			}
		}
		verifies(b)
	})
}

// openLines gives the lines of the log about a dossier or card as they stand in the
// register: who and what.
func (b bench) openLines(id string) string {
	b.t.Helper()
	lines, _, err := b.Store.LogPage(b.t.Context(), complaint.Sight{All: true}, record.LogFilter{Dossier: id})
	b.must(err)
	var list []string
	for _, l := range slices.Backward(lines) {
		who := string(l.Actor)
		if s, err := b.Store.StaffByID(b.t.Context(), l.Actor); err == nil {
			who, _, _ = strings.Cut(s.Name, " ")
		}
		list = append(list, who+" "+l.Action)
	}
	return strings.Join(list, ", ")
}

// TestHandedOverCardNamesNobody: the log stands open, and a card is handed over because
// it is about who does so.
func TestHandedOverCardNamesNobody(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	day := b.at("2026-11-20 09:00")
	pim, jorien := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar")
	at := b.card("Pim Haverdonk", complaint.CardNote{Number: "06-00000086", For: jorien.ID})
	typing := b.card("Jorien Tasselaar", complaint.CardNote{Number: "06-00000087"})
	in := b.intake(complaint.Phone, day)
	in.Card, in.HandTo, in.HandReason = typing, jorien.ID, "over mij"
	if _, err := b.Office.Receive(t.Context(), pim, office.Form{}, in); err != nil {
		t.Fatal(err)
	}
	later := b.card("Jorien Tasselaar", complaint.CardNote{Number: "06-00000088"})
	b.must(b.Office.HandOverCard(t.Context(), pim, office.Form{Dossier: later}, jorien.ID))
	for id, want := range map[string]string{at: "staff take_card", typing: "Jorien take_card, staff write_card_down", later: "Jorien take_card, staff hand_over_card"} {
		if got := b.openLines(id); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	verifies(b)
}

// second is a complaint from the same letter as another one.
func (b bench) second(first office.Form, title string) office.Intake {
	b.t.Helper()
	draft, err := b.Office.Begin()
	b.must(err)
	return office.Intake{Draft: draft, SameSource: first.Dossier, Receipt: complaint.Receipt{Title: title, Description: "Te veel.",
		DesiredOutcome: "Een nieuwe.", Subjects: []complaint.SubjectKind{complaint.AboutProduct}, Department: b.department("Ledenadvies").ID}}
}

// TestSecondComplaintLeavesTheLetter of a complaint that bars somebody where it is; and
// who is barred does not learn from the second one that there is a first.
func TestSecondComplaintLeavesTheLetter(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		day := b.at("2026-11-20 09:00")
		pim, jorien := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar")
		in := b.intake(complaint.Post, day)
		scan, err := h.Office.Keep(t.Context(), jorien, in.Draft, "brief over Pim.txt", strings.NewReader("Klacht over Pim."))
		b.must(err)
		in.Files, in.ConcernedStaff, in.Subjects = []string{scan.ID}, []complaint.Actor{pim.ID}, []complaint.SubjectKind{complaint.AboutEmployee}
		first := b.receive("Jorien Tasselaar", in)
		f := b.receive("Jorien Tasselaar", b.second(first, "Factuur"))
		third := b.receive("Jorien Tasselaar", b.intake(complaint.Post, day))
		b.must(h.Office.Link(t.Context(), jorien, third, b.view("Jorien Tasselaar", first.Dossier).Number, complaint.FollowUpOf))
		for who, want := range map[string]int{"Jorien Tasselaar": 1, "Pim Haverdonk": 0} {
			for _, f := range []office.Form{f, third} {
				v, links := b.view(who, f.Dossier), 0
				for _, e := range v.Events {
					if e.Kind == complaint.Linked {
						links++
					}
				}
				if links != want || len(v.Links) != want || len(v.Linked) != want {
					t.Errorf("%s sees %d events, %v, %v; want %d", who, links, v.Links, v.Linked, want)
				}
				if len(v.Attachments) != 0 {
					t.Errorf("%s sees the letter", who)
				}
			}
		}
		lines, _, err := h.Store.LogPage(t.Context(), complaint.Sight{All: true, Hidden: h.Office.Safe.Index("barred", string(pim.ID))},
			record.LogFilter{Actor: jorien.ID, Events: true, Kind: record.LogWork})
		b.must(err)
		for _, l := range lines {
			if l.Reason == string(complaint.Linked) {
				t.Errorf("the logbook tells Pim of a link: %+v", l)
			}
		}
		if len(lines) == 0 {
			t.Error("the logbook is empty")
		}
		lines, _, err = h.Store.LogPage(t.Context(), complaint.Sight{All: true}, record.LogFilter{Actor: jorien.ID, Events: true, Kind: record.LogWork})
		b.must(err)
		links := 0
		for _, l := range lines {
			if l.Reason == string(complaint.Linked) {
				links++
			}
		}
		if links != 4 {
			t.Errorf("%d links in the logbook for who is not barred", links)
		}
		verifies(b)
	})
}

// TestSecondComplaintHandedOver: the link of the first one does not say in the open who
// typed the second.
func TestSecondComplaintHandedOver(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	day := b.at("2026-11-20 09:00")
	pim, jorien := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar")
	first := b.receive("Jorien Tasselaar", b.intake(complaint.Post, day))
	in := b.second(first, "Over mij")
	in.HandTo, in.HandReason = jorien.ID, "over mij"
	if _, err := b.Office.Receive(t.Context(), pim, office.Form{}, in); err != nil {
		t.Fatal(err)
	}
	a, err := b.Store.AuditDossier(t.Context(), first.Dossier)
	b.must(err)
	linked := 0
	for _, row := range a.Events {
		if row.Kind == complaint.Linked {
			if linked++; row.Actor != complaint.ByStaff {
				t.Errorf("linked by %s, in the open", row.Actor)
			}
		}
	}
	if linked != 1 || len(b.view("Jorien Tasselaar", first.Dossier).Linked) != 1 || len(b.view("Pim Haverdonk", first.Dossier).Linked) != 0 {
		t.Errorf("%d links", linked)
	}
	if got := b.openLines(in.Draft.ID); strings.Contains(got, "Pim") {
		t.Errorf("the log names Pim: %s", got)
	}
	verifies(b)
}

// TestCardWithoutADossierStandsInTheLogbook: who opened the name on a card that became no
// complaint is as much an opening as any other.
func TestCardWithoutADossierStandsInTheLogbook(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		b.at("2026-11-20 09:00")
		jorien := b.who("Jorien Tasselaar")
		id := b.card("Jorien Tasselaar", complaint.CardNote{Number: "06-00000089", Name: "Lotte Wintertaling"})
		_, err := h.Office.Card(t.Context(), jorien, id)
		b.must(err)
		b.must(h.Office.DropCard(t.Context(), jorien, office.Form{Dossier: id}, "question"))
		about := b.card("Jorien Tasselaar", complaint.CardNote{Number: "06-00000090", Concerned: []complaint.Actor{b.who("Ankie Verloop").ID}})
		_, err = h.Office.Card(t.Context(), jorien, about)
		b.must(err)
		lines := b.book("Ankie Verloop", office.LogBook{Person: jorien.ID}, office.LogQuery{})
		for _, want := range []string{"Jorien take_card", "Jorien read_card", "Jorien drop_card  question"} {
			n := 0
			for _, l := range lines {
				if l == want {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%q stands there %d times:\n%s", want, n, strings.Join(lines, "\n"))
			}
		}
	})
}

// TestCardTakesNoOtherPlace: its id is an id, and not that of a dossier or of a new
// complaint that somebody keeps.
func TestCardTakesNoOtherPlace(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		day := b.at("2026-11-20 09:00")
		pim, jorien := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar")
		in := b.intake(complaint.Post, day)
		in.HandTo, in.HandReason = jorien.ID, "over mij"
		if _, err := h.Office.Receive(t.Context(), pim, office.Form{}, in); err != nil {
			t.Fatal(err)
		}
		kept, err := h.Office.Begin()
		b.must(err)
		b.must(h.Office.KeepIntake(t.Context(), jorien, kept, complaint.Phone, day, office.Typed{"title": {"Later"}}))
		for what, id := range map[string]string{"a dossier": in.Draft.ID, "a kept intake": kept.ID, "no id": "mevrouw Brugsma belde"} {
			if err := h.Office.TakeCard(t.Context(), pim, id, complaint.CardNote{Number: "06-00000087"}); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("a card in the place of %s: %v", what, err)
			}
		}
		verifies(b)
	})
}

// TestTwoKeepAnIntakeOfOneCard, each their own; who is barred from the card keeps
// nothing, and what was kept before is gone.
func TestTwoKeepAnIntakeOfOneCard(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		day := b.at("2026-11-20 09:00")
		jorien, pim := b.who("Jorien Tasselaar"), b.who("Pim Haverdonk")
		id := b.card("Jorien Tasselaar", complaint.CardNote{Number: "06-00000089", Name: "Lotte Wintertaling"})
		d, err := h.Office.DraftFor(t.Context(), jorien, id)
		b.must(err)
		keep := func(who complaint.Person, text string) error {
			return h.Office.KeepIntake(t.Context(), who, d, complaint.Phone, day, office.Typed{"description": {text}})
		}
		text := func(who complaint.Person) string {
			u, err := h.Office.IntakeOf(t.Context(), who, id)
			if err != nil {
				return err.Error()
			}
			return u.Fields["description"][0]
		}
		b.must(keep(jorien, "van Jorien"))
		scan, err := h.Office.Keep(t.Context(), jorien, d, "brief.txt", strings.NewReader("Beste mensen,"))
		b.must(err)
		b.must(keep(pim, "van Pim"))
		b.must(keep(pim, "van Pim, beter"))
		if text(jorien) != "van Jorien" || text(pim) != "van Pim, beter" {
			t.Errorf("%q, %q", text(jorien), text(pim))
		}
		b.must(h.Office.DropIntake(t.Context(), pim, id))
		if _, err := h.Store.Unlinked(t.Context(), scan.ID, id); text(jorien) != "van Jorien" || err != nil {
			t.Errorf("with Pim's goes Jorien's: %q %v", text(jorien), err)
		}
		b.must(keep(pim, "van Pim"))
		b.must(h.Office.NameOnCard(t.Context(), jorien, office.Form{Dossier: id}, pim.ID))
		if _, err := h.Office.IntakeOf(t.Context(), pim, id); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("Pim goes on about himself: %v", err)
		}
		if err := keep(pim, "van Pim"); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("Pim keeps it anew: %v", err)
		}
		id = b.card("Jorien Tasselaar", complaint.CardNote{Number: "06-00000090"})
		d, err = h.Office.DraftFor(t.Context(), jorien, id)
		b.must(err)
		b.must(keep(jorien, "over mij"))
		b.must(h.Office.HandOverCard(t.Context(), jorien, office.Form{Dossier: id}, pim.ID))
		if _, err := h.Office.IntakeOf(t.Context(), jorien, id); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("Jorien goes on with what she gave away: %v", err)
		}
	})
}

// TestCardStepTwiceIsOne: a double click is answered as the first click, also when the
// card is out of sight since; another form with that key is not.
func TestCardStepTwiceIsOne(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		b.at("2026-11-20 09:00")
		pim, jorien := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar")
		id := b.card("Pim Haverdonk", complaint.CardNote{Number: "06-00000088"})
		try := office.Form{Key: "k1", Dossier: id, Seen: 1}
		for range 2 {
			b.must(h.Office.TryCard(t.Context(), pim, try))
		}
		if v, err := h.Office.Card(t.Context(), pim, id); err != nil || len(v.Note.Tries) != 1 {
			t.Errorf("%+v %v", v.Note.Tries, err)
		}
		give := office.Form{Key: "k2", Dossier: id, Seen: 2}
		for range 2 {
			b.must(h.Office.HandOverCard(t.Context(), pim, give, jorien.ID))
		}
		if err := h.Office.DropCard(t.Context(), pim, give, "question"); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("another step with that key: %v", err)
		}
		if err := h.Office.TryCard(t.Context(), pim, office.Form{Key: "k3", Dossier: id, Seen: 3}); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("a new step: %v", err)
		}
		if err := h.Office.TryCard(t.Context(), jorien, office.Form{Key: "k2", Dossier: id, Seen: 2}); !complaint.IsKind(err, complaint.Stale) {
			t.Errorf("an old form of a colleague: %v", err)
		}
		verifies(b)
	})
}
