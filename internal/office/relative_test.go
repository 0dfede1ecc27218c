package office_test

import (
	"encoding/json"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// printed gives the letters of a kind of a dossier, as an unsealed order shows them.
func (b bench) letters(who string, f office.Form, kind record.LetterKind) (list []record.Letter) {
	b.t.Helper()
	for _, l := range b.view(who, f.Dossier).Letters {
		if l.Kind == kind {
			list = append(list, l)
		}
	}
	return list
}

// TestARelativeGoesOn: the condolence goes to the relative, and so does the answer; what
// was made for the complainant stays here.
func TestARelativeGoesOn(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Post, b.at("2026-06-22"))
		f, jorien := b.receive("Jorien Tasselaar", in), b.who("Jorien Tasselaar")
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		c := complaint.Condolence{Deceased: "uw vader", Name: "Berber Rooskens", Greeting: "mevrouw Rooskens", Street: "Kade", House: "7", Postcode: "3561KM", Town: "Noordzande"}
		if err := h.Office.Condole(t.Context(), jorien, f, c); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("nobody died: %v", err)
		}
		b.at("2026-06-23")
		b.must(h.Office.Died(t.Context(), jorien, f, h.Office.Today(), "De dochter belde."))
		goOn := complaint.Decision{Choice: complaint.GoesOn, On: h.Office.Today(), How: complaint.HowPhone, Said: "Ga door."}
		if err := h.Office.RelativeDecides(t.Context(), jorien, f, goOn); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("nobody knows where the relative lives: %v", err)
		}
		b.must(h.Office.Condole(t.Context(), jorien, f, c))
		room := map[record.LetterKind]string{}
		for _, p := range b.waiting(f) {
			room[p.Kind] = p.Held
		}
		if held, waits := room[record.Condolence]; held != "" || !waits || len(room) != 1 {
			t.Errorf("in the post room: %v", room)
		}
		b.at("2026-06-25")
		goOn.On = h.Office.Today()
		b.must(h.Office.RelativeDecides(t.Context(), jorien, f, goOn))
		b.at("2026-06-26")
		b.release("Hedwig Brandsema", f, complaint.HowPost)
		for _, p := range b.waiting(f) {
			if p.Held != "" || p.Kind == record.Acknowledgement {
				t.Errorf("%s is held: %q", p.Kind, p.Held)
			}
		}
		for kind, says := range map[record.LetterKind]string{record.Condolence: "mevrouw Rooskens", record.Answer: "mevrouw Rooskens"} {
			if got := b.order(f, b.letters("Jorien Tasselaar", f, kind)[0]); got.Salutation != says || got.Addressee[0] != "Berber Rooskens" || got.Addressee[1] != "Kade 7" {
				t.Errorf("%s goes to %q, %q", kind, got.Salutation, got.Addressee)
			}
		}
		identity, err := h.Office.OpenIdentity(t.Context(), jorien, f.Dossier, office.Opening{Reason: "letter"})
		b.must(err)
		if identity.Name != "Abel Rooskens" {
			t.Errorf("the complainant is %q", identity.Name)
		}
		verifies(b)
	})
}

// order reads what a letter says before it is printed.
func (b bench) order(f office.Form, l record.Letter) (order record.Order) {
	b.t.Helper()
	d, err := b.Store.Dossier(b.t.Context(), f.Dossier, complaint.Sight{All: true})
	b.must(err)
	plain, err := b.Office.Sealer.Open(d, record.LetterFacts, l.ID, l.Params)
	b.must(err)
	b.must(json.Unmarshal(plain, &order))
	return order
}

