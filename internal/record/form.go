package record

import "time"

// KeptForm is a form of the counter that somebody goes on with later.
type KeptForm struct {
	Code   []byte // slow keyed hash of the code by which it is found
	Draft  string // of the dossier that it may become
	At     time.Time
	Sealed []byte
}
