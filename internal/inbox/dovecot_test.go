package inbox

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/imaptest"
	"gehoor/internal/record"
)

// post is a house whose mail lies on a Dovecot of the test's own.
type post struct {
	*imaptest.Dovecot
	*house.House
	t *testing.T
	n int
}

func newPost(t *testing.T, how imaptest.How) *post {
	t.Helper()
	d := imaptest.New(t, how) // first: without it the test is skipped
	return &post{Dovecot: d, House: housetest.Empty(t), t: t}
}

// deliver puts an invented complaint in the mailbox.
func (p *post) deliver(about string) {
	p.t.Helper()
	must(p.t, p.Deliver(p.mail(about)))
}

func (p *post) mail(about string) []byte {
	p.n++
	return fmt.Appendf(nil, "Received: from mx.example.org by mail.example.org; Tue, 24 Nov 2026 08:00:00 +0000\r\nFrom: Tjitske <tjitske@example.org>\r\nSubject: Klacht: %s\r\nMessage-ID: <%d@example.org>\r\n\r\n%s\r\n", about, p.n, about)
}

// reader reads the mailbox in the clear, by a port: the server's, or that of a proxy.
func (p *post) reader(port string) Reader {
	p.t.Helper()
	return p.readerOf("imap+plain://"+imaptest.User+"@127.0.0.1:"+port+"/INBOX", imaptest.Password)
}

func (p *post) readerOf(address, password string) Reader {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), "password")
	must(p.t, os.WriteFile(file, []byte(password+"\n"), 0o600))
	m, err := Parse(address, false)
	must(p.t, err)
	m.PasswordFile = file
	return Reader{Mailbox: m, Room: p.Mailroom, Log: slog.New(slog.DiscardHandler), Pause: 10 * time.Millisecond, Patience: 20 * time.Second}
}

// waiting counts the mails in the register.
func (p *post) waiting() int {
	p.t.Helper()
	n, err := p.Store.CountIncoming(p.t.Context(), complaint.MailSight{All: true})
	must(p.t, err)
	return n.Waiting
}

// state is what the desk shows of the mailbox.
func (p *post) state() record.MailboxState {
	p.t.Helper()
	list, err := p.Store.Mailboxes(p.t.Context(), time.Time{})
	must(p.t, err)
	if len(list) == 0 {
		return record.MailboxState{}
	}
	return list[0]
}

// reads waits until the register holds n mails and the inbox none.
func (p *post) reads(n int) {
	p.t.Helper()
	until(p.t, fmt.Sprintf("%d mails are in the register and moved", n), func() bool {
		return p.waiting() == n && len(p.Lying("")) == 0 && p.state().FailedAt.IsZero()
	})
}

// fails waits until the desk shows a fault.
func (p *post) fails(code string) {
	p.t.Helper()
	until(p.t, "the desk shows the fault "+code, func() bool {
		m := p.state()
		return m.Fault == code && !m.FailedAt.IsZero()
	})
}

// run lets a reader work until the test, or stop, ends it.
func run(t *testing.T, r Reader) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); {
		if is() {
			return
		}
		<-time.After(20 * time.Millisecond)
	}
	t.Fatalf("after a minute still not: %s", what)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestReadsAMailbox: what lies there is taken in and moved; what comes later is told by
// the server; a server that stops is found again; mails that are numbered anew, or lie
// there again, are not doubled.
func TestReadsAMailbox(t *testing.T) {
	t.Parallel()
	p := newPost(t, imaptest.How{})
	p.deliver("eerste")
	p.deliver("tweede")
	r := p.reader(p.Port)
	stop := run(t, r)
	p.reads(2)
	if n := len(p.Lying(Done)); n != 2 {
		t.Errorf("%d mails lie in %s", n, Done)
	}
	p.deliver("onder IDLE") // a reader that did not listen would look in five minutes only
	p.reads(3)

	p.Stop()
	p.fails("connection")
	if p.state().ReadAt.IsZero() {
		t.Error("the desk does not say when the mailbox was read last")
	}
	must(t, p.Start())
	p.deliver("na een storing")
	p.reads(4)
	stop()

	// Stopped between keeping and moving, or restored by the server's administrator: the
	// mails lie there again, under another UIDVALIDITY.
	p.Stop()
	must(t, p.PutBack(Done))
	must(t, p.Renumber())
	must(t, p.Start())
	run(t, r)
	until(t, "what lies there again is moved again", func() bool { return len(p.Lying("")) == 0 && len(p.Lying(Done)) >= 4 })
	if n := p.waiting(); n != 4 {
		t.Errorf("%d mails wait, want the same 4", n)
	}
}

// TestReadsWithoutMove: a server that cannot move has the mails copied and removed; one
// that cannot remove a mail alone keeps them marked, and what others marked stays.
func TestReadsWithoutMove(t *testing.T) {
	t.Parallel()
	for name, without := range map[string]string{"copy and expunge": "MOVE", "copy and mark": "MOVE UIDPLUS", "no IDLE": "MOVE IDLE"} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, imaptest.How{Without: without})
			for i := range 3 {
				p.deliver(fmt.Sprintf("nummer %d", i))
			}
			r := p.reader(p.Port)
			r.Idle = 20 * time.Millisecond
			run(t, r)
			left := 0
			if name == "copy and mark" {
				left = 4
			}
			p.deliver("een later")
			until(t, "all mails are in and copied", func() bool { return p.waiting() == 4 && len(p.Lying(Done)) == 4 && len(p.Lying("")) == left })
		})
	}
}

// TestReadsUnderAPrefix: on some servers every folder stands below the inbox.
func TestReadsUnderAPrefix(t *testing.T) {
	t.Parallel()
	p := newPost(t, imaptest.How{Prefix: "INBOX."})
	p.deliver("onder INBOX.")
	run(t, p.reader(p.Port))
	p.reads(1)
	if n := len(p.Lying(Done)); n != 1 {
		t.Errorf("%d mails lie in %s", n, Done)
	}
}

// TestSecondDeliveryInOneLook: mails that lie side by side are taken in side by side, and
// of two deliveries of the same mail one is still known as the second.
func TestSecondDeliveryInOneLook(t *testing.T) {
	t.Parallel()
	p := newPost(t, imaptest.How{})
	for i := range 10 {
		mail := string(p.mail(fmt.Sprintf("zaak %d", i)))
		must(t, p.Deliver([]byte(mail)))
		must(t, p.Deliver([]byte(strings.Replace(mail, "mx.example.org", "mx2.example.org", 1))))
	}
	run(t, p.reader(p.Port))
	p.reads(20)
	list, _, err := p.Store.Incomings(t.Context(), everything, day, "")
	must(t, err)
	twins := 0
	for _, m := range list {
		if m.Twin != "" {
			twins++
		}
	}
	if twins != 10 {
		t.Errorf("%d of 20 mails are known as second deliveries, want 10", twins)
	}
}
