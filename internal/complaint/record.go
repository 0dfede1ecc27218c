package complaint

import "gehoor/internal/calendar"

// Paper is a letter or message of a dossier.
type Paper struct {
	ID, Kind string
	Channel  string        // HowPost or HowEmail
	Text     int           // version of the text that it asks to confirm; 0: it asks for no yes
	MadeOn   calendar.Date // when it was made
	Lapsed   bool          // it lost its meaning while it lay here
}

func (p Paper) open() Open {
	return Open{Record: p.ID, Letter: p.Kind, How: p.Channel, TextVersion: p.Text}
}

// MakeLetter records that a letter or message was made for this dossier.
func (d Dossier) MakeLetter(p Paper, s Scene) []Event {
	return number(d, s.event(LetterMade, p.open(), nil))
}

// SendLetter records that a letter was posted, or a message sent, on a day. A text on
// paper counts as sent from that day: its reminders move by the days that it lay here.
func (d Dossier) SendLetter(p Paper, on calendar.Date, s Scene) ([]Event, error) {
	if err := d.MayGoOut(p); err != nil {
		return nil, err
	}
	var m Mistakes
	m.day("on", on, p.MadeOn, s)
	open := p.open()
	open.On = on
	if days := p.MadeOn.DaysUntil(on); m.Err() == nil && days > 0 && p.Channel == HowPost && d.waitsForPost(p.Text) {
		open.RemindOn = d.remindersMoved(days)
	}
	return number(d, s.event(LetterSent, open, nil)), m.Err()
}

// Lapsed reports whether a letter about an older version of the text has lost its
// meaning: it asks for a yes to words that are no longer those.
func (d Dossier) Lapsed(text int) bool { return text > 0 && text < d.TextVersion }

// waitsForPost reports whether this version of the text went on paper, and nobody has
// posted it yet.
func (d Dossier) waitsForPost(text int) bool {
	return d.State == Awaiting && d.SentOn.IsZero() && text > 0 && text == d.SentVersion
}

// TextLiesHere reports whether the text that awaits a yes is still to be posted.
func (d Dossier) TextLiesHere() bool { return d.waitsForPost(d.SentVersion) }

func applyLetterSent(d *Dossier, o Open) {
	if o.How != HowPost || !d.waitsForPost(o.TextVersion) { // an e-mail does not post what lies here
		return
	}
	d.SentOn = o.On
	if len(o.RemindOn) > 0 {
		d.RemindOn = o.RemindOn
	}
}

// ContactReturned marks a contact that is a letter coming back from the post.
const ContactReturned = "returned"

// IsReturn reports whether a letter or e-mail of ours came back.
func (e Event) IsReturn() bool { return e.Kind == ContactMade && e.Open.Outcome == ContactReturned }

// LetterBack records that the post brought a letter back on a day, not before it was
// sent; said is what stands in the course.
func (d Dossier) LetterBack(id string, on, sent calendar.Date, said string, s Scene) ([]Event, error) {
	var m Mistakes
	m.day("on", on, sent, s)
	open := Open{On: on, How: HowPost, Outcome: ContactReturned, Record: id}
	return number(d, s.event(ContactMade, open, Sealed{Text: m.required("text", said, MaxText)})), m.Err()
}

// Bounced records that an e-mail of ours was not delivered: another way is to be found,
// as for a letter that came back.
func (d Dossier) Bounced(letter string, on calendar.Date, said string, s Scene) ([]Event, error) {
	var m Mistakes
	m.day("on", on, calendar.Date{}, s)
	open := Open{On: on, How: HowEmail, Outcome: ContactReturned, Record: letter}
	return number(d, s.event(ContactMade, open, Sealed{Text: m.required("text", said, MaxText)})), m.Err()
}

// FindsAnotherWay reports whether an event means that the complainant was reached, or
// can be, after a letter came back.
func (e Event) FindsAnotherWay() bool {
	if e.Kind == ContactMade {
		return e.Open.How == HowPhone || e.Open.How == HowEmail || e.Open.How == HowSpoken || e.Open.How == HowPage && e.Actor.IsOutside()
	}
	return e.Kind == IdentityChanged || e.Kind == ComplainantDied
}

// Attach records that a file was added.
func (d Dossier) Attach(id, name string, s Scene) ([]Event, error) {
	var m Mistakes
	sealed := Sealed{Name: m.required("file", name, MaxLine)}
	return number(d, s.event(AttachmentAdded, Open{Record: id}, sealed)), m.Err()
}
