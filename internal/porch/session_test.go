package porch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestStaff(t *testing.T) {
	for _, tt := range []struct {
		token, method string
		status        int
		location      string
	}{
		{"anna", "GET", 200, ""},
		{"", "GET", 303, "/inloggen?terug=%2Fwerk"},
		{"oud", "GET", 303, "/inloggen?terug=%2Fwerk"},
		{"oud", "HEAD", 303, "/inloggen?terug=%2Fwerk"},
		{"nieuw", "GET", 303, "/wachtwoord"},
		{"storing", "GET", 503, ""},
		{"oud", "POST", 401, ""},
	} {
		h := newHouse(t)
		r := httptest.NewRequest(tt.method, "/werk?naam=jansen", strings.NewReader("text=Dag&sleutel=k&password=geheim"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: "gehoor", Value: tt.token})
		got := h.serve(t, "/werk", h.Staff(hello), r)
		if got.StatusCode != tt.status || got.Header.Get("Location") != tt.location {
			t.Errorf("%s %s: %d to %q", tt.method, tt.token, got.StatusCode, got.Header.Get("Location"))
		}
	}
}

func TestWhatWasTypedIsKept(t *testing.T) {
	h := newHouse(t)
	typed := url.Values{"text": {"Eén & twee\r\nregel +"}, "meer": {"a", "b"}, "new_password": {"geheim"}, "sleutel": {"k"}, "van": {"jorien"}}
	r := httptest.NewRequest("POST", "/klachten/1/notitie?x=y", strings.NewReader(typed.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	said := strings.Split(body(t, h.serve(t, "POST /klachten/{id}/notitie", h.Staff(hello), r)), "|")
	if said[0] != "again" || said[1] != "/klachten/1/notitie" {
		t.Fatalf("got %q", said)
	}
	back := url.Values{}
	for _, f := range Restore(said[2], "jorien") {
		back.Add(f.Name, f.Value)
	}
	typed.Del("new_password")
	typed.Del("van")
	if back.Encode() != typed.Encode() {
		t.Errorf("got back %v", back)
	}
	if Restore(said[2], "pim") != nil || Restore(said[2], "") != nil {
		t.Error("somebody else gets back what was typed")
	}
	if Restore("%%", "jorien") != nil {
		t.Error("nonsense gives fields")
	}
}

// Of a form with files the rest is kept, and their names.
func TestFilesAreNamed(t *testing.T) {
	h := newHouse(t)
	var sent bytes.Buffer
	m := multipart.NewWriter(&sent)
	for _, f := range [][2]string{{"van", "jorien"}, {"title", "Brief"}, {"subject", "a"}, {"subject", "b"}, {"text", strings.Repeat("é", 200_000)}} {
		if err := m.WriteField(f[0], f[1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := m.CreateFormFile("file", `C:\\scans\\brief.pdf`)
	if err == nil {
		_, err = part.Write([]byte("%PDF"))
	}
	if err := errors.Join(err, m.Close()); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/a", &sent)
	r.Header.Set("Content-Type", m.FormDataContentType())
	unpacked, err := gzip.NewReader(h.serve(t, "POST /a", h.Staff(hello), r).Body)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Split(string(whole), "|")
	if len(said) != 4 || said[3] != "[brief.pdf]" {
		t.Fatalf("got %.80q", said)
	}
	back := url.Values{}
	for _, f := range Restore(said[2], "jorien") {
		back.Add(f.Name, f.Value)
	}
	if back.Get("title") != "Brief" || len(back["subject"]) != 2 || len(back.Get("text")) != 400_000 || back.Get(ChooseField) != "brief.pdf" {
		t.Errorf("got back %d fields: %v %v", len(back), back["subject"], back[ChooseField])
	}
	broken := httptest.NewRequest("POST", "/a", strings.NewReader("x"))
	broken.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	if got := h.serve(t, "POST /b", h.Staff(hello), broken); got.StatusCode == 401 {
		t.Error("a form that cannot be read is kept")
	}
}

func TestSessionCookie(t *testing.T) {
	for address, want := range map[string]string{
		"http://klachten.example/a":  "gehoor=t; Path=/; HttpOnly; SameSite=Lax",
		"https://klachten.example/a": "__Host-gehoor=t; Path=/; HttpOnly; Secure; SameSite=Lax",
	} {
		h := newHouse(t)
		got := h.serve(t, "GET /a", func(w http.ResponseWriter, r *http.Request) error {
			Remember(w, r, "t")
			return hello(w, r)
		}, httptest.NewRequest("GET", address, nil))
		if c := got.Header.Get("Set-Cookie"); c != want {
			t.Errorf("%s: %q", address, c)
		}
	}
}

func TestLocalPath(t *testing.T) {
	for path, want := range map[string]string{
		"/werk": "/werk", "/klachten/1?x=1": "/klachten/1?x=1", "": "/", "werk": "/", "//evil.example": "/",
		"/\\evil.example": "/", "https://evil.example/": "/", "javascript:alert(1)": "/", "/a\nb": "/", "/%zz": "/",
	} {
		if got := LocalPath(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}
