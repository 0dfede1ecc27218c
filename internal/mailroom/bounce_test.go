package mailroom_test

import (
	"testing"

	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/outbox"
	"gehoor/internal/smtptest"
)

// TestBounceOfPostfix: a mail server takes the mail, finds later that there is nobody of
// that name, and says so in a mail of its own: that is linked to what it returns, and the
// dossier says that it was not delivered.
func TestBounceOfPostfix(t *testing.T) {
	p := smtptest.NewPostfix(t)
	d := desk{housetest.Empty(t), t}
	post, err := outbox.New(outbox.Setting{URL: "smtp://127.0.0.1:" + p.Port})
	d.must(err)
	d.Office.Mail, d.Office.MailFrom = post, "helpdesk@example.test"
	dossier, id := d.calledBy(smtptest.Moved)
	letters, err := d.Store.Letters(t.Context(), dossier)
	d.must(err)
	d.deliver()
	sent, err := d.Store.Messages(t.Context(), dossier)
	d.must(err)
	if len(sent) != 1 || sent[0].State != "sent" {
		t.Fatalf("the server took it at first: %+v", sent)
	}
	report := p.Box(t, "helpdesk", 1)[0]
	taken := d.takeIn(report, 1)
	who := d.who(jorien)
	v, err := d.Mailroom.Look(t.Context(), who, taken.ID)
	d.must(err)
	if v.Codes.Kind != "bounce" || v.About != dossier || len(v.Codes.Auto) == 0 {
		t.Fatalf("it is %s about %q, automatic for %v; we sent %s:\n%s", v.Codes.Kind, v.About, v.Codes.Auto, id, report)
	}
	d.must(d.Mailroom.AddTo(t.Context(), who, office.Form{Dossier: dossier}, taken.ID, "-"))
	room, err := d.Office.PostRoom(t.Context(), who, "", "")
	d.must(err)
	if len(room.Returned) != 1 || room.Returned[0].ID != letters[0].ID || room.Returned[0].Returned.IsZero() {
		t.Errorf("the post room shows %+v", room.Returned)
	}
	if n := len(p.Box(t, "helpdesk", 1)); n != 1 {
		t.Errorf("%d mails came: a report is not answered", n)
	}
	d.verifies()
}
