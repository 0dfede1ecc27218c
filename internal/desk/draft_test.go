package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/complaint"
)

// keeps presses "Bewaar als concept" and gives the page afterwards.
func (c *counter) keeps(t *testing.T, name, path string, answers url.Values) string {
	t.Helper()
	form := c.fillIn(t, name, path, answers)
	form.Set("doe", "concept")
	w := c.post(t, name, path, form)
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), path+"?") {
		t.Fatalf("keeping %s: %d %s", path, w.Code, w.Header().Get("Location"))
	}
	w = c.get(t, name, w.Header().Get("Location"))
	if doc := checkPage(t, w, "nl"); doc.Find(".gh-note--good[role=status]").Length() != 1 {
		t.Errorf("%s: nothing says that it is kept", path)
	}
	return w.Body.String()
}

// Every form with a long text keeps a draft: in another session, for its owner alone,
// until it is sent.
func TestDraftsOfTheFormsOfADossier(t *testing.T) {
	c := open(t)
	id := c.caller(t, "2026-11-02")
	note, word := "/klachten/"+id+"/notitie", "/klachten/"+id+"/tekst"
	c.keeps(t, helpdesk, note, url.Values{"text": {"Een half verhaal."}})
	c.keeps(t, helpdesk, word, url.Values{"description": {"De nieuwsbrief is Engels."}})

	c.on("2026-11-03") // a new session
	body := c.get(t, helpdesk, note).Body.String()
	for _, want := range []string{"Een half verhaal.", "Concept van", "woensdag 2 december", "Gooi dit concept weg"} {
		if !strings.Contains(body, want) {
			t.Errorf("the form does not say %q", want)
		}
	}
	if got := blankForm(t, c.get(t, helpdesk, word)).Get("description"); got != "De nieuwsbrief is Engels." {
		t.Errorf("the text is %q", got)
	}
	if body := c.get(t, colleague, note).Body.String(); strings.Contains(body, "Een half verhaal.") || strings.Contains(body, "Concept van") {
		t.Error("a colleague finds the draft")
	}
	work := document(t, c.get(t, helpdesk, "/werk"))
	if n := work.Find("a[href='" + note + "'], a[href='" + word + "']").Length(); n != 2 {
		t.Errorf("%d of 2 drafts in the list", n)
	}
	if !strings.Contains(work.Find("table").Text(), "concept bewaard") {
		t.Error("the work list does not say that there is a draft")
	}
	if strings.Contains(c.get(t, colleague, "/werk").Body.String(), "concept bewaard") {
		t.Error("a colleague's work list says that there is a draft")
	}

	v := c.do(t, helpdesk, id, "notitie", nil) // the draft itself is sent
	if last := v.Events[len(v.Events)-1]; last.Kind != complaint.Noted || complaint.Reveal(last.Sealed[complaint.Text]) != "Een half verhaal." {
		t.Errorf("%+v", last)
	}
	if strings.Contains(c.get(t, helpdesk, note).Body.String(), "Een half verhaal.") {
		t.Error("what was sent is still a draft")
	}
}

// A draft of an older version says what happened meanwhile, and can be sent.
func TestADraftSaysWhatHappenedMeanwhile(t *testing.T) {
	c := open(t)
	id := c.caller(t, "2026-11-02")
	c.keeps(t, helpdesk, "/klachten/"+id+"/notitie", url.Values{"text": {"Wacht op haar."}})
	c.do(t, colleague, id, "bevestigen", url.Values{"how": {"slip"}, "on": {"2026-11-02"}})
	doc := checkPage(t, c.get(t, helpdesk, "/klachten/"+id+"/notitie"), "nl")
	if said := doc.Find(".gh-note").First().Text(); !strings.Contains(said, "Concept van") || !strings.Contains(said, c.Words.Speak("nl").Say("course.meanwhile")) {
		t.Errorf("the note says %q", said)
	}
	c.do(t, helpdesk, id, "notitie", nil)
}

