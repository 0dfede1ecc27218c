package office

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const (
	// sendLease is how long a process may be at one message before another takes it over:
	// longer than a mail server may take to answer.
	sendLease = 15 * time.Minute
	// tryFor is how long a message is tried before a person is told.
	tryFor = 5 * 24 * time.Hour
	// carriers is how many messages one process sends at a time: a server that is slow on
	// one does not stop the others.
	carriers = 4
	// dueAtOnce is how many messages are looked at in one round.
	dueAtOnce = 100
)

// pause is how long to wait after so many tries.
func pause(attempts int) time.Duration {
	switch {
	case attempts <= 1:
		return time.Minute
	case attempts == 2:
		return 5 * time.Minute
	case attempts == 3:
		return 15 * time.Minute
	}
	return time.Hour
}

// Deliver sends the e-mail that is due, each message by one process at a time. It gives
// the number of messages that went; one that fails does not stop the others.
func (o *Office) Deliver(ctx context.Context) (n int, err error) {
	defer wrap(&err, "office: deliver")
	if !o.SendsMail() {
		return 0, nil
	}
	letters, err := o.Cupboard.DueMessages(ctx, o.now(), dueAtOnce)
	if err != nil {
		return 0, err
	}
	notices, err := o.Cupboard.DueNotices(ctx, o.now(), dueAtOnce)
	if err != nil {
		return 0, err
	}
	var due []parcelRound // what complainants wait for goes first
	for _, id := range letters {
		due = append(due, parcelRound{"letter", id, o.deliver})
	}
	for _, id := range notices {
		due = append(due, parcelRound{"notice", id, o.deliverNotice})
	}
	return carry(ctx, due)
}

// parcelRound is one thing to bring away.
type parcelRound struct {
	what, id string
	send     func(ctx context.Context, id string) (went bool, err error)
}

// carry brings several things away, some at a time.
func carry(ctx context.Context, due []parcelRound) (n int, err error) {
	var mu sync.Mutex
	var faults []error
	queue := make(chan parcelRound)
	var rooms sync.WaitGroup
	for range min(carriers, len(due)) {
		rooms.Go(func() {
			for x := range queue {
				went, err := x.send(ctx, x.id)
				mu.Lock()
				if err != nil {
					faults = append(faults, fmt.Errorf("%s %s: %w", x.what, x.id, err))
				}
				if went {
					n++
				}
				mu.Unlock()
			}
		})
	}
	for _, x := range due {
		if ctx.Err() != nil {
			break
		}
		queue <- x
	}
	close(queue)
	rooms.Wait()
	return n, errors.Join(faults...)
}

// deliver sends one message, if no other process is at it.
func (o *Office) deliver(ctx context.Context, letter string) (bool, error) {
	msg, err := o.Cupboard.ClaimMessage(ctx, letter, o.now(), o.now().Add(sendLease))
	if complaint.IsKind(err, complaint.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	// What was claimed is settled, also when the program stops meanwhile.
	settle := context.WithoutCancel(ctx)
	l, err := o.Cupboard.Letter(settle, letter, all)
	if err != nil {
		return false, err
	}
	d, err := o.Cupboard.Dossier(settle, l.Dossier, all)
	if err != nil {
		return false, err
	}
	if !l.SentOn.IsZero() { // a person says that it went
		return false, o.Cupboard.DeliveredAlready(settle, record.Delivered{Letter: letter, At: o.now()})
	}
	reason, err := o.mustStay(settle, msg, l, d.Dossier)
	if err != nil {
		return false, err
	}
	if reason != "" {
		msg.State, msg.Reason, msg.At = stateFor(reason), reason, o.now()
		return false, o.Cupboard.SettleMessage(settle, msg)
	}
	parcel, err := o.Sealer.OpenParcel(d, msg)
	if err != nil {
		msg.State, msg.Trouble, msg.Reply, msg.At = record.MessageFailed, record.NoSenderKnown, "", o.now()
		return false, errors.Join(err, o.Cupboard.SettleMessage(settle, msg))
	}
	if parcel.Copy, err = o.stillCopied(settle, d, parcel.Copy); err != nil {
		return false, errors.Join(err, o.later(settle, d, msg, record.Receipt{}))
	}
	receipt := o.Mail.Send(ctx, parcel)
	if receipt.Accepted {
		return true, o.accepted(settle, msg, receipt)
	}
	return false, o.later(settle, d, msg, receipt)
}

func stateFor(reason string) record.MessageState {
	if reason == record.HeldOld {
		return record.MessageFailed
	}
	return record.MessageHeld
}

// mustStay says why a message that is due must not go by itself, or "".
func (o *Office) mustStay(ctx context.Context, msg record.Message, l record.Letter, d complaint.Dossier) (string, error) {
	if reason := held(l, d); reason != "" {
		return reason, nil
	}
	if !l.LapsedOn.IsZero() {
		return complaint.HeldLapsed, nil
	}
	if msg.Reason == record.Asked {
		return "", nil
	}
	if msg.Attempts == 1 && o.now().Sub(msg.Since) > tryFor {
		return record.HeldOld, nil // no server was set up: what it says may be overtaken
	}
	if l.Kind != record.Acknowledgement {
		return "", nil
	}
	if before, err := o.Cupboard.Acknowledged(ctx, msg); err != nil || before {
		return record.HeldLoop, err
	}
	return o.enough(ctx, msg.SentTo, msg.Letter, d.ID)
}

// midnight is when today began.
func (o *Office) midnight() time.Time {
	year, month, day := o.now().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, o.Zone)
}

