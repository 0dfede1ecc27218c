package mailroom_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// desk is a house with people, and its post room.
type desk struct {
	*house.House
	t *testing.T
}

func (d desk) must(err error) {
	d.t.Helper()
	check(d.t, err)
}

func (d desk) who(name string) complaint.Person {
	d.t.Helper()
	all, err := d.Store.Staff(d.t.Context())
	d.must(err)
	for _, s := range all {
		if s.Name == name {
			p, err := d.People.Person(d.t.Context(), s)
			d.must(err)
			return p
		}
	}
	d.t.Fatalf("nobody is called %s", name)
	return complaint.Person{}
}

// hire opens an account for somebody without a role.
func (d desk) hire(name string) {
	d.t.Helper()
	people, err := d.Store.People(d.t.Context())
	d.must(err)
	s := record.Staff{ID: complaint.Actor(record.NewID()), Name: name, Email: "nieuw@lsr.example.org", Active: true, Password: people.Staff[0].Password, Language: "nl", At: d.Clock.Now()}
	d.must(d.Store.WritePeople(d.t.Context(), record.PeopleChange{Seen: people.Revision, Staff: []record.Staff{s}}))
}

func (d desk) takeIn(raw string, uid uint32) record.Taken {
	d.t.Helper()
	place := record.MailPlace{}
	if uid > 0 {
		place = record.MailPlace{Mailbox: "klachten@lsr.example.org/INBOX", UIDValidity: 7, UID: uid}
	}
	taken, err := d.Mailroom.TakeIn(d.t.Context(), []byte(strings.ReplaceAll(raw, "\n", "\r\n")), place)
	d.must(err)
	return taken
}

func (d desk) waiting(name string) []mailroom.Line {
	d.t.Helper()
	list, _, err := d.Mailroom.List(d.t.Context(), d.who(name), "")
	d.must(err)
	n, err := d.Mailroom.Count(d.t.Context(), d.who(name))
	d.must(err)
	if n.Waiting != len(list) {
		d.t.Errorf("%d mails are counted for %s, %d are listed", n.Waiting, name, len(list))
	}
	return list
}

func (d desk) verifies() {
	d.t.Helper()
	r, err := d.Inspector.Verify(d.t.Context(), nil)
	d.must(err)
	for _, f := range r.Findings {
		d.t.Error(f)
	}
}

// letter is an invented complaint by mail.
const letter = `Received: from mx.example.org by mail.lsr.example.org; Mon, 23 Nov 2026 23:30:00 +0000
From: Tjitske Waterman <tjitske@example.org>
To: klachten@lsr.example.org
Subject: Klacht: geen lunch
Date: Mon, 23 Nov 2026 23:29:00 +0000
Message-ID: <een@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=g

--g
Content-Type: text/plain; charset=utf-8

Bij de training was geen lunch. Ik wil een excuus.
--g
Content-Type: image/jpeg; name=foto.jpg
Content-Disposition: attachment; filename=foto.jpg

<html>geen foto</html>
--g--
`

// TestCasesInTheTriage takes every mail of the corpus in: it waits, is what the case says,
// and reads as the case says. The register stays whole.
func TestCasesInTheTriage(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		files, err := filepath.Glob("testdata/mail/*.json")
		d.must(err)
		named := 0
		d.hire("Sanne Wisseborg")
		for _, file := range files {
			var c mailCase
			text, err := os.ReadFile(file)
			d.must(err)
			d.must(json.Unmarshal(text, &c))
			raw, err := os.ReadFile(filepath.Join("testdata/mail", c.File))
			d.must(err)
			taken, err := h.Mailroom.TakeIn(t.Context(), raw, record.MailPlace{})
			d.must(err)
			if !taken.New {
				t.Errorf("%s is taken for another mail", c.File)
			}
			i, err := h.Store.Incoming(t.Context(), taken.ID, complaint.MailSight{All: true})
			d.must(err)
			if len(c.Accused) > 0 && len(i.Barred) == 0 {
				t.Errorf("%s is about %v, and hidden from nobody", c.File, c.Accused)
			}
			if len(i.Barred) > 0 {
				named++
				continue
			}
			v, err := h.Mailroom.Look(t.Context(), d.who("Jorien Tasselaar"), taken.ID)
			d.must(err)
			if len(v.Mail.Parts) != len(c.Attachments) && !slices.Contains(c.Soft, "attachments") {
				t.Errorf("%s: %d files, want %d", c.File, len(v.Mail.Parts), len(c.Attachments))
			}
			if v.Subject != c.Subject && !slices.Contains(c.Soft, "subject_shown") {
				t.Errorf("%s: subject %q, want %q", c.File, v.Subject, c.Subject)
			}
			if c.Context == nil && v.Codes.Kind != c.Kind && !slices.Contains(c.Soft, "kind") {
				t.Errorf("%s: %s, want %s", c.File, v.Codes.Kind, c.Kind)
			}
		}
		if named == 0 {
			t.Error("no mail of the corpus is hidden from anybody")
		}
		d.verifies()
	})
}

