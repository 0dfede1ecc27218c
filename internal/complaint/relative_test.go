package complaint

import (
	"slices"
	"testing"
)

// dead is a complaint in handling whose complainant died.
func dead(t *testing.T) Dossier {
	t.Helper()
	return do(t, handled(t, "2026-05-11"), func(d Dossier) ([]Event, error) { return d.Died(day("2026-05-13"), "De zoon belde.", at("2026-05-13")) })
}

// TestRelativeGoesOnOrStops: post stops at once; a relative goes on, or stops. The dates
// do not move.
func TestRelativeGoesOnOrStops(t *testing.T) {
	alive := handled(t, "2026-05-11")
	goOn := Decision{Choice: GoesOn, On: day("2026-05-15"), How: HowPhone, Said: "Mijn moeder wilde het zo.", CanReach: true}
	if _, err := alive.RelativeDecides(goOn, at("2026-05-15")); !IsKind(err, Refused) || alive.StopsPost() || alive.Allows(TaskCondole) {
		t.Errorf("nobody died: %v", err)
	}
	d := dead(t)
	if !d.StopsPost() || !d.Allows(TaskCondole) || !d.Allows(TaskRelative) {
		t.Error("post goes on")
	}
	far := goOn
	far.CanReach, far.On, far.Said = false, day("2026-05-12"), ""
	if _, err := d.RelativeDecides(far, at("2026-05-15")); !slices.Equal(fields(err), []string{"choice:error.relative_address", "on:error.date_order", "said:error.required"}) {
		t.Errorf("%v", fields(err))
	}
	on := do(t, d, func(d Dossier) ([]Event, error) { return d.RelativeDecides(goOn, at("2026-05-15")) })
	if on.StopsPost() || on.State != InHandling || on.DueOn != d.DueOn || on.Allows(TaskRelative) {
		t.Errorf("goes on: %s, due %v", on.State, on.DueOn)
	}
	stop := goOn
	stop.Choice, stop.CanReach = Stops, false
	off := do(t, d, func(d Dossier) ([]Event, error) { return d.RelativeDecides(stop, at("2026-05-15")) })
	if off.State != IsWithdrawn || off.ClosedOn != day("2026-05-15") || off.Allows(TaskRelative) {
		t.Errorf("stops: %s", off.State)
	}
}

func TestCondolenceNamesAllMistakesAtOnce(t *testing.T) {
	if err := dead(t).Condole(Condolence{}); !slices.Equal(fields(err), []string{"deceased:error.required", "name:error.required", "street:error.required", "town:error.required"}) {
		t.Errorf("%v", fields(err))
	}
	if err := dead(t).Condole(Condolence{Deceased: "uw moeder", Name: "B. de Wit", Street: "Veerdam", Town: "Noordzande"}); err != nil {
		t.Error(err)
	}
	if err := handled(t, "2026-05-11").Condole(Condolence{}); !IsKind(err, Refused) {
		t.Errorf("nobody died: %v", err)
	}
}

// TestOutcomeForTheEmployeeNamesNobody: only after the answer, only of a complaint about
// an employee, and without what shows who complained.
func TestOutcomeForTheEmployeeNamesNobody(t *testing.T) {
	d := handled(t, "2026-05-11")
	if err := d.TellEmployee("Wij gaven de klager gelijk."); !IsKind(err, Refused) {
		t.Errorf("not answered: %v", err)
	}
	d.Subjects, d.State, d.AnsweredOn = []SubjectKind{AboutEmployee}, IsAnswered, day("2026-05-20")
	hidden := []string{"Abel Rooskens", "Rooskens", "", "06-00000074", "3561 KL", "x"}
	for text, want := range map[string][]string{
		"":                              {"outcome:error.required"},
		"Meneer ROOSKENS kreeg gelijk.": {"outcome:error.outcome_has_name"},
		"Bel hem op 06-00000074!":       {"outcome:error.outcome_has_name"},
		"Hij woont op 3561 KL, dus.":    {"outcome:error.outcome_has_name"},
		"Wij gaven de klager gelijk.":   nil,
		"Roosken en x staan er niet.":   nil,
	} {
		if got := fields(d.TellEmployee(text, hidden...)); !slices.Equal(got, want) {
			t.Errorf("%q: %v", text, got)
		}
	}
	d.Subjects = []SubjectKind{AboutService}
	if err := d.TellEmployee("Wij gaven de klager gelijk."); !IsKind(err, Refused) {
		t.Errorf("about a service: %v", err)
	}
}
