package complaint

import (
	"slices"
	"strings"

	"gehoor/internal/calendar"
)

// Receipt is what is taken in: by telephone, letter or e-mail, by the helpdesk; or by the
// form of the counter, by who complains.
type Receipt struct {
	Number     string
	Channel    Channel
	ReceivedOn calendar.Date // the first day it reached the organisation through anyone
	ReachedOn  calendar.Date // the day it reached the helpdesk; zero: the same day
	FirstHeard string        // who first heard or read it, when that was someone else

	Title          string
	Description    string
	DesiredOutcome string
	Subjects       []SubjectKind
	Category       string
	Department     string
	Member         Member
	Level          Level
	Organisation   string // the member organisation
	IdentityLacks  bool   // name, address or telephone is missing without a reason
	Identities     int    // identity versions stored with it: 0 or 1

	Concerned  []Actor // employees concerned who have an account
	ConcernedN string  // the employee concerned in words
	Talk       Talk
	Surnames   []string // of the complainants: none may stand in the title

	// HandTo takes the complaint over at once, because it is about who took the call or
	// opened the letter. Then nothing open says who that was.
	HandTo     Actor
	HandReason string
}

// Talk is the advice to talk with the employee first. It never blocks or delays.
type Talk struct {
	Choice string // talked, will_talk, rather_not, or "" when the advice was not given
	BackOn calendar.Date
}

// The choices after the advice to talk first.
const (
	Talked    = "talked"
	WillTalk  = "will_talk"
	RatherNot = "rather_not"
)

// Receive takes a complaint in. Letters, e-mail and the form count as filed on receipt; a
// telephone complaint waits for the caller's yes. Missing items never block it.
func Receive(r Receipt, s Scene) ([]Event, error) {
	if r.ReachedOn.IsZero() {
		r.ReachedOn = r.ReceivedOn
	}
	r.Subjects = once(r.Subjects)
	sealed, err := checkReceipt(r, s)
	if err != nil {
		return nil, err
	}
	first, receiver := s.Actor, s.Actor
	if s.Actor.IsOutside() {
		receiver = "" // nobody took it in yet: see TakeUp
	}
	if r.HandTo != "" {
		s.Actor, receiver = ByStaff, r.HandTo
	}
	pin := s.Rules.Pin()
	open := Open{
		Number: r.Number, Channel: r.Channel, Subjects: r.Subjects, Category: r.Category,
		Department: r.Department, Member: r.Member, Level: r.Level, Procedure: &pin,
		ReceivedOn: r.ReceivedOn, ReachedOn: r.ReachedOn, ReceivedBy: receiver, Lacks: r.lacks(),
	}
	rule, _ := s.Rules.Channel(r.Channel)
	if rule.NeedsConfirmation {
		for _, days := range s.Rules.Confirmation.Reminders {
			open.RemindOn = append(open.RemindOn, r.ReceivedOn.AddDays(days))
		}
	}
	events := []Event{s.event(Received, open, sealed)}
	if r.Identities > 0 {
		events = append(events, s.event(IdentityChanged, Open{Lacks: open.Lacks}, nil))
	}
	events = append(events, r.worded(s)...)
	if !rule.NeedsConfirmation {
		events = append(events, s.filed(r.ReceivedOn, r.ReceivedOn, r.Channel))
	}
	events = append(events, r.talk(s)...)
	if r.HandTo != "" {
		events = append(events, s.event(IntakeHandedOver, Open{ReceivedBy: receiver}, Sealed{Who: Hide(string(first)), Explanation: Hide(strings.TrimSpace(r.HandReason))}))
	}
	return number(Dossier{}, events...), nil
}

// oldestMonths is how far back a receipt date may lie: an older one is a slip of the pen.
const oldestMonths = 24

