package porch

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gehoor/internal/page"
)

// Show draws a page whole and then sends it, so that a mistake in drawing never
// leaves half a page. It answers HEAD with the headers only.
func Show(w http.ResponseWriter, r *http.Request, status int, c Component) error {
	var drawn bytes.Buffer
	if err := c.Render(shownTo(r), &drawn); err != nil {
		return fmt.Errorf("porch: draw the page: %w", err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.Method == http.MethodHead {
		w.Header().Set("Content-Length", strconv.Itoa(drawn.Len()))
		w.WriteHeader(status)
		return nil
	}
	w.WriteHeader(status)
	_, _ = w.Write(drawn.Bytes()) // a visitor who left is no failure
	return nil
}

// shownTo marks the page as shown to who is logged in: its forms carry that, so that
// what was typed goes back to nobody else.
func shownTo(r *http.Request) context.Context {
	return page.ForOwner(r.Context(), string(Who(r).Person.ID))
}

// SeeOther sends the visitor to a page of ours after a form was carried out.
func SeeOther(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, LocalPath(path), http.StatusSeeOther)
	return nil
}

// LocalPath gives path when it is a place on this site, else "/": an address that a
// visitor brings along must not lead elsewhere.
func LocalPath(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" ||
		!strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t\x00") {
		return "/"
	}
	return path
}
