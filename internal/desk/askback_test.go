package desk_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/outbox"
	"gehoor/internal/smtptest"
)

// TestAskTheSender: the page of a mail asks its sender whether a complaint was meant, the
// post room says how far that is, and the answer leads to the form by one press.
func TestAskTheSender(t *testing.T) {
	c := open(t)
	id := c.takeMail(t, "From: Gerlof <gerlof@example.net>\nSubject: Lunch\nMessage-ID: <vraag@example.net>\n\nIs er lunch bij de training?\n")
	page := "/postkamer/binnen/" + id
	if doc := checkPage(t, c.get(t, helpdesk, page), "nl"); doc.Find("input[name=vraag][checked]").Length() != 1 {
		t.Error("the tick is not there, or not set")
	}
	w := c.post(t, helpdesk, page+"/geen-klacht", url.Values{"reason": {"question"}, "vraag": {"ja"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d", w.Code)
	}
	for _, path := range []string{page, "/postkamer"} {
		for _, lang := range []string{"nl", "en"} {
			c.speaks(t, helpdesk, lang)
			checkPage(t, c.get(t, helpdesk, path), lang)
		}
	}
	c.speaks(t, helpdesk, "nl")
	if text := checkPage(t, c.get(t, helpdesk, "/postkamer"), "nl").Find("main").Text(); !strings.Contains(text, "Vragen of het een klacht is") || !strings.Contains(text, "Mail van 24 november") {
		t.Errorf("the post room: %s", text)
	}
	if w := c.post(t, helpdesk, page+"/vraag/tekst", url.Values{}); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "gerlof@example.net") || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	sink := smtptest.New(t, smtptest.How{})
	post, err := outbox.New(outbox.Setting{URL: sink.URL("smtp")})
	check(t, err)
	c.Office.Mail = post
	c.deliver(t)
	got := slices.DeleteFunc(sink.Got(), func(m smtptest.Mail) bool { return m.To != "gerlof@example.net" })
	if len(got) != 1 {
		t.Fatalf("%d went", len(got))
	}
	_, after, _ := strings.Cut(got[0].Raw, "Message-ID: ")
	token, _, _ := strings.Cut(after, "\r\n")
	reply := c.takeMail(t, "From: gerlof@example.net\nSubject: Re: uw mail\nMessage-ID: <antwoord@example.net>\nIn-Reply-To: "+token+"\n\nKlacht\n")
	doc := checkPage(t, c.get(t, helpdesk, "/postkamer/binnen/"+reply), "nl")
	if text := doc.Find("main").Text(); !strings.Contains(text, "Dit is een antwoord op onze vraag") || !strings.Contains(text, "Neem de eerste mail op als klacht") {
		t.Errorf("%s", text)
	}
	w = c.post(t, helpdesk, "/postkamer/binnen/"+reply+"/toch-klacht", url.Values{})
	if want := "/klachten/nieuw/e-mail?mail=" + id; w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
		t.Errorf("%d to %s, want %s", w.Code, w.Header().Get("Location"), want)
	}
	if doc := checkPage(t, c.get(t, helpdesk, w.Header().Get("Location")), "nl"); !strings.Contains(doc.Find("main").Text(), "Is er lunch") {
		t.Error("the form is not filled in with the first mail")
	}
}
