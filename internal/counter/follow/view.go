package follow

import (
	"slices"
	"strconv"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
)

// stands is the heading: where the complaint is now.
func (p ownPage) stands() string { return p.voice.Say("counter.follow.stands." + string(p.own.State)) }

// handler says who handles it, by function; nothing when nobody does yet.
func (p ownPage) handler() string {
	switch {
	case !p.own.State.IsRunning() || p.own.Dossier.Handler == "":
		return ""
	case p.own.Handler == "":
		return p.voice.Say("tell.handler.unnamed")
	}
	return p.voice.Say("counter.follow.handler", "Function", p.own.Handler)
}

// promise says by when the answer goes, or when it went; nothing when none will.
func (p ownPage) promise() string {
	d, key := p.own, ""
	switch {
	case !d.AnsweredOn.IsZero():
		key = "tell.date.answered"
	case !d.State.IsRunning():
		return ""
	case d.IsOverdue(d.Today):
		key = "counter.follow.late"
	default:
		key = "tell.date.due"
	}
	return p.voice.Say(key, "Due", p.voice.LongDate(d.DueOn), "Answered", p.voice.LongDate(d.AnsweredOn))
}

// steps is the way of the complaint: what was, where it is, and what comes.
func (p ownPage) steps() []page.Step {
	d, v := p.own, p.voice
	step := func(name string, on calendar.Date) page.Step {
		s := page.Step{Label: v.Say("counter.follow.step." + name), Done: !on.IsZero()}
		if s.Done {
			s.Note = v.DayMonth(on)
		}
		return s
	}
	steps := []page.Step{step("came."+string(d.Channel), d.ReceivedOn)}
	if !d.ConfirmedOn.IsZero() {
		steps = append(steps, step("confirmed", d.ConfirmedOn))
	}
	if !d.State.IsOpen() && d.AnsweredOn.IsZero() { // it ended before an answer
		return append(steps, step("ended", d.ClosedOn))
	}
	work, answer := step("work", d.AnsweredOn), step("answer", d.AnsweredOn)
	if d.AnsweredOn.IsZero() {
		work.Current, work.Note = true, v.Say("counter.follow.now")
		answer.Note = v.Say("counter.follow.at_latest", "Due", v.DayMonth(d.DueOn))
	} else {
		work.Note = ""
	}
	return append(steps, work, answer)
}

// entries is what was sent and received, the newest first.
func (p ownPage) entries() []page.Entry {
	var list []page.Entry
	for _, e := range slices.Backward(p.own.Events) {
		list = append(list, p.entry(e))
	}
	return list
}

func (p ownPage) entry(e office.OwnEvent) page.Entry {
	v, o := p.voice, e.Open
	key := "counter.follow.event." + string(e.Kind)
	for _, code := range []string{o.Outcome, string(o.Level)} {
		if code != "" && v.Has(key+"."+code) {
			key += "." + code
		}
	}
	if e.Kind == complaint.Received {
		key = "counter.follow.step.came." + string(o.Channel)
	}
	letter := ""
	if name := "dossier.letter." + o.Letter; o.Letter != "" && v.Has(name) {
		letter = v.Say(name)
	}
	on := calendar.Of(e.At)
	if !o.On.IsZero() {
		on = o.On
	}
	if !o.ReceivedOn.IsZero() {
		on = o.ReceivedOn
	}
	entry := page.Entry{Title: v.Say(key, "Letter", letter, "Due", v.LongDate(o.DueOn), "Proposed", v.LongDate(o.ProposedOn), "File", e.File),
		At: v.LongDate(on), When: on.String(), Theirs: e.IsTheirs()}
	switch {
	case e.Said == "":
	case e.IsTheirs():
		entry.Body = page.Voice(page.Speech{Text: e.Said})
	default:
		entry.Body = page.Ours(page.Speech{Text: e.Said})
	}
	return entry
}

// answer is the whole answer to a nameless complaint, which no letter can bring.
func (p ownPage) answer() string {
	a := p.own.Answer
	return strings.Join([]string{a.Points, a.Outcome, a.Measures, a.NextSteps}, "\n\n")
}

// letterName says what a letter was.
func (p ownPage) letterName(l office.OwnLetter) string {
	return p.voice.Say("counter.follow.letter", "Letter", p.voice.Say("dossier.letter."+string(l.Kind)), "On", p.voice.LongDate(l.On))
}

