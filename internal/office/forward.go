package office

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Forward makes someone the handler; tell also sends the complainant a letter.
func (o *Office) Forward(ctx context.Context, who complaint.Person, f Form, x complaint.Forwarding, tell bool) error {
	input := struct {
		complaint.Forwarding
		Tell bool
	}{x, tell}
	return o.carryOut(ctx, who, f, deed{complaint.TaskForward, input, func(ctx context.Context, m *matter) (outcome, error) {
		barred, err := o.barred(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		p, err := o.meet(ctx)
		if err != nil {
			return outcome{}, err
		}
		x.Barred, x.Warned, x.AtHelpdesk = barred, p.closeTo(barred), p.is(x.Handler, complaint.Helpdesk)
		if err := o.checkHandler(ctx, m, p, x); err != nil {
			return outcome{}, err
		}
		taken, err := o.takeUpAlong(m)
		if err != nil {
			return outcome{}, err
		}
		events, err := after(m, taken).Forward(x, m.scene)
		events = append(taken, events...)
		if err != nil || !tell {
			return outcome{events: events}, err
		}
		handler, err := o.staffContact(ctx, x.Handler)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		return out, o.letterTo(ctx, m, &out, record.PassedToManager, func(order *record.Order) {
			order.Facts.Handler, order.Facts.DueOn, order.Facts.ReceivedOn = handler, m.DueOn, m.ReceivedOn
		})
	}})
}

// barred gives the staff who see nothing of the dossier.
func (o *Office) barred(ctx context.Context, m *matter) ([]complaint.Actor, error) {
	tokens, err := o.Cupboard.Barred(ctx, m.ID)
	if err != nil || len(tokens) == 0 {
		return nil, err
	}
	hidden := map[string]bool{}
	for _, t := range tokens {
		hidden[string(t)] = true
	}
	staff, err := o.Cupboard.Staff(ctx)
	if err != nil {
		return nil, err
	}
	var barred []complaint.Actor
	for _, s := range staff {
		if hidden[string(o.Sealer.Hidden(s.ID))] {
			barred = append(barred, s.ID)
		}
	}
	return barred, nil
}

// checkHandler sees that the handler may handle: an active manager or director, or whom
// the procedure names.
func (o *Office) checkHandler(ctx context.Context, m *matter, p people, x complaint.Forwarding) error {
	if x.Handler == "" {
		return nil // the law says so
	}
	var bad complaint.Mistakes
	if _, known := p.member(x.Handler); !known {
		bad.Add("handler", "error.choose")
		return bad
	}
	if err := o.checkDepartment(ctx, &bad, x.Department); err != nil {
		return err
	}
	if !p.mayHandle(x.Handler, m.scene.Rules) {
		bad.Add("handler", "error.handler_not_possible")
	}
	return bad.Err()
}

// checkDepartment sees that a department exists and is active; none at all is the
// law's business.
func (o *Office) checkDepartment(ctx context.Context, bad *complaint.Mistakes, id string) error {
	departments, err := o.Cupboard.Departments(ctx)
	if err != nil || id == "" {
		return err
	}
	for _, d := range departments {
		if d.ID == id && d.Active {
			return nil
		}
	}
	bad.Add("department", "error.choose")
	return nil
}
