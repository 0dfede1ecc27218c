package browser

import (
	"os/exec"
	"regexp"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/envelope"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/outbox"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

// story is a house with a mail server, and the people of one story at their browsers.
type story struct {
	*world
	t     *testing.T
	hands *hands
	post  *smtptest.Sink
}

// TestStories goes through whole stories in Chromium, without JavaScript: from the first
// deed at the desk or at the counter to the end, the link from the e-mail that was sent and
// the codes from the letters as they are printed.
func TestStories(t *testing.T) {
	node := need(t)
	if _, err := exec.LookPath("pdftotext"); err != nil {
		lacks(t, "no pdftotext on this machine; on Debian or Ubuntu: apt-get install poppler-utils")
	}
	h := newHands(t, node)
	for name, tell := range map[string]func(*story){
		"a daughter confirms by the link in her e-mail": daughterConfirms,
		"confirmed by the code of the slip":             slipConfirms,
		"a later date is agreed on the page":            laterDateAgreed,
		"sent by the form, and stopped":                 formStopped,
		"nameless, with a code":                         namelessWithCode,
	} {
		t.Run(name, func(t *testing.T) {
			s := &story{world: enter(t, housetest.New(t)), t: t, hands: h, post: smtptest.New(t, smtptest.How{})}
			s.unhurried(t)
			post, err := outbox.New(outbox.Setting{URL: s.post.URL("smtp")})
			check(t, err)
			s.Office.Mail = post
			tell(s)
			r, err := s.Inspector.Verify(t.Context(), nil)
			check(t, err)
			for _, f := range r.Findings {
				t.Errorf("verify: %+v", f)
			}
		})
	}
}

// somebody is at a browser of their own, and not logged in.
func (s *story) somebody(name string) *person {
	return &person{t: s.t, hands: s.hands, name: name, url: s.url}
}

// atDesk is an employee who has just logged in.
func (s *story) atDesk(email string) *person {
	s.t.Helper()
	return s.somebody(email).opens("/inloggen").answers("email", email, "password", house.DemoPassword).presses("main form button")
}

// called is a caller's complaint, taken in at the desk; how says who reads its text.
func (s *story) called(jorien *person, how ...string) record.Dossier {
	s.t.Helper()
	jorien.opens("/klachten/nieuw/telefoon").answers("description", "Wij stonden voor een dichte deur.", "desired_outcome", "Het geld voor de taxi terug.",
		"title", "De cursus ging niet door", "subject", "service", "name", "Wendela Pruim", "salutation", "mevrouw Pruim",
		"street", "Hooge Akker", "house", "27", "postcode", "6905lr", "town", "Zandhuizen", "phone", "088-0000181", "member", "yes").
		answers(how...).presses("button[value=stuur]")
	return s.dossier(s.finds(`/klachten/([^/?]+)`, jorien.now.URL))
}

func (s *story) dossier(id string) record.Dossier {
	s.t.Helper()
	d, err := s.Store.Dossier(s.t.Context(), id, complaint.Sight{All: true})
	check(s.t, err)
	return d
}

// numbered is the dossier with a number.
func (s *story) numbered(number string) record.Dossier {
	s.t.Helper()
	list, _, err := s.Store.List(s.t.Context(), complaint.Sight{All: true}, record.Filter{Number: number, Exact: true, Limit: 1})
	check(s.t, err)
	if len(list) != 1 {
		s.t.Fatalf("no dossier has number %q", number)
	}
	return s.dossier(list[0].ID)
}

// event is the last event of a kind.
func (s *story) event(d record.Dossier, kind complaint.Kind) complaint.Event {
	s.t.Helper()
	v, err := s.Office.Look(s.t.Context(), s.person(s.t, helpdesk), d.ID)
	check(s.t, err)
	for i := len(v.Events) - 1; i >= 0; i-- {
		if v.Events[i].Kind == kind {
			return v.Events[i]
		}
	}
	s.t.Fatalf("nothing was %s", kind)
	return complaint.Event{}
}

// mailed sends the mail that waits, and gives the text of what came for an address last.
func (s *story) mailed(to string) string {
	s.t.Helper()
	_, err := s.Office.Deliver(s.t.Context())
	check(s.t, err)
	all := s.post.Got()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].To == to && all[i].Accepted {
			return envelope.Open([]byte(all[i].Raw)).Text
		}
	}
	s.t.Fatalf("no mail came for %s", to)
	return ""
}

// finds gives what stands in a text at the group of an expression.
func (s *story) finds(expression, text string) string {
	s.t.Helper()
	found := regexp.MustCompile(expression).FindStringSubmatch(text)
	if found == nil {
		s.t.Fatalf("there is no %s in:\n%s", expression, text)
	}
	return found[1]
}

