package desk_test

import (
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// TestWaysToTheText: the dossier shows each link and slip to the text, with what the law lets
// be done: a reader's is taken back, and a new one goes in its place.
func TestWaysToTheText(t *testing.T) {
	c := open(t)
	c.ReachedAt("https://klachten.example.org")
	path := "/klachten/" + c.caller(t, "2026-11-02")
	ways := func() (text string, links []string) {
		doc := checkPage(t, c.get(t, helpdesk, path), "nl")
		section := doc.Find("section[aria-labelledby=wegen]")
		for _, a := range section.Find("a").EachIter() {
			links = append(links, strings.TrimPrefix(a.AttrOr("href", ""), path))
		}
		return strings.Join(strings.Fields(section.Text()), " "), links
	}
	text, links := ways()
	for _, want := range []string{"Code op een strook, voor de klager", "Gemaakt op", "voor tekst 1", "Nog niet geopend.", "werkt tot en met"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
	if strings.Contains(strings.Join(links, " "), "nalezer") {
		t.Errorf("the caller's slip leads to %v", links)
	}
	for _, link := range links {
		if w := c.get(t, helpdesk, path+link); w.Code != 200 {
			t.Errorf("%s: %d", link, w.Code)
		}
	}
	path = "/klachten/" + c.caller(t, "2026-11-02", func(in *office.Intake) {
		in.Identity.Reader, in.Send.How = record.Reader{Name: "Tilly Brugsma", Relation: "dochter", Email: "tilly@example.net", Consent: true}, complaint.HowReader
	})
	if text, links = ways(); !strings.Contains(text, "voor de nalezer") || !strings.Contains(strings.Join(links, " "), "/nalezer-stoppen") {
		t.Errorf("%q leads to %v", text, links)
	}
	if body := c.get(t, quality, path).Body.String(); strings.Contains(body, "voor de nalezer") {
		t.Error("quality reads no texts, and sees who reads one")
	}
}
