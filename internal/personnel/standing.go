package personnel

import (
	"context"

	"gehoor/internal/complaint"
)

// LacksFallback reports whether nobody takes complaints in when every helpdesk employee
// is concerned: nobody was chosen, or who was chosen is outside no longer. Who manages
// or directs is warned as long as that is so; to others it says nothing.
func (p *Personnel) LacksFallback(ctx context.Context, who complaint.Person) (bool, error) {
	if !who.Is(complaint.Administrator) && !who.Is(complaint.Director) {
		return false, nil
	}
	org, err := p.Organisation(ctx)
	if err != nil || org.Fallback == "" {
		return err == nil, err
	}
	s, err := p.Cupboard.StaffByID(ctx, complaint.Actor(org.Fallback))
	if complaint.IsKind(err, complaint.NotFound) {
		return true, nil
	}
	return err == nil && !canFallBack(s), wrapped("fallback", err)
}
