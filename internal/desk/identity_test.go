package desk_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// The name is shown in the answer to a reason, and nowhere else.
func TestOpenTheName(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	path := "/klachten/" + v.ID
	for _, reason := range []url.Values{{}, {"reason": {"nieuwsgierig"}}, {"reason": {"other"}}} {
		w := c.post(t, manager, path+"/naam", reason)
		if checkPage(t, w, "nl"); w.Code != http.StatusUnprocessableEntity || len(mistakesIn(t, w)) != 1 {
			t.Errorf("%v: %d %v", reason, w.Code, mistakesIn(t, w))
		}
	}
	if n := len(c.look(t, manager, v.ID).Openings); n != len(v.Openings) {
		t.Fatalf("a refused opening was noted: %d", n)
	}
	w := c.post(t, manager, path+"/naam", url.Values{"reason": {"call_back"}})
	doc := checkPage(t, w, "nl")
	open := doc.Find(".gh-seal.is-open")
	if w.Code != http.StatusOK || open.Length() != 1 || !strings.Contains(open.Text(), "Telefoon") {
		t.Fatalf("status %d: %s", w.Code, open.Text())
	}
	if got := w.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("the page with the name may be kept: %q", got)
	}
	name := open.Find("dd").First().Text()
	now := c.get(t, helpdesk, path)
	if strings.Contains(now.Body.String(), strings.TrimSpace(name)) {
		t.Errorf("the name %q stands on the closed page", name)
	}
	if text := document(t, now).Find(".gh-timeline, .gh-seal").Text(); !strings.Contains(text, "Naam geopend") || !strings.Contains(text, "Ik bel terug") {
		t.Error("the course does not say who opened the name and why")
	}
	if w := c.post(t, "Rutger Eikelhof", path+"/naam", url.Values{"reason": {"call_back"}}); w.Code != http.StatusNotFound {
		t.Errorf("another manager gets %d", w.Code)
	}
}

// The details are sealed until they are opened; then they can be changed.
func TestChangeTheDetails(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	path := "/klachten/" + v.ID + "/gegevens"
	doc := checkPage(t, c.get(t, helpdesk, path), "nl")
	if doc.Find("input[name=street]").Length() != 0 || doc.Find("button[name=doe][value=open]").Length() != 1 {
		t.Fatal("the form is not sealed")
	}
	w := c.post(t, helpdesk, path, url.Values{"doe": {"open"}, "reason": {"correct_details"}})
	doc = checkPage(t, w, "nl")
	if street := doc.Find("input[name=street]").AttrOr("value", ""); w.Code != http.StatusOK || street == "" {
		t.Fatalf("status %d, no street", w.Code)
	}
	form := blankForm(t, w)
	form.Set("street", "Nieuwe Laan")
	form.Set("postcode", "geen")
	w = c.post(t, helpdesk, path, form)
	if doc := checkPage(t, w, "nl"); w.Code != http.StatusUnprocessableEntity || doc.Find("input[name=street]").AttrOr("value", "") != "Nieuwe Laan" {
		t.Fatalf("status %d", w.Code)
	}
	if fields := mistakesIn(t, w); len(fields) != 2 {
		t.Errorf("the postcode, and nobody says how: %v", fields)
	}
	form = blankForm(t, w)
	form.Set("postcode", "1234ab")
	form.Set("how", "post")
	for range 2 { // a double click
		if w = c.post(t, helpdesk, path, form); w.Code != http.StatusSeeOther {
			t.Fatalf("status %d %v", w.Code, mistakesIn(t, w))
		}
	}
	after := c.look(t, helpdesk, v.ID)
	if after.Identities != v.Identities+1 {
		t.Errorf("%d versions, there were %d", after.Identities, v.Identities)
	}
	body := c.get(t, helpdesk, "/klachten/"+v.ID).Body.String()
	if !strings.Contains(body, "straat, postcode") || !strings.Contains(body, "per brief") || strings.Contains(body, "Nieuwe Laan") {
		t.Error("the course should name the details, not their values")
	}
	w = c.post(t, manager, path, form)
	if w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusConflict {
		t.Errorf("an older form of a colleague overwrites: %d", w.Code)
	}
}

