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
	"gehoor/internal/record"
)

// forwardForms sends a filed complaint to who handles it.
func forwardForms() []*taskForm {
	return []*taskForm{{path: "doorsturen", task: complaint.TaskForward, ask: askHandler, do: forward, beside: textBesideIfAny}}
}

// proposal is who would handle the complaint for a department.
type proposal struct {
	record.Department
	Handler   complaint.Actor // "" when nobody can
	Manager   bool            // the department's own manager
	Deputises bool            // the deputy of a manager who is away; otherwise the fallback
}

// proposals gives every department with its manager. Who may not see the dossier is
// never proposed: then whom the procedure names.
func (s *sheet) proposals() []proposal {
	var list []proposal
	for _, d := range s.names.Departments {
		p := proposal{Department: d, Handler: d.Manager, Manager: true}
		switch {
		case !s.canHandle(d.Manager):
			p.Handler, p.Manager = s.fallback(), false
		case s.isAway(d.Manager) && s.canHandle(d.Deputy) && !s.isAway(d.Deputy):
			p.Handler, p.Manager, p.Deputises = d.Deputy, false, true
		}
		list = append(list, p)
	}
	return list
}

// canHandle reports whether somebody may be made the handler.
func (s *sheet) canHandle(id complaint.Actor) bool {
	c, known := s.names.Staff[id]
	return known && c.Active && !slices.Contains(s.view.Barred, id) &&
		(slices.Contains(c.Roles, complaint.Manager) || slices.Contains(c.Roles, complaint.Director))
}

// fallback is the first who can, in the order of the procedure.
func (s *sheet) fallback() complaint.Actor {
	for _, role := range s.view.Rules.Handler.Fallback {
		for _, id := range s.handlers() {
			if slices.Contains(s.names.Staff[id].Roles, role) {
				return id
			}
		}
	}
	return ""
}

// handlers gives all who can, by name.
func (s *sheet) handlers() []complaint.Actor {
	var ids []complaint.Actor
	for id := range s.names.Staff {
		if s.canHandle(id) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b complaint.Actor) int { return strings.Compare(s.names.Name(a), s.names.Name(b)) })
	return ids
}

func askHandler(s *sheet) []templ.Component {
	var departments, others []page.Option
	for _, p := range s.proposals() {
		departments = append(departments, page.Option{Value: p.ID, Label: p.Name, Hint: s.proposalHint(p)})
	}
	for _, id := range s.handlers() {
		others = append(others, page.Option{Value: string(id), Label: s.handlerLabel(id)})
	}
	return []templ.Component{
		s.radios("department", s.view.Department, departments),
		s.otherHandler(others),
		s.area("remark", "", frame.Optional),
		s.tick("tell", s.view.Level != complaint.Nameless),
	}
}

// proposalHint names who would get it, and why when that is not the manager.
func (s *sheet) proposalHint(p proposal) string {
	switch name := s.names.Name(p.Handler); {
	case p.Handler == "":
		return s.voice.Say("forward.nobody")
	case p.Deputises:
		return s.voice.Say("forward.deputy", "Name", name, "Manager", s.names.Name(p.Department.Manager), "Date", s.names.Staff[p.Department.Manager].AbsentUntil)
	case p.Manager:
		return s.voice.Say("forward.manager", "Name", name)
	default:
		return s.voice.Say("forward.fallback", "Name", name)
	}
}

// handlerLabel names a handler, and says so when it is the deputy of somebody who may
// not see this dossier.
func (s *sheet) handlerLabel(id complaint.Actor) string {
	c := s.names.Staff[id]
	label := c.Name
	if c.Function != "" {
		label += ", " + c.Function
	}
	if s.deputyOfBarred(id) {
		label += " (" + s.voice.Say("forward.deputy_of_barred") + ")"
	}
	return label
}

// deputyOfBarred reports whether somebody stands in for a manager who may not see the
// dossier. The helpdesk, who may know, is warned.
func (s *sheet) deputyOfBarred(id complaint.Actor) bool {
	return slices.ContainsFunc(s.names.Departments, func(d record.Department) bool {
		return d.Deputy == id && slices.Contains(s.view.Barred, d.Manager)
	})
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
		for _, p := range s.proposals() {
			if p.ID == x.Department {
				x.Handler = p.Handler
			}
		}
	} else if s.deputyOfBarred(x.Handler) && !s.typed.Ticked("anyway", "") {
		s.wrong.Add("handler", "error.deputy_of_barred")
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

// isAway reports whether somebody is absent today.
func (s *sheet) isAway(id complaint.Actor) bool { return !s.names.Staff[id].AbsentUntil.IsZero() }
