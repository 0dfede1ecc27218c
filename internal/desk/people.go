package desk

import (
	"net/http"
	"slices"
	"strconv"

	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// The addresses of Beheer.
const (
	staffPath      = managePath + "/medewerkers"
	departmentPath = managePath + "/afdelingen"
	absencePath    = managePath + "/afwezigheid"
	closingPath    = managePath + "/sluitingsdagen"
	settingsPath   = managePath + "/instellingen"
	historyPath    = settingsPath + "/geschiedenis"
)

// peopleRoutes lists the addresses of Beheer, of proposals and of one's own absence.
func (d *Desk) peopleRoutes() []Route {
	return slices.Concat(d.staffRoutes(), d.departmentRoutes(), d.proposalRoutes(), d.absenceRoutes(), d.settingsRoutes())
}

// showManaged draws a page of Beheer.
func (d *Desk) showManaged(w http.ResponseWriter, r *http.Request, p managed) error {
	status := http.StatusOK
	if len(p.Mistakes) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if p.Back == nil && p.Place != "" {
		p.Tabs = manageTabs(p.Voice, p.Place)
	}
	if p.Done == "" {
		p.Done = manageDone(p.Voice, r)
	}
	place := managePath
	if p.Place == "" && p.Back == nil {
		place = r.URL.Path
	}
	return d.show(w, r, status, staffPage{Title: p.Title, Place: place, Failed: len(p.Mistakes) > 0, Body: managedTempl(p)})
}

func manageTabs(v *words.Voice, place string) []page.NavItem {
	var tabs []page.NavItem
	for _, t := range []struct{ path, key string }{
		{staffPath, "people.staff"}, {departmentPath, "people.departments"}, {absencePath, "people.absence"}, {closingPath, "people.closing"}, {settingsPath, "people.settings"},
	} {
		tabs = append(tabs, page.NavItem{Label: v.Say(t.key), Href: t.path, Current: t.path == place})
	}
	return tabs
}

// seen carries which picture of the staff the form was made from. A form that came back
// as stale carries the new one: its owner has been told.
func seen(people record.People) []page.Hidden {
	return []page.Hidden{{Name: porch.SeenField, Value: strconv.FormatInt(people.Revision, 10)}}
}
