package complaint

import (
	"slices"
	"time"

	"gehoor/internal/calendar"
)

// TextLink is a way to the one text of a dossier, for who confirms it: the link of an
// e-mail, or the code of a slip. It leads to nothing else.
type TextLink struct {
	For     string    // CallerConfirms, ReaderConfirms or RepresentativeConfirms
	Version int       // of the text
	Expires time.Time // it opens nothing from then on
	Ended   LinkEnd   // "" as long as nothing was said to the text
}

// LinkEnd is how a link to the text came to its end.
type LinkEnd string

// The ends of a link.
const (
	LinkConfirmed LinkEnd = "confirmed" // somebody said yes to the text
	LinkCorrected LinkEnd = "corrected" // the text had to change, somebody said by this link
	LinkNotMine   LinkEnd = "not_mine"  // it went to somebody else, who said so
	LinkRevoked   LinkEnd = "revoked"   // a newer text, another reader, or the complaint ended
)

// LinkDays is how long a link to the text works. It is longer than the 21 days after
// which a complaint may be closed as not confirmed: the last message has a link too.
const LinkDays = 30

// EndsLinks says how an event ends the links to the text that were made before it, and
// whose: "" for everybody's. The end is "" when it leaves them. Closing as not confirmed
// leaves them: a later yes is welcome.
func (e Event) EndsLinks() (end LinkEnd, whose string) {
	switch e.Kind {
	case Confirmed:
		return LinkConfirmed, ""
	case Worded, CorrectionAsked, TextSent, ReaderRevoked, ComplainantDied, Withdrawn, PassedOn, NotAccepted, Resolved:
		return LinkRevoked, ""
	case ContactMade:
		if e.IsNotMine() {
			return LinkRevoked, ""
		}
	case IdentityChanged: // who had the link may be somebody else now
		switch {
		case slices.Contains(e.Open.Fields, "reader"):
			return LinkRevoked, ReaderConfirms
		case slices.Contains(e.Open.Fields, "deputy"):
			return LinkRevoked, RepresentativeConfirms
		}
	}
	return "", ""
}

// LinkStanding is what a link can do now.
type LinkStanding string

// The standings of a link. Whoever comes by one that is gone gets the answer for what
// does not exist.
const (
	LinkOpen    LinkStanding = "open"
	LinkUsed    LinkStanding = "used"
	LinkExpired LinkStanding = "expired"
	LinkGone    LinkStanding = "gone"
)

// Standing tells what a link to the text of d can do at a moment.
func (l TextLink) Standing(d Dossier, now time.Time) LinkStanding {
	switch {
	case l.Ended == LinkRevoked || d.State == InError:
		return LinkGone
	case l.Ended != "":
		return LinkUsed
	case !now.Before(l.Expires):
		return LinkExpired
	case l.Version != d.TextVersion || l.Version != d.SentVersion || !d.Allows(TaskConfirm) || d.StopsPost():
		return LinkGone
	case l.For == ReaderConfirms && d.SentHow != HowReader:
		return LinkGone
	}
	return LinkOpen
}

// Who is the person that comes by this link to a dossier.
func (l TextLink) Who(dossier string) Person {
	if l.For == ReaderConfirms {
		return TextReader(dossier)
	}
	return Complainant(dossier)
}

// ContactNotMine marks a contact that is somebody saying: this text is not mine.
const ContactNotMine = "not_mine"

// IsNotMine reports whether the text reached somebody else, who said so.
func (e Event) IsNotMine() bool { return e.Kind == ContactMade && e.Open.Outcome == ContactNotMine }

// NotMine records that the text reached somebody else. It waits to be sent again, to
// whom it was meant for.
func (d Dossier) NotMine(on calendar.Date, s Scene) ([]Event, error) {
	if d.State != Awaiting {
		return nil, refused("refused.not_awaiting")
	}
	open := Open{On: on, How: HowLink, Outcome: ContactNotMine, TextVersion: d.TextVersion}
	return number(d, s.event(ContactMade, open, nil)), nil
}

// HowPage is the complainant's own page, where they follow the complaint.
const HowPage = "page"

// way checks how something was said: who is outside says it on a page of ours, and an
// employee writes down what came in another way.
func (m *Mistakes) way(field, how string, s Scene, staff ...string) {
	if s.Actor.IsOutside() {
		staff = []string{HowLink, HowPage}
	}
	oneOf(m, field, how, staff...)
}
