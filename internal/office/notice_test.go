package office_test

import (
	netmail "net/mail"
	"slices"
	"strings"
	"testing"
	"time"

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

// words of the sink: to whom each mail since the first n went, with its subject.
func heard(sink *smtptest.Sink, n int) []string {
	var list []string
	for _, m := range sink.Got()[n:] {
		to, _, _ := strings.Cut(m.To, "@")
		head, err := netmail.ReadMessage(strings.NewReader(m.Raw))
		if err != nil {
			return []string{err.Error()}
		}
		list = append(list, to+" "+head.Header.Get("Subject"))
	}
	slices.Sort(list)
	return list
}

func (b bench) hears(sink *smtptest.Sink, n int, want ...string) {
	b.t.Helper()
	b.deliver()
	if got := heard(sink, n); !slices.Equal(got, want) {
		b.t.Errorf("went %q, want %q", got, want)
	}
}

// states counts the notices by state and reason, as who manages sees them.
func (b bench) noticeStates(name string) map[string]int {
	b.t.Helper()
	list, err := b.Office.StaffNotices(b.t.Context(), b.who(name))
	b.must(err)
	got := map[string]int{}
	for _, n := range list {
		got[strings.TrimSpace(string(n.Kind)+" "+string(n.State)+" "+n.Reason)]++
		if n.Dossier != "" || n.Sealed != nil || n.ID != "" || n.Token != nil || n.Cause != nil {
			b.t.Errorf("the page is told %+v", n)
		}
	}
	return got
}

// TestWordOfWork: who handles a complaint gets word of it: the number, of what kind it is
// and a link; never who or what. Each cause gives it once.
func TestWordOfWork(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		sink := withMail(b)
		h.ReachedAt("https://gehoor.example.org/")
		f := mail(b, "2026-06-01")
		b.deliver()
		n := len(sink.Got())
		b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
		number := b.view(jorien, f.Dossier).Number
		b.hears(sink, n, "hedwig Nieuw werk in gehoor: "+number)
		got := sink.Got()[n]
		for _, want := range []string{number, "https://gehoor.example.org/klachten/" + f.Dossier, "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"} {
			if !strings.Contains(got.Raw, want) {
				t.Errorf("the mail does not hold %q:\n%s", want, got.Raw)
			}
		}
		v := b.view(jorien, f.Dossier)
		for _, secret := range []string{v.Title, "rooskens", "Rooskens", "Hedwig", "Brandsema"} {
			if strings.Contains(got.Raw, secret) {
				t.Errorf("the mail holds %q", secret)
			}
		}
		b.at("2026-06-10")
		for range 2 {
			_, err := h.Office.Wake(t.Context())
			b.must(err)
		}
		b.hears(sink, n+1, "hedwig De termijn loopt bijna af: "+number)
		b.away("Hedwig Brandsema", "2026-06-11", "2026-06-30")
		b.at("2026-06-16")
		for range 2 {
			_, err := h.Office.Wake(t.Context())
			b.must(err)
		}
		b.hears(sink, n+2, "ankie Het antwoord is te laat: "+number, "hedwig Het antwoord is te laat: "+number, "liesbeth Het antwoord is te laat: "+number)
		if b.deliver() != 0 {
			t.Error("word went twice")
		}
		verifies(b)
	})
}

// TestWordHoldsAWayIn: of a late answer only who can read it gets word, with a link. A
// deputy whose manager is there does not stand in.
func TestWordHoldsAWayIn(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	b.ReachedAt("https://gehoor.example.org/")
	f := mail(b, "2026-06-01")
	b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
	b.deliver()
	n := len(sink.Got())
	b.at("2026-06-16")
	_, err := b.Office.Wake(t.Context())
	b.must(err)
	number := b.view(jorien, f.Dossier).Number
	b.hears(sink, n, "ankie Het antwoord is te laat: "+number, "hedwig Het antwoord is te laat: "+number)
	for _, m := range sink.Got()[n:] {
		if !strings.Contains(m.Raw, "https://gehoor.example.org/klachten/"+f.Dossier) {
			t.Errorf("no link for %s", m.To)
		}
	}
}

