package mailroom_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/envelope"
	"gehoor/internal/housetest"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/outbox"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

// station is an installation with a mail server, and with employees who judge all that
// comes in: as it is suggested, or eagerly, so that every mail becomes a complaint.
type station struct {
	eager bool
	desk
	*smtptest.Sink
	address string
	seen    int // messages of the sink that went on
}

func newStation(t *testing.T, address string, eager bool) *station {
	t.Helper()
	s := &station{eager: eager, desk: desk{housetest.Empty(t), t}, Sink: smtptest.New(t, smtptest.How{}), address: address}
	post, err := outbox.New(outbox.Setting{URL: s.URL("smtp")})
	s.must(err)
	s.Office.Mail, s.Office.MailFrom = post, address
	return s
}

// gets takes a mail in, judges it, and sends what follows from it. It says what the mail
// was taken for.
func (s *station) gets(from, raw string) mailroom.Kind {
	s.t.Helper()
	taken, err := s.Mailroom.TakeIn(s.t.Context(), []byte("Return-Path: <"+from+">\r\n"+raw), record.MailPlace{})
	s.must(err)
	if !taken.New {
		s.t.Fatal("the mail was here already")
	}
	who := s.who(jorien)
	v, err := s.Mailroom.Look(s.t.Context(), who, taken.ID)
	if complaint.IsKind(err, complaint.NotFound) { // the other's signature names somebody who works here too
		who = s.who(pimName)
		v, err = s.Mailroom.Look(s.t.Context(), who, taken.ID)
	}
	s.must(err)
	switch kind := mailroom.Kind(v.Codes.Kind); {
	case v.About != "":
		s.must(s.Mailroom.AddTo(s.t.Context(), who, office.Form{Dossier: v.About}, taken.ID, "-"))
	case s.eager || kind == mailroom.Complaint:
		draft, err := s.Mailroom.DraftOf(s.t.Context(), who, taken.ID)
		s.must(err)
		_, err = s.Mailroom.Register(s.t.Context(), who, office.Form{Key: taken.ID}, taken.ID, office.Intake{Draft: draft, Receipt: complaint.Receipt{
			Channel: complaint.Email, ReceivedOn: v.ReceivedOn, Title: "Geen lunch", Description: "Zie de mail.", DesiredOutcome: "Een excuus.",
			Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential}, Identity: record.Identity{Name: "Tjitske Waterman", Email: v.Address}})
		s.must(err)
	}
	s.deliver()
	return mailroom.Kind(v.Codes.Kind)
}

// sent gives what was sent since it was asked last.
func (s *station) sent() []smtptest.Mail {
	all := s.Got()
	fresh := all[s.seen:]
	s.seen = len(all)
	return fresh
}

// firstMail is what somebody, or something, writes first.
func firstMail(from string, n int) string {
	return fmt.Sprintf("From: %s\r\nTo: klachten@lsr.example.org\r\nSubject: Klacht: geen lunch %d\r\nMessage-ID: <begin%d@elders.example>\r\n\r\nBij de training was geen lunch, en dat is een klacht.\r\n", from, n, n)
}

// Two installations that get each other's mail, and register whatever comes: the first
// answers once, and then it is quiet.
func TestTwoInstallationsDoNotAnswerEachOther(t *testing.T) {
	here, there := newStation(t, "klachten@hier.example", true), newStation(t, "klachten@daar.example", true)
	here.gets(there.address, firstMail(there.address, 1))
	passed := 1
	for range 6 { // more than enough: one round that sends nothing is the end
		for _, m := range here.sent() {
			if m.To != there.address {
				t.Fatalf("a mail for %s", m.To)
			}
			passed++
			there.gets(m.From, m.Raw)
		}
		for _, m := range there.sent() {
			if m.To != here.address {
				t.Fatalf("a mail for %s", m.To)
			}
			passed++
			here.gets(m.From, m.Raw)
		}
	}
	if passed != 2 {
		t.Errorf("%d mails passed between the two, want the complaint and its acknowledgement", passed)
	}
	here.verifies()
	there.verifies()
}

