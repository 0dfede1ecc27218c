package counter_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

const (
	base     = "https://klachten.example.org"
	helpdesk = "Jorien Tasselaar"
	manager  = "Hedwig Brandsema"
)

// street is a house with its doors open, and people outside.
type street struct {
	*house.House
	t    *testing.T
	door http.Handler
}

func open(t *testing.T, h *house.House) *street {
	t.Helper()
	h.ReachedAt(base)
	door, err := h.Doors(nil, true).Handler()
	s := &street{House: h, t: t, door: door}
	s.must(err)
	return s
}

func (s *street) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// at sets the clock: "2026-11-03" or "2026-11-03 14:00".
func (s *street) at(moment string) calendar.Date {
	s.t.Helper()
	if len(moment) == len("2026-11-03") {
		moment += " 09:00"
	}
	day, err := time.ParseInLocation("2006-01-02 15:04", moment, s.Zone)
	s.must(err)
	s.Clock.Set(day)
	return s.Office.Today()
}

func (s *street) who(name string) complaint.Person {
	s.t.Helper()
	p, err := s.Person(s.t.Context(), name)
	s.must(err)
	return p
}

// call takes a complaint in by telephone and sends its text to be confirmed.
func (s *street) call(how string, change func(*office.Intake)) office.Form {
	s.t.Helper()
	return s.receive(complaint.Phone, func(in *office.Intake) {
		in.Send = &complaint.Sending{How: how}
		in.Identity.Email = "wendela@example.org"
		if change != nil {
			change(in)
		}
	})
}

func (s *street) receive(channel complaint.Channel, change func(*office.Intake)) office.Form {
	s.t.Helper()
	draft, err := s.Office.Begin()
	s.must(err)
	departments, err := s.Store.Departments(s.t.Context())
	s.must(err)
	in := office.Intake{Draft: draft, Receipt: complaint.Receipt{Channel: channel, ReceivedOn: s.Office.Today(), Title: "De cursus ging niet door",
		Description: "Wij stonden voor een dichte deur.", DesiredOutcome: "Het geld voor de taxi terug.",
		Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential, Member: complaint.MemberYes},
		Identity: record.Identity{Name: "Wendela Pruim", Salutation: "mevrouw Pruim", Street: "Hooge Akker", House: "27", Postcode: "6905 LR",
			Town: "Zandhuizen", Phone: "088-0000181"}}
	for _, d := range departments {
		if d.Name == "Scholing" {
			in.Department = d.ID
		}
	}
	if change != nil {
		change(&in)
	}
	got, err := s.Office.Receive(s.t.Context(), s.who(helpdesk), office.Form{}, in)
	s.must(err)
	return office.Form{Dossier: got.Dossier}
}

// forward brings a filed complaint to the manager of its department.
func (s *street) forward(f office.Form) {
	s.t.Helper()
	d := s.dossier(f)
	s.must(s.Office.Forward(s.t.Context(), s.who(helpdesk), f, complaint.Forwarding{Department: d.Department, Handler: s.who(manager).ID}, false))
}

func (s *street) dossier(f office.Form) record.Dossier {
	s.t.Helper()
	d, err := s.Store.Dossier(s.t.Context(), f.Dossier, complaint.Sight{All: true})
	s.must(err)
	return d
}

// view is the dossier as the helpdesk sees it.
func (s *street) view(f office.Form) office.View {
	s.t.Helper()
	v, err := s.Office.Look(s.t.Context(), s.who(helpdesk), f.Dossier)
	s.must(err)
	return v
}

// orders gives the letters of a kind, as they were ordered.
func (s *street) orders(f office.Form, kind record.LetterKind) (list []record.Order) {
	s.t.Helper()
	d := s.dossier(f)
	letters, err := s.Store.Letters(s.t.Context(), f.Dossier)
	s.must(err)
	for _, l := range letters {
		if l.Kind != kind {
			continue
		}
		plain, err := s.Vault.Open(d.Keys.Identity, record.LetterFacts, d.ID, l.ID, l.Params)
		s.must(err)
		var order record.Order
		s.must(json.Unmarshal(plain, &order))
		list = append(list, order)
	}
	return list
}

// last gives what the latest letter of a kind says.
func (s *street) last(f office.Form, kind record.LetterKind) record.Facts {
	s.t.Helper()
	orders := s.orders(f, kind)
	if len(orders) == 0 {
		s.t.Fatalf("no %s was made", kind)
	}
	return orders[len(orders)-1].Facts
}

