package complaint

import (
	"slices"

	"gehoor/internal/calendar"
)

// Closing ends the course after the answer.
type Closing struct {
	On          calendar.Date
	Action      string // the action taken, when none was recorded yet
	Explanation string // why items are missing, when they are
}

// Close settles an answered complaint. Missing items are finished or explained first;
// a later correction leaves the settled date.
func (d Dossier) Close(c Closing, s Scene) ([]Event, error) {
	if d.State != IsAnswered {
		return nil, refused("refused.not_answered")
	}
	var m Mistakes
	m.day("on", c.On, d.AnsweredOn, s)
	action := m.text("action", c.Action, MaxText)
	explanation := m.text("explanation", c.Explanation, MaxText)
	lacks := d.lacksAfter(!action.IsEmpty())
	if len(lacks) > 0 && explanation.IsEmpty() {
		m.Add("explanation", "error.explain_missing")
	}
	var events []Event
	if !action.IsEmpty() {
		events = append(events, s.event(ActionTaken, Open{On: c.On}, Sealed{Text: action}))
	}
	open := Open{On: c.On, Outcome: "answered", Lacks: lacks}
	events = append(events, s.event(Closed, open, Sealed{Explanation: explanation}))
	return number(d, events...), m.Err()
}

// lacksAfter gives what closing would leave open.
func (d Dossier) lacksAfter(action bool) []Item {
	return slices.DeleteFunc(d.Missing(), func(i Item) bool {
		return i == ItemClosed || i == ItemAction && action
	})
}

// End is one of the other endings.
type End struct {
	On     calendar.Date // when it was said or decided
	How    string        // HowPost, HowEmail, HowPhone
	Reason string        // not accepted: a code of the procedure
	Where  string        // passed on: the body
	Said   string        // in the person's own words, or the organisation's
	Agreed bool          // passed on: the complainant consents
}

// Withdraw stops the complaint because the complainant says so; always possible
// before closing, always registered.
func (d Dossier) Withdraw(x End, s Scene) ([]Event, error) {
	x.Reason = ""
	return d.finish(Withdrawn, x, s, func(m *Mistakes) Sealed {
		m.way("how", x.How, s, HowPost, HowEmail, HowPhone)
		return Sealed{Text: m.required("said", x.Said, MaxText)}
	})
}

// PassOn sends the complaint to another body, with the complainant's consent.
func (d Dossier) PassOn(x End, s Scene) ([]Event, error) {
	x.How, x.Reason = "", ""
	return d.finish(PassedOn, x, s, func(m *Mistakes) Sealed {
		if !x.Agreed {
			m.Add("consent", "error.pass_on_consent")
		}
		return Sealed{Where: m.required("where", x.Where, MaxLine), Text: m.required("said", x.Said, MaxText)}
	})
}

// NotAccept says that the procedure is not for this, with a reason from its list.
func (d Dossier) NotAccept(x End, s Scene) ([]Event, error) {
	x.How = ""
	return d.finish(NotAccepted, x, s, func(m *Mistakes) Sealed {
		if !HasChoice(s.Rules.NotAccepted, x.Reason) {
			m.Add("reason", "error.choose")
		}
		return Sealed{Explanation: m.required("said", x.Said, MaxText)}
	})
}

// Resolve ends a complaint that was solved by talking; only the complainant can say so.
func (d Dossier) Resolve(x End, s Scene) ([]Event, error) {
	x.How, x.Reason = "", ""
	return d.finish(Resolved, x, s, func(m *Mistakes) Sealed {
		if !x.Agreed {
			m.Add("consent", "error.resolved_by_complainant")
		}
		return Sealed{Text: m.required("said", x.Said, MaxText)}
	})
}

// finish is what the endings share. What stands open is a date and checked codes.
func (d Dossier) finish(kind Kind, x End, s Scene, texts func(*Mistakes) Sealed) ([]Event, error) {
	if !d.State.IsOpen() || d.State == IsAnswered && kind != Withdrawn {
		return nil, refused("refused.already_ended")
	}
	var m Mistakes
	m.day("on", x.On, d.ReceivedOn, s)
	sealed := texts(&m)
	open := Open{On: x.On, How: x.How, Reason: x.Reason}
	return number(d, s.event(kind, open, sealed)), m.Err()
}

// minUnconfirmedDays is the least number of days between the call and closing as not
// confirmed, whatever the procedure says.
const minUnconfirmedDays = 21

// CloseUnconfirmed ends a telephone complaint that nobody confirmed. It needs two
// reminders, one by another channel, the days of the procedure and a last message;
// a later yes reopens it.
func (d Dossier) CloseUnconfirmed(x End, s Scene) ([]Event, error) {
	if d.State != Awaiting {
		return nil, refused("refused.not_awaiting")
	}
	var m Mistakes
	m.day("on", x.On, d.ReceivedOn, s)
	if len(d.Reminders) < 2 || len(slices.Compact(slices.Sorted(slices.Values(d.Reminders)))) < 2 {
		m.Add("", "error.two_reminders")
	}
	wait := max(minUnconfirmedDays, s.Rules.Confirmation.CloseAfter)
	if !x.On.IsZero() && d.ReceivedOn.DaysUntil(x.On) < wait {
		m.Add("on", "error.wait_until", "Date", d.ReceivedOn.AddDays(wait))
	}
	if d.SentOn.IsZero() {
		m.Add("", "refused.text_lies_here")
	}
	if d.LastMessageOn.IsZero() {
		m.Add("", "error.last_message")
	}
	sealed := Sealed{Explanation: m.required("said", x.Said, MaxText)}
	return number(d, s.event(Unconfirmed, Open{On: x.On}, sealed)), m.Err()
}
