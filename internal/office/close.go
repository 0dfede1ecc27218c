package office

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Close settles an answered complaint.
func (o *Office) Close(ctx context.Context, who complaint.Person, f Form, c complaint.Closing) error {
	return o.plain(ctx, who, f, complaint.TaskClose, c, func(m *matter) ([]complaint.Event, error) { return m.Close(c, m.scene) })
}

// CloseUnconfirmed ends a telephone complaint that nobody confirmed.
func (o *Office) CloseUnconfirmed(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.plain(ctx, who, f, complaint.TaskUnconfirmed, x, func(m *matter) ([]complaint.Event, error) { return m.CloseUnconfirmed(x, m.scene) })
}

// Withdraw stops the complaint for the complainant, and says so in a letter.
func (o *Office) Withdraw(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.end(ctx, who, f, complaint.TaskWithdraw, record.Withdrawn, x, complaint.Dossier.Withdraw)
}

// PassOn sends the complaint to another body.
func (o *Office) PassOn(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.end(ctx, who, f, complaint.TaskPassOn, record.PassedOn, x, complaint.Dossier.PassOn)
}

// NotAccept says that the procedure is not for this.
func (o *Office) NotAccept(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.end(ctx, who, f, complaint.TaskNotAccept, record.NotAccepted, x, complaint.Dossier.NotAccept)
}

// Resolve ends a complaint that was solved by talking.
func (o *Office) Resolve(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.end(ctx, who, f, complaint.TaskResolve, record.ResolvedInformally, x, complaint.Dossier.Resolve)
}

// end is what the endings with a letter share.
func (o *Office) end(ctx context.Context, who complaint.Person, f Form, task complaint.Task, kind record.LetterKind, x complaint.End,
	decide func(complaint.Dossier, complaint.End, complaint.Scene) ([]complaint.Event, error)) error {
	return o.carryOut(ctx, who, f, deed{task, x, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := decide(m.Dossier.Dossier, x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		if m.who.ID.IsOutside() {
			if err := o.tellOfReply(ctx, m, &out, m.scene.Today()); err != nil {
				return out, err
			}
		}
		return out, o.letterTo(ctx, m, &out, kind, func(order *record.Order) {
			fact := &order.Facts
			fact.SaidOn, fact.ReceivedOn, fact.DueOn, fact.PassedTo = x.On, m.ReceivedOn, m.DueOn, x.Where
			fact.ExternalBody = m.scene.Rules.ExternalBody
			if kind == record.NotAccepted || kind == record.PassedOn {
				fact.Reason = x.Said
			} else if kind == record.ResolvedInformally {
				fact.Outcome = x.Said
			}
		})
	}})
}
