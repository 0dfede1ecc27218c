package record

import (
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

// LetterKind names a letter. Its texts stand in words under letter.<kind>.
type LetterKind string

// The kinds of letter.
const (
	Acknowledgement      LetterKind = complaint.LetterAcknowledgement // your complaint has come in
	ConfirmationText     LetterKind = "confirmation_text"             // is this what you told us? With a slip
	ConfirmationReminder LetterKind = "reminder"                      // the same text again, still unconfirmed
	ReadingControl       LetterKind = "reading_control"               // you said yes when we read it to you
	PassedToManager      LetterKind = "passed_to_manager"             // who handles it
	ExtensionProposed    LetterKind = "extension_proposed"            // may we have more time?
	ExtensionAgreed      LetterKind = "extension_agreed"              // the date we agreed
	NotAccepted          LetterKind = "not_accepted"                  // we cannot handle it, and why
	PassedOn             LetterKind = "passed_on"                     // another body handles it
	Answer               LetterKind = complaint.LetterAnswer          // the frame around the handler's words
	Withdrawn            LetterKind = complaint.LetterWithdrawn       // you said you stop
	NoConfirmation       LetterKind = "no_confirmation"               // last message: we never had a yes
	TalkFirst            LetterKind = "talk_first"                    // advice to talk with the employee
	ResolvedInformally   LetterKind = "resolved_informally"           // you said it is solved
	WhatYouSaid          LetterKind = complaint.LetterSaid            // what you said about your name or your post
	NewCode              LetterKind = complaint.LetterNewCode         // the old code works no more
	EmployeeOutcome      LetterKind = complaint.LetterToEmployee      // to the employee concerned: what came of it
	Condolence           LetterKind = complaint.LetterCondolence      // to a relative, when the complainant died
)

// LetterKinds lists every kind, in the order of a dossier's course.
func LetterKinds() []LetterKind {
	return []LetterKind{
		Acknowledgement, ConfirmationText, ConfirmationReminder, ReadingControl, PassedToManager,
		ExtensionProposed, ExtensionAgreed, NotAccepted, PassedOn, Answer,
		Withdrawn, NoConfirmation, TalkFirst, ResolvedInformally, WhatYouSaid, NewCode, EmployeeOutcome, Condolence,
	}
}

// Letter is something that goes out, by post or by e-mail: parameters until it is
// printed or released, then also its final bytes, which are reprinted as they are.
type Letter struct {
	ID       string
	Dossier  string
	Kind     LetterKind
	Channel  string // complaint.HowPost or complaint.HowEmail
	Language string
	MadeOn   calendar.Date
	MadeAt   time.Time
	MadeBy   complaint.Actor
	Params   []byte // sealed under the identity key: addressee and facts
	Final    []byte // sealed under the identity key; nil until printed
	SentOn   calendar.Date
	Text     int           // version of the text that it asks to confirm; 0: it asks for no yes
	LapsedOn calendar.Date // it lost its meaning before it went out: a newer text, another addressee, a death
	Mac      []byte        // over id, dossier, kind and SHA-256 of Params
	FinalMac []byte        // over id and SHA-256 of Final
}

// ToSomebodyElse reports whether a letter of this kind goes to somebody for whom it is
// not "your complaint".
func (k LetterKind) ToSomebodyElse() bool { return complaint.Paper{Kind: string(k)}.ToSomebodyElse() }

// AsksForYes reports whether a letter of this kind shows a text and asks for a yes.
func (k LetterKind) AsksForYes() bool {
	return k == ConfirmationText || k == ConfirmationReminder || k == NoConfirmation
}

// Posting says that a letter went out on a day.
type Posting struct {
	Letter string
	On     calendar.Date
}

// Attachment is a file, sealed in chunks under the identity key of its dossier.
type Attachment struct {
	ID      string
	Dossier string // the dossier whose keys seal it
	Linked  bool   // false: uploaded, not yet part of a task; swept after a day
	Name    []byte // sealed
	Type    string // sniffed, never what the sender says
	Size    int64
	At      time.Time
	Actor   complaint.Actor
	SHA256  []byte // of the sealed chunks, in order
	Mac     []byte
}