// Throwing away asks first.
func TestADraftIsThrownAway(t *testing.T) {
	c := open(t)
	id := c.caller(t, "2026-11-02")
	path := "/klachten/" + id + "/notitie"
	c.keeps(t, helpdesk, path, url.Values{"text": {"Weg ermee."}})
	w := c.post(t, helpdesk, path, url.Values{"doe": {"gooi-weg"}})
	if doc := checkPage(t, w, "nl"); doc.Find("button[value=gooi-weg-ja]").Length() != 1 {
		t.Fatalf("nothing asks whether it is meant: %s", w.Body)
	}
	if !strings.Contains(c.get(t, helpdesk, path).Body.String(), "Weg ermee.") {
		t.Error("it is gone before the answer")
	}
	if w := c.post(t, helpdesk, path, url.Values{"doe": {"gooi-weg-ja"}}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != path {
		t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
	}
	if strings.Contains(c.get(t, helpdesk, path).Body.String(), "Weg ermee.") {
		t.Error("it is still there")
	}
	// A form with a name in it keeps no draft, whatever is posted.
	if w := c.post(t, helpdesk, "/klachten/"+id+"/opzij", url.Values{"doe": {"concept"}, "reason": {"x"}}); w.Code != http.StatusForbidden {
		t.Errorf("a draft of a form that has none: %d", w.Code)
	}
}

// A new complaint waits as a draft: with its answers and files, no dossier, in red when it
// waits too long, and gone when it is taken in.
func TestDraftsOfNewComplaints(t *testing.T) {
	c := open(t)
	before := len(c.ids(t))
	form := filled(t, c, letterForm, url.Values{"received_on": {"2026-11-20"}, "title": {"Brief over de lift"}, "subject": {"service", "product"}, "name": {"A. Verzonnen"}})
	form.Set("doe", "concept")
	w := c.upload(t, helpdesk, letterForm, form, map[string]string{"brief.pdf": pdf})
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), letterForm+"?concept=") {
		t.Fatalf("%d %s", w.Code, w.Header().Get("Location"))
	}
	if n := len(c.ids(t)); n != before {
		t.Errorf("%d dossiers, there were %d", n, before)
	}
	kept := w.Header().Get("Location")
	work := document(t, c.get(t, helpdesk, "/werk"))
	card := work.Find("#concepten").Parent().Text()
	if !strings.Contains(card, "Brief over de lift") || !strings.Contains(card, "vrijdag 20 november") || !strings.Contains(card, "wacht langer dan een werkdag") {
		t.Errorf("Mijn werk says %q", card)
	}
	if strings.Contains(c.get(t, colleague, "/werk").Body.String(), "Brief over de lift") {
		t.Error("a colleague sees it")
	}
	if w := c.get(t, colleague, kept); w.Code != http.StatusNotFound {
		t.Errorf("a colleague opens it: %d", w.Code)
	}
	page := c.get(t, helpdesk, kept)
	doc := checkPage(t, page, "nl")
	if doc.Find("input[name=subject][checked]").Length() != 2 || !strings.Contains(doc.Find("main").Text(), "brief.pdf") {
		t.Error("not everything came back")
	}
	again := blankForm(t, page)
	for name, values := range call(url.Values{"received_on": {"2026-11-20"}, "doe": nil}) {
		again[name] = values
	}
	v := made(t, c, c.post(t, helpdesk, letterForm, again))
	if len(v.Attachments) != 1 || v.ReceivedOn.String() != "2026-11-20" {
		t.Errorf("%d files, received on %s", len(v.Attachments), v.ReceivedOn)
	}
	if strings.Contains(c.get(t, helpdesk, "/werk").Body.String(), "Brief over de lift") {
		t.Error("taken in, and still a draft")
	}
	if w := c.get(t, helpdesk, kept); w.Code != http.StatusNotFound {
		t.Errorf("the draft of a dossier: %d", w.Code)
	}
}

func (c *counter) ids(t *testing.T) []string {
	t.Helper()
	ids, err := c.Store.AuditIDs(t.Context())
	check(t, err)
	return ids
}
