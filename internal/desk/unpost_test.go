package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A batch that was marked as posted by mistake is taken back by one press, right there or on
// the dossier the same day.
func TestPostingIsUndone(t *testing.T) {
	c := open(t)
	first, second := c.caller(t, "2026-11-05"), c.caller(t, "2026-11-05")
	lies := func() (ids []string) {
		for _, id := range []string{first, second} {
			if p, found := waits(c.room(t, helpdesk).Letters, id); found {
				ids = append(ids, p.ID)
			}
		}
		return ids
	}
	ids := lies()
	for _, n := range []string{"een", "twee"} {
		w := c.post(t, helpdesk, "/postkamer/verstuurd", url.Values{"brief": ids, "on": {"2026-11-05"}, "sleutel": {n}})
		if w.Code != http.StatusSeeOther || len(lies()) != 0 {
			t.Fatalf("posting: %d", w.Code)
		}
		path := w.Header().Get("Location")
		if n == "twee" {
			path = "/klachten/" + first
		}
		form := checkPage(t, c.get(t, helpdesk, path), "nl").Find("form[action='/postkamer/verstuurd/ongedaan']")
		if form.Length() != 1 || !strings.Contains(form.Text(), "Toch niet gepost") {
			t.Fatalf("%s offers no way back", path)
		}
		answers := url.Values{}
		for _, input := range form.Find("input").EachIter() {
			answers.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
		}
		w = c.post(t, helpdesk, "/postkamer/verstuurd/ongedaan", answers)
		if w.Code != http.StatusSeeOther || !strings.HasSuffix(w.Header().Get("Location"), "gedaan=niet-gepost") {
			t.Fatalf("%d %s", w.Code, w.Header().Get("Location"))
		}
		if text := checkPage(t, c.get(t, helpdesk, w.Header().Get("Location")), "nl").Find("[role=status]").Text(); !strings.Contains(text, "toch niet gepost") {
			t.Errorf("nothing says that it was undone: %q", text)
		}
		if n == "een" && len(lies()) != 2 || n == "twee" && len(lies()) != 1 {
			t.Errorf("%d lie here again", len(lies()))
		}
	}
	c.on("2026-11-06")
	if checkPage(t, c.get(t, helpdesk, "/klachten/"+second), "nl").Find("form[action='/postkamer/verstuurd/ongedaan']").Length() != 0 {
		t.Error("a day later there is still a way back")
	}
}

// What an address names is not believed: only what this person wrote down today as posted is
// announced and taken back.
func TestAddressPostsNothing(t *testing.T) {
	c := open(t)
	id := c.caller(t, "2026-11-05")
	p, found := waits(c.room(t, helpdesk).Letters, id)
	if !found {
		t.Fatal("nothing waits")
	}
	says := func(of, want string) {
		t.Helper()
		doc := checkPage(t, c.get(t, of, "/postkamer?gedaan=7&brief="+p.ID+"&brief="+p.ID+"&brief=none"), "nl")
		offers := doc.Find("form[action='/postkamer/verstuurd/ongedaan']").Length() > 0
		if text := doc.Find("[role=status]").Text(); offers != (want != "") || !strings.Contains(text, want) || want == "" && strings.Contains(text, "Opgeschreven") {
			t.Errorf("%s reads %q, and a way back is offered: %v", of, text, offers)
		}
	}
	says(helpdesk, "")
	c.post(t, helpdesk, "/postkamer/verstuurd", url.Values{"brief": {p.ID}, "on": {"2026-11-05"}, "sleutel": {"k"}})
	says(helpdesk, "1 bericht is")
	says(colleague, "")
	c.on("2026-11-06")
	says(helpdesk, "")
}
