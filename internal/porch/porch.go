// Package porch is what every web door shares: the error gate, sessions, security
// headers, language, the visitor's address, forms and limits.
//
// A door writes handlers that return an error and hangs them in a ServeMux through
// Handle; Front goes around the whole mux. Staff lets only people in who are logged
// in. What a handler needs to know of the request it asks here: Voice, Who, Client.
//
//	mux.Handle("GET /werk", p.Handle(p.Staff(desk.work)))
//	server := porch.Server(address, p.Front(mux))
//
// Nothing personal goes into a log line or an address: not the path, not the query,
// not where a visitor came from.
package porch

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/go-chi/httprate"
	"github.com/klauspost/compress/gzhttp"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// Handler answers a request, or says why not; the error gate shows that.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one address of a door. Handlers get a request of somebody who is logged in,
// unless the route is Open.
type Route struct {
	Pattern string
	Handler Handler
	Open    bool
}

// Mount hangs the routes of a door in a mux, each behind the error gate.
func (p *Porch) Mount(mux *http.ServeMux, routes []Route) {
	for _, route := range routes {
		h := route.Handler
		if !route.Open {
			h = p.Staff(h)
		}
		mux.Handle(route.Pattern, p.Handle(h))
	}
}

// Component is anything that can be drawn. Every templ.Component is one.
type Component interface {
	Render(ctx context.Context, w io.Writer) error
}

// Visitor is who is logged in. Nobody is the zero Visitor.
type Visitor struct {
	Staff  record.Staff
	Person complaint.Person
}

// Pages draws what the porch itself has to say, in the look of the door.
type Pages interface {
	// Problem is an error page.
	Problem(r *http.Request, p Problem) Component
	// LogInAgain asks who posted after the session ended to log in.
	LogInAgain(r *http.Request, a Again) Component
}

// Porch is the setting of a web door. Words, Log, Pages and Who must be set.
type Porch struct {
	Words *words.Catalog
	Log   *slog.Logger
	Pages Pages
	// Who tells whose session token it is; an unknown or ended one is complaint.ErrNotFound.
	Who func(ctx context.Context, token string) (Visitor, error)

	Proxies   []netip.Prefix // whose X-Forwarded-For and -Proto are believed
	Secure    bool           // people reach the door over TLS, whoever ends that
	MaxUpload int64          // bytes of all files in one form; 0 = no files
	Pace      *Pace          // of what comes from outside by the forms of the counter
	LogIns    int            // tries to log in per address and minute; 0 = 20
}

// Front goes around the whole mux of a door. It must be called once.
func (p *Porch) Front(mux *http.ServeMux) (http.Handler, error) {
	squeeze, err := gzhttp.NewWrapper(
		gzhttp.MinSize(1024),
		gzhttp.ContentTypes([]string{"text/html", "text/css", "text/plain", "text/csv", "text/calendar", "image/svg+xml", "application/json"}),
		gzhttp.SuffixETag("-gzip"),
		gzhttp.RandomJitter(32, 0, false), // the size of a page must not tell what is in it
	)
	if err != nil {
		return nil, fmt.Errorf("porch: %w", err)
	}
	inner := squeeze(p.route(mux))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		v := p.receive(r)
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		out := &watched{ResponseWriter: w}
		secure(out.Header(), v.secure)
		defer p.note(r, v, out, began)
		defer p.catch(out, r)
		inner.ServeHTTP(out, r)
	}), nil
}

// route lets the mux answer, in our words where it would answer in its own.
func (p *Porch) route(mux *http.ServeMux) http.Handler {
	var cross http.CrossOriginProtection
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := cross.Check(r); err != nil {
			p.refuse(w, r, errOtherSite)
			return
		}
		if lang := switchesTo(r); lang != "" {
			Speak(w, r, lang)
			of(r).voice = p.Words.Speak(lang)
		}
		answer, pattern := mux.Handler(r)
		if pattern == "" {
			p.refuse(w, r, asked(answer, w, r))
			return
		}
		of(r).pattern = pattern
		mux.ServeHTTP(w, r)
	})
}

// asked finds out what the mux says to a request that nothing answers: not found, or
// another method, with the methods that it does know.
func asked(answer http.Handler, w http.ResponseWriter, r *http.Request) error {
	said := &muted{header: http.Header{}}
	answer.ServeHTTP(said, r)
	if said.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", said.header.Get("Allow"))
		return errMethod
	}
	return complaint.ErrNotFound
}

// Handle makes an http.Handler of h, behind the error gate.
func (p *Porch) Handle(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, p.MaxUpload+headroom)
		p.recognise(r)
		out := &watched{ResponseWriter: w} // inside the compression, which holds answers back
		if err := h(out, r); err != nil {
			p.refuse(out, r, err)
		}
	})
}

// LimitLogIn slows down who tries many log-ins from one address. Call it once per
// handler, when the routes are made.
func (p *Porch) LimitLogIn(h Handler) Handler {
	tries := p.LogIns
	if tries == 0 {
		tries = 20
	}
	limit := httprate.NewRateLimiter(tries, time.Minute, httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}))
	return func(w http.ResponseWriter, r *http.Request) error {
		if limit.OnLimit(w, r, httprate.CanonicalizeIP(Client(r).String())) {
			return errTooMany
		}
		return h(w, r)
	}
}
