package desk_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

const clearPage = "/noemen-ongedaan"

// TestDirectorUndoesANaming by number and name, without a look at the dossier.
func TestDirectorUndoesANaming(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	c.do(t, helpdesk, v.ID, "medewerker", url.Values{"concerned": {string(c.staff[colleague].ID)}, "reason": {"De klager noemt hem."}})
	for _, name := range []string{helpdesk, colleague, manager, quality, admin} {
		if w := c.get(t, name, clearPage); w.Code != http.StatusNotFound {
			t.Errorf("%s gets %d", name, w.Code)
		}
	}
	if doc := checkPage(t, c.get(t, director, "/werk"), "nl"); doc.Find("nav a[href='"+clearPage+"']").Length() != 1 {
		t.Error("no place in the director's menu")
	}
	checkPage(t, c.get(t, director, clearPage), "nl")
	try := func(number, staff, reason string) (int, string) {
		form := c.fillIn(t, director, clearPage, url.Values{"number": {number}, "concerned": {string(c.staff[staff].ID)}, "reason": {reason}})
		w := c.post(t, director, clearPage, form)
		if w.Code == http.StatusUnprocessableEntity {
			doc := checkPage(t, w, "nl")
			if got := doc.Find("textarea[name=reason]").Text(); got != reason {
				t.Errorf("what was typed is gone: %q", got)
			}
			if text := doc.Find("main").Text(); strings.Contains(text, v.Title) {
				t.Error("the director sees something of the dossier")
			}
		}
		return w.Code, strings.Join(mistakesOn(t, w), " | ")
	}
	code, wrong := try("2026-9999", colleague, "Een ander.")
	code2, other := try(v.Number, helpdesk, "Een ander.")
	if code != http.StatusUnprocessableEntity || code2 != code || wrong != other || wrong == "" {
		t.Errorf("%d %q and %d %q", code, wrong, code2, other)
	}
	if code, all := try("", "", ""); code != http.StatusUnprocessableEntity || strings.Count(all, "|") != 2 {
		t.Errorf("%d, all mistakes at once: %q", code, all)
	}
	if code, wrong := try(v.Number, colleague, "Het was een andere Pim."); code != http.StatusSeeOther {
		t.Fatalf("%d %s", code, wrong)
	}
	if w := c.get(t, colleague, "/klachten/"+v.ID); w.Code != http.StatusOK {
		t.Errorf("the colleague gets %d", w.Code)
	}
	if w := c.get(t, director, "/klachten/"+v.ID); w.Code != http.StatusNotFound {
		t.Errorf("the director gets %d", w.Code)
	}
}

// TestNamedWhileThePageIsOpen: Pim has a form of the dossier before him when he is
// named. What he sends gets the answer for what does not exist.
func TestNamedWhileThePageIsOpen(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	path := "/klachten/" + v.ID
	note := c.fillIn(t, colleague, path+"/notitie", url.Values{"text": {"Ik belde."}})
	c.do(t, helpdesk, v.ID, "medewerker", url.Values{"concerned": {string(c.staff[colleague].ID)}, "reason": {"De klager noemt hem."}})
	unknown := c.post(t, colleague, "/klachten/bestaat-niet/notitie", note)
	for _, at := range []string{path + "/notitie", path + "/naam"} {
		if w := c.post(t, colleague, at, note); w.Code != http.StatusNotFound || w.Body.String() != unknown.Body.String() {
			t.Errorf("%s: %d", at, w.Code)
		}
	}
	if w := c.get(t, colleague, "/klachten/nieuw/brief?bron="+v.ID); w.Code != http.StatusNotFound {
		t.Errorf("goes on from it: %d", w.Code)
	}
	if w := c.get(t, colleague, "/werk?nummer="+v.Number); strings.Contains(w.Body.String(), v.ID) {
		t.Error("it is found by its number")
	}
	for _, e := range c.look(t, helpdesk, v.ID).Events {
		if e.Kind == complaint.Noted && e.Actor == c.staff[colleague].ID {
			t.Error("the note was written all the same")
		}
	}
}

