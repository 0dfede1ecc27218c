package browser

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"gehoor/internal/housetest"
)

// TestBrowsersOwnBack goes back and forward through the form with the browser's own
// buttons.
func TestBrowsersOwnBack(t *testing.T) {
	node := need(t)
	w := enter(t, housetest.New(t))
	slow := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.Clock.Set(w.Clock.Now().Add(5 * time.Second)) // nobody types faster
		w.door.ServeHTTP(rw, r)
	}))
	t.Cleanup(slow.Close)
	w.ReachedAt(slow.URL)
	for course, found := range run(t, node, "back.mjs", map[string]string{"url": slow.URL}, 5) {
		for _, f := range found {
			for _, problem := range f.Problems {
				t.Errorf("%s: %s", course, problem)
			}
		}
	}
}