// A printed letter and an e-mail to copy; the day that they went out is recorded.
func TestLettersGoOut(t *testing.T) {
	c := open(t)
	posted := c.withLetter(t, complaint.HowPost)
	path := "/klachten/" + posted.ID
	c.printsLetter(t, helpdesk, posted, record.Acknowledgement)
	doc := document(t, c.get(t, helpdesk, path))
	form := formTo(doc, "/verstuurd")
	form.Set("on", "2031-01-01")
	to := path + "/brieven/" + letterOf(posted, record.Acknowledgement).ID + "/verstuurd"
	w := c.post(t, helpdesk, to, form)
	if doc := checkPage(t, w, "nl"); w.Code != http.StatusUnprocessableEntity || doc.Find("details[open] .gh-error").Length() != 1 {
		t.Errorf("status %d %v", w.Code, mistakesIn(t, w))
	}
	form.Set("on", "2026-11-24")
	if w = c.post(t, helpdesk, to, form); w.Code != http.StatusSeeOther {
		t.Fatalf("status %d %v", w.Code, mistakesIn(t, w))
	}
	if l := letterOf(c.look(t, helpdesk, posted.ID), record.Acknowledgement); l.SentOn.String() != "2026-11-24" {
		t.Errorf("sent on %s", l.SentOn)
	}
	if w = c.post(t, manager, to, form); w.Code != http.StatusForbidden && w.Code != http.StatusNotFound {
		t.Errorf("a manager posts letters: %d", w.Code)
	}

	mailed := c.withLetter(t, complaint.HowEmail)
	w = c.post(t, helpdesk, "/brieven/"+letterOf(mailed, record.Acknowledgement).ID, url.Values{})
	doc = checkPage(t, w, "nl")
	if to := doc.Find("#aan").AttrOr("value", ""); w.Code != http.StatusOK || !strings.Contains(to, "@example.") || !strings.Contains(doc.Find("#tekst").Text(), mailed.Number) {
		t.Errorf("status %d, to %q", w.Code, to)
	}
	if doc.Find("form[action$='/verstuurd'] input[name=on]").Length() != 1 {
		t.Error("the page does not ask when it was sent")
	}
}

// withLetter finds a running dossier whose acknowledgement still waits.
func (c *counter) withLetter(t *testing.T, channel string) office.View {
	t.Helper()
	for _, line := range c.everyDossier(t, helpdesk) {
		v := c.look(t, helpdesk, line.ID)
		if l := letterOf(v, record.Acknowledgement); v.State.IsRunning() && l.Channel == channel && l.SentOn.IsZero() {
			return v
		}
	}
	t.Fatalf("no acknowledgement waits for %s", channel)
	return office.View{}
}

func letterOf(v office.View, kind record.LetterKind) record.Letter {
	for _, l := range v.Letters {
		if l.Kind == kind {
			return l
		}
	}
	return record.Letter{}
}