// TestTakenInOnce: the same bytes are one mail, wherever they are found; a second
// delivery is kept, and marked.
func TestTakenInOnce(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		first := d.takeIn(letter, 1)
		for _, uid := range []uint32{1, 2, 0} {
			if again := d.takeIn(letter, uid); again.New || again.ID != first.ID {
				t.Errorf("taken in again from %d: %+v", uid, again)
			}
		}
		twin := d.takeIn(strings.Replace(letter, "mx.example.org", "mx2.example.org", 1), 3)
		byText := d.takeIn(strings.NewReplacer("mx.", "mx3.", "<een@", "<twee@").Replace(letter), 4)
		for _, x := range []record.Taken{twin, byText} {
			v, err := h.Mailroom.Look(t.Context(), d.who("Jorien Tasselaar"), x.ID)
			d.must(err)
			if !x.New || v.Codes.Kind != "duplicate_suspect" || v.Twin == nil || v.Twin.ID != first.ID {
				t.Errorf("a second delivery is %s, twin %v", v.Codes.Kind, v.Twin)
			}
		}
		if n := len(d.waiting("Jorien Tasselaar")); n != 3 {
			t.Errorf("%d mails wait, want 3", n)
		}
		d.verifies()
	})
}

// TestMailIsHiddenFromWhomItNames: for the employee it does not exist, until a colleague
// made a dossier of it that is not about them.
func TestMailIsHiddenFromWhomItNames(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		taken := d.takeIn(strings.Replace(letter, "geen lunch.", "meneer Haverdonk kortaf.", 1), 1)
		pim, jorien := d.who("Pim Haverdonk"), d.who("Jorien Tasselaar")
		if n := len(d.waiting("Pim Haverdonk")); n != 0 {
			t.Errorf("Pim sees %d mails", n)
		}
		_, look := h.Mailroom.Look(t.Context(), pim, taken.ID)
		_, file := h.Mailroom.File(t.Context(), pim, taken.ID, "1")
		_, intake := h.Mailroom.DraftOf(t.Context(), pim, taken.ID)
		for _, err := range []error{look, file, intake, h.Mailroom.Dismiss(t.Context(), pim, taken.ID, "question", false), h.Mailroom.AddTo(t.Context(), pim, office.Form{}, taken.ID, "-")} {
			if !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("Pim reaches it: %v", err)
			}
		}
		v, err := h.Mailroom.Look(t.Context(), jorien, taken.ID)
		d.must(err)
		if len(v.Named) != 1 || v.Named[0] != pim.ID {
			t.Errorf("it names %v", v.Named)
		}
		got, err := h.Mailroom.Register(t.Context(), jorien, office.Form{Key: "a"}, taken.ID, intakeOf(d, v))
		d.must(err)
		if _, err := h.Office.Look(t.Context(), pim, got.Dossier); err != nil {
			t.Errorf("a dossier that is not about Pim: %v", err)
		}
		d.verifies()
	})
}

