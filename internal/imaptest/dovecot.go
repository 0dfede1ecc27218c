// Package imaptest gives tests a real Dovecot of their own, and a proxy before it that
// fails as it is told.
package imaptest

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
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// ErrMissing says that this machine has no Dovecot.
var ErrMissing = errors.New("no Dovecot on this machine; on Debian or Ubuntu: apt-get install dovecot-imapd")

// The user of the server, and the password.
const (
	User     = "klachten"
	Password = "geheim-van-de-proef"
)

// How says how a server differs from a plain one with everything it can do.
type How struct {
	TLS        bool   // it has a certificate: on a port of its own, and by STARTTLS
	Name       string // in its certificate; "": 127.0.0.1
	Without    string // what it does not say that it can, as "MOVE IDLE"
	Introspect string // the address that knows the tokens of XOAUTH2
	Prefix     string // before the name of every folder but the inbox, as "INBOX."
}

// Dovecot is a real mail server of the test's own, on loopback.
type Dovecot struct {
	Port    string // in the clear, and STARTTLS
	TLSPort string // TLS from the first byte
	CAFile  string // the certificate by which it is known

	dir, program string
	how          How
	owner        owner
	cmd          *exec.Cmd
	n            atomic.Int64
}

// owner is under whom mail is kept.
type owner struct {
	uid, gid       int
	login, process string // lines of the configuration
}

// New starts a server with an empty mailbox that stops with the test. The test is skipped
// when there is none on this machine, or fails where every test must run.
func New(t testing.TB, how How) *Dovecot {
	t.Helper()
	d, err := Start(how)
	if errors.Is(err, ErrMissing) && os.Getenv("CI") != "true" && os.Getenv("GEHOOR_REQUIRE_ALL") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Remove(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// Start starts a server; Remove stops it and removes what it kept.
func Start(how How) (d *Dovecot, err error) {
	d = &Dovecot{how: how}
	if d.program, err = exec.LookPath("dovecot"); err != nil {
		if d.program, err = exec.LookPath("/usr/sbin/dovecot"); err != nil {
			return nil, ErrMissing
		}
	}
	if d.dir, err = os.MkdirTemp("", "gehoor-dovecot-"); err != nil { // the path of a socket must be short
		return nil, err
	}
	if err = d.prepare(); err == nil {
		err = d.Start()
	}
	if err != nil {
		return nil, errors.Join(err, d.Remove())
	}
	return d, nil
}

func (d *Dovecot) prepare() (err error) {
	if d.owner, err = whose(); err != nil {
		return err
	}
	for _, port := range []*string{&d.Port, &d.TLSPort} {
		if *port, err = freePort(); err != nil {
			return err
		}
	}
	err = errors.Join(os.Chmod(d.dir, 0o755), os.Mkdir(d.path("mail"), 0o755), os.Chown(d.path("mail"), d.owner.uid, d.owner.gid))
	for _, sub := range []string{"", "cur", "new", "tmp"} {
		err = errors.Join(err, d.mkdir(d.Box("", sub)))
	}
	if d.how.TLS {
		d.CAFile = d.path("cert.pem")
		err = errors.Join(err, certificate(d.CAFile, d.path("key.pem"), d.how.Name))
	}
	return errors.Join(err, os.WriteFile(d.path("users"), []byte(User+":{PLAIN}"+Password+"\n"), 0o644),
		os.WriteFile(d.path("dovecot.conf"), []byte(d.configuration()), 0o644))
}

// whose finds an account for the mail: Dovecot reads none as root.
func whose() (o owner, err error) {
	if o.uid, o.gid = os.Getuid(), os.Getgid(); o.uid == 0 {
		nobody, err := user.Lookup("nobody")
		if err != nil {
			return o, err
		}
		uid, err := strconv.Atoi(nobody.Uid)
		gid, err2 := strconv.Atoi(nobody.Gid)
		o.uid, o.gid = uid, gid
		return o, errors.Join(err, err2)
	}
	me, err := user.Current()
	if err != nil {
		return o, err
	}
	group, err := user.LookupGroupId(me.Gid)
	if err != nil {
		return o, err
	}
	o.process = "default_internal_user = " + me.Username + "\ndefault_internal_group = " + group.Name
	o.login = "default_login_user = " + me.Username
	return o, nil
}

func (d *Dovecot) path(names ...string) string {
	return filepath.Join(append([]string{d.dir}, names...)...)
}

func (d *Dovecot) mkdir(path string) error {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	return os.Chown(path, d.owner.uid, d.owner.gid)
}

// Start starts a server that was stopped, and waits until it answers.
func (d *Dovecot) Start() error {
	d.cmd = exec.Command(d.program, "-F", "-c", d.path("dovecot.conf"))
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM, Setpgid: true}
	if err := d.cmd.Start(); err != nil {
		return err
	}
	var err error
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if err = d.greets(); err == nil {
			return nil
		}
	}
	log, _ := os.ReadFile(d.path("log")) // it may not be there
	return fmt.Errorf("Dovecot does not answer: %w\n%s", err, log)
}

func (d *Dovecot) greets() error {
	conn, err := net.Dial("tcp", "127.0.0.1:"+d.Port)
	if err != nil {
		return err
	}
	defer conn.Close()
	greeting := make([]byte, 4)
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return err
	}
	_, err = io.ReadFull(conn, greeting)
	return err
}

