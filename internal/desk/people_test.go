package desk_test

import (
	"context"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/complaint"
)

// managePages are all pages of Beheer, with %s for an account and a department.
func managePages(c *counter, t *testing.T) []string {
	t.Helper()
	departments, err := c.Store.Departments(context.Background())
	check(t, err)
	return []string{"/beheer/medewerkers", "/beheer/medewerkers/nieuw", "/beheer/medewerkers/" + string(c.staff[helpdesk].ID),
		"/beheer/afdelingen", "/beheer/afdelingen/nieuw", "/beheer/afdelingen/" + departments[0].ID}
}

func TestOnlyAdministratorsReachManagement(t *testing.T) {
	c := open(t)
	for _, path := range managePages(c, t) {
		for _, name := range []string{helpdesk, manager, quality, director} {
			if w := c.get(t, name, path); w.Code != 403 {
				t.Errorf("%s at %s: %d", name, path, w.Code)
			}
			if w := c.post(t, name, path, url.Values{"name": {"x"}}); w.Code != 403 && w.Code != 405 && w.Code != 404 {
				t.Errorf("%s posts to %s: %d", name, path, w.Code)
			}
		}
		if w := c.get(t, "", path); w.Code != 303 {
			t.Errorf("nobody at %s: %d", path, w.Code)
		}
	}
	for _, name := range []string{helpdesk, manager, quality} {
		if w := c.get(t, name, "/voorstellen"); w.Code != 403 {
			t.Errorf("%s at /voorstellen: %d", name, w.Code)
		}
	}
	if w := c.get(t, admin, "/beheer/medewerkers/nobody"); w.Code != 404 {
		t.Errorf("nobody's page: %d", w.Code)
	}
}

func TestManagementInBothLanguages(t *testing.T) {
	c := open(t)
	form := url.Values{"name": {"Els <Bos>"}, "email": {"els@lsr.example.org"}, "roles": {"helpdesk", "manager"}, "days": {"1", "2"}}
	if w := c.post(t, admin, "/beheer/medewerkers/nieuw", form); w.Code != 303 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	c.post(t, admin, "/beheer/medewerkers/"+string(c.staff[helpdesk].ID)+"/wachtwoord", nil)
	c.post(t, admin, "/beheer/medewerkers/"+string(c.staff[quality].ID)+"/code", nil)
	departments, err := c.Store.Departments(context.Background())
	check(t, err)
	d := departments[0]
	c.post(t, admin, "/beheer/afdelingen/"+d.ID, url.Values{"name": {d.Name}, "manager": {string(d.Deputy)}, "deputy": {string(d.Manager)}})
	for _, lang := range []string{"nl", "en"} {
		c.speaks(t, admin, lang)
		c.speaks(t, director, lang)
		for _, path := range managePages(c, t) {
			checkPage(t, c.get(t, admin, path), lang)
			if w := c.post(t, admin, path, url.Values{"days": {"9"}}); w.Code == 422 {
				checkPage(t, w, lang)
			}
		}
		for _, name := range []string{admin, director} {
			w := c.get(t, name, "/voorstellen")
			doc := checkPage(t, w, lang)
			if n := doc.Find("main .gh-card").Length(); n != 4 {
				t.Errorf("%s sees %d proposals", name, n)
			}
		}
		checkPage(t, c.get(t, director, "/wie-mag-wat"), lang)
	}
}

