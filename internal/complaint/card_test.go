package complaint

import (
	"testing"
	"time"

	"gehoor/internal/calendar"
)

func cardScene(day string, actor Actor) Scene {
	y, m, d := calendar.MustParse(day).Date()
	return Scene{Now: time.Date(y, m, d, 16, 55, 0, 0, time.UTC), Actor: actor, Calendars: Calendars{House: calendar.New(calendar.House)}}
}

// TestCardIsDueTheNextWorkingDay: a call on Friday afternoon is late on Tuesday.
func TestCardIsDueTheNextWorkingDay(t *testing.T) {
	n := CardNote{Number: "06 00000061"}
	c, err := n.Take(cardScene("2026-11-20", "jorien"))
	if err != nil || c.DueOn != calendar.MustParse("2026-11-23") || c.CalledOn != calendar.MustParse("2026-11-20") || n.TakenBy != "jorien" {
		t.Fatalf("%+v %+v %v", c, n, err)
	}
	for day, want := range map[string]bool{"2026-11-21": false, "2026-11-23": false, "2026-11-24": true} {
		if got := c.IsOverdue(calendar.MustParse(day)); got != want {
			t.Errorf("overdue on %s: %v", day, got)
		}
	}
}

func TestCardNeedsANumber(t *testing.T) {
	for number, wrong := range map[string]bool{"": true, "12": true, "geen idee": true, "030-0000123": false, "06-00000061 (dochter)": false} {
		n := CardNote{Number: number}
		if _, err := n.Take(cardScene("2026-11-20", "jorien")); IsKind(err, Invalid) != wrong {
			t.Errorf("%q: %v", number, err)
		}
	}
}

// TestCardAboutOneself is handed over; who hands it over is concerned.
func TestCardAboutOneself(t *testing.T) {
	s := cardScene("2026-11-20", "pim")
	self := CardNote{Number: "06-00000061", Concerned: []Actor{"pim"}}
	if _, err := self.Take(s); !IsKind(err, Invalid) {
		t.Errorf("about oneself, and kept: %v", err)
	}
	to := CardNote{Number: "06-00000061", For: "pim"}
	if _, err := to.Take(s); !IsKind(err, Invalid) {
		t.Errorf("handed over to oneself: %v", err)
	}
	n := CardNote{Number: "06-00000061", For: "jorien"}
	c, err := n.Take(s)
	if err != nil || len(n.Concerned) != 1 || n.Concerned[0] != "pim" {
		t.Fatalf("%+v %v", n, err)
	}
	if _, err := c.HandOver(&n, "pim", cardScene("2026-11-20", "jorien")); !IsKind(err, Invalid) {
		t.Errorf("handed back to who it is about: %v", err)
	}
}

// TestCardIsClosedOnce, and by a code of the list.
func TestCardIsClosedOnce(t *testing.T) {
	s := cardScene("2026-11-20", "jorien")
	n := CardNote{Number: "06-00000061"}
	c, err := n.Take(s)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = c.Try(&n, s); err != nil || c.State != CardWaits || len(n.Tries) != 1 || c.Version != 2 {
		t.Errorf("a try leaves it waiting: %+v %v", c, err)
	}
	if _, err := c.Drop("boos", s); !IsKind(err, Invalid) {
		t.Errorf("an unknown reason: %v", err)
	}
	if _, err := c.WriteDown(calendar.MustParse("2026-11-21"), s); !IsKind(err, Invalid) {
		t.Errorf("received after the call: %v", err)
	}
	closed, err := c.Drop("question", s)
	if err != nil || closed.State != CardNoComplaint || closed.ClosedOn != s.Today() {
		t.Fatalf("%+v %v", closed, err)
	}
	for what, err := range map[string]error{
		"try":        second(closed.Try(&n, s)),
		"drop":       second(closed.Drop("question", s)),
		"write down": second(closed.WriteDown(c.CalledOn, s)),
		"hand over":  second(closed.HandOver(&n, "hedwig", s)),
		"name":       second(closed.NameEmployee(&n, "hedwig", s)),
	} {
		if !IsKind(err, Refused) {
			t.Errorf("%s after closing: %v", what, err)
		}
	}
}

func second(_ Card, err error) error { return err }

func TestCanonicalPhone(t *testing.T) {
	for _, same := range []string{"0612345678", "06-12345678", "06 12 34 56 78", "+31 6 12345678", "+31(0)6-12345678", "0031612345678",
		"0031 (0)6 1234 5678", "31612345678", "612345678", "(06) 12345678", "06.1234.5678", "06/12345678 privé"} {
		if got := CanonicalPhone(same); got != "+31612345678" {
			t.Errorf("%q: %q", same, got)
		}
	}
	for typed, want := range map[string]string{"030-2345678 toestel 12": "+31302345678", "+49 30 123456": "+4930123456", "0049 30 123456": "+4930123456",
		"088-0000164": "+31880000164", "112": "112", "": "", "geen": ""} {
		if got := CanonicalPhone(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
