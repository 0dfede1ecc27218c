package complaint

import (
	"slices"

	"gehoor/internal/calendar"
)

// State is where a dossier is in its course.
type State string

// The states.
const (
	Drafted           State = "drafted" // told by telephone, the text is being worded
	Awaiting          State = "awaiting_confirmation"
	IsFiled           State = "filed"
	InHandling        State = "in_handling"
	ExtensionProposed State = "extension_proposed"
	IsAnswered        State = "answered"
	IsClosed          State = "closed"
	ClosedInformal    State = "closed_informal"
	ClosedUnconfirmed State = "closed_unconfirmed"
	IsWithdrawn       State = "withdrawn"
	IsPassedOn        State = "passed_on"
	IsNotAccepted     State = "not_accepted"
	InError           State = "registered_in_error"
)

// States lists them all, in the order of the course.
var States = []State{Drafted, Awaiting, IsFiled, InHandling, ExtensionProposed, IsAnswered, IsClosed,
	ClosedInformal, ClosedUnconfirmed, IsWithdrawn, IsPassedOn, IsNotAccepted, InError}

// IsOpen reports whether work on the dossier goes on.
func (s State) IsOpen() bool {
	switch s {
	case Drafted, Awaiting, IsFiled, InHandling, ExtensionProposed, IsAnswered:
		return true
	}
	return false
}

// IsRunning reports whether the term runs: filed, and not yet answered.
func (s State) IsRunning() bool {
	return s == IsFiled || s == InHandling || s == ExtensionProposed
}

// IsUnconfirmed reports whether a caller's yes is still awaited.
func (s State) IsUnconfirmed() bool { return s == Drafted || s == Awaiting }

// Dossier is the open state of a complaint: what its events, applied in order, lead
// to. It holds no text that anybody typed, so that it outlives erasure.
type Dossier struct {
	ID       string `json:"-"`
	Number   string `json:"number"`
	Version  int    `json:"version"`   // of the last event
	LastStep int    `json:"last_step"` // version of the last step
	State    State  `json:"state"`

	Channel    Channel       `json:"channel"`
	Subjects   []SubjectKind `json:"subjects,omitempty"`
	Category   string        `json:"category,omitempty"`
	Department string        `json:"department,omitempty"`
	Member     Member        `json:"member,omitempty"`
	Level      Level         `json:"level"`
	Procedure  Pin           `json:"procedure"`
	Lacks      []Item        `json:"lacks,omitempty"`

	ReceivedOn calendar.Date `json:"received_on,omitzero"`
	ReachedOn  calendar.Date `json:"reached_on,omitzero"`
	ReceivedBy Actor         `json:"received_by"`
	Handler    Actor         `json:"handler,omitempty"`

	TextVersion   int             `json:"text_version,omitempty"` // latest wording
	SentVersion   int             `json:"sent_version,omitempty"` // latest wording sent for confirmation
	SentHow       string          `json:"sent_how,omitempty"`
	SentOn        calendar.Date   `json:"sent_on,omitzero"` // on paper: when it was posted; zero while it lies here
	RemindOn      []calendar.Date `json:"remind_on,omitempty"`
	Reminders     []string        `json:"reminders,omitempty"` // channel of each reminder of the confirmation
	LastMessageOn calendar.Date   `json:"last_message_on,omitzero"`
	ConfirmedOn   calendar.Date   `json:"confirmed_on,omitzero"`

	FiledOn       calendar.Date `json:"filed_on,omitzero"`
	OriginalDueOn calendar.Date `json:"original_due_on,omitzero"`
	DueOn         calendar.Date `json:"due_on,omitzero"`
	TargetOn      calendar.Date `json:"target_on,omitzero"`
	SignalOn      calendar.Date `json:"signal_on,omitzero"`

	Extension Extension `json:"extension,omitzero"`

	ActionTaken bool          `json:"action_taken,omitempty"`
	ReleasedOn  calendar.Date `json:"released_on,omitzero"`
	AnswerHow   string        `json:"answer_how,omitempty"`
	AnsweredOn  calendar.Date `json:"answered_on,omitzero"`
	Judgement   string        `json:"judgement,omitempty"`
	ClosedOn    calendar.Date `json:"closed_on,omitzero"`
	Outcome     string        `json:"outcome,omitempty"`

	Former       State         `json:"former,omitempty"`  // the state before an ending
	HeardOn      calendar.Date `json:"heard_on,omitzero"` // put before the employee
	SecondReader Actor         `json:"second_reader,omitempty"`
	ErrorBy      Actor         `json:"error_by,omitempty"`   // who says it was registered in error
	DiedOn       calendar.Date `json:"died_on,omitzero"`     // heard that the complainant died
	RelativeOn   calendar.Date `json:"relative_on,omitzero"` // a relative goes on with it since
	Links        []Link        `json:"links,omitempty"`

	Identities  int `json:"identities,omitempty"` // versions of the identity record
	Letters     int `json:"letters,omitempty"`
	Attachments int `json:"attachments,omitempty"`
}