// TestWordGoesToWhoIsThere: new work of a manager who is away goes to the deputy, in the
// language of the account, and never to who is named or to who did it.
func TestWordGoesToWhoIsThere(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	b.must(b.People.ChangeLanguage(t.Context(), b.who("Liesbeth van der Oort"), "en"))
	f, g := mail(b, "2026-06-01"), mail(b, "2026-06-01")
	b.deliver()
	n := len(sink.Got())
	b.away("Hedwig Brandsema", "2026-06-01", "2026-06-30")
	b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
	b.hears(sink, n, "liesbeth New work in gehoor: "+b.view(jorien, f.Dossier).Number)
	if raw := sink.Got()[n].Raw; strings.Contains(raw, "http") || !strings.Contains(raw, "look for") {
		t.Errorf("without an address of gehoor:\n%s", raw)
	}
	b.forward(jorien, g, "Kwaliteitstoetsing", "Hedwig Brandsema")
	b.must(b.Office.NameEmployee(t.Context(), b.who(jorien), office.Form{Dossier: g.Dossier}, b.who("Ankie Verloop").ID, "De klager noemt haar."))
	b.at("2026-06-16")
	_, err := b.Office.Wake(t.Context())
	b.must(err)
	b.deliver()
	for _, m := range heard(sink, n+1) {
		if strings.HasPrefix(m, "ankie") && strings.HasSuffix(m, b.view(jorien, g.Dossier).Number) {
			t.Error("the employee concerned got word")
		}
	}
}

// TestWordThatIsWantedNoMore: who is named, leaves, or wants no mail before it went gets
// none; nor does anybody when the organisation wants none, or there is no server.
func TestWordThatIsWantedNoMore(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	hedwig := b.who("Hedwig Brandsema")
	f := mail(b, "2026-06-01")
	b.forward(jorien, f, "Scholing", "Hedwig Brandsema") // no server: no word
	sink := withMail(b)
	forward := func() office.Form {
		f := mail(b, "2026-06-01")
		b.deliver()
		b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
		return f
	}
	g := forward()
	n := len(sink.Got())
	b.must(b.Office.NameEmployee(t.Context(), b.who(jorien), office.Form{Dossier: g.Dossier}, hedwig.ID, "De klager noemt haar."))
	b.hears(sink, n)
	forward()
	b.must(b.People.WantNotices(t.Context(), hedwig, false))
	n = len(sink.Got())
	b.hears(sink, n)
	forward()
	n = len(sink.Got())
	b.hears(sink, n)
	if got := b.noticeStates("Bram Hoogland"); got["new_work held no_longer"] != 2 || len(got) != 1 {
		t.Errorf("%v", got)
	}
	b.must(b.People.WantNotices(t.Context(), hedwig, true))
	before := len(b.noticeStates("Bram Hoogland"))
	b.noNotices(true)
	forward()
	if got := b.noticeStates("Bram Hoogland"); len(got) != before {
		t.Errorf("the organisation wants none: %v", got)
	}
	if _, err := b.Office.StaffNotices(t.Context(), b.who(jorien)); !complaint.IsKind(err, complaint.Refused) {
		t.Errorf("who does not manage: %v", err)
	}
	b.Clock.Set(b.Clock.Now().Add(office.NoticeDays*24*time.Hour + 15*24*time.Hour))
	_, err := b.Office.Sweep(t.Context())
	b.must(err)
	list, err := b.Store.Notices(t.Context(), complaint.Sight{All: true}, time.Unix(0, 0), 100)
	b.must(err)
	if len(list) != 0 {
		t.Errorf("%d notices are left", len(list))
	}
}

func (b bench) noNotices(none bool) {
	b.t.Helper()
	org, err := b.Office.Organisation(b.t.Context())
	b.must(err)
	org.NoNotices, org.Language = none, org.FirstLanguage()
	_, err = b.People.ChangeOrganisation(b.t.Context(), b.who("Bram Hoogland"), "", personnel.OrganisationForm{Organisation: org, Retention: strings.TrimSuffix(org.Retention, " month")})
	b.must(err)
}

// TestWordTriesAgain: a server that says "not now" gets the same bytes later; one that
// says "never" is asked no more. Who manages and is concerned sees nothing of it.
func TestWordTriesAgain(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		sink := withMail(b)
		f := mail(b, "2026-06-01")
		b.deliver()
		b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
		n := len(sink.Got())
		sink.Fail(smtptest.Fault{At: smtptest.AtRcpt, Times: 1, Reply: &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "full"}})
		b.hears(sink, n)
		if got := b.noticeStates("Bram Hoogland"); got["new_work waiting"] != 1 {
			t.Errorf("%v", got)
		}
		b.Clock.Set(b.Clock.Now().Add(2 * time.Minute))
		sink.Fail(smtptest.Fault{At: smtptest.AtRcpt, Reply: &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody"}})
		b.hears(sink, n)
		if got := b.noticeStates("Bram Hoogland"); got["new_work failed"] != 1 {
			t.Errorf("%v", got)
		}
		b.Clock.Set(b.Clock.Now().Add(24 * time.Hour))
		b.hears(sink, n)
		b.must(b.Office.NameEmployee(t.Context(), b.who(jorien), office.Form{Dossier: f.Dossier}, b.who("Bram Hoogland").ID, "De klager noemt hem."))
		if got := b.noticeStates("Bram Hoogland"); len(got) != 0 {
			t.Errorf("the employee concerned counts %v", got)
		}
	})
}

