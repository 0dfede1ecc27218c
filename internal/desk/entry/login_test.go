package entry

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/access"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/procedure"
	"gehoor/internal/record"
	"gehoor/internal/store"
	"gehoor/internal/words"
)

// entrance is the entry of the desk on a real register, with a browser before it.
type entrance struct {
	*Door
	store   *store.Store
	now     time.Time
	token   string // opens the set-up
	address string
	browser *http.Client
}

func newEntrance(t *testing.T) *entrance {
	t.Helper()
	x := &entrance{now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	mac := func(parts ...[]byte) []byte {
		h := hmac.New(sha256.New, []byte("test"))
		for _, p := range parts {
			h.Write(p)
		}
		return h.Sum(nil)
	}
	var err error
	if x.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "gehoor.sqlite"), mac); err != nil {
		t.Fatal(err)
	}
	passwords := access.NewPasswords(access.Cost{Passes: 1, Memory: 64, Threads: 1}, 2)
	catalog, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	token, guard := access.NewSetUpToken()
	x.token = token
	x.Door = &Door{Personnel: &personnel.Personnel{
		Cupboard: x.store, Passwords: passwords, Tokens: access.Tokens{}, Guard: guard, Rules: procedure.Read,
		Index: func(purpose string, parts ...string) []byte { return mac([]byte(purpose + strings.Join(parts, "|"))) },
		Now:   func() time.Time { return x.now },
	}}
	x.Porch = &porch.Porch{Words: catalog, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Pages: x.Door, Who: Who(x.Personnel), LogIns: 1000}
	x.importProcedures(t)
	x.open(t)
	return x
}

func (x *entrance) importProcedures(t *testing.T) {
	t.Helper()
	for _, f := range procedure.Shipped() {
		r, err := procedure.Read(f.Text)
		if err != nil {
			t.Fatal(err)
		}
		if err := x.store.AddProcedure(t.Context(), record.ProcedureFile{ID: r.ID, Version: r.Version, ValidFrom: r.ValidFrom.String(), Text: f.Text, SHA256: f.Name}); err != nil {
			t.Fatal(err)
		}
	}
}

// open serves the entry, and a page of work that takes a form.
func (x *entrance) open(t *testing.T) {
	t.Helper()
	mux := http.NewServeMux()
	for _, r := range x.Routes() {
		mux.Handle(r.Pattern, x.Porch.Handle(r.Handler))
	}
	work := x.Porch.Staff(func(w http.ResponseWriter, r *http.Request) error {
		text := "werk"
		if r.Method == http.MethodPost {
			form, err := porch.ReadForm(r)
			if err != nil {
				return err
			}
			text = form.Raw("text")
		}
		return porch.Show(w, r, http.StatusOK, said(text))
	})
	mux.Handle(frame.WorkPath, x.Porch.Handle(work))
	front, err := x.Porch.Front(mux)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(front)
	t.Cleanup(func() {
		server.Close()
		if err := x.store.Close(); err != nil {
			t.Error(err)
		}
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	x.address, x.browser = server.URL, &http.Client{Jar: jar}
}

// said is a page of one text.
type said string

func (s said) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, "<html><body><h1>"+string(s)+"</h1></body></html>")
	return err
}

// shown is a page as the browser got it.
type shown struct {
	*goquery.Document
	status int
	path   string
	html   string
}

func (x *entrance) get(t *testing.T, path string) shown {
	t.Helper()
	got, err := x.browser.Get(x.address + path)
	if err != nil {
		t.Fatal(err)
	}
	return shownBy(t, got)
}

func (x *entrance) post(t *testing.T, path string, form url.Values) shown {
	t.Helper()
	got, err := x.browser.PostForm(x.address+path, form)
	if err != nil {
		t.Fatal(err)
	}
	return shownBy(t, got)
}

func shownBy(t *testing.T, got *http.Response) shown {
	t.Helper()
	defer got.Body.Close()
	html, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(html)))
	if err != nil {
		t.Fatal(err)
	}
	return shown{Document: doc, status: got.StatusCode, path: got.Request.URL.RequestURI(), html: string(html)}
}

