package inbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
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
	// Patience is how long one command may take; Idle how long to wait for news before
	// looking all the same. 0: a minute, and five.
	Patience, Idle time.Duration
	// Pause is the first wait after a failure, doubled each time; 0: two seconds.
	Pause time.Duration
}

// longest is how long to wait at most before trying again.
const longest = 5 * time.Minute

// fault is why a mailbox cannot be read, as a code that words has a remedy for.
type fault struct {
	code string
	err  error
}

// Error is for the log.
func (f *fault) Error() string { return f.code + ": " + f.err.Error() }

// Unwrap gives the cause.
func (f *fault) Unwrap() error { return f.err }

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
	code := "connection"
	var f *fault
	if errors.As(err, &f) {
		code = f.code
	}
	r.Log.Warn("inbox", "mailbox", r.Mailbox.Name(), "fault", code, "error", err)
	if err := r.Room.MailboxFailed(ctx, r.Mailbox.Name(), code); err != nil {
		r.Log.Error("inbox", "mailbox", r.Mailbox.Name(), "error", err)
	}
}

// session is one connection: log in, take in what lies there, and wait for more.
func (r Reader) session(ctx context.Context) error {
	news := make(chan struct{}, 1)
	c, err := r.dial(func() {
		select {
		case news <- struct{}{}:
		default:
		}
	})
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer func() { stop(); c.Close() }()
	if err := r.logIn(c); err != nil {
		return err
	}
	// That the folder is there already is no failure; that it cannot be made shows when a
	// mail is moved.
	_ = r.guard(c, "folder", func() error { return c.Create(Done, nil).Wait() })
	for {
		if err := r.scan(ctx, c); err != nil {
			return err
		}
		if err := r.Room.MailboxRead(ctx, r.Mailbox.Name()); err != nil {
			return &fault{"register", err}
		}
		if err := r.wait(ctx, c, news); err != nil {
			return err
		}
	}
}

func (r Reader) dial(told func()) (*imapclient.Client, error) {
	m := r.Mailbox
	config := &tls.Config{}
	if m.Config != nil {
		config = m.Config.Clone()
	}
	config.ServerName = m.Host
	options := &imapclient.Options{TLSConfig: config, Dialer: &net.Dialer{Timeout: r.Patience},
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if d.NumMessages != nil {
				told()
			}
		}}}
	dial := imapclient.DialInsecure
	switch {
	case m.TLS:
		dial = imapclient.DialTLS
	case m.StartTLS:
		dial = imapclient.DialStartTLS
	}
	c, err := dial(m.address(), options)
	if err == nil {
		return c, nil
	}
	var wrong *tls.CertificateVerificationError
	var host x509.HostnameError
	if errors.As(err, &wrong) || errors.As(err, &host) {
		return nil, &fault{"certificate", err}
	}
	return nil, &fault{"connection", err}
}

// guard does one command, and closes the connection when the server does not answer in
// time: the library would wait for ever.
func (r Reader) guard(c *imapclient.Client, code string, do func() error) error {
	late := time.AfterFunc(r.Patience, func() { c.Close() })
	err := do()
	if !late.Stop() {
		return &fault{"silence", fmt.Errorf("no answer within %v: %w", r.Patience, err)}
	}
	if err == nil {
		return nil
	}
	var refusal *imap.Error
	if !errors.As(err, &refusal) { // the server did not refuse: the connection broke
		code = "connection"
	}
	return &fault{code, err}
}

func (r Reader) logIn(c *imapclient.Client) error {
	if err := r.guard(c, "connection", c.WaitGreeting); err != nil {
		return err
	}
	secret, token, err := r.Mailbox.secret()
	if err != nil {
		return &fault{"secret", err}
	}
	return r.guard(c, "login", func() error {
		if token {
			return c.Authenticate(xoauth2{r.Mailbox.User, secret})
		}
		return c.Login(r.Mailbox.User, secret).Wait()
	})
}

// scan takes in everything that lies in the folder. Selecting it anew tells when the
// server numbered its mails anew; the register knows the mails all the same.
func (r Reader) scan(ctx context.Context, c *imapclient.Client) error {
	var selected *imap.SelectData
	err := r.guard(c, "mailbox", func() (err error) {
		selected, err = c.Select(r.Mailbox.Folder, nil).Wait()
		return err
	})
	if err != nil || selected.NumMessages == 0 {
		return err
	}
	var found *imap.SearchData
	err = r.guard(c, "mailbox", func() (err error) {
		found, err = c.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagDeleted}}, nil).Wait()
		return err
	})
	if err != nil {
		return err
	}
	for _, uid := range found.AllUIDs() {
		if err := r.take(ctx, c, uid, selected.UIDValidity); err != nil {
			return err
		}
	}
	return nil
}

// take takes one mail in, and then moves it: stopped in between, the mail is there again,
// and the register knows it.
func (r Reader) take(ctx context.Context, c *imapclient.Client, uid imap.UID, validity uint32) error {
	whole := &imap.FetchItemBodySection{Peek: true}
	var raw []byte
	err := r.guard(c, "mailbox", func() error {
		got, err := c.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
		for _, m := range got {
			raw = m.FindBodySection(whole)
		}
		return err
	})
	if err != nil || raw == nil { // nothing: somebody moved it meanwhile
		return err
	}
	if _, err := r.Room.TakeIn(ctx, raw, record.MailPlace{Mailbox: r.Mailbox.Name(), UIDValidity: validity, UID: uint32(uid)}); err != nil {
		return &fault{"register", err}
	}
	return r.guard(c, "folder", func() error { return r.move(c, imap.UIDSetNum(uid)) })
}

// move puts a mail away. A server that can neither move nor remove one mail alone keeps
// it, marked as deleted: a bare EXPUNGE would remove what others marked.
func (r Reader) move(c *imapclient.Client, uid imap.UIDSet) error {
	if c.Caps().Has(imap.CapMove) || c.Caps().Has(imap.CapUIDPlus) {
		_, err := c.Move(uid, Done).Wait()
		return err
	}
	if _, err := c.Copy(uid, Done).Wait(); err != nil {
		return err
	}
	return c.Store(uid, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close()
}

// wait waits for news, but not for long: a connection that died without a word must be
// noticed.
func (r Reader) wait(ctx context.Context, c *imapclient.Client, news <-chan struct{}) error {
	if !c.Caps().Has(imap.CapIdle) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-c.Closed():
			return &fault{"connection", errors.New("the server closed the connection")}
		case <-time.After(min(r.Idle, time.Minute)):
			return nil
		}
	}
	var idle *imapclient.IdleCommand
	if err := r.guard(c, "connection", func() (err error) { idle, err = c.Idle(); return err }); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-c.Closed():
		return &fault{"connection", errors.New("the server closed the connection")}
	case <-news:
	case <-time.After(r.Idle):
	}
	return r.guard(c, "connection", func() error {
		if err := idle.Close(); err != nil {
			return err
		}
		return idle.Wait()
	})
}
