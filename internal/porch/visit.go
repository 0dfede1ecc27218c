package porch

import (
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"gehoor/internal/words"
)

// visit is what the porch knows of one request. It travels in the context as a
// pointer, so that who is outside (the log) sees what was found out inside.
type visit struct {
	client    netip.Addr
	secure    bool
	pattern   string // of the route; never the path
	reference string // of a failure, once there is one
	voice     *words.Voice
	who       Visitor
	whoErr    error // why the register could not say who it is
}

type visitKey struct{}

// of gives the visit of a request. A request that did not come through Front is a
// slip in the program.
func of(r *http.Request) *visit {
	v, ok := r.Context().Value(visitKey{}).(*visit)
	if !ok {
		panic("porch: a request that did not come through Front")
	}
	return v
}

// receive looks at a request that just came in.
func (p *Porch) receive(r *http.Request) *visit {
	v := &visit{voice: p.Words.Speak(asksFor(r))}
	v.client, v.secure = p.origin(r)
	v.secure = v.secure || p.Secure
	return v
}

// recognise finds out who is logged in, for the pages that want to know. Somebody
// without a session costs nothing.
func (p *Porch) recognise(r *http.Request) {
	v := of(r)
	token := Token(r)
	if token == "" {
		return
	}
	if v.who, v.whoErr = p.Who(r.Context(), token); v.whoErr != nil {
		v.who = Visitor{}
		return
	}
	if v.who.Staff.Language != "" {
		v.voice = p.Words.Speak(v.who.Staff.Language)
	}
}

// Voice speaks the visitor's language.
func Voice(r *http.Request) *words.Voice { return of(r).voice }

// Who is logged in; the zero Visitor when nobody is.
func Who(r *http.Request) Visitor { return of(r).who }

// Client is the visitor's own address. It is for limits only: never keep it.
func Client(r *http.Request) netip.Addr { return of(r).client }

// IsSecure reports whether the visitor came by TLS, here or at a trusted proxy.
func IsSecure(r *http.Request) bool { return of(r).secure }

// note logs a request: no path, no query, no address, no person.
func (p *Porch) note(r *http.Request, v *visit, w *watched, began time.Time) {
	if v.pattern == "GET /static/" {
		return // says nothing about how the register is used
	}
	line := []slog.Attr{slog.String("method", method(r)), slog.String("route", v.pattern), slog.Int("status", w.status),
		slog.Duration("took", time.Since(began))}
	if v.reference != "" {
		line = append(line, slog.String("reference", v.reference))
	}
	p.Log.LogAttrs(r.Context(), slog.LevelInfo, "request", line...)
}

// method keeps whatever a visitor invents as a method out of the log.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions, http.MethodPut, http.MethodDelete, http.MethodPatch:
		return r.Method
	}
	return "other"
}

// watched remembers whether and how a request was answered.
type watched struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (w *watched) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write notes that an answer began.
func (w *watched) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// muted takes an answer that nobody will see.
type muted struct {
	header http.Header
	status int
}

func (m *muted) Header() http.Header         { return m.header }
func (m *muted) WriteHeader(status int)      { m.status = status }
func (m *muted) Write(b []byte) (int, error) { return len(b), nil }
