package complaint

import "gehoor/internal/calendar"

// Allows reports whether the state of d lets a task happen at all; who may do it is
// asked of May.
func (d Dossier) Allows(t Task) bool {
	running, handling := d.State.IsRunning(), d.State == InHandling || d.State == ExtensionProposed
	switch t {
	case TaskWord:
		return d.State.IsUnconfirmed() || running && d.TextVersion == 0
	case TaskSend: // a text that the caller wants changed is worded again first
		return d.State.IsUnconfirmed() && d.TextVersion > 0 && (d.State == Awaiting || d.SentVersion != d.TextVersion)
	case TaskRemind:
		return d.State == Awaiting && !d.SentOn.IsZero()
	case TaskCorrect:
		return d.State.IsUnconfirmed() && d.TextVersion > 0
	case TaskConfirm:
		return (d.State.IsUnconfirmed() || d.State == ClosedUnconfirmed) && d.TextVersion > 0
	case TaskUnconfirmed:
		return d.State == Awaiting
	case TaskForward:
		return running
	case TaskExtend:
		return d.State == InHandling && d.ReleasedOn.IsZero()
	case TaskSettle:
		return d.State == ExtensionProposed
	case TaskAnswer:
		return handling && d.ReleasedOn.IsZero()
	case TaskSendAnswer:
		return running && !d.ReleasedOn.IsZero()
	case TaskClose:
		return d.State == IsAnswered
	case TaskWithdraw:
		return d.State.IsOpen()
	case TaskPassOn, TaskNotAccept, TaskResolve:
		return d.State.IsOpen() && d.State != IsAnswered
	case TaskAct:
		return !d.State.IsUnconfirmed()
	case TaskSupplement:
		return d.State.IsOpen()
	case TaskOpenIdentity, TaskIdentity:
		return d.Level != Nameless
	case TaskStepOut:
		return d.State.IsOpen() && d.Level != Nameless
	case TaskHandOver:
		return d.State.IsUnconfirmed() || d.State == IsFiled
	case TaskStepAside:
		return running && d.Handler != ""
	case TaskPutBefore:
		return handling && d.isAbout(AboutEmployee)
	case TaskAskReader:
		return handling && d.ReleasedOn.IsZero()
	case TaskReadAlong:
		return handling
	case TaskDispute:
		return d.State == IsWithdrawn || running && !d.Extension.FormerDue.IsZero()
	case TaskCallError:
		return d.State.IsOpen()
	case TaskAmend:
		return d.State != InError
	case TaskLevel, TaskDeputy:
		return d.State != InError && d.Level != Nameless
	case TaskReplaceCode:
		return d.State != InError && d.Level != Nameless && !d.State.IsUnconfirmed()
	case TaskRevokeReader:
		return d.State.IsUnconfirmed() && d.SentHow == HowReader
	case TaskDied:
		return d.DiedOn.IsZero() && d.Level != Nameless
	case TaskCondole, TaskRelative:
		return !d.DiedOn.IsZero() && d.RelativeOn.IsZero() && d.State.IsOpen()
	case TaskTellEmployee:
		return d.isAbout(AboutEmployee) && !d.AnsweredOn.IsZero() && (d.State == IsAnswered || d.State == IsClosed)
	case TaskTalk:
		return d.State.IsOpen() && d.isAbout(AboutEmployee)
	}
	return true
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
