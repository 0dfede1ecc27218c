package office

import (
	"context"

	"gehoor/internal/complaint"
)

// PutBefore records that the complaint was put before the employee concerned.
func (o *Office) PutBefore(ctx context.Context, who complaint.Person, f Form, h complaint.Hearing) error {
	return o.plain(ctx, who, f, complaint.TaskPutBefore, h, func(m *matter) ([]complaint.Event, error) { return m.PutBefore(h, m.scene) })
}

// AskSecondReader lets a colleague read the text and the draft of the answer.
func (o *Office) AskSecondReader(ctx context.Context, who complaint.Person, f Form, reader complaint.Actor, draft string) error {
	input := []string{string(reader), draft}
	return o.carryOut(ctx, who, f, deed{complaint.TaskAskReader, input, func(ctx context.Context, m *matter) (outcome, error) {
		reader, err := o.colleague(ctx, m, reader)
		if err != nil {
			return outcome{}, err
		}
		events, err := m.AskSecondReader(reader, draft, m.scene)
		return outcome{events: events}, err
	}})
}

// ReadAlong records the second reader's remark.
func (o *Office) ReadAlong(ctx context.Context, who complaint.Person, f Form, remark string) error {
	return o.plain(ctx, who, f, complaint.TaskReadAlong, remark, func(m *matter) ([]complaint.Event, error) { return m.ReadAlong(remark, m.scene) })
}

// Dispute records that the complainant did not agree, or did not stop: the old dates
// return.
func (o *Office) Dispute(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.plain(ctx, who, f, complaint.TaskDispute, x, func(m *matter) ([]complaint.Event, error) {
		if m.State == complaint.IsWithdrawn {
			return m.DisputeWithdrawal(x, m.scene)
		}
		return m.DisputeExtension(x, m.scene)
	})
}
