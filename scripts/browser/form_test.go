package browser

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

// The answers to the steps of the form by which somebody complains.
var formSteps = []url.Values{
	{"description": {"Het rapport kwam zes weken te laat."}, "when": {"12 november"}},
	{"wish": {"explain"}, "desired_outcome": {"Wij willen een vaste datum."}},
	{"subject": {"service"}, "category": {"quality_review"}},
	{"give_name": {"yes"}, "for_whom": {"self"}, "name": {"Truus Verbeek"}, "way": {"letter"}, "street": {"Lindelaan"}, "house": {"12"},
		"postcode": {"1234ab"}, "town": {"Voorbeelddorp"}, "member": {"yes"}},
}

// formStops goes through the steps of the form, to the page that says it was sent.
func (w *world) formStops(t *testing.T) (stops []stop) {
	t.Helper()
	now := w.Clock.Now()
	defer w.Clock.Set(now)
	at := w.stop("GET /klacht", nobody, "/klacht", http.StatusOK)
	for i, answers := range formSteps {
		at = at.filled(t, w, "the form, step "+string(rune('2'+i)), answers, "verder")
		stops = append(stops, at)
		w.Clock.Set(w.Clock.Now().Add(time.Minute)) // nobody types faster
	}
	sent := at.filled(t, w, "sending the form", url.Values{}, "verstuur")
	sent.Status = http.StatusSeeOther
	answer := w.visit(t, sent)
	last := w.stop("the form, sent", nobody, answer.Header().Get("Location"), http.StatusOK)
	last.Cookies = taken(sent, answer)
	w.visit(t, last)
	return append(stops, last)
}

// taken gives the cookies of a stop and those that came with its page.
func taken(s stop, answer *httptest.ResponseRecorder) map[string]string {
	all := maps.Clone(s.Cookies)
	for _, c := range answer.Result().Cookies() {
		all[c.Name] = c.Value
	}
	return all
}

// filled is the stop after this one, when its form is filled in and a button pressed.
func (s stop) filled(t *testing.T, w *world, name string, answers url.Values, do string) stop {
	t.Helper()
	answer := w.visit(t, s)
	f := emptied(t, answer, true)[0]
	for field, values := range answers {
		f.values[field] = values
	}
	f.values.Set("doe", do)
	next := s.form(name, f)
	next.Status, next.Cookies = http.StatusOK, taken(s, answer)
	return next
}
