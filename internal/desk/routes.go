package desk

import (
	"net/http"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// The addresses of the desk's own pages.
const (
	workPath     = "/werk"
	registerPath = "/register"
	intakePath   = "/klachten/nieuw"
	phonePath    = intakePath + "/telefoon"
	letterPath   = intakePath + "/brief"
	emailPath    = intakePath + "/e-mail"
	accountPath  = "/account"
	logOutPath   = "/uitloggen"
)

// dossierPath is the page of a dossier.
func dossierPath(id string) string { return "/klachten/" + id }

// Route is one address of the desk. Handlers get a request of somebody who is logged
// in, unless the route is Open.
type Route struct {
	Pattern string
	Handler porch.Handler
	Open    bool
}

// Routes lists every address of the desk.
func (d *Desk) Routes() []Route {
	routes := []Route{
		{Pattern: "GET /{$}", Handler: d.home},
		{Pattern: "GET " + workPath, Handler: d.work},
		{Pattern: "GET " + registerPath, Handler: d.register},

		{Pattern: "GET " + intakePath, Handler: d.chooseIntake},
		{Pattern: "GET " + phonePath, Handler: d.blank(complaint.Phone)},
		{Pattern: "POST " + phonePath, Handler: d.takeIn(complaint.Phone)},
		{Pattern: "GET " + letterPath, Handler: d.blank(complaint.Post)},
		{Pattern: "POST " + letterPath, Handler: d.takeIn(complaint.Post)},
		{Pattern: "GET " + emailPath, Handler: d.blank(complaint.Email)},
		{Pattern: "POST " + emailPath, Handler: d.takeIn(complaint.Email)},
	}
	routes = append(routes, d.dossierRoutes()...)
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
