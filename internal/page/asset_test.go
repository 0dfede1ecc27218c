package page

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func fetch(t *testing.T, url string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest("GET", url, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Assets().ServeHTTP(w, r)
	return w.Result()
}

func TestAssets(t *testing.T) {
	for name, kind := range map[string]string{
		"gehoor.css": "text/css; charset=utf-8", "loket.css": "text/css; charset=utf-8", "logo.svg": "image/svg+xml", "logo-licht.svg": "image/svg+xml",
	} {
		url := Asset(name)
		if !regexp.MustCompile(`^/static/[a-z-]+\.[0-9a-f]{12}\.(css|svg)$`).MatchString(url) {
			t.Errorf("address of %s is %s", name, url)
		}
		res := fetch(t, url)
		if res.StatusCode != 200 || res.Header.Get("Content-Type") != kind {
			t.Errorf("%s: status %d, type %s", url, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if got := res.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s is kept as %q", url, got)
		}
		again := fetch(t, url, "If-None-Match", res.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified {
			t.Errorf("%s again: status %d", url, again.StatusCode)
		}
	}
}

func TestAssetsOfAnotherVersion(t *testing.T) {
	for _, url := range []string{"/static/gehoor.000000000000.css", "/static/gehoor.css"} {
		res := fetch(t, url)
		if res.StatusCode != 200 || res.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: status %d, kept as %q", url, res.StatusCode, res.Header.Get("Cache-Control"))
		}
	}
	for _, url := range []string{"/static/", "/static/x.css", "/static/1-base.css", "/static/../go.mod"} {
		if res := fetch(t, url); res.StatusCode != 404 {
			t.Errorf("%s: status %d", url, res.StatusCode)
		}
	}
}

// The stylesheet may load nothing from elsewhere and must be whole.
func TestStylesheet(t *testing.T) {
	css := string(assets["gehoor.css"].body)
	for _, word := range []string{"url(", "@import", "http:", "https:"} {
		if strings.Contains(css, word) {
			t.Errorf("the stylesheet contains %q", word)
		}
	}
	if open, shut := strings.Count(css, "{"), strings.Count(css, "}"); open != shut {
		t.Errorf("%d braces open, %d shut", open, shut)
	}
	if !strings.Contains(css[:700], "@layer reset, tokens, base, layout, components, staff, adapt;") {
		t.Error("the order of the layers does not come first")
	}
}

var classOfOurs = regexp.MustCompile(`gh-[a-z]+(?:-[a-z]+)*(?:(?:--|__)[a-z0-9]+)?`)

// TestCounterSheetHasItsClasses: a page of the counter that uses what only the staff's
// part of the stylesheet knows would come out bare.
func TestCounterSheetHasItsClasses(t *testing.T) {
	whole, own := string(assets[wholeSheet].body), string(assets[CounterSheet].body)
	if len(own) >= len(whole) || strings.Contains(own, ".gh-bar {") {
		t.Error("the counter's stylesheet holds what only staff see")
	}
	styled := func(css, class string) bool {
		return regexp.MustCompile(regexp.QuoteMeta("."+class) + `[^a-z0-9_-]`).MatchString(css)
	}
	err := filepath.WalkDir("../counter", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".templ" {
			return err
		}
		text, err := os.ReadFile(path)
		for _, class := range classOfOurs.FindAllString(string(text), -1) {
			if styled(whole, class) && !styled(own, class) {
				t.Errorf("%s uses .%s, which stands in %s only: bring its rules to the public parts", path, class, staffStyle)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