// TestARelativeStops: the complaint is withdrawn, and no letter says so to the dead.
func TestARelativeStops(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	f, jorien := mail(b, "2026-06-22"), b.who("Jorien Tasselaar")
	b.must(b.Office.Died(t.Context(), jorien, f, b.Office.Today(), ""))
	before := len(b.view("Jorien Tasselaar", f.Dossier).Letters)
	b.must(b.Office.RelativeDecides(t.Context(), jorien, f, complaint.Decision{Choice: complaint.Stops, On: b.Office.Today(), How: complaint.HowPhone, Said: "Laat maar."}))
	if v := b.view("Jorien Tasselaar", f.Dossier); v.State != complaint.IsWithdrawn || len(v.Letters) != before {
		t.Errorf("%s, %d letters", v.State, len(v.Letters))
	}
	verifies(b)
}

// TestOutcomeForTheEmployee: made by the handler after the answer, to who was named, at
// work; nobody of whom the complaint is finds it, and no detail of the complainant
// stands in it.
func TestOutcomeForTheEmployee(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Post, b.at("2026-06-22"))
		pim := b.who("Pim Haverdonk")
		in.Subjects, in.ConcernedStaff, in.ConcernedN = []complaint.SubjectKind{complaint.AboutEmployee}, []complaint.Actor{pim.ID}, "de stagiair Wout"
		f, hedwig := b.receive("Jorien Tasselaar", in), b.who("Hedwig Brandsema")
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		b.must(h.Office.PutBefore(t.Context(), hedwig, f, complaint.Hearing{On: h.Office.Today(), Told: true, Statement: "s", Read: complaint.NoReaction}))
		text := "Wij vinden dat het vriendelijker kan.\n\nWij praten er samen over."
		if err := h.Office.TellEmployee(t.Context(), hedwig, f, string(pim.ID), text); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("before the answer: %v", err)
		}
		b.at("2026-06-24")
		b.answer("Hedwig Brandsema", f, complaint.HowPost)
		for name, c := range map[string]struct {
			who, to, text string
			want          complaint.ErrorKind
		}{
			"by the helpdesk":  {"Jorien Tasselaar", string(pim.ID), text, complaint.Refused},
			"by Pim":           {"Pim Haverdonk", string(pim.ID), text, complaint.NotFound},
			"to somebody else": {"Hedwig Brandsema", string(b.who("Rutger Eikelhof").ID), text, complaint.Invalid},
			"with a name":      {"Hedwig Brandsema", string(pim.ID), "Meneer Rooskens had gelijk.", complaint.Invalid},
			"without words":    {"Hedwig Brandsema", string(pim.ID), " ", complaint.Invalid},
		} {
			if err := h.Office.TellEmployee(t.Context(), b.who(c.who), f, c.to, c.text); !complaint.IsKind(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		b.must(h.Office.TellEmployee(t.Context(), hedwig, f, string(pim.ID), text))
		b.must(h.Office.TellEmployee(t.Context(), hedwig, f, "de stagiair Wout", text))
		letters := b.letters("Jorien Tasselaar", f, record.EmployeeOutcome)
		if len(letters) != 2 {
			t.Fatalf("%d letters", len(letters))
		}
		for i, name := range []string{"Pim Haverdonk", "de stagiair Wout"} {
			order := b.order(f, letters[i])
			if order.Addressee[0] != name || order.Salutation != name || !order.Personal || order.Facts.SaidOn.String() != "2026-06-22" {
				t.Errorf("to %q: %+v", name, order)
			}
			d, err := h.Office.Press.Compose(func() record.Order { order.Number, order.Date = "2026-417", h.Office.Today(); return order }())
			b.must(err)
			var all strings.Builder
			for _, block := range d.Blocks {
				all.WriteString(block.Text)
			}
			if has(all.String()+d.Subject, "Rooskens", "Uw klacht", "geopend") || !has(all.String(), "vriendelijker") {
				t.Errorf("it says %s: %s", d.Subject, all.String())
			}
		}
		if _, err := h.Office.PrintLetter(t.Context(), pim, letters[0].ID); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("Pim prints it: %v", err)
		}
		verifies(b)
	})
}
