package inbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// dovecot is a real IMAP server of the test's own, on loopback.
type dovecot struct {
	t    *testing.T
	dir  string
	port string
	cmd  *exec.Cmd
	uid  int
	n    int
}

const password = "geheim-van-de-proef"

// startDovecot starts a server with an empty mailbox, or skips the test when there is
// none on this machine.
func startDovecot(t *testing.T) *dovecot {
	t.Helper()
	program, err := exec.LookPath("dovecot")
	if err != nil {
		if program = "/usr/sbin/dovecot"; !exists(program) {
			missing := "no Dovecot on this machine; on Debian or Ubuntu: apt-get install dovecot-imapd"
			if os.Getenv("GEHOOR_REQUIRE_ALL") != "" {
				t.Fatal(missing)
			}
			t.Skip(missing)
		}
	}
	dir, err := os.MkdirTemp("", "gehoor-dovecot-") // the path of a socket must be short
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	must(t, os.Chmod(dir, 0o755))
	d := &dovecot{t: t, dir: dir, port: freePort(t), uid: os.Getuid()}
	gid, internal, login := os.Getgid(), "", ""
	if d.uid == 0 { // Dovecot reads no mail as root
		nobody, err := user.Lookup("nobody")
		must(t, err)
		d.uid, _ = strconv.Atoi(nobody.Uid)
		gid, _ = strconv.Atoi(nobody.Gid)
	} else {
		me, err := user.Current()
		must(t, err)
		group, err := user.LookupGroupId(me.Gid)
		must(t, err)
		internal = "default_internal_user = " + me.Username + "\ndefault_internal_group = " + group.Name
		login = "default_login_user = " + me.Username
	}
	must(t, os.MkdirAll(filepath.Join(dir, "mail"), 0o755))
	must(t, os.Chown(filepath.Join(dir, "mail"), d.uid, gid))
	must(t, os.WriteFile(filepath.Join(dir, "users"), []byte("klachten:{PLAIN}"+password+"\n"), 0o644))
	conf := fmt.Sprintf(`base_dir = %[1]s/run
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:%[1]s/mail/%%u
first_valid_uid = 1
%[2]s
%[3]s
passdb {
  driver = passwd-file
  args = %[1]s/users
}
userdb {
  driver = static
  args = uid=%[4]d gid=%[5]d home=%[1]s/mail/%%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[6]s
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`, dir, internal, login, d.uid, gid, d.port)
	must(t, os.WriteFile(filepath.Join(dir, "dovecot.conf"), []byte(conf), 0o644))
	d.start(program)
	t.Cleanup(d.stop)
	return d
}

func (d *dovecot) start(program string) {
	d.t.Helper()
	d.cmd = exec.Command(program, "-F", "-c", filepath.Join(d.dir, "dovecot.conf"))
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	must(d.t, d.cmd.Start())
	until(d.t, "Dovecot answers", func() bool {
		c, err := net.Dial("tcp", "127.0.0.1:"+d.port)
		if err != nil {
			return false
		}
		return c.Close() == nil
	})
}

// stop ends the server, and with it every connection.
func (d *dovecot) stop() {
	if d.cmd == nil {
		return
	}
	_ = d.cmd.Process.Signal(syscall.SIGTERM)
	_ = d.cmd.Wait() // it ends with a signal
	d.cmd = nil
}

// deliver puts a mail in the mailbox, as a mail server does.
func (d *dovecot) deliver(about string) {
	d.t.Helper()
	d.n++
	box := filepath.Join(d.dir, "mail", "klachten")
	for _, sub := range []string{"", "cur", "new", "tmp"} {
		path := filepath.Join(box, sub)
		if !exists(path) {
			must(d.t, os.MkdirAll(path, 0o755))
			must(d.t, os.Chown(path, d.uid, -1))
		}
	}
	raw := fmt.Sprintf("Received: from mx.example.org by mail.example.org; Tue, 24 Nov 2026 08:00:00 +0000\r\nFrom: Tjitske <tjitske@example.org>\r\nSubject: Klacht: %s\r\nMessage-ID: <%d@example.org>\r\n\r\n%s\r\n", about, d.n, about)
	name := fmt.Sprintf("%d.%d.proef", time.Now().UnixNano(), d.n)
	must(d.t, os.WriteFile(filepath.Join(box, "tmp", name), []byte(raw), 0o644))
	must(d.t, os.Chown(filepath.Join(box, "tmp", name), d.uid, -1))
	must(d.t, os.Rename(filepath.Join(box, "tmp", name), filepath.Join(box, "new", name)))
}

// lying counts the mails in a folder.
func (d *dovecot) lying(folder string) int {
	box := filepath.Join(d.dir, "mail", "klachten")
	if folder != "" {
		box = filepath.Join(box, "."+folder)
	}
	n := 0
	for _, sub := range []string{"new", "cur"} {
		list, _ := os.ReadDir(filepath.Join(box, sub)) // not there yet: none
		n += len(list)
	}
	return n
}

func (d *dovecot) reader(h *house.House, secret string) Reader {
	d.t.Helper()
	file := filepath.Join(d.t.TempDir(), "password")
	must(d.t, os.WriteFile(file, []byte(secret+"\n"), 0o600))
	m, err := Parse("imap+plain://klachten@127.0.0.1:"+d.port+"/INBOX", false)
	must(d.t, err)
	m.PasswordFile = file
	return Reader{Mailbox: m, Room: h.Mailroom, Log: slog.New(slog.DiscardHandler), Pause: 10 * time.Millisecond, Patience: 20 * time.Second}
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

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	must(t, err)
	return port
}

