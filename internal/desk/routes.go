package desk

import (
	"net/http"

	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// Routes lists every address of the desk.
func (d *Desk) Routes() []Route {
	routes := []Route{
		{Pattern: "GET /{$}", Handler: d.home},
		{Pattern: "GET " + workPath, Handler: d.work},
		{Pattern: "GET " + registerPath, Handler: d.register},
	}
	routes = append(routes, d.dossierRoutes()...)
	routes = append(routes, d.intakeRoutes()...)
	routes = append(routes, d.peopleRoutes()...)
	routes = append(routes, d.postRoutes()...)
	routes = append(routes, d.exportRoutes()...)
	return append(routes, d.Entry.Routes()...)
}

// Handler hangs all routes in the porch of the entry. It must be called once.
func (d *Desk) Handler() (http.Handler, error) {
	p, mux := d.Entry.Porch, http.NewServeMux()
	d.Entry.frame = d.frame
	mux.Handle("GET "+page.AssetPath, page.Assets())
	for _, route := range d.Routes() {
		h := route.Handler
		if !route.Open {
			h = p.Staff(h)
		}
		mux.Handle(route.Pattern, p.Handle(h))
	}
	return p.Front(mux)
}

func (d *Desk) home(w http.ResponseWriter, r *http.Request) error {
	return porch.SeeOther(w, r, workPath)
}