func TestProposalThroughThePages(t *testing.T) {
	c := open(t)
	bad := c.post(t, admin, "/beheer/medewerkers/nieuw", url.Values{"name": {"Els <Bos>"}, "email": {"geen adres"}, "roles": {"helpdesk"}, "phone": {"bel mij"}})
	doc := checkPage(t, bad, "nl")
	if bad.Code != 422 || doc.Find("[role=alert] li").Length() != 3 || doc.Find("#name").AttrOr("value", "") != "Els <Bos>" || doc.Find("input[name=roles][value=helpdesk][checked]").Length() != 1 {
		t.Errorf("%d %s", bad.Code, doc.Find("[role=alert]").Text())
	}
	made := c.post(t, admin, "/beheer/medewerkers/nieuw", url.Values{"name": {"Els Bos"}, "email": {"els@lsr.example.org"}, "roles": {"helpdesk"}, "days": {"1"}})
	if made.Code != 303 || strings.Contains(made.Header().Get("Location"), "Els") {
		t.Fatalf("%d %s", made.Code, made.Header().Get("Location"))
	}
	own := document(t, c.get(t, admin, "/voorstellen"))
	if own.Find("main form[action$=goedkeuren]").Length() != 0 || own.Find("main form[action$=afkeuren]").Length() != 1 {
		t.Error("who proposed may approve")
	}
	doc = document(t, c.get(t, director, "/voorstellen"))
	if !strings.Contains(doc.Find(".gh-bar").Text(), "Voorstellen") || !strings.Contains(doc.Find(".gh-bar [aria-current=page]").Text(), "1") {
		t.Errorf("the menu says %q", doc.Find(".gh-bar").Text())
	}
	approve := doc.Find("main form[action$=goedkeuren]").AttrOr("action", "")
	if w := c.post(t, admin, approve, nil); w.Code != 409 {
		t.Errorf("the proposer approves: %d", w.Code)
	}
	w := c.post(t, director, approve, nil)
	start := document(t, w).Find("main code").Text()
	if w.Code != 200 || len(start) != 19 {
		t.Fatalf("%d, start password %q", w.Code, start)
	}
	checkPage(t, w, "nl")
	if _, in, err := c.People.LogIn(t.Context(), "els@lsr.example.org", start); err != nil || !in.Person().Is(complaint.Helpdesk) {
		t.Errorf("%+v %v", in.Roles, err)
	}
	if w := c.post(t, director, approve, nil); w.Code != 409 {
		t.Errorf("twice: %d", w.Code)
	}
}

// A director sees all grants at the first log-in, and presses once.
func TestDirectorLooksAtGrants(t *testing.T) {
	c := open(t)
	logIn := func() *httptest.ResponseRecorder {
		return c.post(t, "", "/inloggen", url.Values{"email": {c.staff[director].Email}, "password": {"elke klacht gehoord"}, "terug": {"/register"}})
	}
	if to := logIn().Header().Get("Location"); to != "/wie-mag-wat" {
		t.Errorf("the first log-in leads to %s", to)
	}
	doc := checkPage(t, c.get(t, director, "/wie-mag-wat"), "nl")
	if doc.Find("tbody tr").Length() != len(c.staff) {
		t.Errorf("%d of %d", doc.Find("tbody tr").Length(), len(c.staff))
	}
	form := blankForm(t, c.get(t, director, "/wie-mag-wat"))
	if w := c.post(t, director, "/wie-mag-wat", form); w.Code != 303 {
		t.Errorf("%d", w.Code)
	}
	if to := logIn().Header().Get("Location"); to != "/register" {
		t.Errorf("later it leads to %s", to)
	}
	c.Clock.Set(c.Clock.Now().Add(time.Minute))
	_, err := c.People.ResetPassword(t.Context(), c.person(admin), c.staff[helpdesk].ID)
	check(t, err)
	all, err := c.People.Proposals(t.Context(), c.person(director))
	check(t, err)
	_, err = c.People.ApproveOnServer(t.Context(), all[0].ID)
	check(t, err)
	if to := logIn().Header().Get("Location"); to != "/wie-mag-wat" {
		t.Errorf("after approval on the server: %s", to)
	}
	if doc := checkPage(t, c.get(t, director, "/wie-mag-wat"), "nl"); !strings.Contains(doc.Find("main").Text(), "Goedgekeurd op de server") {
		t.Error("it is not shown")
	}
}

func TestSettingsThroughThePages(t *testing.T) {
	c := open(t)
	pages := []string{"/beheer/instellingen", "/beheer/instellingen/geschiedenis", "/beheer/sluitingsdagen"}
	for _, path := range pages {
		for _, name := range []string{helpdesk, manager, quality, director} {
			if w := c.get(t, name, path); w.Code != 403 {
				t.Errorf("%s at %s: %d", name, path, w.Code)
			}
			if w := c.post(t, name, path, url.Values{"from": {"2026-12-24"}, "to": {"2026-12-24"}}); w.Code != 403 && w.Code != 405 {
				t.Errorf("%s posts to %s: %d", name, path, w.Code)
			}
		}
	}
	form := blankForm(t, c.get(t, admin, "/beheer/instellingen"))
	form.Set("phone", "030-299 00 04")
	form.Set("name", "")
	bad := c.post(t, admin, "/beheer/instellingen", form)
	if doc := checkPage(t, bad, "nl"); bad.Code != 422 || doc.Find("#phone").AttrOr("value", "") != "030-299 00 04" {
		t.Errorf("%d", bad.Code)
	}
	form.Set("name", "Het LSR")
	if w := c.post(t, admin, "/beheer/instellingen", form); w.Code != 303 {
		t.Errorf("%d %s", w.Code, checkPage(t, w, "nl").Find("[role=alert]").Text())
	}
	stale := c.post(t, admin, "/beheer/instellingen", form)
	if doc := checkPage(t, stale, "nl"); stale.Code != 422 || !strings.Contains(doc.Find("[role=alert]").Text(), "intussen") {
		t.Errorf("a form of before: %d", stale.Code)
	}
	if w := c.post(t, admin, "/beheer/instellingen/procedure", url.Values{"procedure": {"awb-wkkgz"}, "from": {"2027-01-01"}}); w.Code != 303 {
		t.Errorf("%d", w.Code)
	}
	for _, lang := range []string{"nl", "en"} {
		c.speaks(t, admin, lang)
		for _, path := range pages {
			checkPage(t, c.get(t, admin, path), lang)
		}
		checkPage(t, c.post(t, admin, "/beheer/instellingen/procedure", url.Values{}), lang)
		checkPage(t, c.post(t, admin, "/beheer/sluitingsdagen", url.Values{}), lang)
	}
}

