package page

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/words"
)

// The gallery shows every component once, with invented data. It is checked
// like any page, and written to GEHOOR_GALLERY (a folder) to be looked at.
func TestGallery(t *testing.T) {
	for _, lang := range words.Languages() {
		v := voice(t, lang)
		for name, html := range map[string]string{
			"werk":     render(t, with(Shell(staffFrame(v)), gallery(v)...)),
			"inloggen": render(t, with(Shell(publicFrame(v)), logInGallery(v))),
			"leeg":     render(t, with(Shell(Frame{Voice: v, Title: "x"}), raw("<div class=gh-wrap><h1>x</h1></div>"))),
		} {
			t.Run(name+" "+lang, func(t *testing.T) { checkPage(t, lang, html) })
			keep(t, name+"-"+lang+".html", html)
		}
	}
}

// keep writes a page with its stylesheet beside it, for a browser.
func keep(t *testing.T, name, html string) {
	folder := os.Getenv("GEHOOR_GALLERY")
	if folder == "" {
		folder = t.TempDir()
	}
	for file := range assets {
		html = strings.ReplaceAll(html, Asset(file), file)
		write(t, filepath.Join(folder, file), assets[file].body)
	}
	write(t, filepath.Join(folder, name), []byte(html))
	dark := strings.Replace(html, "<html ", `<html data-kleuren="donker" `, 1)
	write(t, filepath.Join(folder, "donker-"+name), []byte(dark))
}

func write(t *testing.T, path string, body []byte) {
	t.Helper()
	if err := os.WriteFile(path, body, 0o644); err != nil {
		t.Fatal(err)
	}
}

func parse(t testing.TB, html string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func checkPage(t *testing.T, lang, html string) {
	doc := parse(t, html)
	if got := doc.Find("html").AttrOr("lang", ""); got != lang {
		t.Errorf("lang is %q", got)
	}
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%d h1", n)
	}
	if strings.Contains(html, "⟦") {
		t.Errorf("a sentence is missing: %s", html[strings.Index(html, "⟦"):][:60])
	}
	if n := doc.Find("main#inhoud").Length(); n != 1 {
		t.Errorf("%d main", n)
	}
	checkIDs(t, doc)
	checkInline(t, doc)
	checkControls(t, doc)
	checkHeadings(t, doc)
}

// checkIDs: unique, and everything that points to an id finds it.
func checkIDs(t *testing.T, doc *goquery.Document) {
	ids := map[string]int{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[s.AttrOr("id", "")]++ })
	for id, n := range ids {
		if n > 1 || id == "" {
			t.Errorf("id %q is used %d times", id, n)
		}
	}
	for _, attr := range []string{"for", "aria-labelledby", "aria-describedby", "form"} {
		doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attr, "")) {
				if ids[id] == 0 {
					t.Errorf("%s=%q points nowhere", attr, id)
				}
			}
		})
	}
	doc.Find("a[href^='#']").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("href", "")[1:]; id != "" && ids[id] == 0 {
			t.Errorf("link to #%s leads nowhere", id)
		}
	})
}

// checkInline: nothing that the content policy would block.
func checkInline(t *testing.T, doc *goquery.Document) {
	if n := doc.Find("script, style, [style], iframe").Length(); n > 0 {
		t.Errorf("%d scripts or inline styles", n)
	}
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has %s", s.Nodes[0].Data, a.Key)
			}
		}
	})
}

// checkControls: every control has a label; every svg is hidden or named.
func checkControls(t *testing.T, doc *goquery.Document) {
	doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if text := strings.TrimSpace(doc.Find("label[for='" + id + "']").Text()); id == "" || text == "" {
			t.Errorf("<%s id=%q> has no label", s.Nodes[0].Data, id)
		}
	})
	doc.Find("button, a[href]").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.Text()) == "" {
			t.Errorf("a %s has no text", s.Nodes[0].Data)
		}
	})
	doc.Find("svg").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("aria-hidden", "") != "true" && s.AttrOr("aria-label", "") == "" {
			t.Error("an svg is neither hidden nor named")
		}
	})
}

