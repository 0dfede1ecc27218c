package complaint

import "gehoor/internal/calendar"

// Died records that the complainant died: post and reminders stop at once. A relative
// may go on, or stop it.
func (d Dossier) Died(on calendar.Date, told string, s Scene) ([]Event, error) {
	if !d.DiedOn.IsZero() {
		return nil, refused("refused.known_already")
	}
	var m Mistakes
	m.day("on", on, d.ReceivedOn, s)
	sealed := Sealed{Text: m.text("told", told, MaxText)}
	return number(d, s.event(ComplainantDied, Open{On: on}, sealed)), m.Err()
}

// StopsPost reports whether nothing may be sent: the complainant died, and no relative
// goes on.
func (d Dossier) StopsPost() bool { return !d.DiedOn.IsZero() && d.RelativeOn.IsZero() }

// Condolence is a letter to a relative of a complainant who died.
type Condolence struct {
	Deceased string // as the relative says it: "uw moeder"
	Name     string // of the relative
	Greeting string // form of address
	Street   string
	House    string
	Postcode string
	Town     string
}

// Condole checks what the letter to a relative needs. Nothing of it stands in the
// course: it is kept with the identity and in the letter.
func (d Dossier) Condole(c Condolence) error {
	if !d.StopsPost() || !d.State.IsOpen() {
		return refused("refused.not_now")
	}
	var m Mistakes
	m.required("deceased", c.Deceased, MaxLine)
	m.required("name", c.Name, MaxLine)
	m.text("greeting", c.Greeting, MaxLine)
	m.required("street", c.Street, MaxLine)
	m.text("house", c.House, MaxLine)
	m.text("postcode", c.Postcode, MaxLine)
	m.required("town", c.Town, MaxLine)
	return m.Err()
}

// What a relative decides.
const (
	GoesOn = "goes_on"
	Stops  = "stops"
)

// Decision is what a relative says about the complaint of somebody who died.
type Decision struct {
	Choice   string // GoesOn or Stops
	On       calendar.Date
	How      string // HowPost, HowEmail, HowPhone
	Said     string // in the relative's own words
	CanReach bool   // going on: an address of the relative is known
}

// RelativeDecides records that a relative goes on with the complaint, or stops it. Going
// on, post goes to the relative; the dates stay as they were.
func (d Dossier) RelativeDecides(x Decision, s Scene) ([]Event, error) {
	if !d.StopsPost() || !d.State.IsOpen() {
		return nil, refused("refused.not_now")
	}
	var m Mistakes
	oneOf(&m, "choice", x.Choice, GoesOn, Stops)
	m.day("on", x.On, d.DiedOn, s)
	oneOf(&m, "how", x.How, HowPost, HowEmail, HowPhone)
	if x.Choice == GoesOn && !x.CanReach {
		m.Add("choice", "error.relative_address")
	}
	said := m.required("said", x.Said, MaxText)
	events := []Event{s.event(RelativeDecided, Open{On: x.On, How: x.How, Outcome: x.Choice}, Sealed{Text: said})}
	if x.Choice == Stops {
		events = append(events, s.event(Withdrawn, Open{On: x.On, How: x.How}, Sealed{Text: said}))
	}
	return number(d, events...), m.Err()
}

func applyRelativeDecided(d *Dossier, o Open) {
	if o.Outcome == GoesOn {
		d.RelativeOn = o.On
	}
}
