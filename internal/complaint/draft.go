package complaint

import (
	"slices"

	"gehoor/internal/calendar"
)

// How many days a draft waits for its owner, counted from the day it was last kept.
// One of a new complaint waits shorter: nobody else knows of it, and its term is about
// to begin.
const (
	DraftDays       = 30
	IntakeDraftDays = 7
)

// draftable are the tasks with a text that takes time to write. No form with a name or
// an address is among them: their drafts are sealed under the content key.
var draftable = []Task{TaskWord, TaskCorrect, TaskExtend, TaskAnswer, TaskNote, TaskContact, TaskAct, TaskTalk, TaskPutBefore,
	TaskAskReader, TaskReadAlong, TaskResolve, TaskPassOn, TaskNotAccept}

// HasDraft reports whether what is typed for a task may be kept and finished later.
func (t Task) HasDraft() bool { return slices.Contains(draftable, t) }

// DraftUntil is the last day of a draft that was kept on a day.
func DraftUntil(kept calendar.Date) calendar.Date { return kept.AddDays(DraftDays) }

// IntakeDraftUntil is the last day of a draft of a new complaint.
func IntakeDraftUntil(kept calendar.Date) calendar.Date { return kept.AddDays(IntakeDraftDays) }

// IntakeWaitsLong reports whether a draft of a new complaint has waited longer than one
// working day since somebody called or wrote.
func IntakeWaitsLong(calledOn, today calendar.Date, c Calendars) bool {
	return today.After(c.House.After(calledOn, calendar.Term{N: 1, Unit: calendar.WorkingDay}))
}
