package personnel

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// LacksFallback reports whether nobody takes complaints in when every helpdesk employee
// is concerned: nobody was chosen, or who was chosen is outside no longer. Who manages
// or directs is warned as long as that is so; to others it says nothing.
func (p *Personnel) LacksFallback(ctx context.Context, who complaint.Person) (bool, error) {
	if !who.Is(complaint.Administrator) && !who.Is(complaint.Director) {
		return false, nil
	}
	org, err := p.Organisation(ctx)
	if err != nil {
		return false, err
	}
	has, err := p.hasFallback(ctx, org)
	return err == nil && !has, err
}

// hasFallback reports whether somebody was chosen to take in, who is outside still.
func (p *Personnel) hasFallback(ctx context.Context, org record.Organisation) (bool, error) {
	if org.Fallback == "" {
		return false, nil
	}
	s, err := p.Cupboard.StaffByID(ctx, complaint.Actor(org.Fallback))
	if complaint.IsKind(err, complaint.NotFound) {
		return false, nil
	}
	return err == nil && canFallBack(s), wrapped("fallback", err)
}

// fallsBack reports whether somebody takes in what nobody of the helpdesk may: who was
// chosen for it; and a director, as long as a complaint is open that came to the direction,
// or a mail waits that names the whole helpdesk and, when somebody was chosen, that person.
func (p *Personnel) fallsBack(ctx context.Context, who complaint.Person, org record.Organisation) (bool, error) {
	if org.Fallback == string(who.ID) {
		return true, nil
	}
	if !who.Is(complaint.Director) || who.Is(complaint.Helpdesk) {
		return false, nil
	}
	if took, err := p.Cupboard.TookIn(ctx, who.ID); took || err != nil {
		return took, wrapped("fallback", err)
	}
	has, err := p.hasFallback(ctx, org)
	if err != nil {
		return false, err
	}
	var instead []byte
	if has {
		instead = p.Index("barred", org.Fallback)
	}
	waits, err := p.Cupboard.OrphansWait(ctx, p.Index("barred", string(who.ID)), instead)
	return waits, wrapped("fallback", err)
}
