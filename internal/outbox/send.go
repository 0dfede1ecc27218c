package outbox

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"gehoor/internal/record"
)

// Send hands a parcel to the server, and says what came of it. Only the server's own 5xx
// to sender, address or message is final: everything else may be better later.
func (s *Server) Send(ctx context.Context, p record.Parcel) record.Receipt {
	c, receipt, ok := s.connect(ctx)
	if !ok {
		return receipt
	}
	defer c.Close()
	options := &smtp.MailOptions{Size: int64(len(p.Raw))}
	if !isASCII(p.From + p.To + p.Copy) {
		if ok, _ := c.Extension("SMTPUTF8"); !ok {
			return record.Receipt{Trouble: record.BadRecipient, Final: true, Said: "the server takes no address with other signs than those of English (SMTPUTF8)"}
		}
		options.UTF8 = true
	}
	if err := c.Mail(p.From, options); err != nil {
		return refusal(err, record.BadSender)
	}
	if err := c.Rcpt(p.To, nil); err != nil {
		return refusal(err, record.BadRecipient)
	}
	reply, receipt, ok := sendCopy(c, p)
	if !ok {
		return receipt
	}
	w, err := c.Data()
	if err != nil {
		return refusal(err, record.BadContent)
	}
	if _, err := bytes.NewReader(p.Raw).WriteTo(w); err != nil {
		return refusal(err, record.BadContent)
	}
	// From here on the server may have it, whatever we hear.
	if _, err := w.CloseWithResponse(); err != nil {
		receipt := refusal(err, record.BadContent)
		if receipt.Reply == "" {
			receipt.Trouble = record.PerhapsSent
		}
		return receipt
	}
	_ = c.Quit() // the server has it: how we part says nothing
	return record.Receipt{Accepted: true, Reply: reply}
}

// sendCopy names who gets the message too. That the server refuses such an address does
// not keep the message from the complainant: its reply says so.
func sendCopy(c link, p record.Parcel) (reply string, receipt record.Receipt, ok bool) {
	if p.Copy == "" {
		return "250", receipt, true
	}
	err := c.Rcpt(p.Copy, nil)
	var said *smtp.SMTPError
	switch {
	case errors.As(err, &said):
		return "250 (CC: " + code(said) + ")", receipt, true
	case err != nil:
		return "", refusal(err, record.Dropped), false
	}
	return "250", receipt, true
}

// Check connects and logs in, and sends nothing.
func (s *Server) Check(ctx context.Context) (record.Receipt, bool) {
	c, receipt, ok := s.connect(ctx)
	if !ok {
		return receipt, false
	}
	_ = c.Quit() // it answered and let us in: that was the question
	return record.Receipt{}, true
}

// link is a connection that ends with its context, after a grace.
type link struct {
	*smtp.Client
	done chan struct{}
}

// Close ends the connection.
func (l link) Close() error {
	close(l.done)
	return l.Client.Close()
}

// connect gives a connection on which mail may be handed over.
func (s *Server) connect(ctx context.Context) (link, record.Receipt, bool) {
	conn, err := s.dial(ctx)
	if err != nil {
		return link{}, unreachable(err), false
	}
	done := make(chan struct{})
	go s.watch(ctx, conn, done)
	c, trouble, err := s.enter(conn)
	if err != nil {
		close(done)
		_ = conn.Close() // what went wrong is known already
		receipt := refusal(err, trouble)
		receipt.Final = false // nothing was said about the message
		return link{}, receipt, false
	}
	return link{c, done}, record.Receipt{}, true
}

// hurried is a connection on which nothing may take longer than most: the client waits
// for minutes before it can be told otherwise.
type hurried struct {
	net.Conn
	most time.Duration
}

// SetDeadline sets the deadline, or an earlier one.
func (h *hurried) SetDeadline(t time.Time) error {
	if latest := time.Now().Add(h.most); t.After(latest) {
		t = latest
	}
	return h.Conn.SetDeadline(t)
}

