package dossier

import (
	"context"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/record"
)

// wordForms are the tasks around the text of a telephone complaint, until the caller
// says yes.
func wordForms() []*taskForm {
	return []*taskForm{
		{path: "tekst", task: complaint.TaskWord, ask: askText, do: word, beside: besideText},
		{path: "versturen", task: complaint.TaskSend, ask: askSending, do: send, beside: textBeside, field: sendingField, prepare: waysFor(record.ConfirmationText)},
		{path: "herinneren", task: complaint.TaskRemind, ask: askReminder, do: remind, beside: besideReminder, prepare: waysFor(record.ConfirmationReminder)},
		{path: "verbeteren", task: complaint.TaskCorrect, ask: askCorrection, do: correct, beside: textBeside},
	}
}

func askText(s *sheet) []templ.Component {
	t := s.view.Text
	if t.Title == "" {
		t.Title = s.view.Title
	}
	return []templ.Component{
		s.line("title", t.Title),
		s.area("description", t.Description, frame.TheirWords, frame.Rows(8)),
		s.area("desired_outcome", t.DesiredOutcome, frame.TheirWords, frame.Optional),
	}
}

func word(s *sheet) deed {
	w := complaint.Wording{Title: s.typed.Text("title"), Description: s.typed.Text("description"), DesiredOutcome: s.typed.Text("desired_outcome")}
	return func(ctx context.Context, o *office.Office) error { return o.Word(ctx, s.who, s.form(), w) }
}

// besideText shows what the caller wants changed, and what to say.
func besideText(_ context.Context, _ *office.Office, s *sheet) (templ.Component, error) {
	if said := lastSaid(s.view, complaint.CorrectionAsked); !said.IsEmpty() {
		return templ.Join(
			heading(s.voice.Say("word.wanted")),
			page.Voice(page.Speech{Text: reveal(said)}),
			page.SayAloud(s.voice, s.voice.Say("word.say_again"))), nil
	}
	return page.SayAloud(s.voice, s.voice.Say("word.say")), nil
}

// lastSaid gives the text of the last event of a kind.
func lastSaid(v office.View, kind complaint.Kind) complaint.Private {
	for i := len(v.Events) - 1; i >= 0; i-- {
		if v.Events[i].Kind == kind {
			return v.Events[i].Sealed[complaint.Text]
		}
	}
	return complaint.Private{}
}

// textBeside shows the latest text in the complainant's voice.
func textBeside(_ context.Context, _ *office.Office, s *sheet) (templ.Component, error) {
	return theText(s), nil
}

func askSending(s *sheet) []templ.Component {
	ways := []string{complaint.HowEmail, complaint.HowReader, complaint.HowPaper}
	return []templ.Component{reachedAnother(s.voice, s.view), s.chooseWay(s.view.SentHow, complaint.HowPaper, ways)}
}

// sendingField: whether the reader's consent is known stands with the details of the
// complainant; here it is about the way that was chosen.
func sendingField(_ *sheet, law string) string {
	if law == "consent" {
		return "how"
	}
	return law
}

func send(s *sheet) deed {
	how := s.typed.Text("how")
	return func(ctx context.Context, o *office.Office) error { return o.Send(ctx, s.who, s.form(), how) }
}

func askReminder(s *sheet) []templ.Component {
	ways := []string{complaint.HowEmail, complaint.HowPaper, complaint.HowReader}
	return []templ.Component{s.chooseWay(s.view.SentHow, complaint.HowPaper, ways), s.tick("last", false)}
}

func remind(s *sheet) deed {
	how, last := s.typed.Text("how"), s.typed.Ticked("last", "")
	return func(ctx context.Context, o *office.Office) error { return o.Remind(ctx, s.who, s.form(), how, last) }
}

// besideReminder shows what closing as not confirmed would need, so that nobody
// forgets the other channel.
func besideReminder(_ context.Context, _ *office.Office, s *sheet) (templ.Component, error) {
	return templ.Join(waitingList(s), theText(s)), nil
}

func askCorrection(s *sheet) []templ.Component {
	return []templ.Component{
		s.date("on", s.view.Today, frame.Between(s.view.ReceivedOn, s.view.Today)),
		s.radios("how", "", s.options("how", complaint.HowReply, complaint.HowSlip, complaint.HowPhone), frame.InOneRow),
		s.area("said", "", frame.TheirWords),
	}
}

func correct(s *sheet) deed {
	c := complaint.Correction{On: s.day("on"), How: s.typed.Text("how"), Said: s.typed.Text("said")}
	return func(ctx context.Context, o *office.Office) error { return o.Correct(ctx, s.who, s.form(), c) }
}
