package desk_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// aboutPim is a complaint about a helpdesk employee in handling; handler handles it.
func (c *counter) aboutPim(t *testing.T) (id, handler string) {
	t.Helper()
	v := c.in(t, helpdesk, complaint.InHandling, func(d complaint.Dossier) bool { return d.NeedsHearing() && d.ReleasedOn.IsZero() })
	return v.ID, handlerName(c, v)
}

// Until its letter is posted a text on paper is not sent: the chip says so, and there is
// nothing to remind of. A newer text takes the letter away.
func TestTextThatLiesHere(t *testing.T) {
	c := open(t)
	id := c.caller(t, "2026-11-05")
	c.on("2026-11-12")
	path := "/klachten/" + id
	doc := checkPage(t, c.get(t, helpdesk, path), "nl")
	if text := doc.Find("main").Text(); !strings.Contains(text, "Tekst nog niet verstuurd: 7 dagen") || !strings.Contains(text, "ligt hier nog") {
		t.Error("nothing says that the letter lies here")
	}
	if w := c.get(t, helpdesk, path+"/herinneren"); w.Code != 409 && w.Code != 404 {
		t.Errorf("a reminder: %d", w.Code)
	}
	letter := c.look(t, helpdesk, id).Letters[0]
	c.do(t, helpdesk, id, "tekst", url.Values{"title": {"Nieuwsbrief"}, "description": {"Te veel Engels."}, "desired_outcome": {"Nederlands."}})
	doc = checkPage(t, c.get(t, helpdesk, path), "nl")
	if card := doc.Find("article:contains('vervallen')"); card.Length() != 1 || card.Find("button").Length() != 0 || !strings.Contains(card.Text(), "nieuwere tekst") {
		t.Errorf("the old letter: %q", card.Text())
	}
	if w := c.post(t, helpdesk, "/brieven/"+letter.ID, url.Values{"sleutel": {"k"}}); w.Code != 409 {
		t.Errorf("printed: %d", w.Code)
	}
	if _, found := waits(c.room(t, helpdesk).Letters, id); found {
		t.Error("it stands in the post room")
	}
	w := c.post(t, helpdesk, "/postkamer/verstuurd", url.Values{"brief": {letter.ID}, "on": {"2026-11-12"}, "sleutel": {"k2"}})
	if w.Code != 409 || !strings.Contains(checkPage(t, w, "nl").Find("main").Text(), "vervallen") {
		t.Errorf("posted: %d", w.Code)
	}
}

// An answer about an employee who was not heard asks why; what was typed stays.
func TestAnswerAsksWhyTheEmployeeWasNotHeard(t *testing.T) {
	c := open(t)
	id, handler := c.aboutPim(t)
	path := "/klachten/" + id + "/antwoord"
	form := c.fillIn(t, handler, path, url.Values{"points": {"U heeft gelijk."}, "outcome": {"Dat doen wij."}, "measures": {"Wij praten erover."}, "how": {"post"}, "action": {"Gepraat."}})
	w := c.post(t, handler, path, form)
	doc := checkPage(t, w, "nl")
	if w.Code != 422 || doc.Find("#unheard-fout").Length() != 1 || strings.TrimSpace(doc.Find("#points").Text()) != "U heeft gelijk." {
		t.Errorf("%d %v", w.Code, mistakesIn(t, w))
	}
	form.Set("unheard", "Hij werkt hier niet meer.")
	if w := c.post(t, handler, path, form); w.Code != 303 {
		t.Fatalf("%d %v", w.Code, mistakesIn(t, w))
	}
	if text := document(t, c.get(t, handler, "/klachten/"+id)).Find(".gh-timeline").Text(); !strings.Contains(text, "Niet voorgelegd aan de medewerker: Hij werkt hier niet meer.") {
		t.Error("the course does not tell why")
	}
	if w := c.get(t, colleague, path); w.Code != 404 {
		t.Errorf("who it is about: %d", w.Code)
	}
	free := c.in(t, manager, complaint.InHandling, func(d complaint.Dossier) bool { return !d.NeedsHearing() && d.ReleasedOn.IsZero() })
	if document(t, c.get(t, manager, "/klachten/"+free.ID+"/antwoord")).Find("#unheard").Length() != 0 {
		t.Error("it is asked of every answer")
	}
}

