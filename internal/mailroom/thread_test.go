package mailroom_test

import (
	netmail "net/mail"
	"strings"
	"testing"

	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/outbox"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

// The acknowledgement of a mail goes to its sender in the same conversation; to another
// address it is a message of its own, and one that answers a machine waits.
func TestAcknowledgesInTheThread(t *testing.T) {
	d := desk{housetest.Empty(t), t}
	sink := smtptest.New(t, smtptest.How{})
	post, err := outbox.New(outbox.Setting{URL: sink.URL("smtp")})
	d.must(err)
	d.Office.Mail = post
	jorien := d.who("Jorien Tasselaar")
	machine := strings.ReplaceAll(strings.ReplaceAll(letter, "<een@", "<drie@"), "MIME-Version", "Precedence: bulk\nMIME-Version")
	for i, tt := range []struct{ raw, email, answers string }{
		{letter, "Tjitske@example.org", "<een@example.org>"},
		{strings.ReplaceAll(letter, "<een@", "<twee@"), "iemand.anders@example.org", ""},
		{machine, "tjitske@example.org", "held"},
	} {
		taken := d.takeIn(tt.raw, uint32(i+1))
		v, err := d.Mailroom.Look(t.Context(), jorien, taken.ID)
		d.must(err)
		in := intakeOf(d, v)
		in.Identity.Email = tt.email
		got, err := d.Mailroom.Register(t.Context(), jorien, office.Form{Key: taken.ID}, taken.ID, in)
		d.must(err)
		before := len(sink.Got())
		_, err = d.Office.Deliver(t.Context())
		d.must(err)
		if tt.answers == "held" {
			list, err := d.Store.Messages(t.Context(), got.Dossier)
			d.must(err)
			if len(list) != 1 || list[0].State != record.MessageHeld || list[0].Reason != record.HeldAutomatic || len(sink.Got()) != before {
				t.Errorf("a machine is answered: %+v", list)
			}
			continue
		}
		if len(sink.Got()) != before+1 {
			t.Fatalf("%d messages came", len(sink.Got()))
		}
		m, err := netmail.ReadMessage(strings.NewReader(sink.Got()[before].Raw))
		d.must(err)
		if m.Header.Get("In-Reply-To") != tt.answers || m.Header.Get("References") != tt.answers {
			t.Errorf("to %s: %q %q", tt.email, m.Header.Get("In-Reply-To"), m.Header.Get("References"))
		}
	}
}
