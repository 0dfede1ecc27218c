package mailroom_test

import (
	"slices"
	"strings"
	"testing"

	"gehoor/internal/envelope"
	"gehoor/internal/mailroom"
)

// mail is a plain mail with a head of our choice.
func mail(head, body string) []byte {
	return []byte("From: Trijn <trijn@example.org>\r\nTo: helpdesk@lsr.example.org\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\nMessage-ID: <1@example.org>\r\n" + head + "\r\n" + body)
}

// asked is a register that asked Trijn to confirm her text.
var asked = mailroom.Known{Register: true, Answers: &mailroom.Sent{Number: "2026-417", To: "trijn@example.org", Confirmation: true}}

// A yes counts only when it is short, exact and alone.
func TestReadingYes(t *testing.T) {
	for _, tt := range []struct {
		body string
		want mailroom.Kind
	}{
		{"Ja", mailroom.ConfirmationYes},
		{"ja, dit klopt", mailroom.ConfirmationYes},
		{"JA DIT KLOPT!", mailroom.ConfirmationYes},
		{"Akkoord.\n\nGroet, Trijn", mailroom.ConfirmationYes},
		{"Beste Jorien,\n\nJa, dit klopt.\n\nMet vriendelijke groet,\nTrijn Wijmenga\n06-00000031", mailroom.ConfirmationYes},
		{"Klopt\n\nVerzonden vanaf mijn telefoon", mailroom.ConfirmationYes},
		{"Ja, dit klopt.\n\nOp 2 mrt 2026 om 09:00 schreef Helpdesk LSR <helpdesk@lsr.example.org>:\n> Klopt dit niet? Schrijf dan wat er anders moet.", mailroom.ConfirmationYes},
		{"Ja, maar het was dinsdag.", mailroom.ConfirmationUnclear},
		{"Ja dit klopt.\n\nGroet, Trijn\nPS: de datum klopt niet", mailroom.ConfirmationUnclear},
		{"Ja, dit klopt. Alleen de naam is verkeerd.", mailroom.ConfirmationUnclear},
		{"Nee", mailroom.ConfirmationUnclear},
		{"Klopt niet", mailroom.ConfirmationUnclear},
		{"Het moet anders: ik was er wel.", mailroom.ConfirmationUnclear},
		{"Wanneer hoor ik iets?", mailroom.Reply},
		{"Op 2 mrt 2026 schreef Helpdesk:\n> Antwoord dan met: ja, dit klopt", mailroom.Reply},
	} {
		m := envelope.Open(mail("Subject: Re: [2026-417] Klopt de tekst?\r\nIn-Reply-To: <conf@lsr.example.org>\r\n", tt.body))
		if j := mailroom.Judge(m, asked); j.Kind != tt.want {
			t.Errorf("%q: %s (%v), want %s", tt.body, j.Kind, j.Why, tt.want)
		}
	}
}

// Somebody else than who was asked cannot say yes, and a machine says nothing.
func TestWhoSaysYes(t *testing.T) {
	yes := "Ja, dit klopt."
	other := strings.ReplaceAll(string(mail("Subject: Re: x\r\n", yes)), "trijn@example.org", "buur@example.org")
	if j := mailroom.Judge(envelope.Open([]byte(other)), asked); j.Kind != mailroom.ConfirmationUnclear {
		t.Errorf("another sender: %s", j.Kind)
	}
	away := mail("Subject: Automatisch antwoord: Klopt de tekst?\r\nAuto-Submitted: auto-replied\r\n", yes)
	if j := mailroom.Judge(envelope.Open(away), asked); j.Kind != mailroom.Auto || !j.IsAuto() {
		t.Errorf("an autoresponder: %s", j.Kind)
	}
}

// The mark only helps to sort: no mail is lost because the word is missing.
func TestMarker(t *testing.T) {
	for subject, want := range map[string]bool{
		"klacht": true, "Klacht: x": true, "KLACHT over x": true, "Re: FW: [lijst] Antw: klacht : x": true, "RE[2]: klacht": true, "klacht-formulier": true,
		"klachten over x": false, "Klachtenprocedure": false, "geen klacht": false, "Mijn klacht": false, "": false, "re: betreft: klacht": true,
	} {
		j := mailroom.Judge(envelope.Open(mail("Subject: "+subject+"\r\n", "Ik ben niet tevreden.")), mailroom.Known{})
		if j.Marker != want {
			t.Errorf("%q: %v", subject, j.Marker)
		}
		if j.Kind != mailroom.Complaint && j.Kind != mailroom.Reply {
			t.Errorf("%q: a complaint is taken for %s", subject, j.Kind)
		}
	}
}

