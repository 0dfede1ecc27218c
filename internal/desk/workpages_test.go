package desk_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"gehoor/internal/record"
)

func TestListsAsPages(t *testing.T) {
	c := open(t)
	for _, tt := range []struct {
		name, path string
		status     int
		selector   string
		text       string
	}{
		{"", "/werk", 303, "", ""},
		{helpdesk, "/werk", 200, ".gh-bar a.gh-button", "Nieuwe klacht"},
		{helpdesk, "/werk", 200, ".gh-bar [aria-current=page]", "Mijn werk"},
		{helpdesk, "/werk", 200, ".gh-bar__me", "Jorien Tasselaar"},
		{helpdesk, "/werk", 200, ".gh-chip", "Verstuur uiterlijk"},
		{helpdesk, "/werk", 200, "table svg.gh-wave--mini", ""},
		{helpdesk, "/werk?groep=te-laat", 200, ".gh-chip--late", "Te laat"},
		{helpdesk, "/werk?groep=bevestiging", 200, ".gh-chip--wait", "Wacht op bevestiging"},
		{helpdesk, "/werk?groep=uitstel", 200, "table", "uitstel afgesproken tot"},
		{helpdesk, "/werk?groep=binnenkort", 200, "h1", "Mijn werk"},
		{helpdesk, "/werk?wie=niemand", 200, "h1", "Mijn werk"},
		{helpdesk, "/werk?wie=ik", 200, "main", "Geen klacht past bij wat u koos."},
		{helpdesk, "/werk?nummer=1999-001", 200, "main", "Er is geen open klacht met dit nummer"},
		{helpdesk, "/werk?groep=x&afdeling=y&na=z&nummer=%FF", 200, "h1", "Mijn werk"},
		{manager, "/werk", 200, "table", "Scholing"},
		{admin, "/werk", 200, "main", "Er zijn geen open klachten voor u."},
		{helpdesk, "/register", 200, "h1", "Register 2026"},
		{helpdesk, "/register?jaar=2025", 200, "h1", "Register 2025"},
		{helpdesk, "/register?jaar=alle", 200, "table", "van 8"},
		{helpdesk, "/register?stand=open", 200, "table", "van 8"},
		{helpdesk, "/register?stand=afgehandeld", 200, ".gh-chip--done", "Afgehandeld"},
		{helpdesk, "/register?stand=bewaartermijn", 200, "main", "Wissen kan nog niet"},
		{helpdesk, "/register?jaar=1900", 200, "main", "Geen klacht past bij wat u koos."},
		{quality, "/register", 200, "table", "van 8"},
	} {
		t.Run(tt.name+tt.path, func(t *testing.T) {
			w := c.get(t, tt.name, tt.path)
			if w.Code != tt.status {
				t.Fatalf("status %d, want %d\n%s", w.Code, tt.status, w.Body)
			}
			if tt.status != 200 {
				return
			}
			doc := checkPage(t, w, "nl")
			if found := doc.Find(tt.selector); found.Length() == 0 || !strings.Contains(found.Text(), tt.text) {
				t.Errorf("%s does not say %q", tt.selector, tt.text)
			}
		})
	}
}

func TestListsInEnglish(t *testing.T) {
	c := open(t)
	c.speaks(t, helpdesk, "en")
	for _, path := range []string{"/werk", "/werk?groep=te-laat", "/register?jaar=alle", "/register?stand=bewaartermijn", "/klachten/nieuw", "/klachten/nieuw/telefoon", "/klachten/nieuw/brief", "/klachten/nieuw/e-mail"} {
		checkPage(t, c.get(t, helpdesk, path), "en")
	}
}

// A manager sees the own dossiers, quality sees no titles, and whoever is concerned
// sees nothing, in counts neither.
func TestListsShowWhatMayBeSeen(t *testing.T) {
	c := open(t)
	all := document(t, c.get(t, helpdesk, "/werk")).Find("tbody tr").Length()
	own := document(t, c.get(t, manager, "/werk")).Find("tbody tr")
	if own.Length() == 0 || own.Length() >= all {
		t.Errorf("the manager sees %d of %d", own.Length(), all)
	}
	doc := document(t, c.get(t, quality, "/werk"))
	if text := doc.Find("tbody th a").First().Text(); !strings.HasPrefix(text, "202") {
		t.Errorf("quality reads the title %q", text)
	}
	if doc.Find(".gh-bar a.gh-button").Length() != 0 {
		t.Error("quality is offered to take complaints in")
	}
}

// Through all pages, every open complaint comes by once.
func TestWorkPaging(t *testing.T) {
	c := open(t)
	counts, err := c.Office.Count(context.Background(), c.person(helpdesk), record.Filter{})
	check(t, err)
	seen, path := map[string]bool{}, "/register?jaar=alle"
	for range 20 {
		doc := document(t, c.get(t, helpdesk, path))
		for _, a := range doc.Find("tbody th a").Nodes {
			href := a.Attr[0].Val
			if seen[href] {
				t.Fatalf("%s comes by twice", href)
			}
			seen[href] = true
		}
		next, more := doc.Find("a[rel=next]").Attr("href")
		if !more {
			break
		}
		path = next
	}
	if len(seen) <= counts.Open {
		t.Errorf("the register shows %d, open are %d", len(seen), counts.Open)
	}
}

func TestNumberLeadsToItsDossier(t *testing.T) {
	c := open(t)
	lines, _, err := c.Office.List(context.Background(), c.person(helpdesk), record.Filter{Limit: 1})
	check(t, err)
	for _, path := range []string{"/werk", "/register"} {
		w := c.get(t, helpdesk, path+"?nummer="+lines[0].Number)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/klachten/"+lines[0].ID {
			t.Errorf("%s: %d %s", path, w.Code, w.Header().Get("Location"))
		}
		if w := c.get(t, admin, path+"?nummer="+lines[0].Number); w.Code != http.StatusOK {
			t.Errorf("%s: who may not see it gets %d", path, w.Code)
		}
	}
}
