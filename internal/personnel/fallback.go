package personnel

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// canFallBack reports whether somebody stands outside helpdesk and direction, as who
// takes complaints in when those are concerned must.
func canFallBack(s record.Staff) bool {
	who := s.Person()
	return who.ID != "" && !who.Is(complaint.Helpdesk) && !who.Is(complaint.Director)
}

// newFallback gives who was chosen to take in when the helpdesk cannot, when that is
// somebody else than now; "" when nobody new was chosen.
func (p *Personnel) newFallback(ctx context.Context, m *complaint.Mistakes, id string) (complaint.Actor, error) {
	org, err := p.Organisation(ctx)
	if err != nil || id == "" {
		return "", err
	}
	people, err := p.Cupboard.People(ctx)
	if err != nil {
		return "", wrapped("settings", err)
	}
	s, known := people.Member(complaint.Actor(id))
	switch {
	case !known || !canFallBack(s):
		m.Add(FieldFallback, "error.fallback")
	case id == org.Fallback:
		return "", nil
	case waits(people, record.ProposeFallback, id):
		m.Add(FieldFallback, "error.proposal_waits")
	}
	return s.ID, nil
}

// applyFallback writes the approved person into the settings. Who has no role reads
// something for the first time: the account begins anew.
func (p *Personnel) applyFallback(ctx context.Context, c *record.PeopleChange, out *Outcome, people record.People, x record.Proposal, by complaint.Actor) error {
	s, known := people.Member(x.Staff)
	if !known || !canFallBack(s) {
		return errOutdated
	}
	if err := p.beginAnew(c, out, s); err != nil {
		return err
	}
	org, last, err := p.settings(ctx)
	if err != nil {
		return err
	}
	org.Fallback = string(x.Staff)
	next, err := p.nextSettings(org, last, by)
	c.Setting, c.SettingSeen = &next, last.ID
	return err
}