// No machine gets an answer by itself.
func TestNoAnswerToMachines(t *testing.T) {
	for head, want := range map[string]string{
		"Auto-Submitted: auto-generated\r\n": "auto_submitted", "Return-Path: <>\r\n": "null_sender", "List-Id: <x>\r\n": "list_mail", "Precedence: bulk\r\n": "precedence_bulk",
		"X-Auto-Response-Suppress: OOF, DR\r\n": "asks_no_answer", "Reply-To: no-reply@example.org\r\n": "no_reply_address", "X-Autoreply: yes\r\n": "vacation",
		"Message-ID: <x@lsr.example.org>\r\n": "our_own", "Auto-Submitted: no\r\n": "",
	} {
		raw := mail("Subject: klacht: x\r\n"+head, "Ik ben boos.")
		if strings.HasPrefix(head, "Message-ID") {
			raw = []byte(strings.Replace(string(raw), "Message-ID: <1@example.org>\r\n", "", 1))
		}
		j := mailroom.Judge(envelope.Open(raw), mailroom.Known{Domains: []string{"lsr.example.org"}})
		if want == "" && j.IsAuto() || want != "" && !slices.Contains(j.Auto, want) {
			t.Errorf("%q: %v, want %q", head, j.Auto, want)
		}
	}
}

// A bounce is ours only when it is about a message of ours; one that quotes "klacht:" is
// no new complaint, and one without a report is known by its daemon.
func TestBounces(t *testing.T) {
	daemon := strings.Replace(string(mail("Subject: Undelivered Mail Returned to Sender\r\n", "user unknown\n\n> Subject: klacht: wij hebben uw klacht ontvangen")), "trijn@example.org", "MAILER-DAEMON@example.org", 1)
	for _, tt := range []struct {
		known mailroom.Known
		want  mailroom.Kind
	}{
		{mailroom.Known{Register: true, ReturnedOurs: true}, mailroom.Bounce},
		{mailroom.Known{Register: true}, mailroom.Auto},
		{mailroom.Known{}, mailroom.Bounce},
	} {
		if j := mailroom.Judge(envelope.Open([]byte(daemon)), tt.known); j.Kind != tt.want || !j.IsAuto() {
			t.Errorf("%+v: %s", tt.known, j.Kind)
		}
	}
}

// The sender's own words are never taken for a quote, and a mail of quotes only is shown.
func TestOwnText(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Eigen.\n\nOp 1 mei schreef u:\n> oud", "Eigen."},
		{"Op 3 juni schreef de gemeente:\n\n\"Ja.\"", "Op 3 juni schreef de gemeente:\n\n\"Ja.\""},
		{"> alles is citaat", "> alles is citaat"},
		{"Eigen.\n\n-----Oorspronkelijk bericht-----\nVan: x\nOud.", "Eigen."},
		{"Eigen.\n\nVan: A <a@example.org>\nVerzonden: maandag\nAan: B\nOnderwerp: x\n\nOud.", "Eigen."},
		{"Van: alles iets.\nAan: niemand gezegd.\n\nEigen.", "Van: alles iets.\nAan: niemand gezegd.\n\nEigen."},
		{"Eigen.\nOn Mon, Mar 2, 2026 at 9:12 AM Helpdesk LSR\n<helpdesk@lsr.example.org> wrote:\n\n> oud", "Eigen."},
	} {
		m := envelope.Open(mail("Subject: x\r\n", tt.text))
		if got := mailroom.Judge(m, mailroom.Known{}).Own; got != tt.want {
			t.Errorf("own of %q is %q", tt.text, got)
		}
	}
}

// Finding quotes ends, and never gives what was not written.
func FuzzOwnText(f *testing.F) {
	f.Add("Eigen.\n\nOp 1 mei schreef u:\n> oud")
	f.Add("Van: A\nVerzonden: B\nAan: C\n")
	f.Fuzz(func(t *testing.T, text string) {
		m := envelope.Open(mail("Subject: x\r\n", text))
		own := mailroom.Judge(m, mailroom.Known{}).Own
		if strings.TrimSpace(m.Text) != "" && own == "" {
			t.Errorf("nothing is left of %q", m.Text)
		}
		for line := range strings.SplitSeq(own, "\n") {
			if !strings.Contains(m.Text, line) {
				t.Errorf("%q was not written", line)
			}
		}
	})
}