// formTo gives the hidden fields of the form that goes to an address.
func formTo(doc *goquery.Document, ends string) url.Values {
	form := url.Values{}
	doc.Find("form[action$='" + ends + "']").First().Find("input[name]").Each(func(_ int, s *goquery.Selection) {
		form.Set(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	return form
}

// Files come in sealed and go out with a reason only, as something to keep.
func TestFiles(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	path := "/klachten/" + v.ID + "/bijlage"
	if w := c.upload(t, helpdesk, path, c.fillIn(t, helpdesk, path, nil), nil); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no file at all: %d", w.Code)
	}
	if w := c.upload(t, helpdesk, path, c.fillIn(t, helpdesk, path, nil), map[string]string{"a.exe": "MZ\x00\x01"}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a program: %d", w.Code)
	}
	form := c.fillIn(t, helpdesk, path, nil)
	for range 2 { // a double click
		if w := c.upload(t, helpdesk, path, form, map[string]string{"bon van de \"taxi\".txt": "84 euro"}); w.Code != http.StatusSeeOther {
			t.Fatalf("status %d %v", w.Code, mistakesIn(t, w))
		}
	}
	after := c.look(t, helpdesk, v.ID)
	if len(after.Attachments) != 1 {
		t.Fatalf("%d files", len(after.Attachments))
	}
	if text := checkPage(t, c.get(t, helpdesk, "/klachten/"+v.ID), "nl").Find(".gh-files").Text(); !strings.Contains(text, "bon van de") || !strings.Contains(text, "1 kB") {
		t.Errorf("the dossier lists %q", text)
	}
	file := "/bijlagen/" + after.Attachments[0].ID
	w := c.post(t, helpdesk, file, url.Values{"klacht": {v.ID}})
	if doc := checkPage(t, w, "nl"); w.Code != http.StatusUnprocessableEntity || doc.Find(".gh-files details[open]").Length() != 1 {
		t.Errorf("without a reason: %d", w.Code)
	}
	w = c.post(t, helpdesk, file, url.Values{"klacht": {v.ID}, "reason": {"letter"}})
	if w.Code != http.StatusOK || w.Body.String() != "84 euro" || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") ||
		!strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("status %d %v", w.Code, w.Header())
	}
	other := c.in(t, helpdesk, complaint.IsClosed)
	if w = c.post(t, helpdesk, file, url.Values{"klacht": {other.ID}, "reason": {"letter"}}); w.Code != http.StatusNotFound {
		t.Errorf("through another dossier: %d", w.Code)
	}
	if w = c.post(t, quality, file, url.Values{"klacht": {v.ID}, "reason": {"letter"}}); w.Code != http.StatusNotFound {
		t.Errorf("quality: %d", w.Code)
	}
}

// Whoever is named sees nothing any more, and is never proposed as the handler.
func TestNameTheEmployee(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	after := c.do(t, helpdesk, v.ID, "medewerker", url.Values{"concerned": {string(c.staff[manager].ID)}, "reason": {"De klager noemt deze naam."}})
	path := "/klachten/" + v.ID
	unknown := c.get(t, manager, "/klachten/bestaat-niet")
	for _, p := range []string{path, path + "/antwoord", path + "/notitie"} {
		if w := c.get(t, manager, p); w.Code != http.StatusNotFound || w.Body.String() != unknown.Body.String() {
			t.Errorf("%s: the named employee gets %d", p, w.Code)
		}
	}
	for _, l := range after.Letters {
		if w := c.post(t, manager, "/brieven/"+l.ID, url.Values{}); w.Code != http.StatusNotFound {
			t.Errorf("the named employee prints a letter: %d", w.Code)
		}
	}
	doc := document(t, c.get(t, helpdesk, path))
	if text := doc.Find("#wie-ziet").Parent().Text(); !strings.Contains(text, "1 medewerker kan dit dossier niet zien") || !strings.Contains(text, manager) {
		t.Errorf("who sees it: %s", text)
	}
	doc = document(t, c.get(t, helpdesk, path+"/doorsturen"))
	if text := doc.Find("main form").Text(); strings.Contains(text, manager) || !strings.Contains(text, director) {
		t.Errorf("the form to forward: %s", text)
	}
}

// The deputy of who may not see the dossier is taken after a warning only.
func TestDeputyOfTheConcerned(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	c.do(t, helpdesk, v.ID, "medewerker", url.Values{"concerned": {string(c.staff[manager].ID)}, "reason": {"Genoemd."}})
	deputy := ""
	departments, err := c.People.Departments(context.Background())
	check(t, err)
	for _, d := range departments {
		if d.Manager == c.staff[manager].ID {
			deputy = string(d.Deputy)
		}
	}
	path := "/klachten/" + v.ID + "/doorsturen"
	form := c.fillIn(t, helpdesk, path, url.Values{"handler": {deputy}})
	w := c.post(t, helpdesk, path, form)
	if doc := checkPage(t, w, "nl"); w.Code != http.StatusUnprocessableEntity || doc.Find("input[name=anyway]").Length() != 1 {
		t.Fatalf("status %d %v", w.Code, mistakesIn(t, w))
	}
	form.Set("anyway", "ja")
	if w = c.post(t, helpdesk, path, form); w.Code != http.StatusSeeOther {
		t.Errorf("status %d %v", w.Code, mistakesIn(t, w))
	}
	if after := c.look(t, helpdesk, v.ID); string(after.Handler) != deputy {
		t.Errorf("handler %s", after.Handler)
	}
}
