// Package letter turns a dossier and a text into a letter (tagged PDF) or an
// e-mail's text and HTML.
//
// An Order says what to write. Compose turns it into a Document: the words,
// once, for every form. PDF, PlainText and HTML only dress those words, so
// that paper and e-mail can never say different things.
//
//	order → Compose → Document ─┬─ PDF        A4, tagged, for the printer
//	                            ├─ PlainText  an e-mail's text
//	                            └─ HTML       the same e-mail, in HTML
//
// A sentence that promises something stands in a letter only when the field it
// comes from is filled. The name of the addressee stands in the window and in
// the salutation and nowhere else.
package letter

import "gehoor/internal/record"

// What goes in and what comes out are written down in record, so that the task rooms
// can order a letter without knowing how one is made.
type (
	// A Kind is a sort of letter.
	Kind = record.LetterKind
	// An Order asks for one letter or e-mail.
	Order = record.Order
	// A Sender is the organisation as its letterhead shows it.
	Sender = record.Sender
	// A Contact is the one person who signs and who can be called.
	Contact = record.Contact
	// Facts are what a kind may need to say.
	Facts = record.Facts
	// A Section is a part of an answer as the handler typed it.
	Section = record.Section
	// A Document is a letter in words, before it is paper or e-mail.
	Document = record.Document
	// A Line is a label with its value.
	Line = record.Line
	// A Block is one part of the letter's body.
	Block = record.Block
	// A Slip is cut off and sent back.
	Slip = record.Slip
)

// The letters gehoor writes; the last two go to somebody else than the complainant.
const (
	Acknowledgement    = record.Acknowledgement
	ConfirmationText   = record.ConfirmationText
	Reminder           = record.ConfirmationReminder
	ReadingControl     = record.ReadingControl
	PassedToManager    = record.PassedToManager
	ExtensionProposed  = record.ExtensionProposed
	ExtensionAgreed    = record.ExtensionAgreed
	NotAccepted        = record.NotAccepted
	PassedOn           = record.PassedOn
	Answer             = record.Answer
	Withdrawn          = record.Withdrawn
	NoConfirmation     = record.NoConfirmation
	TalkFirst          = record.TalkFirst
	ResolvedInformally = record.ResolvedInformally
	WhatYouSaid        = record.WhatYouSaid
	NewCode            = record.NewCode
	EmployeeOutcome    = record.EmployeeOutcome
	Condolence         = record.Condolence
)

// The blocks of a letter.
const (
	Heading   = record.Heading
	Paragraph = record.Paragraph
	Quote     = record.Quote
	List      = record.List
	FactLines = record.FactLines
)

// Kinds lists every kind, in the order of a dossier's course.
func Kinds() []Kind { return record.LetterKinds() }