// sound checks what every page must have.
func (a shown) sound(t *testing.T) {
	t.Helper()
	if n := a.Find("h1").Length(); n != 1 {
		t.Errorf("%s: %d h1", a.path, n)
	}
	if strings.Contains(a.html, "⟦") {
		t.Errorf("%s: a sentence is missing: %.60s", a.path, a.html[strings.Index(a.html, "⟦"):])
	}
	if n := a.Find("script, style, [style], [onclick]").Length(); n > 0 {
		t.Errorf("%s: %d scripts or inline styles", a.path, n)
	}
	a.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(a.Find("label[for='"+s.AttrOr("id", "")+"']").Text()) == "" {
			t.Errorf("%s: %q has no label", a.path, s.AttrOr("name", ""))
		}
	})
	seen := map[string]bool{}
	a.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("id", ""); seen[id] {
			t.Errorf("%s: id %q stands twice", a.path, id)
		} else {
			seen[id] = true
		}
	})
	a.Find("a[href^='#'], [aria-describedby], [aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
		for _, id := range strings.Fields(strings.TrimPrefix(s.AttrOr("href", ""), "#") + " " + s.AttrOr("aria-describedby", "") + " " + s.AttrOr("aria-labelledby", "")) {
			if !strings.HasPrefix(id, "/") && !seen[id] {
				t.Errorf("%s: #%s leads nowhere", a.path, id)
			}
		}
	})
	last := 0
	a.Find("main :is(h1,h2,h3)").Each(func(_ int, s *goquery.Selection) {
		if level := int(s.Nodes[0].Data[1] - '0'); level > last+1 {
			t.Errorf("%s: %q skips a level", a.path, s.Text())
		} else {
			last = level
		}
	})
}

const goodPassword = "een zin die niemand raadt"

