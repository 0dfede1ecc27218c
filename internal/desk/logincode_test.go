package desk_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"gehoor/internal/access"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
)

// withCodes lets the house ask codes.
func (c *counter) withCodes() {
	turn := func(_ string, b []byte) ([]byte, error) {
		out := bytes.Clone(b)
		for i := range out {
			out[i] ^= 0xff
		}
		return out, nil
	}
	c.People.Codes, c.People.SealFactor, c.People.OpenFactor = access.Codes{}, turn, turn
}

// at visits with a token of its own, and gives the token of the answer, if any.
func (c *counter) at(t *testing.T, token, path string, form url.Values) (*httptest.ResponseRecorder, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if token != "" {
		r.AddCookie(&http.Cookie{Name: "gehoor", Value: token})
	}
	w := c.visit(t, "", r)
	for _, cookie := range w.Result().Cookies() {
		if cookie.Name == "gehoor" {
			token = cookie.Value
		}
	}
	return w, token
}

func TestCodeThroughThePages(t *testing.T) {
	c := open(t)
	c.People.Codes = nil
	if w := c.get(t, helpdesk, "/account/code"); w.Code != 404 {
		t.Errorf("without codes: %d", w.Code)
	}
	c.withCodes()
	settings, _, err := c.People.Settings(t.Context(), c.person(admin))
	check(t, err)
	settings.SecondFactor, settings.Language = true, "nl"
	_, err = c.People.ChangeOrganisation(t.Context(), c.person(admin), "", personnel.OrganisationForm{Organisation: settings, Retention: "24"})
	check(t, err)
	who := url.Values{"email": {c.staff[helpdesk].Email}, "password": {"elke klacht gehoord"}, "terug": {"/register"}}
	w, token := c.at(t, "", "/inloggen", who)
	doc := checkPage(t, w, "nl")
	if w.Code != 200 || doc.Find("main code").Length() != 2 {
		t.Fatalf("%d %s", w.Code, doc.Find("main").Text())
	}
	if w, _ := c.at(t, token, "/register", nil); w.Code != 303 {
		t.Errorf("in without a code: %d", w.Code)
	}
	bad, _ := c.at(t, token, "/inloggen/code", url.Values{"code": {"abc"}, "terug": {"/register"}})
	if doc := checkPage(t, bad, "nl"); bad.Code != 422 || doc.Find("[role=alert] li").Length() != 1 || doc.Find("input[name=terug]").AttrOr("value", "") != "/register" {
		t.Errorf("a wrong code: %d", bad.Code)
	}
	secret, err := c.People.Secret(t.Context(), c.staff[helpdesk])
	check(t, err)
	code := func() url.Values {
		return url.Values{"code": {access.Codes{}.CodeAt(secret, c.Clock.Now())}, "terug": {"/register"}}
	}
	w, in := c.at(t, token, "/inloggen/code", code())
	if doc := checkPage(t, w, "nl"); doc.Find("main li code").Length() != 8 || doc.Find("main a.gh-button").AttrOr("href", "") != "/register" {
		t.Errorf("%d recovery codes", doc.Find("main li code").Length())
	}
	if w, _ := c.at(t, in, "/register", nil); w.Code != 200 {
		t.Errorf("with a code: %d", w.Code)
	}
	c.Clock.Set(c.Clock.Now().Add(time.Minute))
	_, token = c.at(t, "", "/inloggen", who)
	if w, _ := c.at(t, token, "/inloggen/code", code()); w.Code != 303 || w.Header().Get("Location") != "/register" {
		t.Errorf("the second time: %d to %s", w.Code, w.Header().Get("Location"))
	}
	if w, _ := c.at(t, "", "/inloggen/code", nil); w.Code != 303 || w.Header().Get("Location") != "/inloggen" {
		t.Errorf("nobody: %d", w.Code)
	}
	checkPage(t, mustShow(t, c, in, "/account/code", nil), "nl")
	c.Clock.Set(c.Clock.Now().Add(time.Minute))
	if doc := checkPage(t, mustShow(t, c, in, "/account/code", code()), "nl"); doc.Find("main li code").Length() != 8 {
		t.Error("no new recovery codes")
	}
}

func mustShow(t *testing.T, c *counter, token, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	w, _ := c.at(t, token, path, form)
	if w.Code != 200 {
		t.Fatalf("%s: %d", path, w.Code)
	}
	return w
}

// What was typed before the session ended goes along through the code.
func TestTypedTextGoesThroughTheCode(t *testing.T) {
	c := open(t)
	c.withCodes()
	secret, err := c.People.Secret(t.Context(), c.staff[helpdesk])
	check(t, err)
	_, err = c.People.UseApp(t.Context(), c.staff[helpdesk], access.Codes{}.CodeAt(secret, c.Clock.Now()))
	check(t, err)
	c.Clock.Set(c.Clock.Now().Add(time.Minute))
	w, _ := c.at(t, "", "/klachten/nieuw/telefoon", url.Values{"description": {"Wat ik typte"}, page.OwnerField: {string(c.staff[helpdesk].ID)}})
	kept := document(t, w).Find("input[name=bewaard]").AttrOr("value", "")
	w, token := c.at(t, "", "/inloggen", url.Values{"email": {c.staff[helpdesk].Email}, "password": {"elke klacht gehoord"}, "terug": {"/klachten/nieuw/telefoon"}, "bewaard": {kept}})
	form := blankForm(t, w)
	form.Set("code", access.Codes{}.CodeAt(secret, c.Clock.Now()))
	w, _ = c.at(t, token, "/inloggen/code", form)
	doc := checkPage(t, w, "nl")
	if doc.Find("main form").AttrOr("action", "") != "/klachten/nieuw/telefoon" || doc.Find("input[name=description]").AttrOr("value", "") != "Wat ik typte" {
		t.Errorf("lost: %s", doc.Find("main").Text())
	}
}

func TestOwnAccountPages(t *testing.T) {
	c := open(t)
	c.withCodes()
	first := c.token(t, helpdesk)
	c.Clock.Set(c.Clock.Now().Add(time.Minute))
	delete(c.tokens, helpdesk)
	for _, lang := range []string{"nl", "en"} {
		c.speaks(t, helpdesk, lang)
		for _, path := range []string{"/account", "/account/code", "/account/apparaten", "/account/afwezig", "/sluitingsdagen"} {
			checkPage(t, c.get(t, helpdesk, path), lang)
		}
		checkPage(t, c.post(t, helpdesk, "/account/code", url.Values{"code": {"1"}}), lang)
	}
	doc := document(t, c.get(t, helpdesk, "/account/apparaten"))
	if doc.Find("tbody tr").Length() != 2 || doc.Find("tbody form").Length() != 1 {
		t.Fatalf("%s", doc.Find("tbody").Text())
	}
	if w := c.post(t, helpdesk, doc.Find("tbody form").AttrOr("action", ""), nil); w.Code != 303 {
		t.Errorf("%d", w.Code)
	}
	if w, _ := c.at(t, first, "/werk", nil); w.Code != 303 {
		t.Errorf("the other device: %d", w.Code)
	}
	if w := c.post(t, helpdesk, "/account/apparaten/andere/uit", nil); w.Code != 303 {
		t.Errorf("%d", w.Code)
	}
	if w := c.get(t, helpdesk, "/werk"); w.Code != 200 {
		t.Errorf("this device: %d", w.Code)
	}
}
