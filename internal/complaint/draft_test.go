package complaint

import (
	"testing"

	"gehoor/internal/calendar"
)

func TestNoFormWithANameHasADraft(t *testing.T) {
	for _, task := range []Task{TaskIdentity, TaskOpenIdentity, TaskName, TaskReceive, TaskAttach} {
		if task.HasDraft() {
			t.Errorf("%s has a draft", task)
		}
	}
	for _, task := range []Task{TaskWord, TaskAnswer, TaskNote, TaskPutBefore, TaskExtend} {
		if !task.HasDraft() {
			t.Errorf("%s has no draft", task)
		}
	}
	for _, task := range draftable {
		if _, known := table[task]; !known {
			t.Errorf("nobody may %s", task)
		}
	}
}

func TestIntakeWaitsLong(t *testing.T) {
	c := Calendars{House: calendar.New(calendar.House)}
	for _, x := range []struct {
		called, today string
		long          bool
	}{
		{"2026-11-24", "2026-11-24", false},
		{"2026-11-24", "2026-11-25", false}, // Tuesday, the next day
		{"2026-11-24", "2026-11-26", true},
		{"2026-11-27", "2026-11-30", false}, // Friday, Monday
		{"2026-11-27", "2026-12-01", true},
	} {
		if got := IntakeWaitsLong(calendar.MustParse(x.called), calendar.MustParse(x.today), c); got != x.long {
			t.Errorf("called on %s, on %s: %v", x.called, x.today, got)
		}
	}
}