// TestMailThatNamesTheWholeHelpdesk waits for the intake fallback.
func TestMailThatNamesTheWholeHelpdesk(t *testing.T) {
	d := desk{housetest.Empty(t), t}
	org, err := d.Office.Organisation(t.Context())
	d.must(err)
	org.Fallback = string(d.who("Noor Stalpers").ID)
	value, err := json.Marshal(org)
	d.must(err)
	d.must(d.Store.SaveSetting(t.Context(), record.Setting{ID: record.NewID(), Name: record.SettingOrganisation, Value: string(value), At: housetest.TestDay.AddDate(1, 0, 0)}))
	d.takeIn(strings.Replace(letter, "geen lunch.", "mevrouw Tasselaar kortaf, en Haverdonk ook.", 1), 1)
	for name, want := range map[string]int{"Jorien Tasselaar": 0, "Pim Haverdonk": 0, "Noor Stalpers": 1} {
		if n := len(d.waiting(name)); n != want {
			t.Errorf("%s sees %d mails, want %d", name, n, want)
		}
	}
	d.takeIn(letter, 2)
	if n := len(d.waiting("Noor Stalpers")); n != 1 {
		t.Errorf("the fallback sees %d mails, want only the one that nobody else may see", n)
	}
}

func intakeOf(d desk, v mailroom.View) office.Intake {
	d.t.Helper()
	draft, err := d.Mailroom.DraftOf(d.t.Context(), d.who("Jorien Tasselaar"), v.ID)
	d.must(err)
	return office.Intake{Draft: draft, Receipt: complaint.Receipt{Channel: complaint.Email, ReceivedOn: v.ReceivedOn, Title: "Geen lunch", Description: v.Own,
		DesiredOutcome: "Een excuus.", Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential},
		Identity: record.Identity{Name: v.Name, Email: v.Address}}
}

// TestRegisterMail: one dossier, received on the local day of the mail, with the mail and
// its files sealed; nothing stays on the pile, and a second colleague comes too late.
func TestRegisterMail(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		taken := d.takeIn(letter, 1)
		jorien := d.who("Jorien Tasselaar")
		v, err := h.Mailroom.Look(t.Context(), jorien, taken.ID)
		d.must(err)
		if v.ReceivedOn.String() != "2026-11-24" {
			t.Errorf("received on %s: half past eleven in London is the next day in Amsterdam", v.ReceivedOn)
		}
		in := intakeOf(d, v)
		bad := in
		bad.Title, bad.ReceivedOn = "", v.ReceivedOn.AddDays(0)
		if _, err := h.Mailroom.Register(t.Context(), jorien, office.Form{Key: "b"}, taken.ID, bad); !complaint.IsKind(err, complaint.Invalid) {
			t.Fatalf("without a title: %v", err)
		}
		got, err := h.Mailroom.Register(t.Context(), jorien, office.Form{Key: "a"}, taken.ID, in)
		d.must(err)
		again, err := h.Mailroom.Register(t.Context(), jorien, office.Form{Key: "a"}, taken.ID, in)
		if err != nil || again.Dossier != got.Dossier {
			t.Errorf("a double click: %+v, %v", again, err)
		}
		if _, err := h.Mailroom.Register(t.Context(), d.who("Pim Haverdonk"), office.Form{Key: "c"}, taken.ID, in); err == nil {
			t.Error("a second colleague registers it too")
		}
		dossier, err := h.Office.Look(t.Context(), jorien, got.Dossier)
		d.must(err)
		if dossier.FiledOn != v.ReceivedOn || len(dossier.Attachments) != 2 {
			t.Errorf("filed on %s with %d files", dossier.FiledOn, len(dossier.Attachments))
		}
		for _, a := range dossier.Attachments {
			f, err := h.Office.File(t.Context(), jorien, a.ID, office.Opening{Reason: "caller_calls"})
			d.must(err)
			var content bytes.Buffer
			_, err = f.Content.WriteTo(&content)
			d.must(err)
			if want := strings.ReplaceAll(letter, "\n", "\r\n"); a.Name == "e-mail "+v.ReceivedOn.String()+".eml" && content.String() != want {
				t.Error("the mail is not kept as it came")
			}
			if a.Name == "foto.jpg" && f.Type == "image/jpeg" {
				t.Error("a page that calls itself a photograph is kept as one")
			}
		}
		if n := len(d.waiting("Jorien Tasselaar")); n != 0 {
			t.Errorf("%d mails wait", n)
		}
		if again := d.takeIn(letter, 9); again.New {
			t.Error("a mail that became a dossier is taken in anew")
		}
		d.verifies()
	})
}

