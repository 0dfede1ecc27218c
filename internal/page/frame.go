package page

import (
	"context"
	"strings"

	"gehoor/internal/words"
)

// A Frame is everything around the content of a page. With a Bar it is a page
// for staff, without one a public page.
type Frame struct {
	Voice  *words.Voice
	Title  string // never with personal data: it stays in the browser's history
	Failed bool   // the form came back with mistakes: the title says so first

	Bar    *Bar   // staff pages
	Mast   Mast   // public pages, also log-in, set-up and errors
	Footer Footer // below both; empty parts vanish

	Sheet string // the stylesheet: CounterSheet, or "" for the one with everything
	Style string // address of the organisation's own colours; empty = gehoor's

	Languages []Language // others than the one being spoken; empty = no switch
	Colours   Colours
}

// Colours forces a scheme; AsSystem follows the reader's own setting.
type Colours string

const (
	AsSystem Colours = ""
	Light    Colours = "licht"
	Dark     Colours = "donker"
)

// Bar is the dark bar above staff pages.
type Bar struct {
	Brand, Home    string // Brand defaults to "gehoor", Home to "/"
	Nav            []NavItem
	NewComplaint   string // address; empty = no button
	Name, Function string // who is logged in, and as what
	Account        string // address of my account; empty = name without link
	LogOut         Action // no URL = no button
}

// NavItem is a place in the bar. Count is nil where there is nothing to count.
type NavItem struct {
	Label, Href string
	Count       *int
	Current     bool
}

// Mast is the head of a public page. Empty parts vanish, so the log-in page
// shows only the name of the organisation.
type Mast struct {
	Name, Sub, Home string  // "Het LSR", "klachten", "/"
	Logo            Picture // the organisation's own; none = gehoor's
	Nav             []NavItem
	Phone           string // as people read it: 030-299 00 04
}

// Footer is the foot of a page. A page with an empty footer has none.
type Footer struct {
	Phone, Mail string
	Links       []Link
	MadeWith    bool // the line that says these pages run on gehoor
}

// Language is a switch to another language: a link, or a button that sends a form of the
// page to Href, so that nothing typed in it is lost.
type Language struct{ Code, Href, Form string }

// title is what the browser's tab says: the mistake first, then the page, then
// the place.
func (f Frame) title() string {
	title := f.Title
	if f.Failed {
		title = f.Voice.Say("page.title_mistake", "Title", title)
	}
	place := f.Bar.brand()
	if f.Bar == nil && f.Mast.Name != "" {
		place = f.Mast.Name
	}
	if title == "" {
		return place
	}
	return title + " - " + place
}

func (f Frame) sheet() string {
	if f.Sheet == "" {
		return wholeSheet
	}
	return f.Sheet
}

func (f Frame) bodyClass() string {
	if f.Bar != nil {
		return "is-staff"
	}
	return "gh-public"
}

// footless says that there is nothing at all to put below a page.
func (f Frame) footless() bool {
	foot := f.Footer
	return foot.Phone == "" && foot.Mail == "" && len(foot.Links) == 0 && !foot.MadeWith && len(f.Languages) == 0
}

func (b *Bar) brand() string {
	if b == nil || b.Brand == "" {
		return "gehoor"
	}
	return b.Brand
}

func (b *Bar) home() string {
	if b.Home == "" {
		return "/"
	}
	return b.Home
}

func (m Mast) home() string {
	if m.Home == "" {
		return "/"
	}
	return m.Home
}

// Tel turns a printed telephone number into an address that dials it: a Dutch
// number gets its country code.
func Tel(printed string) string {
	var digits []rune
	for _, r := range printed {
		if r >= '0' && r <= '9' || r == '+' && len(digits) == 0 {
			digits = append(digits, r)
		}
	}
	number := string(digits)
	if len(number) == 10 && number[0] == '0' {
		number = "+31" + number[1:]
	}
	return "tel:" + number
}

// Inert is a page of somebody else's making for a frame that may do nothing (sandbox). What
// reads such a page leaves only elements and words in body.
func Inert(v *words.Voice, body string) string {
	var out strings.Builder
	_ = inert(v, body).Render(context.Background(), &out) // a builder takes everything
	return out.String()
}
