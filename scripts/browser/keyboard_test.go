package browser

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// TestKeyboardAlone goes through whole courses, at the desk and at the counter, with the
// keyboard and nothing else.
func TestKeyboardAlone(t *testing.T) {
	node := need(t)
	w := enter(t, housetest.New(t))
	// Every request comes some seconds after the last one: a form that is filled in within
	// no time waits until somebody looks at it.
	slow := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.Clock.Set(w.Clock.Now().Add(5 * time.Second))
		warmed(w.door).ServeHTTP(rw, r)
	}))
	t.Cleanup(slow.Close)
	w.ReachedAt(slow.URL)
	w.look(t)
	w.textReader(t)
	_, number, code := w.letter(t)
	plan := map[string]string{"url": slow.URL, "email": helpdesk, "password": house.DemoPassword, "link": w.link, "number": number, "code": code}
	for course, found := range run(t, node, "keyboard.mjs", plan, 5) {
		if course == "" { // the last line: how many it did
			continue
		}
		t.Run(course, func(t *testing.T) {
			for _, f := range found {
				for _, problem := range f.Problems {
					t.Error(problem)
				}
			}
		})
	}
}