// Something that answers everything, and says in no way that it is a machine: in the
// thread, with the subject alone, or with a new complaint each time. What it answers belongs
// to the dossier or waits; and who writes back at once gets no more than two mails in a day.
func TestAutoresponderStopsByItself(t *testing.T) {
	for name, answer := range map[string]func(n int, to string, m smtptest.Mail) string{
		"in the thread": func(n int, to string, m smtptest.Mail) string {
			got := envelope.Open([]byte(m.Raw))
			return fmt.Sprintf("From: %s\r\nSubject: Re: %s\r\nMessage-ID: <auto%d@elders.example>\r\nIn-Reply-To: <%s>\r\n\r\nBedankt voor uw bericht. Wij nemen snel contact op.\r\n", to, got.Subject, n, got.MessageID)
		},
		"with the subject alone": func(n int, to string, m smtptest.Mail) string {
			return fmt.Sprintf("From: %s\r\nSubject: Re: %s\r\nMessage-ID: <auto%d@elders.example>\r\n\r\nBedankt voor uw bericht. Wij nemen snel contact op.\r\n", to, envelope.Open([]byte(m.Raw)).Subject, n)
		},
	} {
		t.Run(name, func(t *testing.T) {
			here, to := newStation(t, "klachten@hier.example", false), "machine@elders.example"
			here.gets(to, firstMail(to, 1))
			passed := 1
			for n := range 6 {
				for _, m := range here.sent() {
					passed += 2
					if kind := here.gets(to, answer(n, to, m)); kind == mailroom.Complaint {
						t.Error("what it answers looks like a complaint")
					}
				}
			}
			if ours := len(here.Got()); passed != 3 || ours != 1 {
				t.Errorf("%d mails passed, %d of them ours", passed, ours)
			}
			here.verifies()
		})
	}
	t.Run("with a new complaint", func(t *testing.T) {
		here, to := newStation(t, "klachten@hier.example", true), "machine@elders.example"
		here.gets(to, firstMail(to, 1))
		n := 1
		for range 8 {
			for range here.sent() {
				n++
				here.gets(to, strings.ReplaceAll(firstMail(to, n), "Klacht: ", ""))
			}
		}
		if ours := len(here.Got()); n != 3 || ours != 2 {
			t.Errorf("%d mails of the machine, %d of ours", n, ours)
		}
		here.waits(record.HeldEcho)
	})
}

// waits sees that one acknowledgement waits in the post room, with its reason, and goes
// when somebody says so.
func (s *station) waits(reason string) {
	s.t.Helper()
	room, err := s.Office.PostRoom(s.t.Context(), s.who(jorien), "", "")
	s.must(err)
	if len(room.Mails) != 1 || room.Mails[0].Mail.State != record.MessageHeld || room.Mails[0].Mail.Reason != reason {
		s.t.Fatalf("in the post room: %+v", room.Mails)
	}
	before := len(s.Got())
	_, err = s.Office.SendAgain(s.t.Context(), s.who(jorien), "", room.Mails[0].ID)
	s.must(err)
	s.deliver()
	if len(s.Got()) != before+1 {
		s.t.Error("it did not go though somebody asked")
	}
	s.verifies()
}

// Somebody with several complaints in one day is answered three times, at once or not; the
// fourth waits for a person.
func TestAPersonMayComplainThreeTimesADay(t *testing.T) {
	here, from := newStation(t, "klachten@hier.example", true), "iemand@elders.example"
	for n := range 4 {
		here.gets(from, firstMail(from, n))
		here.Clock.Set(here.Clock.Now().Add(2 * time.Hour))
	}
	if ours := len(here.Got()); ours != 3 {
		t.Errorf("%d acknowledgements", ours)
	}
	here.waits(record.HeldLoop)
}

// A question counts as well: whoever answers everything gets two mails of any kind.
func TestQuestionsCountAsMail(t *testing.T) {
	here, to := newStation(t, "klachten@hier.example", true), "machine@elders.example"
	here.gets(to, firstMail(to, 1))
	here.gets(to, firstMail(to, 2))
	taken, err := here.Mailroom.TakeIn(t.Context(), []byte("Return-Path: <"+to+">\r\n"+firstMail(to, 3)), record.MailPlace{})
	here.must(err)
	here.must(here.Mailroom.Dismiss(t.Context(), here.who(jorien), taken.ID, "question", true))
	here.deliver()
	if q := here.look(jorien, taken.ID).Question; len(here.Got()) != 2 || q.State != record.MessageHeld || q.Reason != record.HeldEcho {
		t.Errorf("%d went; the question: %+v", len(here.Got()), q)
	}
}
