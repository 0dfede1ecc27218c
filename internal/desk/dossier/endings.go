package dossier

import (
	"context"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
)

// endingForms are the other ways in which a complaint ends. Each says what it means
// before it is done.
func endingForms() []*taskForm {
	return []*taskForm{
		{path: "intrekken", task: complaint.TaskWithdraw, danger: true, ask: askWithdrawal, do: ending((*office.Office).Withdraw)},
		{path: "doorgeleiden", task: complaint.TaskPassOn, danger: true, ask: askPassingOn, do: ending((*office.Office).PassOn)},
		{path: "niet-aannemen", task: complaint.TaskNotAccept, danger: true, ask: askNotAccepting, do: ending((*office.Office).NotAccept)},
		{path: "opgelost", task: complaint.TaskResolve, danger: true, ask: askResolution, do: ending((*office.Office).Resolve)},
	}
}

func askWithdrawal(s *sheet) []templ.Component {
	return []templ.Component{
		s.endedOn(),
		s.radios("how", "", s.options("how", complaint.HowPhone, complaint.HowEmail, complaint.HowPost), frame.InOneRow),
		s.area("said", "", frame.TheirWords),
	}
}

func askPassingOn(s *sheet) []templ.Component {
	return []templ.Component{s.line("where", s.view.Rules.ExternalBody), s.area("said", ""), s.endedOn(), s.tick("consent", false)}
}

func askNotAccepting(s *sheet) []templ.Component {
	return []templ.Component{s.radios("reason", "", choices(s.voice, s.view.Rules.NotAccepted)), s.area("said", ""), s.endedOn()}
}

func askResolution(s *sheet) []templ.Component {
	return []templ.Component{s.area("said", "", frame.TheirWords), s.endedOn(), s.tick("consent", false)}
}

// endedOn asks when it was said or decided.
func (s *sheet) endedOn() templ.Component {
	return s.date("on", s.view.Today, frame.Between(s.view.ReceivedOn, s.view.Today))
}

// ending carries one of the endings out.
func ending(task func(*office.Office, context.Context, complaint.Person, office.Form, complaint.End) error) func(*sheet) deed {
	return func(s *sheet) deed {
		x := complaint.End{On: s.day("on"), How: s.typed.Text("how"), Reason: s.typed.Text("reason"), Where: s.typed.Text("where"),
			Said: s.typed.Text("said"), Agreed: s.typed.Ticked("consent", "")}
		return func(ctx context.Context, o *office.Office) error { return task(o, ctx, s.who, s.form(), x) }
	}
}