// opening says who opened the name, as what, and when.
func (p ownPage) opening(o office.OwnOpening) (who, why string) {
	v, key := p.voice, "counter.follow.opened"
	function := o.Function
	if function == "" {
		function = v.Say("counter.follow.somebody")
	}
	if o.InPlace {
		key = "counter.follow.opened_in_place"
	}
	who = v.Say(key, "Function", function, "On", v.LongDate(calendar.Of(o.At)), "At", v.Time(o.At))
	reason := v.Label(o.Label)
	if reason == "" && v.Has("opening."+o.Reason) {
		reason = v.Say("opening." + o.Reason)
	}
	return who, strings.TrimSpace(v.Say("counter.follow.why", "Reason", reason) + " " + o.Remark)
}

// answers are what can be said to a proposal for a later date.
func (p ownPage) answers() page.Field {
	v := p.voice
	f := p.form.Ask(page.Field{Name: "answer", Label: v.Say("counter.follow.settle.q"), Title: true})
	for _, code := range settleAnswers {
		o := page.Option{Value: code, Label: v.Say("counter.follow.settle." + code)}
		if code == complaint.OtherDate {
			from, to := p.own.OtherDates(p.own.Today)
			o.Reveal = page.DateInput(v, p.form.Ask(page.Field{Name: "date", Label: v.Say("counter.follow.settle.date"),
				Hint: v.Say("error.between", "From", from, "To", to), Min: from.String(), Max: to.String()}))
		}
		f.Options = append(f.Options, o)
	}
	return f
}

// ask makes the fields of the forms that stand on the page, in its order: what is wrong
// with them stands above them, by name.
func (p *ownPage) ask() {
	v := p.voice
	if p.own.Can(complaint.TaskSettle) {
		p.fields.answer = p.answers()
		p.fields.why = p.form.Ask(page.Field{Name: "why", Label: v.Say("counter.follow.settle.why"), Optional: true, Voice: true, Rows: 2})
	}
	if !p.own.Can(complaint.TaskContact) {
		return
	}
	p.fields.said = p.message()
	if p.own.Can(complaint.TaskAttach) {
		p.fields.file = p.form.Ask(page.Field{Name: frame.FileField, Label: v.Say("counter.follow.message.file"), Hint: v.Count("form.file.hint", frame.MostFiles), Optional: true, Multiple: true})
	}
}

// message is the field for something new. What was typed in a form that is not here any
// more can be sent with it.
func (p ownPage) message() page.Field {
	f := page.Field{Name: "said", Label: p.voice.Say("counter.follow.message.q"), Voice: true}
	if p.own.Solved == complaint.ContactUnsolved && !p.form.Posted {
		f.Label, f.Value = p.voice.Say("counter.follow.again.q"), p.voice.Say("counter.follow.again.begin")
	}
	if f = p.form.Ask(f); p.form.Posted {
		f.Value = p.left()
	}
	return f
}

// typedTexts are the fields, in their order, whose forms may be gone when they are sent.
var typedTexts = []string{"said", "why", "date", "street", "house", "postcode", "town", "country", "phone", "mobile", "email"}

// left is what was typed and stands in no form of this page.
func (p ownPage) left() string {
	var list []string
	for _, name := range typedTexts {
		stands := p.own.Can(complaint.TaskSettle) && (name == "why" || name == "date")
		if text := p.form.Typed.Text(name); text != "" && !stands {
			list = append(list, text)
		}
	}
	return strings.Join(list, "\n")
}

// carried are the files of a message that was refused, for the next try.
func (p ownPage) carried() page.Field {
	var list []page.Option
	for _, k := range p.kept {
		list = append(list, page.Option{Value: k.ID + " " + strconv.FormatInt(k.Size, 10) + " " + k.Name, Label: k.Name})
	}
	return frame.KeptFiles(p.voice, filesField, list)
}

// asksSolved reports whether the page asks if it was solved.
func (p ownPage) asksSolved() bool {
	return p.own.State == complaint.IsClosed && p.own.Rules.FollowUp && p.own.Solved == ""
}

func (p askPage) hidden() []page.Hidden { return append(p.form.Hidden(), p.unsent.hidden()...) }

// sheetForm is the address that gives a letter.
func sheetForm(l office.OwnLetter) page.Action { return page.Action{URL: letterPath + l.ID} }
