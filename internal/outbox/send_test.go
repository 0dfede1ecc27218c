package outbox_test

import (
	"context"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"gehoor/internal/outbox"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

func parcel(t *testing.T) record.Parcel {
	t.Helper()
	raw, err := outbox.Post{}.Compose(record.Outgoing{FromName: "Landelijk Steunpunt (mede)zeggenschap", From: "helpdesk@example.org", To: "t.brugsma@example.net",
		Subject: "Uw klacht 2026-417", Text: "Beste mevrouw Brugsma,\n\nWij hebben uw klacht.\n.\nHoogachtend, een coördinator\n", HTML: "<p>Beste mevrouw Brugsma,</p>",
		MessageID: "abc123@example.org", InReplyTo: []string{"x@example.net"}, References: []string{"w@example.net", "x@example.net", "boos\r\nBcc: a@example.net"},
		Automatic: record.AutoReplied, Language: "nl", Date: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return record.Parcel{From: "helpdesk@example.org", To: "t.brugsma@example.net", Raw: raw}
}

func server(t *testing.T, s outbox.Setting) *outbox.Server {
	t.Helper()
	post, err := outbox.New(s)
	if err != nil {
		t.Fatal(err)
	}
	post.Patience, post.Long, post.Grace = 2*time.Second, 2*time.Second, 10*time.Millisecond
	return post.Server
}

// A message is plain text and HTML of the same words, with the headers by which other
// machines leave it alone, and nothing that was typed begins a header of its own.
func TestCompose(t *testing.T) {
	m, err := mail.ReadMessage(strings.NewReader(string(parcel(t).Raw)))
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{
		"From": `"Landelijk Steunpunt (mede)zeggenschap" <helpdesk@example.org>`, "To": "<t.brugsma@example.net>", "Subject": "Uw klacht 2026-417",
		"Message-Id": "<abc123@example.org>", "In-Reply-To": "<x@example.net>", "References": "<w@example.net> <x@example.net>", "Bcc": "",
		"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All", "Date": "Tue, 24 Nov 2026 10:00:00 +0000",
	} {
		if got := m.Header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	if !strings.HasPrefix(m.Header.Get("Content-Type"), "multipart/alternative") {
		t.Error(m.Header.Get("Content-Type"))
	}
}

func TestSend(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("geheim\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for scheme, how := range map[string]smtptest.How{"smtp": {}, "smtps": {TLS: true}, "smtp+starttls": {StartTLS: true, User: "helpdesk", Password: "geheim"}} {
		t.Run(scheme, func(t *testing.T) {
			sink, p := smtptest.New(t, how), parcel(t)
			setting := outbox.Setting{URL: sink.URL(scheme), Roots: sink.Roots}
			if how.User != "" {
				setting.PasswordFile = secret
			}
			if got := server(t, setting).Send(t.Context(), p); !got.Accepted {
				t.Fatalf("%+v", got)
			}
			got := sink.Got()
			if len(got) != 1 || got[0].From != p.From || got[0].To != p.To || got[0].User != how.User || !got[0].Accepted {
				t.Fatalf("%+v", got)
			}
			if got[0].Raw != string(p.Raw) {
				t.Errorf("other bytes came than went:\n%q\n%q", got[0].Raw, p.Raw)
			}
		})
	}
}

// What goes wrong is told apart: is it final, whose fault is it, and what did the server
// say.
func TestSendFails(t *testing.T) {
	reply := func(code, a, b, c int) *smtp.SMTPError {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{a, b, c}, Message: "no t.brugsma@example.net"}
	}
	for name, tt := range map[string]struct {
		fault smtptest.Fault
		want  record.Receipt
	}{
		"sender refused":     {smtptest.Fault{At: smtptest.AtMail, Reply: reply(553, 5, 7, 1)}, record.Receipt{Final: true, Trouble: record.BadSender, Reply: "553 5.7.1"}},
		"mailbox full":       {smtptest.Fault{At: smtptest.AtRcpt, Reply: reply(450, 4, 2, 2)}, record.Receipt{Trouble: record.BadRecipient, Reply: "450 4.2.2"}},
		"no such mailbox":    {smtptest.Fault{At: smtptest.AtRcpt, Reply: reply(550, 5, 1, 1)}, record.Receipt{Final: true, Trouble: record.BadRecipient, Reply: "550 5.1.1"}},
		"not now":            {smtptest.Fault{At: smtptest.AtDot, Reply: reply(451, 4, 3, 0)}, record.Receipt{Trouble: record.BadContent, Reply: "451 4.3.0"}},
		"not this":           {smtptest.Fault{At: smtptest.AtDot, Reply: reply(554, 5, 6, 0)}, record.Receipt{Final: true, Trouble: record.BadContent, Reply: "554 5.6.0"}},
		"drop in the middle": {smtptest.Fault{At: smtptest.AtRcpt, Drop: true}, record.Receipt{Trouble: record.Dropped}},
		"silence":            {smtptest.Fault{At: smtptest.AtRcpt, Stall: true}, record.Receipt{Trouble: record.NoAnswer}},
		"stall after dot":    {smtptest.Fault{At: smtptest.AtDot, Stall: true}, record.Receipt{Trouble: record.PerhapsSent}},
		"drop after dot":     {smtptest.Fault{At: smtptest.AtDot, Drop: true}, record.Receipt{Trouble: record.PerhapsSent}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sink := smtptest.New(t, smtptest.How{})
			sink.Fail(tt.fault)
			s := server(t, outbox.Setting{URL: sink.URL("smtp")})
			if tt.fault.Stall {
				s.Patience, s.Long = 200*time.Millisecond, 200*time.Millisecond
			}
			got := s.Send(t.Context(), parcel(t))
			if got.Said == "" {
				t.Error("nothing is said about it")
			}
			got.Said = ""
			if got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestUnreachable(t *testing.T) {
	wrong := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(wrong, []byte("fout"), 0o600); err != nil {
		t.Fatal(err)
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "smtp://" + closed.Addr().String()
	closed.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	other := smtptest.New(t, smtptest.How{TLS: true, Name: "mail.example.org"})
	later := smtptest.New(t, smtptest.How{StartTLS: true, Name: "mail.example.org"})
	bare := smtptest.New(t, smtptest.How{})
	secret := smtptest.New(t, smtptest.How{User: "helpdesk", Password: "geheim"})
	for name, tt := range map[string]struct {
		setting outbox.Setting
		want    record.Trouble
	}{
		"name":                {outbox.Setting{URL: "smtps://mail.invalid"}, record.NoName},
		"nobody listens":      {outbox.Setting{URL: nobody}, record.NoConnection},
		"silence":             {outbox.Setting{URL: "smtp://" + silent.Addr().String()}, record.NoAnswer},
		"another certificate": {outbox.Setting{URL: other.URL("smtps"), Roots: other.Roots}, record.BadCert},
		"unknown certificate": {outbox.Setting{URL: later.URL("smtp+starttls")}, record.BadCert},
		"no STARTTLS":         {outbox.Setting{URL: bare.URL("smtp+starttls")}, record.NoTLS},
		"no TLS at that port": {outbox.Setting{URL: bare.URL("smtps")}, record.NoTLS},
		"wrong password":      {outbox.Setting{URL: secret.URL("smtp"), PasswordFile: wrong}, record.BadLogin},
		"no log-in there":     {outbox.Setting{URL: "smtp://helpdesk@" + net.JoinHostPort(bare.Host, bare.Port), PasswordFile: wrong}, record.NoLogin},
		"log-in is asked":     {outbox.Setting{URL: "smtp://" + net.JoinHostPort(secret.Host, secret.Port)}, record.BadSender},
	} {
		t.Run(name, func(t *testing.T) {
			s := server(t, tt.setting)
			if tt.want == record.NoAnswer {
				s.Patience = 200 * time.Millisecond
			}
			got := s.Send(t.Context(), parcel(t))
			if got.Trouble != tt.want || got.Accepted || got.Said == "" {
				t.Errorf("%+v, want %s", got, tt.want)
			}
			if got.Final && tt.want != record.BadSender {
				t.Error("nothing was said about the message, and it is given up")
			}
		})
	}
}

// A program that stops waits a little for the message under way, and no longer.
func TestSendStops(t *testing.T) {
	sink := smtptest.New(t, smtptest.How{})
	sink.Fail(smtptest.Fault{At: smtptest.AtDot, Stall: true})
	ctx, cancel := context.WithCancel(t.Context())
	s := server(t, outbox.Setting{URL: sink.URL("smtp")})
	s.Patience, s.Long = time.Minute, time.Minute
	time.AfterFunc(50*time.Millisecond, cancel)
	if got := s.Send(ctx, parcel(t)); got.Accepted || got.Final {
		t.Errorf("%+v", got)
	}
}

func TestSettings(t *testing.T) {
	for _, tt := range []struct{ url, file, want string }{
		{"mail.example.org", "", "--smtp should name"},
		{"http://mail.example.org", "", "--smtp should name"},
		{"smtps://", "", "--smtp should name"},
		{"smtps://helpdesk:geheim@mail.example.org", "", "must not hold the password"},
		{"smtps://helpdesk@mail.example.org", "", "belong together"},
		{"smtps://helpdesk@mail.example.org", "/nergens/password", "no such file"},
		{"smtp://mail.example.org", "", "for all to read"},
	} {
		_, err := outbox.New(outbox.Setting{URL: tt.url, PasswordFile: tt.file})
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v, want %q", tt.url, err, tt.want)
		}
	}
	if post, err := outbox.New(outbox.Setting{}); err != nil || post.IsSet() {
		t.Error("nothing is set, and there is a server")
	}
	if _, err := outbox.New(outbox.Setting{From: "Helpdesk <helpdesk@example.org>"}); err == nil {
		t.Error("a name in --mail-from is taken")
	}
}