// TestHandOverWhileTyping: what Pim typed goes to Jorien; he sees nothing of it.
func TestHandOverWhileTyping(t *testing.T) {
	c := open(t)
	form := blankForm(t, c.get(t, colleague, phoneForm))
	for name, values := range call(url.Values{"doe": {"geef-over"}, "title": {"Over Pim aan de telefoon"}}) {
		form[name] = values
	}
	w := c.post(t, colleague, phoneForm, form)
	if doc := checkPage(t, w, "nl"); w.Code != http.StatusUnprocessableEntity || doc.Find("input[name=title]").AttrOr("value", "") != "Over Pim aan de telefoon" {
		t.Fatalf("without a colleague and a reason: %d", w.Code)
	}
	if got := strings.Join(mistakesOn(t, w), " "); !strings.Contains(got, "#hand_to") {
		t.Errorf("mistakes %s", got)
	}
	form.Set("hand_to", string(c.staff[helpdesk].ID))
	if w = c.post(t, colleague, phoneForm, form); !strings.Contains(strings.Join(mistakesOn(t, w), " "), "#hand_reason") {
		t.Errorf("without a reason: %d %v", w.Code, mistakesOn(t, w))
	}
	form.Set("hand_reason", "Het gaat over mij.")
	for range 2 { // and a double click
		if w = c.post(t, colleague, phoneForm, form); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/werk?") {
			t.Fatalf("%d to %s %v", w.Code, w.Header().Get("Location"), mistakesOn(t, w))
		}
	}
	if doc := checkPage(t, c.get(t, colleague, w.Header().Get("Location")), "nl"); !strings.Contains(doc.Find("main").Text(), "overgegeven") {
		t.Error("nothing says that it was done")
	}
	titles := func(name string) string {
		lines, _, err := c.Office.List(t.Context(), c.person(name), record.Filter{Limit: 200})
		check(t, err)
		all := ""
		for _, l := range lines {
			all += l.Title + "\n"
		}
		return all
	}
	if strings.Count(titles(helpdesk), "Over Pim aan de telefoon") != 1 || strings.Contains(titles(colleague), "Over Pim") {
		t.Error("Jorien has it once, and Pim does not")
	}
}

// TestOneLetterBecomesTwo: the second form asks only what is different.
func TestOneLetterBecomesTwo(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	doc := document(t, c.get(t, helpdesk, "/klachten/"+v.ID))
	link := doc.Find("a[href='/klachten/nieuw?bron=" + v.ID + "']")
	if link.Length() != 1 {
		t.Fatal("no way to a second complaint")
	}
	w := c.get(t, helpdesk, link.AttrOr("href", ""))
	path := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.Contains(path, "bron="+v.ID) {
		t.Fatalf("%d %s", w.Code, path)
	}
	w = c.get(t, helpdesk, path)
	doc = checkPage(t, w, "nl")
	if text := doc.Find("main").Text(); w.Code != http.StatusOK || !strings.Contains(text, v.Number) || doc.Find("input[name=name]").Length() != 0 {
		t.Errorf("%d", w.Code)
	}
	form := blankForm(t, w)
	at, _, _ := strings.Cut(path, "?")
	form.Set("description", "De factuur klopt ook niet.")
	if w = c.post(t, helpdesk, at, form); w.Code != http.StatusUnprocessableEntity || checkPage(t, w, "nl").Find("input[name=bron]").AttrOr("value", "") != v.ID {
		t.Fatalf("without a title: %d", w.Code)
	}
	form.Set("title", "Factuur klopt niet")
	form.Set("subject", "product")
	form.Set("desired_outcome", "Een nieuwe factuur.")
	second := made(t, c, c.post(t, helpdesk, at, form))
	if second.ReceivedOn != v.ReceivedOn || second.DueOn != v.OriginalDueOn || len(second.Linked) != 1 || second.Linked[0].Number != v.Number {
		t.Errorf("received %v, due %v, linked %+v", second.ReceivedOn, second.DueOn, second.Linked)
	}
}

