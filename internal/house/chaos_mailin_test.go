package house_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gehoor/internal/house"
	"gehoor/internal/imaptest"
	"gehoor/internal/inbox"
	"gehoor/internal/pgtest"
	"gehoor/internal/record"
)

// speaking is a mail room that says what it took in.
type speaking struct {
	inbox.Mailroom
	say func(said)
}

// TakeIn takes in, and says so.
func (r speaking) TakeIn(ctx context.Context, raw []byte, from record.MailPlace) (record.Taken, error) {
	taken, err := r.Mailroom.TakeIn(ctx, raw, from)
	r.say(said{What: "took"})
	return taken, err
}

// read reads a mailbox until the worker is killed.
func (o orders) read(ctx context.Context, h *house.House, say func(said)) error {
	m, err := inbox.Parse(o.Inbox, false)
	if err != nil {
		return err
	}
	m.PasswordFile = o.PasswordFile
	if o.Busy {
		go workOn(ctx, h, say)
	}
	inbox.Reader{Mailbox: m, Room: speaking{h.Mailroom, say}, Log: slog.New(slog.DiscardHandler), Pause: 5 * time.Millisecond}.Run(ctx)
	return nil
}

// TestChaosIntake kills programs that read a mailbox, at random moments; meanwhile the
// mail server crashes, connections drop, mails are numbered anew and lie there again. In
// the end every mail is in the register, once.
func TestChaosIntake(t *testing.T) {
	for name, database := range map[string]func(*testing.T) string{
		"SQLite": func(*testing.T) string { return "" }, "PostgreSQL": func(t *testing.T) string { return pgtest.DSN(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // most of it is waiting for programs and servers to start
			n := cycles(t, name == "SQLite")
			for done := 0; done < n && !t.Failed(); done += perRegister {
				b := &postbag{siege: siege{home: t.TempDir(), database: database(t), dice: rand.New(rand.NewPCG(uint64(done), 13))}, mails: map[string]int{}}
				b.chase(t, min(perRegister, n-done))
			}
		})
	}
}

// postbag is a register, and the mail that must be in it.
type postbag struct {
	siege
	server *imaptest.Dovecot
	proxy  *imaptest.Proxy
	secret string
	mails  map[string]int // by the hash of their bytes: their length

	between, crashes, drops, renumbered, returned int
}