// checkHeadings: no level is skipped.
func checkHeadings(t *testing.T, doc *goquery.Document) {
	last := 0
	doc.Find("main :is(h1,h2,h3,h4)").Each(func(_ int, s *goquery.Selection) {
		level := int(s.Nodes[0].Data[1] - '0')
		if level > last+1 {
			t.Errorf("h%d %q comes after h%d", level, s.Text(), last)
		}
		last = level
	})
}

func staffFrame(v *words.Voice) Frame {
	open, mail := 6, 1
	return Frame{Voice: v, Title: v.Say("nav.work"), Bar: &Bar{
		Nav: []NavItem{
			{Label: v.Say("nav.work"), Href: "/werk", Count: &open, Current: true},
			{Label: v.Say("nav.mailroom"), Href: "/post", Count: &mail},
			{Label: v.Say("nav.register"), Href: "/register"},
			{Label: v.Say("nav.report"), Href: "/verslag"},
			{Label: v.Say("nav.improvements"), Href: "/verbeteringen"},
			{Label: v.Say("nav.settings"), Href: "/beheer"},
		},
		NewComplaint: "/nieuw", Name: "Marleen Postma", Function: "Helpdesk", Account: "/account",
		LogOut: Action{URL: "/uit", Hidden: []Hidden{{"sleutel", "k"}}},
	}, Languages: []Language{{Code: "en", Href: "/taal/en"}}}
}

func publicFrame(v *words.Voice) Frame {
	return Frame{Voice: v, Title: v.Say("button.log_in"), Failed: true,
		Mast: Mast{Name: "Het LSR", Sub: v.Say("common.complaints"), Phone: "030-299 00 04"},
		Footer: Footer{Phone: "030-299 00 04", Mail: "helpdesk@voorbeeld.example", MadeWith: true,
			Links: []Link{{Label: v.Say("nav.home"), Href: "/"}}},
		Languages: []Language{{Code: "nl", Href: "/taal/nl"}, {Code: "en", Href: "/taal/en"}}}
}

func logInGallery(v *words.Voice) templ.Component {
	return templ.Join(
		raw(`<div class="gh-wrap gh-split gh-split--wide gh-section"><div class="gh-stack"><h1>Inloggen</h1><p>Alles wat u opent, wordt opgeschreven in het logboek.</p>`),
		with(Note(NotePlain, "Heeft u zelf een klacht?"), raw(`<p>Dan hoeft u niet in te loggen.</p>`)),
		raw(`</div>`),
		with(BareForm("/in", false, []Hidden{{"sleutel", "k"}}, "gh-card gh-card--lift gh-stack"),
			ErrorSummary(v, []FieldError{{Text: v.Say("error.login")}}),
			Input(v, Field{Name: "email", Label: "E-mailadres", Type: "email", Autocomplete: "username", Value: "marleen@voorbeeld.example"}),
			Input(v, Field{Name: "ww", Label: "Wachtwoord", Hint: "Plakken uit een wachtwoordkluis mag.", Type: "password", Autocomplete: "current-password"}),
			Input(v, Field{Name: "code", Label: "Code uit uw app", InputMode: "numeric", Autocomplete: "one-time-code", Width: Width7}),
			Press(Button{Label: v.Say("button.log_in"), Kind: Primary, Wide: true})),
		raw(`</div>`))
}

// gallery is the middle of the page: lists first, then a dossier, then a form.
func gallery(v *words.Voice) []templ.Component {
	return []templ.Component{
		raw(`<div class="gh-stack gh-stack--lg">`),
		with(PageHead(v.Say("nav.work"), "Dinsdag 24 november 2026. Bovenaan staat wat het eerst moet."), templ.NopComponent),
		Done("De klacht is bewaard."),
		listGallery(v), dossierGallery(v), formGallery(v), letterGallery(v),
		raw(`</div>`),
	}
}

func day(s string) calendar.Date { return calendar.MustParse(s) }
