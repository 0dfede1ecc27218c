package office_test

import (
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/outbox"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

const jorien = "Jorien Tasselaar"

// withMail gives a house a mail server that fails as a test says.
func withMail(b bench) *smtptest.Sink {
	b.t.Helper()
	sink := smtptest.New(b.t, smtptest.How{})
	b.uses(sink)
	return sink
}

func (b bench) uses(sink *smtptest.Sink) {
	b.t.Helper()
	post, err := outbox.New(outbox.Setting{URL: sink.URL("smtp")})
	b.must(err)
	post.Patience, post.Long = 2*time.Second, 300*time.Millisecond
	b.Office.Mail = post
}

// deliver goes round once, and gives how many messages went.
func (b bench) deliver() int {
	b.t.Helper()
	n, err := b.Office.Deliver(b.t.Context())
	b.must(err)
	return n
}

// queued gives the letter and message of a kind in a dossier.
func (b bench) queued(f office.Form, kind record.LetterKind) (record.Letter, record.Message) {
	b.t.Helper()
	letters, err := b.Store.Letters(b.t.Context(), f.Dossier)
	b.must(err)
	messages, err := b.Store.Messages(b.t.Context(), f.Dossier)
	b.must(err)
	for _, l := range letters {
		for _, m := range messages {
			if l.Kind == kind && m.Letter == l.ID {
				return l, m
			}
		}
	}
	b.t.Fatalf("no e-mail of kind %s", kind)
	return record.Letter{}, record.Message{}
}

func (b bench) again(name, letter string) error {
	_, err := b.Office.SendAgain(b.t.Context(), b.who(name), "", letter)
	return err
}

func (b bench) paper(name, letter string) error {
	_, err := b.Office.OnPaper(b.t.Context(), b.who(name), "", letter)
	return err
}

// state fails the test unless a message stands in a state.
func (b bench) state(f office.Form, kind record.LetterKind, want record.MessageState) record.Message {
	b.t.Helper()
	_, m := b.queued(f, kind)
	if m.State != want {
		b.t.Fatalf("the %s is %s (%s %s %s), want %s", kind, m.State, m.Reason, m.Trouble, m.Reply, want)
	}
	return m
}

// The acknowledgement of a mail goes the same day, and the course says so as if a person
// had sent it.
func TestAcknowledgementGoes(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		sink := withMail(b)
		today := b.at("2026-11-24 09:00")
		f := b.receive(jorien, b.intake(complaint.Email, today))
		before := b.state(f, record.Acknowledgement, record.MessageWaiting)
		if n := b.deliver(); n != 1 {
			t.Fatalf("%d messages went", n)
		}
		l, m := b.queued(f, record.Acknowledgement)
		if l.SentOn != today || m.State != record.MessageSent || m.Sealed != nil || m.Reply != "250" {
			t.Errorf("sent on %s, %+v", l.SentOn, m)
		}
		got := sink.Got()
		if len(got) != 1 || got[0].To != "abel.rooskens@example.org" {
			t.Fatalf("%+v", got)
		}
		checkAcknowledgement(b, f, got[0], before)
		sent := 0
		for _, e := range b.view(jorien, f.Dossier).Events {
			if e.Kind == complaint.LetterSent {
				sent++
				if e.Actor != complaint.ByClock || e.Open.On != today || e.Open.How != complaint.HowEmail || e.Open.Record != l.ID {
					t.Errorf("%+v", e)
				}
			}
		}
		if sent != 1 || b.deliver() != 0 || len(sink.Got()) != 1 {
			t.Errorf("the course says %d times that it went", sent)
		}
		verifies(b)
	})
}

func checkAcknowledgement(b bench, f office.Form, got smtptest.Mail, before record.Message) {
	b.t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(got.Raw))
	b.must(err)
	number := b.view(jorien, f.Dossier).Number
	if subject := m.Header.Get("Subject"); !strings.Contains(subject, number) || strings.Contains(got.Raw, "Subject: Cursus") {
		b.t.Errorf("subject %q", subject)
	}
	id := strings.Trim(m.Header.Get("Message-Id"), "<>")
	found, ok, err := b.Office.Ours(b.t.Context(), strings.ToUpper(id))
	b.must(err)
	if !ok || found.Letter != before.Letter || found.Dossier != f.Dossier || string(found.SentTo) != string(b.Office.AddressKey(" "+strings.ToUpper(got.To))) {
		b.t.Errorf("the Message-ID %s leads to %+v", id, found)
	}
	if m.Header.Get("Auto-Submitted") != "auto-replied" || m.Header.Get("X-Auto-Response-Suppress") != "All" {
		b.t.Errorf("%v", m.Header)
	}
	if _, ok, err := b.Office.Ours(b.t.Context(), "x"+id); ok || err != nil {
		b.t.Errorf("another Message-ID: %v %v", ok, err)
	}
}

