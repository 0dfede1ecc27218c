package dossier

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
)

// forwardForms sends a filed complaint to who handles it.
func forwardForms() []*taskForm {
	return []*taskForm{{path: "doorsturen", task: complaint.TaskForward, ask: askHandler, do: forward, prepare: lookUpHandlers, beside: textBesideIfAny}}
}

// lookUpHandlers asks the office who would handle it: no page can name the accused.
func lookUpHandlers(ctx context.Context, o *office.Office, s *sheet) (err error) {
	s.proposed, s.candidates, err = o.Proposals(ctx, s.who, s.view.ID)
	slices.SortFunc(s.candidates, func(a, b office.Candidate) int { return strings.Compare(s.names.Name(a.ID), s.names.Name(b.ID)) })
	return err
}

func askHandler(s *sheet) []templ.Component {
	var departments, others []page.Option
	proposal := s.view.Department
	for _, p := range s.proposed {
		if p.Before {
			proposal = p.ID
		}
		departments = append(departments, page.Option{Value: p.ID, Label: p.Name, Hint: s.proposalHint(p)})
	}
	for _, c := range s.candidates {
		others = append(others, page.Option{Value: string(c.ID), Label: s.handlerLabel(c)})
	}
	return []templ.Component{
		s.radios("department", proposal, departments),
		s.otherHandler(others),
		s.area("remark", "", frame.Optional),
		s.tick("tell", s.view.Level != complaint.Nameless),
	}
}

// proposalHint names who would get it, and why when that is not the manager.
func (s *sheet) proposalHint(p office.Proposal) string {
	hint, name := s.voice.Say("forward.nobody"), s.names.Name(p.Handler)
	switch p.As {
	case office.AsDeputy:
		hint = s.voice.Say("forward.deputy", "Name", name, "Manager", s.names.Name(p.Department.Manager), "Date", s.names.Staff[p.Department.Manager].AbsentUntil)
	case office.AsManager:
		hint = s.voice.Say("forward.manager", "Name", name)
	case office.AsFallback:
		hint = s.voice.Say("forward.fallback", "Name", name)
	}
	if p.Before {
		hint = strings.TrimSuffix(hint, ".") + ". " + s.voice.Say("forward.before")
	}
	if p.Warned {
		hint += " " + s.voice.Say("forward.warned")
	}
	return hint
}

// handlerLabel names a handler, and says so when it is the deputy or subordinate of
// somebody who may not see this dossier. The helpdesk, who may know, is warned.
func (s *sheet) handlerLabel(x office.Candidate) string {
	c := s.names.Staff[x.ID]
	label := strings.TrimSuffix(c.Name+", "+c.Function, ", ")
	if x.Warned {
		label += " (" + s.voice.Say("forward.deputy_of_barred") + ")"
	}
	return label
}

// otherHandler is the choice of somebody else than proposed. A deputy of who may not
// see the dossier is taken after a warning only.
func (s *sheet) otherHandler(options []page.Option) templ.Component {
	question := s.list("handler", "", options, frame.Optional, frame.Narrow)
	if !s.warned() {
		return question
	}
	return templ.Join(question, s.tick("anyway", false))
}

// warned reports whether the warning about a deputy was given.
func (s *sheet) warned() bool {
	return slices.ContainsFunc(s.wrong, func(m *complaint.Error) bool { return m.Key == "error.deputy_of_barred" })
}

func forward(s *sheet) deed {
	x := complaint.Forwarding{Department: s.typed.Text("department"), Handler: complaint.Actor(s.typed.Text("handler")), Remark: s.typed.Text("remark"),
		Anyway: s.typed.Ticked("anyway", "")}
	if x.Handler == "" {
		for _, p := range s.proposed {
			if p.ID == x.Department {
				x.Handler = p.Handler
			}
		}
	}
	tell := s.typed.Ticked("tell", "")
	return func(ctx context.Context, o *office.Office) error { return o.Forward(ctx, s.who, s.form(), x, tell) }
}

// textBesideIfAny shows the text; a letter may have been registered without.
func textBesideIfAny(ctx context.Context, o *office.Office, s *sheet) (templ.Component, error) {
	if s.view.TextVersion == 0 {
		return frame.ParagraphNote(page.NotePlain, "", s.voice.Say("dossier.no_text")), nil
	}
	return textBeside(ctx, o, s)
}
