package browser

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// nobody is who is not logged in.
const nobody = ""

// world is a house with its door open on loopback.
type world struct {
	*house.House
	door   http.Handler
	url    string
	tokens map[string]string   // who is logged in, by e-mail address
	extra  map[string]string   // cookies that everybody has here
	places map[string][]string // what may stand in a route's {…}
	asked  map[string]string   // what a route needs behind a question mark
	link   string              // where somebody confirms a text
}

// furnishedWorld serves a furnished house in which everybody is logged in.
func furnishedWorld(t *testing.T) *world {
	t.Helper()
	w := enter(t, housetest.New(t))
	for _, s := range house.DemoStaff {
		token, _, err := w.People.LogIn(t.Context(), s.Email, house.DemoPassword)
		check(t, err)
		w.tokens[s.Email] = token
	}
	w.look(t)
	return w
}

// enter opens the door of a house.
func enter(t *testing.T, h *house.House) *world {
	t.Helper()
	door, err := h.Doors(nil, false).Handler()
	check(t, err)
	server := httptest.NewServer(warmed(door))
	t.Cleanup(server.Close)
	h.ReachedAt(server.URL)
	return &world{House: h, door: door, url: server.URL, tokens: map[string]string{}, places: map[string][]string{}}
}

// unhurried lets every request come some seconds after the last one: a form that is filled
// in within no time waits until somebody looks at it.
func (w *world) unhurried(t *testing.T) {
	t.Helper()
	slow := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.Clock.Set(w.Clock.Now().Add(5 * time.Second))
		warmed(w.door).ServeHTTP(rw, r)
	}))
	t.Cleanup(slow.Close)
	w.url = slow.URL
	w.ReachedAt(slow.URL)
}

// twin is the same house once more: what changes in it is seen nowhere else.
func (w *world) twin(t *testing.T) *world {
	t.Helper()
	home := t.TempDir()
	check(t, os.CopyFS(home, os.DirFS(w.Home)))
	other := enter(t, housetest.Open(t, house.Config{Home: home}))
	other.tokens, other.places, other.extra = w.tokens, w.places, w.extra
	other.People.Guard = w.People.Guard
	return other
}

// look fills places, the newest first.
func (w *world) look(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	add := func(name, value string) { w.places[name] = append(w.places[name], value) }
	ids, err := w.Store.AuditIDs(ctx)
	check(t, err)
	slices.Reverse(ids)
	w.places["{id}"] = ids
	for _, id := range ids {
		letters, err := w.Store.Letters(ctx, id)
		check(t, err)
		for _, l := range letters {
			add("{letter}", l.ID)
		}
	}
	staff, err := w.Store.Staff(ctx)
	check(t, err)
	for _, s := range staff {
		add("{staff}", string(s.ID))
	}
	departments, err := w.Store.Departments(ctx)
	check(t, err)
	for _, d := range departments {
		add("{department}", d.ID)
	}
	cards, err := w.Store.AuditCards(ctx)
	check(t, err)
	for _, c := range cards {
		add("{card}", c.ID)
	}
	mails, err := w.Store.AuditIncoming(ctx)
	check(t, err)
	for _, m := range mails {
		add("{mail}", m.ID)
	}
}

// addresses gives every address that a route's path can have in this house.
func (w *world) addresses(path string) []string {
	all := []map[string]string{{}}
	for part := range strings.SplitSeq(path, "/") {
		if !strings.HasPrefix(part, "{") || part == "{$}" {
			continue
		}
		var more []map[string]string
		for _, places := range all {
			for _, value := range w.places[part] {
				filled := map[string]string{part: value}
				for k, v := range places {
					filled[k] = v
				}
				more = append(more, filled)
			}
		}
		all = more
	}
	var addresses []string
	for _, places := range all {
		if address, missing := housetest.Address(path, places); missing == "" {
			addresses = append(addresses, address+w.asked[path])
		}
	}
	return addresses
}

// ask asks for a page without a browser.
func (w *world) ask(s stop) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	w.door.ServeHTTP(answer, s.request())
	return answer
}

func (w *world) cookies(who string) map[string]string {
	all := map[string]string{}
	maps.Copy(all, w.extra)
	switch token := w.tokens[who]; {
	case token == "":
	case who == complainant:
		all["gehoor-volgen"] = token
	default:
		all["gehoor"] = token
	}
	return all
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// visit asks for the page of a stop, which must come with the status of the stop.
func (w *world) visit(t *testing.T, s stop) *httptest.ResponseRecorder {
	t.Helper()
	answer := w.ask(s)
	if answer.Code != s.Status {
		t.Fatalf("%s: status %d, want %d\n%s", s.Name, answer.Code, s.Status, answer.Body)
	}
	return answer
}

// warm leaves out the header for which Chromium starts a new process with every page:
// that takes most of the time, and no check is about it (the porch has tests of its own).
type warm struct{ http.ResponseWriter }

func warmed(door http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { door.ServeHTTP(warm{w}, r) })
}

func (w warm) WriteHeader(status int) {
	w.Header().Del("Cross-Origin-Opener-Policy")
	w.ResponseWriter.WriteHeader(status)
}

func (w warm) Write(b []byte) (int, error) {
	w.Header().Del("Cross-Origin-Opener-Policy")
	return w.ResponseWriter.Write(b)
}
