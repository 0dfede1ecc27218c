package complaint

import "gehoor/internal/calendar"

// Occasion is why the clock woke somebody.
type Occasion string

// The occasions, in the order of their urgency: after downtime only the last that
// applies fires.
const (
	RemindCaller Occasion = "remind_caller" // the text lies unanswered: offer a reminder
	TargetNear   Occasion = "target_near"   // some working days before the due date
	IsOverdue    Occasion = "overdue"       // the day after the due date
)

// ReplyReceived is no matter of the clock: the complainant wrote about the dossier.
const ReplyReceived Occasion = "reply_received"

// Nor are these: the answer did not arrive, and a text reached somebody else.
const (
	AnswerBack     Occasion = "answer_back"
	ReachedAnother Occasion = "reached_another"
)

// Wake says what the clock should signal today: the latest occasion that has come,
// and the date it is for. ok is false when nothing is due.
func (d Dossier) Wake(today calendar.Date, r Rota) (o Occasion, forDate calendar.Date, ok bool) {
	if d.State == Awaiting {
		if d.SentOn.IsZero() {
			return "", calendar.Date{}, false // nobody can answer what lies here
		}
		for _, on := range d.RemindOn {
			if !on.After(today) {
				o, forDate, ok = RemindCaller, on, true
			}
		}
		return o, forDate, ok
	}
	if !d.State.IsRunning() {
		return "", calendar.Date{}, false
	}
	switch {
	case d.IsOverdue(today):
		return IsOverdue, d.DueOn, true
	case !d.SignalOn.IsZero() && !d.signalDay(r).After(today):
		return TargetNear, d.DueOn, true
	}
	return "", calendar.Date{}, false
}

// IsOverdue reports whether the answer should have been sent before today.
func (d Dossier) IsOverdue(today calendar.Date) bool {
	return d.State.IsRunning() && today.After(d.DueOn)
}

// Timeliness says how an answer counts in the figures.
type Timeliness string

// The ways an answer counts.
const (
	NotYet         Timeliness = ""                 // not answered, not late
	InTime         Timeliness = "in_time"          // within the original term
	InAgreedTerm   Timeliness = "in_agreed_term"   // within a term agreed in time
	LateThenAgreed Timeliness = "late_then_agreed" // "te laat, later een datum afgesproken"
	Late           Timeliness = "late"
)

// Timeliness computes how the dossier counts on a day. Lateness is computed on
// reading, never stored.
func (d Dossier) Timeliness(today calendar.Date) Timeliness {
	end := d.AnsweredOn
	if end.IsZero() {
		if !d.State.IsRunning() {
			return NotYet
		}
		end = today
	}
	switch {
	case !end.After(d.OriginalDueOn):
		if d.AnsweredOn.IsZero() {
			return NotYet
		}
		return InTime
	case d.Extension.AgreedLate:
		return LateThenAgreed
	case end.After(d.DueOn):
		return Late
	case d.AnsweredOn.IsZero():
		return NotYet
	}
	return InAgreedTerm
}

// WorkOn is the day by which the dossier sorts in the work list: the target date
// while the term runs, otherwise the day since which it waits.
func (d Dossier) WorkOn() calendar.Date {
	switch {
	case d.State.IsRunning():
		return d.TargetOn
	case d.State == IsAnswered:
		return d.AnsweredOn
	}
	return d.ReceivedOn
}

// WakeOn is the day of the next signal, or zero. Wake is worth asking from that day on;
// earlier only for a handler whose last working day before it is today.
func (d Dossier) WakeOn() calendar.Date {
	switch {
	case d.State == Awaiting && len(d.RemindOn) > 0 && !d.SentOn.IsZero():
		return d.RemindOn[0]
	case d.State.IsRunning():
		return d.SignalOn
	}
	return calendar.Date{}
}