// A server that says "not now" gets the same bytes later, at the pauses of the plan; one
// that says "never" gets them no more, until somebody asks.
func TestTriesAgain(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		sink := withMail(b)
		sink.Fail(smtptest.Fault{At: smtptest.AtDot, Reply: &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "abel.rooskens is full"}})
		start := time.Date(2026, 11, 24, 10, 0, 0, 0, b.Zone)
		b.Clock.Set(start)
		f := b.receive(jorien, b.intake(complaint.Email, b.Office.Today()))
		at := start
		for i, wait := range []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, time.Hour} {
			b.deliver()
			m := b.state(f, record.Acknowledgement, record.MessageWaiting)
			if m.Attempts != i+1 || m.Reply != "450 4.2.2" || !m.NextAt.Equal(at.Add(wait)) || m.Said == nil || strings.Contains(string(m.Said), "abel") {
				t.Fatalf("try %d: %+v", i+1, m)
			}
			at = at.Add(wait)
			b.Clock.Set(at.Add(-time.Second))
			if b.deliver(); b.state(f, record.Acknowledgement, record.MessageWaiting).Attempts != i+1 {
				t.Fatal("it was tried before its time")
			}
			b.Clock.Set(at)
		}
		b.Clock.Set(start.Add(5*24*time.Hour - 30*time.Minute))
		b.deliver()
		b.state(f, record.Acknowledgement, record.MessageFailed)
		sink.Fail()
		if b.Clock.Set(start.Add(6 * 24 * time.Hour)); b.deliver() != 0 {
			t.Error("what was given up goes by itself")
		}
		letter, _ := b.queued(f, record.Acknowledgement)
		b.must(b.again(jorien, letter.ID))
		if b.deliver() != 1 {
			t.Error("it does not go when asked")
		}
		for _, got := range sink.Got() {
			if got.Raw != sink.Got()[0].Raw {
				t.Error("other bytes went at another try")
			}
		}
		if err := b.again(jorien, letter.ID); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("what went is sent again: %v", err)
		}
		verifies(b)
	})
}

func TestRefusedForGood(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	sink.Fail(smtptest.Fault{At: smtptest.AtRcpt, Reply: &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}})
	f := b.receive(jorien, b.intake(complaint.Email, b.Office.Today()))
	b.deliver()
	if m := b.state(f, record.Acknowledgement, record.MessageFailed); m.Reply != "550 5.1.1" || m.Trouble != record.BadRecipient || m.Doubt {
		t.Errorf("%+v", m)
	}
}

// No answer after the end of a message: it may have gone. It goes again, and both are
// the same.
func TestPerhapsTwice(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	sink.Fail(smtptest.Fault{At: smtptest.AtDot, Stall: true, Times: 1})
	start := b.Clock.Now()
	f := b.receive(jorien, b.intake(complaint.Email, b.Office.Today()))
	b.deliver()
	if m := b.state(f, record.Acknowledgement, record.MessageWaiting); !m.Doubt || m.Trouble != record.PerhapsSent {
		t.Errorf("%+v", m)
	}
	b.Clock.Set(start.Add(time.Minute))
	b.deliver()
	got := sink.Got()
	if m := b.state(f, record.Acknowledgement, record.MessageSent); !m.Doubt || len(got) != 2 || got[0].Raw != got[1].Raw {
		t.Errorf("%+v, %d came", m, len(got))
	}
}