// The outcome goes to an employee who was named, in the handler's words and without the
// complainant's.
func TestOutcomeToTheEmployee(t *testing.T) {
	c := open(t)
	id, handler := c.aboutPim(t)
	c.do(t, handler, id, "antwoord", url.Values{"points": {"Ja."}, "outcome": {"Ja."}, "measures": {"Ja."}, "how": {"post"}, "action": {"Gepraat."}, "unheard": {"Hij is ziek."}})
	c.do(t, handler, id, "antwoord-verstuurd", url.Values{"on": {c.Office.Today().String()}})
	path := "/klachten/" + id + "/uitkomst-medewerker"
	for name, want := range map[string]int{colleague: 404, helpdesk: 403, handler: 200} {
		if w := c.get(t, name, path); w.Code != want {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	identity, err := c.Office.OpenIdentity(context.Background(), c.person(handler), id, office.Opening{Reason: "letter"})
	check(t, err)
	form := c.fillIn(t, handler, path, url.Values{"outcome": {"Klager " + identity.Surname() + " had gelijk."}})
	w := c.post(t, handler, path, form)
	if doc := checkPage(t, w, "nl"); w.Code != 422 || doc.Find("#outcome-fout").Length() != 1 || !strings.Contains(doc.Find("#outcome").Text(), "had gelijk") {
		t.Errorf("with a name: %d %v", w.Code, mistakesIn(t, w))
	}
	v := c.do(t, handler, id, "uitkomst-medewerker", url.Values{"outcome": {"Wij vinden dat het vriendelijker kan."}})
	if !slices.ContainsFunc(v.Letters, func(l record.Letter) bool { return l.Kind == record.EmployeeOutcome }) {
		t.Error("no letter was made")
	}
	if _, found := waits(c.room(t, colleague).Letters, id); found {
		t.Error("who it is about finds the letter in the post room")
	}
}

// After a death the relative is written to, and chooses.
func TestRelativeThroughTheForms(t *testing.T) {
	c := open(t)
	v := c.in(t, helpdesk, complaint.InHandling, func(d complaint.Dossier) bool { return d.DiedOn.IsZero() && d.ReleasedOn.IsZero() })
	if w := c.get(t, helpdesk, "/klachten/"+v.ID+"/nabestaande"); w.Code != 409 {
		t.Errorf("nobody died: %d", w.Code)
	}
	today := c.Office.Today().String()
	c.do(t, helpdesk, v.ID, "overleden", url.Values{"on": {today}, "told": {"De dochter belde."}})
	if text := document(t, c.get(t, helpdesk, "/klachten/"+v.ID)).Find(".gh-next").Text(); !strings.Contains(text, "Nabestaande schrijven") {
		t.Error("the letter is not offered")
	}
	path := "/klachten/" + v.ID + "/nabestaande"
	form := c.fillIn(t, helpdesk, path, url.Values{"deceased": {"uw moeder"}, "street": {"Kerkpad"}})
	w := c.post(t, helpdesk, path, form)
	if doc := checkPage(t, w, "nl"); w.Code != 422 || doc.Find("#name-fout,#town-fout").Length() != 2 || doc.Find("#street").AttrOr("value", "") != "Kerkpad" {
		t.Errorf("%d %v", w.Code, mistakesIn(t, w))
	}
	decide := url.Values{"choice": {"goes_on"}, "on": {today}, "said": {"Ga maar door."}}
	w = c.post(t, helpdesk, path+"-kiest", c.fillIn(t, helpdesk, path+"-kiest", decide))
	if w.Code != 422 || !strings.Contains(strings.Join(mistakesIn(t, w), " "), "Schrijf eerst de nabestaande") {
		t.Errorf("without an address: %d %v", w.Code, mistakesIn(t, w))
	}
	c.do(t, helpdesk, v.ID, "nabestaande", url.Values{"deceased": {"uw moeder"}, "name": {"Tine Slootweg"}, "street": {"Kerkpad"}, "house": {"3"}, "town": {"Voorbeelddorp"}})
	after := c.do(t, helpdesk, v.ID, "nabestaande-kiest", decide)
	if after.RelativeOn != calendar.MustParse(today) || after.DueOn != v.DueOn {
		t.Errorf("goes on since %v, due %v", after.RelativeOn, after.DueOn)
	}
}

// A dossier as a PDF: without the names of employees unless chosen, with the
// complainant's only for a reason, and never for who does not see it.
func TestDossierAsPDF(t *testing.T) {
	c := open(t)
	v := c.in(t, helpdesk, complaint.IsAnswered)
	path := "/klachten/" + v.ID + "/afdruk"
	checkPage(t, c.get(t, helpdesk, path), "nl")
	plain := c.post(t, helpdesk, path, url.Values{})
	named := c.post(t, helpdesk, path, url.Values{"namen": {"ja"}})
	for name, w := range map[string]string{"plain": plain.Body.String(), "named": named.Body.String()} {
		if !strings.HasPrefix(w, "%PDF-1.7") || !strings.Contains(w, "/StructTreeRoot") {
			t.Errorf("%s: no tagged PDF: %.60q", name, w)
		}
	}
	if plain.Code != 200 || plain.Body.String() == named.Body.String() {
		t.Errorf("%d: with and without names are the same", plain.Code)
	}
	openings := len(c.look(t, helpdesk, v.ID).Openings)
	w := c.post(t, helpdesk, path, url.Values{"klager": {"ja"}, "namen": {"ja"}})
	doc := checkPage(t, w, "nl")
	if w.Code != 422 || doc.Find("#reason-fout").Length() != 1 || doc.Find("input[name=klager][checked]").Length() != 1 {
		t.Errorf("without a reason: %d", w.Code)
	}
	if n := len(c.look(t, helpdesk, v.ID).Openings); n != openings {
		t.Error("a refusal opened the name")
	}
	if w := c.post(t, helpdesk, path, url.Values{"klager": {"ja"}, "reason": {v.Rules.OpeningReasons[0].Code}}); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "%PDF") {
		t.Errorf("with a reason: %d", w.Code)
	}
	if n := len(c.look(t, helpdesk, v.ID).Openings); n != openings+1 {
		t.Errorf("%d openings, there were %d", n, openings)
	}
	if w := c.post(t, quality, path, url.Values{"klager": {"ja"}, "reason": {v.Rules.OpeningReasons[0].Code}}); w.Code != 403 {
		t.Errorf("quality opens the name: %d", w.Code)
	}
	id, _ := c.aboutPim(t)
	for name, want := range map[string]int{colleague: 404, admin: 404, helpdesk: 200} {
		if w := c.post(t, name, "/klachten/"+id+"/afdruk", url.Values{}); w.Code != want {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
}
