package complaint

import (
	"time"

	"gehoor/internal/calendar"
)

// Kind names an event. Kinds are never renamed or reused: old events decode forever.
type Kind string

// The kinds of event. Steps change what is permitted or due; the others are notes.
const (
	Received         Kind = "received"
	Worded           Kind = "worded"
	TextSent         Kind = "text_sent"
	CorrectionAsked  Kind = "correction_asked"
	Confirmed        Kind = "confirmed"
	Filed            Kind = "filed"
	Forwarded        Kind = "forwarded"
	ExtensionAsked   Kind = "extension_asked"
	ExtensionSettled Kind = "extension_settled"
	AnswerReleased   Kind = "answer_released"
	Answered         Kind = "answered"
	Closed           Kind = "closed"
	Withdrawn        Kind = "withdrawn"
	PassedOn         Kind = "passed_on"
	NotAccepted      Kind = "not_accepted"
	Resolved         Kind = "resolved"
	Unconfirmed      Kind = "unconfirmed"

	TalkAdvised     Kind = "talk_advised"
	TalkEnded       Kind = "talk_ended"
	Noted           Kind = "noted"
	ContactMade     Kind = "contact_made"
	ActionTaken     Kind = "action_taken"
	ReminderSent    Kind = "reminder_sent"
	Reminded        Kind = "reminded"
	LetterMade      Kind = "letter_made"
	LetterSent      Kind = "letter_sent"
	AttachmentAdded Kind = "attachment_added"
	IdentityChanged Kind = "identity_changed"
	Supplemented    Kind = "supplemented"

	EmployeeNamed      Kind = "employee_named"
	EmployeeCleared    Kind = "employee_cleared"
	IntakeHandedOver   Kind = "intake_handed_over"
	SteppedAside       Kind = "stepped_aside"
	PutBefore          Kind = "put_before"
	ExtensionDisputed  Kind = "extension_disputed"
	WithdrawalDisputed Kind = "withdrawal_disputed"
	SecondReaderAsked  Kind = "second_reader_asked"
	SecondRead         Kind = "second_read"
	RegisteredInError  Kind = "registered_in_error"
	Corrected          Kind = "corrected"
	Linked             Kind = "linked"
	ComplainantDied    Kind = "complainant_died"
	RelativeDecided    Kind = "relative_decided" // goes on with the complaint, or stops it

	CodeReplaced  Kind = "code_replaced"
	LevelChanged  Kind = "level_changed"
	ReaderRevoked Kind = "reader_revoked"

	LetterUnsent    Kind = "letter_unsent"     // it was said to be posted by mistake
	AnswerTakenBack Kind = "answer_taken_back" // released, and back with the handler before it went

	// Reserved: named now, so that no other meaning takes their place.
	Imported      Kind = "imported"
	LessonLearned Kind = "lesson_learned"
	Erased        Kind = "erased"
)

// steps are the kinds that make an older form stale.
var steps = map[Kind]bool{
	Received: true, Worded: true, TextSent: true, CorrectionAsked: true, Confirmed: true, Filed: true,
	Forwarded: true, ExtensionAsked: true, ExtensionSettled: true, AnswerReleased: true, Answered: true,
	Closed: true, Withdrawn: true, PassedOn: true, NotAccepted: true, Resolved: true, Unconfirmed: true,
	EmployeeNamed: true, EmployeeCleared: true, IntakeHandedOver: true, SteppedAside: true, ExtensionDisputed: true,
	WithdrawalDisputed: true, RegisteredInError: true, Corrected: true, ComplainantDied: true, RelativeDecided: true,
	LevelChanged: true, ReaderRevoked: true, AnswerTakenBack: true, LetterUnsent: true,
}

// IsStep reports whether events of this kind change what is permitted or due.
func (k Kind) IsStep() bool { return steps[k] }

// Actor is who caused an event: the id of a staff member, or one of the two below.
type Actor string

