package record

import "gehoor/internal/calendar"

// Piece is a letter or message with the dossier it belongs to, without its texts.
type Piece struct {
	Letter  Letter // no Params and no Final
	Printed bool   // its final bytes are kept
	Dossier Dossier
	Message *Message // of an e-mail, how far its sending is; nil: none was made
}

// Waiting narrows the pieces that have not gone out yet.
type Waiting struct {
	Channel string // complaint.HowPost or complaint.HowEmail
	Limit   int
	After   string // keyset: the sort key of the last piece seen
}

// Recent is which dossiers are searched for returned post: the open ones, and of
// the closed those that came in and closed on or after these days.
type Recent struct {
	ReceivedFrom, ClosedFrom calendar.Date
}
