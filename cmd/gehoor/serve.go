package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"gehoor/internal/access"
	"gehoor/internal/clock"
	"gehoor/internal/house"
	"gehoor/internal/outbox"
	"gehoor/internal/porch"
)

type serveCmd struct {
	place
	doors
	post
	inboxes
}

// post are the options of who sends e-mail.
type post struct {
	SMTP             string `name:"smtp" help:"The mail server to send with: smtps://user@host:465, smtp+starttls://user@host:587, or smtp://localhost:25. Without it, e-mail waits in the post room." env:"GEHOOR_SMTP"`
	SMTPPasswordFile string `name:"smtp-password-file" help:"File that holds the password of the user in --smtp, on one line." env:"GEHOOR_SMTP_PASSWORD_FILE" type:"path"`
	SMTPCA           string `name:"smtp-ca" help:"File with certificates (PEM) by which the mail server is known, when the system does not know them." env:"GEHOOR_SMTP_CA" type:"path"`
	SMTPPlain        bool   `name:"smtp-plain" help:"Allow smtp:// to another machine: complaints then cross the network for all to read." env:"GEHOOR_SMTP_PLAIN"`
	MailFrom         string `help:"The address e-mail is sent from; without it: the organisation's e-mail address in the settings." env:"GEHOOR_MAIL_FROM"`
}

// setting reads the options.
func (p post) setting() (s outbox.Setting, err error) {
	s = outbox.Setting{URL: p.SMTP, PasswordFile: p.SMTPPasswordFile, From: p.MailFrom, Plain: p.SMTPPlain}
	s.Roots, err = certificates("--smtp-ca", p.SMTPCA)
	return s, err
}

// certificates reads the certificates in a file; nil, those of the system, without one.
func certificates(option, file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", option, err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s: %s holds no certificate (PEM)", option, file)
	}
	return roots, nil
}

// doors are the options of everything that serves HTTP.
type doors struct {
	Listen       string   `help:"Address and port to listen on." default:"127.0.0.1:8080" env:"GEHOOR_LISTEN"`
	BaseURL      string   `help:"The address by which people reach the register, as in https://klachten.example.org; without it: the listen address, and e-mail to employees holds no link." env:"GEHOOR_BASE_URL"`
	TrustedProxy []string `help:"Address or network of a proxy in front, whose X-Forwarded-For and X-Forwarded-Proto are believed. May be given more than once." env:"GEHOOR_TRUSTED_PROXY"`
	UploadLimit  int64    `help:"The largest file taken, in MiB." default:"25" env:"GEHOOR_UPLOAD_LIMIT"`
	LogFormat    string   `help:"How log lines look: text or json." enum:"text,json" default:"text" env:"GEHOOR_LOG_FORMAT"`
	TLSCert      string   `help:"TLS certificate file (PEM); with --tls-key. Without both, put a proxy in front or stay on loopback." env:"GEHOOR_TLS_CERT" type:"path"`
	TLSKey       string   `help:"TLS key file (PEM)." env:"GEHOOR_TLS_KEY" type:"path"`

	// local says that whoever uses gehoor sits at this machine: the listen address is the
	// one to print in letters.
	local bool
	// settled is called when the doors have been open for a moment.
	settled func()
}

// Run opens the house and its doors until the context ends.
func (c serveCmd) Run(ctx context.Context, t terminal) (err error) {
	c.doors.settled = startSmall()
	log := c.logger(t)
	config := c.place.config(log)
	config.MaxUpload = c.UploadLimit << 20
	if config.Mail, err = c.post.setting(); err != nil {
		return err
	}
	boxes, err := c.mailboxes()
	if err != nil {
		return err
	}
	h, err := house.Open(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	stop, err := readAll(ctx, h, boxes)
	if err != nil {
		return err
	}
	defer stop()
	return c.doors.serve(ctx, t, h, func(address string) error { return c.welcome(ctx, t, h, address) })
}

// welcome says where the register is, and how to set it up when it is new.
func (c serveCmd) welcome(ctx context.Context, t terminal, h *house.House, address string) error {
	if h.NewKey {
		fmt.Fprintf(t.out, "A new key file was made (%s). Without it the register cannot be read:\nprint it with gehoor key sheet, and keep that somewhere else.\n", h.Vault.Fingerprint())
	}
	done, err := h.People.IsSetUp(ctx)
	if err != nil {
		return err
	}
	if done {
		fmt.Fprintf(t.out, "gehoor listens at %s (stop with Ctrl-C)\n", address)
		return nil
	}
	token, guard := access.NewSetUpToken()
	h.People.Guard = guard
	fmt.Fprintf(t.out, "Set the register up at this address; it works once, until gehoor stops:\n\n    %s/inrichten?token=%s\n\n", address, token)
	return nil
}

// startSmall collects often while the program starts, and gives back what that took when it
// has settled: nobody may come for hours, and a heap that was large once stays so, because
// what is kept lies scattered in it.
func startSmall() (settled func()) {
	usual := debug.SetGCPercent(50)
	return func() {
		debug.SetGCPercent(usual)
		debug.FreeOSMemory()
	}
}

func (d doors) logger(t terminal) *slog.Logger {
	if d.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(t.err, nil))
	}
	return slog.New(slog.NewTextHandler(t.err, nil))
}

// proxies reads the trusted proxies.
func (d doors) proxies() ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, word := range d.TrustedProxy {
		prefix, err := netip.ParsePrefix(word)
		if addr, addrErr := netip.ParseAddr(word); addrErr == nil {
			prefix, err = addr.Prefix(addr.BitLen())
		}
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxy %q is no address or network: write it as 10.0.0.5 or 10.0.0.0/8", word)
		}
		all = append(all, prefix)
	}
	return all, nil
}

// check refuses options that contradict one another.
func (d doors) check() error {
	if (d.TLSCert == "") != (d.TLSKey == "") {
		return errors.New("--tls-cert and --tls-key belong together: give both, or neither")
	}
	if err := d.checkBaseURL(); err != nil {
		return err
	}
	if d.UploadLimit < 1 || d.UploadLimit > 1024 {
		return fmt.Errorf("--upload-limit is %d MiB: choose 1 to 1024", d.UploadLimit)
	}
	return nil
}

// checkBaseURL refuses an address that nobody could open: links in e-mail begin with it.
func (d doors) checkBaseURL() error {
	if d.BaseURL == "" {
		return nil
	}
	if !strings.HasPrefix(d.BaseURL, "http://") && !strings.HasPrefix(d.BaseURL, "https://") {
		return fmt.Errorf("--base-url %q should begin with https:// (or http://)", d.BaseURL)
	}
	u, err := url.Parse(d.BaseURL)
	if err != nil || u.Hostname() == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("--base-url %q should be an address and nothing behind it, as in https://klachten.example.org", d.BaseURL)
	}
	return nil
}

// address is how people reach the listener.
func (d doors) address(l net.Listener) string {
	if d.BaseURL != "" {
		return strings.TrimRight(d.BaseURL, "/")
	}
	scheme := "http://"
	if d.TLSCert != "" {
		scheme = "https://"
	}
	return scheme + l.Addr().String()
}

// warn says so when passwords would cross a network in the clear.
func (d doors) warn(t terminal, l net.Listener) {
	tcp, ok := l.Addr().(*net.TCPAddr)
	if !ok || tcp.IP.IsLoopback() || d.TLSCert != "" || strings.HasPrefix(d.BaseURL, "https://") {
		return
	}
	fmt.Fprintf(t.err, "Warning: gehoor listens at %s without TLS. Give --tls-cert and --tls-key, or put a proxy with TLS in front and name it with --base-url and --trusted-proxy.\n", l.Addr())
}

// shutdownGrace is how long running requests may take to end.
const shutdownGrace = 20 * time.Second

// serve listens until the context ends, then lets running requests finish.
func (d doors) serve(ctx context.Context, t terminal, h *house.House, welcome func(address string) error) error {
	if err := d.check(); err != nil {
		return err
	}
	proxies, err := d.proxies()
	if err != nil {
		return err
	}
	handler, err := h.Doors(proxies, strings.HasPrefix(d.BaseURL, "https://")).Handler()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", d.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen at %s: %w (choose another --listen)", d.Listen, err)
	}
	d.warn(t, listener)
	if d.BaseURL != "" || d.local {
		h.ReachedAt(d.address(listener))
	}
	if err := welcome(d.address(listener)); err != nil {
		return errors.Join(err, listener.Close())
	}
	server := porch.Server(d.Listen, handler, h.Log)
	var rooms sync.WaitGroup
	ticking, stopClock := context.WithCancel(ctx)
	rooms.Go(func() { clock.Clock{Office: h.Office, People: h.People, Mail: h.Mailroom, Log: h.Log}.Run(ticking) })
	if h.Office.SendsMail() {
		rooms.Go(func() { clock.Round{Postman: h.Office, Log: h.Log}.Run(ticking) })
	}
	ended := make(chan error, 1)
	go func() { ended <- d.listen(server, listener) }()
	time.AfterFunc(time.Second, d.settled)
	select {
	case err = <-ended:
	case <-ctx.Done():
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
		if err = server.Shutdown(grace); err != nil {
			err = errors.Join(err, server.Close())
		}
		cancel()
		fmt.Fprintln(t.err, "gehoor has closed its doors.")
	}
	stopClock()
	rooms.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (d doors) listen(s *http.Server, l net.Listener) error {
	if d.TLSCert != "" {
		return s.ServeTLS(l, d.TLSCert, d.TLSKey)
	}
	return s.Serve(l)
}
