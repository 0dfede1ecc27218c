package complaint

import (
	"slices"

	"gehoor/internal/calendar"
)

// Note writes an internal note.
func (d Dossier) Note(text string, s Scene) ([]Event, error) {
	var m Mistakes
	sealed := Sealed{Text: m.required("text", text, MaxText)}
	return number(d, s.event(Noted, Open{}, sealed)), m.Err()
}

// Contact is a conversation, a message, or a try.
type Contact struct {
	On       calendar.Date
	How      string // HowPhone, HowVoicemail, HowEmail, HowPost, HowSpoken, HowPage (a message to be read there)
	Reminder bool   // it asked for the confirmation: counts as a reminder
	Text     string
}

// ContactReminder marks a contact that counts as a reminder of the confirmation.
const ContactReminder = "reminder"

// LastMessage marks the reminder that says: later saying yes is allowed.
const LastMessage = "last"

// Contacted records a contact moment.
func (d Dossier) Contacted(c Contact, s Scene) ([]Event, error) {
	var m Mistakes
	m.day("on", c.On, d.ReceivedOn, s)
	oneOf(&m, "how", c.How, HowPhone, HowVoicemail, HowEmail, HowPost, HowSpoken, HowPage)
	open := Open{On: c.On, How: c.How}
	if c.Reminder {
		if d.State != Awaiting {
			m.Add("reminder", "refused.not_awaiting")
		}
		open.Outcome = ContactReminder
	}
	sealed := Sealed{Text: m.required("text", c.Text, MaxText)}
	return number(d, s.event(ContactMade, open, sealed)), m.Err()
}

// ContactWritten marks a contact that is a message of the complainant's own.
const ContactWritten = "written"

// Written records a message of the complainant that is no answer to a question of ours,
// by mail or on their own page: in their own words, on the day it came in.
func (d Dossier) Written(on calendar.Date, said string, s Scene) ([]Event, error) {
	var m Mistakes
	m.day("on", on, calendar.Date{}, s)
	how := HowEmail
	if s.Actor.IsOutside() {
		how = HowPage
	}
	sealed := Sealed{Text: m.required("said", said, MaxText)}
	return number(d, s.event(ContactMade, Open{On: on, How: how, Outcome: ContactWritten}, sealed)), m.Err()
}

// Act is something done about the complaint: item 6 of the register.
type Act struct {
	On     calendar.Date // when it was, or will be, done
	Text   string
	Owner  string
	Before calendar.Date // a promise: before this date
}

// Act records an action taken or promised.
func (d Dossier) Act(a Act, s Scene) ([]Event, error) {
	if d.State.IsUnconfirmed() {
		return nil, refused("refused.not_filed")
	}
	var m Mistakes
	m.day("on", a.On, d.ReceivedOn, s)
	if !a.Before.IsZero() && a.Before.Before(a.On) {
		m.Add("before", "error.date_order", "Date", a.On)
	}
	sealed := Sealed{Text: m.required("text", a.Text, MaxText), Owner: m.text("owner", a.Owner, MaxLine)}
	return number(d, s.event(ActionTaken, Open{On: a.On, ForDate: a.Before}, sealed)), m.Err()
}

// RemindConfirmation sends a reminder of the text that still lies unanswered.
func (d Dossier) RemindConfirmation(how string, last bool, s Scene) ([]Event, error) {
	if d.State != Awaiting {
		return nil, refused("refused.not_awaiting")
	}
	if d.SentOn.IsZero() {
		return nil, refused("refused.text_lies_here")
	}
	if d.StopsPost() {
		return nil, refused("refused.post_died")
	}
	var m Mistakes
	oneOf(&m, "how", how, HowEmail, HowPaper, HowReader)
	open := Open{On: s.Today(), How: how, TextVersion: d.SentVersion}
	if last {
		open.Outcome = LastMessage
	}
	return number(d, s.event(ReminderSent, open, nil)), m.Err()
}

// EndTalk records what came of talking with the employee.
func (d Dossier) EndTalk(on calendar.Date, result string, s Scene) ([]Event, error) {
	var m Mistakes
	m.day("on", on, d.ReceivedOn, s)
	sealed := Sealed{Text: m.required("text", result, MaxText)}
	return number(d, s.event(TalkEnded, Open{On: on}, sealed)), m.Err()
}

// Name names an employee concerned, with a reason. From then on that person sees
// nothing of the dossier. When nobody of the helpdesk is left, next takes the intake
// over: the fallback of the settings.
func (d Dossier) Name(staff Actor, reason string, next Actor, s Scene) ([]Event, error) {
	var m Mistakes
	if staff == "" {
		m.Add("concerned", "error.choose")
	}
	if staff == s.Actor {
		m.Add("concerned", "error.hand_over_instead")
	}
	sealed := Sealed{Concerned: Hide(string(staff)), Explanation: m.required("reason", reason, MaxText)}
	events := []Event{s.event(EmployeeNamed, Open{}, sealed)}
	if staff == d.Handler && staff != "" {
		events = append(events, s.masked(SteppedAside, Open{}, Sealed{Who: Hide(string(staff))}))
	}
	if next != "" {
		events = append(events, s.masked(IntakeHandedOver, Open{ReceivedBy: next}, Sealed{Who: Hide(string(staff))}))
	}
	return number(d, events...), m.Err()
}

// Supplement fills in what was missing at intake.
func (d Dossier) Supplement(member Member, category string, s Scene) ([]Event, error) {
	if !d.State.IsOpen() {
		return nil, refused("refused.already_ended")
	}
	var m Mistakes
	if member != "" {
		oneOf(&m, "member", member, MemberYes, MemberNo, MemberUnknown)
	}
	if category != "" && !s.Rules.hasCategory(d.Subjects, category) {
		m.Add("category", "error.category_of_subject")
	}
	if member == "" && category == "" {
		return nil, m.Err()
	}
	return number(d, s.event(Supplemented, Open{Member: member, Category: category}, nil)), m.Err()
}

// MovesAddress reports whether one of the changed fields decides where post goes.
func MovesAddress(fields []string) bool {
	return slices.ContainsFunc(fields, func(f string) bool {
		return slices.Contains([]string{"street", "house", "postcode", "town", "country", "email"}, f)
	})
}

// ChangeIdentity records that name, address or ways to reach changed: the names of
// the fields, never the values. how is the way in which the complainant said it: HowPhone,
// HowPost or HowEmail; of an address it must be known, because a wrong one is lost post.
func (d Dossier) ChangeIdentity(fields []string, lacks bool, how string, s Scene) ([]Event, error) {
	if d.Level == Nameless {
		return nil, refused("refused.nameless")
	}
	var m Mistakes
	if how != "" || MovesAddress(fields) {
		m.way("how", how, s, HowPhone, HowPost, HowEmail)
	}
	open := Open{Fields: fields, How: how}
	if lacks {
		open.Lacks = []Item{ItemIdentity}
	}
	return number(d, s.event(IdentityChanged, open, nil)), m.Err()
}
