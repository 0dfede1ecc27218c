package manage

import (
	"net/http"
	"slices"
	"strconv"

	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// The addresses of Beheer.
const (
	staffPath      = frame.ManagePath + "/medewerkers"
	departmentPath = frame.ManagePath + "/afdelingen"
	absencePath    = frame.ManagePath + "/afwezigheid"
	closingPath    = frame.ManagePath + "/sluitingsdagen"
	settingsPath   = frame.ManagePath + "/instellingen"
	historyPath    = settingsPath + "/geschiedenis"
)

// Routes lists the addresses of Beheer, of proposals and of one's own absence.
func (d *Door) Routes() []frame.Route {
	return slices.Concat(d.staffRoutes(), d.departmentRoutes(), d.proposalRoutes(), d.absenceRoutes(), d.settingsRoutes(), d.sheetRoutes(), d.letterRoutes(), d.styleRoutes(), d.noticeRoutes())
}

// showManaged draws a page of Beheer.
func (d *Door) showManaged(w http.ResponseWriter, r *http.Request, p frame.Managed) error {
	status := http.StatusOK
	if len(p.Mistakes) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if p.Back == nil && p.Place != "" {
		p.Tabs = manageTabs(p.Voice, p.Place)
	}
	if p.Done == "" {
		p.Done = frame.ManagedDone(p.Voice, r)
	}
	place := frame.ManagePath
	if p.Place == "" && p.Back == nil {
		place = r.URL.Path
	}
	return d.Show(w, r, status, frame.Page{Title: p.Title, Place: place, Failed: len(p.Mistakes) > 0, Body: frame.ManagedPage(p)})
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
