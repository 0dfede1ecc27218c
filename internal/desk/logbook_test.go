package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
)

// logged gives the lines of a logbook page as text.
func (c *counter) logged(t *testing.T, name, path string) string {
	t.Helper()
	w := c.get(t, name, path)
	if w.Code != http.StatusOK {
		t.Fatalf("%s sees %s: %d", name, path, w.Code)
	}
	return strings.Join(strings.Fields(checkPage(t, w, "nl").Find("tbody").Text()), " ")
}

// The logbook of a dossier is for who handles or helps, and for nobody who is barred.
func TestLogbookOfADossier(t *testing.T) {
	c := open(t)
	v := c.in(t, helpdesk, complaint.IsFiled)
	path := "/klachten/" + v.ID + "/logboek"
	if _, err := c.Office.OpenIdentity(t.Context(), c.person(helpdesk), v.ID, office.Opening{Reason: "letter", Remark: "Adres nagezien."}); err != nil {
		t.Fatal(err)
	}
	c.get(t, colleague, "/klachten/"+v.ID+"/afdruk")
	if doc := document(t, c.get(t, helpdesk, "/klachten/"+v.ID)); doc.Find("a[href='"+path+"']").Length() != 2 { // at the name, and at what may be told
		t.Error("the dossier does not lead to its logbook")
	}
	said := c.logged(t, helpdesk, path)
	for _, want := range []string{"opende de naam of een origineel", "Adres nagezien.", "Pim Haverdonk drukte het dossier af", "Jorien Tasselaar las het dossier"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in %s", want, said)
		}
	}
	if said := c.logged(t, helpdesk, path+"?soort=names"); strings.Contains(said, "las het dossier") || !strings.Contains(said, "Adres nagezien.") {
		t.Errorf("narrowed to openings: %s", said)
	}
	if w := c.get(t, helpdesk, path+"?van=2026-11-24&tot=2026-11-01"); w.Code != http.StatusUnprocessableEntity || len(mistakesIn(t, w)) != 1 {
		t.Errorf("a period that ends before it begins: %d", w.Code)
	}
	w := c.post(t, helpdesk, path+"/uitvoer", url.Values{"soort": {"names"}})
	if got := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Disposition"), "logboek-dossier.csv") || !strings.Contains(got, "Adres nagezien.") {
		t.Errorf("as a table: %d %s", w.Code, got)
	}
	check(t, c.Office.NameEmployee(t.Context(), c.person(helpdesk), office.Form{Dossier: v.ID}, c.person(colleague).ID, "De klager noemt hem."))
	for _, name := range []string{colleague, admin, director} {
		for _, w := range []int{c.get(t, name, path).Code, c.post(t, name, path+"/uitvoer", url.Values{}).Code} {
			if w != http.StatusNotFound {
				t.Errorf("%s gets %d", name, w)
			}
		}
	}
}

// The logbook of an employee is for the director; that of the administration also for the
// administrator. Neither shows a title.
func TestLogbooksOfPeople(t *testing.T) {
	c := open(t)
	v := c.in(t, helpdesk, complaint.IsFiled)
	person := "/logboek/medewerker?wie=" + url.QueryEscape(string(c.person(helpdesk).ID))
	said := c.logged(t, director, person)
	if !strings.Contains(said, "las het dossier "+v.Number) || strings.Contains(said, v.Title) {
		t.Errorf("of Jorien: %s", said)
	}
	if w := c.get(t, director, "/logboek/medewerker"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Kies eerst een medewerker.") {
		t.Errorf("without a name: %d", w.Code)
	}
	if said := c.logged(t, director, person+"&soort=work&van=2026-11-01&tot=2026-11-24"); !strings.Contains(said, "Jorien Tasselaar maakte een brief") || strings.Contains(said, "las het dossier") {
		t.Errorf("what was done: %s", said)
	}
	c.get(t, admin, "/beheer/medewerkers")
	said = c.logged(t, admin, "/logboek")
	if !strings.Contains(said, "Bram Hoogland logde in") || strings.Contains(said, v.Number) {
		t.Errorf("of the administration: %s", said)
	}
	if said := c.logged(t, director, "/logboek?soort=sessions&wie="+url.QueryEscape(string(c.person(admin).ID))); strings.Contains(said, "Jorien") || !strings.Contains(said, "logde in") {
		t.Errorf("log-ins of Bram: %s", said)
	}
	w := c.post(t, admin, "/logboek/uitvoer", url.Values{})
	if got := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(got, "nam een logboek mee als bestand") {
		t.Errorf("as a table: %d %s", w.Code, got)
	}
	for _, x := range []struct{ name, path string }{{admin, person}, {helpdesk, person}, {manager, person}, {quality, person}, {helpdesk, "/logboek"}, {manager, "/logboek"}, {quality, "/logboek"}} {
		if w := c.get(t, x.name, x.path); w.Code != http.StatusForbidden {
			t.Errorf("%s gets %s: %d", x.name, x.path, w.Code)
		}
	}
	if w := c.post(t, admin, "/logboek/medewerker/uitvoer", url.Values{"wie": {string(c.person(helpdesk).ID)}}); w.Code != http.StatusForbidden {
		t.Errorf("the administrator takes along what an employee read: %d", w.Code)
	}
	c.speaks(t, admin, "en")
	checkPage(t, c.get(t, admin, "/logboek"), "en")
}

// Every action that stands in the furnished house has words.
func TestActionsHaveWords(t *testing.T) {
	c := open(t)
	for _, path := range []string{"/logboek", "/logboek/medewerker?van=2026-01-01&tot=2026-11-24&wie=" + url.QueryEscape(string(c.person(helpdesk).ID))} {
		doc := checkPage(t, c.get(t, director, path), "nl")
		if said := doc.Find("tbody").Text(); strings.Contains(said, "_") {
			t.Errorf("%s: a code without words in %s", path, said)
		}
	}
}

// How long the logbook stays is a setting.
func TestLogYears(t *testing.T) {
	c := open(t)
	form := blankForm(t, c.get(t, admin, "/beheer/instellingen"))
	if form.Get("log_years") != "5" {
		t.Errorf("the page proposes %q years", form.Get("log_years"))
	}
	form.Set("log_years", "een eeuw")
	if w := c.post(t, admin, "/beheer/instellingen", form); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no number: %d", w.Code)
	}
	form.Set("log_years", "7")
	if w := c.post(t, admin, "/beheer/instellingen", form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %v", w.Code, mistakesIn(t, w))
	}
	if body := c.get(t, admin, "/beheer/instellingen/geschiedenis").Body.String(); !strings.Contains(body, "Hoe lang het logboek blijft") || !strings.Contains(body, "7 jaar") {
		t.Error("the history does not say so")
	}
}
