package dossier

import (
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
)

// meaning is the line under the title: what the task is for.
func (s *sheet) meaning() string {
	if s.isSealed() {
		return s.say("sealed")
	}
	if key := "task." + string(s.task) + ".meaning"; s.voice.Has(key) {
		return s.voice.Say(key, "Due", s.voice.WeekdayDate(s.view.DueOn))
	}
	return ""
}

// buttons are the one that carries the task out, another look when there is something
// to look at, and the way back.
func (s *sheet) buttons() []page.Button {
	back := page.Button{Label: s.voice.Say("button.cancel"), Kind: page.Quiet, Href: frame.DossierPath(s.view.ID)}
	if s.isSealed() {
		return []page.Button{{Label: s.say("open"), Kind: page.Primary, Icon: page.IconEye, Name: frame.DoField, Value: doOpen}, back}
	}
	carryOut := page.Button{Label: s.say("button"), Kind: page.Primary}
	if s.danger {
		carryOut.Kind = page.Danger
	}
	list := []page.Button{carryOut}
	if key := "task." + string(s.task) + ".look"; s.voice.Has(key) {
		list = append(list, page.Button{Label: s.voice.Say(key), Name: frame.DoField, Value: doLook, Icon: page.IconEye})
	}
	if s.hasDraft() {
		list = append(list, s.draftButton())
	}
	return append(list, back)
}

// refusalTitle heads the note of a refusal.
func refusalTitle(e *complaint.Error) string {
	switch e.Kind {
	case complaint.Stale:
		return "error.title.stale"
	case complaint.Unavailable:
		return "error.title.unavailable"
	}
	return "error.title.refused"
}
