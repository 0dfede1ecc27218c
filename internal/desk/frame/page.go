package frame

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// Rooms are the task rooms that pages for staff ask; what may be seen or done is decided
// there.
type Rooms struct {
	Office    *office.Office
	Personnel *personnel.Personnel
	Mail      *mailroom.Mailroom
}

// Page is one page of the desk: what stands in the frame, and what in it.
type Page struct {
	Title  string // never with personal data: it stays in the browser's history
	Place  string // the address in the menu that is marked: /werk, /register, or ""
	Failed bool   // a form came back with mistakes
	Body   templ.Component
}

// Show draws a page of the desk in its frame.
func (d *Rooms) Show(w http.ResponseWriter, r *http.Request, status int, p Page) error {
	frame, err := d.Frame(r, p)
	if err != nil {
		return err
	}
	due, err := d.Personnel.SheetIsDue(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	if due && !strings.HasPrefix(r.URL.Path, SheetPath) {
		p.Body = warned(frame.Voice, p.Body)
	}
	return porch.Show(w, r, status, Whole(frame, p.Body))
}

// Frame is everything around a page for staff.
func (d *Rooms) Frame(r *http.Request, p Page) (page.Frame, error) {
	v, visitor := porch.Voice(r), porch.Who(r)
	counts, err := d.Office.Count(r.Context(), visitor.Person, record.Filter{})
	if err != nil {
		return page.Frame{}, err
	}
	bar := &page.Bar{
		Home: WorkPath, Name: visitor.Staff.Name, Function: Function(v, visitor.Staff), Account: AccountPath,
		Nav: []page.NavItem{
			{Label: v.Say("nav.work"), Href: WorkPath, Count: &counts.Open, Current: p.Place == WorkPath},
			{Label: v.Say("nav.register"), Href: RegisterPath, Current: p.Place == RegisterPath},
		},
		LogOut: page.Action{URL: LogOutPath},
	}
	calling, err := d.phoneNav(r, p.Place)
	if err != nil {
		return page.Frame{}, err
	}
	bar.Nav = append(bar.Nav, calling...)
	posting, err := d.postNav(r, p.Place)
	if err != nil {
		return page.Frame{}, err
	}
	bar.Nav = append(bar.Nav, posting...)
	managing, err := d.manageNav(r, p.Place)
	if err != nil {
		return page.Frame{}, err
	}
	bar.Nav = append(bar.Nav, managing...)
	if MayReceive(visitor.Person) {
		bar.NewComplaint = IntakePath
	}
	return page.Frame{Voice: v, Title: p.Title, Failed: p.Failed, Bar: bar, Languages: languageSwitch(r)}, nil
}

// languageSwitch leads to the account where the language is kept in the account: that
// goes before what the browser remembers.
func languageSwitch(r *http.Request) []page.Language {
	others := porch.Languages(r)
	if porch.Who(r).Staff.Language != "" {
		for i := range others {
			others[i].Href = AccountPath
		}
	}
	return others
}

// Function is what somebody does here: as the account says, else by role.
func Function(v *words.Voice, s record.Staff) string {
	if s.Function != "" {
		return s.Function
	}
	var roles []string
	for _, r := range s.Roles {
		roles = append(roles, v.Say("role."+string(r)))
	}
	return strings.Join(roles, ", ")
}
