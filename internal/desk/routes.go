package desk

import (
	"net/http"
	"slices"

	"gehoor/internal/desk/dossier"
	"gehoor/internal/desk/frame"
	"gehoor/internal/desk/intake"
	"gehoor/internal/desk/manage"
	"gehoor/internal/desk/phone"
	"gehoor/internal/desk/post"
	"gehoor/internal/desk/triage"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// Routes lists every address of the desk.
func (d *Desk) Routes() []frame.Route {
	routes := []frame.Route{
		{Pattern: "GET /{$}", Handler: d.home},
		{Pattern: "GET " + frame.WorkPath, Handler: d.work},
		{Pattern: "GET " + frame.RegisterPath, Handler: d.register},
	}
	return slices.Concat(routes, d.exportRoutes(), d.logRoutes(), d.clearRoutes(),
		(&dossier.Door{Rooms: d.Rooms}).Routes(),
		(&intake.Door{Rooms: d.Rooms}).Routes(),
		(&manage.Door{Rooms: d.Rooms}).Routes(),
		(&post.Door{Rooms: d.Rooms}).Routes(),
		(&phone.Door{Rooms: d.Rooms}).Routes(),
		(&triage.Door{Rooms: d.Rooms}).Routes(),
		d.Entry.Routes())
}

// Handler hangs all routes in the porch of the entry. It must be called once.
func (d *Desk) Handler() (http.Handler, error) {
	p, mux := d.Entry.Porch, http.NewServeMux()
	d.Entry.Frame = d.Frame
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
	return porch.SeeOther(w, r, frame.WorkPath)
}