// TestAddMail: what the complainant writes later stands on the dossier's course, with the
// mail itself; whoever works on it gets a signal.
func TestAddMail(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		jorien := d.who("Jorien Tasselaar")
		first := d.takeIn(letter, 1)
		v, err := h.Mailroom.Look(t.Context(), jorien, first.ID)
		d.must(err)
		got, err := h.Mailroom.Register(t.Context(), jorien, office.Form{Key: "a"}, first.ID, intakeOf(d, v))
		d.must(err)
		for uid, text := range []string{"Hoe staat het ermee?", "Ik hoor graag iets."} {
			later := strings.NewReplacer("<een@", "<later@"+text[:2], "Klacht: geen lunch", "Re: uw klacht", "Bij de training was geen lunch. Ik wil een excuus.", text).Replace(letter)
			taken := d.takeIn(later, uint32(uid+2))
			d.must(h.Mailroom.AddTo(t.Context(), jorien, office.Form{Dossier: got.Dossier}, taken.ID, "-"))
			d.must(h.Mailroom.AddTo(t.Context(), jorien, office.Form{Dossier: got.Dossier}, taken.ID, "-"))
		}
		dossier, err := h.Office.Look(t.Context(), jorien, got.Dossier)
		d.must(err)
		written, signals := 0, 0
		for _, e := range dossier.Events {
			if e.Kind == complaint.ContactMade && e.Open.Outcome == complaint.ContactWritten {
				written++
			}
			if e.Kind == complaint.Reminded && e.Open.Occasion == complaint.ReplyReceived {
				signals++
			}
		}
		if written != 2 || signals != 1 || len(dossier.Attachments) != 4 {
			t.Errorf("%d messages, %d signals, %d files", written, signals, len(dossier.Attachments))
		}
		d.verifies()
	})
}

// TestDismissMail: it can be read and put back, until its content is swept.
func TestDismissMail(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		jorien := d.who("Jorien Tasselaar")
		taken := d.takeIn(letter, 1)
		if err := h.Mailroom.Dismiss(t.Context(), jorien, taken.ID, "because", false); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("a reason that is none: %v", err)
		}
		if err := h.Mailroom.Dismiss(t.Context(), d.who("Hedwig Brandsema"), taken.ID, "question", false); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("a manager: %v", err)
		}
		d.must(h.Mailroom.Dismiss(t.Context(), jorien, taken.ID, "question", false))
		d.must(h.Mailroom.PutBack(t.Context(), jorien, taken.ID))
		d.must(h.Mailroom.Dismiss(t.Context(), jorien, taken.ID, "question", false))
		v, err := h.Mailroom.Look(t.Context(), jorien, taken.ID)
		if err != nil || v.Subject != "Klacht: geen lunch" {
			t.Errorf("settled, it reads %q: %v", v.Subject, err)
		}
		d.verifies()
		h.Clock.Set(housetest.TestDay.AddDate(0, 0, complaint.MailKeptDays+2))
		if _, err := h.Office.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		n, err := h.Mailroom.Sweep(t.Context())
		if err != nil || n != 1 {
			t.Errorf("%d swept: %v", n, err)
		}
		v, err = h.Mailroom.Look(t.Context(), jorien, taken.ID)
		if err != nil || v.Kept || v.Subject != "" {
			t.Errorf("swept, it still reads %q (%v)", v.Subject, err)
		}
		if err := h.Mailroom.PutBack(t.Context(), jorien, taken.ID); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("put back without content: %v", err)
		}
		d.verifies()
	})
}

// TestMailWaitsLongerThanAFile: what nobody judged is never swept.
func TestMailWaitsLongerThanAFile(t *testing.T) {
	d := desk{housetest.Empty(t), t}
	taken := d.takeIn(letter, 1)
	d.Clock.Set(housetest.TestDay.Add(300 * 24 * time.Hour))
	_, err := d.Office.Sweep(t.Context())
	d.must(err)
	_, err = d.Mailroom.Sweep(t.Context())
	d.must(err)
	if v, err := d.Mailroom.Look(t.Context(), d.who("Jorien Tasselaar"), taken.ID); err != nil || v.Own == "" {
		t.Errorf("a mail that waits is gone: %v", err)
	}
	d.verifies()
}
