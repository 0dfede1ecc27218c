package complaint

import (
	"slices"

	"gehoor/internal/calendar"
)

// NoticeKind says why somebody gets word by e-mail that is no letter of a dossier.
type NoticeKind string

// The kinds of notices. All but the last go to employees.
const (
	NoticeNewWork NoticeKind = "new_work"
	NoticeNear    NoticeKind = "target_near"
	NoticeOverdue NoticeKind = "overdue"
	NoticeReply   NoticeKind = "reply_received"
	NoticeBack    NoticeKind = "answer_back"
	NoticeAnother NoticeKind = "reached_another"
	NoticeForm    NoticeKind = "form_waits" // somebody must look at it before it is registered
	NoticeAskBack NoticeKind = "ask_back"   // to who wrote: did you mean a complaint?
)

// StaffNotices are the kinds that go to employees.
var StaffNotices = []NoticeKind{NoticeNewWork, NoticeNear, NoticeOverdue, NoticeReply, NoticeBack, NoticeAnother, NoticeForm}

// Notice says who gets word by e-mail of an event that led to d, and of what kind. told
// is whom a signal is for. Whoever is absent is stood in for, and never told is who sees
// nothing of the dossier.
func (d Dossier) Notice(e Event, told []Actor, today calendar.Date, r Rota) (kind NoticeKind, to []Actor) {
	switch e.Kind {
	case Forwarded:
		kind, to = NoticeNewWork, []Actor{d.Handler}
		if deputy := d.standIn(today, r); deputy != "" {
			to = []Actor{deputy}
		}
	case IntakeHandedOver:
		kind, to = NoticeNewWork, []Actor{e.Open.ReceivedBy}
	case SecondReaderAsked:
		kind, to = NoticeNewWork, []Actor{e.Open.Reader}
	case Confirmed: // nobody of the office was there: it waits to be forwarded
		if e.Actor == ByComplainant {
			kind, to = NoticeNewWork, []Actor{d.ReceivedBy}
		}
	case Received:
		if e.Actor == ByComplainant {
			kind, to = NoticeNewWork, r.Helpdesk
		}
	case Reminded:
		switch e.Open.Occasion {
		case TargetNear:
			kind, to = NoticeNear, told
		case IsOverdue:
			kind, to = NoticeOverdue, told
		case ReplyReceived:
			kind, to = NoticeReply, told
		case AnswerBack:
			kind, to = NoticeBack, told
		case ReachedAnother:
			kind, to = NoticeAnother, told
		}
	}
	return kind, slices.DeleteFunc(slices.Clone(to), func(a Actor) bool { return a == "" || a == e.Actor || slices.Contains(r.Barred, a) })
}

// TakeForms says who gets word that a form of the counter waits for a look: the helpdesk. When
// it is about all of them it is who stands in for them, "" when nobody does, and else the
// direction. Never told is whom it may be about.
func TakeForms(orphan bool, fallback Actor, r Rota) []Actor {
	to := r.Helpdesk
	switch {
	case orphan && fallback != "" && !slices.Contains(r.Barred, fallback):
		to = []Actor{fallback}
	case orphan:
		to = r.Directors
	}
	return slices.DeleteFunc(slices.Clone(to), func(a Actor) bool { return slices.Contains(r.Barred, a) })
}

// StillTells reports whether word of a kind still makes sense: the dossier is open, and
// what was late or near is so still.
func (d Dossier) StillTells(kind NoticeKind, today calendar.Date) bool {
	switch kind {
	case NoticeNear:
		return d.State.IsRunning()
	case NoticeOverdue:
		return d.IsOverdue(today)
	case NoticeBack:
		return true // it is often closed with the answer, which nobody got
	}
	return d.State.IsOpen()
}

// Reads reports whether a person can read the dossier today, also as who stands in.
func (d Dossier) Reads(p Person, today calendar.Date, r Rota) bool {
	if p.ID != "" && d.standIn(today, r) == p.ID {
		p.StandsFor = append(slices.Clone(p.StandsFor), Stand{d.Department, d.Handler})
	}
	return MayRead(p, d, slices.Contains(r.Barred, p.ID), today) != ReadsNothing
}
