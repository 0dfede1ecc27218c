package office

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Extend proposes a later date and tells the complainant. When the procedure asks no
// consent, the same letter tells the new date.
func (o *Office) Extend(ctx context.Context, who complaint.Person, f Form, p complaint.Proposal) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskExtend, p, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := m.Extend(p, m.scene)
		if err != nil {
			return outcome{}, err
		}
		kind := record.ExtensionProposed
		if !m.scene.Rules.Extension.Consent {
			kind = record.ExtensionAgreed
		}
		out := outcome{events: events}
		if p.How == complaint.HowPhone && kind == record.ExtensionProposed {
			return out, nil // told by telephone: no letter says it again
		}
		return out, o.letterBy(ctx, m, &out, kind, p.How, func(order *record.Order) {
			order.Facts.Reason, order.Facts.DueOn, order.Facts.ProposedOn = p.Explanation, m.DueOn, p.Date
			order.Facts.AgreedOn, order.Facts.SaidOn = p.Date, p.On
			if kind == record.ExtensionProposed && o.hasPage(m.Dossier) {
				order.Facts.FollowURL = o.FollowURL
			}
		})
	}})
}

// SettleExtension records the complainant's answer to a proposal. A yes by telephone
// always sends "Wij spraken af: uiterlijk …".
func (o *Office) SettleExtension(ctx context.Context, who complaint.Person, f Form, x complaint.Settlement) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskSettle, x, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := m.SettleExtension(x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		d := after(m, events)
		if m.who.ID.IsOutside() {
			return out, o.tellOfReply(ctx, m, &out, m.scene.Today())
		}
		if x.How != complaint.HowPhone || d.DueOn == m.DueOn {
			return out, nil
		}
		return out, o.letterTo(ctx, m, &out, record.ExtensionAgreed, func(order *record.Order) {
			order.Facts.AgreedOn, order.Facts.SaidOn, order.Facts.DueOn = d.DueOn, x.On, m.DueOn
		})
	}})
}
