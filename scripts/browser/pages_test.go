package browser

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/house"
	"gehoor/internal/porch"
)

// stop is a page to look at.
type stop struct {
	Name    string            `json:"name"` // the route, and what is particular about this stop
	URL     string            `json:"url"`
	Form    string            `json:"form,omitempty"` // what is posted there, when this page answers a form
	Cookies map[string]string `json:"cookies"`
	Status  int               `json:"status"`
	Refused bool              `json:"refused,omitempty"` // the page names mistakes

	world     *world
	who, path string
}

// notPages are routes that answer a GET with something else than a page of their own.
var notPages = map[string]string{
	"GET /beheer":             "leads to the first page of the administration",
	"GET /logo/{hash}":        "is a picture, when there is one",
	"GET /huisstijl/{hash}":   "is a stylesheet, when there is one",
	"GET /taal":               "changes the language and leads back",
	"GET /postkamer/strookje": "leads to the form of the slip's dossier; with an unknown number it is a stop of its own",
}

// pages finds for every route that shows a page an address where it does, and somebody
// who may see it. A route without one fails: it would never be looked at.
func pages(t *testing.T, routes []porch.Route, worlds ...*world) (stops []stop) {
	t.Helper()
	for _, route := range routes {
		path, isGet := strings.CutPrefix(route.Pattern, "GET ")
		if !isGet || notPages[route.Pattern] != "" {
			continue
		}
		var found stop
		kind := ""
		for _, w := range worlds {
			if found, kind = w.find(path); found.Name != "" || kind != "" {
				break
			}
		}
		switch {
		case found.Name != "":
			stops = append(stops, found)
		case kind == "":
			t.Errorf("%s: no page to look at: give the furnished house an example, or name it in notPages", route.Pattern)
		}
	}
	return stops
}

// find looks for a page of a route: for nobody first, then for each of the staff, then for
// a complainant. A
// route that answers with a file shows no page: kind says which.
func (w *world) find(path string) (found stop, kind string) {
	people := []string{nobody}
	for _, s := range house.DemoStaff {
		people = append(people, s.Email)
	}
	people = append(people, complainant)
	for _, who := range people {
		for _, address := range w.addresses(path) {
			s := w.stop("GET "+path, who, address, http.StatusOK)
			answer := w.ask(s)
			switch {
			case answer.Code == http.StatusOK && isPage(answer):
				return s, ""
			case answer.Code == http.StatusOK:
				kind = answer.Header().Get("Content-Type")
			}
			if who == nobody && strings.HasPrefix(answer.Header().Get("Location"), "/inloggen") {
				break // it says so of every dossier
			}
		}
	}
	return stop{}, kind
}

func (w *world) stop(name, who, address string, status int) stop {
	return stop{Name: name, URL: w.url + address, Cookies: w.cookies(who), Status: status, world: w, who: who, path: address}
}

// request asks for the page as the browser will.
func (s stop) request() *http.Request {
	r := httptest.NewRequest(http.MethodGet, s.path, nil)
	if s.Form != "" {
		r = httptest.NewRequest(http.MethodPost, s.path, strings.NewReader(s.Form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Accept-Language", "nl")
	for name, value := range s.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return r
}

// posted is the page that answers a form.
func (w *world) posted(name, who, address string, form url.Values, status int) stop {
	s := w.stop(name, who, address, status)
	s.Form = form.Encode()
	return s
}

// closedDoors are the pages that say that there is nothing here, or not for you.
func (w *world) closedDoors(t *testing.T) []stop {
	t.Helper()
	stops := []stop{
		w.stop("nothing here, outside", nobody, "/bestaat-niet", http.StatusNotFound),
		w.stop("nothing here, at the desk", helpdesk, "/klachten/bestaat-niet", http.StatusNotFound),
		w.stop("not part of your work", helpdesk, "/beheer/medewerkers", http.StatusForbidden),
		w.stop("a link that leads nowhere", nobody, "/ja/onzin", http.StatusNotFound),
	}
	for _, s := range stops {
		w.visit(t, s)
	}
	return stops
}

// refusing says that the page names mistakes.
func (s stop) refusing() stop {
	s.Refused = true
	return s
}

func isPage(answer *httptest.ResponseRecorder) bool {
	return strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html")
}
