package complaint

import (
	"slices"
	"strings"

	"gehoor/internal/calendar"
)

// Card is a quick card: who must be called back, written while the telephone rings.
// Like Dossier it holds no text that anybody typed.
type Card struct {
	ID       string
	Version  int
	State    CardState
	Reason   string        // closed as no complaint: a code
	CalledOn calendar.Date // the day of the call: a complaint made of it was received then
	DueOn    calendar.Date // we call back on this day at the latest
	ClosedOn calendar.Date
}

// CardState is what became of a card.
type CardState string

// The states of a card. Only a person's act takes it off the list.
const (
	CardWaits       CardState = "waiting"
	CardWritten     CardState = "written_down" // the caller wanted it written down as a complaint
	CardNoComplaint CardState = "no_complaint" // the caller says so
)

// CardReasons say what it was, when the caller says that it is no complaint.
var CardReasons = []string{"question", "compliment", "data_request", "solved", "not_for_us", "advertising", "wrong_number"}

// CardKeptDays is how long after closing the name and number on a card are kept, for a
// caller who calls again about it.
const CardKeptDays = 14

// CardNote is what stands on a card. It exists in plaintext in memory only.
type CardNote struct {
	V         int       `json:"v"`
	Name      string    `json:"name,omitempty"`
	Number    string    `json:"number,omitempty"`
	About     string    `json:"about,omitempty"`
	TakenBy   Actor     `json:"taken_by,omitempty"`
	For       Actor     `json:"for,omitempty"`       // whom it was handed over to
	Concerned []Actor   `json:"concerned,omitempty"` // employees it is about: they see nothing of it
	Tries     []CardTry `json:"tries,omitempty"`
}

// CardTry is a call that nobody answered.
type CardTry struct {
	On calendar.Date `json:"on"`
	By Actor         `json:"by"`
}

// Take writes a card. A number to call back is all that it needs. Whoever it is about
// hands it over and sees it no more.
func (n *CardNote) Take(s Scene) (Card, error) {
	var m Mistakes
	for field, value := range map[string]*string{"name": &n.Name, "number": &n.Number, "about": &n.About} {
		*value = strings.Join(strings.Fields(*value), " ")
		m.text(field, *value, MaxLine)
	}
	switch {
	case n.Number == "":
		m.Add("number", "error.required")
	case len(CanonicalPhone(n.Number)) < minPhone:
		m.Add("number", "error.phone")
	}
	n.V, n.TakenBy = 1, s.Actor
	if slices.Contains(n.Concerned, s.Actor) && n.For == "" {
		m.Add("concerned", "error.hand_over_instead")
	}
	n.Tries = nil
	if n.For != "" {
		if n.For == s.Actor || slices.Contains(n.Concerned, n.For) {
			m.Add("to", "error.choose_colleague")
		}
		n.Concerned = append(n.Concerned, s.Actor)
	}
	day := s.Today()
	return Card{Version: 1, State: CardWaits, CalledOn: day, DueOn: s.Calendars.House.NextWorkingDay(day)}, m.Err()
}

// IsOverdue reports whether the caller should have been called back.
func (c Card) IsOverdue(today calendar.Date) bool {
	return c.State == CardWaits && today.After(c.DueOn)
}

// Try counts a call that nobody answered. The card stays on the list.
func (c Card) Try(n *CardNote, s Scene) (Card, error) {
	if c.State != CardWaits {
		return c, refused("refused.card_closed")
	}
	n.Tries = append(n.Tries, CardTry{s.Today(), s.Actor})
	c.Version++
	return c, nil
}

// NameEmployee says that a card is about an employee, who sees nothing of it from then
// on.
func (c Card) NameEmployee(n *CardNote, staff Actor, s Scene) (Card, error) {
	if c.State != CardWaits {
		return c, refused("refused.card_closed")
	}
	var m Mistakes
	switch {
	case staff == "":
		m.Add("concerned", "error.choose")
	case staff == s.Actor:
		m.Add("concerned", "error.hand_over_instead")
	case staff == n.For:
		n.For = ""
	}
	if !slices.Contains(n.Concerned, staff) {
		n.Concerned = append(n.Concerned, staff)
	}
	c.Version++
	return c, m.Err()
}

// HandOver gives a card to a colleague, because it is about the person who has it.
func (c Card) HandOver(n *CardNote, to Actor, s Scene) (Card, error) {
	if c.State != CardWaits {
		return c, refused("refused.card_closed")
	}
	var m Mistakes
	if to == "" || to == s.Actor || slices.Contains(n.Concerned, to) {
		m.Add("to", "error.choose_colleague")
	}
	n.For, n.Concerned = to, append(n.Concerned, s.Actor)
	c.Version++
	return c, m.Err()
}

// Drop closes a card because the caller says that it is no complaint.
func (c Card) Drop(reason string, s Scene) (Card, error) {
	if c.State != CardWaits {
		return c, refused("refused.card_closed")
	}
	var m Mistakes
	oneOf(&m, "reason", reason, CardReasons...)
	c.State, c.Reason, c.ClosedOn = CardNoComplaint, reason, s.Today()
	c.Version++
	return c, m.Err()
}

// WriteDown closes a card because a dossier was made of it, received on a day: the day
// of the call, or earlier when somebody else was told before.
func (c Card) WriteDown(receivedOn calendar.Date, s Scene) (Card, error) {
	if c.State != CardWaits {
		return c, refused("refused.card_closed")
	}
	var m Mistakes
	if receivedOn.After(c.CalledOn) {
		m.Add("received_on", "error.called_before", "Date", c.CalledOn)
	}
	c.State, c.ClosedOn = CardWritten, s.Today()
	c.Version++
	return c, m.Err()
}

// CardSight is who is looking at the cards: every query that returns or counts them
// takes one.
type CardSight struct {
	All    bool   // the helpdesk sees every card that does not bar them
	Owner  []byte // keyed hash: who took a card, or to whom it was handed over
	Hidden []byte // keyed hash of the person: cards that carry it do not exist
}

// SeeCards makes the CardSight of a person. owner and hidden are keyed hashes.
func SeeCards(p Person, owner, hidden []byte) CardSight {
	s := CardSight{Hidden: hidden}
	if p.ID != "" && p.Is(Helpdesk) {
		s.All = true
	}
	if MayReceive(p) {
		s.Owner = owner
	}
	return s
}

// MayReceive reports whether a person takes complaints in, and so writes cards.
func MayReceive(p Person) bool { return May(p, TaskReceive, Relation{}) }
