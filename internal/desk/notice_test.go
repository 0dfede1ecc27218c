package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

// Word to employees: everybody chooses for themselves, who manages for the organisation,
// and sees what became of it.
func TestWordToEmployees(t *testing.T) {
	c := open(t)
	sink, id := c.mails(t)
	c.deliver(t)
	const list = "/beheer/instellingen/berichten"
	says := func(name, path string, want ...string) {
		t.Helper()
		main := checkPage(t, c.get(t, name, path), "nl").Find("main").Text()
		for _, text := range want {
			if !strings.Contains(main, text) {
				t.Errorf("%s does not say %q", path, text)
			}
		}
	}
	says(admin, list, "Er is geen mail aan medewerkers", "--base-url")
	check(t, c.Office.Forward(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, c.forwarding(t), false))
	n := len(sink.Got())
	c.deliver(t)
	if got := sink.Got(); len(got) != n+1 || !strings.HasPrefix(got[n].To, "hedwig@") {
		t.Fatalf("%d messages went", len(got)-n)
	}
	says(admin, list, "nieuw werk", "verstuurd")
	if main := c.get(t, admin, list).Body.String(); strings.Contains(main, c.look(t, helpdesk, id).Number) || strings.Contains(main, "Brandsema") {
		t.Error("the list says to whom, or about which complaint")
	}
	c.comesBack(t, sink.Got()[n])
	says(admin, list, "Mail aan "+sink.Got()[n].To+" komt niet aan", "stuurde de mail terug", "Code: 5.1.1", "kwam om ")
	says(admin, "/beheer/medewerkers", "Mail aan "+sink.Got()[n].To+" komt niet aan", "Open het account")
	says(manager, frame.WorkPath+"?wie=me", c.look(t, helpdesk, id).Number)
	for _, name := range []string{helpdesk, manager, director, quality} {
		if w := c.get(t, name, list); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	c.chooses(t)
	form := blankForm(t, c.get(t, admin, "/beheer/instellingen"))
	if form.Get("notices") != "ja" {
		t.Errorf("it is on from the start: %q", form.Get("notices"))
	}
	form.Del("notices")
	if w := c.post(t, admin, "/beheer/instellingen", form); w.Code != http.StatusSeeOther {
		t.Errorf("%d", w.Code)
	}
	says(admin, "/beheer/instellingen/geschiedenis", "mail aan medewerkers over hun werk")
	says(admin, list, "staat uit bij Instellingen")
	says(manager, frame.AccountPath, "Uw organisatie heeft deze mail uitgezet")
}

// chooses lets the manager choose no word by e-mail, and see that.
func (c *counter) chooses(t *testing.T) {
	t.Helper()
	w := c.post(t, manager, frame.OwnNoticesPath, url.Values{"mail": {"nee"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d", w.Code)
	}
	doc := checkPage(t, c.get(t, manager, w.Header().Get("Location")), "nl")
	if doc.Find("input[name=mail][value=nee][checked]").Length() != 1 || !strings.Contains(doc.Find("main").Text(), "Uw keuze is bewaard") {
		t.Error("the choice is not shown")
	}
	if other := checkPage(t, c.get(t, helpdesk, frame.AccountPath), "nl"); other.Find("input[name=mail][value=ja][checked]").Length() != 1 {
		t.Error("somebody else's choice changed too")
	}
}

// forwarding sends a complaint to the manager of a department.
func (c *counter) forwarding(t *testing.T) complaint.Forwarding {
	t.Helper()
	departments, err := c.Store.Departments(t.Context())
	check(t, err)
	for _, d := range departments {
		if d.Name == "Scholing" {
			return complaint.Forwarding{Department: d.ID, Handler: d.Manager}
		}
	}
	t.Fatal("no such department")
	return complaint.Forwarding{}
}

// comesBack lets a mail server report that a mail did not arrive, and sees what the helpdesk
// reads about that: no form of the complaint, because the complainant said nothing.
func (c *counter) comesBack(t *testing.T, m smtptest.Mail) {
	t.Helper()
	taken, err := c.Mailroom.TakeIn(t.Context(), []byte(bounceOf(m)), record.MailPlace{})
	check(t, err)
	main := checkPage(t, c.get(t, helpdesk, frame.MailPath+"/"+taken.ID), "nl").Find("main")
	if !strings.Contains(main.Text(), "mail aan een medewerker niet is bezorgd") || main.Find("#antwoord-op").Length() != 0 {
		t.Errorf("the report reads %q", main.Text())
	}
}