// hire puts Anna in the register.
func (x *entrance) hire(t *testing.T, mustChange bool) record.Staff {
	t.Helper()
	hash, err := x.Personnel.Passwords.Hash(goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	anna := record.Staff{ID: complaint.Actor(record.NewID()), Name: "Anna de Wit", Email: "anna@lsr.example", Roles: []complaint.Role{complaint.Helpdesk},
		Active: true, Password: hash, MustChange: mustChange, Language: "nl", At: x.now}
	if err := x.store.SetUp(t.Context(), record.SetUp{Staff: []record.Staff{anna}, Setting: record.Setting{ID: "1", Name: "organisation", Value: `{"name":"Het LSR","phone":"030-299 00 04"}`, At: x.now}}); err != nil {
		t.Fatal(err)
	}
	return anna
}

func (x *entrance) logInAs(t *testing.T, password string, more ...string) shown {
	t.Helper()
	form := url.Values{"email": {"anna@lsr.example"}, "password": {password}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return x.post(t, "/inloggen", form)
}

func TestLogInPage(t *testing.T) {
	x := newEntrance(t)
	x.hire(t, false)
	first := x.get(t, "/werk?naam=jansen")
	first.sound(t)
	if first.path != "/inloggen?terug=%2Fwerk" || first.Find("input[name=terug]").AttrOr("value", "") != "/werk" {
		t.Errorf("sent to %s", first.path)
	}
	if !strings.Contains(first.Text(), "Het LSR") || !strings.Contains(first.Text(), "030-299 00 04") || !strings.Contains(first.Text(), "60 minuten") {
		t.Error("the page does not say where one is, whom to call, or when a session ends")
	}
	bad := x.logInAs(t, "fout", "terug", "/werk")
	bad.sound(t)
	if bad.status != 422 || bad.Find("#email").AttrOr("value", "") != "anna@lsr.example" || bad.Find("#password").AttrOr("value", "") != "" ||
		bad.Find("[role=alert] a[href='#email']").Length() != 1 || bad.Find("input[name=terug]").AttrOr("value", "") != "/werk" {
		t.Errorf("%d %s", bad.status, bad.html)
	}
	if got := x.logInAs(t, goodPassword, "terug", "//evil.example/"); got.path != "/werk" || got.Find("h1").Text() != "werk" {
		t.Errorf("after logging in at %s", got.path)
	}
	if got := x.get(t, "/inloggen"); got.path != "/werk" {
		t.Errorf("who is in already comes at %s", got.path)
	}
	if got := x.post(t, "/uitloggen", nil); got.path != "/inloggen" || got.Find(".gh-note").Length() != 1 {
		t.Errorf("after logging out at %s", got.path)
	}
	if got := x.get(t, "/werk"); !strings.HasPrefix(got.path, "/inloggen") {
		t.Errorf("still in: %s", got.path)
	}
}

func TestWaitingIsSaid(t *testing.T) {
	x := newEntrance(t)
	x.hire(t, false)
	for range 3 {
		x.logInAs(t, "fout")
	}
	got := x.logInAs(t, goodPassword)
	got.sound(t)
	if got.status != 429 || !strings.Contains(got.Text(), "Wacht even") {
		t.Errorf("%d %s", got.status, got.Text())
	}
}

func TestWhatWasTypedCanBeSentAfterLoggingIn(t *testing.T) {
	x := newEntrance(t)
	anna := x.hire(t, false)
	x.logInAs(t, goodPassword)
	x.now = x.now.Add(2 * time.Hour)
	const typed = "Eén regel & \"nog\" een +"
	over := x.post(t, "/werk", url.Values{"text": {typed}, "sleutel": {"k"}, page.OwnerField: {string(anna.ID)}})
	over.sound(t)
	kept := over.Find("input[name=bewaard]").AttrOr("value", "")
	if over.status != 401 || kept == "" || !strings.Contains(over.Text(), "Wat u typte, is er nog") {
		t.Fatalf("%d %s", over.status, over.Text())
	}
	back := over.Find("input[name=terug]").AttrOr("value", "")
	wrong := x.logInAs(t, "fout", "terug", back, "bewaard", kept)
	if wrong.Find("input[name=bewaard]").AttrOr("value", "") != kept {
		t.Error("a wrong password loses what was typed")
	}
	again := x.logInAs(t, goodPassword, "terug", back, "bewaard", kept)
	again.sound(t)
	form := again.Find("main form")
	if form.AttrOr("action", "") != "/werk" || form.Find("input[name=sleutel]").AttrOr("value", "") != "k" {
		t.Fatalf("%s", again.html)
	}
	if got := x.post(t, "/werk", url.Values{"text": {form.Find("input[name=text]").AttrOr("value", "")}}); got.Find("h1").Text() != typed {
		t.Errorf("sent %q", got.Find("h1").Text())
	}
}

func TestStartPasswordIsChangedFirst(t *testing.T) {
	x := newEntrance(t)
	x.hire(t, true)
	first := x.logInAs(t, goodPassword)
	first.sound(t)
	if first.path != "/wachtwoord" || !strings.Contains(first.Text(), "startwachtwoord van iemand anders") {
		t.Fatalf("at %s", first.path)
	}
	if got := x.get(t, "/account"); got.path != "/wachtwoord" {
		t.Errorf("work is open before: %s", got.path)
	}
	bad := x.post(t, "/wachtwoord", url.Values{"old_password": {"fout"}, "password": {"kort"}, "password_again": {"anders"}})
	bad.sound(t)
	if bad.status != 422 || bad.Find("[role=alert] li a").Length() != 3 || bad.Find("input[type=password][value]").Length() != 0 {
		t.Errorf("%d %s", bad.status, bad.html)
	}
	good := url.Values{"old_password": {goodPassword}, "password": {"mijn eigen lange zin"}, "password_again": {"mijn eigen lange zin"}}
	if got := x.post(t, "/wachtwoord", good); got.path != "/werk" {
		t.Errorf("after choosing at %s", got.path)
	}
	account := x.get(t, "/account?gedaan=wachtwoord")
	account.sound(t)
	if !strings.Contains(account.Text(), "anna@lsr.example") || account.Find("[role=status]").Length() != 1 {
		t.Errorf("%s", account.Text())
	}
}

func TestLanguage(t *testing.T) {
	x := newEntrance(t)
	x.hire(t, false)
	link := x.get(t, "/inloggen").Find("footer a[lang=en]").AttrOr("href", "")
	if got := x.get(t, link); got.path != "/inloggen" || got.Find("html").AttrOr("lang", "") != "en" {
		t.Errorf("%s leads to %s", link, got.path)
	}
	x.logInAs(t, goodPassword)
	if got := x.get(t, "/account"); got.Find("html").AttrOr("lang", "") != "nl" {
		t.Error("the account's own language does not go first")
	}
	if got := x.post(t, "/taal", url.Values{"language": {"en"}, "terug": {"/account"}}); got.path != "/account" || got.Find("html").AttrOr("lang", "") != "en" {
		t.Errorf("at %s", got.path)
	} else {
		got.sound(t)
	}
	if got := x.get(t, "/taal?lang=nl&terug=https://evil.example"); strings.Contains(got.path, "evil") {
		t.Error("the switch leads to another site")
	}
}

func TestProblems(t *testing.T) {
	x := newEntrance(t)
	x.hire(t, false)
	got := x.get(t, "/bestaat-niet")
	got.sound(t)
	if got.status != 404 || got.Find("h1").Text() != "Deze pagina is er niet" {
		t.Errorf("%d %s", got.status, got.Text())
	}
}

// The frame of the desk is used where somebody is at work.
func TestAccountStandsInTheFrameOfTheDesk(t *testing.T) {
	x := newEntrance(t)
	x.hire(t, false)
	x.Frame = func(r *http.Request, p frame.Page) (page.Frame, error) {
		return page.Frame{Voice: porch.Voice(r), Title: p.Title, Bar: &page.Bar{Name: "Anna"}}, nil
	}
	x.logInAs(t, goodPassword)
	for _, path := range []string{"/account", "/wachtwoord"} {
		got := x.get(t, path)
		got.sound(t)
		if got.Find("header.gh-bar").Length() != 1 {
			t.Errorf("%s has no bar", path)
		}
	}
}
