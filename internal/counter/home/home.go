// Package home is the first page of the counter: the procedure in plain steps, the same
// as a leaflet, and what is known of how well people can use these pages.
package home

import (
	"net/http"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// Door shows the procedure to everybody.
type Door struct {
	frame.Rooms
	Others []porch.Route // of the counter: the pages lead only to what is there

	leaflets leaflets
}

// Routes lists the addresses of the home page and what belongs to it.
func (d *Door) Routes() []porch.Route {
	return append(d.styleRoutes(), []porch.Route{
		{Pattern: "GET /{$}", Handler: d.home, Open: true},
		{Pattern: "GET " + leafletPath, Handler: d.leaflet, Open: true},
		{Pattern: "GET " + leafletPDFPath, Handler: d.leafletPDF, Open: true},
		{Pattern: "GET " + frame.AccessPath, Handler: d.access, Open: true},
	}...)
}

// home shows the procedure. A house that is not set up yet has none: who comes then is
// its administrator.
func (d *Door) home(w http.ResponseWriter, r *http.Request) error {
	return d.withStory(w, r, func(s teller, t story) error {
		return d.Show(w, r, http.StatusOK, frame.Page{Title: s.Say("counter.home_title"), Place: frame.HomePath, Body: homePage(s, t)})
	})
}

// withStory brings what is told together, or leads to set-up.
func (d *Door) withStory(w http.ResponseWriter, r *http.Request, show func(s teller, t story) error) error {
	done, err := d.Personnel.IsSetUp(r.Context())
	if err != nil {
		return err
	}
	if !done {
		return porch.SeeOther(w, r, frame.StaffPath)
	}
	told, err := d.told(r)
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	return show(teller{told: told, Voice: v}, tell(told, v))
}

func (d *Door) told(r *http.Request) (t told, err error) {
	if t.Org, err = d.Personnel.Organisation(r.Context()); err != nil {
		return t, err
	}
	if t.Rules, err = d.Office.InForce(r.Context(), d.Personnel.Today()); err != nil {
		return t, err
	}
	if t.Closed, err = d.Personnel.ClosedSoon(r.Context()); err != nil {
		return t, err
	}
	t.Openers, t.Base = complaint.NameOpeners(), d.Office.BaseURL
	t.Form, t.Follow = d.serves(frame.FormPath), d.serves(frame.FollowPath)
	return t, nil
}

func (d *Door) serves(path string) bool {
	return slices.ContainsFunc(d.Others, func(route porch.Route) bool { return route.Pattern == "GET "+path })
}

// presses are the buttons at the top: the form when it is on, else the next best way. One
// of them is filled.
func (s teller) presses(ways []way) []page.Button {
	var all []page.Button
	add := func(code complaint.Channel, label string, icon page.IconName) {
		i := slices.IndexFunc(ways, func(w way) bool { return w.Code == code })
		if i < 0 || len(all) == 2 {
			return
		}
		b := page.Button{Label: label, Icon: icon, Href: ways[i].Link.Href, Big: true}
		if len(all) == 0 {
			b.Kind = page.Primary
		}
		all = append(all, b)
	}
	add(complaint.Form, s.Say("counter.home.press_form"), page.IconPen)
	add(complaint.Phone, s.Say("counter.home.press_phone", "Phone", s.Org.Phone), page.IconPhone)
	add(complaint.Email, s.Say("counter.home.press_mail"), page.IconMail)
	return all
}

// wave draws the term: a bar for each day or week where that many can be drawn.
func (s teller) wave() page.TermWave {
	term, start := s.Rules.Term, s.Say("counter.home.wave_filed")
	if term.From == complaint.FromReceived {
		start = s.Say("counter.home.wave_received")
	}
	w := page.TermWave{Bars: term.N,
		Start: [2]string{s.Say("counter.home.wave_zero"), start},
		Last:  [2]string{s.Say("counter.home.wave_last", "Term", s.within()), s.Say("counter.home.wave_sent")}}
	each := ""
	switch term.Unit {
	case calendar.Day:
		each = s.Say("counter.home.wave_days")
	case calendar.Week:
		each = s.Say("counter.home.wave_weeks")
	case calendar.Month, calendar.Year:
		w.Bars = 0 // as many as look well
	}
	if !w.Exact() {
		each = ""
	}
	w.Label = each
	for _, words := range [][2]string{w.Start, w.Last} {
		w.Label += " " + words[0] + " " + words[1] + "."
	}
	return w
}
