package complaint

import "slices"

// Listener is who is at the telephone, to the complainant.
type Listener string

// The listeners.
const (
	ToComplainant    Listener = "complainant"
	ToContact        Listener = "contact"        // gets the post, with consent
	ToRepresentative Listener = "representative" // acts for the complainant
	ToReader         Listener = "reader"         // of the text to confirm
	ToCaller         Listener = "caller"         // calls in the complainant's name
	ToRelative       Listener = "relative"       // of a complainant who died
	ToAnybody        Listener = "anybody"        // the employee concerned, and everybody else
)

// Matter is something that may be told.
type Matter string

// The matters. Internal notes are none: nobody hears of them.
const (
	TellStands  Matter = "stands"  // where the complaint stands
	TellDate    Matter = "date"    // when the answer comes
	TellHandler Matter = "handler" // who handles it, by function
	TellLetters Matter = "letters" // the text, the letters and the answer
	TellText    Matter = "text"    // the one text to confirm, and nothing else
	TellWaits   Matter = "waits"   // that the complaint waits for what a relative decides
)

// Proviso is what must hold before anything is told.
type Proviso string

// The provisos. Who calls is made sure of first in every case.
const (
	IfConsent   Proviso = "consent"   // the complainant's consent stands beside the name
	IfGround    Proviso = "ground"    // what the representation rests on stands there
	IfKnows     Proviso = "knows"     // the complainant knows of the call
	IfOneText   Proviso = "one_text"  // about this text only
	IfGoesOn    Proviso = "goes_on"   // this relative goes on with it
	IfRelative  Proviso = "relative"  // somebody who was left behind
	NoProviso   Proviso = ""          // the complainant
	NeverAtAll  Proviso = "never"     // nothing is told, whatever is said
	NobodyKnown Proviso = "nameless"  // a nameless complaint: nobody can be known
	NotByYou    Proviso = "not_yours" // whoever reads along does not speak for the office
)

// Telling is what one listener may hear.
type Telling struct {
	To    Listener
	Tells []Matter // nothing: empty
	If    Proviso
	Acts  bool // what the listener says counts as said by the complainant
}

// MayTell gives what p, who has relation r to d, may tell about it on the telephone, and
// to whom. It reads the open part and the course only: who the people are stays sealed.
// Somebody who is not in the list is anybody, and hears what strangers hear. Nothing at
// all comes back for who may not read the text.
func (d Dossier) MayTell(p Person, r Relation, course []Event) []Telling {
	if !May(p, TaskRead, r) {
		return nil
	}
	nobody := Telling{To: ToAnybody, If: NeverAtAll}
	all := []Matter{TellStands, TellDate, TellHandler, TellLetters}
	switch {
	case !May(p, TaskContact, r):
		nobody.If = NotByYou
		return []Telling{nobody}
	case d.Level == Nameless:
		nobody.If = NobodyKnown
		return []Telling{nobody}
	case d.StopsPost() && !d.State.IsOpen(): // nobody goes on with it
		return []Telling{nobody}
	case d.StopsPost():
		return []Telling{{To: ToRelative, Tells: []Matter{TellWaits}, If: IfRelative}, nobody}
	case !d.DiedOn.IsZero(): // who stood in for the complainant does so no longer
		return []Telling{{To: ToRelative, Tells: all, If: IfGoesOn, Acts: true}, nobody}
	}
	list := []Telling{{To: ToComplainant, Tells: all, Acts: true}}
	if hadDeputy(course) {
		list = append(list, Telling{To: ToContact, Tells: all, If: IfConsent}, Telling{To: ToRepresentative, Tells: all, If: IfGround, Acts: true})
	}
	if d.State == Awaiting && d.SentHow == HowReader {
		list = append(list, Telling{To: ToReader, Tells: []Matter{TellText}, If: IfOneText})
	}
	return append(list, Telling{To: ToCaller, Tells: all[:3:3], If: IfKnows}, nobody)
}

// hadDeputy reports whether somebody was ever recorded who stands in for the complainant.
// Whether that was revoked, and what the person may do, stands with the sealed name.
func hadDeputy(course []Event) bool {
	return slices.ContainsFunc(course, func(e Event) bool {
		return e.Kind == IdentityChanged && slices.Contains(e.Open.Fields, "deputy")
	})
}