// The helpdesk sees what falls due in closing days; who reads nothing sees nothing.
func TestWhatFallsDueInClosingDays(t *testing.T) {
	c := open(t)
	if w := c.post(t, admin, "/beheer/sluitingsdagen", url.Values{"from": {"2026-11-25"}, "to": {"2026-12-04"}}); w.Code != 303 {
		t.Fatalf("%d", w.Code)
	}
	c.speaks(t, admin, "nl")
	doc := checkPage(t, c.get(t, helpdesk, "/sluitingsdagen"), "nl")
	links := doc.Find("tbody a[href^='/klachten/']")
	if links.Length() == 0 {
		t.Fatal("nothing falls due")
	}
	if w := c.get(t, helpdesk, links.AttrOr("href", "")); w.Code != 200 {
		t.Errorf("the link leads to %d", w.Code)
	}
	if n := checkPage(t, c.get(t, manager, "/sluitingsdagen"), "nl").Find("tbody a[href^='/klachten/']").Length(); n == 0 || n >= links.Length() {
		t.Errorf("the manager sees %d of %d", n, links.Length())
	}
	for _, path := range []string{"/sluitingsdagen", "/beheer/sluitingsdagen"} {
		if n := checkPage(t, c.get(t, admin, path), "nl").Find("a[href^='/klachten/']").Length(); n > 1 { // one is the menu's
			t.Errorf("the administrator sees %d at %s", n, path)
		}
	}
	if w := c.post(t, admin, "/beheer/sluitingsdagen/open", url.Values{"from": {"2026-11-25"}, "to": {"2026-12-04"}}); w.Code != 303 {
		t.Errorf("%d", w.Code)
	}
}