// watch closes the connection some time after the context ended, unless it is done.
func (s *Server) watch(ctx context.Context, conn net.Conn, done <-chan struct{}) {
	select {
	case <-done:
		return
	case <-ctx.Done():
	}
	grace := time.NewTimer(s.Grace)
	defer grace.Stop()
	select {
	case <-done:
	case <-grace.C:
		_ = conn.Close() // whoever reads or writes on it gets the error
	}
}

// enter greets, secures the connection and logs in; trouble says what an error is about.
func (s *Server) enter(conn net.Conn) (c *smtp.Client, trouble record.Trouble, err error) {
	quick := &hurried{conn, s.Patience}
	if s.mode == startTLS {
		if c, err = smtp.NewClientStartTLS(quick, s.tlsConfig()); err != nil {
			return nil, record.NoTLS, err
		}
	} else {
		c = smtp.NewClient(quick)
	}
	if err := c.Hello(ownName()); err != nil {
		return nil, record.NotReady, err
	}
	if s.user != "" {
		if trouble, err = s.logIn(c); err != nil {
			return nil, trouble, err
		}
	}
	quick.most = max(s.Patience, s.Long)
	c.CommandTimeout, c.SubmissionTimeout = s.Patience, s.Long
	return c, "", nil
}

func (s *Server) logIn(c *smtp.Client) (record.Trouble, error) {
	password, err := s.password()
	if err != nil {
		return record.NoSenderKnown, err
	}
	switch {
	case c.SupportsAuth(sasl.Plain):
		err = c.Auth(sasl.NewPlainClient("", s.user, password))
	case c.SupportsAuth(sasl.Login):
		err = c.Auth(sasl.NewLoginClient(s.user, password))
	default:
		return record.NoLogin, errors.New("the server offers neither AUTH PLAIN nor AUTH LOGIN")
	}
	return record.BadLogin, err
}

// ownName is how we greet: a name is expected, and which one matters to nobody who knows
// us by password or network.
func ownName() string {
	name, err := os.Hostname()
	if err != nil || name == "" || strings.ContainsAny(name, " \r\n") {
		return "localhost"
	}
	return name
}

// unreachable says why there is no connection.
func unreachable(err error) record.Receipt {
	r := record.Receipt{Trouble: record.NoConnection, Said: err.Error()}
	var name *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &name):
		r.Trouble = record.NoName
	case isCertificate(err):
		r.Trouble = record.BadCert
	case errors.As(err, &timeout) && timeout.Timeout():
		r.Trouble = record.NoAnswer
	case errors.As(err, new(tls.RecordHeaderError)):
		r.Trouble = record.NoTLS
	}
	return r
}

func isCertificate(err error) bool {
	var verify *tls.CertificateVerificationError
	return errors.As(err, &verify) || errors.As(err, new(x509.HostnameError)) || errors.As(err, new(x509.UnknownAuthorityError)) || errors.As(err, new(x509.CertificateInvalidError))
}

// refusal turns an error in a conversation into a receipt; about is what a reply of the
// server would be about.
func refusal(err error, about record.Trouble) record.Receipt {
	var said *smtp.SMTPError
	if errors.As(err, &said) {
		return record.Receipt{Trouble: about, Final: said.Code/100 == 5, Reply: code(said), Said: said.Message}
	}
	r := record.Receipt{Trouble: about, Said: err.Error()}
	var timeout net.Error
	switch {
	case isCertificate(err):
		r.Trouble = record.BadCert
	case errors.As(err, &timeout) && timeout.Timeout():
		r.Trouble = record.NoAnswer
	case about == record.NoTLS, about == record.NoLogin, about == record.NoSenderKnown:
	default:
		r.Trouble = record.Dropped
	}
	return r
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 126 })
}

// code writes code and enhanced status, "450 4.2.2": they hold no address.
func code(e *smtp.SMTPError) string {
	if e.EnhancedCode == smtp.NoEnhancedCode || e.EnhancedCode == smtp.EnhancedCodeNotSet {
		return fmt.Sprint(e.Code)
	}
	return fmt.Sprintf("%d %d.%d.%d", e.Code, e.EnhancedCode[0], e.EnhancedCode[1], e.EnhancedCode[2])
}
