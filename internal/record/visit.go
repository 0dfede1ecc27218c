package record

import "time"

// Visit is somebody outside who showed the number and the code of a complaint.
type Visit struct {
	Token   []byte // keyed hash of the token in the cookie
	Dossier string
	Code    []byte // keyed hash of the code it was opened with: a new code ends the visit
	Made    time.Time
	Expires time.Time
}
