package mailroom

import (
	"context"
	"log/slog"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// Pile keeps the mails that came in.
type Pile interface {
	TakeMail(ctx context.Context, d record.Delivery) (record.Taken, error)
	Twin(ctx context.Context, hashes [][]byte) (string, error)
	Incoming(ctx context.Context, id string, sight complaint.MailSight) (record.Incoming, error)
	Incomings(ctx context.Context, sight complaint.MailSight, closedFrom calendar.Date, after string) (list []record.Incoming, more bool, err error)
	CountIncoming(ctx context.Context, sight complaint.MailSight) (record.IncomingCounts, error)
	Settling(ctx context.Context, kind string) ([]string, error)
	WriteIncoming(ctx context.Context, c record.IncomingChange) error
	SweepIncoming(ctx context.Context, before calendar.Date, sign func(record.Incoming) ([]byte, error)) (int64, error)
}

// Cupboard is the store, as the mail room uses it.
type Cupboard interface {
	Pile
	Questions
	SaveMailbox(ctx context.Context, m record.MailboxState) error
	Mailboxes(ctx context.Context, since time.Time) ([]record.MailboxState, error)
	ForgetMailboxes(ctx context.Context, except []string) error
	Staff(ctx context.Context) ([]record.Staff, error)
	Log(ctx context.Context, lines ...record.LogLine) error
}

// Questions keeps what who wrote a mail is asked.
type Questions interface {
	AddNotice(ctx context.Context, n record.Notice, line record.LogLine) error
	NoticeOf(ctx context.Context, incoming string) (record.Notice, error)
	NoticeAgain(ctx context.Context, id string, now time.Time, line record.LogLine) error
	Questions(ctx context.Context, sight complaint.MailSight, sentFrom time.Time, limit int) ([]record.Notice, error)
}

// Ours is a message that we sent, found by the token in a mail that answers it or
// brings it back.
type Ours struct {
	Dossier string
	Letter  string
	SentTo  []byte // keyed hash of the address
	Mail    string // of a question to who wrote a mail: that mail; "" otherwise
	Notice  string // of word to an employee about the dossier; "" otherwise
}

// Mailroom takes mail in and lets people judge it.
type Mailroom struct {
	Cupboard Cupboard
	Office   *office.Office
	// Open reads a mail: bytes become what they say.
	Open func(raw []byte) record.Mail
	// Index makes a keyed hash.
	Index func(purpose string, parts ...string) []byte
	// FindOurs finds a message of ours by its Message-ID; nil: none is known.
	FindOurs func(ctx context.Context, messageID string) (ours Ours, found bool, err error)
	// Address makes the keyed hash of an address, as it stands in Ours.
	Address func(address string) []byte
	Now     func() time.Time
	Zone    *time.Location
	Log     *slog.Logger

	alikes stripes
}

func (r *Mailroom) now() time.Time { return r.Now().In(r.Zone) }

// Today is the local date.
func (r *Mailroom) Today() calendar.Date { return calendar.Of(r.now()) }

// hidden is the keyed hash under which a person is barred from mails and dossiers.
func (r *Mailroom) hidden(staff complaint.Actor) []byte { return r.Index("barred", string(staff)) }

func (r *Mailroom) sight(who complaint.Person) complaint.MailSight {
	return complaint.SeeMails(who, r.hidden(who.ID))
}

func (r *Mailroom) scene(who complaint.Actor) complaint.Scene {
	return complaint.Scene{Now: r.now(), Actor: who}
}

// draft is the dossier that a mail may become: its id and keys.
func draft(i record.Incoming) office.Draft { return office.Draft{ID: i.ID, Keys: i.Keys} }

// note is what the list shows of a mail. It exists in plaintext in memory only.
type note struct {
	V       int               `json:"v"`
	Name    string            `json:"name,omitempty"`
	Address string            `json:"address,omitempty"`
	Subject string            `json:"subject,omitempty"`
	Named   []complaint.Actor `json:"named,omitempty"`  // employees that it seems to name
	Letter  string            `json:"letter,omitempty"` // of ours, that it answers or brings back
	Form    []byte            `json:"form,omitempty"`   // hash of what a form says
	office.FormNote
	First  string `json:"first,omitempty"`  // the mail about which we asked what it answers
	Notice string `json:"notice,omitempty"` // word to an employee, that it answers or brings back
}
