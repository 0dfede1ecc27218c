package desk_test

import (
	"net/url"
	"strings"
	"testing"
)

// The recovery sheet that was never printed: administrators are told on every page, see
// it with their password, and are told no more once its last group was typed back.
func TestRecoverySheetInManagement(t *testing.T) {
	const path = "/beheer/herstelblad"
	c := open(t)
	c.speaks(t, admin, "nl")
	warned := func(name, at string) bool {
		t.Helper()
		return checkPage(t, c.get(t, name, at), "nl").Find("main a[href='"+path+"']").Closest(".gh-note").Length() > 0
	}
	if !warned(admin, "/werk") || !warned(admin, "/beheer/medewerkers") || warned(director, "/werk") || warned(helpdesk, "/register") {
		t.Error("not every administrator is told, or somebody else is")
	}
	for _, name := range []string{helpdesk, manager, quality, director} {
		if w := c.get(t, name, path); w.Code != 403 {
			t.Errorf("%s sees the page: %d", name, w.Code)
		}
		for _, to := range []string{path, path + "/tonen"} {
			if w := c.post(t, name, to, url.Values{"password": {"elke klacht gehoord"}, "group": {"x"}}); w.Code != 403 {
				t.Errorf("%s posts to %s: %d", name, to, w.Code)
			}
		}
	}
	rows := c.Vault.Sheet()
	last := rows[len(rows)-1].Groups[6]
	if w := c.get(t, admin, path+"/tonen"); w.Code != 405 && w.Code != 404 {
		t.Errorf("the sheet has an address: %d", w.Code)
	}
	for _, w := range []string{"fout", ""} {
		got := c.post(t, admin, path+"/tonen", url.Values{"password": {w}})
		if doc := checkPage(t, got, "nl"); got.Code != 422 || doc.Find(".gh-keysheet").Length() != 0 || doc.Find("[role=alert] a[href='#password']").Length() != 1 {
			t.Errorf("with password %q: %d", w, got.Code)
		}
	}
	shown := c.post(t, admin, path+"/tonen", url.Values{"password": {"elke klacht gehoord"}})
	doc := checkPage(t, shown, "nl")
	if shown.Code != 200 || strings.TrimSpace(doc.Find(".gh-keysheet code").Last().Text()) != last || doc.Find(".gh-keysheet tbody tr").Length() != len(rows) {
		t.Fatalf("%d %s", shown.Code, doc.Find("main").Text())
	}
	if shown.Header().Get("Cache-Control") != "no-store" {
		t.Error("the sheet may be kept by the browser")
	}
	wrong := c.post(t, admin, path, url.Values{"group": {"AAAAA"}})
	if doc := checkPage(t, wrong, "nl"); wrong.Code != 422 || doc.Find("#group").AttrOr("value", "") != "AAAAA" || strings.Contains(wrong.Body.String(), last) {
		t.Errorf("a wrong group: %d", wrong.Code)
	}
	if w := c.post(t, admin, path, url.Values{"group": {strings.ToLower(last)}}); w.Code != 303 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if warned(admin, "/werk") {
		t.Error("still told")
	}
	if doc := checkPage(t, c.get(t, admin, path), "nl"); doc.Find("main form").Length() != 0 || !strings.Contains(doc.Find("main").Text(), admin) {
		t.Errorf("the page says %s", doc.Find("main").Text())
	}
	if w := c.post(t, admin, path+"/tonen", url.Values{"password": {"elke klacht gehoord"}}); strings.Contains(w.Body.String(), last) {
		t.Error("it is shown again")
	}
	c.speaks(t, admin, "en")
	checkPage(t, c.get(t, admin, path), "en")
}
