package house_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gehoor/internal/envelope"
	"gehoor/internal/house"
	"gehoor/internal/imaptest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// mostAboveBase is how much more memory than at rest the program may take for the worst
// mail, in KiB.
const mostAboveBase = 256 << 10

// hostileMails are made to cost a reader all its time or memory. Each is made when it is
// its turn: together they are large.
func hostileMails() []hostileMail {
	const head = "From: a@example.org\r\nSubject: klacht: groot\r\n"
	multipart := func(n int) string { return fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n", n) }
	return []hostileMail{
		{"200,000 parts", true, func() string { return head + multipart(0) + strings.Repeat("--b0\r\n\r\n", 200_000) }},
		{"5,000 nested parts", true, func() string {
			var b strings.Builder
			b.WriteString(head)
			for i := range 5000 {
				fmt.Fprintf(&b, "%s--b%d\r\n", multipart(i), i)
			}
			return b.String() + "\r\ndiep"
		}},
		{"a header of 10 MB", true, func() string { return head + "X-Big: " + strings.Repeat("a", 10<<20) + "\r\n\r\nDe tekst." }},
		{"a megabyte of <", false, func() string { return head + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<", 1<<20) }},
		{"a megabyte of names", false, func() string { return head + "\r\n" + strings.Repeat("Meneer Haverdonk was niet goed. ", 1<<15) }},
		{"a file of 50 MB", false, func() string {
			line := base64.StdEncoding.EncodeToString(slices.Repeat([]byte{0xff, 0xd8, 0xff}, 19)) + "\r\n"
			return head + multipart(0) + "--b0\r\nContent-Type: text/plain\r\n\r\nZie bijlage.\r\n--b0\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=groot.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
				strings.Repeat(line, (50<<20)/57) + "--b0--\r\n"
		}},
	}
}

type hostileMail struct {
	name   string
	inPart bool // it is read in part, and says so
	raw    func() string
}

// TestHostileIntake sends mail that is made to do harm through the whole intake, from a
// mailbox to the register: each is kept, in bounded memory, while somebody else works.
func TestHostileIntake(t *testing.T) {
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("it looks at the memory of a process in /proc, and takes some seconds")
	}
	b := &postbag{siege: siege{home: t.TempDir(), dice: rand.New(rand.NewPCG(1, 17))}, server: imaptest.New(t, imaptest.How{}), secret: filepath.Join(t.TempDir(), "password")}
	if err := os.WriteFile(b.secret, []byte(imaptest.Password), 0o600); err != nil {
		t.Fatal(err)
	}
	b.inHouse(t, func(h *house.House) {
		if err := h.FurnishPeople(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	w := b.reader(t, orders{Home: b.home, PasswordFile: b.secret, Busy: true, Inbox: "imap+plain://" + imaptest.User + "@127.0.0.1:" + b.server.Port})
	defer w.kill()
	hear := func(until string, some int) {
		for some > 0 {
			var line said
			if err := w.lines.Decode(&line); err != nil {
				t.Fatalf("the program ended: %v, %s", err, &w.stderr)
			}
			if line.What == "failed" {
				t.Fatal(line.Error)
			}
			if line.What == until {
				some--
			}
		}
	}
	hear("worked", 3)
	base := memory(t, w, "VmHWM")
	for _, m := range hostileMails() {
		if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", w.cmd.Process.Pid), []byte("5"), 0); err != nil {
			t.Logf("the most memory is that of all before, too: %v", err)
		}
		if err := b.server.Deliver([]byte(m.raw())); err != nil {
			t.Fatal(err)
		}
		hear("took", 1)
		hear("worked", 3)
		most := memory(t, w, "VmHWM")
		t.Logf("%-20s %4d MiB above %d at rest", m.name, (most-base)>>10, base>>10)
		if most-base > mostAboveBase {
			t.Errorf("%s: %d MiB above base", m.name, (most-base)>>10)
		}
	}
	w.kill()
	w.hold.Close()
	_ = w.cmd.Wait() // killed
	b.checkHostile(t)
}

// checkHostile holds that every mail is in the register, whole, and says what it is.
func (b *postbag) checkHostile(t *testing.T) {
	t.Helper()
	sizes := map[int64]record.Incoming{}
	b.inHouse(t, func(h *house.House) {
		who, err := h.Person(t.Context(), "Jorien Tasselaar")
		if err != nil {
			t.Fatal(err)
		}
		list, _, err := h.Mailroom.List(t.Context(), who, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range list {
			sizes[l.Size] = record.Incoming{Codes: l.Codes}
		}
		for _, m := range hostileMails() {
			in, there := sizes[int64(len(m.raw()))]
			if !there {
				t.Errorf("%s is not in the register", m.name)
			} else if partly := slices.Contains(in.Codes.Flags, envelope.FlagTooLarge); m.inPart && !partly {
				t.Errorf("%s: it does not say that it was read in part", m.name)
			}
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

// memory gives a line of a process's status, in KiB.
func memory(t *testing.T, w *worker, line string) (kib int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), line+":")
	if _, err := fmt.Sscanf(strings.TrimSpace(rest), "%d kB", &kib); err != nil {
		t.Fatal(err)
	}
	return kib
}

// workOn takes letters in, one after another, and says so: whoever works while mail comes.
func workOn(ctx context.Context, h *house.House, say func(said)) {
	c, err := newCrew(ctx, h)
	for n := 0; err == nil; n++ {
		var stories []*story
		if stories, err = c.begin(n, 1); err == nil {
			err = receiveDraft(ctx, c, stories[0], office.Form{Key: record.NewID()})
		}
		if err == nil {
			say(said{What: "worked", N: n})
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(20 * time.Millisecond): // nobody types faster
		}
	}
	say(said{What: "failed", Error: err.Error()})
}

// reader starts a program with its orders.
func (b *postbag) reader(t *testing.T, o orders) *worker {
	t.Helper()
	w := &worker{cmd: exec.Command(os.Args[0])}
	w.cmd.Env, w.cmd.Stderr = append(os.Environ(), workerVariable+"=1"), &w.stderr
	in, err := w.cmd.StdinPipe()
	out, err2 := w.cmd.StdoutPipe()
	if err := errors.Join(err, err2, w.cmd.Start()); err != nil {
		t.Fatal(err)
	}
	w.hold, w.lines = in, json.NewDecoder(out)
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	go in.Write(text) // an early kill may break this pipe
	return w
}
