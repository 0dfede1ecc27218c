package porch

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"

	"gehoor/internal/complaint"
	"gehoor/internal/words"
)

// Problem is what an error page says, already in words.
type Problem struct {
	Status    int
	Title     string
	Text      string   // what happened, or what to do
	Mistakes  []string // when a form's mistakes reached the gate
	Reference string   // of a failure that was logged; "" otherwise
}

// halt is a refusal of the porch itself.
type halt struct {
	status     int
	title, key string
	args       []any
}

func (h *halt) Error() string { return "porch: " + h.key }

// The refusals of the porch.
var (
	errOtherSite = &halt{status: http.StatusForbidden, title: "error.title.forbidden", key: "error.other_site"}
	errMethod    = &halt{status: http.StatusMethodNotAllowed, title: "error.title.bad_request", key: "error.method"}
	errTooMany   = &halt{status: http.StatusTooManyRequests, title: "error.title.too_many", key: "error.too_many"}
	errTooLarge  = &halt{status: http.StatusRequestEntityTooLarge, title: "error.title.too_large", key: "error.too_large"}
	// ErrTooLarge is for a form with more typed text than is taken.
	ErrTooLarge error = errTooLarge
	// ErrBadRequest is for a request that no form of ours makes.
	ErrBadRequest error = &halt{status: http.StatusBadRequest, title: "error.title.bad_request", key: "error.bad_request"}
)

// panicked is a panic that was caught, with where it happened.
type panicked struct {
	value any
	stack []byte
}

// Error says what went wrong in the program itself. Of any other value only the type
// is told: it may hold what somebody typed.
func (p *panicked) Error() string {
	what := fmt.Sprintf("%T", p.value)
	if slip, ok := p.value.(runtime.Error); ok {
		what = slip.Error()
	}
	return fmt.Sprintf("panic: %s\n%s", what, p.stack)
}

// catch turns a panic into an error page, or ends the connection when half a page was
// sent.
func (p *Porch) catch(w *watched, r *http.Request) {
	value := recover()
	if value == nil {
		return
	}
	if value == http.ErrAbortHandler {
		panic(value)
	}
	p.refuse(w, r, &panicked{value, debug.Stack()})
}

// refuse is the one error gate: it finds the right page, and logs a failure once.
func (p *Porch) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the visitor left: nobody to tell
	}
	v := of(r)
	problem := judge(v.voice, err)
	if problem.Status >= http.StatusInternalServerError {
		v.reference = newReference()
		p.Log.Error("request failed", "reference", v.reference, "method", method(r), "route", v.pattern, "error", err.Error())
	}
	if problem.Status == http.StatusInternalServerError {
		problem.Reference = v.reference
		problem.Text = v.voice.Say("error.internal", "Reference", v.reference)
	}
	if problem.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "120")
	}
	if begun(w) {
		panic(http.ErrAbortHandler) // half a page was sent: cut it off, so that it is not taken for whole
	}
	if err := Show(w, r, problem.Status, p.Pages.Problem(r, problem)); err != nil {
		p.Log.Error("error page failed", "reference", v.reference, "error", err.Error())
		http.Error(w, problem.Title, problem.Status)
	}
}

// begun reports whether an answer was begun already. The writer may be wrapped.
func begun(w http.ResponseWriter) bool {
	for {
		if seen, ok := w.(*watched); ok {
			return seen.status != 0
		}
		inner, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return false
		}
		w = inner.Unwrap()
	}
}

// judge turns an error into a page. What is not meant for people becomes 500.
func judge(v *words.Voice, err error) Problem {
	var h *halt
	var large *http.MaxBytesError
	var one *complaint.Error
	var many complaint.Mistakes
	switch {
	case errors.As(err, &large):
		h = errTooLarge
		fallthrough
	case errors.As(err, &h):
		return Problem{Status: h.status, Title: v.Say(h.title), Text: v.Say(h.key, h.args...)}
	case errors.As(err, &many):
		p := Problem{Status: http.StatusUnprocessableEntity, Title: v.Say("error.title.bad_request"), Text: v.Say("error.go_back")}
		for _, m := range many {
			p.Mistakes = append(p.Mistakes, v.Say(m.Key, m.Args...))
		}
		return p
	case errors.As(err, &one):
		return kinds(v, one)
	}
	return Problem{Status: http.StatusInternalServerError, Title: v.Say("error.title.internal")}
}

// kinds gives each kind of refusal its status and title.
func kinds(v *words.Voice, e *complaint.Error) Problem {
	status, title := http.StatusConflict, "error.title.refused"
	switch {
	case e.Kind == complaint.NotFound:
		status, title = http.StatusNotFound, "error.title.not_found"
	case e.Kind == complaint.Stale:
		title = "error.title.stale"
	case e.Kind == complaint.Unavailable:
		status, title = http.StatusServiceUnavailable, "error.title.unavailable"
	case e.Kind == complaint.Invalid:
		status, title = http.StatusUnprocessableEntity, "error.title.bad_request"
	case e.Key == "error.forbidden":
		status, title = http.StatusForbidden, "error.title.forbidden"
	}
	return Problem{Status: status, Title: v.Say(title), Text: v.Say(e.Key, e.Args...)}
}

// newReference makes the number that a visitor tells us: short, and easy to say.
func newReference() string {
	s := rand.Text()
	return s[:4] + "-" + s[4:8]
}