// The codes as they stand on paper and on the page.
const (
	slipCode   = `de code (\d{4} \d{4})`
	letterCode = `Uw code is (\d{4} \d{4})`
)

func daughterConfirms(s *story) {
	d := s.called(s.atDesk(helpdesk), "how", "reader", "reader_name", "Tilly Pruim", "reader_relation", "dochter", "reader_email", "tilly@example.net", "consent", "ja")
	tilly := s.somebody("daughter").opens(s.finds(`(http://\S+/ja/\S+)`, s.mailed("tilly@example.net")))
	tilly.reads("Klopt deze tekst?", "Wij stonden voor een dichte deur.", "Het geld voor de taxi terug.", "Wij vragen het haar zelf.").
		readsNothingOf("Pruim", "Zandhuizen", "0000181", "De cursus ging niet door")
	if state := s.dossier(d.ID).State; state != complaint.Awaiting {
		s.t.Fatalf("reading along made it %s", state)
	}
	tilly.presses("main button[value=ja]").reads("U zei ja op", "Dank u wel voor het lezen").readsNothingOf("dichte deur", d.Number)

	if d = s.dossier(d.ID); d.State != complaint.IsFiled || d.FiledOn != s.Office.Today() || d.DueOn != d.FiledOn.AddDays(14) {
		s.t.Errorf("%s, filed %s, due %s", d.State, d.FiledOn, d.DueOn)
	}
	if e := s.event(d, complaint.Confirmed); e.Actor != complaint.ByReader || e.Open.How != complaint.HowLink || e.Open.Outcome != complaint.ReaderConfirms {
		s.t.Errorf("confirmed by %s, %s, as %s", e.Actor, e.Open.How, e.Open.Outcome)
	}
}

func slipConfirms(s *story) {
	jorien := s.atDesk(helpdesk)
	d := s.called(jorien, "how", "paper")
	paper := jorien.prints("main form[action^='/brieven/'] button")
	caller := s.somebody("caller").opens("/bevestigen").answers("number", d.Number, "code", "0000 0000").presses("main form button").reads("horen niet bij elkaar")
	caller.answers("number", s.finds(`(20\d\d-\d+)`, paper), "code", s.finds(slipCode, paper)).presses("main form button").reads("Wij stonden voor een dichte deur.")
	caller.presses("main button[value=ja]").reads("U zei ja op")

	if d = s.dossier(d.ID); d.State != complaint.IsFiled || d.FiledOn != s.Office.Today() {
		s.t.Errorf("%s, filed %s", d.State, d.FiledOn)
	}
	if e := s.event(d, complaint.Confirmed); e.Actor != complaint.ByComplainant || e.Open.Outcome != complaint.CallerConfirms {
		s.t.Errorf("confirmed by %s as %s", e.Actor, e.Open.Outcome)
	}
}

// forwards brings a complaint to the manager of a department, who is then at the desk.
func (s *story) forwards(jorien *person, d record.Dossier) (hedwig *person) {
	s.t.Helper()
	jorien.opens(dossierPath(d)+"/doorsturen").answers("department", s.departmentOf(manager)).presses("main form button.gh-button--primary")
	return s.atDesk(manager)
}

func dossierPath(d record.Dossier) string { return "/klachten/" + d.ID }

// departmentOf is the department that somebody manages.
func (s *story) departmentOf(email string) string {
	s.t.Helper()
	all, err := s.Store.Departments(s.t.Context())
	check(s.t, err)
	who := s.person(s.t, email).ID
	for _, d := range all {
		if d.Manager == who {
			return d.ID
		}
	}
	s.t.Fatalf("%s manages nothing", email)
	return ""
}

