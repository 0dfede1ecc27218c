package desk

import (
	"slices"

	"gehoor/internal/desk/dossier"
	"gehoor/internal/desk/frame"
	"gehoor/internal/desk/intake"
	"gehoor/internal/desk/manage"
	"gehoor/internal/desk/phone"
	"gehoor/internal/desk/post"
	"gehoor/internal/desk/triage"
)

// Routes lists every address of the desk.
func (d *Desk) Routes() []frame.Route {
	routes := []frame.Route{
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