// Stop ends the server at once, and with it every connection, as a crash does: asked
// politely, it takes seconds.
func (d *Dovecot) Stop() {
	if d.cmd == nil {
		return
	}
	_ = syscall.Kill(-d.cmd.Process.Pid, syscall.SIGKILL) // with its children, which are a group of their own
	_ = d.cmd.Wait()                                      // it ends with a signal
	d.cmd = nil
	defer os.RemoveAll(d.path("run")) // its sockets: what stays would be taken for a server that runs
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		conn, err := net.Dial("tcp", "127.0.0.1:"+d.Port)
		if err != nil {
			return
		}
		_ = conn.Close() // the last of its children lets go of the port
	}
}

// Remove ends the server and removes its folders.
func (d *Dovecot) Remove() error {
	d.Stop()
	var err error
	for range 50 { // its last children may still be writing
		if err = os.RemoveAll(d.dir); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

// Box gives the path of a folder, "" for the inbox, or of what lies in it.
func (d *Dovecot) Box(folder string, names ...string) string {
	path := d.path("mail", User)
	if folder != "" {
		path = filepath.Join(path, "."+folder)
	}
	return filepath.Join(append([]string{path}, names...)...)
}

// Deliver puts a mail in the inbox, as a mail server does.
func (d *Dovecot) Deliver(raw []byte) error { return d.DeliverTo("", raw) }

// DeliverTo puts a mail in a folder, and makes the folder when it is not there.
func (d *Dovecot) DeliverTo(folder string, raw []byte) error {
	for _, sub := range []string{"", "cur", "new", "tmp"} {
		if err := d.mkdir(d.Box(folder, sub)); err != nil {
			return err
		}
	}
	name := fmt.Sprintf("%d.%d.proef", time.Now().UnixNano(), d.n.Add(1))
	tmp := d.Box(folder, "tmp", name)
	return errors.Join(os.WriteFile(tmp, raw, 0o644), os.Chown(tmp, d.owner.uid, d.owner.gid), os.Rename(tmp, d.Box(folder, "new", name)))
}

// Lying gives the mails in a folder, as files.
func (d *Dovecot) Lying(folder string) []string {
	var all []string
	for _, sub := range []string{"new", "cur"} {
		list, _ := os.ReadDir(d.Box(folder, sub)) // not there yet: none
		for _, e := range list {
			all = append(all, d.Box(folder, sub, e.Name()))
		}
	}
	return all
}

// Renumber lets the server number its mails anew, under another UIDVALIDITY. It must be
// stopped.
func (d *Dovecot) Renumber() error {
	for _, index := range []string{"dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.log.2", "dovecot.index.cache", "dovecot-uidvalidity"} {
		if err := os.Remove(d.Box("", index)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	old, err := filepath.Glob(d.Box("", "dovecot-uidvalidity.*"))
	for _, file := range old {
		err = errors.Join(err, os.Remove(file))
	}
	return err
}

// PutBack lays everything in a folder into the inbox again, as a server's administrator
// does who restores a copy.
func (d *Dovecot) PutBack(folder string) error {
	for _, path := range d.Lying(folder) {
		if err := os.Rename(path, d.Box("", "cur", filepath.Base(path))); err != nil {
			return err
		}
	}
	return nil
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

// everything is what this Dovecot says that it can, as far as it matters.
const everything = "IMAP4rev1 SASL-IR LITERAL+ ENABLE IDLE NAMESPACE UIDPLUS MOVE UNSELECT"

func (d *Dovecot) configuration() string {
	can := ""
	if d.how.Without != "" {
		left := []string{}
		for word := range strings.FieldsSeq(everything) {
			if !strings.Contains(" "+d.how.Without+" ", " "+word+" ") {
				left = append(left, word)
			}
		}
		can = "protocol imap {\n  imap_capability = " + strings.Join(left, " ") + "\n}\n"
	}
	secure := "ssl = no\n"
	if d.how.TLS {
		secure = fmt.Sprintf("ssl = yes\nssl_cert = <%s\nssl_key = <%s\n", d.CAFile, d.path("key.pem"))
	}
	tokens, mechanisms := "", "plain"
	if d.how.Introspect != "" {
		mechanisms = "plain xoauth2"
		tokens = fmt.Sprintf("passdb {\n  driver = oauth2\n  mechanisms = xoauth2\n  args = %s\n}\n", d.path("oauth2.conf"))
		if err := os.WriteFile(d.path("oauth2.conf"), fmt.Appendf(nil, "introspection_url = %s\nintrospection_mode = get\nactive_attribute = active\nactive_value = true\nusername_attribute = user\n",
			d.how.Introspect), 0o644); err != nil {
			return "" // Dovecot then says that it has no configuration
		}
	}
	space := ""
	if d.how.Prefix != "" {
		space = fmt.Sprintf("namespace inbox {\n  inbox = yes\n  separator = .\n  prefix = %s\n}\n", d.how.Prefix)
	}
	return fmt.Sprintf(plain, d.dir, d.owner.process, d.owner.login, d.owner.uid, d.owner.gid, d.Port, d.TLSPort) +
		secure + "auth_mechanisms = " + mechanisms + "\n" + tokens + passwords(d.dir) + can + space
}

func passwords(dir string) string {
	return fmt.Sprintf("passdb {\n  driver = passwd-file\n  mechanisms = plain\n  args = %s/users\n}\n", dir)
}

// plain is the configuration that every server has.
const plain = `base_dir = %[1]s/run
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:%[1]s/mail/%%u
mail_fsync = never
first_valid_uid = 1
shutdown_clients = yes
%[2]s
%[3]s
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
    port = %[7]s
    ssl = yes
  }
}
service anvil {
  chroot =
}
`
