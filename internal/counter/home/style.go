package home

import (
	"net/http"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// styleRoutes lists the organisation's own logo and colours. Their addresses name their
// content, so that a browser keeps them for a year.
func (d *Door) styleRoutes() []porch.Route {
	return []porch.Route{
		{Pattern: "GET " + page.LogoPath + "{hash}", Handler: d.logo, Open: true},
		{Pattern: "GET " + page.StylePath + "{hash}", Handler: d.style, Open: true},
	}
}

func (d *Door) logo(w http.ResponseWriter, r *http.Request) error {
	png, err := d.Personnel.Logo(r.Context(), r.PathValue("hash"))
	if err != nil {
		return err
	}
	keep(w, "image/png")
	_, _ = w.Write(png) // a visitor who left is no failure
	return nil
}

func (d *Door) style(w http.ResponseWriter, r *http.Request) error {
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	css, hash := org.StyleSheet()
	if asked, ok := strings.CutSuffix(r.PathValue("hash"), ".css"); !ok || css == "" || asked != hash {
		return complaint.ErrNotFound
	}
	keep(w, "text/css; charset=utf-8")
	_, _ = w.Write([]byte(css)) // a visitor who left is no failure
	return nil
}

func keep(w http.ResponseWriter, kind string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
}
