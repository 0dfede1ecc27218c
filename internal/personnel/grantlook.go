package personnel

import (
	"context"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Look is what a director must have seen: at first every grant there is, later what
// was approved on the server, past everybody.
type Look struct {
	First       bool
	Staff       []record.Staff // with roles, on the first look
	Departments []record.Department
	OnServer    []record.Proposal
}

// LookAt gives what a director has still to look at; nil when there is nothing.
func (p *Personnel) LookAt(ctx context.Context, who complaint.Person) (*Look, error) {
	if !who.Is(complaint.Director) {
		return nil, nil
	}
	seen, err := p.Cupboard.GrantsSeen(ctx, who.ID)
	if err != nil {
		return nil, wrapped("grants", err)
	}
	look := &Look{First: seen.IsZero()}
	if look.OnServer, err = p.passedBy(ctx, seen); err != nil {
		return nil, err
	}
	if !look.First {
		if len(look.OnServer) == 0 {
			return nil, nil
		}
		return look, nil
	}
	people, err := p.Cupboard.People(ctx)
	if err != nil {
		return nil, wrapped("grants", err)
	}
	for _, s := range people.Staff {
		if s.Active && len(s.Roles) > 0 {
			look.Staff = append(look.Staff, s)
		}
	}
	for _, d := range people.Departments {
		if d.Active {
			look.Departments = append(look.Departments, d)
		}
	}
	return look, nil
}

// passedBy gives what was approved on the server since a moment.
func (p *Personnel) passedBy(ctx context.Context, since time.Time) ([]record.Proposal, error) {
	all, err := p.Cupboard.Decided(ctx, since)
	if err != nil {
		return nil, wrapped("grants", err)
	}
	var some []record.Proposal
	for _, x := range all {
		if x.Decider == record.OnServer && x.State == record.ProposalApproved {
			some = append(some, x)
		}
	}
	return some, nil
}

// Looked keeps that a director saw the grants up to the moment the page was made: what
// came later is shown again.
func (p *Personnel) Looked(ctx context.Context, who complaint.Person, until time.Time) error {
	if !who.Is(complaint.Director) {
		return errForbidden
	}
	if until.After(p.Now()) {
		until = p.Now()
	}
	return wrapped("grants", p.Cupboard.SawGrants(ctx, who.ID, until, p.line(who.ID, "see_grants", "done")))
}
