package office

import (
	"context"
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Correct takes what the caller wants changed.
func (o *Office) Correct(ctx context.Context, who complaint.Person, f Form, c complaint.Correction) error {
	return o.plain(ctx, who, f, complaint.TaskCorrect, c, func(m *matter) ([]complaint.Event, error) { return m.Correct(c, m.scene) })
}

// Confirm records the caller's yes: the complaint is filed, and acknowledged. A yes
// read aloud to one employee alone gets a control letter the same day.
func (o *Office) Confirm(ctx context.Context, who complaint.Person, f Form, c complaint.Confirmation) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskConfirm, c, func(ctx context.Context, m *matter) (outcome, error) {
		var bad complaint.Mistakes
		if err := o.checkListener(ctx, m, &bad, c.Aloud.Present); err != nil {
			return outcome{}, err
		}
		events, err := m.Confirm(c, m.scene)
		if err := bad.Join(err); err != nil {
			return outcome{}, err
		}
		if err := bad.Err(); err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		text, err := o.wording(ctx, m)
		if err != nil {
			return out, err
		}
		d := after(m, events)
		if c.How == complaint.HowReadAloud {
			if err := o.controlLetter(ctx, m, &out, d, c, text); err != nil {
				return out, err
			}
		}
		return out, o.acknowledge(ctx, m, &out, d, text)
	}})
}

func (o *Office) controlLetter(ctx context.Context, m *matter, out *outcome, d complaint.Dossier, c complaint.Confirmation, text complaint.Wording) error {
	if c.Aloud.Way != complaint.Alone {
		return nil
	}
	reader, err := o.staffContact(ctx, m.who.ID)
	if err != nil {
		return err
	}
	return o.letterTo(ctx, m, out, record.ReadingControl, func(order *record.Order) {
		f := &order.Facts
		f.SaidOn, f.ReceivedOn, f.DueOn, f.ReadBy = c.On, d.ReceivedOn, d.DueOn, reader.Name
		f.Description, f.DesiredOutcome, f.TextVersion = text.Description, text.DesiredOutcome, d.TextVersion
		f.Term = o.term(m, order.Language)
	})
}

// checkListener sees that who listened along to a reading aloud is neither the reader
// nor an employee concerned.
func (o *Office) checkListener(ctx context.Context, m *matter, bad *complaint.Mistakes, name string) error {
	if strings.TrimSpace(name) == "" {
		return nil
	}
	barred, err := o.barred(ctx, m)
	if err != nil {
		return err
	}
	for _, id := range append(barred, m.who.ID) {
		s, err := o.Cupboard.StaffByID(ctx, id)
		if err != nil && !complaint.IsKind(err, complaint.NotFound) {
			return err
		}
		if s.Name != "" && (sameName(name, s.Name) || sameName(s.Name, name)) {
			bad.Add("present", "error.listener")
			return nil
		}
	}
	return nil
}

// sameName reports whether every word of one name stands in the other: Pim is Pim
// Haverdonk.
func sameName(one, other string) bool {
	whole := strings.Fields(strings.ToLower(other))
	for _, word := range strings.Fields(strings.ToLower(one)) {
		if !slices.Contains(whole, word) {
			return false
		}
	}
	return true
}
