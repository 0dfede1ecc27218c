package dossier

import (
	"slices"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/record"
)

// termStart is day 0 of the term: the day of filing, or of receipt when the procedure
// says so. Zero while the term does not run.
func termStart(v office.View) calendar.Date {
	if v.Rules.Term.From == complaint.FromReceived && !v.FiledOn.IsZero() {
		return v.ReceivedOn
	}
	return v.FiledOn
}

// termWave draws the term as it stands, or as it ended.
func termWave(v office.View) page.Wave {
	var agreed calendar.Date
	if v.DueOn != v.OriginalDueOn {
		agreed = v.DueOn
	}
	end := v.AnsweredOn
	if end.IsZero() && !v.State.IsRunning() {
		end = v.ClosedOn
	}
	if end.IsZero() {
		return page.WaveOf(termStart(v), v.OriginalDueOn, v.Today, agreed)
	}
	return page.EndedWave(termStart(v), v.OriginalDueOn, end, agreed)
}

// postBy is the day on which a letter is best posted: some working days before the
// target. It is advice and never measured. Zero when the answer does not go by post.
func postBy(v office.View, org record.Organisation) calendar.Date {
	if !v.State.IsRunning() || !goesByPost(v.Dossier) || v.Rules.Target.PostLeadDays == 0 {
		return calendar.Date{}
	}
	var closed []calendar.Date
	for _, word := range strings.Fields(org.ClosingDays) {
		if d, err := calendar.Parse(word); err == nil {
			closed = append(closed, d)
		}
	}
	return calendar.New(v.Rules.Target.Calendar, closed...).WorkingDaysBefore(v.TargetOn, v.Rules.Target.PostLeadDays)
}

// goesByPost reports whether the answer will be a letter, as far as is known without
// opening the name: as it was released, else as the complaint came or was confirmed.
func goesByPost(d complaint.Dossier) bool {
	switch d.AnswerHow {
	case complaint.HowPost, complaint.HowSpoken:
		return true
	case "":
		return d.Channel == complaint.Post || d.SentHow == complaint.HowPaper
	}
	return false
}

// headFacts are the plain facts under the title, in the order in which they are asked
// for: what was promised, when it came in, whose it is, what it is about.
func (p *dossierPage) headFacts() []string {
	v, d := p.voice, p.view
	facts := []string{v.Say("term.arrived", "Received", p.dayMonth(d.ReceivedOn))}
	if !d.FiledOn.IsZero() {
		facts[0] = v.Say("term.arrived_filed", "Received", p.dayMonth(d.ReceivedOn), "Filed", p.dayMonth(d.FiledOn))
	}
	if d.State.IsRunning() {
		facts = append([]string{p.promise()}, facts...)
	}
	facts = append(facts, frame.DepartmentName(v, d.Dossier, p.names), p.subjects(), v.Say("channel."+string(d.Channel)))
	return slices.DeleteFunc(facts, func(s string) bool { return s == "" })
}

// promise is by when the complainant was told that the answer leaves, unless the chip
// says it already.
func (p *dossierPage) promise() string {
	said := p.voice.Say("term.promised", "Date", p.voice.WeekdayDate(p.view.DueOn))
	if chip := frame.ChipOf(p.voice, p.view.Dossier, p.view.Today); chip.Under == said || chip.Kind == page.ChipLate {
		return ""
	}
	return said
}

// subjects says what the complaint is about, with its category when it has one.
func (p *dossierPage) subjects() string {
	var about []string
	for _, k := range p.view.Subjects {
		about = append(about, p.voice.Say("subject."+string(k)))
	}
	line := p.voice.Say("dossier.about", "Subjects", strings.Join(about, " "+p.voice.Say("common.and")+" "))
	if category := p.categoryLabel(p.view.Category); category != "" {
		line += " (" + category + ")"
	}
	return line
}

// track shows how far the complaint is. What never comes any more, because the
// complaint ended in another way, is left out.
func (p *dossierPage) track() []page.Step {
	v, d := p.voice, p.view
	day := p.dayMonth
	steps := []page.Step{{Label: v.Say("track.received"), Note: day(d.ReceivedOn), Done: true}}
	if d.Channel == complaint.Phone {
		steps[0].Label = v.Say("track.written")
		steps = append(steps, page.Step{Label: v.Say("track.confirmed"), Note: day(d.ConfirmedOn), Done: !d.ConfirmedOn.IsZero()})
	}
	handled := d.Handler != ""
	handling := page.Step{Label: v.Say("track.handling"), Note: day(p.forwardedOn()), Done: handled && d.State != complaint.InHandling && d.State != complaint.ExtensionProposed}
	if handled && !handling.Done {
		handling.Note = v.Say("common.since", "Date", handling.Note)
	}
	answered := page.Step{Label: v.Say("track.answered"), Note: day(d.AnsweredOn), Done: !d.AnsweredOn.IsZero()}
	if !answered.Done && d.State.IsRunning() {
		answered.Note = v.Say("common.no_later_than", "Date", day(d.DueOn))
	}
	closed := page.Step{Label: v.Say("track.closed"), Note: day(d.ClosedOn), Done: !d.ClosedOn.IsZero()}
	steps = append(steps, handling, answered, closed)
	if !d.State.IsOpen() && d.State != complaint.IsClosed {
		steps[len(steps)-1].Label = v.Say("track.ended." + string(d.State))
		steps = slices.DeleteFunc(steps, func(s page.Step) bool { return !s.Done })
	}
	for i := range steps {
		if !steps[i].Done {
			steps[i].Current = true
			break
		}
	}
	return steps
}

// forwardedOn is the day on which the present handler got it.
func (p *dossierPage) forwardedOn() (on calendar.Date) {
	for _, e := range p.view.Events {
		if e.Kind == complaint.Forwarded {
			on = e.Open.On
		}
	}
	return on
}
