package complaint

import "gehoor/internal/calendar"

// Allows reports whether the state of d lets a task happen at all; who may do it is
// asked of May.
func (d Dossier) Allows(t Task) bool {
	for _, group := range []func(Task) (allowed, known bool){d.allowsText, d.allowsHandling, d.allowsEnd, d.allowsPerson, d.allowsEmployee} {
		if allowed, known := group(t); known {
			return allowed
		}
	}
	return true
}

// allowsText is about the text of a complaint, until it is confirmed.
func (d Dossier) allowsText(t Task) (allowed, known bool) {
	unconfirmed := d.State.IsUnconfirmed()
	switch t {
	case TaskWord:
		return unconfirmed || d.State.IsRunning() && d.TextVersion == 0, true
	case TaskSend: // a text that the caller wants changed is worded again first
		return unconfirmed && d.TextVersion > 0 && (d.State == Awaiting || d.SentVersion != d.TextVersion), true
	case TaskRemind:
		return d.State == Awaiting && !d.SentOn.IsZero(), true
	case TaskCorrect:
		return unconfirmed && d.TextVersion > 0, true
	case TaskConfirm:
		return (unconfirmed || d.State == ClosedUnconfirmed) && d.TextVersion > 0, true
	case TaskUnconfirmed:
		return d.State == Awaiting, true
	case TaskHandOver:
		return unconfirmed || d.State == IsFiled, true
	case TaskRevokeReader:
		return unconfirmed && d.SentHow == HowReader, true
	}
	return false, false
}

// allowsHandling is about the way from filed to answered.
func (d Dossier) allowsHandling(t Task) (allowed, known bool) {
	running, handling := d.State.IsRunning(), d.State == InHandling || d.State == ExtensionProposed
	switch t {
	case TaskForward:
		return running, true
	case TaskStepAside:
		return running && d.Handler != "", true
	case TaskExtend:
		return d.State == InHandling && d.ReleasedOn.IsZero(), true
	case TaskSettle:
		return d.State == ExtensionProposed, true
	case TaskAnswer, TaskAskReader:
		return handling && d.ReleasedOn.IsZero(), true
	case TaskReadAlong:
		return handling, true
	case TaskSendAnswer, TaskTakeBack:
		return running && !d.ReleasedOn.IsZero(), true
	case TaskDispute:
		return d.State == IsWithdrawn || running && !d.Extension.FormerDue.IsZero(), true
	}
	return false, false
}

// allowsEnd is about closing a dossier and putting it right.
func (d Dossier) allowsEnd(t Task) (allowed, known bool) {
	switch t {
	case TaskClose:
		return d.State == IsAnswered, true
	case TaskWithdraw, TaskSupplement, TaskCallError:
		return d.State.IsOpen(), true
	case TaskTakeUp:
		return d.State.IsOpen() && d.ReceivedBy == "", true
	case TaskPassOn, TaskNotAccept, TaskResolve:
		return d.State.IsOpen() && d.State != IsAnswered, true
	case TaskAct:
		return !d.State.IsUnconfirmed(), true
	case TaskAmend:
		return d.State != InError, true
	}
	return false, false
}

// allowsPerson is about who complains.
func (d Dossier) allowsPerson(t Task) (allowed, known bool) {
	named := d.Level != Nameless
	switch t {
	case TaskOpenIdentity, TaskIdentity:
		return named, true
	case TaskStepOut:
		return named && d.State.IsOpen(), true
	case TaskLevel, TaskDeputy:
		return named && d.State != InError, true
	case TaskReplaceCode:
		return named && d.State != InError && !d.State.IsUnconfirmed(), true
	case TaskDied:
		return named && d.DiedOn.IsZero(), true
	case TaskCondole, TaskRelative:
		return !d.DiedOn.IsZero() && d.RelativeOn.IsZero() && d.State.IsOpen(), true
	}
	return false, false
}

// allowsEmployee is about an employee concerned.
func (d Dossier) allowsEmployee(t Task) (allowed, known bool) {
	about := d.isAbout(AboutEmployee)
	switch t {
	case TaskPutBefore:
		return about && (d.State == InHandling || d.State == ExtensionProposed), true
	case TaskTellEmployee:
		return about && !d.AnsweredOn.IsZero() && (d.State == IsAnswered || d.State == IsClosed), true
	case TaskTalk:
		return about && d.State.IsOpen(), true
	}
	return false, false
}

func (d Dossier) isAbout(kind SubjectKind) bool {
	for _, k := range d.Subjects {
		if k == kind {
			return true
		}
	}
	return false
}

// Next names the one task that brings the dossier further now, or "" when it waits
// for nobody here.
func (d Dossier) Next(today calendar.Date) Task {
	switch d.State {
	case Drafted:
		if d.TextVersion == 0 || d.SentVersion == d.TextVersion {
			return TaskWord
		}
		return TaskSend
	case Awaiting:
		if len(d.Reminders) < d.remindersDue(today) {
			return TaskRemind
		}
		return TaskConfirm
	case IsFiled:
		return TaskForward
	case ExtensionProposed:
		return TaskSettle
	case InHandling:
		if d.Handler == "" {
			return TaskForward // who handled it stepped aside
		}
		if !d.ReleasedOn.IsZero() {
			return TaskSendAnswer
		}
		return TaskAnswer
	case IsAnswered:
		return TaskClose
	}
	return ""
}

// remindersDue counts the reminders whose day has come.
func (d Dossier) remindersDue(today calendar.Date) int {
	n := 0
	if d.SentOn.IsZero() {
		return n
	}
	for _, on := range d.RemindOn {
		if !on.After(today) {
			n++
		}
	}
	return n
}