func checkReceipt(r Receipt, s Scene) (Sealed, error) {
	var m Mistakes
	if _, enabled := s.Rules.Channel(r.Channel); !enabled {
		m.Add("channel", "error.choose")
	}
	m.day("received_on", r.ReceivedOn, calendar.Date{}, s)
	if !r.ReceivedOn.IsZero() && r.ReceivedOn.Before(s.Today().AddMonths(-oldestMonths)) {
		m.Add("received_on", "error.too_long_ago")
	}
	if r.ReachedOn != r.ReceivedOn {
		m.day("reached_on", r.ReachedOn, r.ReceivedOn, s)
	}
	sealed := Sealed{
		Title:          m.required("title", r.Title, MaxTitle),
		Description:    m.text("description", r.Description, MaxText),
		DesiredOutcome: m.text("desired_outcome", r.DesiredOutcome, MaxText),
		FirstHeardBy:   m.text("first_heard", r.FirstHeard, MaxLine),
		Organisation:   m.text("organisation", r.Organisation, MaxLine),
		Concerned:      m.text("concerned", r.ConcernedN, MaxLine),
	}
	if r.Channel != Form { // there the program makes the title
		m.CheckTitle(r.Title, r.Surnames...)
	}
	if s.Actor.IsOutside() {
		checkForm(&m, r)
	}
	if r.HandTo != "" {
		m.required("hand_reason", r.HandReason, MaxText)
		if r.HandTo == s.Actor {
			m.Add("hand_to", "error.choose_colleague")
		}
	}
	checkSubjects(&m, r, s)
	if r.Member != "" {
		oneOf(&m, "member", r.Member, MemberYes, MemberNo, MemberUnknown)
	}
	oneOf(&m, "level", r.Level, Confidential, OpenName, Nameless)
	if r.Level == Nameless && (!s.Rules.Anonymity.Nameless || r.Channel == Phone) {
		m.Add("level", "error.nameless_not_possible")
	}
	return sealed, m.Err()
}

// CheckTitle sees that a title, which lists show, does not hold a complainant's surname.
func (m *Mistakes) CheckTitle(title string, surnames ...string) {
	for _, surname := range surnames {
		if n := strings.ToLower(surname); len(n) > 2 && slices.Contains(words(title), n) {
			m.Add("title", "error.title_has_name")
			return
		}
	}
}

func checkSubjects(m *Mistakes, r Receipt, s Scene) {
	if len(r.Subjects) == 0 {
		m.Add("subject", "error.choose_some")
	}
	var categories []Choice
	for _, kind := range r.Subjects {
		i := slices.IndexFunc(s.Rules.Subjects, func(x SubjectRule) bool { return x.Kind == kind })
		if i < 0 {
			m.Add("subject", "error.choose")
			return
		}
		categories = append(categories, s.Rules.Subjects[i].Categories...)
	}
	if r.Category != "" && !HasChoice(categories, r.Category) {
		m.Add("category", "error.category_of_subject")
	}
	if r.Talk.Choice != "" {
		oneOf(m, "talk", r.Talk.Choice, Talked, WillTalk, RatherNot)
	}
	if r.Talk.Choice == WillTalk && r.Talk.BackOn.IsZero() {
		m.Add("talk_back_on", "error.required")
	}
}

// once leaves every subject one time, in the order in which they were chosen.
func once(subjects []SubjectKind) (list []SubjectKind) {
	for _, kind := range subjects {
		if !slices.Contains(list, kind) {
			list = append(list, kind)
		}
	}
	return list
}

// words gives the words of a text in lower case.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" ,.:;!?()/\"'\n\t", r) })
}

func (r Receipt) lacks() []Item {
	var lacks []Item
	if r.IdentityLacks && r.Level != Nameless {
		lacks = append(lacks, ItemIdentity)
	}
	if strings.TrimSpace(r.Description) == "" || strings.TrimSpace(r.DesiredOutcome) == "" {
		lacks = append(lacks, ItemText)
	}
	return lacks
}

// worded is the first wording, when anything was typed.
func (r Receipt) worded(s Scene) []Event {
	if strings.TrimSpace(r.Description) == "" {
		return nil
	}
	var m Mistakes // the texts were checked before
	return []Event{s.event(Worded, Open{TextVersion: 1, Lacks: r.lacks()}, Sealed{
		Title:          m.text("", r.Title, MaxTitle),
		Description:    m.text("", r.Description, MaxText),
		DesiredOutcome: m.text("", r.DesiredOutcome, MaxText),
	})}
}

func (r Receipt) talk(s Scene) []Event {
	var events []Event
	for _, staff := range r.Concerned {
		events = append(events, s.event(EmployeeNamed, Open{}, Sealed{Concerned: Hide(string(staff))}))
	}
	if r.Talk.Choice != "" && slices.Contains(r.Subjects, AboutEmployee) {
		events = append(events, s.event(TalkAdvised, Open{Outcome: r.Talk.Choice, ForDate: r.Talk.BackOn}, nil))
	}
	return events
}

// filed starts the term. SignalOn lies some working days before the due date, more
// when the answer goes by post.
func (s Scene) filed(received, filed calendar.Date, channel Channel) Event {
	due, target := s.Rules.Due(received, filed, s.Calendars)
	return s.event(Filed, Open{FiledOn: filed, DueOn: due, TargetOn: target, SignalOn: s.signalOn(due, channel)}, nil)
}

func (s Scene) signalOn(due calendar.Date, channel Channel) calendar.Date {
	before := s.Rules.Signals.Before
	if channel == Post {
		before += s.Rules.Signals.BeforePost
	}
	return s.Calendars.House.WorkingDaysBefore(due, before)
}
