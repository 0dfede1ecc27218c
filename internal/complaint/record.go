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

// Attach records that a file was added.
func (d Dossier) Attach(id, name string, s Scene) ([]Event, error) {
	var m Mistakes
	sealed := Sealed{Name: m.required("file", name, MaxLine)}
	return number(d, s.event(AttachmentAdded, Open{Record: id}, sealed)), m.Err()
}