// Two processes send each message once.
func TestManyPostmen(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		sink := withMail(b)
		other := bench{housetest.Open(t, h.Config), t}
		other.uses(sink)
		for i := range 8 {
			in := b.intake(complaint.Email, b.Office.Today())
			in.Identity.Email = string(rune('a'+i)) + "@example.org"
			b.receive(jorien, in)
		}
		var rooms sync.WaitGroup
		for _, o := range []*office.Office{h.Office, other.Office, h.Office, other.Office} {
			rooms.Go(func() {
				if _, err := o.Deliver(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		rooms.Wait()
		to := map[string]int{}
		for _, m := range sink.Got() {
			to[m.To]++
		}
		for address, n := range to {
			if n != 1 {
				t.Errorf("%s got %d", address, n)
			}
		}
		if len(to) != 8 {
			t.Errorf("%d of 8 went", len(to))
		}
		verifies(b)
	})
}

// A process that stopped after it took a message up is followed by another, with the
// same bytes.
func TestTakenOver(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		sink := withMail(b)
		now := b.Clock.Now()
		f := b.receive(jorien, b.intake(complaint.Email, b.Office.Today()))
		l, _ := b.queued(f, record.Acknowledgement)
		if _, err := b.Store.ClaimMessage(t.Context(), l.ID, now, now.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Store.ClaimMessage(t.Context(), l.ID, now, now.Add(time.Minute)); !complaint.IsKind(err, complaint.NotFound) {
			t.Fatalf("it is taken twice: %v", err)
		}
		if b.deliver() != 0 || len(sink.Got()) != 0 {
			t.Fatal("it goes while another process has it")
		}
		if err := b.again(jorien, l.ID); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("what is being sent is sent again: %v", err)
		}
		b.Clock.Set(now.Add(time.Minute))
		if b.deliver() != 1 || len(sink.Got()) != 1 || !b.state(f, record.Acknowledgement, record.MessageSent).Doubt {
			t.Errorf("%d came", len(sink.Got()))
		}
	})
}

// Two machines that answer each other stop: three acknowledgements to an address in a
// day, one to a complaint. Somebody may let the others go.
func TestNoLoop(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		sink := withMail(b)
		today := b.at("2026-11-24 09:00")
		var forms []office.Form
		for range 5 {
			forms = append(forms, b.receive(jorien, b.intake(complaint.Email, today)))
			b.deliver()
		}
		in := b.intake(complaint.Email, today)
		in.Identity.Email = "iemand.anders@example.org"
		b.receive(jorien, in)
		b.deliver()
		if n := len(sink.Got()); n != 4 {
			t.Errorf("%d went", n)
		}
		if m := b.state(forms[3], record.Acknowledgement, record.MessageHeld); m.Reason != record.HeldLoop {
			t.Errorf("%+v", m)
		}
		b.at("2026-11-25 09:00")
		b.deliver()
		b.state(forms[3], record.Acknowledgement, record.MessageHeld)
		l, _ := b.queued(forms[3], record.Acknowledgement)
		b.must(b.again(jorien, l.ID))
		b.deliver()
		b.state(forms[3], record.Acknowledgement, record.MessageSent)
	})
}

// The day an answer is accepted is the day of the answer.
func TestAnswerGoes(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		sink := withMail(b)
		f := b.receive(jorien, b.intake(complaint.Email, b.at("2026-11-23")))
		b.deliver()
		b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
		b.release("Hedwig Brandsema", f, complaint.HowEmail)
		if v := b.view(jorien, f.Dossier); !v.AnsweredOn.IsZero() {
			t.Fatal("answered before it went")
		}
		today := b.at("2026-11-24")
		b.deliver()
		v := b.view(jorien, f.Dossier)
		if v.AnsweredOn != today || v.State != complaint.IsAnswered {
			t.Errorf("answered on %s, %s", v.AnsweredOn, v.State)
		}
		theirs := slices.DeleteFunc(sink.Got(), func(m smtptest.Mail) bool { return m.To != "abel.rooskens@example.org" })
		first, last := header(t, theirs[0]), header(t, theirs[len(theirs)-1])
		if last.Get("Auto-Submitted") != "" {
			t.Error("somebody's own words are called automatic")
		}
		if first.Get("Message-Id") == "" || last.Get("In-Reply-To") != first.Get("Message-Id") {
			t.Errorf("the answer goes on with %q, not with %q", last.Get("In-Reply-To"), first.Get("Message-Id"))
		}
		verifies(b)
	})
}

