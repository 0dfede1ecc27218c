package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gehoor/internal/house"
)

// later lets every session end.
func (c *counter) later() { c.Clock.Set(c.Clock.Now().Add(3 * time.Hour)) }

// A form that was posted after the session ended comes back whole for the one who typed
// it, and for nobody else; of its files the names come back.
func TestNothingTypedIsLost(t *testing.T) {
	c := open(t)
	id := c.caller(t, "2026-11-24")
	for _, x := range []struct {
		path string
		file string
	}{
		{"/klachten/" + id + "/notitie", ""}, {"/klachten/" + id + "/tekst", ""}, {"/klachten/" + id + "/bijlage", "foto.pdf"},
		{phoneForm, ""}, {letterForm, "brief.pdf"}, {emailForm, "mail.txt"},
	} {
		form := c.fillIn(t, helpdesk, x.path, nil)
		form.Set("description", strings.Repeat("Een lang verhaal é. ", 3000))
		form["subject"] = []string{"service", "product"}
		c.later()
		c.token(t, colleague) // a session of somebody else on the same computer changes nothing
		w := c.post(t, helpdesk, x.path, form)
		if x.file != "" {
			w = c.upload(t, helpdesk, x.path, form, map[string]string{x.file: pdf})
		}
		doc := document(t, w)
		kept := doc.Find("input[name=bewaard]").AttrOr("value", "")
		if w.Code != http.StatusUnauthorized || kept == "" || !strings.Contains(doc.Find("main").Text(), x.file) {
			t.Fatalf("%s: %d, %d bytes kept", x.path, w.Code, len(kept))
		}
		logIn := func(name string) url.Values {
			clear(c.tokens)
			w := c.post(t, "", "/inloggen", url.Values{"email": {c.staff[name].Email}, "password": {house.DemoPassword}, "terug": {x.path}, "bewaard": {kept}})
			if name == helpdesk && w.Code != http.StatusOK {
				t.Fatalf("%s: after logging in %d", x.path, w.Code)
			}
			return blankForm(t, w)
		}
		if got := logIn(colleague); len(got) > 0 {
			t.Errorf("%s: somebody else gets %d fields", x.path, len(got))
		}
		back := logIn(helpdesk)
		if back.Get("description") != form.Get("description") || len(back["subject"]) != 2 || back.Get("sleutel") != form.Get("sleutel") {
			t.Errorf("%s: %d fields came back", x.path, len(back))
		}
		if x.file == "" {
			continue
		}
		w = c.post(t, helpdesk, x.path, back)
		if doc := checkPage(t, w, "nl"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find(".gh-note--bad").Text(), "Kies dit opnieuw: "+x.file) {
			t.Errorf("%s: %d, nothing says which file", x.path, w.Code)
		}
	}
}
