package letter

import (
	"fmt"

	"gehoor/internal/record"
	"gehoor/internal/words"
)

// Press makes letters for the task rooms.
type Press struct{ Words *words.Catalog }

// Compose writes a letter's words; the error names all that the order lacks.
func (p Press) Compose(o record.Order) (record.Document, error) {
	return Compose(o, p.Words.Speak(o.Language))
}

// Print gives the final bytes of a letter: a PDF, or the text of an e-mail.
func (p Press) Print(o record.Order) ([]byte, error) {
	d, err := p.Compose(o)
	if err != nil {
		return nil, fmt.Errorf("letter: %w", err)
	}
	if o.Mail {
		return []byte(PlainText(d)), nil
	}
	return PDF(d)
}

// Printout prints a document that is no letter.
func (Press) Printout(d record.Document) ([]byte, error) { return Printout(d) }

// Leaflet prints a document for many readers on one sheet.
func (Press) Leaflet(d record.Document) ([]byte, error) { return Leaflet(d) }

// Join puts printed letters behind each other in one PDF.
func (Press) Join(s record.Sheaf) ([]byte, error) { return Join(s) }

// Mail gives an e-mail's subject, text and HTML: the same words.
func (p Press) Mail(o record.Order) (record.MailText, error) {
	d, err := p.Compose(o)
	if err != nil {
		return record.MailText{}, fmt.Errorf("letter: %w", err)
	}
	return record.MailText{Subject: d.Subject, Text: PlainText(d), HTML: HTML(d)}, nil
}
