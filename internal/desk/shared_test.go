package desk_test

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/record"
)

// The staff of the furnished house, by what they do.
const (
	helpdesk  = "Jorien Tasselaar"
	colleague = "Pim Haverdonk"
	manager   = "Hedwig Brandsema"
	quality   = "Noor Stalpers"
	admin     = "Bram Hoogland"
)

// counter is the desk of a furnished house, with its real handler.
type counter struct {
	*house.House
	door   http.Handler
	staff  map[string]record.Staff
	tokens map[string]string
}

func open(t *testing.T) *counter {
	t.Helper()
	c := &counter{House: housetest.New(t), staff: map[string]record.Staff{}, tokens: map[string]string{}}
	all, err := c.Store.Staff(context.Background())
	check(t, err)
	for _, s := range all {
		c.staff[s.Name] = s
	}
	c.door, err = c.Doors(nil, false).Handler()
	check(t, err)
	return c
}

// person is somebody of the furnished house, as the law sees them.
func (c *counter) person(name string) complaint.Person { return c.staff[name].Person() }

// token logs somebody in, once.
func (c *counter) token(t *testing.T, name string) string {
	t.Helper()
	if c.tokens[name] == "" {
		token, _, err := c.People.LogIn(context.Background(), c.staff[name].Email, house.DemoPassword)
		check(t, err)
		c.tokens[name] = token
	}
	return c.tokens[name]
}

// speaks changes the language of an account.
func (c *counter) speaks(t *testing.T, name, lang string) {
	t.Helper()
	check(t, c.People.ChangeLanguage(context.Background(), c.person(name), lang))
}

func (c *counter) visit(t *testing.T, name string, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	if name != "" {
		r.AddCookie(&http.Cookie{Name: "gehoor", Value: c.token(t, name)})
	}
	w := httptest.NewRecorder()
	c.door.ServeHTTP(w, r)
	keepPage(t, name, r, w)
	return w
}

func (c *counter) get(t *testing.T, name, path string) *httptest.ResponseRecorder {
	t.Helper()
	return c.visit(t, name, httptest.NewRequest(http.MethodGet, path, nil))
}

func (c *counter) post(t *testing.T, name, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.visit(t, name, r)
}

// upload posts a form with files, the files last as on the page.
func (c *counter) upload(t *testing.T, name, path string, form url.Values, files map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for field, values := range form {
		for _, v := range values {
			check(t, m.WriteField(field, v))
		}
	}
	for file, content := range files {
		part, err := m.CreateFormFile("file", file)
		check(t, err)
		_, err = io.WriteString(part, content)
		check(t, err)
	}
	check(t, m.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return c.visit(t, name, r)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// blankForm is what a browser would send back of a page: hidden fields and proposals.
func blankForm(t *testing.T, w *httptest.ResponseRecorder) url.Values {
	t.Helper()
	form := url.Values{}
	main := document(t, w).Find("main form[method=post]")
	main.Find("input[name]").Each(func(_ int, s *goquery.Selection) {
		kind, _ := s.Attr("type")
		if _, checked := s.Attr("checked"); (kind == "radio" || kind == "checkbox") && !checked || kind == "file" {
			return
		}
		form.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	main.Find("textarea[name]").Each(func(_ int, s *goquery.Selection) { form.Add(s.AttrOr("name", ""), s.Text()) })
	main.Find("select[name]").Each(func(_ int, s *goquery.Selection) {
		form.Add(s.AttrOr("name", ""), s.Find("option[selected]").AttrOr("value", ""))
	})
	return form
}

func document(t *testing.T, w *httptest.ResponseRecorder) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	check(t, err)
	return doc
}

// keepPage writes what was seen to GEHOOR_PAGES (a folder), to be looked at.
func keepPage(t *testing.T, name string, r *http.Request, w *httptest.ResponseRecorder) {
	folder := os.Getenv("GEHOOR_PAGES")
	if folder == "" || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		return
	}
	first, _, _ := strings.Cut(name, " ")
	file := strings.NewReplacer("/", "_", "?", "_", "=", "-", "&", "_").Replace(r.Method+r.URL.Path+"_"+r.URL.RawQuery) + "-" + first
	if len(file) > 90 {
		file = file[:90]
	}
	check(t, os.WriteFile(filepath.Join(folder, file+".html"), w.Body.Bytes(), 0o644))
}

// checkPage looks at what holds for every page.
func checkPage(t *testing.T, w *httptest.ResponseRecorder, lang string) *goquery.Document {
	t.Helper()
	doc, html := document(t, w), w.Body.String()
	if got := doc.Find("html").AttrOr("lang", ""); got != lang {
		t.Errorf("lang is %q, want %q", got, lang)
	}
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%d h1", n)
	}
	if i := strings.Index(html, "⟦"); i >= 0 {
		t.Errorf("a sentence is missing: %.60s", html[i:])
	}
	if n := doc.Find("script, style, [style], [onclick]").Length(); n > 0 {
		t.Errorf("%d scripts or inline styles", n)
	}
	ids := map[string]int{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[s.AttrOr("id", "")]++ })
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %q is used %d times", id, n)
		}
	}
	doc.Find("a[href^='#']").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("href", "")[1:]; ids[id] == 0 {
			t.Errorf("a link leads to #%s, which is not there", id)
		}
	})
	doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if strings.TrimSpace(doc.Find("label[for='"+id+"']").Text()) == "" {
			t.Errorf("<%s id=%q> has no label", s.Nodes[0].Data, id)
		}
	})
	return doc
}