// While a manager is away, the deputy reads the manager's dossiers; not when the deputy
// is away too.
func TestDeputyReadsWhileTheManagerIsAway(t *testing.T) {
	c := open(t)
	const away, deputy = manager, "Liesbeth van der Oort"
	count := func(name string) int {
		return document(t, c.get(t, name, "/werk")).Find("tbody tr").Length()
	}
	own, theirs := count(deputy), count(away)
	if theirs == 0 {
		t.Fatal("nothing to stand in for")
	}
	bad := c.post(t, away, "/account/afwezig", url.Values{"from": {"2026-11-25"}, "to": {"2026-11-24"}})
	if doc := checkPage(t, bad, "nl"); bad.Code != 422 || doc.Find("#from").AttrOr("value", "") != "2026-11-25" || doc.Find("[role=alert] li").Length() != 1 {
		t.Errorf("%d %s", bad.Code, doc.Find("[role=alert]").Text())
	}
	days := url.Values{"from": {"2026-11-23"}, "to": {"2026-11-27"}}
	first := c.post(t, away, "/account/afwezig", days)
	if doc := checkPage(t, first, "nl"); first.Code != 200 || !strings.Contains(doc.Find("main").Text(), deputy) || doc.Find("main a[href^='/klachten/']").Length() == 0 || doc.Find("input[name=gezien]").Length() != 1 {
		t.Errorf("before it is saved: %d %s", first.Code, doc.Find("main").Text())
	}
	if n := count(deputy); n != own {
		t.Errorf("looked at only, and the deputy sees %d", n)
	}
	days.Set("gezien", "1")
	for range 2 { // a double click
		if w := c.post(t, away, "/account/afwezig", days); w.Code != 303 {
			t.Fatalf("%d", w.Code)
		}
	}
	if n := count(deputy); n != own+theirs {
		t.Errorf("the deputy sees %d, not %d and %d", n, own, theirs)
	}
	doc := checkPage(t, c.get(t, away, "/account/afwezig"), "nl")
	if doc.Find("tbody tr").Length() != 1 || !strings.Contains(doc.Find("tbody").Text(), deputy) {
		t.Errorf("the page says %q", doc.Find("tbody").Text())
	}
	days.Set("staff", string(c.staff[deputy].ID))
	if w := c.post(t, admin, "/beheer/afwezigheid", days); w.Code != 303 {
		t.Fatalf("the administrator writes it down: %d", w.Code)
	}
	if n := count(deputy); n != own {
		t.Errorf("a deputy who is away sees %d, not %d", n, own)
	}
	all := checkPage(t, c.get(t, admin, "/beheer/afwezigheid"), "nl")
	back := all.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return strings.HasPrefix(strings.TrimSpace(s.Find("th").Text()), deputy)
	}).Find("form").AttrOr("action", "")
	if w := c.post(t, quality, back, nil); w.Code != 403 {
		t.Errorf("somebody else calls the deputy back: %d", w.Code)
	}
	if w := c.post(t, admin, back, nil); w.Code != 303 {
		t.Errorf("%d", w.Code)
	}
	if n := count(deputy); n != own+theirs {
		t.Errorf("back again the deputy sees %d", n)
	}
	for _, name := range []string{helpdesk, quality} {
		if w := c.get(t, name, "/beheer/afwezigheid"); w.Code != 403 {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	c.speaks(t, admin, "en")
	checkPage(t, c.get(t, admin, "/beheer/afwezigheid"), "en")
	checkPage(t, c.post(t, admin, "/beheer/afwezigheid", url.Values{"from": {"x"}}), "en")
}

// Own paragraphs and contact persons through their page, and in the history.
func TestOwnWordsInLetters(t *testing.T) {
	const path = "/beheer/instellingen/brieven"
	c := open(t)
	c.speaks(t, admin, "nl")
	page := checkPage(t, c.get(t, admin, path), "nl")
	contact := page.Find("select[name^=contact_]").First().AttrOr("name", "")
	version := page.Find("input[name=versie]").First().AttrOr("value", "")
	long := c.post(t, admin, path, url.Values{"versie": {version}, "paragraph_answer_nl": {strings.Repeat("a", 601)}, "paragraph_answer_en": {"kept"}})
	if doc := checkPage(t, long, "nl"); long.Code != 422 || doc.Find("#paragraph_answer_en").Text() != "kept" || doc.Find("[role=alert] a[href='#paragraph_answer_nl']").Length() != 1 {
		t.Errorf("%d %s", long.Code, doc.Find("[role=alert]").Text())
	}
	if w := c.post(t, admin, path, url.Values{"versie": {version}, "paragraph_answer_nl": {"Kom <b>langs</b>."}}); w.Code != 303 {
		t.Fatalf("%d", w.Code)
	}
	stale := c.post(t, admin, path, url.Values{"versie": {version}, "paragraph_answer_nl": {"Iets anders."}})
	if doc := checkPage(t, stale, "nl"); stale.Code != 422 || doc.Find("#paragraph_answer_nl").Text() != "Iets anders." {
		t.Errorf("a form of before: %d", stale.Code)
	}
	if w := c.post(t, admin, path+"/contact", url.Values{contact: {string(c.staff[helpdesk].ID)}}); w.Code != 303 {
		t.Fatalf("%d", w.Code)
	}
	doc := checkPage(t, c.get(t, admin, path), "nl")
	if doc.Find("#paragraph_answer_nl").Text() != "Kom <b>langs</b>." || doc.Find("select[name="+contact+"] option[selected]").AttrOr("value", "") != string(c.staff[helpdesk].ID) {
		t.Error("what was saved is not shown")
	}
	history := checkPage(t, c.get(t, admin, "/beheer/instellingen/geschiedenis"), "nl").Find("tbody").Text()
	if !strings.Contains(history, "Kom <b>langs</b>.") || !strings.Contains(history, "contactpersoon") || !strings.Contains(history, helpdesk) || !strings.Contains(history, "eigen alinea") {
		t.Errorf("the history says %s", history)
	}
	c.speaks(t, admin, "en")
	checkPage(t, c.get(t, admin, path), "en")
}