// Extension is what is known of a later date.
type Extension struct {
	ToldOn     calendar.Date `json:"told_on,omitzero"`     // when the complainant was told
	ProposedOn calendar.Date `json:"proposed_on,omitzero"` // the date proposed
	Settled    string        `json:"settled,omitempty"`    // agreed, other, refused, none, notified
	SettledOn  calendar.Date `json:"settled_on,omitzero"`
	ToldLate   bool          `json:"told_late,omitempty"`   // told after the due date; stays for ever
	AgreedLate bool          `json:"agreed_late,omitempty"` // agreed after the due date then in force; stays, unless disputed
	Times      int           `json:"times,omitempty"`
	FormerDue  calendar.Date `json:"former_due,omitzero"`   // before the agreement: it returns when that is disputed
	FormerLate bool          `json:"former_late,omitempty"` // AgreedLate before the agreement
}

// Replay applies events in order to an empty dossier.
func Replay(id string, events []Event) Dossier {
	d := Dossier{ID: id}
	for _, e := range events {
		d = d.Apply(e)
	}
	return d
}

// Apply gives the dossier after e. It reads open parts only, copies and counts.
func (d Dossier) Apply(e Event) Dossier {
	d.Version = e.Version
	if e.Kind.IsStep() {
		d.LastStep = e.Version
	}
	if apply, ok := applications[e.Kind]; ok {
		apply(&d, e.Open)
	}
	return d
}

// applications says what each kind does to the dossier; kinds without an entry only
// count as a version.
var applications = map[Kind]func(*Dossier, Open){
	Received: applyReceived,
	Worded:   applyWorded,
	TextSent: func(d *Dossier, o Open) {
		d.State, d.SentVersion, d.SentHow, d.SentOn = Awaiting, o.TextVersion, o.How, o.On
	},
	CorrectionAsked:  func(d *Dossier, o Open) { d.State = Drafted },
	Confirmed:        func(d *Dossier, o Open) { d.ConfirmedOn, d.ClosedOn, d.Outcome = o.On, calendar.Date{}, "" },
	Filed:            applyFiled,
	Forwarded:        applyForwarded,
	ExtensionAsked:   applyExtensionAsked,
	ExtensionSettled: applyExtensionSettled,
	AnswerReleased:   func(d *Dossier, o Open) { d.ReleasedOn, d.AnswerHow, d.Judgement = o.On, o.How, o.Outcome },
	AnswerTakenBack:  func(d *Dossier, _ Open) { d.ReleasedOn, d.AnswerHow, d.Judgement = calendar.Date{}, "", "" },
	Answered:         func(d *Dossier, o Open) { d.State, d.AnsweredOn, d.AnswerHow = IsAnswered, o.On, o.How },
	Closed:           func(d *Dossier, o Open) { d.end(IsClosed, o); d.Lacks = o.Lacks },
	Withdrawn:        func(d *Dossier, o Open) { d.end(IsWithdrawn, o) },
	PassedOn:         func(d *Dossier, o Open) { d.end(IsPassedOn, o) },
	NotAccepted:      func(d *Dossier, o Open) { d.end(IsNotAccepted, o) },
	Resolved:         func(d *Dossier, o Open) { d.end(ClosedInformal, o) },
	Unconfirmed:      func(d *Dossier, o Open) { d.end(ClosedUnconfirmed, o) },
	ContactMade:      applyContact,
	ReminderSent:     applyReminderSent,
	ActionTaken:      func(d *Dossier, o Open) { d.ActionTaken = true },
	LetterMade:       applyLetterMade,
	LetterSent:       applyLetterSent,
	LetterUnsent:     applyLetterUnsent,
	AttachmentAdded:  func(d *Dossier, o Open) { d.Attachments++ },
	IdentityChanged:  func(d *Dossier, o Open) { d.Identities++; d.Lacks = without(o.Lacks, d.Lacks, ItemIdentity) },
	Supplemented:     applySupplemented,

	IntakeHandedOver:   func(d *Dossier, o Open) { d.ReceivedBy = o.ReceivedBy },
	SteppedAside:       func(d *Dossier, o Open) { d.Handler = "" },
	PutBefore:          func(d *Dossier, o Open) { d.HeardOn = o.On },
	ExtensionDisputed:  applyDisputed,
	WithdrawalDisputed: func(d *Dossier, o Open) { d.State, d.ClosedOn, d.Outcome = d.Former, calendar.Date{}, "" },
	SecondReaderAsked:  func(d *Dossier, o Open) { d.SecondReader = o.Reader },
	RegisteredInError:  applyInError,
	Corrected:          applyCorrected,
	LevelChanged:       func(d *Dossier, o Open) { d.Level = o.Level },
	ReaderRevoked:      applyReaderRevoked,
	Linked:             func(d *Dossier, o Open) { d.Links = append(slices.Clone(d.Links), Link{o.Record, o.How}) },
	RelativeDecided:    applyRelativeDecided,
	ComplainantDied:    applyDied,
}