// The actors that are no account.
const (
	ByClock       Actor = "clock"
	ByComplainant Actor = "complainant"
	ByReader      Actor = "reader" // who was sent the one text to read along
	// ByStaff stands where the open part may not say who: the id is among the sealed
	// texts. Whoever steps aside or hands over must not be readable.
	ByStaff Actor = "staff"
)

// IsOutside reports whether an actor is somebody outside, at the public counter.
func (a Actor) IsOutside() bool { return a == ByComplainant || a == ByReader }

// Event is one thing that happened to a dossier.
type Event struct {
	Kind    Kind
	Version int       // 1, 2, 3 … within the dossier
	At      time.Time // when it was written down
	Actor   Actor
	Open    Open
	Sealed  Sealed
}

// Open lists every fact that may stand unsealed, one by one. Never here: the
// employee concerned, who was skipped or stepped aside and why, who took the first
// call, the member organisation, the title, any typed text.
type Open struct {
	Number      string        `json:"number,omitempty"`
	Channel     Channel       `json:"channel,omitempty"`
	Subjects    []SubjectKind `json:"subjects,omitempty"`
	Category    string        `json:"category,omitempty"`
	Department  string        `json:"department,omitempty"`
	Handler     Actor         `json:"handler,omitempty"`
	Reader      Actor         `json:"reader,omitempty"` // a second person: who reads an answer along, or who called it an error
	Member      Member        `json:"member,omitempty"`
	Level       Level         `json:"level,omitempty"`
	Procedure   *Pin          `json:"procedure,omitempty"`
	ReceivedBy  Actor         `json:"received_by,omitempty"`
	TextVersion int           `json:"text_version,omitempty"`
	How         string        `json:"how,omitempty"`     // a code: the way something was sent, said or confirmed
	Outcome     string        `json:"outcome,omitempty"` // a code: what came of it
	Reason      string        `json:"reason,omitempty"`  // a code of the procedure
	Lacks       []Item        `json:"lacks,omitempty"`   // which of the eight items are missing
	Fields      []string      `json:"fields,omitempty"`  // names of changed fields, never values
	Record      string        `json:"record,omitempty"`  // id of the letter or attachment
	Letter      string        `json:"letter,omitempty"`  // the kind of letter
	Occasion    Occasion      `json:"occasion,omitempty"`

	On         calendar.Date   `json:"on,omitzero"` // the day it happened or was said
	ReceivedOn calendar.Date   `json:"received_on,omitzero"`
	ReachedOn  calendar.Date   `json:"reached_on,omitzero"` // reached the helpdesk
	RemindOn   []calendar.Date `json:"remind_on,omitempty"` // reminders to offer while unconfirmed
	FiledOn    calendar.Date   `json:"filed_on,omitzero"`
	DueOn      calendar.Date   `json:"due_on,omitzero"`
	TargetOn   calendar.Date   `json:"target_on,omitzero"`
	SignalOn   calendar.Date   `json:"signal_on,omitzero"`
	ProposedOn calendar.Date   `json:"proposed_on,omitzero"` // the later date that was proposed
	ForDate    calendar.Date   `json:"for_date,omitzero"`    // the date a reminder is about
}

// Field names a sealed text of an event.
type Field string

// The sealed texts.
const (
	Title          Field = "title"
	Description    Field = "description"
	DesiredOutcome Field = "desired_outcome"
	Text           Field = "text"         // what was noted, said or written
	Answer         Field = "answer"       // the answer, section by section (JSON)
	Explanation    Field = "explanation"  // why an item is missing, why it was done so
	Concerned      Field = "concerned"    // the employee concerned: id or name
	FirstHeardBy   Field = "first_heard"  // who first heard or read it
	Present        Field = "present"      // who listened along
	Where          Field = "where"        // a telephone number, a body
	Owner          Field = "owner"        // who does what was promised
	TalkChoice     Field = "choice"       // what the complainant chose (talk first)
	Name           Field = "name"         // name of a file
	Who            Field = "relation"     // who confirmed, in words
	Organisation   Field = "organisation" // the member organisation
	Told           Field = "told"         // ids of whom a signal is for
)

// Sealed holds the texts of an event; they are stored sealed under the content key.
type Sealed map[Field]Private
