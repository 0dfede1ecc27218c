package complaint

import "gehoor/internal/calendar"

// MakeLetter records that a letter or message was made for this dossier.
func (d Dossier) MakeLetter(id, kind, channel string, s Scene) []Event {
	return number(d, s.event(LetterMade, Open{Record: id, Letter: kind, How: channel}, nil))
}

// SendLetter records that a letter was posted, or a message sent, on a day.
func (d Dossier) SendLetter(id, kind, channel string, on, made calendar.Date, s Scene) ([]Event, error) {
	var m Mistakes
	m.day("on", on, made, s)
	return number(d, s.event(LetterSent, Open{Record: id, Letter: kind, How: channel, On: on}, nil)), m.Err()
}

// ContactReturned marks a contact that is a letter coming back from the post.
const ContactReturned = "returned"

// LetterBack records that the post brought a letter back on a day, not before it was
// sent; said is what stands in the course.
func (d Dossier) LetterBack(id string, on, sent calendar.Date, said string, s Scene) ([]Event, error) {
	var m Mistakes
	m.day("on", on, sent, s)
	open := Open{On: on, How: HowPost, Outcome: ContactReturned, Record: id}
	return number(d, s.event(ContactMade, open, Sealed{Text: m.required("text", said, MaxText)})), m.Err()
}

// FindsAnotherWay reports whether an event means that the complainant was reached, or
// can be, after a letter came back.
func (e Event) FindsAnotherWay() bool {
	if e.Kind == ContactMade {
		return e.Open.How == HowPhone || e.Open.How == HowEmail || e.Open.How == HowSpoken
	}
	return e.Kind == IdentityChanged || e.Kind == ComplainantDied
}

// Attach records that a file was added.
func (d Dossier) Attach(id, name string, s Scene) ([]Event, error) {
	var m Mistakes
	sealed := Sealed{Name: m.required("file", name, MaxLine)}
	return number(d, s.event(AttachmentAdded, Open{Record: id}, sealed)), m.Err()
}
