package smtptest

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// ErrNoPostfix says that this machine has no Postfix.
var ErrNoPostfix = errors.New("no Postfix on this machine; on Debian or Ubuntu: apt-get install postfix")

// Postfix is a real mail server of the test's own, on loopback, with its own folders. It
// takes mail for everybody at example.test that Users names, takes it for Moved too but
// finds later that it cannot deliver that, and refuses the others.
type Postfix struct {
	Port  string
	dir   string
	owner *user.User
}

// Users are who has a mailbox at example.test.
const Users = "trijn helpdesk"

// Moved has an address to which mail comes back.
const Moved = "verhuisd@example.test"

// NewPostfix starts Postfix, and stops it with the test. Without Postfix, or where it
// cannot run, the test is skipped, or fails where every test must run.
func NewPostfix(t testing.TB) *Postfix {
	t.Helper()
	p, err := startPostfix(t)
	if errors.Is(err, ErrNoPostfix) && os.Getenv("CI") != "true" && os.Getenv("GEHOOR_REQUIRE_ALL") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func startPostfix(t testing.TB) (*Postfix, error) {
	t.Helper()
	program, err := exec.LookPath("postfix")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/postfix"); err != nil {
			return nil, ErrNoPostfix
		}
	}
	owner, err := user.Lookup("postfix")
	if err != nil || os.Geteuid() != 0 {
		return nil, fmt.Errorf("%w (it runs under its own account: these tests must run as root)", ErrNoPostfix)
	}
	dir, err := os.MkdirTemp("", "gehoor-postfix-")
	if err != nil {
		return nil, err
	}
	p := &Postfix{dir: dir, owner: owner}
	if p.Port, err = freePort(); err != nil {
		return nil, err
	}
	if err := p.write(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if out, err := exec.Command(program, "-c", p.path("etc"), "start").CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("start Postfix: %w: %s", err, out), os.RemoveAll(dir))
	}
	t.Cleanup(func() {
		if out, err := exec.Command(program, "-c", p.path("etc"), "abort").CombinedOutput(); err != nil {
			t.Errorf("stop Postfix: %v: %s", err, out)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return p, p.ready()
}

func (p *Postfix) path(names ...string) string {
	return filepath.Join(append([]string{p.dir}, names...)...)
}

// freePort finds a port nobody listens on.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// write makes the folders and the configuration: all below one folder, nothing of the
// machine's own Postfix.
func (p *Postfix) write() error {
	uid, err := strconv.Atoi(p.owner.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(p.owner.Gid)
	if err != nil {
		return err
	}
	var boxes strings.Builder
	for _, name := range strings.Fields(Users) {
		fmt.Fprintf(&boxes, "%s@example.test %s/\n", name, name)
	}
	fmt.Fprintf(&boxes, "%s nergens/\n", Moved)
	if err := errors.Join(os.Chmod(p.dir, 0o755), os.Mkdir(p.path("etc"), 0o755), os.Mkdir(p.path("queue"), 0o755), os.Mkdir(p.path("data"), 0o700),
		os.Mkdir(p.path("mail"), 0o700), os.Chown(p.path("data"), uid, gid), os.Chown(p.path("mail"), uid, gid)); err != nil {
		return err
	}
	for name, text := range map[string]string{
		"main.cf": fmt.Sprintf(`compatibility_level = 3.6
queue_directory = %[1]s/queue
data_directory = %[1]s/data
maillog_file = %[1]s/log
maillog_file_prefixes = %[1]s
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.test
mydestination =
local_recipient_maps =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.test
virtual_mailbox_maps = texthash:%[1]s/etc/boxes
virtual_mailbox_base = %[1]s/mail
transport_maps = texthash:%[1]s/etc/transports
virtual_minimum_uid = 1
virtual_uid_maps = static:%[2]d
virtual_gid_maps = static:%[3]d
smtpd_relay_restrictions = reject_unauth_destination
smtpd_delay_reject = yes
default_transport = discard
relay_transport = discard
alias_maps =
alias_database =
smtputf8_enable = no
message_size_limit = 40000
mailbox_size_limit = 0
`, p.dir, uid, gid),
		"master.cf": fmt.Sprintf(`127.0.0.1:%[1]s inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
moved unix - n n - - pipe user=nobody argv=%[2]s/etc/moved
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`, p.Port, p.dir),
		"boxes":      boxes.String(),
		"transports": Moved + " moved:\n",
	} {
		if err := os.WriteFile(p.path("etc", name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	// sysexits.h: 67 says that there is nobody of that name.
	return os.WriteFile(p.path("etc", "moved"), []byte("#!/bin/sh\nexit 67\n"), 0o755)
}

// ready waits for the greeting.
func (p *Postfix) ready() error {
	var err error
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		var conn net.Conn
		if conn, err = net.DialTimeout("tcp", net.JoinHostPort("127.0.0.1", p.Port), time.Second); err == nil {
			_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
			greeting := make([]byte, 3)
			if _, err = io.ReadFull(conn, greeting); err == nil && string(greeting) == "220" {
				return conn.Close()
			}
			_ = conn.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	log, _ := os.ReadFile(p.path("log"))
	return fmt.Errorf("the server Postfix does not answer: %w\n%s", err, log)
}

// Box waits for messages in the mailbox of a user, and gives them.
func (p *Postfix) Box(t testing.TB, name string, n int) []string {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); ; {
		files, err := filepath.Glob(p.path("mail", name, "new", "*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) >= n || time.Now().After(end) {
			var all []string
			for _, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, string(text))
			}
			if len(all) < n {
				log, _ := os.ReadFile(p.path("log"))
				t.Fatalf("%d messages came for %s, not %d\n%s", len(all), name, n, log)
			}
			return all
		}
		time.Sleep(20 * time.Millisecond)
	}
}
