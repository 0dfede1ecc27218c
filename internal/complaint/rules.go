package complaint

import (
	"slices"

	"gehoor/internal/calendar"
)

// Rules is one version of a procedure, as the law works with it. The room procedure
// reads it from a file; a dossier pins the version in force on its receipt date.
type Rules struct {
	ID        string
	Version   string
	ValidFrom calendar.Date
	Title     string
	Language  string // nl or en: the language of Title and of the labels

	Channels  []ChannelRule
	Subjects  []SubjectRule
	TalkFirst bool // advise to talk with the employee first; never blocks

	AcknowledgeWithin calendar.Term // 0 days: the same day; it never stops the clock
	Term              TermRule
	Target            TargetRule
	Signals           Signals
	Confirmation      ConfirmationRule
	Extension         ExtensionRule
	Handler           HandlerRule

	Hearing        bool     // the complainant may be heard in person
	Judgement      []Choice // the scale; empty: the answer gives no judgement
	SecondInstance string   // where to go when not satisfied; empty: there is no second round
	ExternalBody   string   // a body outside the organisation; empty: none
	NotAccepted    []Choice // reasons for which a complaint may be not accepted
	OpeningReasons []Choice // reasons for which a name may be opened
	Retention      RetentionRule
	Anonymity      AnonymityRule
	ReportK        int  // the smallest count a report shows
	FollowUp       bool // ask afterwards whether it was solved
	Companion      bool // you may bring someone
}

// Choice is a code with a label in the procedure's language.
type Choice struct{ Code, Label string }

// ChannelRule is one way in.
type ChannelRule struct {
	Code              Channel
	Label             string
	Enabled           bool
	NeedsConfirmation bool // the complaint counts only after the complainant's yes
}

// SubjectRule is a kind of subject with the categories under it.
type SubjectRule struct {
	Kind       SubjectKind
	Categories []Choice
}

// TermRule says by when the answer is due.
type TermRule struct {
	calendar.Term
	From     TermStart
	Calendar calendar.Kind // counts working days and rolls
	Roll     Roll
}

// TermStart is the day from which the term is counted (day 0).
type TermStart string

// The starts of a term.
const (
	FromFiled    TermStart = "filed"
	FromReceived TermStart = "received"
)

// Roll says what happens when a term ends on a free day.
type Roll string

// The ways to roll.
const (
	RollNone    Roll = "none"
	RollForward Roll = "forward" // Algemene termijnenwet, article 1
)

// TargetRule says by when staff should have sent the answer.
type TargetRule struct {
	Calendar     calendar.Kind // the target is the last working day of it on or before the due date
	PostLeadDays int           // working days earlier for a letter: advice, never measured
}

// Signals says when the handler is woken, in working days before the due date.
type Signals struct {
	Before     int // the first signal
	BeforePost int // added when the answer goes by post
}

// ConfirmationRule says how long the helpdesk waits for a caller's yes.
type ConfirmationRule struct {
	Reminders  []int // days after the call on which a reminder is offered
	CloseAfter int   // days after the call before it may be closed as not confirmed
}

// ExtensionRule says how a later date is agreed.
type ExtensionRule struct {
	Reasons []Choice
	Consent bool          // the due date moves only on agreement
	Max     calendar.Term // the furthest date after the due date; zero: no limit
	Notify  bool          // tell in writing, without asking (only when Consent is false)
}

// HandlerRule says who handles, and who when that person cannot.
type HandlerRule struct {
	Rule     string // "department_manager"
	Fallback []Role // in this order, when the manager is concerned or steps aside
}

// RetentionRule says how long a person stays in the register. A zero Term means that
// the organisation's settings decide.
type RetentionRule struct {
	calendar.Term
	From RetentionStart
}

// RetentionStart is the day from which retention is counted.
type RetentionStart string

// The starts of the retention period.
const (
	RetainFromClosed   RetentionStart = "closed"
	RetainFromReceived RetentionStart = "received"
)

// AnonymityRule says how a complaint starts.
type AnonymityRule struct {
	Default  Level
	Nameless bool // complaints without a name are taken in
}

// Pin names the version of the procedure that a dossier follows.
type Pin struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// Pin names these rules.
func (r Rules) Pin() Pin { return Pin{r.ID, r.Version} }

// Calendars is what the organisation brings to a computation of dates.
type Calendars struct {
	House     calendar.Calendar
	Statutory calendar.Calendar
}

// Of gives the calendar of that kind.
func (c Calendars) Of(kind calendar.Kind) calendar.Calendar {
	if kind == calendar.Statutory {
		return c.Statutory
	}
	return c.House
}

// Due gives the due date and the target date of a complaint. Day 0 is the day of
// filing (or of receipt, when the procedure says so); the due date is inclusive.
func (r Rules) Due(received, filed calendar.Date, c Calendars) (due, target calendar.Date) {
	from := filed
	if r.Term.From == FromReceived {
		from = received
	}
	counting := c.Of(r.Term.Calendar)
	due = counting.After(from, r.Term.Term)
	if r.Term.Roll == RollForward {
		due = counting.OnOrAfter(due)
	}
	return due, r.TargetOn(due, c)
}

// TargetOn gives the last working day on or before due.
func (r Rules) TargetOn(due calendar.Date, c Calendars) calendar.Date {
	return c.Of(r.Target.Calendar).OnOrBefore(due)
}

// Channel gives the rule for a channel, and whether the procedure has it switched on.
func (r Rules) Channel(code Channel) (ChannelRule, bool) {
	for _, c := range r.Channels {
		if c.Code == code {
			return c, c.Enabled
		}
	}
	return ChannelRule{}, false
}

// HasChoice reports whether code is among choices.
func HasChoice(choices []Choice, code string) bool {
	for _, c := range choices {
		if c.Code == code {
			return true
		}
	}
	return false
}

// latest gives the furthest date to which an answer due on due may be extended, or
// zero when there is no limit. A statutory extension rolls as the term does.
func (r Rules) latest(due calendar.Date, c Calendars) calendar.Date {
	if r.Extension.Max.N == 0 {
		return calendar.Date{}
	}
	counting := c.Of(r.Term.Calendar)
	last := counting.After(due, r.Extension.Max)
	if r.Term.Roll == RollForward {
		last = counting.OnOrAfter(last)
	}
	return last
}

// hasCategory reports whether a category belongs to one of the subjects.
func (r Rules) hasCategory(subjects []SubjectKind, category string) bool {
	for _, s := range r.Subjects {
		if slices.Contains(subjects, s.Kind) && HasChoice(s.Categories, category) {
			return true
		}
	}
	return false
}
