package record

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

// Weekdays are days of the week on which somebody works. None means Monday to Friday.
type Weekdays []time.Weekday

// Week lists the days of the week as the Dutch count them.
var Week = Weekdays{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// All gives the days, with Monday to Friday for none.
func (w Weekdays) All() Weekdays {
	if len(w) == 0 {
		return Week[:5]
	}
	return w
}

// Has reports whether a day of the week is one of them.
func (w Weekdays) Has(day time.Weekday) bool { return slices.Contains(w.All(), day) }

// Works reports whether somebody with these days works on a day by the calendar of the
// house. A working Saturday is possible.
func (w Weekdays) Works(day calendar.Date, house calendar.Calendar) bool {
	return w.Has(day.Weekday()) && house.IsOpen(day)
}

// String writes the days as digits, Monday is 1 and Sunday 7: "1 2 4".
func (w Weekdays) String() string {
	var digits []string
	for i, day := range Week {
		if slices.Contains(w, day) {
			digits = append(digits, string(rune('1'+i)))
		}
	}
	return strings.Join(digits, " ")
}

// ParseWeekdays reads what String wrote. What is no day is left out.
func ParseWeekdays(s string) Weekdays {
	var days Weekdays
	for i, day := range Week {
		if strings.Contains(s, string(rune('1'+i))) {
			days = append(days, day)
		}
	}
	return days
}

// ProposalKind says what a proposal would give.
type ProposalKind string

// The kinds of proposals.
const (
	ProposeRoles      ProposalKind = "roles"      // roles of an account, also of one that opens again
	ProposeDepartment ProposalKind = "department" // a department with who handles its complaints
	ProposePassword   ProposalKind = "password"   // a new start password
	ProposeFactor     ProposalKind = "factor"     // no second factor any more
	ProposeFallback   ProposalKind = "fallback"   // takes complaints in, and reads those, when the helpdesk cannot
)

// ProposalState says what became of a proposal.
type ProposalState string

// The states of a proposal.
const (
	ProposalWaits     ProposalState = "waiting"
	ProposalApproved  ProposalState = "approved"
	ProposalRefused   ProposalState = "refused"
	ProposalWithdrawn ProposalState = "withdrawn" // by who proposed it, or because its account was closed
)

// OnServer stands where a person did something on the server, with its command line.
const OnServer complaint.Actor = "command line"

// Proposal is a reading grant that waits for a second person.
type Proposal struct {
	ID         string
	Kind       ProposalKind
	Staff      complaint.Actor  // who gets something; of a department nobody
	Roles      []complaint.Role // to add
	Department Department       // as it would become
	Proposer   complaint.Actor
	At         time.Time
	State      ProposalState
	Decider    complaint.Actor
	DecidedAt  time.Time
}

// About is the id of what it changes: only one proposal of a kind waits about it.
func (p Proposal) About() string {
	if p.Kind == ProposeDepartment {
		return p.Department.ID
	}
	return string(p.Staff)
}

// proposalBody is what the register keeps of a proposal beside its columns.
type proposalBody struct {
	Roles      []complaint.Role `json:"roles,omitempty"`
	Department *Department      `json:"department,omitempty"`
}

// Body gives what the kind does not say, as JSON.
func (p Proposal) Body() (string, error) {
	body := proposalBody{Roles: p.Roles}
	if p.Kind == ProposeDepartment {
		body.Department = &p.Department
	}
	text, err := json.Marshal(body)
	return string(text), err
}

// Read fills in what Body wrote, and what the proposal is about.
func (p *Proposal) Read(about, text string) error {
	var body proposalBody
	if err := json.Unmarshal([]byte(text), &body); err != nil {
		return err
	}
	p.Roles = body.Roles
	if body.Department != nil {
		p.Department = *body.Department
		return nil
	}
	p.Staff = complaint.Actor(about)
	return nil
}

// People is all about staff at one moment.
type People struct {
	Revision    int64 // counts changes; a change says which one it saw
	Staff       []Staff
	Departments []Department
	Waiting     []Proposal
}

// Member gives one account.
func (p People) Member(id complaint.Actor) (Staff, bool) {
	i := slices.IndexFunc(p.Staff, func(s Staff) bool { return s.ID == id })
	if i < 0 {
		return Staff{}, false
	}
	return p.Staff[i], true
}

// Part gives one department.
func (p People) Part(id string) (Department, bool) {
	i := slices.IndexFunc(p.Departments, func(d Department) bool { return d.ID == id })
	if i < 0 {
		return Department{}, false
	}
	return p.Departments[i], true
}

// PeopleChange is everything one task about people writes; whole or not at all. When
// another change came after Seen, it is refused with ErrLost.
type PeopleChange struct {
	Seen        int64
	Staff       []Staff      // new, or with changed data; password and language only of new ones
	Departments []Department // new or changed
	Proposals   []Proposal   // new or decided
	Start       []StartPassword
	DropFactor  []complaint.Actor
	EndSessions []complaint.Actor
	Setting     *Setting // a new version of a setting, in the place of the version SettingSeen
	SettingSeen string
	Log         []LogLine
}

// StartPassword is a password that its owner must change at once.
type StartPassword struct {
	Staff complaint.Actor
	Hash  []byte
}

// Absence says that somebody is away, both days included.
type Absence struct {
	ID       string
	Staff    complaint.Actor
	From, To calendar.Date
	At       time.Time
	Actor    complaint.Actor // who wrote it down
}

// On reports whether the absence covers a day.
func (a Absence) On(day calendar.Date) bool { return !day.Before(a.From) && !day.After(a.To) }

// Days is a row of days, both included.
type Days struct{ From, To calendar.Date }

// Due is a running dossier that must be answered on a day, without its text.
type Due struct {
	ID, Number      string
	DueOn, TargetOn calendar.Date
	Department      string
	Handler         complaint.Actor
}

// Factor is somebody's second factor: a secret shared with an app, sealed.
type Factor struct {
	Staff  complaint.Actor
	Sealed []byte
	Step   int64 // the last one used
	Active bool  // a code was given once; before, nothing is asked
	At     time.Time
}