func waiting(t *testing.T, h *house.House) int {
	t.Helper()
	n, err := h.Store.CountIncoming(t.Context(), complaint.MailSight{All: true})
	must(t, err)
	return n.Waiting
}

// TestReadsAMailbox: what lies there is taken in and moved; what comes later is told by
// the server; a server that stops is found again; mails that are numbered anew, or lie
// there again, are not doubled.
func TestReadsAMailbox(t *testing.T) {
	d := startDovecot(t)
	h := housetest.Empty(t)
	d.deliver("eerste")
	d.deliver("tweede")
	r := d.reader(h, password)
	stop := run(t, r)
	until(t, "two mails are in the register and moved", func() bool { return waiting(t, h) == 2 && d.lying("") == 0 && d.lying(Done) == 2 })
	d.deliver("onder IDLE") // a reader that did not listen would look in five minutes only
	until(t, "a mail that comes later is taken in", func() bool { return waiting(t, h) == 3 && d.lying("") == 0 })

	program := d.cmd.Path
	d.stop()
	until(t, "the register says that reading fails", func() bool {
		m, err := h.Store.Mailboxes(t.Context(), time.Time{})
		return err == nil && len(m) == 1 && m[0].Fault == "connection" && !m[0].FailedAt.IsZero() && !m[0].ReadAt.IsZero()
	})
	d.start(program)
	d.deliver("na een storing")
	until(t, "reading goes on", func() bool {
		m, err := h.Store.Mailboxes(t.Context(), time.Time{})
		return waiting(t, h) == 4 && err == nil && m[0].FailedAt.IsZero()
	})
	until(t, "all are moved", func() bool { return d.lying("") == 0 && d.lying(Done) == 4 })
	stop()

	// Stopped between keeping and moving, or restored by the server's administrator: the
	// mails lie there again, under another UIDVALIDITY.
	box := filepath.Join(d.dir, "mail", "klachten")
	back, err := filepath.Glob(filepath.Join(box, "."+Done, "cur", "*"))
	must(t, err)
	for _, path := range back {
		must(t, os.Rename(path, filepath.Join(box, "cur", filepath.Base(path))))
	}
	for _, index := range []string{"dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache", "dovecot-uidvalidity"} {
		if err := os.Remove(filepath.Join(box, index)); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	run(t, r)
	until(t, "what lies there again is moved again", func() bool { return d.lying("") == 0 && d.lying(Done) >= 4 })
	if n := waiting(t, h); n != 4 {
		t.Errorf("%d mails wait, want the same 4", n)
	}
}

// TestWrongPassword is shown with its remedy, and the mail stays where it is.
func TestWrongPassword(t *testing.T) {
	d := startDovecot(t)
	h := housetest.Empty(t)
	d.deliver("blijft liggen")
	r := d.reader(h, "verkeerd")
	var log bytes.Buffer
	r.Log, r.Pause = slog.New(slog.NewTextHandler(&log, nil)), time.Minute
	stop := run(t, r)
	until(t, "the fault is shown", func() bool {
		m, err := h.Store.Mailboxes(t.Context(), time.Time{})
		return err == nil && len(m) == 1 && m[0].Fault == "login"
	})
	stop()
	if d.lying("") != 1 || waiting(t, h) != 0 {
		t.Error("the mail did not stay where it was")
	}
	if strings.Contains(log.String(), "verkeerd") {
		t.Error("the password stands in the log")
	}
}

// TestSilentServer: a server that takes the connection and says nothing is given up.
func TestSilentServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	m, err := Parse("imap+plain://klachten@"+l.Addr().String(), false)
	must(t, err)
	r := Reader{Mailbox: m, Patience: 50 * time.Millisecond, Log: slog.New(slog.DiscardHandler)}
	var f *fault
	if err := r.session(t.Context()); !errors.As(err, &f) || f.code != "silence" {
		t.Errorf("a silent server: %v", err)
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		address string
		plain   bool
		want    Mailbox
		wrong   string
	}{
		{"imaps://klachten@lsr.example.org@mail.example.org/INBOX", false, Mailbox{Host: "mail.example.org", Port: "993", User: "klachten@lsr.example.org", Folder: "INBOX", TLS: true}, ""},
		{"imaps://klachten%40lsr.example.org@mail.example.org", false, Mailbox{Host: "mail.example.org", Port: "993", User: "klachten@lsr.example.org", Folder: "INBOX", TLS: true}, ""},
		{"imap://k@mail.example.org:1143/Klachten/Nieuw", false, Mailbox{Host: "mail.example.org", Port: "1143", User: "k", Folder: "Klachten/Nieuw", StartTLS: true}, ""},
		{"imap+plain://k@localhost", false, Mailbox{Host: "localhost", Port: "143", User: "k", Folder: "INBOX"}, ""},
		{"imap+plain://k@mail.example.org", false, Mailbox{}, "in the clear"},
		{"imap+plain://k@mail.example.org", true, Mailbox{Host: "mail.example.org", Port: "143", User: "k", Folder: "INBOX"}, ""},
		{"imaps://k:geheim@mail.example.org", false, Mailbox{}, "holds a password"},
		{"imaps://mail.example.org", false, Mailbox{}, "names no user"},
		{"https://k@mail.example.org", false, Mailbox{}, "does not begin"},
		{"mail.example.org", false, Mailbox{}, "is no address"},
	} {
		got, err := Parse(c.address, c.plain)
		if c.wrong == "" && (err != nil || got != c.want) {
			t.Errorf("%s: %+v, %v", c.address, got, err)
		}
		if c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong) || strings.Contains(err.Error(), "geheim")) {
			t.Errorf("%s: %v, want %q", c.address, err, c.wrong)
		}
	}
}