// Who was put on CC gets our e-mail when somebody chose so: never what holds a code, and
// nothing any more once they were left out, or turn out to be the employee concerned.
func TestCopies(t *testing.T) {
	const daughter, employee = "dochter@example.org", "pim@lsr.example.org"
	for name, c := range map[string]struct {
		kept  string
		after func(b bench, f office.Form)
		want  string
	}{
		"nobody chose": {"", func(bench, office.Form) {}, ""},
		"kept":         {daughter, func(bench, office.Form) {}, daughter},
		"left out later": {daughter, func(b bench, f office.Form) {
			who, err := b.Office.OpenIdentity(b.t.Context(), b.who(jorien), f.Dossier, office.Opening{Reason: "correct_details"})
			b.must(err)
			who.Copy = ""
			b.must(b.Office.ChangeIdentity(b.t.Context(), b.who(jorien), office.Form{Dossier: f.Dossier}, who, complaint.HowPhone))
		}, ""},
		"the employee concerned": {employee, func(b bench, f office.Form) {
			b.must(b.Office.NameEmployee(b.t.Context(), b.who(jorien), office.Form{Dossier: f.Dossier}, b.who("Pim Haverdonk").ID, "De klager noemt hem."))
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := bench{housetest.New(t), t}
			b.ReachedAt("https://klachten.example.org")
			sink := withMail(b)
			in := b.intake(complaint.Email, b.at("2026-11-23"))
			in.Identity.Copy = c.kept
			f := b.receive(jorien, in)
			b.deliver()
			for _, m := range sink.Got() {
				if len(m.Also) > 0 {
					t.Errorf("what holds a code goes to %v too", m.Also)
				}
			}
			b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
			b.release("Hedwig Brandsema", f, complaint.HowEmail)
			c.after(b, f)
			b.at("2026-11-24")
			b.deliver()
			l, msg := b.queued(f, record.Answer)
			var also []string
			for _, m := range sink.Got() {
				if m.To == "abel.rooskens@example.org" && header(t, m).Get("Auto-Submitted") == "" {
					also = append(also, m.Also...)
				}
			}
			if got := strings.Join(also, " "); got != c.want || msg.State != record.MessageSent {
				t.Errorf("the answer %s is %s and goes to %q too, want %q", l.ID, msg.State, got, c.want)
			}
		})
	}
}

// A server that refuses who is on CC does not keep the mail from the complainant.
func TestRefusedCopy(t *testing.T) {
	b := bench{housetest.New(t), t}
	sink := withMail(b)
	in := b.intake(complaint.Email, b.at("2026-11-23"))
	in.Identity.Copy = "weg@example.org"
	f := b.receive(jorien, in)
	b.deliver()
	b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
	b.deliver()
	b.release("Hedwig Brandsema", f, complaint.HowEmail)
	sink.Fail(smtptest.Fault{At: smtptest.AtCopy, Reply: &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}})
	b.at("2026-11-24")
	b.deliver()
	if _, msg := b.queued(f, record.Answer); msg.State != record.MessageSent || !strings.Contains(msg.Reply, "550") {
		t.Errorf("the answer is %s, the server said %q", msg.State, msg.Reply)
	}
}

func header(t *testing.T, m smtptest.Mail) netmail.Header {
	t.Helper()
	read, err := netmail.ReadMessage(strings.NewReader(m.Raw))
	if err != nil {
		t.Fatal(err)
	}
	return read.Header
}

// The acknowledgement of a mail goes on with it; that of a machine's waits.
func TestAcknowledgementOfAMail(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	in := b.intake(complaint.Email, b.Office.Today())
	in.Thread = []string{"eerder@example.org", "klacht@example.org"}
	b.receive(jorien, in)
	b.deliver()
	if h := header(t, sink.Got()[0]); h.Get("In-Reply-To") != "<klacht@example.org>" || h.Get("References") != "<eerder@example.org> <klacht@example.org>" {
		t.Errorf("%v", h)
	}
	in = b.intake(complaint.Email, b.Office.Today())
	in.Automatic = true
	f := b.receive(jorien, in)
	b.deliver()
	if m := b.state(f, record.Acknowledgement, record.MessageHeld); m.Reason != record.HeldAutomatic || len(sink.Got()) != 1 {
		t.Errorf("%+v", m)
	}
	l, _ := b.queued(f, record.Acknowledgement)
	b.must(b.again(jorien, l.ID))
	b.deliver()
	b.state(f, record.Acknowledgement, record.MessageSent)
}

// What a person sent by hand is not sent, and neither is what lapsed: letters to somebody
// who died.
func TestStays(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	today := b.Office.Today()
	byHand, died := b.receive(jorien, b.intake(complaint.Email, today)), b.receive(jorien, b.intake(complaint.Email, today))
	l, _ := b.queued(byHand, record.Acknowledgement)
	b.must(b.Office.LetterWentOut(t.Context(), b.who(jorien), byHand, l.ID, today))
	if m := b.state(byHand, record.Acknowledgement, record.MessageSent); m.Sealed != nil {
		t.Error("what went by hand is kept to be sent")
	}
	b.must(b.Office.Died(t.Context(), b.who(jorien), died, today, "De dochter belde."))
	b.deliver()
	if m := b.state(died, record.Acknowledgement, record.MessageHeld); m.Reason != complaint.HeldLapsed || len(sink.Got()) != 0 {
		t.Errorf("%+v, %d went", m, len(sink.Got()))
	}
}

