package desk_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/complaint"
	"gehoor/internal/envelope"
	"gehoor/internal/office"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

// bounceOf is what a mail server writes about a message that it took and cannot deliver.
func bounceOf(m smtptest.Mail) string {
	return "From: MAILER-DAEMON@example.org\nReturn-Path: <>\nSubject: Undelivered Mail\nMessage-ID: <b@example.org>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
		"--b\n\nCould not be delivered.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; " + m.To + "\nAction: failed\nStatus: 5.1.1\n\n" +
		"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <" + envelope.Open([]byte(m.Raw)).MessageID + ">\n\n--b--\n"
}

// bounced sends the acknowledgement of a complaint, lets it come back, and adds that to the
// dossier; it gives the letter.
func (c *counter) bounced(t *testing.T, sink *smtptest.Sink, id string) string {
	t.Helper()
	c.deliver(t)
	taken, err := c.Mailroom.TakeIn(t.Context(), []byte(bounceOf(mailsTo(sink, "j.brugsma@example.net")[0])), record.MailPlace{})
	check(t, err)
	check(t, c.Mailroom.AddTo(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, taken.ID, "-"))
	room := c.room(t, helpdesk).Returned
	if len(room) != 1 || room[0].Dossier != id {
		t.Fatalf("came back: %+v", room)
	}
	return room[0].ID
}

// mailsTo are the mails that an address got.
func mailsTo(sink *smtptest.Sink, address string) []smtptest.Mail {
	return slices.DeleteFunc(sink.Got(), func(m smtptest.Mail) bool { return m.To != address })
}

// card is the card of what came back of a dossier.
func (c *counter) card(t *testing.T, id string) *goquery.Selection {
	t.Helper()
	number := c.look(t, helpdesk, id).Number
	return checkPage(t, c.get(t, helpdesk, "/postkamer"), "nl").Find("#teruggekomen").Parent().Find("article").
		FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), number) })
}

// The card of an e-mail that came back offers paper; where an address is missing it says
// so and leads there; and once e-mail goes somewhere else, it is sent there with the same
// words, and the card is gone.
func TestBounceCard(t *testing.T) {
	c := open(t)
	sink, id := c.mails(t)
	letter := c.bounced(t, sink, id)
	press := func(path string) (int, string) {
		t.Helper()
		w := c.post(t, helpdesk, "/brieven/"+letter+path, url.Values{"sleutel": {"k" + path}})
		if w.Code == http.StatusSeeOther {
			return w.Code, w.Header().Get("Location")
		}
		return w.Code, checkPage(t, w, "nl").Find("main").Text()
	}
	lives := func(email string) {
		t.Helper()
		check(t, c.Office.ChangeIdentity(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, record.Identity{Name: "J. Brugsma-Tiggelaar", Phone: "06-00000099", Email: email}, complaint.HowPost))
	}
	card := c.card(t, id)
	if !strings.Contains(card.Text(), "niet bezorgd") || card.Find("form[action$='/op-papier'] .gh-button--primary").Length() != 1 || card.Find("form[action$='/opnieuw']").Length() != 0 {
		t.Errorf("at the same address: %q", card.Text())
	}
	if code, _ := press("/opnieuw"); code != http.StatusConflict {
		t.Errorf("sent to the same address once more: %d", code)
	}
	lives("")
	for path, want := range map[string]string{"/op-papier": "Er is geen postadres bij ", "/opnieuw": "Er is geen e-mailadres bij "} {
		w := c.post(t, helpdesk, "/brieven/"+letter+path, url.Values{"sleutel": {"k" + path}})
		main := checkPage(t, w, "nl").Find("main")
		if w.Code != http.StatusConflict || !strings.Contains(main.Text(), want+c.look(t, helpdesk, id).Number) || main.Find("a[href='/klachten/"+id+"/gegevens']").Length() == 0 {
			t.Errorf("%s without an address: %d %s", path, w.Code, main.Text())
		}
	}
	lives("j.brugsma@example.com")
	if card := c.card(t, id); card.Find("form[action$='/opnieuw'] .gh-button--primary").Length() != 1 || card.Find("form[action$='/op-papier'] .gh-button--primary").Length() != 0 {
		t.Errorf("with a new address: %q", card.Text())
	}
	if doc := checkPage(t, c.get(t, helpdesk, "/klachten/"+id), "nl"); doc.Find("form[action='/brieven/"+letter+"/opnieuw']").Length() != 1 {
		t.Error("the dossier does not offer the new address")
	}
	for range 2 { // a double click
		if code, to := press("/opnieuw"); code != http.StatusSeeOther || to != "/postkamer?gedaan=opnieuw" {
			t.Fatalf("%d %s", code, to)
		}
	}
	if c.card(t, id).Length() != 0 {
		t.Error("it was sent to the new address, and still stands there")
	}
	c.deliver(t)
	first, again := mailsTo(sink, "j.brugsma@example.net"), mailsTo(sink, "j.brugsma@example.com")
	if len(first) != 1 || len(again) != 1 || envelope.Open([]byte(again[0].Raw)).Text != envelope.Open([]byte(first[0].Raw)).Text {
		t.Errorf("%d to the old address, %d to the new: %+v", len(first), len(again), again)
	}
}

// An e-mail that was not delivered: the pile says what to do with the report, the dossier
// says so and proposes a letter, and nobody is told that the complainant wrote.
func TestMailCameBack(t *testing.T) {
	c := open(t)
	sink, id := c.mails(t)
	c.deliver(t)
	mail := c.takeMail(t, bounceOf(mailsTo(sink, "j.brugsma@example.net")[0]))

	page := func(path string) *goquery.Selection {
		t.Helper()
		return checkPage(t, c.get(t, helpdesk, path), "nl").Find("main")
	}
	pile := page("/postkamer/binnen/" + mail)
	text := pile.Text()
	if !strings.Contains(text, "Zet ‘niet bezorgd’ bij de klacht") || strings.Contains(text, "De klager stopt") || strings.Contains(text, "is iets anders dan het zegt") {
		t.Errorf("the pile says: %s", text)
	}
	form := values(goquery.NewDocumentFromNode(pile.Nodes[0]), "#antwoord-op form, form[action$=hoort-bij]")
	w := c.post(t, helpdesk, "/postkamer/binnen/"+mail+"/hoort-bij", form)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	if text := page(w.Header().Get("Location")).Find("[role=status]").Text(); !strings.Contains(text, "De mail staat nu bij de klacht") {
		t.Errorf("what was done: %q", text)
	}
	dossier := page("/klachten/" + id)
	if text := dossier.Text(); !strings.Contains(text, "niet bezorgd, dinsdag 24 november") || strings.Contains(text, "Seintje: de klager schreef") {
		t.Errorf("the dossier says: %s", text)
	}
	paper, _ := dossier.Find("form[action$='/op-papier']").Attr("action")
	if w := c.post(t, helpdesk, paper, url.Values{"van": {id}, "sleutel": {"k9"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("a letter of it: %d: %s", w.Code, w.Body)
	}
	if dossier = page("/klachten/" + id); strings.Contains(dossier.Text(), "niet bezorgd, ") || dossier.Find("form[action$='/op-papier']").Length() != 0 {
		t.Errorf("a letter was made, and the dossier says: %s", dossier.Text())
	}
}
