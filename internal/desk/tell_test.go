package desk_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/complaint"
)

// TestWhatMayBeSaidAtTheTelephone: the dossier says what to tell whom, and keeps the name
// sealed while it does.
func TestWhatMayBeSaidAtTheTelephone(t *testing.T) {
	c := open(t)
	v := c.in(t, manager, complaint.InHandling)
	path := "/klachten/" + v.ID
	doc := checkPage(t, c.get(t, helpdesk, path), "nl")
	card := doc.Find("section[aria-labelledby=aan-de-telefoon]")
	for _, want := range []string{"Vraag nooit om de code", "Uw klacht is in behandeling.", c.staff[manager].Function, "Wie namens de klager belt", "de klager weet dat er gebeld wordt", "Ik kan daar niets over zeggen"} {
		if !strings.Contains(card.Text(), want) {
			t.Errorf("the card does not say %q: %s", want, card.Text())
		}
	}
	if strings.Contains(card.Text(), manager) || strings.Contains(card.Text(), "Contactpersoon") || card.Find("details[open]").Length() != 0 {
		t.Error("it names the handler, knows a contact person, or stands open")
	}
	if n := len(c.look(t, helpdesk, v.ID).Openings); n != len(v.Openings) {
		t.Errorf("the card opened the name: %d, were %d", n, len(v.Openings))
	}
	if doc := checkPage(t, c.get(t, helpdesk, path+"?belt=ja"), "nl"); doc.Find("section[aria-labelledby=aan-de-telefoon] details[open]").Length() != 1 {
		t.Error("with somebody at the telephone it stands folded")
	}
	form := url.Values{"deputy_kind": {"contact"}, "deputy_name": {"Els Veenhof"}, "deputy_email": {"els@elders.example"}, "on": {"2026-11-24"}, "how": {"post"}, "said": {"Els mag het weten."}}
	if w := c.post(t, helpdesk, path+"/contactpersoon", form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %v", w.Code, mistakesIn(t, w))
	}
	text := checkPage(t, c.get(t, helpdesk, path), "nl").Find("section[aria-labelledby=aan-de-telefoon]").Text()
	if !strings.Contains(text, "de klager het goed vindt") || strings.Contains(text, "Veenhof") {
		t.Errorf("the contact person, or a name: %s", text)
	}
	if text := c.get(t, quality, path).Body.String(); strings.Contains(text, "aan-de-telefoon") {
		t.Error("quality reads no text and speaks with nobody")
	}
}

// TestCallerHitLeadsToWhatMayBeSaid: from the search to the open card.
func TestCallerHitLeadsToWhatMayBeSaid(t *testing.T) {
	c := open(t)
	doc := checkPage(t, c.post(t, helpdesk, "/telefoon/zoeken", url.Values{"phone": {"+31 6 00000061"}}), "nl")
	link := doc.Find("a[href*='belt=ja']")
	if to := link.AttrOr("href", ""); !strings.HasSuffix(to, "#aan-de-telefoon") || link.Text() == "" {
		t.Errorf("the hit leads to %q", to)
	}
}

// TestWhatTheComplainantSays: one page leads to the forms, each when it can be used now.
func TestWhatTheComplainantSays(t *testing.T) {
	c := open(t)
	for state, want := range map[complaint.State]struct{ with, without string }{
		complaint.Awaiting:          {"bevestigen verbeteren intrekken gegevens naam-noemen contactpersoon contact", "uitstel-antwoord betwist"},
		complaint.ExtensionProposed: {"uitstel-antwoord intrekken gegevens contact", "bevestigen verbeteren"},
		complaint.IsWithdrawn:       {"betwist contact", "intrekken uitstel-antwoord bevestigen"},
	} {
		v := c.in(t, helpdesk, state, func(d complaint.Dossier) bool { return d.Level != complaint.Nameless })
		path := "/klachten/" + v.ID
		if checkPage(t, c.get(t, helpdesk, path), "nl").Find("a[href='"+path+"/wat-de-klager-zegt']").Length() != 1 {
			t.Errorf("%s: no one link from the dossier", state)
		}
		w := c.get(t, helpdesk, path+"/wat-de-klager-zegt")
		doc := checkPage(t, w, "nl")
		if w.Code != http.StatusOK || doc.Find("main form").Length() != 0 {
			t.Errorf("%s: %d, with %d forms", state, w.Code, doc.Find("main form").Length())
		}
		for _, form := range strings.Fields(want.with) {
			if doc.Find("a[href='"+path+"/"+form+"']").Length() != 1 {
				t.Errorf("%s: no link to %s", state, form)
			}
		}
		for _, form := range strings.Fields(want.without) {
			if doc.Find("a[href='"+path+"/"+form+"']").Length() != 0 {
				t.Errorf("%s: a link to %s", state, form)
			}
		}
		if doc.Find(".gh-ours").Length() != doc.Find("main .gh-card a.gh-button").Length() {
			t.Errorf("%s: not every form has something to say aloud", state)
		}
	}
}

// TestBarredHearsNothing: who is concerned gets neither page, as if there were nothing.
func TestBarredHearsNothing(t *testing.T) {
	c := open(t)
	pim := c.person(colleague)
	for _, line := range c.everyDossier(t, helpdesk) {
		v := c.look(t, helpdesk, line.ID)
		if !slices.Contains(v.Barred, pim.ID) {
			continue
		}
		for _, path := range []string{"/klachten/" + v.ID + "?belt=ja", "/klachten/" + v.ID + "/wat-de-klager-zegt"} {
			if w := c.get(t, colleague, path); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), v.Number) {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
		if w := c.get(t, quality, "/klachten/"+v.ID+"/wat-de-klager-zegt"); w.Code != http.StatusForbidden {
			t.Errorf("quality: %d", w.Code)
		}
		return
	}
	t.Fatal("no dossier of the furnished house bars Pim")
}
