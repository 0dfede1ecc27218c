package complaint

import (
	"slices"

	"gehoor/internal/calendar"
)

// Incoming is a mail that came in and that a person must judge. Like Dossier it holds no
// text that anybody typed. Its id and keys are those of the dossier that may be made of
// it.
type Incoming struct {
	ID         string
	Version    int
	State      IncomingState
	Reason     string        // no complaint: a code
	ReceivedOn calendar.Date // the day it reached the organisation
	ClosedOn   calendar.Date
	Dossier    string // of which it became part; "" while it waits, and when it is no complaint
	About      string // the dossier that it seems to answer; "" when it answers none
}

// IncomingState is what became of a mail.
type IncomingState string

// The states of a mail. Only a person's act takes it off the pile, but for a yes that
// the law lets file a complaint by itself.
const (
	MailWaits       IncomingState = "waiting"
	MailRegistered  IncomingState = "registered" // a new dossier was made of it
	MailAdded       IncomingState = "added"      // it belongs to a dossier that was there
	MailNoComplaint IncomingState = "no_complaint"
)

// MailReasons say what a mail is, when it is no complaint: what a person sent, and what a
// machine did.
var MailReasons = []string{"question", "compliment", "data_request", "advertising", "not_for_us", "automatic", "bounce", "duplicate"}

// AsksBack reports whether who sent a mail that is no complaint for this reason is told
// how to say that it is one.
func AsksBack(reason string) bool {
	return slices.Contains([]string{"question", "compliment", "data_request", "not_for_us"}, reason)
}

// MailKeptDays is how long a mail that is no complaint can still be read: its sender may
// answer that it is one, and then the day of the first mail counts.
const MailKeptDays = 90

// Register settles a mail because a dossier was made of it. It was received on the day
// of the mail, or earlier when somebody else was told before.
func (i Incoming) Register(receivedOn calendar.Date, s Scene) (Incoming, error) {
	if i.State != MailWaits {
		return i, refused("refused.mail_settled")
	}
	var m Mistakes
	if receivedOn.After(i.ReceivedOn) {
		m.Add("received_on", "error.mail_came_before", "Date", i.ReceivedOn)
	}
	i.State, i.ClosedOn, i.Dossier = MailRegistered, s.Today(), i.ID
	i.Version++
	return i, m.Err()
}

// AddTo settles a mail because it belongs to a dossier.
func (i Incoming) AddTo(dossier string, s Scene) (Incoming, error) {
	if i.State != MailWaits {
		return i, refused("refused.mail_settled")
	}
	i.State, i.ClosedOn, i.Dossier = MailAdded, s.Today(), dossier
	i.Version++
	return i, nil
}

// Dismiss settles a mail that is no complaint.
func (i Incoming) Dismiss(reason string, s Scene) (Incoming, error) {
	if i.State != MailWaits {
		return i, refused("refused.mail_settled")
	}
	var m Mistakes
	oneOf(&m, "reason", reason, MailReasons...)
	i.State, i.Reason, i.ClosedOn = MailNoComplaint, reason, s.Today()
	i.Version++
	return i, m.Err()
}

// PutBack lets a mail that was settled as no complaint wait again.
func (i Incoming) PutBack() (Incoming, error) {
	if i.State != MailNoComplaint {
		return i, refused("refused.mail_settled")
	}
	i.State, i.Reason, i.ClosedOn = MailWaits, "", calendar.Date{}
	i.Version++
	return i, nil
}

// MailSight is who is looking at the mails: every query that returns or counts them
// takes one.
type MailSight struct {
	All     bool   // the helpdesk sees every mail that does not bar them
	Orphans bool   // the intake fallback sees what names everybody of the helpdesk
	Hidden  []byte // keyed hash of the person: mails that carry it do not exist
}

// SeeMails makes the MailSight of a person; hidden is the person's keyed hash.
func SeeMails(p Person, hidden []byte) MailSight {
	return MailSight{All: p.ID != "" && p.Is(Helpdesk), Orphans: p.ID != "" && p.Fallback, Hidden: hidden}
}
