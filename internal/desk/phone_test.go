package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// TestCallIsKeptAndWrittenDown: from a ringing telephone to a dossier.
func TestCallIsKeptAndWrittenDown(t *testing.T) {
	c := open(t)
	w := c.get(t, helpdesk, "/telefoon")
	if body := w.Body.String(); w.Code != 200 || strings.Contains(body, "06-00000091") || !strings.Contains(body, "een rekening die zij niet begrijpt") {
		t.Fatalf("%d: the list shows what it is about, and no number", w.Code)
	}
	if body := c.get(t, colleague, "/telefoon").Body.String(); strings.Contains(body, "iemand van de helpdesk") {
		t.Error("Pim sees the card about him")
	}
	if w := c.get(t, manager, "/telefoon"); w.Code != 403 {
		t.Errorf("a manager: %d", w.Code)
	}
	if w := c.post(t, helpdesk, "/telefoon", url.Values{"name": {"Dirk Ottolander"}}); w.Code != 422 || !strings.Contains(w.Body.String(), "Dirk Ottolander") {
		t.Errorf("without a number: %d", w.Code)
	}
	id := c.Office.NewCard()
	form := url.Values{"kaart": {id}, "name": {"Dirk Ottolander"}, "number": {"06-00000086"}, "about": {"Zaal zonder lift"}}
	if w := c.post(t, helpdesk, "/telefoon", form); w.Code != 303 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if body := c.get(t, helpdesk, "/telefoon/kaarten/"+id).Body.String(); !strings.Contains(body, "06-00000086") || !strings.Contains(body, "als klacht opschrijf") {
		t.Error("the card shows whom to call, and what to ask")
	}
	if w := c.post(t, helpdesk, "/telefoon/kaarten/"+id+"/geen-klacht", url.Values{"reason": {""}}); w.Code != 422 {
		t.Errorf("closed without a reason: %d", w.Code)
	}
	if w := c.post(t, helpdesk, "/telefoon/kaarten/"+id+"/niet-bereikt", url.Values{}); w.Code != 303 {
		t.Errorf("not reached: %d", w.Code)
	}
	body := c.get(t, colleague, "/klachten/nieuw/telefoon?kaart="+id).Body.String()
	for _, want := range []string{"Dirk Ottolander", "06-00000086", "Zaal zonder lift", helpdesk, `value="2026-11-24"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the intake does not begin with %s", want)
		}
	}
}

// TestCallerIsFoundInAForm: no value stands in an address, and no name on the page.
func TestCallerIsFoundInAForm(t *testing.T) {
	c := open(t)
	w := c.post(t, helpdesk, "/telefoon/zoeken", url.Values{"phone": {"+31 6 00000061"}})
	if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, "telefoonnummer") || strings.Contains(body, "Hoorne") || !strings.Contains(body, "Vraag nooit om de code") {
		t.Errorf("%d: %s", w.Code, body)
	}
	if w := c.post(t, helpdesk, "/telefoon/zoeken", url.Values{"surname": {"Hoorne"}}); w.Code != 422 {
		t.Errorf("half an address: %d", w.Code)
	}
	if w := c.get(t, manager, "/telefoon/zoeken"); w.Code != 200 {
		t.Errorf("a handler searches: %d", w.Code)
	}
	if w := c.get(t, quality, "/telefoon/zoeken"); w.Code != 403 {
		t.Errorf("quality searches: %d", w.Code)
	}
}

// TestSaidForms: what the complainant says about name and post is recorded on the dossier.
func TestSaidForms(t *testing.T) {
	c := open(t)
	list, _, err := c.Office.List(t.Context(), c.person(helpdesk), record.Filter{Group: record.GroupOpen, Limit: 60})
	check(t, err)
	for _, d := range list {
		if d.State != complaint.InHandling || d.Level != complaint.Confidential {
			continue
		}
		path := "/klachten/" + d.ID + "/naam-noemen"
		if w := c.get(t, helpdesk, path); w.Code != 200 || !strings.Contains(w.Body.String(), "Mogen wij uw naam noemen") {
			t.Fatalf("%d", w.Code)
		}
		form := url.Values{"level": {"open"}, "on": {"2026-11-24"}, "how": {"phone"}, "said": {""}}
		if w := c.post(t, helpdesk, path, form); w.Code != 422 {
			t.Errorf("without the words: %d", w.Code)
		}
		form.Set("said", "Dat mag.")
		if w := c.post(t, helpdesk, path, form); w.Code != 303 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if w := c.get(t, helpdesk, "/klachten/"+d.ID+"/contactpersoon"); w.Code != 200 {
			t.Errorf("contact person: %d", w.Code)
		}
		return
	}
	t.Fatal("no dossier in handling")
}

// TestAnIntakeOfACardThatIsGone is not kept, and what was typed comes back.
func TestAnIntakeOfACardThatIsGone(t *testing.T) {
	c := open(t)
	id := c.Office.NewCard()
	check(t, c.Office.TakeCard(t.Context(), c.person(helpdesk), id, complaint.CardNote{Number: "06-00000086"}))
	form := blankForm(t, c.get(t, colleague, phoneForm+"?kaart="+id))
	check(t, c.Office.NameOnCard(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, c.person(colleague).ID))
	form.Set("doe", "concept")
	form.Set("description", "Een half verhaal.")
	w := c.post(t, colleague, phoneForm, form)
	if body := w.Body.String(); w.Code != 409 || !strings.Contains(body, "Een half verhaal.") || !strings.Contains(body, "Dit is niet bewaard") {
		t.Errorf("%d", w.Code)
	}
}