func laterDateAgreed(s *story) {
	jorien := s.atDesk(helpdesk)
	jorien.opens("/klachten/nieuw/brief").answers("description", "Wij stonden voor een dichte deur.", "title", "De cursus ging niet door",
		"subject", "service", "name", "Wendela Pruim", "street", "Hooge Akker", "house", "27", "postcode", "6905lr", "town", "Zandhuizen", "phone", "088-0000181", "member", "yes").
		presses("main form button.gh-button--primary")
	d := s.dossier(s.finds(`/klachten/([^/?]+)`, jorien.now.URL))
	code := s.finds(letterCode, jorien.prints("main form[action^='/brieven/'] button"))
	hedwig := s.forwards(jorien, d)
	later := d.DueOn.AddDays(14)
	hedwig.opens(dossierPath(d)+"/uitstel").answers("reason", "research_takes_longer", "explanation", "Wij wachten op de trainer.", "date", later.String(), "how", "post").
		presses("main form button.gh-button--primary")
	wendela := s.follows("complainant", d.Number, code).reads("Wij vragen u om een latere datum", "Wij wachten op de trainer.")
	wendela.answers("answer", "agreed", "why", "Als het dan maar komt.").presses("main form[action='/volgen/uitstel'] button").reads("Ja, dat is goed", "Als het dan maar komt.")

	if d = s.dossier(d.ID); d.State != complaint.InHandling || d.DueOn != later {
		s.t.Errorf("%s, due %s, want %s", d.State, d.DueOn, later)
	}
	hedwig.opens(dossierPath(d)).reads("Als het dan maar komt.")
}

// complained is somebody who sent the form, and was given a number and a code; who are the
// answers to the question who they are.
func (s *story) complained(who ...string) (p *person, d record.Dossier, code string) {
	s.t.Helper()
	p = s.somebody("complainant").opens("/").presses("main a[href='/klacht']")
	for _, answers := range [][]string{{"description", "Het rapport kwam zes weken te laat."}, {"desired_outcome", "Wij willen een vaste datum."}, {"subject", "service"}, who} {
		p.answers(answers...).presses("button[value=verder]")
	}
	p.presses("button[value=verstuur]").reads("Wij sturen ons antwoord uiterlijk")
	return p, s.numbered(s.finds(`Uw nummer (\S+)`, p.now.Text)), s.finds(`Uw code ((?:\d{4} ?)+)`, p.now.Text)
}

// follows shows number and code.
func (s *story) follows(who, number, code string) *person {
	s.t.Helper()
	return s.somebody(who).opens("/volgen").answers("number", number, "code", code).presses("main form button")
}

func formStopped(s *story) {
	_, d, code := s.complained("give_name", "yes", "for_whom", "self", "name", "Truus Verbeek", "way", "letter", "street", "Lindelaan", "house", "12",
		"postcode", "1234ab", "town", "Voorbeelddorp", "member", "yes")
	if d.State != complaint.IsFiled || d.Channel != complaint.Form {
		s.t.Fatalf("%s by %s", d.State, d.Channel)
	}
	truus := s.follows("at home", d.Number, code).presses("main a[href='/volgen/stoppen']").reads("Wilt u echt stoppen?")
	if state := s.dossier(d.ID).State; state != complaint.IsFiled {
		s.t.Fatalf("looking stopped it: %s", state)
	}
	truus.answers("why", "Het is al opgelost.").presses("main form button").reads("Uw klacht is gestopt", "Het is al opgelost.")

	if d = s.dossier(d.ID); d.State != complaint.IsWithdrawn {
		s.t.Errorf("%s", d.State)
	}
	if said := s.lastLetter(s.t, d.ID).SaidOn; said != s.Office.Today() {
		s.t.Errorf("the letter says that it was said on %s", said)
	}
}

func namelessWithCode(s *story) {
	_, d, code := s.complained("give_name", "no")
	if d.Level != complaint.Nameless || d.Identities != 0 || d.Letters != 0 {
		s.t.Fatalf("it holds %+v", d.Dossier)
	}
	hedwig := s.forwards(s.atDesk(helpdesk), d)
	hedwig.opens(dossierPath(d)+"/contact").answers("how", "page", "text", "Op welke dag was dat?").presses("main form button.gh-button--primary")
	nameless := s.follows("nameless", d.Number, code).reads("Op welke dag was dat?").readsNothingOf("Hedwig", "Wie opende uw naam?", "Onze brieven")
	nameless.answers("said", "Het was op 12 november.").presses("main form[action='/volgen/bericht'] button").reads("Uw bericht is bij ons binnen.")
	hedwig.opens(dossierPath(d)).reads("Het was op 12 november.")
	hedwig.opens(dossierPath(d)+"/antwoord").answers("points", "U heeft gelijk.", "outcome", "Wij bellen voortaan.", "measures", "Een lijst.", "action", "Gedaan.").
		presses("main form button.gh-button--primary")
	hedwig.opens(dossierPath(d) + "/antwoord-verstuurd").presses("main form button.gh-button--primary")
	nameless.opens("/volgen").reads("U heeft gelijk.", "Wij bellen voortaan.")

	if d = s.dossier(d.ID); d.State != complaint.IsAnswered || d.Identities != 0 || d.Letters != 0 {
		s.t.Errorf("%s: %+v", d.State, d.Dossier)
	}
}
