package mailroom

import (
	"context"
	"slices"
	"strings"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// The actions of log lines about questions to who wrote a mail.
const (
	ActionAsk       = "ask_back"
	ActionAskedText = "read_question"
)

// errCannotAsk refuses a question to who cannot be asked, or need not be.
var errCannotAsk = &complaint.Error{Kind: complaint.Refused, Key: "refused.cannot_ask"}

// errNotAsked refuses the words of a question that was not asked, or is gone.
var errNotAsked = &complaint.Error{Kind: complaint.Refused, Key: "refused.not_asked"}

// question makes what the sender of a mail is asked; nil when there is nobody to ask, no
// address to ask from, or it was asked before. A machine is asked nothing.
func (r *Mailroom) question(ctx context.Context, who complaint.Person, id string) (*record.Notice, error) {
	i, err := r.onTheTable(ctx, who, id)
	if err != nil || i.Raw == "" {
		return nil, err
	}
	l, _ := r.lineOf(i)
	if _, err := r.Cupboard.NoticeOf(ctx, id); !l.CanAsk() || !complaint.IsKind(err, complaint.NotFound) {
		if complaint.IsKind(err, complaint.NotFound) {
			err = nil
		}
		return nil, err
	}
	q := office.Question{Mail: draft(i), ReceivedOn: i.ReceivedOn}
	if i.Codes.Kind == string(Form) {
		q.To, q.Form = l.Address, i.Number
		return r.Office.AskBack(ctx, q)
	}
	m, err := r.openMail(ctx, i)
	if err != nil || m.Sender() == "" {
		return nil, err
	}
	q.To, q.InReplyTo = m.Sender(), m.MessageID
	if m.MessageID != "" {
		const longest = 10
		q.References = append(slices.Clone(m.References[max(0, len(m.References)-longest+1):]), m.MessageID)
	}
	return r.Office.AskBack(ctx, q)
}

// Ask asks the sender of a mail that was settled as no complaint whether it was meant as
// one; or lets the question go again that was held, or did not go.
func (r *Mailroom) Ask(ctx context.Context, who complaint.Person, id string) (err error) {
	defer wrap(&err, "ask back")
	i, err := r.onTheTable(ctx, who, id)
	if err != nil {
		return err
	}
	if i.State != complaint.MailNoComplaint || !complaint.AsksBack(i.Reason) {
		return errCannotAsk
	}
	question, err := r.question(ctx, who, id)
	if err != nil {
		return err
	}
	if question == nil {
		return r.askOnceMore(ctx, who, id)
	}
	return r.Cupboard.AddNotice(ctx, *question, r.line(who.ID, ActionAsk, id, ""))
}

// askOnceMore lets a question go that stands there and did not go.
func (r *Mailroom) askOnceMore(ctx context.Context, who complaint.Person, id string) error {
	n, err := r.Cupboard.NoticeOf(ctx, id)
	if complaint.IsKind(err, complaint.NotFound) {
		return nil // nobody can be asked: the page gives the text
	}
	if err != nil || n.State == record.MessageSent || n.State == record.MessageSending || n.State == record.MessageWaiting && n.Trouble == "" {
		return err
	}
	err = r.Cupboard.NoticeAgain(ctx, n.ID, r.now(), r.line(who.ID, ActionAsk, id, ""))
	if complaint.IsKind(err, complaint.NotFound) {
		return nil // it is under way
	}
	return err
}

// Asking is the question to who wrote a mail, for the post room: nothing is opened.
type Asking struct {
	Mail       string
	ReceivedAt time.Time
	Message    record.Message
}

// questionRows is how many questions the post room shows.
const questionRows = 100

// Asked gives the questions that wait to go, and those that went today, the latest first.
func (r *Mailroom) Asked(ctx context.Context, who complaint.Person) (list []Asking, err error) {
	defer wrap(&err, "list questions")
	if !complaint.MayReceive(who) {
		return nil, &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	found, err := r.Cupboard.Questions(ctx, r.sight(who), r.now().AddDate(0, 0, -1), questionRows)
	for _, n := range found {
		i, err := r.Cupboard.Incoming(ctx, n.Incoming, r.sight(who))
		if err != nil {
			return nil, err
		}
		list = append(list, Asking{i.ID, i.ReceivedAt.In(r.Zone), r.message(n)})
	}
	return list, err
}

func (r *Mailroom) message(n record.Notice) record.Message {
	m := n.AsMessage()
	m.NextAt, m.Since, m.At = m.NextAt.In(r.Zone), m.Since.In(r.Zone), m.At.In(r.Zone)
	return m
}

// askedOf adds to a mail on the table what its sender was asked, and about which earlier
// mail it was that this one answers.
func (r *Mailroom) askedOf(ctx context.Context, who complaint.Person, v *View, first string) error {
	n, err := r.Cupboard.NoticeOf(ctx, v.ID)
	switch {
	case err == nil && n.Reason != record.HeldNoLonger:
		m := r.message(n)
		v.Question = &m
	case err != nil && !complaint.IsKind(err, complaint.NotFound):
		return err
	}
	if first == "" {
		return nil
	}
	i, err := r.Cupboard.Incoming(ctx, first, r.sight(who))
	if complaint.IsKind(err, complaint.NotFound) {
		return nil
	}
	l, _ := r.lineOf(i)
	v.First = &l
	return err
}

// QuestionText gives what the sender of a mail was asked, to print: with its address. It
// is noted.
func (r *Mailroom) QuestionText(ctx context.Context, who complaint.Person, id string) (body record.NoticeBody, err error) {
	defer wrap(&err, "read question")
	i, err := r.onTheTable(ctx, who, id)
	if err != nil {
		return body, err
	}
	n, err := r.Cupboard.NoticeOf(ctx, id)
	if complaint.IsKind(err, complaint.NotFound) || err == nil && (len(n.Sealed) == 0 || len(i.Keys.Identity) == 0) {
		err = errNotAsked
	}
	if err != nil {
		return body, err
	}
	if body, err = r.Office.OpenQuestion(draft(i), n); err != nil {
		return body, err
	}
	return body, r.Cupboard.Log(ctx, r.line(who.ID, ActionAskedText, id, "triage"))
}

// TakeFirst takes the mail back to the pile about which its sender says: it is a complaint.
// It gives that mail, of which the complaint is made: its day counts.
func (r *Mailroom) TakeFirst(ctx context.Context, who complaint.Person, id string) (first Line, err error) {
	defer wrap(&err, "take the first mail")
	v, err := r.Look(ctx, who, id)
	if err != nil {
		return first, err
	}
	if v.First == nil || !v.First.Kept {
		return first, &complaint.Error{Kind: complaint.Refused, Key: "refused.mail_gone"}
	}
	if v.First.State == complaint.MailWaits { // a double click, or somebody put it back
		return *v.First, nil
	}
	return *v.First, r.PutBack(ctx, who, v.First.ID)
}

// barredToo hides a mail from whom the mail is hidden that it goes on about: its quote, or
// its answer, says the same.
func (r *Mailroom) barredToo(ctx context.Context, i *record.Incoming, first string) error {
	if first == "" {
		return nil
	}
	old, err := r.Cupboard.Incoming(ctx, first, complaint.MailSight{All: true})
	if complaint.IsKind(err, complaint.NotFound) {
		return nil
	}
	i.Barred = withTokens(i.Barred, old.Barred)
	i.Orphan = i.Orphan || old.Orphan
	return err
}

// meansComplaint reports whether an answer to our question reads as: yes, a complaint.
func meansComplaint(own string) bool {
	body, _ := bodyOf(own)
	said := bare(strings.Join(body, " "))
	if said == "klacht" || said == "complaint" {
		return true
	}
	return !startNo.MatchString(said) && !hasWord(said, noComplaint) && (startYes.MatchString(said) || hasWord(said, meantWords))
}

var meantWords = vocabulary(`klacht complaint`)