// later plans the next try, or gives up: then a person sees it in the post room.
func (o *Office) later(ctx context.Context, d record.Dossier, msg record.Message, r record.Receipt) error {
	now := o.now()
	msg.State, msg.At, msg.NextAt = record.MessageWaiting, now, now.Add(pause(msg.Attempts))
	msg.Trouble, msg.Reply = r.Trouble, r.Reply
	msg.Doubt = msg.Doubt || r.Trouble == record.PerhapsSent
	if r.Final || msg.NextAt.Sub(msg.Since) > tryFor {
		msg.State = record.MessageFailed
	}
	msg.Said = nil
	if r.Said != "" {
		var err error
		if msg.Said, err = o.Sealer.Seal(d, record.MailReply, msg.Letter, []byte(r.Said)); err != nil {
			return err
		}
	}
	o.Log.Warn("mail", "letter", msg.Letter, "state", msg.State, "trouble", msg.Trouble, "reply", msg.Reply, "attempts", msg.Attempts)
	return o.Cupboard.SettleMessage(ctx, msg)
}

// accepted records that a message went, as a person would: the day it was accepted is
// the day it was sent, and an answer is answered on that day.
func (o *Office) accepted(ctx context.Context, msg record.Message, r record.Receipt) error {
	went := record.Delivered{Letter: msg.Letter, Reply: r.Reply, Doubt: msg.Doubt, At: o.now()}
	for range maxRaces {
		err := o.recordSent(ctx, msg, went)
		if isRefusal(err) { // overtaken while it was being sent: it went all the same
			o.Log.Warn("mail: it went, and the course says otherwise", "letter", msg.Letter, "error", err)
			return o.Cupboard.DeliveredAlready(ctx, went)
		}
		if !errors.Is(err, record.ErrLost) {
			return err
		}
	}
	return &complaint.Error{Kind: complaint.Unavailable, Key: "error.register_busy"}
}

func (o *Office) recordSent(ctx context.Context, msg record.Message, went record.Delivered) error {
	l, err := o.Cupboard.Letter(ctx, msg.Letter, all)
	if err != nil {
		return err
	}
	if !l.SentOn.IsZero() {
		return o.Cupboard.DeliveredAlready(ctx, went)
	}
	m, err := o.byClock(ctx, l.Dossier)
	if err != nil {
		return err
	}
	out := outcome{delivered: &went}
	today := o.Today()
	if isAnswer(l.Kind, m.Dossier.Dossier) && m.Allows(complaint.TaskSendAnswer) {
		if out.events, err = m.Answer(complaint.Dispatch{On: today}, m.scene); err != nil {
			return err
		}
	}
	if err := o.sendOne(&out, m, l, today); err != nil {
		return err
	}
	return o.write(ctx, m, out, record.Request{}, false)
}

// sendOne adds that a letter went out on a day to an outcome.
func (o *Office) sendOne(out *outcome, m *matter, l record.Letter, on calendar.Date) error {
	sent, err := after(m, out.events).SendLetter(paper(l), on, m.scene)
	if err != nil {
		return err
	}
	out.events = append(out.events, sent...)
	out.posted = append(out.posted, record.Posting{Letter: l.ID, On: on})
	return nil
}

// byClock is a dossier on the table of the clock, which nobody looks at.
func (o *Office) byClock(ctx context.Context, id string) (*matter, error) {
	d, err := o.Cupboard.Dossier(ctx, id, all)
	if err != nil {
		return nil, err
	}
	org, err := o.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	scene, err := o.scene(ctx, complaint.ByClock, d.Procedure, org)
	return &matter{Dossier: d, who: complaint.Person{ID: complaint.ByClock}, scene: scene, org: org}, err
}
