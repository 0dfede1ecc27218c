package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/inbox"
)

func mailOf(n int) string {
	return fmt.Sprintf("From: Tjitske <tjitske@example.org>\nSubject: Klacht: nummer %d\nMessage-ID: <%d@example.org>\n\nDe tekst van %d.\n", n, n, n)
}

func writeFile(t *testing.T, text string, path ...string) string {
	t.Helper()
	file := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// importMail runs the command.
func importMail(home string, files ...string) (out, bad string, err error) {
	var o, b bytes.Buffer
	err = run(context.Background(), append([]string{"inbox", "import", "--home", home}, files...), terminal{out: &o, err: &b})
	return o.String(), b.String(), err
}

func waitingMails(t *testing.T, h *house.House) int {
	t.Helper()
	n, err := h.Store.CountIncoming(t.Context(), complaint.MailSight{All: true})
	if err != nil {
		t.Fatal(err)
	}
	return n.Waiting
}

// TestInboxImport takes in a mail, an mbox and a Maildir, each mail once; what cannot be
// read is named, and the others go on.
func TestInboxImport(t *testing.T) {
	h, dir := housetest.Empty(t), t.TempDir()
	one := writeFile(t, mailOf(1), dir, "een.eml")
	mbox := writeFile(t, "From a@example.org Tue Nov 24 08:00:00 2026\n"+mailOf(2)+"\n>From hier geciteerd.\n\nFrom b@example.org Tue Nov 24 09:00:00 2026\n"+mailOf(3)+"\n", dir, "oud.mbox")
	maildir := filepath.Join(dir, "Maildir")
	writeFile(t, mailOf(4), maildir, "cur", "1.a:2,S")
	writeFile(t, mailOf(1), maildir, "cur", "2.b:2,S") // the first one again
	writeFile(t, "", maildir, "new", "3.c")
	writeFile(t, "index", maildir, "dovecot.index.log")
	if err := os.Symlink(writeFile(t, mailOf(5), dir, "elders", "vijf"), filepath.Join(maildir, "cur", "5.d")); err != nil {
		t.Fatal(err)
	}
	out, bad, err := importMail(h.Home, one, mbox, maildir)
	if err != nil || !strings.Contains(out, "6 mails read: 5 new, 1 that were here already.") {
		t.Fatalf("%v\n%s%s", err, out, bad)
	}
	if n := waitingMails(t, h); n != 5 {
		t.Errorf("%d mails wait, want 5", n)
	}
	if err := os.Symlink(filepath.Join(dir, "weg"), filepath.Join(maildir, "cur", "0.weg")); err != nil {
		t.Fatal(err)
	}
	writeFile(t, mailOf(6), maildir, "cur", "6.e")
	out, bad, err = importMail(h.Home, maildir)
	if !errors.Is(err, errQuiet) || !strings.Contains(out, "4 mails read: 1 new, 3 that were here already.") || !strings.Contains(out, "1 file could not be read.") || !strings.Contains(bad, "0.weg") {
		t.Errorf("with a file that cannot be read: %v\n%s%s", err, out, bad)
	}
	if _, bad, err = importMail(h.Home, filepath.Join(dir, "niets")); err == nil {
		t.Errorf("a file that is not there: %s", bad)
	}
}

// TestImportProgress: somebody who waits hears how far it is, unless they want quiet; and
// it stops when it is stopped, to be run again.
func TestImportProgress(t *testing.T) {
	h, dir := housetest.Empty(t), t.TempDir()
	writeFile(t, mailOf(1), dir, "a", "1.eml")
	for _, quiet := range []bool{false, true} {
		var bad bytes.Buffer
		i := &importer{ctx: t.Context(), h: h, t: terminal{err: &bad}, quiet: quiet, told: time.Now().Add(-time.Hour)}
		if err := i.walk(dir); err != nil {
			t.Fatal(err)
		}
		if told := strings.Contains(bad.String(), "1 mails, "); told == quiet {
			t.Errorf("quiet %v, and it says %q", quiet, &bad)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (&importer{ctx: ctx, h: h}).walk(dir); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// TestMbox: where mails begin and end, and what is not one.
func TestMbox(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"two", "From a x\nA: 1\n\neen\n\nFrom b x\nB: 2\n\ntwee\n", []string{"A: 1\n\neen\n", "B: 2\n\ntwee\n"}},
		{"line ends of mail", "From a x\r\nA: 1\r\n\r\neen\r\n\r\nFrom b x\r\nB: 2\r\n", []string{"A: 1\r\n\r\neen\r\n", "B: 2\r\n"}},
		{"a line that begins so in a text", "From a x\nA: 1\n\neen\nFrom hier.\n", []string{"A: 1\n\neen\nFrom hier.\n"}},
		{"quoted, and quoted twice", "From a x\nA: 1\n\n>From een\n>>From twee\n> From drie\n", []string{"A: 1\n\nFrom een\n>From twee\n> From drie\n"}},
		{"no end", "From a x\nA: 1\n\neen", []string{"A: 1\n\neen"}},
		{"too large", "From a x\n" + strings.Repeat("x", 300) + "\n\nFrom b x\nB: 2\n", []string{"!", "B: 2\n"}},
	} {
		var got []string
		err := eachInMbox(bufio.NewReader(strings.NewReader(c.text)), 200, func(raw []byte, err error) error {
			if errors.Is(err, errTooLarge) {
				raw = []byte("!")
			}
			got = append(got, string(raw))
			return nil
		})
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

// TestReadAll: every mailbox is read until the program stops, and a fault of one that is
// no longer named is no longer shown.
func TestReadAll(t *testing.T) {
	h := housetest.Empty(t)
	if err := h.Mailroom.MailboxFailed(t.Context(), "oud@mail.example.org/INBOX", "login"); err != nil {
		t.Fatal(err)
	}
	var boxes []inbox.Mailbox
	for _, user := range []string{"een", "twee"} {
		m, err := inbox.Parse("imap+plain://"+user+"@127.0.0.1:1", false) // nobody listens there
		if err != nil {
			t.Fatal(err)
		}
		boxes = append(boxes, m)
	}
	stop, err := readAll(t.Context(), h, boxes)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for end := time.Now().Add(time.Minute); len(names) < 2 && time.Now().Before(end); <-time.After(10 * time.Millisecond) {
		names = nil
		list, err := h.Store.Mailboxes(t.Context(), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			names = append(names, m.Mailbox+" "+m.Fault)
		}
	}
	stop() // returns when nobody reads any more
	if want := []string{"een@127.0.0.1/INBOX connection", "twee@127.0.0.1/INBOX connection"}; !slices.Equal(names, want) {
		t.Errorf("read: %q, want %q", names, want)
	}
}

// TestInboxOptions: certificates, passwords and tokens, each for all or one for each.
func TestInboxOptions(t *testing.T) {
	dir := t.TempDir()
	none := writeFile(t, "geen certificaat", dir, "ca.pem")
	two := []string{"imaps://a@mail.example.org", "imaps://b@mail.example.org"}
	for _, c := range []struct {
		given inboxes
		wrong string
	}{
		{inboxes{Inbox: two, InboxPasswordFile: []string{"x"}}, ""},
		{inboxes{Inbox: two, InboxPasswordFile: []string{"x", "y"}}, ""},
		{inboxes{Inbox: two, InboxTokenFile: []string{"x"}}, ""},
		{inboxes{Inbox: two, InboxPasswordFile: []string{"x", "y", "z"}}, "3 times for 2 mailboxes"},
		{inboxes{Inbox: two}, "--inbox needs --inbox-password-file"},
		{inboxes{Inbox: two, InboxPasswordFile: []string{"x"}, InboxCA: none}, "holds no certificate"},
		{inboxes{Inbox: two, InboxPasswordFile: []string{"x"}, InboxCA: filepath.Join(dir, "weg")}, "--inbox-ca"},
		{inboxes{Inbox: []string{"imap+plain://a@mail.example.org"}, InboxPasswordFile: []string{"x"}}, "--inbox-plain"},
	} {
		list, err := c.given.mailboxes()
		if c.wrong == "" && (err != nil || len(list) != 2) || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%+v: %d mailboxes, %v", c.given, len(list), err)
		}
	}
}
