package dossier

import (
	"context"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/record"
)

// answerForms are writing the answer, with its letter beside it, and recording that
// it went out.
func answerForms() []*taskForm {
	return []*taskForm{
		{path: "antwoord", task: complaint.TaskAnswer, ask: askAnswer, do: answer, beside: besideAnswer, prepare: waysFor(record.Answer)},
		{path: "antwoord-terug", task: complaint.TaskTakeBack, ask: askTakeBack, do: takeBack, beside: besideDispatch},
		{path: "antwoord-verstuurd", task: complaint.TaskSendAnswer, ask: askDispatch, do: dispatch, beside: besideDispatch},
	}
}

func askAnswer(s *sheet) []templ.Component {
	ways := []string{complaint.HowPost, complaint.HowEmail, complaint.HowSpoken}
	if s.view.Level == complaint.Nameless {
		ways = []string{complaint.HowGeneral}
	}
	first := ""
	if len(ways) == 1 {
		first = ways[0]
	}
	questions := []templ.Component{
		complaintFold(s),
		s.area("points", s.view.TakenBack.Points, frame.Rows(6)),
		s.area("outcome", s.view.TakenBack.Outcome),
		s.area("measures", s.view.TakenBack.Measures),
		s.area("next", s.view.TakenBack.NextSteps, frame.Optional, frame.Rows(2), frame.Hint(s.nextHint())),
	}
	if scale := s.view.Rules.Judgement; len(scale) > 0 {
		questions = append(questions, s.radios("judgement", "", choices(s.voice, scale)))
	}
	more := []func(*page.Field){frame.Rows(2)}
	if s.view.ActionTaken {
		more = append(more, frame.Optional)
	}
	questions = append(questions, s.wayOut(first, ways), s.area("action", "", more...))
	if s.view.NeedsHearing() {
		questions = append(questions, s.area("unheard", "", frame.Rows(3)))
	}
	return append(questions, readingCard(s))
}

// nextHint says what the letter itself tells of a second round.
func (s *sheet) nextHint() string {
	if s.view.Rules.SecondInstance == "" && s.view.Rules.ExternalBody == "" {
		return s.voice.Say("answer_form.no_second")
	}
	return s.voice.Say("answer_form.second")
}

// reply is the answer as typed.
func (s *sheet) reply() complaint.Reply {
	return complaint.Reply{
		AnswerText: complaint.AnswerText{Points: s.typed.Text("points"), Outcome: s.typed.Text("outcome"),
			Measures: s.typed.Text("measures"), NextSteps: s.typed.Text("next")},
		How: s.typed.Text("how"), Judgement: s.typed.Text("judgement"), Action: s.typed.Text("action"), Unheard: s.typed.Text("unheard"),
	}
}

func answer(s *sheet) deed {
	r := s.reply()
	return func(ctx context.Context, o *office.Office) error { return o.Answer(ctx, s.who, s.form(), r) }
}

// besideAnswer shows the letter as it would come out of the printer, with the name
// still sealed. Without a letter, because the task cannot be done any more or there is
// nobody to write to, only the text stands there.
func besideAnswer(ctx context.Context, o *office.Office, s *sheet) (templ.Component, error) {
	if s.view.Level == complaint.Nameless || s.refusal != nil {
		return textBesideIfAny(ctx, o, s)
	}
	letter, err := o.PreviewAnswer(ctx, s.who, s.view.ID, s.reply())
	if err != nil {
		return nil, err
	}
	return letterBeside(s, letter), nil
}

// The measure of a letter: sentences of about twelve words, none over twenty.
const (
	meanWords = 12
	mostWords = 20
)

// readingItems say whether the answer is complete and easy to read. It is a help,
// never a bar.
func (s *sheet) readingItems() []page.Item {
	r := s.reply()
	items := []page.Item{
		{Label: s.voice.Say("answer_form.has_points"), Done: r.Points != ""},
		{Label: s.voice.Say("answer_form.has_outcome"), Done: r.Outcome != ""},
		{Label: s.voice.Say("answer_form.has_measures"), Done: r.Measures != ""},
	}
	mean, longest := sentenceLength(strings.Join([]string{r.Points, r.Outcome, r.Measures, r.NextSteps}, "\n"))
	if longest == 0 {
		return items
	}
	return append(items, page.Item{Label: s.voice.Say("answer_form.short"), Done: mean <= meanWords && longest <= mostWords,
		Detail: s.voice.Say("answer_form.words", "Mean", mean, "Longest", longest)})
}

// sentenceLength counts words per sentence, on average and at most. A line end ends a
// sentence too; an abbreviation ends one too early, which does no harm in a hint.
func sentenceLength(text string) (mean, longest int) {
	words, sentences := 0, 0
	ends := func(r rune) bool { return strings.ContainsRune(".!?\n", r) }
	for _, sentence := range strings.FieldsFunc(text, ends) {
		n := len(strings.FieldsFunc(sentence, unicode.IsSpace))
		if n == 0 {
			continue
		}
		words, sentences, longest = words+n, sentences+1, max(longest, n)
	}
	if sentences == 0 {
		return 0, 0
	}
	return (words + sentences - 1) / sentences, longest
}

// askTakeBack asks nothing that must be answered: it is a way back.
func askTakeBack(s *sheet) []templ.Component {
	return []templ.Component{s.area("reason", "", frame.Optional, frame.Rows(2))}
}

func takeBack(s *sheet) deed {
	reason := s.typed.Text("reason")
	return func(ctx context.Context, o *office.Office) error {
		return o.TakeBackAnswer(ctx, s.who, s.form(), reason)
	}
}

func askDispatch(s *sheet) []templ.Component {
	if s.view.AnswerHow != complaint.HowSpoken {
		return []templ.Component{s.date("on", s.view.Today, frame.Between(s.view.ReleasedOn, s.view.Today))}
	}
	return []templ.Component{
		s.date("spoken_on", calendar.Date{}, frame.Between(s.view.FiledOn, s.view.Today)),
		s.date("on", s.view.Today, frame.Between(s.view.FiledOn, s.view.Today)),
	}
}

func dispatch(s *sheet) deed {
	x := complaint.Dispatch{On: s.day("on"), SpokenOn: s.day("spoken_on")}
	return func(ctx context.Context, o *office.Office) error { return o.SendAnswer(ctx, s.who, s.form(), x) }
}

// besideDispatch leads to the letter that must be printed or copied first.
func besideDispatch(_ context.Context, _ *office.Office, s *sheet) (templ.Component, error) {
	p := dossierPage{chronicle: s.chronicle(), who: s.who}
	var waiting []letterLine
	for _, l := range s.view.Letters {
		if l.Kind == record.Answer && l.SentOn.IsZero() {
			line := p.letterLine(l)
			line.note = "" // this is the form that it speaks of
			waiting = append(waiting, line)
		}
	}
	return templ.Join(letterCards(s.voice, waiting), theAnswer(s.voice, s.view.Answer)), nil
}
