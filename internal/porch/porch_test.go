package porch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// text is a component that says something.
type text string

func (t text) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, string(t))
	return err
}

// plain draws what the porch has to say without any look.
type plain struct{}

func (plain) Problem(_ *http.Request, p Problem) Component {
	return text(fmt.Sprintf("%d|%s|%s|%s|%s", p.Status, p.Title, p.Text, strings.Join(p.Mistakes, ";"), p.Reference))
}

func (plain) LogInAgain(_ *http.Request, a Again) Component {
	return text(fmt.Sprintf("again|%s|%s|%v", a.URL, a.Kept, a.Files))
}

// house is a porch with what it logged.
type house struct {
	*Porch
	log bytes.Buffer
}

func newHouse(t *testing.T) *house {
	t.Helper()
	catalog, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{}
	h.Porch = &Porch{Words: catalog, Log: slog.New(slog.NewTextHandler(&h.log, nil)), Pages: plain{}, MaxUpload: 1 << 20,
		Who: func(_ context.Context, token string) (Visitor, error) {
			switch token {
			case "anna":
				return Visitor{Staff: record.Staff{Name: "Anna", Language: "en"}, Person: complaint.Person{ID: "a"}}, nil
			case "nieuw":
				return Visitor{Staff: record.Staff{MustChange: true}, Person: complaint.Person{ID: "n"}}, nil
			case "storing":
				return Visitor{}, &complaint.Error{Kind: complaint.Unavailable, Key: "error.unavailable"}
			}
			return Visitor{}, complaint.ErrNotFound
		}}
	return h
}

// serve answers one request with h at pattern.
func (h *house) serve(t *testing.T, pattern string, handler Handler, r *http.Request) *http.Response {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle(pattern, h.Handle(handler))
	front, err := h.Front(mux)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip") // compression holds answers back: it must not be in the way
	w := httptest.NewRecorder()
	front.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func hello(w http.ResponseWriter, r *http.Request) error {
	return Show(w, r, http.StatusOK, text("hallo"))
}

func TestErrorGate(t *testing.T) {
	for _, tt := range []struct {
		name   string
		err    error
		status int
		says   string
	}{
		{"not found", fmt.Errorf("office: %w", complaint.ErrNotFound), 404, "Deze pagina is er niet"},
		{"state", &complaint.Error{Kind: complaint.Refused, Key: "error.not_now"}, 409, "Dat kan nu niet meer"},
		{"forbidden", &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}, 403, "Dit mag u niet zien"},
		{"stale", &complaint.Error{Kind: complaint.Stale, Key: "error.stale"}, 409, "Er is intussen iets veranderd"},
		{"used key", &complaint.Error{Kind: complaint.UsedKey, Key: "error.used_key"}, 409, "al verstuurd"},
		{"unavailable", &complaint.Error{Kind: complaint.Unavailable, Key: "error.unavailable"}, 503, "even niets opslaan"},
		{"mistakes", complaint.Mistakes{{Kind: complaint.Invalid, Field: "x", Key: "error.required"}}, 422, "Vul dit in."},
		{"bad request", ErrBadRequest, 400, "Dit begrijpen wij niet"},
		{"failure", errors.New("table jansen does not exist"), 500, "Noem dit nummer"},
		{"too large", &http.MaxBytesError{Limit: 1}, 413, "te groot"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t)
			got := h.serve(t, "GET /a", func(http.ResponseWriter, *http.Request) error { return tt.err }, httptest.NewRequest("GET", "/a", nil))
			said := body(t, got)
			if got.StatusCode != tt.status || !strings.Contains(said, tt.says) {
				t.Errorf("got %d %q", got.StatusCode, said)
			}
			if strings.Contains(said, "jansen") {
				t.Error("the page shows a raw error")
			}
			if n := strings.Count(h.log.String(), "request failed"); n != map[bool]int{true: 1}[tt.status >= 500] {
				t.Errorf("%d failures logged: %s", n, h.log.String())
			}
		})
	}
}

