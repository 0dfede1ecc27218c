package desk_test

import (
	"strings"
	"testing"
	"time"
)

// TestMailboxStates: the desk says of each mailbox when it was read last, since when it
// fails and what helps; one that fails for months is still there.
func TestMailboxStates(t *testing.T) {
	c := open(t)
	const box = "klachten@lsr.example.org/INBOX"
	page := func() string {
		return strings.Join(strings.Fields(document(t, c.get(t, helpdesk, "/postkamer/binnen")).Find("main").Text()), " ")
	}
	check(t, c.Mailroom.MailboxRead(t.Context(), box))
	if text := page(); !strings.Contains(text, box+": laatst gelezen") || strings.Contains(text, "lukt niet") {
		t.Errorf("read, it says:\n%s", text)
	}
	for fault, remedy := range map[string]string{
		"login": "wachtwoord", "secret": "wachtwoord", "token": "toegangstoken", "certificate": "--inbox-ca", "certificate_name": "andere naam",
		"encryption": "imaps://", "connection": "niet te bereiken", "silence": "antwoordt niet", "mailbox": "bestaat niet", "folder": "map Verwerkt", "register": "schijf",
		"martians": "logboek",
	} {
		check(t, c.Mailroom.MailboxFailed(t.Context(), box, fault))
		text := page()
		if !strings.Contains(text, box+": laatst gelezen") || !strings.Contains(text, remedy) {
			t.Errorf("%s: no remedy with %q:\n%s", fault, remedy, text)
		}
		if fault == "folder" != strings.Contains(text, "Mail komt binnen") || fault != "folder" != strings.Contains(text, "De termijnen lopen door") {
			t.Errorf("%s: it does not say what becomes of the mail:\n%s", fault, text)
		}
	}
	since := c.Clock.Now()
	c.Clock.Set(since.Add(60 * 24 * time.Hour))
	check(t, c.Mailroom.MailboxFailed(t.Context(), box, "login"))
	who, err := c.House.Person(t.Context(), "Jorien Tasselaar")
	check(t, err)
	list, err := c.Mailroom.Mailboxes(t.Context(), who)
	if err != nil || len(list) != 1 || !list[0].FailedAt.Equal(since) {
		t.Errorf("after months: %+v, %v", list, err)
	}
	check(t, c.Mailroom.MailboxRead(t.Context(), box))
	if list, err = c.Mailroom.Mailboxes(t.Context(), who); err != nil || len(list) != 1 || !list[0].FailedAt.IsZero() {
		t.Errorf("read again: %+v, %v", list, err)
	}
	check(t, c.Mailroom.MailboxFailed(t.Context(), "weg@lsr.example.org/INBOX", "login"))
	check(t, c.Mailroom.MailboxesAre(t.Context(), []string{box}))
	if list, err = c.Mailroom.Mailboxes(t.Context(), who); err != nil || len(list) != 1 || list[0].Mailbox != box {
		t.Errorf("a mailbox that nobody reads any more is still shown: %+v, %v", list, err)
	}
}
