package inbox

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gehoor/internal/imaptest"
	"gehoor/internal/words"
)

// TestEncrypted: TLS from the first byte and STARTTLS, with a certificate that only the
// configuration knows; an unknown one, one for another name and a server that does not
// encrypt are refused before the password is said.
func TestEncrypted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		how   imaptest.How
		known bool
		fault string // "": it is read
	}{
		{"known", imaptest.How{TLS: true}, true, ""},
		{"unknown", imaptest.How{TLS: true}, false, "certificate"},
		{"another name", imaptest.How{TLS: true, Name: "mail.example.org"}, true, "certificate_name"},
	} {
		for _, scheme := range []string{"imaps", "imap"} {
			t.Run(c.name+" "+scheme, func(t *testing.T) {
				p := newPost(t, c.how)
				p.deliver("versleuteld")
				port := p.Port
				if scheme == "imaps" {
					port = p.TLSPort
				}
				r := p.readerOf(scheme+"://"+imaptest.User+"@127.0.0.1:"+port, imaptest.Password)
				if c.known {
					r.Mailbox.Roots = x509.NewCertPool()
					pem, err := os.ReadFile(p.CAFile)
					must(t, err)
					r.Mailbox.Roots.AppendCertsFromPEM(pem)
				}
				run(t, r)
				if c.fault == "" {
					p.reads(1)
					return
				}
				p.fails(c.fault)
				p.stays(1)
			})
		}
	}
	t.Run("a server that does not encrypt", func(t *testing.T) {
		p := newPost(t, imaptest.How{})
		p.deliver("niet in klare taal")
		run(t, p.readerOf("imap://"+imaptest.User+"@127.0.0.1:"+p.Port, imaptest.Password))
		p.fails("encryption")
		p.stays(1)
	})
}

// stays holds that n mails lie untouched.
func (p *post) stays(n int) {
	p.t.Helper()
	if len(p.Lying("")) != n || p.waiting() != 0 {
		p.t.Errorf("%d mails lie in the inbox and %d in the register: they did not stay where they were", len(p.Lying("")), p.waiting())
	}
}

// TestWrongPassword is shown with its remedy, and the mail stays where it is. A new
// password works without a restart.
func TestWrongPassword(t *testing.T) {
	t.Parallel()
	p := newPost(t, imaptest.How{})
	p.deliver("blijft liggen")
	r := p.readerOf("imap+plain://"+imaptest.User+"@127.0.0.1:"+p.Port, "verkeerd")
	var log bytes.Buffer
	r.Log = slog.New(slog.NewTextHandler(&log, nil))
	stop := run(t, r)
	p.fails("login")
	since := p.state().FailedAt
	p.stays(1)
	p.Clock.Set(p.Clock.Now().Add(time.Hour))
	stop()
	run(t, r)
	until(t, "it is tried again", func() bool { return p.state().Fault == "login" })
	if at := p.state().FailedAt; !at.Equal(since) {
		t.Errorf("it fails since %v, and the desk says %v", since, at)
	}
	must(t, os.Remove(r.Mailbox.PasswordFile))
	p.fails("secret")
	must(t, os.WriteFile(r.Mailbox.PasswordFile, []byte(imaptest.Password), 0o600))
	p.reads(1)
	if strings.Contains(log.String(), "verkeerd") || strings.Contains(log.String(), imaptest.Password) {
		t.Error("the password stands in the log")
	}
}

// TestXOAUTH2: the token in the file is asked about, by the server at who gave it out.
// One that has expired is named, and its successor works without a restart; when nobody
// can be asked it is no fault of the token.
func TestXOAUTH2(t *testing.T) {
	t.Parallel()
	answers := http.StatusOK
	issuer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(answers)
		fmt.Fprintf(w, `{"active": "%v", "user": %q}`, r.URL.Query().Get("token") == "ya29.nieuw", imaptest.User)
	}))
	t.Cleanup(issuer.Close)
	p := newPost(t, imaptest.How{Introspect: issuer.URL + "/?token="})
	p.deliver("met een token")
	r := p.reader(p.Port)
	r.Mailbox.TokenFile, r.Mailbox.PasswordFile = filepath.Join(t.TempDir(), "token"), ""
	must(t, os.WriteFile(r.Mailbox.TokenFile, []byte("ya29.oud\n"), 0o600))
	run(t, r)
	p.fails("token")
	p.stays(1)
	must(t, os.WriteFile(r.Mailbox.TokenFile, []byte("ya29.nieuw\n"), 0o600))
	p.reads(1)
}

// TestFolderThatCannotBeMade: every mail comes in all the same, once; the desk says what
// is wrong, and when the folder can be used they are moved.
func TestFolderThatCannotBeMade(t *testing.T) {
	t.Parallel()
	for _, without := range []string{"", "MOVE"} {
		t.Run("without "+without, func(t *testing.T) {
			p := newPost(t, imaptest.How{Without: without})
			must(t, os.Mkdir(p.Box(Done), 0)) // not the server's
			t.Cleanup(func() { _ = os.Chmod(p.Box(Done), 0o755) })
			p.deliver("eerste")
			p.deliver("tweede")
			r := p.reader(p.Port)
			r.Idle = 100 * time.Millisecond
			run(t, r)
			p.fails("folder")
			p.deliver("derde")
			until(t, "all mails are in", func() bool { return p.waiting() == 3 })
			if n := len(p.Lying("")); n != 3 {
				t.Errorf("%d mails lie in the inbox: what was not copied must stay", n)
			}
			if p.state().ReadAt.IsZero() {
				t.Error("the desk does not say that the mailbox was read")
			}
			must(t, os.Remove(p.Box(Done)))
			p.reads(3)
			if n := len(p.Lying(Done)); n != 3 {
				t.Errorf("%d mails lie in %s", n, Done)
			}
		})
	}
}

