package mailroom

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// Line is a mail in the list.
type Line struct {
	complaint.Incoming
	ReceivedAt time.Time
	Codes      record.MailCodes
	Size       int64
	Name       string // of the sender; "" when the mail is part of a dossier, or was swept
	Address    string
	Subject    string
	Kept       bool   // it can still be read here
	Number     string // that was told to who sent a form
	Broken     bool   // its note does not open: somebody changed it in the register
}

// View is a mail on the table, opened.
type View struct {
	Line
	Mail   record.Mail
	Own    string            // what the sender wrote
	Quote  bool              // the mail has more text than that
	Named  []complaint.Actor // employees that it seems to name: they see nothing of it
	Letter string            // of ours, that it answers or brings back
	// ToStaff: what it answers or brings back is word to an employee, and says nothing of
	// the complainant.
	ToStaff bool
	Form    *office.Intake // what was typed, of a form of the counter; nil of a mail
	Twin    *Line          // an earlier mail that is the same, or nearly, when it may be seen
	First   *Line          // the earlier mail about which we asked what this one answers, when it may be seen
	// Question is how far the question to its sender is; nil: none was made.
	Question *record.Message
	raw      []byte
}

// List gives a page of the mails that wait, the oldest first, with their senders and
// subjects; after is the id of the last one of the page before. That this person looked
// is noted once a day.
func (r *Mailroom) List(ctx context.Context, who complaint.Person, after string) (list []Line, more bool, err error) {
	defer wrap(&err, "list mails")
	return r.list(ctx, who, calendar.Date{}, after)
}

// settledDays is how long a mail that was settled stands in the list.
const settledDays = 14

// Settled gives the mails that were settled lately, the newest first.
func (r *Mailroom) Settled(ctx context.Context, who complaint.Person) (list []Line, err error) {
	defer wrap(&err, "list settled mails")
	list, _, err = r.list(ctx, who, r.Today().AddDays(-settledDays), "")
	return list, err
}