// link gives the path of the latest link to confirm by.
func (s *street) link(f office.Form) string {
	s.t.Helper()
	path, ok := strings.CutPrefix(s.last(f, record.ConfirmationText).ConfirmURL, base)
	if !ok || len(path) < 20 {
		s.t.Fatalf("the e-mail has no link: %q", path)
	}
	return path
}

// browser is that of somebody outside: it keeps cookies.
type browser struct {
	s       *street
	cookies map[string]string
	address string
	header  http.Header // sent with the next requests
}

func (s *street) browser() *browser {
	return &browser{s: s, cookies: map[string]string{}, address: "192.0.2.7:4000", header: http.Header{}}
}

func (b *browser) send(r *http.Request) *httptest.ResponseRecorder {
	b.s.t.Helper()
	r.RemoteAddr = b.address
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	for name, values := range b.header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	b.s.door.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	return w
}

func (b *browser) get(path string) *httptest.ResponseRecorder {
	b.s.t.Helper()
	return b.send(httptest.NewRequest(http.MethodGet, path, nil))
}

func (b *browser) post(path string, form url.Values) *httptest.ResponseRecorder {
	b.s.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.send(r)
}

// upload posts a form with files, the files last as on the page.
func (b *browser) upload(path string, form url.Values, files map[string]string) *httptest.ResponseRecorder {
	b.s.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for field, values := range form {
		for _, v := range values {
			b.s.must(m.WriteField(field, v))
		}
	}
	for name, content := range files {
		part, err := m.CreateFormFile("file", name)
		b.s.must(err)
		_, err = io.WriteString(part, content)
		b.s.must(err)
	}
	b.s.must(m.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return b.send(r)
}

// key gives the request key of a page.
func (s *street) key(w *httptest.ResponseRecorder) string {
	s.t.Helper()
	key := s.page(w).Find("main input[name=sleutel]").AttrOr("value", "")
	if key == "" {
		s.t.Fatal("the page has no request key")
	}
	return key
}

// page looks at what holds for every page of the counter.
func (s *street) page(w *httptest.ResponseRecorder) *goquery.Document {
	s.t.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	s.must(err)
	html := w.Body.String()
	if n := doc.Find("h1").Length(); n != 1 {
		s.t.Errorf("%d h1 on %q", n, doc.Find("title").Text())
	}
	if i := strings.Index(html, "⟦"); i >= 0 {
		s.t.Errorf("a sentence is missing: %.80s", html[i:])
	}
	if n := doc.Find("script, style, [style]").Length(); n > 0 {
		s.t.Errorf("%d scripts or inline styles", n)
	}
	kept := "no-store"
	if doc.Find("input[name=formulier]").Length() > 0 { // a step of the form, for Back
		kept = "private, no-cache"
	}
	if got := w.Header().Get("Cache-Control"); got != kept {
		s.t.Errorf("Cache-Control: %q, want %q", got, kept)
	}
	ids := map[string]int{}
	doc.Find("[id]").Each(func(_ int, e *goquery.Selection) { ids[e.AttrOr("id", "")]++ })
	for id, n := range ids {
		if n > 1 {
			s.t.Errorf("id %q is used %d times", id, n)
		}
	}
	doc.Find("a[href^='#']").Each(func(_ int, e *goquery.Selection) {
		if id := e.AttrOr("href", "")[1:]; ids[id] == 0 {
			s.t.Errorf("a link leads to #%s, which is not there", id)
		}
	})
	doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, e *goquery.Selection) {
		if id := e.AttrOr("id", ""); strings.TrimSpace(doc.Find("label[for='"+id+"']").Text()) == "" {
			s.t.Errorf("<%s id=%q> has no label", e.Nodes[0].Data, id)
		}
	})
	for _, secret := range []string{"Wendela", "Pruim", "2026-"} {
		if strings.Contains(doc.Find("title").Text(), secret) {
			s.t.Errorf("the title says %q", secret)
		}
	}
	return doc
}

// says fails when main does not say a text.
func (s *street) says(w *httptest.ResponseRecorder, status int, texts ...string) *goquery.Document {
	s.t.Helper()
	if w.Code != status {
		s.t.Fatalf("status %d, want %d\n%s", w.Code, status, w.Body)
	}
	doc := s.page(w)
	main := strings.Join(strings.Fields(doc.Find("main").Text()), " ")
	for _, text := range texts {
		if !strings.Contains(main, text) {
			s.t.Errorf("the page does not say %q but:\n%s", text, main)
		}
	}
	return doc
}

// silent fails when a page says a text anywhere.
func (s *street) silent(w *httptest.ResponseRecorder, texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(w.Body.String(), text) {
			s.t.Errorf("the page says %q", text)
		}
	}
}
