package record

import (
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

// Draft is what somebody typed for a task and kept, sealed under the content key of its
// dossier. There is one per person, dossier and task, and nobody else sees it.
type Draft struct {
	Dossier string
	Owner   complaint.Actor
	Task    complaint.Task
	Seen    int // the version of the dossier that the form showed
	At      time.Time
	Sealed  []byte
}

// OwnDraft is a draft in its owner's list, without its text.
type OwnDraft struct {
	Draft
	Of Dossier
}

// IntakeDraft is a new complaint that was not taken in yet: the keys of the dossier
// that is about to be, and what was typed, sealed under its identity key.
type IntakeDraft struct {
	ID       string // of the dossier that is about to be
	Owner    complaint.Actor
	Channel  complaint.Channel
	CalledOn calendar.Date // when somebody called or wrote
	At       time.Time
	Keys     Keys
	Sealed   []byte
}

// DraftEnd says which drafts of a dossier end with a change.
type DraftEnd struct {
	Owner complaint.Actor // carried Task out
	Task  complaint.Task
	Of    []complaint.Actor // see nothing of the dossier from now on
	All   bool              // the dossier is closed
}
