package inbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// fault is why a mailbox cannot be read, as a code that words has a remedy for.
type fault struct {
	code string
	err  error
}

// Error is for the log.
func (f *fault) Error() string { return f.code + ": " + f.err.Error() }

// Unwrap gives the cause.
func (f *fault) Unwrap() error { return f.err }

// codeOf gives the code for why reading stopped.
func codeOf(err error) string {
	var f *fault
	if errors.As(err, &f) {
		return f.code
	}
	return "connection"
}

// ear is a connection that counts what comes in, so that slow can be told from silent.
type ear struct {
	net.Conn
	heard atomic.Int64
}

// Read reads, and counts.
func (e *ear) Read(b []byte) (int, error) {
	n, err := e.Conn.Read(b)
	e.heard.Add(int64(n))
	return n, err
}

// line is one connection to the server.
type line struct {
	*imapclient.Client
	ear      *ear
	patience time.Duration
}

// dial connects, secured as the mailbox wants it.
func (r Reader) dial(ctx context.Context, told func()) (*line, error) {
	m := r.Mailbox
	conn, err := (&net.Dialer{Timeout: r.Patience}).DialContext(ctx, "tcp", m.address())
	if err != nil {
		return nil, &fault{"connection", err}
	}
	l := &line{ear: &ear{Conn: conn}, patience: r.Patience}
	config := &tls.Config{ServerName: m.Host, RootCAs: m.Roots, MinVersion: tls.VersionTLS12}
	options := &imapclient.Options{TLSConfig: config, UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: func(d *imapclient.UnilateralDataMailbox) {
		if d.NumMessages != nil {
			told()
		}
	}}}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	silent := l.watch(func() { _ = conn.Close() })
	switch {
	case m.TLS:
		secured := tls.Client(l.ear, config)
		if err = secured.HandshakeContext(ctx); err == nil {
			l.Client = imapclient.New(secured, options)
		}
	case m.StartTLS:
		l.Client, err = imapclient.NewStartTLS(l.ear, options)
	default:
		l.Client = imapclient.New(l.ear, options)
	}
	if silent() {
		err = errors.Join(errSilence, err)
	}
	if err != nil {
		_ = conn.Close() // it is of no use
		return nil, insecure(err)
	}
	return l, nil
}

var errSilence = errors.New("the server does not answer")

// insecure says why no connection came about.
func insecure(err error) *fault {
	var name x509.HostnameError
	var certificate *tls.CertificateVerificationError
	var refusal *imap.Error
	switch {
	case errors.Is(err, errSilence):
		return &fault{"silence", err}
	case errors.As(err, &name):
		return &fault{"certificate_name", err}
	case errors.As(err, &certificate):
		return &fault{"certificate", err}
	case errors.As(err, &refusal): // of STARTTLS
		return &fault{"encryption", err}
	}
	return &fault{"connection", err}
}

// slowest bounds one command: how many times the patience it may take while the server
// goes on sending. A large mail over a slow line is no silence.
const slowest = 30

// watch closes a connection that says nothing for as long as the patience lasts: the
// library would wait for ever. What it gives ends the watch, and says whether it closed.
func (l *line) watch(hangUp func()) (silent func() bool) {
	done, ended := make(chan struct{}), make(chan bool, 1)
	go func() {
		tick := time.NewTicker(l.patience)
		defer tick.Stop()
		heard := l.ear.heard.Load()
		for range slowest {
			select {
			case <-done:
				ended <- false
				return
			case <-tick.C:
			}
			if now := l.ear.heard.Load(); now != heard {
				heard = now
				continue
			}
			break
		}
		hangUp()
		ended <- true
	}()
	return func() bool { close(done); return <-ended }
}

// guard does one command under watch. A refusal by the server gets the code; a connection
// that broke has its own.
func (l *line) guard(code string, do func() error) error {
	silent := l.watch(func() { _ = l.Close() })
	err := do()
	if silent() {
		return &fault{"silence", errors.Join(fmt.Errorf("%w within %v", errSilence, l.patience), err)}
	}
	if err == nil {
		return nil
	}
	var refusal *imap.Error
	switch {
	case !errors.As(err, &refusal):
		code = "connection"
	case refusal.Code == imap.ResponseCodeUnavailable:
		code = "connection" // not now
	case refusal.Code == imap.ResponseCodePrivacyRequired:
		code = "encryption"
	}
	return &fault{code, err}
}

func (r Reader) logIn(l *line) error {
	if err := l.guard("connection", l.WaitGreeting); err != nil {
		return err
	}
	secret, token, err := r.Mailbox.secret()
	if err != nil {
		return &fault{"secret", err}
	}
	if token {
		return l.guard("token", func() error { return l.Authenticate(xoauth2{r.Mailbox.User, secret}) })
	}
	return l.guard("login", func() error { return l.Login(r.Mailbox.User, secret).Wait() })
}