func (b *postbag) chase(t *testing.T, kills int) {
	b.server = imaptest.New(t, imaptest.How{})
	b.proxy = imaptest.NewProxy(t, b.server.Port)
	b.secret = filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(b.secret, []byte(imaptest.Password), 0o600); err != nil {
		t.Fatal(err)
	}
	b.inHouse(t, func(h *house.House) {
		if err := h.FurnishPeople(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	for range kills {
		b.deliver(t, 4+b.dice.IntN(20))
		b.disturb(t)
		b.interrupt(t)
	}
	w := b.worker(t)
	go func() {
		for end := time.Now().Add(90 * time.Second); len(b.server.Lying("")) > 0 && time.Now().Before(end); {
			time.Sleep(20 * time.Millisecond)
		}
		w.kill()
	}()
	b.follow(t, w, nil)
	b.check(t)
	if b.between == 0 && kills >= 20 {
		t.Error("no program was killed between two mails")
	}
	t.Logf("%d programs were killed at %d mails, %d times between two; %d crashes of the server, %d drops, numbered anew %d times, %d mails put back",
		b.kills, len(b.mails), b.between, b.crashes, b.drops, b.renumbered, b.returned)
}

// interrupt kills a program while it takes mails in: after a number of them, which may
// be none, and some moments; and half the time drops its connection before.
func (b *postbag) interrupt(t *testing.T) {
	t.Helper()
	w := b.worker(t)
	lying := len(b.server.Lying(""))
	kill, drop := b.dice.IntN(lying+1), b.dice.IntN(lying+1)
	some := time.Duration(b.dice.IntN(40)) * time.Millisecond
	took := 0
	late := time.AfterFunc(20*time.Second, w.kill) // it may not get that far
	defer late.Stop()
	b.follow(t, w, func(what string) {
		if what == "took" {
			took++
		}
		if took == drop && drop < kill {
			b.drops++
			b.proxy.Drop()
		}
		if took >= kill {
			time.AfterFunc(some, w.kill)
		}
	})
	if len(b.server.Lying("")) > 0 && took > 0 {
		b.between++
	}
}

// deliver puts mails in the mailbox; every fifth one lies there twice.
func (b *postbag) deliver(t *testing.T, n int) {
	t.Helper()
	for range n {
		i := len(b.mails)
		raw := fmt.Appendf(nil, "Received: from mx.example.org by mail.example.org; Tue, 24 Nov 2026 08:00:00 +0000\r\nFrom: Tjitske <klager%d@example.org>\r\nSubject: Klacht: nummer %d\r\nMessage-ID: <%d@example.org>\r\n\r\n%s\r\n",
			i, i, i, strings.Repeat("Niemand belde terug. ", 1+b.dice.IntN(150)))
		for range 1 + i%5/4 {
			if err := b.server.Deliver(raw); err != nil {
				t.Fatal(err)
			}
		}
		sum := sha256.Sum256(raw)
		b.mails[hex.EncodeToString(sum[:])] = len(raw)
	}
}

// disturb lets the mail server do, now and then, what mail servers do.
func (b *postbag) disturb(t *testing.T) {
	t.Helper()
	switch b.dice.IntN(4) {
	case 0:
		b.crashes++
		b.server.Stop()
	case 1:
		b.renumbered++
		b.server.Stop()
		if b.dice.IntN(2) == 0 {
			b.returned += len(b.server.Lying(inbox.Done))
			if err := b.server.PutBack(inbox.Done); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.server.Renumber(); err != nil {
			t.Fatal(err)
		}
	case 2:
		b.proxy.Fail([]string{"Niemand belde", "COPYUID", "UIDVALIDITY"}[b.dice.IntN(3)], false, 1)
		return
	default:
		return
	}
	if err := b.server.Start(); err != nil {
		t.Fatal(err)
	}
}

// worker starts a program that reads the mailbox.
func (b *postbag) worker(t *testing.T) *worker {
	t.Helper()
	return b.reader(t, orders{Home: b.home, Database: b.database, PasswordFile: b.secret, Inbox: "imap+plain://" + imaptest.User + "@127.0.0.1:" + b.proxy.Port})
}

// follow waits for the end of a program, and hears what it says meanwhile.
func (b *postbag) follow(t *testing.T, w *worker, hear func(what string)) {
	t.Helper()
	for {
		var line said
		if err := w.lines.Decode(&line); err != nil {
			break
		}
		if line.What == "failed" {
			t.Error(line.Error)
		} else if hear != nil {
			hear(line.What)
		}
	}
	w.hold.Close()
	_ = w.cmd.Wait()
	if code := w.cmd.ProcessState.ExitCode(); code != -1 {
		t.Fatalf("the program ended by itself with %d: %s", code, &w.stderr)
	}
	b.kills++
}

// check compares the register with the mails.
func (b *postbag) check(t *testing.T) {
	t.Helper()
	if n := len(b.server.Lying("")); n > 0 {
		t.Errorf("%d mails still lie in the mailbox", n)
	}
	found := map[string]int{}
	each(t, register(t, b.home, b.database), `SELECT raw_hash, size FROM incoming`, func(scan func(...any) error) error {
		var hash []byte
		var size int
		err := scan(&hash, &size)
		if _, twice := found[string(hash)]; twice {
			t.Error("a mail is in the register twice")
		}
		found[string(hash)] = size
		return err
	})
	b.inHouse(t, func(h *house.House) {
		lost := 0
		for sum, size := range b.mails {
			if got, there := found[string(h.Mailroom.Index("mail bytes", sum))]; !there {
				lost++
			} else if got != size {
				t.Errorf("a mail of %d bytes is kept with %d", size, got)
			}
		}
		if lost > 0 || len(found) != len(b.mails) {
			t.Errorf("%d mails are lost, and %d of %d are in the register", lost, len(found), len(b.mails))
		}
		r, err := h.Inspector.Verify(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			t.Errorf("verify: %v", f)
		}
	})
}
