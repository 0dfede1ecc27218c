package personnel

import (
	"context"
	"fmt"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Every role is granted by two people. Helpdesk, manager, director and quality read; an
// administrator reads nothing but approves, and one person who could make an
// administrator could approve everything alone.

// receivers are who would get something by a proposal.
func receivers(x record.Proposal) []complaint.Actor {
	if x.Kind == record.ProposeDepartment {
		return []complaint.Actor{x.Department.Manager, x.Department.Deputy}
	}
	return []complaint.Actor{x.Staff}
}

// waits reports whether a proposal of a kind waits about something.
func waits(people record.People, kind record.ProposalKind, about string) bool {
	return slices.ContainsFunc(people.Waiting, func(x record.Proposal) bool { return x.Kind == kind && x.About() == about })
}

// propose adds a proposal and its log line to a change.
func (p *Personnel) propose(c *record.PeopleChange, by complaint.Actor, x record.Proposal) {
	x.ID, x.Proposer, x.At, x.State = record.NewID(), by, p.Now(), record.ProposalWaits
	c.Proposals = append(c.Proposals, x)
	c.Log = append(c.Log, p.grantLines(by, "propose_grant", x)...)
}

// proposeOnce refuses a second proposal of the same.
func (p *Personnel) proposeOnce(c *record.PeopleChange, people record.People, by complaint.Actor, x record.Proposal) error {
	if waits(people, x.Kind, x.About()) {
		return complaint.Mistakes{{Kind: complaint.Invalid, Key: "error.proposal_waits"}}
	}
	p.propose(c, by, x)
	return nil
}

// grantLines logs a step of a proposal, a line for everybody who would get something.
func (p *Personnel) grantLines(by complaint.Actor, action string, x record.Proposal) []record.LogLine {
	reason := []string{string(x.Kind)}
	if x.Kind == record.ProposeDepartment {
		reason = append(reason, x.Department.ID)
	}
	for _, r := range x.Roles {
		reason = append(reason, string(r))
	}
	var lines []record.LogLine
	for _, id := range receivers(x) {
		if id != "" {
			lines = append(lines, p.about(by, action, id, reason...))
		}
	}
	return lines
}

func (p *Personnel) decided(x record.Proposal, state record.ProposalState, by complaint.Actor) record.Proposal {
	x.State, x.Decider, x.DecidedAt = state, by, p.Now()
	return x
}

// mayDecide reports whether somebody may approve or refuse: an administrator or
// director, neither who proposed it nor who gets something by it.
func mayDecide(who complaint.Person, x record.Proposal) bool {
	return approves(who) && who.ID != x.Proposer && !slices.Contains(receivers(x), who.ID)
}

func approves(who complaint.Person) bool {
	return who.ID != "" && (who.Is(complaint.Administrator) || who.Is(complaint.Director))
}

// Waiting is a proposal as somebody sees it.
type Waiting struct {
	record.Proposal
	Now       record.Department // what stands there now, when it is about a department
	MayDecide bool
	Own       bool // proposed by who looks: can be withdrawn
}

// Proposals gives what waits for a second person, oldest first.
func (p *Personnel) Proposals(ctx context.Context, who complaint.Person) ([]Waiting, error) {
	if !approves(who) {
		return nil, errForbidden
	}
	people, err := p.Cupboard.People(ctx)
	if err != nil {
		return nil, wrapped("proposals", err)
	}
	var all []Waiting
	for _, x := range people.Waiting {
		now, _ := people.Part(x.Department.ID)
		all = append(all, Waiting{Proposal: x, Now: now, MayDecide: mayDecide(who, x), Own: who.ID == x.Proposer})
	}
	return all, nil
}

// ProposalsFor counts what waits for this person's decision, for the menu; nothing for
// who decides on nothing.
func (p *Personnel) ProposalsFor(ctx context.Context, who complaint.Person) (n int, err error) {
	if !approves(who) {
		return 0, nil
	}
	all, err := p.Proposals(ctx, who)
	for _, x := range all {
		if x.MayDecide {
			n++
		}
	}
	return n, err
}

// Approve carries a proposal out.
func (p *Personnel) Approve(ctx context.Context, who complaint.Person, id string) (Outcome, error) {
	return p.approve(ctx, id, who.ID, func(x record.Proposal) bool { return mayDecide(who, x) })
}

// ApproveOnServer carries a proposal out for who has the server itself, when nobody else
// can. Every director sees it at the next log-in.
func (p *Personnel) ApproveOnServer(ctx context.Context, id string) (Outcome, error) {
	return p.approve(ctx, id, record.OnServer, func(record.Proposal) bool { return true })
}

func (p *Personnel) approve(ctx context.Context, id string, by complaint.Actor, may func(record.Proposal) bool) (out Outcome, err error) {
	err = p.change(ctx, 0, func(people record.People) (c record.PeopleChange, err error) {
		x, err := waiting(people, id, may)
		if err != nil {
			return c, err
		}
		out = Outcome{ID: x.About()}
		if err := p.apply(ctx, &c, &out, people, x, by); err != nil {
			return c, err
		}
		c.Proposals = append(c.Proposals, p.decided(x, record.ProposalApproved, by))
		c.Log = append(c.Log, p.grantLines(by, "grant", x)...)
		return c, nil
	})
	return out, err
}

// waiting finds a proposal that may be decided on.
func waiting(people record.People, id string, may func(record.Proposal) bool) (record.Proposal, error) {
	for _, x := range people.Waiting {
		if x.ID != id {
			continue
		}
		if !may(x) {
			return x, &complaint.Error{Kind: complaint.Refused, Key: "error.second_person"}
		}
		return x, nil
	}
	return record.Proposal{}, &complaint.Error{Kind: complaint.Refused, Key: "error.proposal_gone"}
}

var errOutdated = &complaint.Error{Kind: complaint.Refused, Key: "error.proposal_outdated"}

// apply adds what a proposal gives to a change. What stood when it was proposed may
// have changed since: then it is refused, and must be proposed anew.
func (p *Personnel) apply(ctx context.Context, c *record.PeopleChange, out *Outcome, people record.People, x record.Proposal, by complaint.Actor) error {
	if x.Kind == record.ProposeDepartment {
		var m complaint.Mistakes
		checkDepartment(&m, people, &x.Department)
		if len(m) > 0 {
			return errOutdated
		}
		c.Departments = append(c.Departments, x.Department)
		return nil
	}
	if x.Kind == record.ProposeFallback {
		return p.applyFallback(ctx, c, out, people, x, by)
	}
	s, known := people.Member(x.Staff)
	if !known || !s.Active && x.Kind != record.ProposeRoles {
		return errOutdated
	}
	switch x.Kind {
	case record.ProposeRoles:
		was := s
		s.Active, s.Roles = true, inOrder(append(slices.Clone(s.Roles), x.Roles...))
		c.Staff = append(c.Staff, s)
		return p.beginAnew(c, out, was)
	case record.ProposePassword:
		return p.start(c, out, s.ID)
	case record.ProposeFactor:
		c.DropFactor, c.EndSessions = append(c.DropFactor, s.ID), append(c.EndSessions, s.ID)
		return nil
	}
	return fmt.Errorf("personnel: proposal of kind %q", x.Kind)
}

// beginAnew begins an account anew that could read nothing until now. It was nobody's
// concern: whoever got into it, who proposed this too, is put out before it can.
func (p *Personnel) beginAnew(c *record.PeopleChange, out *Outcome, was record.Staff) error {
	if was.Active && len(was.Password) > 0 && len(was.Roles) > 0 {
		return nil
	}
	c.DropFactor = append(c.DropFactor, was.ID)
	return p.start(c, out, was.ID)
}

// Refuse turns a proposal down; who proposed it withdraws it.
func (p *Personnel) Refuse(ctx context.Context, who complaint.Person, id string) error {
	if !approves(who) {
		return errForbidden
	}
	return p.change(ctx, 0, func(people record.People) (c record.PeopleChange, err error) {
		x, err := waiting(people, id, func(x record.Proposal) bool { return mayDecide(who, x) || who.ID == x.Proposer })
		if err != nil {
			return c, err
		}
		state, action := record.ProposalRefused, "refuse_grant"
		if who.ID == x.Proposer {
			state, action = record.ProposalWithdrawn, "withdraw_grant"
		}
		c.Proposals = append(c.Proposals, p.decided(x, state, who.ID))
		c.Log = append(c.Log, p.grantLines(who.ID, action, x)...)
		return c, nil
	})
}
