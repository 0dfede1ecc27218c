package dossier

import (
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
)

// tellings is what this person may say about the dossier on the telephone, and to whom.
// The law decides it from the open part and the course: the name stays sealed.
func (p *dossierPage) tellings() []complaint.Telling {
	return p.view.MayTell(p.who, p.view.Relation, p.view.Events)
}

// stands is what to read aloud to who may hear where the complaint stands.
func (p *dossierPage) stands() string {
	lines := []string{p.voice.Say("tell.stands." + string(p.view.State)), p.answerDate()}
	if p.view.State.IsRunning() && p.view.Handler != "" {
		key := "tell.handler.function"
		function := p.names.Staff[p.view.Handler].Function
		if function == "" {
			key = "tell.handler.unnamed"
		}
		lines = append(lines, p.voice.Say(key, "Function", function))
	}
	return strings.TrimSpace(strings.Join(lines, " "))
}

// answerDate says when the answer comes, or came; nothing when none will.
func (p *dossierPage) answerDate() string {
	d, key := p.view, ""
	switch {
	case !d.AnsweredOn.IsZero():
		key = "tell.date.answered"
	case d.State.IsUnconfirmed():
		key = "tell.date.none"
	case !d.State.IsRunning():
		return ""
	case d.IsOverdue(d.Today):
		key = "tell.date.late"
	case d.State == complaint.ExtensionProposed:
		key = "tell.date.proposed"
	default:
		key = "tell.date.due"
	}
	return p.voice.Say(key, "Due", p.voice.WeekdayDate(d.DueOn), "Proposed", p.voice.WeekdayDate(d.Extension.ProposedOn), "Answered", p.voice.Date(d.AnsweredOn))
}

// listeners lists who hears what, and on which condition.
func (p *dossierPage) listeners(list []complaint.Telling) []page.Pair {
	var pairs []page.Pair
	for _, t := range list {
		if len(t.Tells) == 0 {
			continue
		}
		var what, more []string
		for _, m := range t.Tells {
			what = append(what, p.voice.Say("tell.matter."+string(m)))
		}
		if t.If != complaint.NoProviso {
			more = append(more, p.voice.Say("tell.if."+string(t.If)))
		}
		if t.Acts && t.To != complaint.ToComplainant {
			more = append(more, p.voice.Say("tell.acts"))
		}
		pairs = append(pairs, page.Pair{Term: p.voice.Say("tell.listener." + string(t.To)), Value: strings.Join(what, ", "), Small: strings.Join(more, " ")})
	}
	return pairs
}

// hearsCourse reports whether somebody may hear where the complaint stands.
func hearsCourse(list []complaint.Telling) bool {
	for _, t := range list {
		if len(t.Tells) > 0 && t.Tells[0] == complaint.TellStands {
			return true
		}
	}
	return false
}

// whyNobody says why there is nobody to tell anything; "" when that needs no words.
func (p *dossierPage) whyNobody(list []complaint.Telling) string {
	switch list[len(list)-1].If {
	case complaint.NotByYou:
		return p.voice.Say("tell.not_yours")
	case complaint.NobodyKnown:
		return p.voice.Say("tell.nameless")
	}
	return ""
}
