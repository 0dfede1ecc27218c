package desk

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

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
}

// staffPage is one page of the desk: what stands in the frame, and what in it.
type staffPage struct {
	Title  string // never with personal data: it stays in the browser's history
	Place  string // the address in the menu that is marked: /werk, /register, or ""
	Failed bool   // a form came back with mistakes
	Body   templ.Component
}

// show draws a page of the desk in its frame.
func (d *Rooms) show(w http.ResponseWriter, r *http.Request, status int, p staffPage) error {
	frame, err := d.frame(r, p)
	if err != nil {
		return err
	}
	return porch.Show(w, r, status, inFrame(frame, p.Body))
}

// frame is everything around a page for staff.
func (d *Rooms) frame(r *http.Request, p staffPage) (page.Frame, error) {
	v, visitor := porch.Voice(r), porch.Who(r)
	counts, err := d.Office.Count(r.Context(), visitor.Person, record.Filter{})
	if err != nil {
		return page.Frame{}, err
	}
	bar := &page.Bar{
		Home: workPath, Name: visitor.Staff.Name, Function: function(v, visitor.Staff), Account: accountPath,
		Nav: []page.NavItem{
			{Label: v.Say("nav.work"), Href: workPath, Count: &counts.Open, Current: p.Place == workPath},
			{Label: v.Say("nav.register"), Href: registerPath, Current: p.Place == registerPath},
		},
		LogOut: page.Action{URL: logOutPath},
	}
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
	if mayReceive(visitor.Person) {
		bar.NewComplaint = intakePath
	}
	return page.Frame{Voice: v, Title: p.Title, Failed: p.Failed, Bar: bar, Languages: languageSwitch(r)}, nil
}

// languageSwitch leads to the account where the language is kept in the account: that
// goes before what the browser remembers.
func languageSwitch(r *http.Request) []page.Language {
	others := porch.Languages(r)
	if porch.Who(r).Staff.Language != "" {
		for i := range others {
			others[i].Href = accountPath
		}
	}
	return others
}

// function is what somebody does here: as the account says, else by role.
func function(v *words.Voice, s record.Staff) string {
	if s.Function != "" {
		return s.Function
	}
	var roles []string
	for _, r := range s.Roles {
		roles = append(roles, v.Say("role."+string(r)))
	}
	return strings.Join(roles, ", ")
}
