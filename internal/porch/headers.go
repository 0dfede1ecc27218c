package porch

import "net/http"

// policy lets a page use our own stylesheet, pictures and forms, and nothing else.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// KeepForBack lets the browser keep a page, for its own Back and Forward only: every
// other way to the page asks us again. For pages that answer a POST there is no Back
// otherwise.
func KeepForBack(w http.ResponseWriter) { w.Header().Set("Cache-Control", "private, no-cache") }

// ForgetPages lets the browser throw away what it kept of these pages. One that does not know
// how, or came without TLS, keeps it until it is closed.
func ForgetPages(w http.ResponseWriter) { w.Header().Set("Clear-Site-Data", `"cache"`) }

// secure sets the headers of every answer. A handler may set its own Cache-Control
// (the stylesheet does); by default no browser or proxy keeps anything.
func secure(h http.Header, tls bool) {
	h.Set("Content-Security-Policy", policy)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	// same-origin, not no-referrer: with that, browsers send "Origin: null" along with
	// our own forms, and the check on other sites would refuse them.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()")
	if tls {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}