func TestFailureIsLoggedWithTheNumberOnThePage(t *testing.T) {
	h := newHouse(t)
	got := h.serve(t, "GET /a", func(http.ResponseWriter, *http.Request) error { return errors.New("kapot") }, httptest.NewRequest("GET", "/a", nil))
	said := body(t, got)
	number := said[strings.LastIndex(said, "|")+1:]
	if len(number) != 9 || strings.Count(h.log.String(), "reference="+number) != 2 {
		t.Errorf("number %q, log %s", number, h.log.String())
	}
}

func TestPanics(t *testing.T) {
	h := newHouse(t)
	got := h.serve(t, "GET /a", func(http.ResponseWriter, *http.Request) error { panic("mevrouw Jansen") }, httptest.NewRequest("GET", "/a", nil))
	if got.StatusCode != 500 {
		t.Errorf("status %d", got.StatusCode)
	}
	if strings.Contains(h.log.String(), "Jansen") || !strings.Contains(h.log.String(), "panic: string") {
		t.Errorf("log: %s", h.log.String())
	}
}

func TestHalfAPageIsCutOff(t *testing.T) {
	for _, size := range []int{1, 10_000} {
		for _, fails := range []func() error{
			func() error { return errors.New("kapot") },
			func() error { panic("kapot") },
		} {
			if got := aborted(t, size, fails); got != http.ErrAbortHandler {
				t.Errorf("%d bytes: the connection was not ended: %v", size, got)
			}
		}
	}
}

// aborted gives what a handler panics with that fails after size bytes.
func aborted(t *testing.T, size int, fails func() error) (got any) {
	t.Helper()
	h := newHouse(t)
	defer func() { got = recover() }()
	h.serve(t, "GET /a", func(w http.ResponseWriter, _ *http.Request) error {
		_, _ = w.Write(bytes.Repeat([]byte("x"), size))
		return fails()
	}, httptest.NewRequest("GET", "/a", nil))
	return nil
}

func TestVisitorWhoLeftIsNoFailure(t *testing.T) {
	h := newHouse(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h.serve(t, "GET /a", func(_ http.ResponseWriter, r *http.Request) error { return r.Context().Err() }, httptest.NewRequest("GET", "/a", nil).WithContext(ctx))
	if strings.Contains(h.log.String(), "failed") {
		t.Errorf("log: %s", h.log.String())
	}
}

func TestMuxAnswersInOurWords(t *testing.T) {
	for _, tt := range []struct {
		method, path string
		status       int
		says, allow  string
	}{
		{"GET", "/b", 404, "Deze pagina is er niet", ""},
		{"DELETE", "/a", 405, "Zo kan deze bladzijde niet", "GET, HEAD"},
		{"GET", "/a", 200, "hallo", ""},
	} {
		h := newHouse(t)
		got := h.serve(t, "GET /a", hello, httptest.NewRequest(tt.method, tt.path, nil))
		if said := body(t, got); got.StatusCode != tt.status || !strings.Contains(said, tt.says) || got.Header.Get("Allow") != tt.allow {
			t.Errorf("%s %s: %d %q, allow %q", tt.method, tt.path, got.StatusCode, said, got.Header.Get("Allow"))
		}
	}
}

func TestHeaders(t *testing.T) {
	h := newHouse(t)
	got := h.serve(t, "GET /a", hello, httptest.NewRequest("GET", "/a", nil)).Header
	for name, want := range map[string]string{
		"Content-Security-Policy": policy, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		"Content-Type": "text/html; charset=utf-8", "Strict-Transport-Security": "",
	} {
		if got.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.Get(name), want)
		}
	}
	tls := h.serve(t, "GET /a", hello, httptest.NewRequest("GET", "https://klachten.example/a", nil))
	if tls.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS over TLS")
	}
}

func TestStylesheetMayBeKept(t *testing.T) {
	h := newHouse(t)
	mux := http.NewServeMux()
	mux.Handle("GET "+page.AssetPath, page.Assets())
	front, err := h.Front(mux)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", page.Asset("gehoor.css"), nil)
	r.Header.Set("Accept-Encoding", "gzip")
	front.ServeHTTP(w, r)
	if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("Cache-Control %q", got)
	}
	if w.Header().Get("Content-Encoding") != "gzip" {
		t.Error("the stylesheet is not compressed")
	}
}

