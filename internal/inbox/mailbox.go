// Package inbox reads mailboxes over IMAP and hands each mail to the mail room.
package inbox

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
)

// Mailbox is where mail is read, and how.
type Mailbox struct {
	Host, Port string
	User       string
	Folder     string // INBOX
	TLS        bool   // from the first byte
	StartTLS   bool
	// PasswordFile holds the password; TokenFile an access token for XOAUTH2, for
	// mailboxes at Microsoft 365 and Google. They are read at every log-in, so that
	// another program may renew them.
	PasswordFile string
	TokenFile    string
	Roots        *x509.CertPool // nil: the system's certificates
}

// Done is the folder to which a mail goes when it is in the register.
const Done = "Verwerkt"

// Parse reads an address: imaps://user@host/INBOX speaks TLS, imap://user@host/INBOX asks
// for it with STARTTLS. imap+plain:// speaks none: on this machine, or when plain allows
// it elsewhere.
func Parse(address string, plain bool) (m Mailbox, err error) {
	bad := func(why string) error {
		return fmt.Errorf("--inbox %q %s: write it as imaps://user@mail.example.org/INBOX", redacted(address), why)
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return m, bad("is no address")
	}
	if _, has := u.User.Password(); has {
		return m, bad("holds a password, which belongs in a file (--inbox-password-file)")
	}
	m = Mailbox{Host: u.Hostname(), Port: u.Port(), User: u.User.Username(), Folder: strings.Trim(u.Path, "/")}
	if m.Folder == "" {
		m.Folder = "INBOX"
	}
	port := "143"
	switch u.Scheme {
	case "imaps":
		m.TLS, port = true, "993"
	case "imap":
		m.StartTLS = true
	case "imap+plain":
		if ip := net.ParseIP(m.Host); !plain && m.Host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return m, bad("would send the password in the clear; use imaps://, or say --inbox-plain")
		}
	default:
		return m, bad("does not begin with imaps:// or imap://")
	}
	if m.Port == "" {
		m.Port = port
	}
	if m.User == "" {
		return m, bad("names no user")
	}
	return m, nil
}

// redacted leaves a password out of an address that is shown.
func redacted(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "…"
	}
	return u.Redacted()
}

// Name is what the register and people call the mailbox.
func (m Mailbox) Name() string {
	user := m.User
	if !strings.Contains(user, "@") {
		user += "@" + m.Host
	}
	return user + "/" + m.Folder
}

func (m Mailbox) address() string { return net.JoinHostPort(m.Host, m.Port) }

// secret reads the password, or the token.
func (m Mailbox) secret() (text string, token bool, err error) {
	file := m.PasswordFile
	if m.TokenFile != "" {
		file, token = m.TokenFile, true
	}
	if file == "" {
		return "", false, errors.New("no password file is named")
	}
	raw, err := os.ReadFile(file)
	return strings.TrimSpace(string(raw)), token, err
}

// xoauth2 logs in with an access token, as Microsoft and Google ask for it.
type xoauth2 struct{ user, token string }

// Start gives the mechanism and what is sent with it.
func (x xoauth2) Start() (mechanism string, response []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers a refusal, of which the server then says why.
func (x xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }
