package outbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"os"
	"strings"
	"time"
)

// Setting is how an administrator names a mail server.
type Setting struct {
	URL          string // smtps://user@host:465, smtp+starttls://user@host:587, smtp://localhost:25
	PasswordFile string
	From         string // the address mail goes from; "" leaves that to the organisation's settings
	Plain        bool   // mail may cross a network unencrypted
	Roots        *x509.CertPool
}

// Server is a mail server that takes our mail.
type Server struct {
	host, address string
	mode          mode
	user          string
	passwordFile  string
	roots         *x509.CertPool // nil: those of the system

	// Patience bounds one command, and Long the wait for an answer after a message;
	// Grace is how long a message under way may take when the program stops.
	Patience, Long, Grace time.Duration
}

// mode is how the connection is secured.
type mode string

const (
	wholeTLS mode = "smtps"
	startTLS mode = "smtp+starttls"
	plain    mode = "smtp"
)

var ports = map[mode]string{wholeTLS: "465", startTLS: "587", plain: "25"}

// New reads a setting; without a URL there is no server, and no error.
func New(s Setting) (Post, error) {
	if s.From != "" {
		if a, err := mail.ParseAddress(s.From); err != nil || a.Address != s.From {
			return Post{}, fmt.Errorf("--mail-from %q is no e-mail address: write it as helpdesk@example.org", s.From)
		}
	}
	if s.URL == "" {
		return Post{}, nil
	}
	u, err := url.Parse(s.URL)
	if err != nil || u.Hostname() == "" || ports[mode(u.Scheme)] == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return Post{}, fmt.Errorf("--smtp should name a mail server as smtps://user@host:465, smtp+starttls://user@host:587 or smtp://localhost:25")
	}
	if _, secret := u.User.Password(); secret {
		return Post{}, fmt.Errorf("--smtp must not hold the password, others on this machine could read it: put it in a file and name that with --smtp-password-file")
	}
	server := &Server{host: u.Hostname(), mode: mode(u.Scheme), user: u.User.Username(), passwordFile: s.PasswordFile, roots: s.Roots,
		Patience: time.Minute, Long: 5 * time.Minute, Grace: 10 * time.Second}
	port := u.Port()
	if port == "" {
		port = ports[server.mode]
	}
	server.address = net.JoinHostPort(server.host, port)
	if server.mode == plain && !s.Plain && !isLoopback(server.host) {
		return Post{}, fmt.Errorf("--smtp smtp://%s would send complaints over the network for all to read: use smtps:// or smtp+starttls://, or allow it with --smtp-plain", server.host)
	}
	if (server.user == "") != (server.passwordFile == "") {
		return Post{}, fmt.Errorf("a user in --smtp and --smtp-password-file belong together: give both, or neither")
	}
	if server.user != "" {
		if _, err := server.password(); err != nil {
			return Post{}, err
		}
	}
	return Post{server}, nil
}

// isLoopback reports whether host is this machine.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// password reads the password anew each time, so that a changed file needs no restart.
func (s *Server) password() (string, error) {
	text, err := os.ReadFile(s.passwordFile)
	if err != nil {
		return "", fmt.Errorf("the password of the mail server: %w", err)
	}
	password := strings.TrimRight(string(text), "\r\n")
	if password == "" || strings.ContainsAny(password, "\r\n\x00") {
		return "", fmt.Errorf("the password file of the mail server, %s, should hold one line with the password", s.passwordFile)
	}
	return password, nil
}

// Address is where the server is, for people.
func (s *Server) Address() string { return s.address }

func (s *Server) tlsConfig() *tls.Config {
	return &tls.Config{ServerName: s.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
}

// dial connects, with TLS from the start where that is the mode.
func (s *Server) dial(ctx context.Context) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, s.Patience)
	defer cancel()
	if s.mode == wholeTLS {
		return (&tls.Dialer{Config: s.tlsConfig()}).DialContext(ctx, "tcp", s.address)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", s.address)
}