func TestOtherSitesMayNotPost(t *testing.T) {
	for site, want := range map[string]int{"cross-site": 403, "same-site": 403, "same-origin": 200} {
		h := newHouse(t)
		r := httptest.NewRequest("POST", "/a", nil)
		r.Header.Set("Sec-Fetch-Site", site)
		if got := h.serve(t, "POST /a", hello, r); got.StatusCode != want {
			t.Errorf("%s: %d, want %d", site, got.StatusCode, want)
		}
	}
}

func TestHead(t *testing.T) {
	h := newHouse(t)
	got := h.serve(t, "GET /a", hello, httptest.NewRequest("HEAD", "/a", nil))
	if said := body(t, got); got.StatusCode != 200 || said != "" || got.Header.Get("Content-Length") != "5" {
		t.Errorf("%d %q, length %q", got.StatusCode, said, got.Header.Get("Content-Length"))
	}
}

func TestLogSaysNothingPersonal(t *testing.T) {
	h := newHouse(t)
	r := httptest.NewRequest("GET", "/klachten/2026-417?naam=jansen", nil)
	r.RemoteAddr = "198.51.100.7:5000"
	r.Header.Set("User-Agent", "Mozilla jansen")
	h.serve(t, "GET /klachten/{id}", hello, r)
	line := h.log.String()
	if !strings.Contains(line, `route="GET /klachten/{id}"`) || !strings.Contains(line, "status=200") {
		t.Errorf("log: %s", line)
	}
	for _, no := range []string{"417", "jansen", "198.51", "Mozilla"} {
		if strings.Contains(line, no) {
			t.Errorf("the log has %q: %s", no, line)
		}
	}
}

func TestLogInIsLimitedPerAddress(t *testing.T) {
	h := newHouse(t)
	h.LogIns = 3
	mux := http.NewServeMux()
	mux.Handle("POST /inloggen", h.Handle(h.LimitLogIn(hello)))
	front, err := h.Front(mux)
	if err != nil {
		t.Fatal(err)
	}
	try := func(from string) int {
		r := httptest.NewRequest("POST", "/inloggen", nil)
		r.RemoteAddr = from + ":5000"
		w := httptest.NewRecorder()
		front.ServeHTTP(w, r)
		return w.Code
	}
	for range 3 {
		if got := try("198.51.100.7"); got != 200 {
			t.Fatalf("status %d", got)
		}
	}
	if got := try("198.51.100.7"); got != 429 {
		t.Errorf("fourth try: %d", got)
	}
	if got := try("198.51.100.8"); got != 200 {
		t.Errorf("another address: %d", got)
	}
}

func TestLanguage(t *testing.T) {
	for _, tt := range []struct{ cookie, accept, session, want string }{
		{"", "", "", "nl"},
		{"", "en-GB,en;q=0.9,nl;q=0.8", "", "en"},
		{"", "de,fr;q=0.9", "", "nl"},
		{"", "en;q=0.1,nl;q=0.9", "", "nl"},
		{"en", "nl", "", "en"},
		{"xx", "nl", "", "nl"},
		{"nl", "nl", "anna", "en"}, // the account's own language
	} {
		h := newHouse(t)
		r := httptest.NewRequest("GET", "/a", nil)
		r.Header.Set("Accept-Language", tt.accept)
		if tt.cookie != "" {
			r.AddCookie(&http.Cookie{Name: "taal", Value: tt.cookie})
		}
		if tt.session != "" {
			r.AddCookie(&http.Cookie{Name: "gehoor", Value: tt.session})
		}
		got := h.serve(t, "GET /a", func(w http.ResponseWriter, r *http.Request) error {
			return Show(w, r, 200, text(Voice(r).Lang()))
		}, r)
		if said := body(t, got); said != tt.want {
			t.Errorf("%+v: %s", tt, said)
		}
	}
}

func TestLanguagesLeadBackWithoutTheQuery(t *testing.T) {
	h := newHouse(t)
	h.serve(t, "GET /a", func(_ http.ResponseWriter, r *http.Request) error {
		got := Languages(r)
		if len(got) != 1 || got[0].Code != "en" || got[0].Href != "/taal?lang=en&terug=%2Fa" {
			t.Errorf("got %+v", got)
		}
		return nil
	}, httptest.NewRequest("GET", "/a?zoek=jansen", nil))
}
