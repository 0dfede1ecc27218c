package dossier

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/words"
)

// hardForms are for the hard cases: it is about a colleague, or about me; that was not
// agreed; it belongs with another one; it was registered wrongly; the complainant died.
func hardForms() []*taskForm {
	return []*taskForm{
		{path: "overgeven", task: complaint.TaskHandOver, danger: true, leaves: true, ask: askHandOver, do: handOver, prepare: lookUpReceivers},
		{path: "opzij", task: complaint.TaskStepAside, danger: true, leaves: true, ask: askWhy, do: stepAside},
		{path: "voorleggen", task: complaint.TaskPutBefore, ask: askHearing, do: putBefore},
		{path: "meelezer", task: complaint.TaskAskReader, ask: askReader, do: secondReader},
		{path: "meelezen", task: complaint.TaskReadAlong, ask: askNote, do: readAlong},
		{path: "betwist", task: complaint.TaskDispute, ask: askWithdrawal, do: ending((*office.Office).Dispute)},
		{path: "koppelen", task: complaint.TaskLink, ask: askLink, do: link},
		{path: "verbeteren-gegevens", task: complaint.TaskAmend, ask: askAmendment, do: amend},
		{path: "stapt-uit", task: complaint.TaskStepOut, ask: askSteppingOut, do: stepOut, open: openNames},
		{path: "overleden", task: complaint.TaskDied, ask: askDeath, do: died},
		{path: "nabestaande", task: complaint.TaskCondole, ask: askCondolence, do: condole},
		{path: "nabestaande-kiest", task: complaint.TaskRelative, ask: askDecision, do: relativeDecides},
		{path: "uitkomst-medewerker", task: complaint.TaskTellEmployee, ask: askOutcome, do: tellEmployee},
		{path: "vergissing", task: complaint.TaskCallError, danger: true, ask: askWhy, do: callError},
	}
}

func askWhy(s *sheet) []templ.Component {
	return []templ.Component{s.area("reason", "", frame.Rows(3))}
}

// colleagues are the people who may be asked; with a role when one is needed.
func (s *sheet) colleagues(role complaint.Role) []page.Option {
	var options []page.Option
	for id, c := range s.names.Staff {
		if id == s.who.ID || !c.Active || slices.Contains(s.view.Barred, id) || role != "" && !slices.Contains(c.Roles, role) {
			continue
		}
		options = append(options, page.Option{Value: string(id), Label: strings.TrimSuffix(c.Name+", "+c.Function, ", ")})
	}
	slices.SortFunc(options, func(a, b page.Option) int { return strings.Compare(a.Label, b.Label) })
	return options
}

func lookUpReceivers(ctx context.Context, o *office.Office, s *sheet) (err error) {
	s.receivers, err = o.Receivers(ctx, s.who, s.view.ID)
	return err
}

func askHandOver(s *sheet) []templ.Component {
	return append([]templ.Component{s.list("to", "", frame.Takers(s.voice, s.names, s.receivers), frame.Narrow)}, askWhy(s)...)
}

func handOver(s *sheet) deed {
	to, reason := complaint.Actor(s.typed.Text("to")), s.typed.Text("reason")
	return func(ctx context.Context, o *office.Office) error { return o.HandOver(ctx, s.who, s.form(), to, reason) }
}

func stepAside(s *sheet) deed {
	reason := s.typed.Text("reason")
	return func(ctx context.Context, o *office.Office) error { return o.StepAside(ctx, s.who, s.form(), reason) }
}

func askHearing(s *sheet) []templ.Component {
	return []templ.Component{
		s.tick("told", false), s.endedOn(), s.area("statement", "", frame.Rows(5)), s.line("support", "", frame.Optional, frame.Narrow),
		s.area("reaction", "", frame.Rows(5)), s.radios("read", "", s.options("read", complaint.Agrees, complaint.Remarks, complaint.NoReaction)),
	}
}

func putBefore(s *sheet) deed {
	h := complaint.Hearing{On: s.day("on"), Told: s.typed.Ticked("told", ""), Statement: s.typed.Text("statement"),
		Support: s.typed.Text("support"), Reaction: s.typed.Text("reaction"), Read: s.typed.Text("read")}
	return func(ctx context.Context, o *office.Office) error { return o.PutBefore(ctx, s.who, s.form(), h) }
}

func askReader(s *sheet) []templ.Component {
	return []templ.Component{s.list("reader", "", s.colleagues(""), frame.Narrow), s.area("draft", "", frame.Rows(10))}
}

func secondReader(s *sheet) deed {
	reader, draft := complaint.Actor(s.typed.Text("reader")), s.typed.Text("draft")
	return func(ctx context.Context, o *office.Office) error {
		return o.AskSecondReader(ctx, s.who, s.form(), reader, draft)
	}
}

func readAlong(s *sheet) deed {
	text := s.typed.Text("text")
	return func(ctx context.Context, o *office.Office) error { return o.ReadAlong(ctx, s.who, s.form(), text) }
}

func askLink(s *sheet) []templ.Component {
	return []templ.Component{
		s.line("number", "", frame.Short),
		s.radios("how", "", s.options("how", complaint.FollowUpOf, complaint.FollowedBy, complaint.SameSource, complaint.Duplicate)),
	}
}