// TestReplyGivesWord: the complainant wrote; the handler hears that, once a day.
func TestReplyGivesWord(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	sink := withMail(b)
	f := mail(b, "2026-06-01")
	b.forward(jorien, f, "Scholing", "Hedwig Brandsema")
	b.deliver()
	n := len(sink.Got())
	for range 2 {
		taken, err := b.Mailroom.TakeIn(t.Context(), []byte("From: abel.rooskens@example.org\r\nSubject: nog iets\r\nMessage-ID: <"+record.NewID()+"@example.org>\r\n\r\nNog iets.\r\n"), record.MailPlace{})
		b.must(err)
		b.must(b.Mailroom.AddTo(t.Context(), b.who(jorien), office.Form{Dossier: f.Dossier}, taken.ID, "leeg"))
	}
	b.hears(sink, n, "hedwig Er is een bericht binnen: "+b.view(jorien, f.Dossier).Number)
}

// TestWordOfAFormThatWaits: the helpdesk gets word of a form that must be looked at: number
// and link. Whom it may be about gets none, and nobody does once it was looked at.
func TestWordOfAFormThatWaits(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		sink := withMail(b)
		h.ReachedAt("https://gehoor.example.org/")
		hand := func(key string, about string) (office.Draft, mailroom.Handed) {
			draft, err := h.Office.Begin()
			b.must(err)
			in := office.Intake{Draft: draft, Promise: &office.Promise{Code: "12345674"}, Receipt: complaint.Receipt{Title: "Een dienst", Description: "Het rapport kwam te laat." + about,
				DesiredOutcome: "Een vaste datum.", Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential},
				Identity: record.Identity{Name: "Truus Verbeek", Email: "truus@example.net", Way: "email"}}
			got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: key}, in, mailroom.TooFast)
			b.must(err)
			return draft, got
		}
		stored := func(form string) []record.Notice {
			list, err := h.Store.Notices(t.Context(), complaint.Sight{All: true}, time.Time{}, 100)
			b.must(err)
			return slices.DeleteFunc(list, func(n record.Notice) bool { return n.Incoming != form })
		}
		b.deliver()
		n := len(sink.Got())
		draft, got := hand("one", "")

		waiting := stored(draft.ID)
		b.deliver()
		mails := sink.Got()[n:]
		if len(mails) == 0 {
			t.Fatal("nobody gets word")
		}
		for _, m := range mails {
			if strings.Contains(m.Raw, "Truus") || strings.Contains(m.Raw, "rapport") {
				t.Errorf("the word says what it is about:\n%s", m.Raw)
			}
		}
		whole := strings.ReplaceAll(strings.ReplaceAll(mails[0].Raw, "\r\n", "\n"), "=\n", "") // quoted-printable folds
		if !strings.Contains(whole, "https://gehoor.example.org/postkamer/binnen/"+draft.ID) || !strings.Contains(whole, "gehoor: "+got.Number) {
			t.Errorf("no number or link:\n%s", mails[0].Raw)
		}
		everybody := len(mails)
		for _, w := range stored(draft.ID) {
			if len(w.Sealed) == 0 || len(w.Sealed) >= len(waiting[0].Sealed) {
				t.Errorf("%d of %d bytes stay of a word that went", len(w.Sealed), len(waiting[0].Sealed))
			}
		}

		n = len(sink.Got())
		_, got = hand("two", " Pim Haverdonk was onbeleefd.")
		b.deliver()
		for _, to := range heard(sink, n) {
			if strings.HasPrefix(to, "pim ") {
				t.Errorf("who is named gets word: %s", to)
			}
		}
		if len(sink.Got()) == n {
			t.Error("nobody gets word of a form that names a colleague")
		}

		n = len(sink.Got())
		draft, _ = hand("three", "")
		_, err := h.Mailroom.Accept(t.Context(), b.who(jorien), office.Form{Key: "accept"}, draft.ID)
		b.must(err)
		b.deliver()
		for _, to := range heard(sink, n) {
			if strings.Contains(to, "formulier") {
				t.Errorf("word of a form that was looked at: %s", to)
			}
		}
		if waits := b.noticeStates("Bram Hoogland")["form_waits sent"]; waits < everybody {
			t.Errorf("who manages sees %d", waits)
		}
		n = len(sink.Got())
		for i := range 14 { // a machine fills the pile, and no mailboxes
			hand("machine "+string(rune('a'+i)), "")
		}
		for range 4 {
			b.deliver()
		}
		if got := len(sink.Got()) - n; got == 0 || got > 10*everybody {
			t.Errorf("%d words of fourteen forms", got)
		}
	})
}
