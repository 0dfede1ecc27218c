package frame

import (
	"cmp"
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// The addresses of the counter.
const (
	HomePath   = "/"
	FollowPath = "/volgen"     // with number and code
	ConfirmTo  = "/ja/"        // and a token: the link of an e-mail
	SlipPath   = "/bevestigen" // with number and the code of a slip
	FormPath   = "/klacht"
	AccessPath = "/toegankelijkheid"
	StaffPath  = porch.LogInPath
)

// Rooms are the task rooms that the counter asks; what may be seen or done is decided
// there.
type Rooms struct {
	Office    *office.Office
	Personnel *personnel.Personnel
	Mail      *mailroom.Mailroom
	Porch     *porch.Porch
}

// Page is one page of the counter.
type Page struct {
	Title  string // never with personal data: it stays in the browser's history
	Place  string // the address in the menu that is marked
	Failed bool   // a form came back with mistakes
	Steady bool   // no switch of language: what is shown would be lost
	Typing Typing // the form with which a switch of language goes along
	Back   bool   // the browser may keep it for its Back; never with a number or a code
	Body   templ.Component
}

// Typing is a form of a page, by its id, and where it is sent. A switch of language sends
// it, to show it again with all that was typed.
type Typing struct{ Form, Action string }

// CameBack is a form with which a page answers a POST. A link would lose what was typed.
func CameBack(r *http.Request, form, action string) Typing {
	if r.Method != http.MethodPost {
		return Typing{}
	}
	return Typing{form, action}
}

// Us is what the organisation calls itself in a sentence: "het LSR", in its own language.
func Us(v *words.Voice, org record.Organisation) string {
	if v.Lang() != org.FirstLanguage() {
		return org.Name
	}
	return cmp.Or(org.Short, org.Name)
}

// Wish is the question about what is to be done.
func Wish(v *words.Voice, org record.Organisation) string {
	if org.Short == "" {
		return v.Say("counter.confirm.wish_we")
	}
	return v.Say("counter.confirm.wish", "Sender", Us(v, org))
}

// Show draws a page of the counter in its frame.
func (d *Rooms) Show(w http.ResponseWriter, r *http.Request, status int, p Page) error {
	if porch.Switches(r) && status == http.StatusUnprocessableEntity { // shown again, not refused
		status, p.Failed = http.StatusOK, false
	}
	f, err := d.Frame(r, p)
	if err != nil {
		return err
	}
	if p.Back {
		porch.KeepForBack(w)
	}
	return porch.Show(w, r, status, whole(f, p.Body))
}

// Frame is everything around a public page: who this is, and how to reach a person.
func (d *Rooms) Frame(r *http.Request, p Page) (page.Frame, error) {
	v := porch.Voice(r)
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return page.Frame{}, err
	}
	languages := porch.Languages(r)
	for i := range languages {
		if t := p.Typing; t.Form != "" {
			languages[i].Form, languages[i].Href = t.Form, porch.SwitchTo(t.Action, languages[i].Code)
		}
	}
	if p.Steady {
		languages = nil
	}
	f := page.Frame{
		Voice: v, Title: p.Title, Failed: p.Failed, Sheet: page.CounterSheet, Languages: languages,
		Mast: page.Mast{Sub: v.Say("common.complaints"), Home: HomePath, Phone: org.Phone, Nav: d.places(v, p)},
		Footer: page.Footer{Phone: org.Phone, Mail: org.Email, MadeWith: true, Links: []page.Link{
			{Label: v.Say("counter.nav_access"), Href: AccessPath},
			{Label: v.Say("counter.nav_staff"), Href: StaffPath},
		}},
	}
	f.Dress(org)
	return f, nil
}

// places are those of the menu. A complaint can be followed where codes are given.
func (d *Rooms) places(v *words.Voice, p Page) []page.NavItem {
	places := []page.NavItem{{Label: v.Say("counter.nav_home"), Href: HomePath, Current: p.Place == HomePath}}
	if d.Office.FollowURL != "" {
		places = append(places, page.NavItem{Label: v.Say("counter.follow.title"), Href: FollowPath, Current: p.Place == FollowPath})
	}
	return places
}
