package desk_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestWorkShowsMailThatWaits: who may judge mail sees on Mijn werk how much waits and for
// how long; others see nothing of it.
func TestWorkShowsMailThatWaits(t *testing.T) {
	c := open(t)
	for _, lang := range []string{"nl", "en"} {
		c.speaks(t, helpdesk, lang)
		line := checkPage(t, c.get(t, helpdesk, "/werk"), lang).Find("main a[href='/postkamer/binnen']").Text()
		if want := map[string]string{"nl": "dagen geleden", "en": "days ago"}[lang]; !strings.Contains(line, want) {
			t.Errorf("%q", line)
		}
	}
	for _, name := range []string{manager, director, quality, admin} {
		if n := document(t, c.get(t, name, "/werk")).Find("main a[href='/postkamer/binnen']").Length(); n != 0 {
			t.Errorf("%s sees the line", name)
		}
	}
}

// TestTwoKeepTheSameMail: two colleagues may each keep what they typed of one mail; when
// it was taken in meanwhile, the page says so.
func TestTwoKeepTheSameMail(t *testing.T) {
	c := open(t)
	id := c.takeMail(t, "From: Gerlof <gerlof@example.net>\nSubject: Klacht: lunch\nMessage-ID: <twee@example.net>\n\nDe lunch was op.\n")
	path := "/klachten/nieuw/e-mail"
	keep := func(name, text string) (int, string) {
		form := values(checkPage(t, c.get(t, name, path+"?mail="+id), "nl"), "main form")
		form.Set("description", text)
		form.Set("doe", "concept")
		w := c.post(t, name, path, form)
		return w.Code, w.Header().Get("Location")
	}
	for _, name := range []string{helpdesk, colleague} {
		code, next := keep(name, "De lunch was op, zegt "+name)
		if code != http.StatusSeeOther {
			t.Fatalf("%s: %d", name, code)
		}
		if body := c.get(t, name, next).Body.String(); !strings.Contains(body, "zegt "+name) {
			t.Errorf("%s does not find it back", name)
		}
	}
	form := values(checkPage(t, c.get(t, colleague, path+"?mail="+id), "nl"), "main form")
	check(t, c.Mailroom.Dismiss(t.Context(), c.person(helpdesk), id, "question", false))
	form.Set("doe", "concept")
	if w := c.post(t, colleague, path, form); w.Code == http.StatusNotFound {
		t.Error("what a colleague judged meanwhile is not found")
	}
}

// TestNobodyTakesInIsSaid: while nobody takes in when the whole helpdesk is concerned, the
// settings say so.
func TestNobodyTakesInIsSaid(t *testing.T) {
	c := open(t)
	for _, path := range []string{"/beheer/instellingen", "/beheer/medewerkers"} {
		if text := checkPage(t, c.get(t, admin, path), "nl").Find("main").Text(); !strings.Contains(text, "Wie neemt een klacht over de hele helpdesk aan?") {
			t.Errorf("%s does not warn", path)
		}
	}
}
