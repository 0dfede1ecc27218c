package record

import "gehoor/internal/calendar"

// Filter narrows a list of dossiers. The zero Filter shows everything in sight.
type Filter struct {
	Group      string // open, late, soon, unconfirmed, extended, closed, retention, or "" for all
	Department string
	Handler    string // "me", "nobody", or a staff id
	Number     string // a dossier's number, or its beginning
	Exact      bool   // Number is the whole number
	Year       int
	Limit      int
	After      string // keyset: the sort key of the last row seen
	Today      calendar.Date
	Soon       calendar.Date // target dates up to here are soon
	Before     calendar.Date // retention: closed before this day
}

// The groups of the work list.
const (
	GroupOpen        = "open"
	GroupLate        = "late"
	GroupSoon        = "soon"
	GroupUnconfirmed = "unconfirmed"
	GroupExtended    = "extended"
	GroupClosed      = "closed"
	GroupRetention   = "retention" // past the retention term
)

// Counts are the numbers on the tiles of the work list.
type Counts struct {
	Open, Late, Soon, Unconfirmed, Extended, Closed int
}
