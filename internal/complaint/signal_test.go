package complaint

import (
	"slices"
	"testing"

	"gehoor/internal/calendar"
)

// rota is a crew in which hedwig is away on some days, does not work on Mondays, and
// has a deputy.
func rota(awayFrom, awayTo string, deputy Actor) Rota {
	away := func(who Actor, on calendar.Date) bool {
		return who == "hedwig" && awayFrom != "" && !on.Before(day(awayFrom)) && !on.After(day(awayTo))
	}
	house := calendar.New(calendar.House)
	return Rota{
		IsAway: away,
		AtWork: func(who Actor, on calendar.Date) bool {
			return house.IsWorkingDay(on) && on.Weekday() != 1 && !away(who, on)
		},
		Deputy:    func(string, Actor) Actor { return deputy },
		Directors: []Actor{"ankie"},
	}
}

// TestSignalOnTheHandlersLastWorkingDay: the signal of Monday 8 June comes on Friday to
// who does not work on Mondays, before a holiday to who goes on holiday, or on the day
// itself to the deputy.
func TestSignalOnTheHandlersLastWorkingDay(t *testing.T) {
	d := handled(t, "2026-06-01")
	d.Handler, d.Department = "hedwig", "scholing"
	if d.SignalOn != day("2026-06-08") {
		t.Fatalf("signal on %v", d.SignalOn)
	}
	barred := rota("2026-06-04", "2026-06-20", "liesbeth")
	barred.Barred = []Actor{"liesbeth"}
	for name, c := range map[string]struct {
		rota Rota
		on   string
		told Actor
	}{
		"free on Mondays":           {rota("", "", "liesbeth"), "2026-06-05", "hedwig"},
		"on holiday, nobody stands": {rota("2026-06-04", "2026-06-20", ""), "2026-06-03", "hedwig"},
		"on holiday, with a deputy": {rota("2026-06-04", "2026-06-20", "liesbeth"), "2026-06-08", "liesbeth"},
		"the deputy is concerned":   {barred, "2026-06-03", "hedwig"},
		"away all along":            {rota("2026-05-01", "2026-06-20", ""), "2026-06-08", "hedwig"},
	} {
		if o, _, ok := d.Wake(day(c.on).AddDays(-1), c.rota); ok {
			t.Errorf("%s: the day before: %s", name, o)
		}
		o, forDate, ok := d.Wake(day(c.on), c.rota)
		if told := d.Tells(o, day(c.on), c.rota); !ok || o != TargetNear || forDate != d.DueOn || !slices.Equal(told, []Actor{c.told}) {
			t.Errorf("%s: %v %s for %v, told %v", name, ok, o, forDate, told)
		}
	}
}

// TestOverdueGoesToThree: handler, the deputy who stands in, and director; who is barred is
// left out, and so is a deputy whose manager is there: all who are told can read it.
func TestOverdueGoesToThree(t *testing.T) {
	d, on := handled(t, "2026-06-01"), day("2026-06-16")
	d.Handler, d.Department = "hedwig", "scholing"
	barred := rota("2026-06-10", "2026-06-20", "liesbeth")
	barred.Barred = []Actor{"ankie"}
	for name, c := range map[string]struct {
		rota Rota
		told []Actor
	}{
		"the manager is there":    {rota("", "", "liesbeth"), []Actor{"hedwig", "ankie"}},
		"the deputy stands in":    {rota("2026-06-10", "2026-06-20", "liesbeth"), []Actor{"hedwig", "liesbeth", "ankie"}},
		"nobody stands in":        {rota("2026-06-10", "2026-06-20", ""), []Actor{"hedwig", "ankie"}},
		"a director is concerned": {barred, []Actor{"hedwig", "liesbeth"}},
	} {
		told := d.Tells(IsOverdue, on, c.rota)
		if !slices.Equal(told, c.told) {
			t.Errorf("%s: told %v", name, told)
		}
		for _, a := range told {
			p := Person{ID: a}
			if a == "ankie" {
				p.Roles = []Role{Director}
			}
			if !d.Reads(p, on, c.rota) {
				t.Errorf("%s: %s is told and cannot read it", name, a)
			}
		}
	}
}

// TestDeputyIsDeputyOfOneDepartment: who stands in for a manager of two departments in
// one of them sees nothing of the other.
func TestDeputyIsDeputyOfOneDepartment(t *testing.T) {
	deputy := Person{ID: "liesbeth", Roles: []Role{Manager}, StandsFor: []Stand{{"scholing", "hedwig"}}}
	d := handled(t, "2026-06-01")
	d.Handler = "hedwig"
	for department, want := range map[string]Reading{"scholing": ReadsText, "toetsing": ReadsNothing} {
		d.Department = department
		if got := MayRead(deputy, d, false, day("2026-06-02")); got != want {
			t.Errorf("%s: %v, want %v", department, got, want)
		}
	}
	d.Department = "scholing"
	if got := MayRead(deputy, d, true, day("2026-06-02")); got != ReadsNothing {
		t.Errorf("barred, and a deputy: %v", got)
	}
}
