package desk_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

const director = "Ankie Verloop"

// everyDossier gives the ids of all dossiers that somebody sees.
func (c *counter) everyDossier(t *testing.T, name string) []office.Line {
	t.Helper()
	var all []office.Line
	f := record.Filter{Limit: 500}
	lines, _, err := c.Office.List(context.Background(), c.person(name), f)
	check(t, err)
	return append(all, lines...)
}

// in finds a dossier of the furnished house by its state and what else must hold.
func (c *counter) in(t *testing.T, name string, state complaint.State, more ...func(complaint.Dossier) bool) office.View {
	t.Helper()
next:
	for _, line := range c.everyDossier(t, name) {
		if line.State != state {
			continue
		}
		for _, holds := range more {
			if !holds(line.Dossier) {
				continue next
			}
		}
		v, err := c.Office.Look(context.Background(), c.person(name), line.ID)
		check(t, err)
		return v
	}
	t.Fatalf("no dossier is %s", state)
	return office.View{}
}

// Every dossier of the furnished house, and every form that is open in it, is a sound
// page for everybody who may see it, in both languages.
func TestEveryDossierAndForm(t *testing.T) {
	c := open(t)
	for lang, people := range map[string][]string{"nl": {helpdesk, manager, director, quality}, "en": {colleague, "Liesbeth van der Oort"}} {
		for _, name := range people {
			c.speaks(t, name, lang)
			for _, line := range c.everyDossier(t, name) {
				c.walk(t, name, lang, line.ID)
			}
		}
	}
}

// walk visits a dossier and all its forms.
func (c *counter) walk(t *testing.T, name, lang, id string) {
	t.Helper()
	w := c.get(t, name, "/klachten/"+id)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d\n%s", name, w.Code, w.Body)
	}
	doc := checkPage(t, w, lang)
	doc.Find("main a[href^='/klachten/" + id + "/']").Each(func(_ int, a *goquery.Selection) {
		path := a.AttrOr("href", "")
		w := c.get(t, name, path)
		if w.Code != http.StatusOK {
			t.Errorf("%s %s: %d", name, path, w.Code)
			return
		}
		checkPage(t, w, lang)
	})
}

func TestDossierShows(t *testing.T) {
	c := open(t)
	running := c.in(t, manager, complaint.InHandling)
	path := "/klachten/" + running.ID
	for _, tt := range []struct {
		name, path     string
		status         int
		selector, text string
	}{
		{helpdesk, path, 200, ".gh-casehead .gh-num", running.Number},
		{helpdesk, path, 200, ".gh-casehead h1", running.Title},
		{helpdesk, path, 200, ".gh-casehead", "Binnengekomen"},
		{helpdesk, path, 200, ".gh-casehead", "over een"},
		{helpdesk, path, 200, ".gh-track [aria-current]", "Bij behandelaar"},
		{helpdesk, path, 200, ".gh-pair blockquote", running.Text.Description},
		{helpdesk, path, 200, ".gh-pair blockquote", "Deze tekst kan niet meer veranderen"},
		{helpdesk, path, 200, ".gh-next", "Nu niets te doen"},
		{helpdesk, path, 200, ".gh-seal", "Naam en adres zijn verzegeld"},
		{helpdesk, path, 200, ".gh-seal button[name=reason][value=call_back]", "Ik bel terug"},
		{helpdesk, path, 200, ".gh-wavebox svg[role=img]", ""},
		{helpdesk, path, 200, ".gh-check", "Ondernomen actie"},
		{helpdesk, path, 200, ".gh-timeline", "Doorgestuurd naar"},
		{manager, path, 200, ".gh-next .gh-button--primary", "Antwoord schrijven"},
		{manager, path, 200, ".gh-next", "Verstuur het uiterlijk"},
		{manager, path, 200, ".gh-next", "Uitstel voorstellen"},
		{quality, path, 200, "main", "U ziet de datums en de stand"},
		{manager, path + "/antwoord", 200, ".gh-letter", "Ons antwoord op uw klacht"},
		{helpdesk, path + "/antwoord", 403, "h1", ""},
		{quality, path + "/notitie", 403, "h1", ""},
		{manager, path + "/sluiten", 409, "main", "Dit kan nu niet bij deze klacht"},
		{helpdesk, path + "/sluiten", 409, "main", "Dit kan nu niet bij deze klacht"},
		{"Rutger Eikelhof", path, 404, "h1", "Deze pagina is er niet"},
		{helpdesk, "/klachten/nergens", 404, "h1", "Deze pagina is er niet"},
		{helpdesk, path + "/onzin", 404, "h1", "Deze pagina is er niet"},
		{admin, path, 404, "h1", "Deze pagina is er niet"},
	} {
		t.Run(tt.name+strings.Replace(tt.path, running.ID, "id", 1)+" "+tt.text, func(t *testing.T) {
			w := c.get(t, tt.name, tt.path)
			if w.Code != tt.status {
				t.Fatalf("status %d, want %d\n%s", w.Code, tt.status, w.Body)
			}
			if found := checkPage(t, w, "nl").Find(tt.selector); found.Length() == 0 || !strings.Contains(found.Text(), tt.text) {
				t.Errorf("%s does not say %q but %q", tt.selector, tt.text, found.Text())
			}
		})
	}
}

// Quality sees no text, no letter and no name; not even in the course.
func TestQualityReadsTheOpenPart(t *testing.T) {
	c := open(t)
	v := c.in(t, helpdesk, complaint.IsClosed)
	body := c.get(t, quality, "/klachten/"+v.ID).Body.String()
	for _, text := range []string{v.Title, v.Text.Description, v.Answer.Points, "gh-seal", "/brieven/"} {
		if text != "" && strings.Contains(body, text) {
			t.Errorf("quality reads %q", text)
		}
	}
}
