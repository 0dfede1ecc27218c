package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/smtptest"
)

// An e-mail that was not delivered: the pile says what to do with the report, the dossier
// says so and proposes a letter, and nobody is told that the complainant wrote.
func TestMailCameBack(t *testing.T) {
	c := open(t)
	sink, id := c.mails(t)
	c.deliver(t)
	i := slices.IndexFunc(sink.Got(), func(m smtptest.Mail) bool { return m.To == "j.brugsma@example.net" })
	if i < 0 {
		t.Fatal("the acknowledgement did not go")
	}
	_, after, _ := strings.Cut(sink.Got()[i].Raw, "Message-ID: ")
	ours, _, _ := strings.Cut(after, "\r\n")
	mail := c.takeMail(t, fmt.Sprintf(notDelivered, ours))

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
	if w := c.post(t, helpdesk, "/postkamer/binnen/"+mail+"/hoort-bij", form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
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

const notDelivered = "From: MAILER-DAEMON@example.org\nReturn-Path: <>\nSubject: Undelivered Mail\nMessage-ID: <b@example.org>\n" +
	"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nCould not be delivered.\n" +
	"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; j.brugsma@example.net\nAction: failed\nStatus: 5.1.1\n" +
	"\n--b\nContent-Type: message/rfc822-headers\n\nSubject: Uw klacht\nMessage-ID: %s\n\n--b--\n"
