package record

import (
	"time"

	"gehoor/internal/complaint"
)

// Notice is an e-mail that is no letter of a dossier: word to an employee, or the
// question to who wrote that no complaint was meant. Whom it goes to is sealed: who is
// missing among those who got word may be who sees nothing of the dossier.
type Notice struct {
	ID       string
	Kind     complaint.NoticeKind
	Dossier  string // word to an employee is about one; "" otherwise
	Incoming string // the mail that is answered; "" otherwise
	Cause    []byte // keyed hash: one cause gives one notice
	Token    []byte // keyed hash of its Message-ID
	SentTo   []byte // keyed hash of the address of who is no employee; empty otherwise
	State    MessageState
	Reason   string
	Attempts int
	NextAt   time.Time
	Since    time.Time
	Trouble  Trouble
	Reply    string // of the server: code and enhanced status, never its text
	Doubt    bool   // it may have gone twice
	Sealed   []byte // a NoticeBody, under the identity key of the dossier or mail
	At       time.Time
}

// NoticeBack says that a notice went and did not arrive.
type NoticeBack struct {
	Notice string
	Status string // "5.1.1", or "" when the report does not say
	At     time.Time
}

// NoticeBody is what is sealed of a notice.
type NoticeBody struct {
	V       int             `json:"v"`
	Staff   complaint.Actor `json:"staff,omitempty"` // an employee whom it is for
	Subject string          `json:"subject,omitempty"`
	Text    string          `json:"text,omitempty"`
	Parcel  Parcel          `json:"parcel"`
}

// Gone is what stays of word to an employee that went: for whom it was and to which
// address, because it may come back.
func (b NoticeBody) Gone() NoticeBody {
	return NoticeBody{V: b.V, Staff: b.Staff, Parcel: Parcel{To: b.Parcel.To}}
}

// AsMessage gives how far a notice is as what pages say of any e-mail.
func (n Notice) AsMessage() Message {
	return Message{State: n.State, Reason: n.Reason, Attempts: n.Attempts, NextAt: n.NextAt, Since: n.Since, Trouble: n.Trouble, Reply: n.Reply, Doubt: n.Doubt, At: n.At}
}

// Why a notice does not go.
const (
	HeldNoLonger = "no_longer" // whom it is for, or the dossier, changed meanwhile
)
