package record

import (
	"encoding/json"
	"time"

	"gehoor/internal/complaint"
)

// Incoming is a mail in the post room as the register keeps it. Open are codes, moments
// and sizes; from whom, about what and the mail itself are sealed under its own keys,
// which become those of the dossier that is made of it.
type Incoming struct {
	complaint.Incoming
	ReceivedAt time.Time
	Size       int64
	Codes      MailCodes
	Twin       string // id of an earlier mail that is the same, or nearly
	Orphan     bool   // it names everybody who takes complaints in
	Number     string // of the dossier that it may become; told to who sent a form; else ""
	Raw        string // the attachment that holds its bytes; "" once they went along or were swept
	Keys       Keys   // empty once they went along with a dossier, or were swept
	Sealed     []byte // the note, under the identity key; empty once swept
	Sum        []byte // SHA-256 of Sealed: it stays
	Mac        []byte // over the facts and Sum
	Barred     [][]byte
}

// MailCodes is what a mail seems to be, in codes. None says anything about anybody.
type MailCodes struct {
	Kind   string   `json:"kind"`
	Why    []string `json:"why,omitempty"`
	Auto   []string `json:"auto,omitempty"` // why nothing may be sent back by itself
	Flags  []string `json:"flags,omitempty"`
	Marker bool     `json:"marker,omitempty"` // the subject begins with "klacht"
}

// Facts gives what stands open on a mail, as it is authenticated.
func (i Incoming) Facts() ([]byte, error) {
	return json.Marshal(struct {
		complaint.Incoming
		ReceivedAt int64
		Size       int64
		Codes      MailCodes
		Twin, Raw  string
		Orphan     bool
		Number     string `json:",omitempty"`
	}{i.Incoming, i.ReceivedAt.UnixMicro(), i.Size, i.Codes, i.Twin, i.Raw, i.Orphan, i.Number})
}

// MailPlace is where a mail lies in a mailbox. The zero place is a file.
type MailPlace struct {
	Mailbox     string
	UIDValidity uint32
	UID         uint32
}

// Delivery is a mail as it is taken in: everything that one transaction writes.
type Delivery struct {
	Mail   Incoming
	Place  MailPlace
	File   Attachment // the mail as it came
	Chunks [][]byte   // its sealed bytes
	Raw    []byte     // keyed hash of the bytes: the same bytes are the same mail
	Alike  [][]byte   // keyed hashes by which a second delivery is found
	// Returned is word to an employee that the mail brings back; nil: none.
	Returned *NoticeBack
	Notices  []Notice // word to employees that it waits
}

// Taken is the mail of a delivery, and whether it was new.
type Taken struct {
	ID   string
	New  bool
	Kind string // what it was taken for
}

// IncomingChange is what one task writes of a mail.
type IncomingChange struct {
	Mail Incoming // its Barred stay as they are
	Seen int      // version on which it was decided
	Drop string   // the attachment with its bytes, when they stand elsewhere now; "" keeps it
	// Notices are the question to who wrote it.
	Notices []Notice
	Log     []LogLine
}

// IncomingCounts are the numbers beside the pile of mails.
type IncomingCounts struct {
	Waiting int
	Oldest  time.Time // when the oldest one came in; zero when none waits
}

// MailboxState says how reading a mailbox goes.
type MailboxState struct {
	Mailbox  string
	ReadAt   time.Time // when it was last read to its end
	FailedAt time.Time // when reading failed since; zero: it did not
	Fault    string    // a code
}
