package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// A form that waits shows why, and one press makes it a dossier; who is named in it finds
// nothing.
func TestFormThatWaitsIsTakenInByOnePress(t *testing.T) {
	c := open(t)
	draft, err := c.Office.Begin()
	check(t, err)
	got, err := c.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "een"}, office.Intake{Draft: draft,
		Receipt: complaint.Receipt{Title: "Een dienst", Description: "Meneer Haverdonk belde mij niet terug.", DesiredOutcome: "Ik wil een telefoontje.",
			Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential},
		Identity: record.Identity{Name: "Geertje Wolkenveld", Email: "geertje@example.org", Way: "email"}}, mailroom.TooFast)
	check(t, err)
	path := "/postkamer/binnen/" + draft.ID
	if list := document(t, c.get(t, helpdesk, "/postkamer/binnen")).Find("main").Text(); !strings.Contains(list, "Geertje Wolkenveld") || !strings.Contains(list, "heel snel ingevuld") {
		t.Errorf("the list does not show the form:\n%s", list)
	}
	one := document(t, c.get(t, helpdesk, path)).Find("main").Text()
	for _, text := range []string{"Meneer Haverdonk belde mij niet terug.", "Ik wil een telefoontje.", got.Number, "lijkt een medewerker te noemen"} {
		if !strings.Contains(one, text) {
			t.Errorf("the form does not show %q:\n%s", text, one)
		}
	}
	if w := c.get(t, "Pim Haverdonk", path); w.Code != http.StatusNotFound {
		t.Errorf("who is named gets status %d", w.Code)
	}
	w := c.post(t, helpdesk, path+"/neem-aan", url.Values{"sleutel": {"twee"}})
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/klachten/"+draft.ID) {
		t.Fatalf("status %d to %q", w.Code, w.Header().Get("Location"))
	}
	if text := document(t, c.get(t, helpdesk, "/klachten/"+draft.ID)).Find("main").Text(); !strings.Contains(text, got.Number) {
		t.Error("there is no dossier")
	}
	if again := c.post(t, helpdesk, path+"/neem-aan", url.Values{"sleutel": {"twee"}}); again.Code != http.StatusSeeOther {
		t.Errorf("a second press: status %d", again.Code)
	}
}

// A complaint of the form is taken up by a button, or by forwarding it.
func TestFormIsTakenUp(t *testing.T) {
	c := open(t)
	draft, err := c.Office.Begin()
	check(t, err)
	_, err = c.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "een"}, office.Intake{Draft: draft,
		Receipt: complaint.Receipt{Title: "Een dienst", Description: "Het rapport kwam te laat.", DesiredOutcome: "Een vaste datum.",
			Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential},
		Identity: record.Identity{Name: "Geertje Wolkenveld", Email: "geertje@example.org", Way: "email"}})
	check(t, err)
	page := document(t, c.get(t, helpdesk, "/klachten/"+draft.ID))
	if page.Find("a[href='/klachten/"+draft.ID+"/aannemen']").Length() == 0 || !strings.Contains(page.Find("main").Text(), "nog aanvullen") {
		t.Error("the dossier does not ask who takes it in")
	}
	forward := document(t, c.get(t, helpdesk, "/klachten/"+draft.ID+"/doorsturen"))
	if forward.Find("input[name=department][checked]").Length() != 1 || !strings.Contains(forward.Find("main").Text(), "De vorige klacht hierover ging ook hierheen") {
		t.Error("no department is proposed, though complaints about a service went somewhere before")
	}
	document(t, c.get(t, helpdesk, "/klachten/"+draft.ID+"/aannemen"))
	if w := c.post(t, helpdesk, "/klachten/"+draft.ID+"/aannemen", url.Values{"sleutel": {"twee"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", w.Code, w.Body)
	}
	if page := document(t, c.get(t, helpdesk, "/klachten/"+draft.ID)); page.Find("a[href='/klachten/"+draft.ID+"/aannemen']").Length() > 0 ||
		!strings.Contains(page.Find("main").Text(), "Aangenomen door") {
		t.Error("the dossier does not say who took it in")
	}
}
