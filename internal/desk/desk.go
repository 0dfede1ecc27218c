package desk

import (
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// Desk is the door for staff.
type Desk struct {
	Office    *office.Office
	Personnel *personnel.Personnel
	Entry     *Entry // logging in, set-up, own account, and the porch
}

// staffPage is one page of the desk: what stands in the frame, and what in it.
type staffPage struct {
	Title  string // never with personal data: it stays in the browser's history
	Place  string // the address in the menu that is marked: /werk, /register, or ""
	Failed bool   // a form came back with mistakes
	Body   templ.Component
}

// show draws a page of the desk in its frame.
func (d *Desk) show(w http.ResponseWriter, r *http.Request, status int, p staffPage) error {
	frame, err := d.frame(r, p)
	if err != nil {
		return err
	}
	return porch.Show(w, r, status, inFrame(frame, p.Body))
}

// frame is everything around a page for staff.
func (d *Desk) frame(r *http.Request, p staffPage) (page.Frame, error) {
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

func mayReceive(p complaint.Person) bool {
	return complaint.May(p, complaint.TaskReceive, complaint.Relation{})
}

// errForbidden is for a page that is not part of somebody's work.
var errForbidden = &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}

// people are the names that pages show in place of ids.
type people struct {
	staff       map[complaint.Actor]personnel.Colleague
	departments []record.Department
}

func (d *Desk) people(r *http.Request) (p people, err error) {
	if p.staff, err = d.Personnel.Colleagues(r.Context()); err != nil {
		return p, err
	}
	p.departments, err = d.Personnel.Departments(r.Context())
	return p, err
}

// name gives somebody's name, or "" for nobody.
func (p people) name(id complaint.Actor) string { return p.staff[id].Name }

// department gives a department's name, or "" when there is none of that id (any more).
func (p people) department(id string) string {
	i := slices.IndexFunc(p.departments, func(d record.Department) bool { return d.ID == id })
	if i < 0 {
		return ""
	}
	return p.departments[i].Name
}
