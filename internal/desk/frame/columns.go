package frame

import (
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/words"
)

// exportColumn is a column of an export.
type Column struct {
	Key  string
	Cell func(d complaint.Dossier) any
}

// Columns lists them: dates and codes in words, no names and no texts.
func Columns(v *words.Voice, names People, today calendar.Date) []Column {
	type dossier = complaint.Dossier
	coded := func(family, code string) any {
		if code == "" || !v.Has(family+code) {
			return code
		}
		return v.Say(family + code)
	}
	return []Column{
		{"work.number", func(d dossier) any { return d.Number }},
		{"register.state", func(d dossier) any { return v.Say("work.state." + string(d.State)) }},
		{"register.in", func(d dossier) any { return d.ReceivedOn }},
		{"export.reached", func(d dossier) any { return d.ReachedOn }},
		{"register.channel", func(d dossier) any { return v.Say("work.channel." + string(d.Channel)) }},
		{"register.member", func(d dossier) any { return coded("register.member.", string(d.Member)) }},
		{"export.about", func(d dossier) any { return AboutText(v, d) }},
		{"export.category", func(d dossier) any { return d.Category }},
		{"work.department", func(d dossier) any { return names.Department(d.Department) }},
		{"export.filed", func(d dossier) any { return d.FiledOn }},
		{"export.first_due", func(d dossier) any { return d.OriginalDueOn }},
		{"export.due", func(d dossier) any { return d.DueOn }},
		{"export.answered", func(d dossier) any { return d.AnsweredOn }},
		{"export.timely", func(d dossier) any { return coded("export.timely.", string(d.Timeliness(today))) }},
		{"export.judgement", func(d dossier) any { return coded("judgement.", d.Judgement) }},
		{"register.settled", func(d dossier) any { return d.ClosedOn }},
		{"export.known", func(d dossier) any { return len(complaint.Items) - len(d.Missing()) }},
		{"export.lacking", func(d dossier) any { return LackingText(v, d) }},
	}
}

// AboutText says what a complaint is about.
func AboutText(v *words.Voice, d complaint.Dossier) string {
	var about []string
	for _, kind := range d.Subjects {
		about = append(about, v.Say("subject."+string(kind)))
	}
	return strings.Join(about, ", ")
}

// LackingText names the items that somebody should still fill in.
func LackingText(v *words.Voice, d complaint.Dossier) string {
	var named []string
	for _, item := range office.Lacking(d) {
		named = append(named, v.Say("register.item."+string(item)))
	}
	return strings.Join(named, ", ")
}
