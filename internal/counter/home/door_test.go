package home_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

func door(t *testing.T, h *house.House) http.Handler {
	t.Helper()
	handler, err := h.Doors(nil, false).Handler()
	if err != nil {
		t.Fatal(err)
	}
	return handler
}

func get(t *testing.T, handler http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s: status %d\n%s", path, w.Code, w.Body)
	}
	return w
}

func TestProcedurePages(t *testing.T) {
	handler := door(t, housetest.Empty(t))
	for _, path := range []string{"/", "/folder"} {
		w := get(t, handler, path)
		body := w.Body.String()
		for _, says := range []string{"<h1>Niet tevreden? Vertel het ons.</h1>", "binnen 14 dagen", "088-0000100", "Voor medewerkers"} {
			if !strings.Contains(body, says) {
				t.Errorf("%s does not say %q", path, says)
			}
		}
		if n := strings.Count(body, "<h1"); n != 1 {
			t.Errorf("%s has %d headings of the first level", path, n)
		}
		for _, never := range []string{"<table", "<script", "style=", "⟦", "http://", "https://"} {
			if strings.Contains(body, never) {
				t.Errorf("%s has %q", path, never)
			}
		}
		if w.Header().Get("Set-Cookie") != "" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: headers %v", path, w.Header())
		}
	}
}

// Who reads English reads the labels of a shipped procedure in English too.
func TestLabelsInEnglish(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Language", "en")
	w := httptest.NewRecorder()
	door(t, housetest.Empty(t)).ServeHTTP(w, r)
	if body := w.Body.String(); !strings.Contains(body, "The complaint is not about us") || strings.Contains(body, "De klacht gaat niet over ons") {
		t.Error("why a complaint is not handled is said in Dutch")
	}
}

func TestAccessibilityPage(t *testing.T) {
	handler := door(t, housetest.Empty(t))
	if !strings.Contains(get(t, handler, "/").Body.String(), `href="/toegankelijkheid"`) {
		t.Error("the foot of the first page does not lead to Toegankelijkheid")
	}
	body := get(t, handler, "/toegankelijkheid").Body.String()
	for _, says := range []string{"<h1>Toegankelijkheid</h1>", "nog niet getest", `href="tel:+31880000100"`, `href="mailto:helpdesk@lsr.example.org"`} {
		if !strings.Contains(body, says) {
			t.Errorf("the page does not say %q", says)
		}
	}
}

func TestLeafletAsPDF(t *testing.T) {
	w := get(t, door(t, housetest.Empty(t)), "/folder.pdf")
	if kind := w.Header().Get("Content-Type"); kind != "application/pdf" || !bytes.HasPrefix(w.Body.Bytes(), []byte("%PDF-")) {
		t.Errorf("the leaflet is %s", kind)
	}
	handler := door(t, housetest.Empty(t))
	tag := get(t, handler, "/folder.pdf").Header().Get("ETag")
	for _, tt := range []struct {
		language string
		status   int
	}{{"nl", http.StatusNotModified}, {"en", http.StatusOK}} {
		r := httptest.NewRequest("GET", "/folder.pdf", nil)
		r.Header.Set("If-None-Match", tag)
		r.Header.Set("Accept-Language", tt.language)
		again := httptest.NewRecorder()
		if handler.ServeHTTP(again, r); again.Code != tt.status || again.Header().Get("Cache-Control") != "private, no-cache" {
			t.Errorf("again in %s: %d %v", tt.language, again.Code, again.Header())
		}
	}
	if n := bytes.Count(w.Body.Bytes(), []byte("/Type /Page\n")); n != 1 {
		t.Errorf("the leaflet has %d pages", n)
	}
}

// mostBytes is what a first visit may weigh, not compressed.
const mostBytes = 60_000

var loads = regexp.MustCompile(`(?:<link rel="(?:stylesheet|icon)" href|<img src|<source srcset)="([^"]+)"`)

// TestFirstVisitIsLight adds up the page and all it asks for, without compression and
// with both pictures of the logo.
func TestFirstVisitIsLight(t *testing.T) {
	handler := door(t, housetest.Empty(t))
	page := get(t, handler, "/").Body.String()
	total, seen := len(page), []string{}
	for _, found := range loads.FindAllStringSubmatch(page, -1) {
		if path := found[1]; !slices.Contains(seen, path) {
			seen = append(seen, path)
			total += get(t, handler, path).Body.Len()
		}
	}
	if total > mostBytes || len(seen) < 2 {
		t.Errorf("a first visit weighs %d bytes in %d requests, and may weigh %d", total, len(seen)+1, mostBytes)
	}
	t.Logf("a first visit weighs %d bytes in %d requests, not compressed", total, len(seen)+1)
}
