package record

import (
	"time"

	"gehoor/internal/complaint"
)

// LinkKind is in which shape a link to the text is handed out.
type LinkKind string

// The kinds of links.
const (
	LinkMail LinkKind = "mail" // a long token in an e-mail
	LinkSlip LinkKind = "slip" // a short code on paper, asked together with the number
	LinkPass LinkKind = "pass" // a long token for who just gave number and code of a slip
)

// TextLink is a row of the links to texts. Of the token or code only a keyed hash is kept.
type TextLink struct {
	complaint.TextLink
	ID      string
	Dossier string
	Letter  string // in which it went out
	Kind    LinkKind
	Token   []byte
	Made    time.Time
	EndedAt time.Time // zero: it has not ended
	Mac     []byte    // over everything but how it ended: that follows from the course
}

// LinksEnd ends the links to a dossier's text that were made before.
type LinksEnd struct {
	End   complaint.LinkEnd
	Whose string // only those of this person: TextLink.For; "": everybody's
	At    time.Time
	// Of the letter by whose link the end came, how its links ended: later visitors are
	// told what was done.
	Letter string
	Own    complaint.LinkEnd
}
