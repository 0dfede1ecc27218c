package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/envelope"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// gehoor runs the built command as a process of its own, with a house that is open
// elsewhere.
func gehoor(t *testing.T, args ...string) (out, bad string, err error) {
	t.Helper()
	var o, b bytes.Buffer
	c := exec.Command("gehoor", args...)
	c.Stdout, c.Stderr = &o, &b
	err = c.Run()
	return o.String(), b.String(), err
}

// asked takes a call in and sends its text by e-mail to who called; it gives the
// Message-ID of that e-mail.
func asked(t *testing.T, h *house.House, caller string) string {
	t.Helper()
	ctx := t.Context()
	staff, err := h.Store.Staff(ctx)
	check(t, err)
	var who complaint.Person
	for _, s := range staff {
		if s.Person().Is(complaint.Helpdesk) {
			who = s.Person()
		}
	}
	draft, err := h.Office.Begin()
	check(t, err)
	got, err := h.Office.Receive(ctx, who, office.Form{}, office.Intake{Draft: draft, Send: &complaint.Sending{How: complaint.HowEmail},
		Receipt: complaint.Receipt{Channel: complaint.Phone, ReceivedOn: h.Office.Today(), Title: "Geen lunch", Description: "Er was geen lunch.",
			DesiredOutcome: "Een excuus.", Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential},
		Identity: record.Identity{Name: "Tjitske Waterman", Email: caller, Phone: "06-00000099"}})
	check(t, err)
	row, err := h.Store.Dossier(ctx, got.Dossier, complaint.Sight{All: true})
	check(t, err)
	sent, err := h.Store.Messages(ctx, got.Dossier)
	check(t, err)
	if len(sent) != 1 {
		t.Fatalf("%d messages wait", len(sent))
	}
	plain, err := h.Vault.Open(row.Keys.Identity, record.MailParcel, row.ID, sent[0].Letter, sent[0].Sealed)
	check(t, err)
	var p record.Parcel
	check(t, json.Unmarshal(plain, &p))
	return envelope.Open(p.Raw).MessageID
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestMailExplain: the command says how a mail is read, one JSON object per line, and keeps
// nothing. Only with the data folder does a yes belong to the open confirmation whose token
// it holds, and only from whom we asked.
func TestMailExplain(t *testing.T) {
	h, dir := housetest.New(t), t.TempDir()
	token, before := asked(t, h, "tjitske@example.org"), waitingMails(t, h)
	yes := func(from string) string {
		return writeFile(t, fmt.Sprintf("From: %s\nSubject: Re: uw tekst\nMessage-ID: <ja-%s>\nIn-Reply-To: <%s>\n\nJa, dit klopt.\n", from, from, token), dir, from+".eml")
	}
	caller, other := yes("tjitske@example.org"), yes("iemand@example.net")
	for _, c := range []struct {
		name  string
		args  []string
		kinds []string
	}{
		{"with the data folder", []string{"--home", h.Home, caller, other}, []string{"confirmation_yes", "confirmation_unclear"}},
		{"without", []string{caller, other}, []string{"reply", "reply"}},
	} {
		out, bad, err := gehoor(t, append([]string{"mail", "explain"}, c.args...)...)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		if err != nil || len(lines) != len(c.kinds) {
			t.Fatalf("%s: %v\n%s%s", c.name, err, out, bad)
		}
		for i, line := range lines {
			var got struct {
				File, Kind, Why string
				From            string `json:"from_address"`
			}
			check(t, json.Unmarshal([]byte(line), &got))
			if got.Kind != c.kinds[i] || got.Why == "" || got.File != []string{caller, other}[i] {
				t.Errorf("%s: want %s, got %s", c.name, c.kinds[i], line)
			}
		}
	}
	if n := waitingMails(t, h); n != before {
		t.Errorf("%d mails wait, %d did before", n, before)
	}
	if _, bad, err := gehoor(t, "mail", "explain", "--home", dir, caller); err == nil || !strings.Contains(bad, dir) {
		t.Errorf("a folder that holds no register: %v, %s", err, bad)
	}
}

// TestImportOfAnMbox by the built command, into a furnished house that is open elsewhere:
// every mail once, however often it is run.
func TestImportOfAnMbox(t *testing.T) {
	h, dir := housetest.New(t), t.TempDir()
	before := waitingMails(t, h)
	mbox := writeFile(t, "From a@example.org Tue Nov 24 08:00:00 2026\n"+mailOf(1001)+"\n>From hier geciteerd.\n\nFrom b@example.org Tue Nov 24 09:00:00 2026\n"+mailOf(1002)+"\n", dir, "oud.mbox")
	for _, want := range []string{"2 mails read: 2 new, 0 that were here already.", "2 mails read: 0 new, 2 that were here already."} {
		out, bad, err := gehoor(t, "inbox", "import", "--home", h.Home, mbox)
		if err != nil || !strings.Contains(out, want) {
			t.Fatalf("want %q: %v\n%s%s", want, err, out, bad)
		}
		if n := waitingMails(t, h); n != before+2 {
			t.Errorf("%d mails wait, %d did before", n, before)
		}
	}
}
