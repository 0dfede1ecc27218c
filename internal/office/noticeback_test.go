package office_test

import (
	netmail "net/mail"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/personnel"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

// report is what a mail server writes about a message that it took.
func report(t *testing.T, m smtptest.Mail, action string) string {
	t.Helper()
	head, err := netmail.ReadMessage(strings.NewReader(m.Raw))
	if err != nil {
		t.Fatal(err)
	}
	return "From: MAILER-DAEMON@example.org\nReturn-Path: <>\nSubject: Undelivered Mail\nMessage-ID: <" + record.NewID() + "@example.org>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
		"--b\n\nCould not be delivered.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; " + m.To + "\nAction: " + action +
		"\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: " + head.Header.Get("Message-Id") + "\n\n--b--\n"
}

// takenIn gives the mail as the helpdesk sees it.
func (b bench) takenIn(raw string) string {
	b.t.Helper()
	taken, err := b.Mailroom.TakeIn(b.t.Context(), []byte(raw), record.MailPlace{})
	b.must(err)
	return taken.ID
}

func (b bench) dead(name string) []office.DeadAddress {
	b.t.Helper()
	list, err := b.Office.DeadAddresses(b.t.Context(), b.who(name))
	b.must(err)
	return list
}

// TestWordThatComesBack: a report about word to an employee is linked to that notice. Who
// manages sees whose address does not work and why, until the account has another one; who
// is barred from the dossier sees nothing of the report; and the work is on the list of
// whom it is for.
func TestWordThatComesBack(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		sink := withMail(b)
		f, hedwig, bram := mail(b, "2026-06-01"), b.who("Hedwig Brandsema"), "Bram Hoogland"
		b.deliver()
		b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
		b.deliver()
		sent := sink.Got()[len(sink.Got())-1]
		if !strings.HasPrefix(sent.To, "hedwig@") {
			t.Fatalf("the last mail went to %s", sent.To)
		}
		b.takenIn(report(t, sent, "delayed"))
		if got := b.dead(bram); len(got) != 0 {
			t.Errorf("what is late only: %+v", got)
		}
		id := b.takenIn(report(t, sent, "failed"))
		v, err := h.Mailroom.Look(t.Context(), b.who(jorien), id)
		b.must(err)
		if v.Codes.Kind != "bounce" || v.Codes.Why[0] != "returned_staff" || !v.ToStaff || v.About != f.Dossier {
			t.Errorf("the report is %s, because %v, about %q", v.Codes.Kind, v.Codes.Why, v.About)
		}
		got := b.dead(bram)
		if len(got) != 1 || got[0].Staff != hedwig.ID || got[0].Address != sent.To || got[0].Reply != "5.1.1" || got[0].Trouble != record.CameBack || got[0].At.IsZero() {
			t.Fatalf("dead addresses: %+v", got)
		}
		if states := b.noticeStates(bram); states["new_work failed"] != 1 {
			t.Errorf("%v", states)
		}
		if _, err := h.Office.DeadAddresses(t.Context(), b.who(jorien)); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("who does not manage: %v", err)
		}
		b.must(h.Office.NameEmployee(t.Context(), b.who(jorien), office.Form{Dossier: f.Dossier}, b.who("Pim Haverdonk").ID, "De klager noemt hem."))
		if _, err := h.Mailroom.Look(t.Context(), b.who("Pim Haverdonk"), id); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("who is barred from the dossier reads the report: %v", err)
		}
		b.must(h.Office.NameEmployee(t.Context(), b.who(jorien), office.Form{Dossier: f.Dossier}, b.who(bram).ID, "De klager noemt hem."))
		if got := b.dead(bram); len(got) != 0 {
			t.Errorf("who manages and is concerned sees %+v", got)
		}
		verifies(b)
	})
}

// TestAddressThatTheServerRefuses is dead as well, until it is changed.
func TestAddressThatTheServerRefuses(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	f := mail(b, "2026-06-01")
	b.deliver()
	sink.Fail(smtptest.Fault{At: smtptest.AtRcpt, Reply: &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody"}})
	b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
	b.deliver()
	got := b.dead("Bram Hoogland")
	if len(got) != 1 || got[0].Reply != "550 5.1.1" || got[0].Trouble != record.BadRecipient {
		t.Fatalf("%+v", got)
	}
	hedwig, err := b.Store.StaffByID(t.Context(), b.who("Hedwig Brandsema").ID)
	b.must(err)
	people, err := b.People.Crew(t.Context(), b.who("Bram Hoogland"))
	b.must(err)
	_, err = b.People.ChangeStaff(t.Context(), b.who("Bram Hoogland"), hedwig.ID, people.Revision,
		personnel.StaffForm{Name: hedwig.Name, Email: "h.brandsema@lsr.example.org", Function: hedwig.Function, Phone: hedwig.Phone, Roles: hedwig.Roles, Days: hedwig.Days.All()})
	b.must(err)
	if got := b.dead("Bram Hoogland"); len(got) != 0 {
		t.Errorf("the address was changed: %+v", got)
	}
}

// TestWordOfAFormThatCameBack is seen by who manages while the form waits; once it is a
// complaint nobody knows any more to whom the word went, and the page stands.
func TestWordOfAFormThatCameBack(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	draft, err := b.Office.Begin()
	b.must(err)
	in := office.Intake{Draft: draft, Promise: &office.Promise{Code: "12345674"}, Receipt: complaint.Receipt{Title: "Een dienst", Description: "Het rapport kwam te laat.",
		DesiredOutcome: "Een vaste datum.", Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential},
		Identity: record.Identity{Name: "Truus Verbeek", Email: "truus@example.net", Way: "email"}}
	_, err = b.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "one"}, in, mailroom.TooFast)
	b.must(err)
	b.deliver()
	b.takenIn(report(t, sink.Got()[0], "failed"))
	if got := b.dead("Bram Hoogland"); len(got) != 1 {
		t.Fatalf("dead addresses: %+v", got)
	}
	_, err = b.Mailroom.Accept(t.Context(), b.who(jorien), office.Form{Key: "accept"}, draft.ID)
	b.must(err)
	if got := b.dead("Bram Hoogland"); len(got) != 0 {
		t.Errorf("of a form that is a complaint now: %+v", got)
	}
}
