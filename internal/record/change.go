package record

import (
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

// Event is a row of the course: open JSON, sealed bytes, and the mac that chains it
// to the one before.
type Event struct {
	Dossier string
	Version int
	Kind    complaint.Kind
	At      time.Time
	Actor   complaint.Actor
	Open    []byte
	Sealed  []byte
	Mac     []byte
}

// Keys are the two keys of a dossier, wrapped under an epoch key.
type Keys struct {
	Content  []byte // description, wish, notes, answer
	Identity []byte // name and address, letters, scans
}

// Dossier is the row that a course leads to, with its sealed title.
type Dossier struct {
	complaint.Dossier
	Title   []byte // sealed under the content key
	Code    []byte // slow keyed hash of the complainant's code; nil: none was given
	LastMac []byte // mac of the last event
	Mac     []byte // over id, version, last mac and the open state
	Keys    Keys
}

// Change is everything one task writes, in one transaction: all of it or nothing.
type Change struct {
	Request Request
	New     bool // the first events of a new dossier
	Dossier Dossier
	Seen    int // version on which the events were decided; another one is a lost race

	Events    []Event
	Identity  *IdentityRow
	Index     []IndexRow // keyed hashes by which a caller is found; replaces the old ones when Identity is set
	Barred    [][]byte   // keyed hashes of people who see nothing of it from now on
	Cleared   [][]byte   // keyed hashes of people who are barred no longer
	Letters   []Letter
	Posted    []Posting // letters that went out
	Unposted  []string  // letters that did not go out after all
	CameBack  bool      // a letter or e-mail came back
	Lapsed    []string  // letters that a newer text took the place of
	LapsedOn  calendar.Date
	Messages  []Message  // e-mails to send, of letters of this change or of earlier ones
	OnPaper   []string   // letters whose e-mail goes on paper instead
	Notices   []Notice   // word to employees that this is theirs to do
	Stopped   []string   // lapsed letters whose e-mail must not be on its way, or gone
	GoesOn    bool       // it was not withdrawn: the e-mail that stayed here for that goes after all
	Delivered *Delivered // the e-mail that the mail server took
	Links     []string   // attachments that belong to this dossier from now on
	TextLinks []TextLink // by which letters of this change lead to the text
	LinksEnd  *LinksEnd  // those made before end
	Reminded  *Reminder
	Drafts    DraftEnd
	Card      *CardChange     // the quick card of which this dossier was made
	Incoming  *IncomingChange // the mail of which this dossier was made, or that was added to it
	Log       []LogLine
}

// Request makes a double click harmless: the same key by the same person gets the
// first result; with other content it is refused.
type Request struct {
	Key   string
	Actor complaint.Actor
	Hash  []byte // of the content
}

// IdentityRow is one version of a complainant's identity, sealed.
type IdentityRow struct {
	Dossier string
	Version int
	At      time.Time
	Actor   complaint.Actor
	Sealed  []byte
	Mac     []byte
}

// IndexRow is a keyed hash by which a person's dossiers are found.
type IndexRow struct {
	Kind string // email, phone, mobile, address, …: why it was found
	Hash []byte
}

// Found is a dossier with the kinds of keyed hashes by which it was found.
type Found struct {
	Dossier Dossier
	Kinds   []string
}

// Reminder claims a signal: unique per dossier, occasion and date.
type Reminder struct {
	Occasion complaint.Occasion
	ForDate  string
}

// LogLine says who did or saw what, why, and with what result (fields of NEN 7513;
// ids only).
type LogLine struct {
	ID       string
	At       time.Time
	Actor    complaint.Actor
	OnBehalf complaint.Actor
	Action   string // open_identity, read, list, log_in, …
	Dossier  string
	Reason   string // a code
	Remark   []byte // sealed under the content key
	Result   string // done, refused
	Once     string // when not empty: at most one line with this key stands in the log
}