func applyReceived(d *Dossier, o Open) {
	d.Number, d.State = o.Number, Drafted
	d.Channel, d.Subjects, d.Category, d.Department = o.Channel, o.Subjects, o.Category, o.Department
	d.Member, d.Level, d.Lacks = o.Member, o.Level, o.Lacks
	if o.Procedure != nil {
		d.Procedure = *o.Procedure
	}
	d.ReceivedOn, d.ReachedOn, d.ReceivedBy, d.RemindOn = o.ReceivedOn, o.ReachedOn, o.ReceivedBy, o.RemindOn
}

func applyWorded(d *Dossier, o Open) {
	d.TextVersion = o.TextVersion
	d.Lacks = without(o.Lacks, d.Lacks, ItemText)
	if d.State == Awaiting {
		d.State = Drafted
	}
	d.Reminders, d.LastMessageOn = nil, calendar.Date{} // they were about an older text
}

func applyFiled(d *Dossier, o Open) {
	d.State, d.FiledOn = IsFiled, o.FiledOn
	d.DueOn, d.OriginalDueOn, d.TargetOn, d.SignalOn = o.DueOn, o.DueOn, o.TargetOn, o.SignalOn
}

func applyForwarded(d *Dossier, o Open) {
	d.Department, d.Handler = o.Department, o.Handler
	if d.State == IsFiled {
		d.State = InHandling
	}
}

func applyExtensionAsked(d *Dossier, o Open) {
	d.State = ExtensionProposed
	late := d.Extension.ToldLate || o.On.After(d.DueOn)
	agreedLate := d.Extension.AgreedLate
	d.Extension = Extension{ToldOn: o.On, ProposedOn: o.ProposedOn, ToldLate: late, AgreedLate: agreedLate, Times: d.Extension.Times + 1,
		FormerLate: agreedLate}
}

func applyExtensionSettled(d *Dossier, o Open) {
	d.State = InHandling
	d.Extension.Settled, d.Extension.SettledOn = o.Outcome, o.On
	if o.DueOn.IsZero() {
		return
	}
	d.Extension.AgreedLate = d.Extension.AgreedLate || o.On.After(d.DueOn)
	d.Extension.FormerDue = d.DueOn
	d.DueOn, d.TargetOn, d.SignalOn = o.DueOn, o.TargetOn, o.SignalOn
}

func applyContact(d *Dossier, o Open) {
	if d.State == Awaiting && o.Outcome == ContactNotMine {
		applyReaderRevoked(d, o) // the text waits to be sent to somebody else
	}
	if d.State == Awaiting && o.Outcome == ContactReminder {
		d.Reminders = append(slices.Clone(d.Reminders), o.How)
	}
}

func applyReminderSent(d *Dossier, o Open) {
	if o.Outcome == LastMessage {
		d.LastMessageOn = o.On
		return
	}
	d.Reminders = append(slices.Clone(d.Reminders), o.How)
}

func applySupplemented(d *Dossier, o Open) {
	if o.ReceivedBy != "" {
		d.ReceivedBy = o.ReceivedBy
	}
	if o.Member != "" {
		d.Member = o.Member
		d.Lacks = without(o.Lacks, d.Lacks, ItemMember)
	}
	if o.Category != "" {
		d.Category = o.Category
	}
}

// end closes the course in one of its endings.
func (d *Dossier) end(s State, o Open) {
	d.Former = d.State
	d.State, d.ClosedOn, d.Outcome = s, o.On, o.Outcome
}

// without gives have with item replaced by whether now lists it.
func without(now, have []Item, item Item) []Item {
	rest := slices.DeleteFunc(slices.Clone(have), func(i Item) bool { return i == item })
	if slices.Contains(now, item) {
		rest = append(rest, item)
		slices.Sort(rest)
	}
	if len(rest) == 0 {
		return nil
	}
	return rest
}
