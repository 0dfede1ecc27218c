package desk_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gehoor/internal/complaint"
)

// sendStyle posts the form of the house style as a browser does, with a file.
func (c *counter) sendStyle(t *testing.T, name string, fields map[string]string, logo []byte) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		check(t, form.WriteField(field, value))
	}
	part, err := form.CreateFormFile("logo", "logo.png")
	check(t, err)
	_, err = part.Write(logo)
	check(t, err)
	check(t, form.Close())
	r := httptest.NewRequest("POST", "/beheer/instellingen/huisstijl", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return c.visit(t, name, r)
}

// printsFirst prints a letter that nobody printed yet.
func (c *counter) printsFirst(t *testing.T) []byte {
	t.Helper()
	ids, err := c.Store.AuditIDs(t.Context())
	check(t, err)
	for _, id := range ids {
		letters, err := c.Store.Letters(t.Context(), id)
		check(t, err)
		for _, l := range letters {
			if l.Channel != complaint.HowPost || l.Final != nil || !l.LapsedOn.IsZero() {
				continue
			}
			sheet, err := c.Office.PrintLetter(t.Context(), c.person(helpdesk), l.ID)
			check(t, err)
			return sheet.Bytes
		}
	}
	t.Fatal("every letter was printed")
	return nil
}

func TestHouseStyleOnThePagesForEverybody(t *testing.T) {
	c := open(t)
	var logo bytes.Buffer
	check(t, png.Encode(&logo, image.NewNRGBA(image.Rect(0, 0, 800, 200))))
	if w := c.get(t, helpdesk, "/beheer/instellingen/huisstijl"); w.Code != http.StatusForbidden {
		t.Errorf("the helpdesk changes the house style: %d", w.Code)
	}
	w := c.sendStyle(t, admin, map[string]string{"accent": "#ffd400"}, logo.Bytes())
	for _, says := range []string{"De kleur valt te weinig op tegen de pagina: 1,", "Er is 4,5 nodig.", `value="#ffd400"`} {
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), says) {
			t.Errorf("yellow: %d, and it does not say %q", w.Code, says)
		}
	}
	if w := c.sendStyle(t, admin, nil, []byte("<svg><script/></svg>")); !strings.Contains(w.Body.String(), "geen PNG of JPEG") {
		t.Errorf("an SVG: %d", w.Code)
	}
	if w := c.sendStyle(t, admin, map[string]string{"accent": "#5b2a86"}, logo.Bytes()); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	home := c.get(t, "", "/").Body.String()
	for kind, begin := range map[string]string{"image/png": `src="/logo/`, "text/css; charset=utf-8": `href="/huisstijl/`} {
		_, rest, found := strings.Cut(home, begin)
		if !found {
			t.Errorf("the first page has no %s", begin)
			continue
		}
		path, _, _ := strings.Cut(rest, `"`)
		path = begin[strings.Index(begin, `"`)+1:] + path
		w := c.get(t, "", path)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != kind || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
		if w := c.get(t, "", path[:len(path)-7]); w.Code != http.StatusNotFound {
			t.Errorf("another address than %s: %d", path, w.Code)
		}
	}
	for _, path := range []string{"/inloggen", "/bestaat-niet"} {
		if page := c.get(t, "", path).Body.String(); !strings.Contains(page, `src="/logo/`) || !strings.Contains(page, `href="/huisstijl/`) {
			t.Errorf("%s does not wear it", path)
		}
	}
	for name, pdf := range map[string][]byte{"the leaflet": c.get(t, "", "/folder.pdf").Body.Bytes(), "a letter": c.printsFirst(t)} {
		if !bytes.Contains(pdf, []byte("/Subtype /Image")) {
			t.Errorf("%s has no logo", name)
		}
	}
	if !strings.Contains(home, `width="200" height="50"`) {
		t.Error("the logo is not half as large as it is made")
	}
	if page := c.get(t, admin, "/beheer/instellingen/huisstijl").Body.String(); !strings.Contains(page, "Terug naar gehoor") || !strings.Contains(page, `src="/logo/`) {
		t.Error("the form does not show the logo, or no way back")
	}
	if w := c.post(t, admin, "/beheer/instellingen/huisstijl/terug", nil); w.Code != http.StatusSeeOther {
		t.Errorf("back to gehoor: %d", w.Code)
	}
	home = c.get(t, "", "/").Body.String()
	if strings.Contains(home, "/huisstijl/") || strings.Contains(home, "/logo/") {
		t.Error("the own looks are still there")
	}
}
