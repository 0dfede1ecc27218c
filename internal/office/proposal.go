package office

import (
	"context"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Proposal is who would handle a complaint for a department.
type Proposal struct {
	record.Department
	Handler complaint.Actor // "" when nobody can
	As      string          // AsManager, AsDeputy or AsFallback
	Warned  bool            // a deputy or subordinate of somebody who may not see it
	Before  bool            // the last complaint about the same went there
}

// lookedBack is how many earlier complaints are looked through for one about the same.
const lookedBack = 200

// As what somebody is proposed.
const (
	AsManager  = "manager"
	AsDeputy   = "deputy"   // the manager is away
	AsFallback = "fallback" // the manager may not see it, or is close to who may not
)

// Candidate is somebody who can be made the handler.
type Candidate struct {
	ID     complaint.Actor
	Warned bool
}

// Proposals gives who would handle a complaint for each department, and who else can.
// The employee concerned and who stepped aside are never among them.
func (o *Office) Proposals(ctx context.Context, who complaint.Person, dossier string) ([]Proposal, []Candidate, error) {
	m, err := o.onTheTable(ctx, who, dossier, complaint.TaskForward)
	if err != nil {
		return nil, nil, err
	}
	p, err := o.meet(ctx)
	if err != nil {
		return nil, nil, err
	}
	barred, err := o.barred(ctx, m)
	if err != nil {
		return nil, nil, err
	}
	c := choice{people: p, rules: m.scene.Rules, today: o.Today(), barred: barred, warned: p.closeTo(barred), notHelpdesk: m.Category == complaint.AboutHelpdesk}
	before, err := o.wentTo(ctx, m)
	if err != nil {
		return nil, nil, err
	}
	var list []Proposal
	for _, d := range p.departments {
		if d.Active {
			x := c.propose(d)
			x.Before = d.ID == before
			list = append(list, x)
		}
	}
	return list, c.candidates(), nil
}

// wentTo looks among the complaints that this person may see, so that the proposal tells
// nobody of another.
func (o *Office) wentTo(ctx context.Context, m *matter) (department string, err error) {
	if m.Department != "" {
		return "", nil
	}
	found, _, err := o.Cupboard.List(ctx, o.sight(m.who), record.Filter{Limit: lookedBack})
	if err != nil {
		return "", err
	}
	var earlier []complaint.Dossier
	for _, d := range found {
		if d.ID != m.ID {
			earlier = append(earlier, d.Dossier)
		}
	}
	return m.WentTo(earlier), nil
}

// choice is what decides who handles.
type choice struct {
	people
	rules          complaint.Rules
	today          calendar.Date
	barred, warned []complaint.Actor
	notHelpdesk    bool // it is about the helpdesk: nobody of it handles
}

func (c choice) can(id complaint.Actor) bool {
	return c.mayHandle(id, c.rules) && !slices.Contains(c.barred, id) && !(c.notHelpdesk && c.is(id, complaint.Helpdesk))
}

// propose takes the manager, or the deputy of one who is away; when they may not, or
// are close to who may not, the director, whom the procedure names, and at last the
// manager or deputy with a warning.
func (c choice) propose(d record.Department) Proposal {
	free := func(id complaint.Actor) bool { return c.can(id) && !slices.Contains(c.warned, id) }
	if free(d.Manager) {
		if c.isAway(d.Manager, c.today) && free(d.Deputy) && !c.isAway(d.Deputy, c.today) {
			return Proposal{Department: d, Handler: d.Deputy, As: AsDeputy}
		}
		return Proposal{Department: d, Handler: d.Manager, As: AsManager}
	}
	for _, role := range append([]complaint.Role{complaint.Director}, c.rules.Handler.Fallback...) {
		able := slices.DeleteFunc(c.having(role), func(id complaint.Actor) bool { return !free(id) })
		here := slices.DeleteFunc(slices.Clone(able), func(id complaint.Actor) bool { return c.isAway(id, c.today) })
		if able = append(here, able...); len(able) > 0 {
			return Proposal{Department: d, Handler: able[0], As: AsFallback}
		}
	}
	for _, x := range []Proposal{{Department: d, Handler: d.Manager, As: AsManager, Warned: true}, {Department: d, Handler: d.Deputy, As: AsDeputy, Warned: true}} {
		if c.can(x.Handler) {
			return x
		}
	}
	return Proposal{Department: d}
}

func (c choice) candidates() []Candidate {
	var list []Candidate
	for _, s := range c.staff {
		if c.can(s.ID) {
			list = append(list, Candidate{s.ID, slices.Contains(c.warned, s.ID)})
		}
	}
	return list
}

// is reports whether an active account has a role.
func (p people) is(id complaint.Actor, role complaint.Role) bool {
	s, known := p.member(id)
	return known && s.Person().Is(role)
}

// mayHandle: a manager or director, or whom the procedure names when they cannot.
func (p people) mayHandle(id complaint.Actor, rules complaint.Rules) bool {
	s, known := p.member(id)
	who := s.Person()
	return known && who.ID != "" && (who.Is(complaint.Manager) || who.Is(complaint.Director) || slices.ContainsFunc(rules.Handler.Fallback, who.Is))
}

// closeTo gives the deputies and subordinates of people who may not see a dossier: who
// stands in for such a manager, and every manager under such a director.
func (p people) closeTo(barred []complaint.Actor) []complaint.Actor {
	var near []complaint.Actor
	for _, d := range p.departments {
		if slices.Contains(barred, d.Manager) && d.Deputy != "" {
			near = append(near, d.Deputy)
		}
	}
	if slices.ContainsFunc(barred, func(id complaint.Actor) bool { return p.is(id, complaint.Director) }) {
		for _, id := range p.having(complaint.Manager) {
			if !p.is(id, complaint.Director) {
				near = append(near, id)
			}
		}
	}
	return near
}
