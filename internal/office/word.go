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
		bad.CheckTitle(w.Title, person.Surname())
		events, err := m.Word(w, m.scene)
		if err := bad.Join(err); err != nil {
			return outcome{}, err
		}
		return outcome{events: events}, bad.Err()
	}})
}

// Send sends the latest text to whoever confirms it.
func (o *Office) Send(ctx context.Context, who complaint.Person, f Form, how string) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskSend, how, func(ctx context.Context, m *matter) (outcome, error) {
		person, err := o.person(ctx, m)
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
		person, err := o.person(ctx, m)
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

// Correct takes what the caller wants changed.
func (o *Office) Correct(ctx context.Context, who complaint.Person, f Form, c complaint.Correction) error {
	return o.plain(ctx, who, f, complaint.TaskCorrect, c, func(m *matter) ([]complaint.Event, error) { return m.Correct(c, m.scene) })
}

// plain is a task that only asks the law: no letter, no identity.
func (o *Office) plain(ctx context.Context, who complaint.Person, f Form, task complaint.Task, input any, decide func(*matter) ([]complaint.Event, error)) error {
	return o.carryOut(ctx, who, f, deed{task, input, func(_ context.Context, m *matter) (outcome, error) {
		events, err := decide(m)
		return outcome{events: events}, err
	}})
}

// Confirm records the caller's yes: the complaint is filed, and acknowledged. A yes
// read aloud to one employee alone gets a control letter the same day.
func (o *Office) Confirm(ctx context.Context, who complaint.Person, f Form, c complaint.Confirmation) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskConfirm, c, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := m.Confirm(c, m.scene)
		if err != nil {
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
	reader, err := o.contact(ctx, m)
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
