package office

import (
	"context"

	"gehoor/internal/complaint"
)

// StepOut takes one of several complainants out of the identity. The complaint goes on
// with the others; all letters keep going to the contact.
func (o *Office) StepOut(ctx context.Context, who complaint.Person, f Form, x complaint.SteppingOut) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskStepOut, x, func(ctx context.Context, m *matter) (outcome, error) {
		person, err := o.person(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		var bad complaint.Mistakes
		left, known := person.Without(x.Name)
		switch {
		case x.Name == person.Name && x.Name != "":
			bad.Add("name", "error.contact_first")
		case !known:
			bad.Add("name", "error.choose")
		}
		events, err := m.StepOut(x, len(left.Missing()) > 0, m.scene)
		if err := bad.Join(err); err != nil {
			return outcome{}, err
		}
		return outcome{events: events, identity: &left}, bad.Err()
	}})
}
