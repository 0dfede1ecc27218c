package counter_test

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// table is counter.csv of the house: what every public route answers to everybody outside,
// and to bad input.
type table struct {
	columns []string
	rows    map[string]map[string]string // by route and column
	order   []string                     // of the routes: leaving comes last
}

func readTable(t *testing.T) (x table) {
	t.Helper()
	file, err := os.Open("../house/testdata/counter.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comment = '#'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all[0] {
		x.columns = append(x.columns, strings.TrimSpace(name))
	}
	x.rows = map[string]map[string]string{}
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[x.columns[i]] = strings.TrimSpace(cell)
		}
		x.order = append(x.order, row["route"])
		x.rows[row["route"]] = row
	}
	return x
}

// publicRoutes are those of the counter, and of the entry those that lead to nobody's own
// account.
func publicRoutes(h *house.House) (patterns []string) {
	doors := h.Doors(nil, false)
	for _, r := range doors.Counter.Routes() {
		patterns = append(patterns, r.Pattern)
	}
	for _, r := range doors.Desk.Entry.Routes() {
		if !strings.Contains(r.Pattern, " /account") && !strings.Contains(r.Pattern, " /wachtwoord") {
			patterns = append(patterns, r.Pattern)
		}
	}
	return patterns
}

// TestEveryPublicRouteHasARow: a route without a row in counter.csv fails, and so does a row
// without a route.
func TestEveryPublicRouteHasARow(t *testing.T) {
	x := readTable(t)
	known := map[string]bool{}
	for _, pattern := range publicRoutes(housetest.Empty(t)) {
		known[pattern] = true
		if x.rows[pattern] == nil {
			t.Errorf("%s has no row in counter.csv: who may go there, and what does it say to bad input?", pattern)
		}
	}
	for pattern := range x.rows {
		if !known[pattern] {
			t.Errorf("the oracle names %s, which is no public route", pattern)
		}
	}
}

// outside is a house in which somebody follows a complaint, somebody else another one, and
// a text waits for its yes.
type outside struct {
	*street
	own, other, called office.Form
	letter             record.Letter
	link               string
}

func newOutside(t *testing.T) *outside {
	t.Helper()
	x := &outside{street: counterOf(t, housetest.Empty(t))}
	x.ReachedAt(base)
	x.at("2026-11-11")
	x.own, x.other = x.street.letter(), x.street.letter()
	x.letter = x.view(x.own).Letters[0]
	x.must(x.Office.LetterWentOut(t.Context(), x.who(helpdesk), x.own, x.letter.ID, x.Office.Today()))
	x.called = x.call(complaint.HowReader, forDaughter)
	x.link = x.street.link(x.called)
	return x
}

// fill puts what there is in the places of a path.
func (x *outside) fill(path string) string {
	return strings.NewReplacer("/ja/{token}", x.link, "{letter}", x.letter.ID, "{hash}", "0123456789ab", "{$}", "").Replace(path)
}

// TestWhoReachesThePublicRoutes walks every public route as everybody outside.
func TestWhoReachesThePublicRoutes(t *testing.T) {
	oracle := readTable(t)
	for _, who := range oracle.columns[1:7] {
		t.Run(who, func(t *testing.T) {
			x := newOutside(t)
			b := x.browser()
			switch who {
			case "complainant":
				b = x.enters(x.own, x.code(x.own))
			case "other complainant":
				b = x.enters(x.other, x.code(x.other))
			case "made-up cookies":
				for _, name := range []string{"gehoor-volgen", "gehoor", "klacht"} {
					b.cookies["__Host-"+name] = "abcdefghijklmnopqrstuvwxyz"
				}
			case "reader":
				b.get(x.link)
			case "staff":
				token, _, err := x.People.LogIn(t.Context(), "jorien@lsr.example.org", house.DemoPassword)
				x.must(err)
				b.cookies["__Host-gehoor"] = token
			}
			for _, pattern := range oracle.order {
				method, path, _ := strings.Cut(pattern, " ")
				if got, want := b.walk(method, x.fill(path)), oracle.rows[pattern][who]; got != want {
					t.Errorf("%s: %q, the oracle says %q", pattern, got, want)
				}
			}
		})
	}
}

// walk goes to a route with a form in which nothing was typed, and tells what came back.
func (b *browser) walk(method, path string) string {
	b.s.t.Helper()
	w := b.get(path)
	if method == http.MethodPost {
		w = b.post(path, url.Values{})
	}
	switch to := w.Header().Get("Location"); {
	case w.Code == http.StatusNotFound:
		return "0"
	case w.Code == http.StatusUnauthorized, method == http.MethodGet && w.Code == http.StatusSeeOther && (to == "/volgen" || to == "/inloggen"):
		return ">"
	case w.Code >= 500:
		b.s.t.Errorf("%s %s: %d", method, path, w.Code)
	}
	return "+"
}

