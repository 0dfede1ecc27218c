package office

import (
	"context"

	"gehoor/internal/complaint"
)

// Link links two dossiers, both ways, in one transaction.
func (o *Office) Link(ctx context.Context, who complaint.Person, f Form, number, how string) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskLink, []string{number, how}, func(ctx context.Context, m *matter) (outcome, error) {
		id, err := o.Find(ctx, who, number)
		if err != nil && !complaint.IsKind(err, complaint.NotFound) {
			return outcome{}, err
		}
		events, err := m.LinkTo(id, how, m.scene)
		if err != nil {
			return outcome{}, err
		}
		other, err := o.onTheTable(ctx, who, id, complaint.TaskLink)
		if err != nil {
			return outcome{}, err
		}
		back, err := other.LinkTo(m.ID, complaint.Backwards(how), other.scene)
		return outcome{events: events, also: &also{other, outcome{events: back}}}, err
	}})
}

// CallError says that a dossier was registered in error; a second person agrees.
func (o *Office) CallError(ctx context.Context, who complaint.Person, f Form, reason string) error {
	return o.plain(ctx, who, f, complaint.TaskCallError, reason, func(m *matter) ([]complaint.Event, error) { return m.CallError(reason, m.scene) })
}

// Amend corrects registered facts. A corrected receipt date brings the rules that were
// in force on that day.
func (o *Office) Amend(ctx context.Context, who complaint.Person, f Form, a complaint.Amendment) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskAmend, a, func(ctx context.Context, m *matter) (outcome, error) {
		if !a.ReceivedOn.IsZero() {
			rules, err := o.InForce(ctx, a.ReceivedOn)
			if err != nil {
				return outcome{}, err
			}
			m.scene.Rules = rules
		}
		person, err := o.person(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		var bad complaint.Mistakes
		if err := o.checkDepartment(ctx, &bad, a.Department); err != nil {
			return outcome{}, err
		}
		bad.CheckTitle(a.Title, person.Surnames()...)
		events, err := m.Amend(a, m.scene)
		if err := bad.Join(err); err != nil {
			return outcome{}, err
		}
		return outcome{events: events}, bad.Err()
	}})
}

// also is what a task writes to a second dossier, in the same transaction.
type also struct {
	matter  *matter
	outcome outcome
}
