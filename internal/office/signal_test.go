package office_test

import (
	"slices"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// signals gives the occasions of a dossier with whom each was for.
func signals(b bench, who string, f office.Form) map[complaint.Occasion][]complaint.Actor {
	b.t.Helper()
	got := map[complaint.Occasion][]complaint.Actor{}
	for _, e := range b.view(who, f.Dossier).Events {
		if e.Kind == complaint.Reminded {
			got[e.Open.Occasion] = office.Told(e)
		}
	}
	return got
}

func (b bench) away(name, from, to string) {
	b.t.Helper()
	who := b.who(name)
	b.must(b.People.BeAbsent(b.t.Context(), who, record.Absence{Staff: who.ID, From: calendar.MustParse(from), To: calendar.MustParse(to)}))
}

// person is somebody with what the settings and today's absence add.
func (b bench) person(name string) complaint.Person {
	b.t.Helper()
	s, err := b.Store.StaffByID(b.t.Context(), b.who(name).ID)
	b.must(err)
	p, err := b.People.Person(b.t.Context(), s)
	b.must(err)
	return p
}

// TestSignalsKnowWhoIsAway: the deputy is told while the manager is away and sees the
// dossier of that department only; a late answer also reaches the director; who is
// barred is told nothing.
func TestSignalsKnowWhoIsAway(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		scholing := mail(b, "2026-06-01")
		elsewhere := mail(b, "2026-06-01")
		b.forward("Jorien Tasselaar", scholing, "Scholing", "Hedwig Brandsema")
		b.forward("Jorien Tasselaar", elsewhere, "Kwaliteitstoetsing", "Hedwig Brandsema")
		b.must(h.Office.NameEmployee(t.Context(), b.who("Jorien Tasselaar"), elsewhere, b.who("Ankie Verloop").ID, "De klager noemt haar."))
		b.at("2026-06-05")
		b.away("Hedwig Brandsema", "2026-06-08", "2026-06-19")
		b.at("2026-06-10") // the signal for Monday 15 June
		deputy, hedwig := b.person("Liesbeth van der Oort"), b.who("Hedwig Brandsema")
		if _, err := h.Office.Look(t.Context(), deputy, scholing.Dossier); err != nil {
			t.Errorf("the deputy does not see it: %v", err)
		}
		if _, err := h.Office.Look(t.Context(), deputy, elsewhere.Dossier); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("the deputy of one department sees another's: %v", err)
		}
		_, err := h.Office.Wake(t.Context())
		b.must(err)
		if got := signals(b, "Jorien Tasselaar", scholing)[complaint.TargetNear]; !slices.Equal(got, []complaint.Actor{deputy.ID}) {
			t.Errorf("told %v, want the deputy", got)
		}
		b.at("2026-06-16")
		_, err = h.Office.Wake(t.Context())
		b.must(err)
		ankie, rutgersDeputy := b.who("Ankie Verloop").ID, hedwig.ID
		if got := signals(b, "Jorien Tasselaar", scholing)[complaint.IsOverdue]; !slices.Equal(got, []complaint.Actor{hedwig.ID, deputy.ID, ankie}) {
			t.Errorf("late: told %v", got)
		}
		if got := signals(b, "Jorien Tasselaar", elsewhere)[complaint.IsOverdue]; !slices.Equal(got, []complaint.Actor{rutgersDeputy}) {
			t.Errorf("late, about the director: told %v", got)
		}
		verifies(b)
	})
}

// TestSignalOnTheLastWorkingDay: nobody stands in for the director, so the signal comes
// before the holiday.
func TestSignalOnTheLastWorkingDay(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	f := mail(b, "2026-06-01")
	b.forward("Jorien Tasselaar", f, "Scholing", "Ankie Verloop")
	b.away("Ankie Verloop", "2026-06-06", "2026-06-14")
	for _, x := range []struct {
		at   string
		want int
	}{{"2026-06-04", 0}, {"2026-06-05", 1}, {"2026-06-10", 1}} {
		b.at(x.at)
		_, err := b.Office.Wake(t.Context())
		b.must(err)
		if got := len(signals(b, "Jorien Tasselaar", f)); got != x.want {
			t.Errorf("%s: %d signals in the course", x.at, got)
		}
	}
}