func (r *Mailroom) list(ctx context.Context, who complaint.Person, closedFrom calendar.Date, after string) (list []Line, more bool, err error) {
	if !complaint.MayReceive(who) {
		return nil, false, &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	found, more, err := r.Cupboard.Incomings(ctx, r.sight(who), closedFrom, after)
	if err != nil {
		return nil, false, err
	}
	for _, i := range found {
		l, _ := r.lineOf(i)
		list = append(list, l)
	}
	once := r.line(who.ID, ActionList, "", "")
	once.Once = ActionList + "|" + string(who.ID) + "|" + r.Today().String()
	return list, more, r.Cupboard.Log(ctx, once)
}

// lineOf opens the note of a mail. One that does not open is shown all the same.
func (r *Mailroom) lineOf(i record.Incoming) (l Line, n note) {
	l = Line{Incoming: i.Incoming, ReceivedAt: i.ReceivedAt.In(r.Zone), Codes: i.Codes, Size: i.Size, Kept: i.Raw != "", Number: i.Number}
	if len(i.Sealed) == 0 {
		return l, n
	}
	if err := r.Office.OpenNote(draft(i), i.Sealed, &n); err != nil {
		r.Log.Error("mailroom: the note of a mail cannot be opened", "mail", i.ID, "error", err)
		l.Broken = true
	}
	l.Name, l.Address, l.Subject = n.Name, n.Address, n.Subject
	return l, n
}

// Look opens a mail. That this person read it is noted first, once a day. A mail that
// went along with a dossier, or was swept, shows its open facts only.
func (r *Mailroom) Look(ctx context.Context, who complaint.Person, id string) (v View, err error) {
	defer wrap(&err, "look at mail")
	i, err := r.onTheTable(ctx, who, id)
	if err != nil {
		return v, err
	}
	if i.Raw == "" {
		v.Line, _ = r.lineOf(i)
		return v, r.askedOf(ctx, who, &v, "")
	}
	once := r.line(who.ID, ActionRead, id, "triage")
	once.Once = ActionRead + "|" + string(who.ID) + "|" + id + "|" + r.Today().String()
	if err := r.Cupboard.Log(ctx, once); err != nil {
		return v, err
	}
	var n note
	v.Line, n = r.lineOf(i)
	v.Named, v.Letter, v.ToStaff = n.Named, n.Letter, n.Notice != ""
	if v.raw, err = r.Office.OpenOriginal(ctx, draft(i), i.Raw); err != nil {
		return v, err
	}
	if i.Codes.Kind == string(Form) {
		p, err := r.openForm(ctx, i)
		v.raw, v.Form = nil, &p.Intake
		return v, err
	}
	v.Mail = r.Open(v.raw)
	if err := r.askedOf(ctx, who, &v, n.First); err != nil {
		return v, err
	}
	v.Own = ownText(v.Mail)
	v.Quote = strings.TrimSpace(v.Own) != strings.TrimSpace(v.Mail.Text)
	if i.Twin != "" {
		twin, err := r.Cupboard.Incoming(ctx, i.Twin, r.sight(who))
		switch {
		case err == nil:
			l, _ := r.lineOf(twin)
			v.Twin = &l
		case !complaint.IsKind(err, complaint.NotFound):
			return v, err
		}
	}
	return v, nil
}

// DraftOf gives the draft of the dossier that is made of a mail: files are kept under
// its keys.
func (r *Mailroom) DraftOf(ctx context.Context, who complaint.Person, id string) (office.Draft, error) {
	i, err := r.onTheTable(ctx, who, id)
	if err == nil && i.Codes.Kind == string(Form) {
		err = complaint.ErrNotFound
	}
	if err == nil && i.State != complaint.MailWaits {
		err = &complaint.Error{Kind: complaint.Refused, Key: "refused.mail_settled"}
	}
	return draft(i), err
}

// Inner opens a mail inside this one: path names which, "2" or "2.1".
func (v View) Inner(open func([]byte) record.Mail, path string) (record.Mail, error) {
	m := v.Mail
	if path == "" {
		return m, nil
	}
	for step := range strings.SplitSeq(path, ".") {
		p, err := partOf(m, step)
		if err != nil {
			return m, err
		}
		if p.Type != "message/rfc822" {
			return m, complaint.ErrNotFound
		}
		m = open(p.Content)
	}
	return m, nil
}

func partOf(m record.Mail, step string) (record.MailPart, error) {
	n, err := strconv.Atoi(step)
	if err != nil || n < 1 || n > len(m.Parts) {
		return record.MailPart{}, complaint.ErrNotFound
	}
	return m.Parts[n-1], nil
}

// InnerOf opens a mail inside a mail that is on the table.
func (r *Mailroom) InnerOf(v View, path string) (record.Mail, error) { return v.Inner(r.Open, path) }

// File gives a file of a mail, "3" or "2.3", or with "" the mail itself as it came. It is
// noted every time.
func (r *Mailroom) File(ctx context.Context, who complaint.Person, id, path string) (f office.Opened, err error) {
	defer wrap(&err, "open file of mail")
	v, err := r.Look(ctx, who, id)
	if err != nil {
		return f, err
	}
	if !v.Kept || v.Form != nil {
		return f, complaint.ErrNotFound
	}
	f = office.Opened{Name: mailName(v.ReceivedOn), Type: "message/rfc822", Content: bytes.NewReader(v.raw)}
	if path != "" {
		steps := strings.Split(path, ".")
		m, err := r.InnerOf(v, strings.Join(steps[:len(steps)-1], "."))
		if err != nil {
			return f, err
		}
		p, err := partOf(m, steps[len(steps)-1])
		if err != nil {
			return f, err
		}
		f = office.Opened{Name: p.Name, Type: p.Type, Content: bytes.NewReader(p.Content)}
	}
	return f, r.Cupboard.Log(ctx, r.line(who.ID, ActionFile, id, "triage"))
}

// Count gives how many mails wait and since when, for who takes complaints in.
func (r *Mailroom) Count(ctx context.Context, who complaint.Person) (record.IncomingCounts, error) {
	n, err := r.Cupboard.CountIncoming(ctx, r.sight(who))
	if !n.Oldest.IsZero() {
		n.Oldest = n.Oldest.In(r.Zone)
	}
	return n, err
}

// mailboxDays is how long a mailbox that is read no longer is still shown.
const mailboxDays = 30

// Mailboxes says how reading each mailbox goes.
func (r *Mailroom) Mailboxes(ctx context.Context, who complaint.Person) ([]record.MailboxState, error) {
	if !complaint.MayReceive(who) {
		return nil, &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	list, err := r.Cupboard.Mailboxes(ctx, r.now().AddDate(0, 0, -mailboxDays))
	for i := range list {
		for _, at := range []*time.Time{&list[i].ReadAt, &list[i].FailedAt} {
			if !at.IsZero() {
				*at = at.In(r.Zone)
			}
		}
	}
	return list, err
}

// MailboxesAre says which mailboxes are read from now on. The faults of others are no
// longer shown.
func (r *Mailroom) MailboxesAre(ctx context.Context, names []string) error {
	return r.Cupboard.ForgetMailboxes(ctx, names)
}

// MailboxRead notes that a mailbox was read to its end.
func (r *Mailroom) MailboxRead(ctx context.Context, mailbox string) error {
	return r.Cupboard.SaveMailbox(ctx, record.MailboxState{Mailbox: mailbox, ReadAt: r.now()})
}

// MailboxFailed notes why a mailbox cannot be read, or what was read cannot be put away;
// fault is a code.
func (r *Mailroom) MailboxFailed(ctx context.Context, mailbox, fault string) error {
	return r.Cupboard.SaveMailbox(ctx, record.MailboxState{Mailbox: mailbox, FailedAt: r.now(), Fault: fault})
}

// Sender says whether a person wrote the mail to whom an answer may go.
func (l Line) Sender() bool { return l.Address != "" && len(l.Codes.Auto) == 0 }

// CanAsk says whether the sender can be asked whether a complaint was meant: in the thread of
// a mail, or at the address that who used the form gave.
func (l Line) CanAsk() bool { return l.Sender() }

// Has reports whether a mail carries a flag.
func (l Line) Has(flag string) bool { return slices.Contains(l.Codes.Flags, flag) }
