package complaint

import (
	"strings"
	"time"
	"unicode/utf8"

	"gehoor/internal/calendar"
)

// Scene is where and when a task takes place: what the task room knows and hands to
// the law.
type Scene struct {
	Now       time.Time // in the organisation's time zone
	Actor     Actor
	Rules     Rules
	Calendars Calendars
}

// Today is the local date.
func (s Scene) Today() calendar.Date { return calendar.Of(s.Now) }

// event makes an event of this scene; the version is given by number.
func (s Scene) event(kind Kind, open Open, sealed Sealed) Event {
	return Event{Kind: kind, At: s.Now, Actor: s.Actor, Open: open, Sealed: sealed}
}

// masked makes an event whose open part does not say who acted; the texts do.
func (s Scene) masked(kind Kind, open Open, sealed Sealed) Event {
	e := s.event(kind, open, sealed)
	e.Actor = ByStaff
	return e
}

// number gives events the versions that follow d's.
func number(d Dossier, events ...Event) []Event {
	for i := range events {
		events[i].Version = d.Version + i + 1
	}
	return events
}

// The largest texts that are taken, in characters.
const (
	MaxTitle = 80
	MaxLine  = 200
	MaxText  = 60_000
	// MaxOutside is for the texts of people outside: words of ours may be added to them.
	MaxOutside = 50_000
)

// text checks a typed text of at most limit characters and gives it trimmed, with
// line ends as \n.
func (m *Mistakes) text(field, s string, limit int) Private {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		m.Add(field, "error.invalid_text")
		return Private{}
	}
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	if utf8.RuneCountInString(s) > limit {
		m.Add(field, "error.too_long", "Max", limit)
		return Private{}
	}
	return Hide(s)
}

// required is text that may not be empty.
func (m *Mistakes) required(field, s string, limit int) Private {
	before := len(*m)
	p := m.text(field, s, limit)
	if p.IsEmpty() && len(*m) == before {
		m.Add(field, "error.required")
	}
	return p
}

// day checks a date that must be given, not in the future, and not before earliest
// (when that is known).
func (m *Mistakes) day(field string, d, earliest calendar.Date, s Scene) {
	switch {
	case d.IsZero():
		m.Add(field, "error.required")
	case d.After(s.Today()):
		m.Add(field, "error.future_date")
	case d.Before(earliest):
		m.Add(field, "error.date_order", "Date", earliest)
	}
}

// oneOf checks a choice.
func oneOf[T ~string](m *Mistakes, field string, v T, allowed ...T) {
	for _, a := range allowed {
		if v == a {
			return
		}
	}
	m.Add(field, "error.choose")
}
