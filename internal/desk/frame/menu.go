package frame

import (
	"net/http"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// MayReceive reports whether somebody takes complaints in, and sends letters.
func MayReceive(p complaint.Person) bool {
	return complaint.May(p, complaint.TaskReceive, complaint.Relation{})
}

// ErrForbidden is for a page that is not part of somebody's work.
var ErrForbidden = &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}

// Manages refuses who does not manage staff and settings.
func Manages(r *http.Request) error {
	if !complaint.May(porch.Who(r).Person, complaint.TaskStaff, complaint.Relation{}) {
		return ErrForbidden
	}
	return nil
}

// manageNav are the places in the menu for who manages or approves.
func (d *Rooms) manageNav(r *http.Request, place string) ([]page.NavItem, error) {
	v, who := porch.Voice(r), porch.Who(r).Person
	var items []page.NavItem
	if who.Is(complaint.Administrator) || who.Is(complaint.Director) {
		n, err := d.Personnel.ProposalsFor(r.Context(), who)
		if err != nil {
			return nil, err
		}
		item := page.NavItem{Label: v.Say("people.proposals"), Href: ProposalsPath, Current: place == ProposalsPath}
		if n > 0 {
			item.Count = &n
		}
		items = append(items, item)
	}
	if complaint.May(who, complaint.TaskLogHouse, complaint.Relation{}) {
		items = append(items, page.NavItem{Label: v.Say("nav.logbook"), Href: LogPath, Current: place == LogPath})
	}
	if complaint.May(who, complaint.TaskClear, complaint.Relation{}) {
		items = append(items, page.NavItem{Label: v.Say("clear.nav"), Href: ClearPath, Current: place == ClearPath})
	}
	if Manages(r) == nil {
		items = append(items, page.NavItem{Label: v.Say("nav.settings"), Href: ManagePath, Current: place == ManagePath})
	}
	return items, nil
}

// postNav is the post room in the menu: for who may send letters, with a count for the
// helpdesk of what waits to go out and of mail that nobody judged yet.
func (d *Rooms) postNav(r *http.Request, place string) ([]page.NavItem, error) {
	who := porch.Who(r).Person
	if !MayReceive(who) {
		return nil, nil
	}
	item := page.NavItem{Label: porch.Voice(r).Say("nav.post"), Href: PostPath, Current: place == PostPath}
	if who.Is(complaint.Helpdesk) {
		n, err := d.Office.CountPost(r.Context(), who)
		if err != nil {
			return nil, err
		}
		item.Count = &n
	}
	waiting, err := d.Mail.Count(r.Context(), who)
	if err != nil {
		return nil, err
	}
	if item.Count != nil {
		waiting.Waiting += *item.Count
	}
	if item.Count != nil || waiting.Waiting > 0 {
		item.Count = &waiting.Waiting
	}
	return []page.NavItem{item}, nil
}

// phoneNav is what stands beside the telephone, with who waits to be called back; who
// handles complaints finds a caller there.
func (d *Rooms) phoneNav(r *http.Request, place string) ([]page.NavItem, error) {
	v, who := porch.Voice(r), porch.Who(r).Person
	if !MayReceive(who) {
		if !office.MayFindCaller(who) {
			return nil, nil
		}
		return []page.NavItem{{Label: v.Say("phone.search"), Href: PhonePath + "/zoeken", Current: place == PhonePath}}, nil
	}
	n, err := d.Office.CountCards(r.Context(), who)
	if err != nil {
		return nil, err
	}
	return []page.NavItem{{Label: v.Say("nav.phone"), Href: PhonePath, Count: &n.Waiting, Current: place == PhonePath}}, nil
}
