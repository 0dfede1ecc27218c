package desk_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/outbox"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

// mails gives the desk a mail server, and a complaint by e-mail whose acknowledgement
// waits.
func (c *counter) mails(t *testing.T) (sink *smtptest.Sink, id string) {
	t.Helper()
	sink = smtptest.New(t, smtptest.How{})
	post, err := outbox.New(outbox.Setting{URL: sink.URL("smtp")})
	check(t, err)
	c.Office.Mail = post
	draft, err := c.Office.Begin()
	check(t, err)
	got, err := c.Office.Receive(context.Background(), c.person(helpdesk), office.Form{}, office.Intake{Draft: draft, Receipt: complaint.Receipt{
		Channel: complaint.Email, ReceivedOn: c.Office.Today(), Title: "Niemand nam op", Description: "Ik belde drie keer.", DesiredOutcome: "Neem op.",
		Subjects: []complaint.SubjectKind{complaint.AboutService}, Member: complaint.MemberYes, Level: complaint.Confidential,
	}, Identity: record.Identity{Name: "J. Brugsma-Tiggelaar", Street: "Kapelstiege", House: "8", Postcode: "9153 HW", Town: "Lutterveen", Phone: "06-00000099", Email: "j.brugsma@example.net"}})
	check(t, err)
	return sink, got.Dossier
}

func (c *counter) deliver(t *testing.T) {
	t.Helper()
	_, err := c.Office.Deliver(context.Background())
	check(t, err)
}

// The post room and the dossier say how far each e-mail is, and what can be done.
func TestPostRoomMail(t *testing.T) {
	c := open(t)
	sink, id := c.mails(t)
	says := func(path string, want ...string) string {
		t.Helper()
		main := checkPage(t, c.get(t, helpdesk, path), "nl").Find("main").Text()
		for _, text := range want {
			if !strings.Contains(main, text) {
				t.Errorf("%s does not say %q", path, text)
			}
		}
		return main
	}
	says("/postkamer", "E-mail die nog niet weg is", "wacht, gaat zo weg", "gehoor verstuurt deze e-mail zelf")
	sink.Fail(smtptest.Fault{At: smtptest.AtRcpt, Reply: &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "full"}})
	c.deliver(t)
	says("/postkamer", "lukt nog niet: server zegt 450 4.2.2, volgende poging om 11.01", "1 keer geprobeerd", "Stuur opnieuw", "Maak er een brief van")
	says("/klachten/"+id, "lukt nog niet: server zegt 450 4.2.2", "Stuur opnieuw", "Maak er een brief van")
	letter, found := waits(c.room(t, helpdesk).Mails, id)
	if !found {
		t.Fatal("the acknowledgement is not in the post room")
	}
	sink.Fail(smtptest.Fault{At: smtptest.AtRcpt, Reply: &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody"}})
	if w := c.post(t, helpdesk, "/brieven/"+letter.ID+"/opnieuw", url.Values{"van": {id}, "sleutel": {"k1"}}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/klachten/"+id+"?gedaan=opnieuw" {
		t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	c.deliver(t)
	says("/postkamer", "geweigerd: 550 5.1.1", "weigert het adres van de ontvanger")
	says("/postkamer?gedaan=opnieuw", "Het bericht gaat opnieuw weg")
	if w := c.post(t, helpdesk, "/brieven/"+letter.ID+"/op-papier", url.Values{"sleutel": {"k2"}}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/postkamer?gedaan=papier" {
		t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	if _, found := waits(c.room(t, helpdesk).Mails, id); found {
		t.Error("the e-mail waits beside its letter")
	}
	if _, found := waits(c.room(t, helpdesk).Letters, id); !found {
		t.Error("there is no letter")
	}
	says("/klachten/"+id, "gaat als brief op papier")
	if w := c.post(t, helpdesk, "/brieven/"+letter.ID+"/opnieuw", url.Values{"sleutel": {"k3"}}); w.Code != http.StatusConflict {
		t.Errorf("an e-mail that goes on paper is sent again: %d", w.Code)
	}
	c.speaks(t, helpdesk, "en")
	checkPage(t, c.get(t, helpdesk, "/postkamer"), "en")
	checkPage(t, c.get(t, helpdesk, "/klachten/"+id), "en")
}

// What went today is there too; who is barred sees none of it.
func TestPostRoomMailSent(t *testing.T) {
	c := open(t)
	_, id := c.mails(t)
	c.deliver(t)
	v := c.look(t, helpdesk, id)
	main := checkPage(t, c.get(t, helpdesk, "/postkamer"), "nl").Find("main").Text()
	if _, found := waits(c.room(t, helpdesk).Sent, id); !found || !strings.Contains(main, v.Number) || !strings.Contains(main, "verstuurd om 11.00") {
		t.Error("what went is not there")
	}
	check(t, c.Office.NameEmployee(context.Background(), c.person(helpdesk), office.Form{Dossier: id, Seen: v.Version, Key: "name"}, c.person(colleague).ID, "Het gaat over deze medewerker."))
	if main := c.get(t, colleague, "/postkamer").Body.String(); strings.Contains(main, v.Number) {
		t.Error("who is concerned sees that an e-mail went")
	}
	letter := v.Letters[0].ID
	for _, path := range []string{"/opnieuw", "/op-papier"} {
		if w := c.post(t, colleague, "/brieven/"+letter+path, url.Values{"sleutel": {"k"}}); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
		if w := c.post(t, manager, "/brieven/"+letter+path, url.Values{"sleutel": {"k"}}); w.Code == http.StatusSeeOther {
			t.Errorf("a manager at %s: %d", path, w.Code)
		}
	}
}
