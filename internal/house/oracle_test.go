package house_test

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/porch"
)

// The answers that the oracle knows.
const (
	reaches = "+" // the page is shown, or the task is looked at: typed nonsense is refused there
	refused = "-" // the page says that this is not part of somebody's work
	unknown = "0" // the same answer as for what does not exist
	outside = ">" // log in first
)

// TestEveryRouteAsEveryPerson walks every route of the desk as every role and relation.
// testdata/routes.csv is the oracle: written by hand from the permission table of the
// procedure. A route that it does not name fails, and so does a row without a route.
func TestEveryRouteAsEveryPerson(t *testing.T) {
	rows, columns := readOracle(t)
	w := newWorld(t)
	for pattern := range rows {
		if !slices.ContainsFunc(w.routes, func(r porch.Route) bool { return r.Pattern == pattern }) {
			t.Errorf("the oracle names %s, which is no route", pattern)
		}
	}
	for _, route := range w.routes {
		if rows[route.Pattern] == nil {
			t.Errorf("%s has no row in testdata/routes.csv: who may go there?", route.Pattern)
		}
	}
	for i, name := range columns {
		t.Run(name, func(t *testing.T) {
			v := w.enter(t, name)
			for _, route := range inWalkingOrder(w.routes) {
				row := rows[route.Pattern]
				if row == nil {
					continue
				}
				if got := v.walk(t, route.Pattern); got != row[i] {
					t.Errorf("%s for the %s: %q, the oracle says %q", route.Pattern, name, got, row[i])
				}
			}
		})
	}
}

// readOracle reads the rows by pattern, and the names of their columns.
func readOracle(t *testing.T) (rows map[string][]string, columns []string) {
	t.Helper()
	text, err := os.ReadFile("testdata/routes.csv")
	check(t, err)
	r := csv.NewReader(strings.NewReader(string(text)))
	r.Comment, r.TrimLeadingSpace = '#', true
	all, err := r.ReadAll()
	check(t, err)
	rows = map[string][]string{}
	for _, line := range all[1:] {
		pattern := strings.TrimSpace(line[0])
		if rows[pattern] != nil {
			t.Errorf("the oracle names %s twice", pattern)
		}
		for i := range line {
			line[i] = strings.TrimSpace(line[i])
		}
		rows[pattern] = line[1:]
	}
	for _, name := range all[0][1:] {
		columns = append(columns, strings.TrimSpace(name))
	}
	return rows, columns
}

// inWalkingOrder looks before it touches: a post may change what a page shows.
func inWalkingOrder(routes []porch.Route) []porch.Route {
	sorted := slices.Clone(routes)
	slices.SortStableFunc(sorted, func(a, b porch.Route) int {
		return strings.Compare(strings.Fields(a.Pattern)[0], strings.Fields(b.Pattern)[0])
	})
	return sorted
}

// walk goes to a route with a form in which nothing was typed, and tells what came back.
func (v *visitor) walk(t *testing.T, pattern string) string {
	t.Helper()
	method, path, _ := strings.Cut(pattern, " ")
	// A page's own form says which dossier and letter it is about, and why a file is opened.
	form := url.Values{"klacht": {v.places["{id}"]}, "nummer": {v.places["number"]}, "brief": {v.places["{letter}"]}}
	if strings.Contains(path, "{file}") {
		form.Set("reason", "caller_calls")
	}
	r := httptest.NewRequest(method, v.place(t, path), strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = v.freshAddress() // the limits on guessing are tested elsewhere
	if token := v.token(t); token != "" {
		r.AddCookie(&http.Cookie{Name: "gehoor", Value: token})
	}
	w := httptest.NewRecorder()
	v.door.ServeHTTP(w, r)
	switch {
	case w.Code == http.StatusForbidden:
		return refused
	case w.Code == http.StatusNotFound:
		return unknown
	case w.Code == http.StatusUnauthorized, strings.HasPrefix(w.Header().Get("Location"), "/inloggen"):
		return outside
	case w.Code >= 500:
		t.Errorf("%s: status %d\n%s", pattern, w.Code, w.Body)
	}
	return reaches
}
