// Package smtptest gives tests a mail server: one in the process that fails as it is
// told, and a real Postfix of the test's own.
package smtptest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Mail is a message as the sink took it.
type Mail struct {
	From, To, User string
	Also           []string // recipients after the first
	Raw            string
	Accepted       bool // false: it was read, and then refused or not answered
}

// The moments at which a sink can fail.
const (
	AtMail = "mail" // the sender
	AtRcpt = "rcpt" // the recipient
	AtCopy = "copy" // a recipient after the first
	AtData = "data" // before the message
	AtDot  = "dot"  // after the message
)

// Fault is how the sink fails at a moment.
type Fault struct {
	At    string
	Reply *smtp.SMTPError // nil: see below
	Drop  bool            // close the connection
	Stall bool            // do not answer any more
	Times int             // how often; 0: always
}

// Sink is a mail server in the process. Set what it does before mail comes.
type Sink struct {
	Host     string // 127.0.0.1
	Port     string
	Roots    *x509.CertPool // by which its certificate is known
	User     string         // "": no log-in
	Password string

	mu     sync.Mutex
	faults []*Fault
	got    []Mail
	taking func(n int)
	ends   chan struct{}
}

// How says how a sink secures its connections.
type How struct {
	TLS, StartTLS  bool
	Name           string // in its certificate; "": 127.0.0.1
	User, Password string
}

// New starts a sink that stops with the test.
func New(t testing.TB, how How) *Sink {
	t.Helper()
	s := &Sink{Host: "127.0.0.1", User: how.User, Password: how.Password, ends: make(chan struct{})}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{sink: s, conn: c}, nil }))
	server.Domain, server.AllowInsecureAuth, server.EnableSMTPUTF8 = "sink.example", true, false
	server.ErrorLog = log.New(io.Discard, "", 0)
	var config *tls.Config
	if how.TLS || how.StartTLS {
		config = s.certificate(t, how.Name)
	}
	if how.StartTLS {
		server.TLSConfig = config
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, s.Port, _ = net.SplitHostPort(l.Addr().String())
	if how.TLS {
		l = tls.NewListener(l, config)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l) // ends when the test closes it
	}()
	t.Cleanup(func() {
		close(s.ends)
		_ = server.Close()
		<-done
	})
	return s
}

// URL names the sink, with its user if it has one.
func (s *Sink) URL(scheme string) string {
	user := ""
	if s.User != "" {
		user = s.User + "@"
	}
	return fmt.Sprintf("%s://%s%s", scheme, user, net.JoinHostPort(s.Host, s.Port))
}

// Fail lets the sink fail; the latest word counts. Without a fault it takes everything.
func (s *Sink) Fail(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
	for _, f := range faults {
		s.faults = append(s.faults, &f)
	}
}

// Taking calls when with the number of a message that came whole, before the sink answers.
func (s *Sink) Taking(when func(n int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taking = when
}

// Got gives all messages that came, also those that were not accepted.
func (s *Sink) Got() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.got...)
}

// fails does what the test said for a moment.
func (s *Sink) fails(at string, c *smtp.Conn) error {
	s.mu.Lock()
	var fault *Fault
	for i, f := range s.faults {
		if f.At == at {
			copied := *f
			fault = &copied
			if f.Times--; f.Times == 0 {
				s.faults = append(s.faults[:i], s.faults[i+1:]...)
			}
			break
		}
	}
	s.mu.Unlock()
	switch {
	case fault == nil:
		return nil
	case fault.Drop:
		_ = c.Conn().Close() // that is the fault
		return errors.New("dropped")
	case fault.Stall:
		<-s.ends
		return errors.New("stalled")
	}
	return fault.Reply
}

// session is one conversation.
type session struct {
	sink *Sink
	conn *smtp.Conn
	mail Mail
	user string
}

func (s *session) Reset()        { s.mail = Mail{} }
func (s *session) Logout() error { return nil }

func (s *session) AuthMechanisms() []string {
	if s.sink.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.sink.User || password != s.sink.Password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "Error: authentication failed"}
		}
		s.user = user
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.sink.User != "" && s.user == "" {
		return smtp.ErrAuthRequired
	}
	s.mail = Mail{From: from, User: s.user}
	return s.sink.fails(AtMail, s.conn)
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.mail.To == "" {
		s.mail.To = to
		return s.sink.fails(AtRcpt, s.conn)
	}
	err := s.sink.fails(AtCopy, s.conn)
	if err == nil {
		s.mail.Also = append(s.mail.Also, to)
	}
	return err
}

func (s *session) Data(r io.Reader) error {
	if err := s.sink.fails(AtData, s.conn); err != nil {
		return err
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mail.Raw = string(raw)
	s.sink.mu.Lock()
	at := len(s.sink.got)
	s.sink.got = append(s.sink.got, s.mail)
	taking := s.sink.taking
	s.sink.mu.Unlock()
	if taking != nil {
		taking(at + 1)
	}
	if err := s.sink.fails(AtDot, s.conn); err != nil {
		return err
	}
	s.sink.mu.Lock()
	s.sink.got[at].Accepted = true
	s.sink.mu.Unlock()
	return nil
}

// certificate makes a certificate of the sink's own, known by Roots.
func (s *Sink) certificate(t testing.TB, name string) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "sink"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	if name == "" {
		cert.IPAddresses = []net.IP{net.ParseIP(s.Host)}
	} else {
		cert.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	s.Roots = x509.NewCertPool()
	s.Roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
}
