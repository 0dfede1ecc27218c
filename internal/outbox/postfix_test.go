package outbox_test

import (
	"net/mail"
	"strings"
	"testing"

	"gehoor/internal/outbox"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

// A real mail server takes what we send, delivers it as it is, and refuses as it does.
func TestPostfix(t *testing.T) {
	p := smtptest.NewPostfix(t)
	s := server(t, outbox.Setting{URL: "smtp://127.0.0.1:" + p.Port})
	send := func(to, text string) record.Receipt {
		raw, err := outbox.Post{}.Compose(record.Outgoing{FromName: "Helpdesk", From: "helpdesk@example.test", To: to, Subject: "Uw klacht 2026-417",
			Text: text, HTML: "<p>Coördinator</p>", MessageID: "abc@example.test"})
		if err != nil {
			t.Fatal(err)
		}
		return s.Send(t.Context(), record.Parcel{From: "helpdesk@example.test", To: to, Raw: raw})
	}
	if got := send("trijn@example.test", "Beste mevrouw,\n\n.\n..\nUw coördinator\n"); !got.Accepted {
		t.Fatalf("%+v", got)
	}
	m, err := mail.ReadMessage(strings.NewReader(p.Box(t, "trijn", 1)[0]))
	if err != nil || m.Header.Get("Message-Id") != "<abc@example.test>" || m.Header.Get("Return-Path") != "<helpdesk@example.test>" {
		t.Errorf("%v %v", m, err)
	}
	if got := send("niemand@example.test", "x"); got.Reply != "550 5.1.1" || !got.Final || got.Trouble != record.BadRecipient {
		t.Errorf("nobody of that name: %+v", got)
	}
	if got := send("ver.weg@example.org", "x"); got.Reply != "554 5.7.1" || !got.Final {
		t.Errorf("another domain: %+v", got)
	}
	if got := send("trijn@example.test", strings.Repeat("Dit is veel te lang.\n", 4000)); got.Reply != "552 5.3.4" || !got.Final {
		t.Errorf("too large: %+v", got)
	}
	if n := len(p.Box(t, "trijn", 1)); n != 1 {
		t.Errorf("%d messages came", n)
	}
}
