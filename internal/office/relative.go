package office

import (
	"context"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Died records that the complainant died: no letter is made any more until a relative
// goes on.
func (o *Office) Died(ctx context.Context, who complaint.Person, f Form, on calendar.Date, told string) error {
	input := []string{on.String(), told}
	return o.plain(ctx, who, f, complaint.TaskDied, input, func(m *matter) ([]complaint.Event, error) { return m.Died(on, told, m.scene) })
}

// Condole writes to a relative, and keeps where the relative lives with the identity.
func (o *Office) Condole(ctx context.Context, who complaint.Person, f Form, c complaint.Condolence) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskCondole, c, func(ctx context.Context, m *matter) (outcome, error) {
		if err := m.Condole(c); err != nil {
			return outcome{}, err
		}
		identity, err := o.person(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		old := identity
		identity.Relative = record.Relative{Deceased: c.Deceased, Name: c.Name, Salutation: c.Greeting,
			Street: c.Street, House: c.House, Postcode: c.Postcode, Town: c.Town}
		out := outcome{}
		if fields := identity.Changed(old); len(fields) > 0 {
			if out.events, err = m.ChangeIdentity(fields, len(identity.Missing()) > 0, "", m.scene); err != nil {
				return out, err
			}
			out.identity = &identity
		}
		contact, err := o.contact(ctx, m)
		if err != nil {
			return out, err
		}
		to := identity.ForRelative()
		order := record.Order{Kind: record.Condolence, Language: language(identity), Sender: sender(m.org), Contact: contact,
			Addressee: to.Window(), Salutation: to.Salutation}
		order.Facts.Deceased, order.Facts.ReceivedOn = c.Deceased, m.ReceivedOn
		out.letters = append(out.letters, order)
		return out, nil
	}})
}

// RelativeDecides records that a relative goes on, or stops. Going on, post goes to the
// relative from now on, also the answer that was released but lay here. Stopping is
// confirmed in a letter when there is an address.
func (o *Office) RelativeDecides(ctx context.Context, who complaint.Person, f Form, x complaint.Decision) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskRelative, x, func(ctx context.Context, m *matter) (outcome, error) {
		identity, err := o.person(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		x.CanReach = identity.ForRelative().HasAddress()
		events, err := m.RelativeDecides(x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		to := *m // as it is when the relative gets the post
		to.Dossier.Dossier = after(m, events)
		if x.Choice == complaint.GoesOn {
			return out, o.answerAnew(ctx, &to, &out)
		}
		to.RelativeOn = x.On // this one letter is for the relative, where that can be
		return out, o.letterTo(ctx, &to, &out, record.Withdrawn, func(order *record.Order) {
			order.Facts.SaidOn, order.Facts.ReceivedOn, order.Facts.DueOn = x.On, m.ReceivedOn, m.DueOn
			order.Facts.ExternalBody = m.scene.Rules.ExternalBody
		})
	}})
}