// TestAGroupAndWhoStops goes from the letter of a client council to one who stops.
func TestAGroupAndWhoStops(t *testing.T) {
	c := open(t)
	answers := call(url.Values{"kind": {"group"}, "organisation": {"Cliëntenraad De Goudvink"}, "others": {"Corrie Vonk\nBen Damsté"}})
	v := made(t, c, c.upload(t, helpdesk, letterForm, filled(t, c, letterForm, answers), nil))
	if len(v.Missing()) != 2 { // the action taken, and the day of closing
		t.Errorf("missing %v", v.Missing())
	}
	path := "/klachten/" + v.ID + "/stapt-uit"
	sealed := c.get(t, helpdesk, path)
	if strings.Contains(sealed.Body.String(), "Damsté") {
		t.Error("the names stand there before they are opened")
	}
	form := blankForm(t, sealed)
	form.Set("reason", "letter")
	form.Set("doe", "open")
	w := c.post(t, helpdesk, path, form)
	if doc := checkPage(t, w, "nl"); doc.Find("select[name=name] option[value='Ben Damsté']").Length() != 1 {
		t.Fatalf("%d: the names do not stand there", w.Code)
	}
	form = blankForm(t, w)
	form.Set("name", "Ben Damsté")
	form.Set("said", "Ik doe niet meer mee.")
	form.Set("how", "phone")
	w = c.post(t, helpdesk, path, form)
	if doc := checkPage(t, w, "nl"); w.Code != http.StatusUnprocessableEntity || doc.Find("select[name=name] option[selected]").AttrOr("value", "") != "Ben Damsté" {
		t.Fatalf("the contact was not told: %d", w.Code)
	}
	form.Set("told", "ja")
	if w = c.post(t, helpdesk, path, form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %v", w.Code, mistakesIn(t, w))
	}
	who, err := c.Office.OpenIdentity(t.Context(), c.person(helpdesk), v.ID, office.Opening{Reason: "letter"})
	check(t, err)
	if who.Others != "Corrie Vonk" || who.Name != "J. Terpstra" {
		t.Errorf("%q and %q", who.Name, who.Others)
	}
	checkPage(t, c.get(t, helpdesk, "/klachten/"+v.ID), "nl")
}

// TestNoFallbackWarns who manages or directs, until somebody is chosen.
func TestNoFallbackWarns(t *testing.T) {
	c := open(t)
	warned := func(name string) bool {
		return strings.Contains(checkPage(t, c.get(t, name, "/werk"), "nl").Find("main").Text(), "Wie neemt een klacht over de hele helpdesk aan?")
	}
	if !warned(admin) || !warned(director) || warned(helpdesk) || warned(manager) {
		t.Error("administrator and director are warned, others are not")
	}
	org, err := c.Office.Organisation(t.Context())
	check(t, err)
	org.Fallback = string(c.staff[quality].ID)
	value, err := json.Marshal(org)
	check(t, err)
	check(t, c.Store.SaveSetting(t.Context(), record.Setting{ID: record.NewID(), Name: record.SettingOrganisation, Value: string(value), At: housetest.TestDay.AddDate(1, 0, 0)}))
	if warned(admin) || warned(director) {
		t.Error("somebody was chosen, and the warning stays")
	}
}

// TestTheDirectorIsConcerned: the proposal is a subordinate, and says so.
func TestTheDirectorIsConcerned(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	c.do(t, helpdesk, v.ID, "medewerker", url.Values{"concerned": {string(c.staff[director].ID)}, "reason": {"De klager noemt haar."}})
	path := "/klachten/" + v.ID + "/doorsturen"
	w := c.get(t, helpdesk, path)
	if text := checkPage(t, w, "nl").Find("main form").Text(); strings.Contains(text, director) || !strings.Contains(text, "ondergeschikte") {
		t.Errorf("the form to forward: %s", text)
	}
	form := c.fillIn(t, helpdesk, path, nil)
	if w = c.post(t, helpdesk, path, form); w.Code != http.StatusUnprocessableEntity || checkPage(t, w, "nl").Find("input[name=anyway]").Length() != 1 {
		t.Fatalf("without a warning: %d", w.Code)
	}
	form.Set("anyway", "ja")
	if w = c.post(t, helpdesk, path, form); w.Code != http.StatusSeeOther {
		t.Errorf("%d %v", w.Code, mistakesIn(t, w))
	}
}
