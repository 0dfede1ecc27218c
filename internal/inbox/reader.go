package inbox

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"gehoor/internal/record"
)

// Mailroom takes the mail in. *mailroom.Mailroom is one.
type Mailroom interface {
	TakeIn(ctx context.Context, raw []byte, from record.MailPlace) (record.Taken, error)
	MailboxRead(ctx context.Context, mailbox string) error
	MailboxFailed(ctx context.Context, mailbox, fault string) error
}

// Reader reads one mailbox for as long as its context lasts. What lies in the folder is
// its work, whether somebody saw it or not: a mail is taken in, and then moved.
type Reader struct {
	Mailbox Mailbox
	Room    Mailroom
	Log     *slog.Logger
	// Patience is how long the server may be silent during one command; Idle how long to
	// wait for news before looking all the same. 0: a minute, and five.
	Patience, Idle time.Duration
	// Pause is the first wait after a failure, doubled each time; 0: two seconds.
	Pause time.Duration
}

// longest is how long to wait at most before trying again.
const longest = 5 * time.Minute

// Run reads until the context ends. After a failure it says why, and tries again, later
// each time.
func (r Reader) Run(ctx context.Context) {
	if r.Patience == 0 {
		r.Patience = time.Minute
	}
	if r.Idle == 0 {
		r.Idle = 5 * time.Minute
	}
	if r.Pause == 0 {
		r.Pause = 2 * time.Second
	}
	pause := r.Pause
	for ctx.Err() == nil {
		begun := time.Now()
		err := r.session(ctx)
		if ctx.Err() != nil {
			return
		}
		if time.Since(begun) > longest {
			pause = r.Pause
		}
		r.tell(ctx, err)
		jitter := time.Duration(rand.Int64N(int64(pause)/2 + 1)) // not all at once after an outage
		select {
		case <-ctx.Done():
		case <-time.After(pause + jitter):
		}
		pause = min(2*pause, longest)
	}
}

// tell notes why the mailbox cannot be read.
func (r Reader) tell(ctx context.Context, err error) {
	code := codeOf(err)
	r.Log.Warn("inbox", "mailbox", r.Mailbox.Name(), "fault", code, "error", err)
	if err := r.Room.MailboxFailed(ctx, r.Mailbox.Name(), code); err != nil {
		r.Log.Error("inbox", "mailbox", r.Mailbox.Name(), "error", err)
	}
}

// session is one connection: log in, take in what lies there, and wait for more.
func (r Reader) session(ctx context.Context) error {
	news := make(chan struct{}, 1)
	l, err := r.dial(ctx, func() {
		select {
		case news <- struct{}{}:
		default:
		}
	})
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer func() { stop(); _ = l.Close() }() // whatever it says, it is over
	if err := r.logIn(l); err != nil {
		return err
	}
	s := &scan{Reader: r, line: l, left: map[imap.UID]bool{}}
	if err := s.findDone(); err != nil {
		return err
	}
	for {
		if err := s.all(ctx); err != nil {
			return err
		}
		if err := r.Room.MailboxRead(ctx, r.Mailbox.Name()); err != nil {
			return &fault{"register", err}
		}
		if s.unmoved != nil { // everything was taken in; reading goes on
			r.tell(ctx, s.unmoved)
		}
		if err := r.wait(ctx, l, news); err != nil {
			return err
		}
	}
}

var errClosed = errors.New("the server closed the connection")

// wait waits for news, but not for long: a connection that died without a word must be
// noticed.
func (r Reader) wait(ctx context.Context, l *line, news <-chan struct{}) error {
	if !l.Caps().Has(imap.CapIdle) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.Closed():
			return &fault{"connection", errClosed}
		case <-time.After(min(r.Idle, time.Minute)):
			return nil
		}
	}
	var idle *imapclient.IdleCommand
	if err := l.guard("connection", func() (err error) { idle, err = l.Client.Idle(); return err }); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-l.Closed():
		return &fault{"connection", errClosed}
	case <-news:
	case <-time.After(r.Idle):
	}
	return l.guard("connection", func() error {
		if err := idle.Close(); err != nil {
			return err
		}
		return idle.Wait()
	})
}
