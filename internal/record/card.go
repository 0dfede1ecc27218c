package record

import (
	"time"

	"gehoor/internal/complaint"
)

// Card is a quick card as the register keeps it. Its id and keys are those of the
// dossier that may be made of it.
type Card struct {
	complaint.Card
	CalledAt time.Time
	Keys     Keys   // empty once the content was swept
	Owner    []byte // keyed hash: who took it, or to whom it was handed over
	Sealed   []byte // the note, under the identity key; empty once swept
	Sum      []byte // SHA-256 of Sealed: it stays
	Mac      []byte // over the facts, the owner and Sum
	Barred   [][]byte
	Request  []byte // keyed hash of the last step's request; empty without one
}

// CardChange is what one task writes of a card.
type CardChange struct {
	Card Card // Barred holds who is barred from now on
	Seen int  // version on which it was decided; 0: the card is new
	Log  []LogLine
	// Intakes are whose kept intakes of it end.
	Intakes []complaint.Actor
}

// NameNobody takes who acted out of the log lines: it is about that person, and the log
// stands open.
func (c *CardChange) NameNobody() {
	for i := range c.Log {
		c.Log[i].Actor = complaint.ByStaff
	}
}

// CardCounts are the numbers beside the list of cards.
type CardCounts struct{ Waiting, Overdue int }