func link(s *sheet) deed {
	number, how := s.typed.Text("number"), s.typed.Text("how")
	return func(ctx context.Context, o *office.Office) error { return o.Link(ctx, s.who, s.form(), number, how) }
}

func askAmendment(s *sheet) []templ.Component {
	questions := []templ.Component{s.line("title", s.view.Title)}
	if s.view.FiledOn.IsZero() {
		questions = append(questions, s.date("received_on", s.view.ReceivedOn))
	}
	var departments []page.Option
	for _, d := range s.names.Departments {
		departments = append(departments, page.Option{Value: d.ID, Label: d.Name})
	}
	member := s.options("member", string(complaint.MemberYes), string(complaint.MemberNo), string(complaint.MemberUnknown))
	return append(questions,
		s.radios("member", string(s.view.Member), member, frame.InOneRow),
		s.list("department", s.view.Department, departments, frame.Narrow),
		s.area("reason", "", frame.Rows(3)))
}

// amend hands in only what was changed.
func amend(s *sheet) deed {
	a := complaint.Amendment{Title: s.typed.Text("title"), Member: complaint.Member(s.typed.Text("member")),
		Department: s.typed.Text("department"), ReceivedOn: s.day("received_on"), Reason: s.typed.Text("reason")}
	if a.Title == s.view.Title {
		a.Title = ""
	}
	if a.Member == s.view.Member {
		a.Member = ""
	}
	if a.Department == s.view.Department {
		a.Department = ""
	}
	if a.ReceivedOn == s.view.ReceivedOn {
		a.ReceivedOn = calendar.Date{}
	}
	return func(ctx context.Context, o *office.Office) error { return o.Amend(ctx, s.who, s.form(), a) }
}

func askDeath(s *sheet) []templ.Component {
	return []templ.Component{s.endedOn(), s.area("told", "", frame.Rows(3), frame.Optional)}
}

func died(s *sheet) deed {
	on, told := s.day("on"), s.typed.Text("told")
	return func(ctx context.Context, o *office.Office) error { return o.Died(ctx, s.who, s.form(), on, told) }
}

func askCondolence(s *sheet) []templ.Component {
	return []templ.Component{
		s.line("deceased", "", frame.Narrow), s.line("name", "", frame.Narrow), s.line("greeting", "", frame.Narrow, frame.Optional),
		s.line("street", "", frame.Narrow), s.line("house", "", frame.Short, frame.Optional),
		s.line("postcode", "", frame.Short, frame.Optional), s.line("town", "", frame.Narrow),
	}
}

func condole(s *sheet) deed {
	c := complaint.Condolence{Deceased: s.typed.Text("deceased"), Name: s.typed.Text("name"), Greeting: s.typed.Text("greeting"),
		Street: s.typed.Text("street"), House: s.typed.Text("house"), Postcode: s.typed.Text("postcode"), Town: s.typed.Text("town")}
	return func(ctx context.Context, o *office.Office) error { return o.Condole(ctx, s.who, s.form(), c) }
}

func askDecision(s *sheet) []templ.Component {
	return []templ.Component{
		s.radios("choice", "", s.options("choice", complaint.GoesOn, complaint.Stops)), s.endedOn(),
		s.radios("how", complaint.HowPhone, s.options("how", complaint.HowPhone, complaint.HowPost, complaint.HowEmail), frame.InOneRow),
		s.area("said", "", frame.Rows(3)),
	}
}

func relativeDecides(s *sheet) deed {
	x := complaint.Decision{Choice: s.typed.Text("choice"), On: s.day("on"), How: s.typed.Text("how"), Said: s.typed.Text("said")}
	return func(ctx context.Context, o *office.Office) error { return o.RelativeDecides(ctx, s.who, s.form(), x) }
}

// askOutcome asks to which of the employees concerned, and what.
func askOutcome(s *sheet) []templ.Component {
	var options []page.Option
	for _, named := range s.view.Concerned {
		label := named
		if staff, known := s.names.Staff[complaint.Actor(named)]; known {
			label = staff.Name
		}
		options = append(options, page.Option{Value: named, Label: label})
	}
	first := ""
	if len(options) == 1 {
		first = options[0].Value
	}
	to := s.list("to", first, options, frame.Narrow)
	if len(options) == 0 {
		to = s.list("to", "", nil, frame.Narrow, frame.Hint(s.voice.Say("tell_employee.nobody")))
	}
	return []templ.Component{to, s.area("outcome", "", frame.Rows(8))}
}

func tellEmployee(s *sheet) deed {
	to, text := s.typed.Text("to"), s.typed.Text("outcome")
	return func(ctx context.Context, o *office.Office) error {
		return o.TellEmployee(ctx, s.who, s.form(), to, text)
	}
}

func callError(s *sheet) deed {
	reason := s.typed.Text("reason")
	return func(ctx context.Context, o *office.Office) error { return o.CallError(ctx, s.who, s.form(), reason) }
}

// LeftBehind says what was just done by somebody who sees that dossier no more.
func LeftBehind(v *words.Voice, path string) string {
	for _, t := range hardForms() {
		if t.leaves && t.path == path {
			return v.Say("task." + string(t.task) + ".done")
		}
	}
	return ""
}
