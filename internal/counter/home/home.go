// Package home is the first page of the counter: the procedure in plain steps.
package home

import (
	"net/http"

	"gehoor/internal/counter/frame"
	"gehoor/internal/porch"
)

// Door shows the procedure to everybody.
type Door struct{ frame.Rooms }

// Routes lists the addresses of the home page and what belongs to it.
func (d *Door) Routes() []porch.Route {
	return []porch.Route{{Pattern: "GET /{$}", Handler: d.home, Open: true}}
}

// home shows the procedure. A house that is not set up yet has none: who comes then is
// its administrator.
func (d *Door) home(w http.ResponseWriter, r *http.Request) error {
	done, err := d.Personnel.IsSetUp(r.Context())
	if err != nil {
		return err
	}
	if !done {
		return porch.SeeOther(w, r, frame.StaffPath)
	}
	v := porch.Voice(r)
	return d.Show(w, r, http.StatusOK, frame.Page{Title: v.Say("counter.home_title"), Place: frame.HomePath, Body: homePage(v)})
}
