package inbox

import (
	"strings"
	"testing"
)

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
