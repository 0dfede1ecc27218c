package dossier

import (
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/record"
)

// nextStep is the dark panel: the one thing to do now.
type nextStep struct {
	title, text string
	do          *page.Button // nil: nothing for this person
	others      []page.Link  // what else may be done now
	rest        []page.Link  // what is done seldom, folded away
}

// seldom are the tasks that stand behind "more": endings, and mending what is known.
func seldom(t complaint.Task) bool {
	switch t {
	case complaint.TaskTakeBack, complaint.TaskUnconfirmed, complaint.TaskWithdraw, complaint.TaskResolve, complaint.TaskPassOn, complaint.TaskNotAccept,
		complaint.TaskSupplement, complaint.TaskIdentity, complaint.TaskName, complaint.TaskTalk, complaint.TaskAct, complaint.TaskAttach,
		complaint.TaskHandOver, complaint.TaskStepAside, complaint.TaskAskReader, complaint.TaskDispute, complaint.TaskLink, complaint.TaskAmend, complaint.TaskStepOut,
		complaint.TaskDied, complaint.TaskTellEmployee, complaint.TaskCallError, complaint.TaskLevel, complaint.TaskDeputy, complaint.TaskRevokeReader, complaint.TaskReplaceCode:
		return true
	}
	return false
}

func (p *dossierPage) next() nextStep {
	var n nextStep
	if slices.Contains(p.view.May, complaint.TaskContact) {
		n.rest = append(n.rest, page.Link{Label: p.voice.Say("says.title"), Href: saysPath(p.view.ID)})
	}
	next := p.view.Next
	if next == complaint.TaskClose && p.view.AnswerBack() && p.liesHere() {
		next = "" // the answer goes out once more first
	}
	for _, t := range p.view.May {
		link, ok := p.taskLink(t)
		switch {
		case !ok || t == next:
		case seldom(t):
			link.Icon = page.NoIcon
			n.rest = append(n.rest, link)
		default:
			n.others = append(n.others, link)
		}
	}
	if frame.MayReceive(p.who) && p.view.State != complaint.InError && p.view.Channel != complaint.Form {
		n.rest = append(n.rest, page.Link{Label: p.voice.Say("intake.second.link"), Href: frame.Address(frame.IntakePath, "bron", p.view.ID)})
	}
	if next == "" && p.liesHere() {
		n.title, n.text = p.voice.Say("next.post"), p.voice.Say("next.post.text")
		n.do = &page.Button{Label: p.voice.Say("next.post.button"), Href: "#brieven", Kind: page.Primary, Icon: page.IconMail}
		return n
	}
	if next == "" {
		n.title, n.text = p.voice.Say("next.none"), p.waiting()
		return n
	}
	n.title, n.text = p.voice.Say("next."+string(next)), p.nextText(next)
	link, _ := p.taskLink(next)
	n.do = &page.Button{Label: link.Label, Href: link.Href, Kind: page.Primary, Icon: taskIcon(next)}
	return n
}

// liesHere reports whether a letter or message lies here that this person must see to: it
// does not go by itself.
func (p *dossierPage) liesHere() bool {
	if !complaint.May(p.who, complaint.TaskPostLetter, p.view.Relation) {
		return false
	}
	return slices.ContainsFunc(p.view.Letters, func(l record.Letter) bool {
		m, known := p.view.Mails[l.ID]
		_, back := p.view.Returned[l.ID]
		goes := known && p.sends && frame.AgainLabel(m) == ""
		return back || !goes && p.view.Lies(l)
	})
}

// taskLink leads to the form of a task.
func (p *dossierPage) taskLink(t complaint.Task) (page.Link, bool) {
	form := formOf(t)
	if form == nil {
		return page.Link{}, false
	}
	return page.Link{Label: p.voice.Say("task." + string(t)), Href: frame.DossierPath(p.view.ID) + "/" + form.path, Icon: taskIcon(t)}, true
}

// nextText says why this is the next step, and by when.
func (p *dossierPage) nextText(t complaint.Task) string {
	key := "next." + string(t) + ".text"
	switch {
	case t == complaint.TaskWord && p.view.TextVersion > 0:
		key = "next.word.again"
	case t == complaint.TaskSend && p.view.ReachedAnother():
		key = "word.not_mine"
	case t == complaint.TaskConfirm && p.view.TextLiesHere():
		key = "next.confirm.text.lies_here"
	case t == complaint.TaskConfirm && p.view.SentHow != "":
		key += "." + p.view.SentHow
	case t == complaint.TaskAnswer && p.view.IsOverdue(p.view.Today):
		key = "next.answer.late"
	case t == complaint.TaskAnswer && !p.postBy.IsZero():
		key = "next.answer.post"
	case t == complaint.TaskClose && len(p.view.Missing()) > 1:
		key = "next.close.missing"
	}
	return p.voice.Say(key, "Target", p.voice.WeekdayDate(p.view.TargetOn), "Due", p.voice.WeekdayDate(p.view.DueOn), "Post", p.voice.WeekdayDate(p.postBy),
		"Proposed", p.voice.WeekdayDate(p.view.Extension.ProposedOn), "Sent", p.voice.WeekdayDate(p.view.SentOn))
}

// waiting says for whom the dossier waits, when that is not the reader.
func (p *dossierPage) waiting() string {
	handler := p.names.Name(p.view.Handler)
	key := "next.waits." + string(p.view.State)
	switch {
	case p.view.Reading < complaint.ReadsText:
		key = "next.reads_open"
	case p.view.State == complaint.InHandling && !p.view.ReleasedOn.IsZero():
		key = "next.waits.released"
	}
	return p.voice.Say(key, "Handler", handler, "Target", p.voice.WeekdayDate(p.view.TargetOn), "Closed", p.voice.Date(p.view.ClosedOn))
}

func taskIcon(t complaint.Task) page.IconName {
	switch {
	case slices.Contains([]complaint.Task{complaint.TaskWord, complaint.TaskAnswer, complaint.TaskNote, complaint.TaskSupplement}, t):
		return page.IconPen
	case t == complaint.TaskExtend || t == complaint.TaskSettle:
		return page.IconHand
	case t == complaint.TaskContact:
		return page.IconPhone
	case t == complaint.TaskCorrect || t == complaint.TaskTalk:
		return page.IconSpeech
	case t == complaint.TaskSend || t == complaint.TaskRemind || t == complaint.TaskSendAnswer:
		return page.IconMail
	case t == complaint.TaskForward || t == complaint.TaskPassOn:
		return page.IconArrow
	case t == complaint.TaskTakeUp:
		return page.IconHand
	case t == complaint.TaskConfirm || t == complaint.TaskClose || t == complaint.TaskResolve || t == complaint.TaskAct:
		return page.IconCheck
	case t == complaint.TaskAttach:
		return page.IconClip
	case t == complaint.TaskIdentity:
		return page.IconPerson
	case t == complaint.TaskName:
		return page.IconNotMe
	}
	return page.IconCross
}