// Without a server everything waits and can be read; what waited too long for one does
// not go unasked.
func TestNoServer(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	f := b.receive(jorien, b.intake(complaint.Email, b.at("2026-11-10")))
	if b.deliver() != 0 {
		t.Error("something went")
	}
	l, _ := b.queued(f, record.Acknowledgement)
	if sheet, err := b.Office.PrintLetter(t.Context(), b.who(jorien), l.ID); err != nil || !strings.Contains(string(sheet.Bytes), "Beste ") {
		t.Errorf("it cannot be read: %v", err)
	}
	sink := withMail(b)
	b.at("2026-11-24")
	b.deliver()
	if m := b.state(f, record.Acknowledgement, record.MessageFailed); m.Reason != record.HeldOld || len(sink.Got()) != 0 {
		t.Errorf("%+v", m)
	}
	b.must(b.again(jorien, l.ID))
	b.deliver()
	b.state(f, record.Acknowledgement, record.MessageSent)
}

// An e-mail goes as a letter instead: once, and only to who has an address.
func TestOnPaper(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	today, who := b.Office.Today(), b.who(jorien)
	f := b.receive(jorien, b.intake(complaint.Email, today))
	b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
	b.release("Hedwig Brandsema", f, complaint.HowEmail)
	l, _ := b.queued(f, record.Answer)
	b.must(b.paper(jorien, l.ID))
	if err := b.paper(jorien, l.ID); !complaint.IsKind(err, complaint.Refused) {
		t.Errorf("twice: %v", err)
	}
	b.deliver()
	for _, m := range sink.Got() {
		if strings.Contains(m.Raw, "planner") {
			t.Error("the answer went by e-mail too")
		}
	}
	b.must(b.Office.SendAnswer(t.Context(), who, f, complaint.Dispatch{On: today}))
	paper := 0
	for _, l := range b.view(jorien, f.Dossier).Letters {
		if l.Kind == record.Answer && l.Channel == complaint.HowPost && l.SentOn == today {
			paper++
		} else if l.Kind == record.Answer && !l.SentOn.IsZero() {
			t.Error("the e-mail counts as sent")
		}
	}
	if paper != 1 {
		t.Errorf("%d answers on paper", paper)
	}
	in := b.intake(complaint.Email, today)
	in.Identity.Street, in.Identity.House, in.Identity.Postcode, in.Identity.Town, in.Identity.Unknown = "", "", "", "", "wil hij niet zeggen"
	f = b.receive(jorien, in)
	l, _ = b.queued(f, record.Acknowledgement)
	if err := b.paper(jorien, l.ID); !complaint.IsKind(err, complaint.Refused) {
		t.Errorf("without an address: %v", err)
	}
	verifies(b)
}

// To who is barred, and to who does no post, there is nothing to send.
func TestMailBars(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	withMail(b)
	f := b.receive(jorien, b.intake(complaint.Email, b.Office.Today()))
	l, _ := b.queued(f, record.Acknowledgement)
	b.must(b.Office.NameEmployee(t.Context(), b.who(jorien), f, b.who("Pim Haverdonk").ID, "Het gaat over deze medewerker."))
	for _, name := range []string{"Pim Haverdonk", "Noor Stalpers", "Bram Hoogland"} {
		if err := b.again(name, l.ID); err == nil || name == "Pim Haverdonk" && !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("%s sends again: %v", name, err)
		}
		if err := b.paper(name, l.ID); err == nil || name == "Pim Haverdonk" && !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("%s puts it on paper: %v", name, err)
		}
	}
	b.state(f, record.Acknowledgement, record.MessageWaiting)
}

// The queue holds no name, address or word that can be read.
func TestQueueIsSealed(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	sink.Fail(smtptest.Fault{At: smtptest.AtRcpt, Times: 1, Reply: &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "abel.rooskens@example.org is full"}})
	b.receive(jorien, b.intake(complaint.Email, b.Office.Today()))
	b.deliver()
	files, err := filepath.Glob(filepath.Join(b.Home, "register", "*"))
	b.must(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		b.must(err)
		for _, secret := range []string{"abel.rooskens", "Rooskens", "Beste ", "is full", "Subject:"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s holds %q", file, secret)
			}
		}
	}
	if len(files) == 0 {
		t.Error("no register to look in")
	}
}