// TestMailboxThatVanished is named; when it is back, reading goes on.
func TestMailboxThatVanished(t *testing.T) {
	t.Parallel()
	p := newPost(t, imaptest.How{})
	must(t, p.DeliverTo("Klachten", p.mail("eerste")))
	r := p.reader(p.Port)
	r.Mailbox.Folder = "Klachten"
	run(t, r)
	p.reads(1)
	p.Stop()
	must(t, os.RemoveAll(p.Box("Klachten")))
	must(t, p.Start())
	p.fails("mailbox")
	must(t, p.DeliverTo("Klachten", p.mail("tweede")))
	p.reads(2)
}

// TestServerThatStopsAnswering: in the middle of a command it says nothing any more. The
// watchdog notices, the desk says so, and reading goes on over another connection.
func TestServerThatStopsAnswering(t *testing.T) {
	t.Parallel()
	for name, says := range map[string]string{"greeting": "* OK", "log-in": "Logged in", "look": "UIDVALIDITY", "mail": "HALVERWEGE", "idle": "+ idling", "move": "COPYUID"} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, imaptest.How{})
			p.deliver("begin " + strings.Repeat("x", 20_000) + " HALVERWEGE " + strings.Repeat("x", 20_000) + " einde")
			proxy := imaptest.NewProxy(t, p.Port)
			proxy.Fail(says, true, 1)
			r := p.reader(proxy.Port)
			r.Patience = 300 * time.Millisecond
			faults := &noted{Mailroom: r.Room}
			r.Room = faults
			run(t, r)
			until(t, "the watchdog fires", func() bool { return faults.has("silence") })
			p.reads(1)
			if proxy.Failed() != 1 {
				t.Error("the server never stopped answering")
			}
		})
	}
}

// TestDroppedConnections: half a mail is none, and a mail of which it is not known whether
// it was moved is not doubled.
func TestDroppedConnections(t *testing.T) {
	t.Parallel()
	p := newPost(t, imaptest.How{})
	proxy := imaptest.NewProxy(t, p.Port)
	proxy.Fail("HALVERWEGE", false, 3)
	mail := p.mail("begin " + strings.Repeat("x", 20_000) + " HALVERWEGE " + strings.Repeat("x", 20_000) + " einde")
	must(t, p.Deliver(mail))
	p.deliver("kort")
	run(t, p.reader(proxy.Port))
	until(t, "the connection dropped three times", func() bool { return proxy.Failed() == 3 })
	p.reads(2)
	for _, says := range []string{"COPYUID", "OK Move completed", "SEARCH"} {
		proxy.Fail(says, false, 1)
		p.deliver("na " + says)
		n := p.n
		until(t, "the connection dropped at "+says, func() bool { return proxy.Failed() > 3 && p.waiting() == n })
		p.reads(n)
	}
	list, _, err := p.Store.Incomings(t.Context(), everything, day, "")
	must(t, err)
	for _, m := range list {
		if m.Size > 1000 && m.Size != int64(len(mail)) {
			t.Errorf("a mail of %d bytes is kept with %d", len(mail), m.Size)
		}
	}
}

// TestMailThatTheRegisterCannotKeep stays, and does not keep the others out.
func TestMailThatTheRegisterCannotKeep(t *testing.T) {
	t.Parallel()
	p := newPost(t, imaptest.How{})
	p.deliver("eerste")
	p.deliver("de schijf is vol")
	p.deliver("derde")
	r := p.reader(p.Port)
	full := &noted{Mailroom: r.Room, refuses: "de schijf is vol"}
	r.Room = full
	run(t, r)
	until(t, "the others are in", func() bool { return p.waiting() == 2 && len(p.Lying(Done)) == 2 && full.has("register") })
	if n := len(p.Lying("")); n != 1 {
		t.Errorf("%d mails lie in the inbox", n)
	}
	full.keepAll()
	p.reads(3)
}

// TestSilentServer: a server that takes the connection and says nothing is given up,
// however it should be secured.
func TestSilentServer(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	for _, scheme := range []string{"imap+plain", "imap", "imaps"} {
		m, err := Parse(scheme+"://klachten@"+l.Addr().String(), false)
		must(t, err)
		r := Reader{Mailbox: m, Patience: 50 * time.Millisecond, Log: slog.New(slog.DiscardHandler)}
		var f *fault
		if err := r.session(t.Context()); !errors.As(err, &f) || f.code != "silence" {
			t.Errorf("a silent server, %s: %v", scheme, err)
		}
	}
}

// Every fault has its remedy, in both languages.
func TestFaultsHaveRemedies(t *testing.T) {
	t.Parallel()
	all, err := words.Load()
	must(t, err)
	for _, code := range []string{"connection", "silence", "certificate", "certificate_name", "encryption", "secret", "token", "login", "mailbox", "folder", "register"} {
		for _, language := range []string{"nl", "en"} {
			if !all.Speak(language).Has("triage.fault." + code) {
				t.Errorf("no words for %s in %s", code, language)
			}
		}
	}
}