// nasty is what stands in every field of a wrong form: it must come back harmless.
const nasty = `'"><script>alert(1)</script>`

// fieldsOutside are the fields of the public forms.
var fieldsOutside = []string{"number", "code", "antwoord", "said", "answer", "date", "why", "email", "way", "postcode", "street", "phone", "doe", "lang", "terug", "password",
	"gezien", "bewaard", "bestanden", "description", "name", "stap", "staat", "wish", "subject", "van"}

// badInput gives the request of a column of the table, as somebody sends it who follows a
// complaint of their own.
var badInput = map[string]func(x *outside, b *browser, method, path string) *http.Request{
	"missing": func(x *outside, _ *browser, method, path string) *http.Request {
		return asForm(method, x.fill(path), url.Values{})
	},
	"wrong": func(x *outside, _ *browser, method, path string) *http.Request {
		path = strings.NewReplacer("{token}", "onzin", "{letter}", "onzin", "{hash}", "onzin", "{$}", "").Replace(path)
		return asForm(method, path, everyField(nasty))
	},
	"other kind": func(x *outside, _ *browser, method, path string) *http.Request {
		r := httptest.NewRequest(method, x.fill(path), strings.NewReader("{}"))
		r.Header.Set("Content-Type", "application/json")
		return r
	},
	"oversized": func(x *outside, _ *browser, method, path string) *http.Request {
		return asForm(method, x.fill(path), everyField(strings.Repeat("x", 2<<20/len(fieldsOutside))))
	},
	"repeated": func(x *outside, b *browser, method, path string) *http.Request {
		typed := url.Values{"sleutel": {path}}
		for _, name := range fieldsOutside {
			typed[name] = strings.Split(strings.Repeat("x ", 30)+"x", " ")
		}
		b.send(asForm(method, x.fill(path), typed))
		return asForm(method, x.fill(path), typed)
	},
	"expired": func(x *outside, _ *browser, method, path string) *http.Request {
		x.Clock.Set(x.Clock.Now().Add(365 * 24 * time.Hour))
		return asForm(method, x.fill(path), url.Values{"antwoord": {"ja"}, "answer": {"agreed"}})
	},
	"foreign": func(x *outside, b *browser, method, path string) *http.Request {
		r := asForm(method, x.fill(path), url.Values{})
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Origin", "https://elders.example")
		return r
	},
}

func everyField(value string) url.Values {
	typed := url.Values{"sleutel": {record.NewID()}}
	for _, name := range fieldsOutside {
		typed.Set(name, value)
	}
	return typed
}

// asForm sends what was typed as a form, or behind the address.
func asForm(method, path string, typed url.Values) *http.Request {
	if method == http.MethodGet {
		return httptest.NewRequest(method, path+"?"+typed.Encode(), nil)
	}
	r := httptest.NewRequest(method, path, strings.NewReader(typed.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// TestBadInput sends every public route what no page of ours sends. Each answer is that of
// the table, nothing typed comes back as markup, what is refused changes nothing, and what is
// sent twice happens once.
func TestBadInput(t *testing.T) {
	oracle := readTable(t)
	for _, kind := range oracle.columns[7:] {
		t.Run(kind, func(t *testing.T) {
			x := newOutside(t)
			start := x.Clock.Now()
			b := x.enters(x.own, x.code(x.own))
			for i, pattern := range oracle.order {
				x.Clock.Set(start.Add(time.Duration(i) * time.Second))
				method, path, _ := strings.Cut(pattern, " ")
				b.address = "192.0.2." + strconv.Itoa(i+1) + ":4000" // the pace has tests of its own
				r := badInput[kind](x, b, method, path)
				before := x.holds()
				w := b.send(r)
				if got, want := strconv.Itoa(w.Code), oracle.rows[pattern][kind]; got != want {
					t.Errorf("%s: %s, the oracle says %s", pattern, got, want)
				}
				if strings.Contains(w.Body.String(), nasty) {
					t.Errorf("%s gives back what was typed as it was", pattern)
				}
				if after := x.holds(); before != after && (w.Code >= 400 || method == http.MethodGet || kind == "repeated" || kind == "expired") {
					t.Errorf("%s changed the register: %v, then %v", pattern, before, after)
				}
			}
		})
	}
}

// holdings is how much the register holds of what the counter can write.
type holdings struct{ dossiers, own, called, waiting int }

func (x *outside) holds() holdings {
	x.t.Helper()
	ids, err := x.Store.AuditIDs(x.t.Context())
	x.must(err)
	return holdings{len(ids), x.dossier(x.own).Version, x.dossier(x.called).Version, len(x.waiting())}
}
