package office

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Word writes a new version of the text.
func (o *Office) Word(ctx context.Context, who complaint.Person, f Form, w complaint.Wording) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskWord, w, func(ctx context.Context, m *matter) (outcome, error) {
		var bad complaint.Mistakes
		person, err := o.person(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		bad.CheckTitle(w.Title, person.Surnames()...)
		events, err := m.Word(w, m.scene)
		if err := bad.Join(err); err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		return out, bad.Err()
	}})
}

// Send sends the latest text to whoever confirms it.
func (o *Office) Send(ctx context.Context, who complaint.Person, f Form, how string) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskSend, how, func(ctx context.Context, m *matter) (outcome, error) {
		person, err := o.addressee(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		x := complaint.Sending{How: how}
		x.HasEmail, x.HasAddress, x.ReaderConsent = reachable(person, how)
		events, err := m.Send(x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		text, err := o.wording(ctx, m)
		if err != nil {
			return out, err
		}
		return out, o.textToConfirm(ctx, m, &out, after(m, events), how, text)
	}})
}

// after is the dossier as events leave it.
func after(m *matter, events []complaint.Event) complaint.Dossier {
	d := m.Dossier.Dossier
	for _, e := range events {
		d = d.Apply(e)
	}
	return d
}

// Remind sends a reminder of the text, or the last message.
func (o *Office) Remind(ctx context.Context, who complaint.Person, f Form, how string, last bool) error {
	input := struct {
		How  string
		Last bool
	}{how, last}
	return o.carryOut(ctx, who, f, deed{complaint.TaskRemind, input, func(ctx context.Context, m *matter) (outcome, error) {
		person, err := o.addressee(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		events, err := m.RemindConfirmation(how, last, m.scene)
		if err != nil {
			return outcome{}, err
		}
		email, address, _ := reachable(person, how)
		if how == complaint.HowPaper && !address || how != complaint.HowPaper && !email {
			var bad complaint.Mistakes
			bad.Add("how", "error.no_way_to_reach")
			return outcome{}, bad
		}
		kind := record.ConfirmationReminder
		if last {
			kind = record.NoConfirmation
		}
		out := outcome{events: events}
		text, err := o.wording(ctx, m)
		if err != nil {
			return out, err
		}
		return out, o.confirmationOrder(ctx, m, &out, after(m, events), kind, how, text)
	}})
}
