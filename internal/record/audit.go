package record

import (
	"encoding/json"
	"strconv"
)

// Audit is all there is about one dossier, for gehoor verify. It shows nothing to
// anyone.
type Audit struct {
	Dossier     Dossier
	Found       bool     // there is a dossier row
	Columns     []string // the columns that copy facts of the state, in the order of Dossier.Columns
	Events      []Event
	Identities  []IdentityRow
	Letters     []Letter
	Attachments []Attachment
	Messages    []Message
	TextLinks   []TextLink
	Reminded    []Reminder
	Barred      [][]byte // keyed hashes of who sees nothing of it
}

// RegisterRow is one link of the chain of dossiers.
type RegisterRow struct {
	Seq     int64
	Dossier string
	Number  string
	Mac     []byte
}

// Columns gives the facts of the state that the register copies into columns, to
// filter and sort by.
func (d Dossier) Columns() []string {
	return []string{strconv.Itoa(d.Version), d.Number, string(d.State), string(d.Channel), d.Department, string(d.Handler), string(d.ReceivedBy), string(d.SecondReader),
		d.ReceivedOn.String(), d.FiledOn.String(), d.DueOn.String(), d.OriginalDueOn.String(), d.TargetOn.String(),
		d.AnsweredOn.String(), d.ClosedOn.String(), d.WorkOn().String(), d.WakeOn().String()}
}

// Facts gives the open state as it is authenticated by the row's mac.
func (d Dossier) Facts() ([]byte, error) { return json.Marshal(d.Dossier) }

// RegisterHead is the sealed end of the register: how many dossiers and events it has.
type RegisterHead struct {
	Seq    int64
	Events int64
	Mac    []byte
	Seal   []byte
}
