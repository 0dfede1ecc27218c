package office

import (
	"cmp"
	"context"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
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

// TellEmployee writes the outcome to an employee concerned, at work, in the handler's
// words and without the complainant's identity.
func (o *Office) TellEmployee(ctx context.Context, who complaint.Person, f Form, to, text string) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskTellEmployee, []string{to, text}, func(ctx context.Context, m *matter) (outcome, error) {
		var bad complaint.Mistakes
		concerned, err := o.concerned(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		if !slices.Contains(concerned, to) {
			bad.Add("to", "error.choose")
		}
		identity, err := o.person(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		err = m.TellEmployee(text, identity.Own()...)
		if err := bad.Join(err); err != nil {
			return outcome{}, err
		}
		if err := bad.Err(); err != nil {
			return outcome{}, err
		}
		order, err := o.outcomeOrder(ctx, m, to, text)
		return outcome{letters: []record.Order{order}}, err
	}})
}

// outcomeOrder is the letter to an employee: by id, or by the name of somebody without
// an account.
func (o *Office) outcomeOrder(ctx context.Context, m *matter, to, text string) (record.Order, error) {
	contact, err := o.contact(ctx, m)
	if err != nil {
		return record.Order{}, err
	}
	name, language := to, m.org.FirstLanguage()
	if s, err := o.Cupboard.StaffByID(ctx, complaint.Actor(to)); err == nil {
		name, language = s.Name, cmp.Or(s.Language, language)
	} else if !complaint.IsKind(err, complaint.NotFound) {
		return record.Order{}, err
	}
	from := sender(m.org)
	order := record.Order{Kind: record.EmployeeOutcome, Language: language, Sender: from, Contact: contact, Personal: true,
		Addressee: append([]string{name, from.Name}, from.Postal...), Salutation: name}
	order.Addressee = slices.DeleteFunc(order.Addressee, func(line string) bool { return line == "" })
	order.Facts.Outcome, order.Facts.SaidOn = text, m.HeardOn
	return order, nil
}

// concerned gives the employees concerned, as they were named: ids, or names of those
// without an account.
func (o *Office) concerned(ctx context.Context, m *matter) ([]string, error) {
	rows, err := o.Cupboard.Course(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, row := range rows {
		if row.Kind != complaint.Received && row.Kind != complaint.EmployeeNamed && row.Kind != complaint.EmployeeCleared {
			continue
		}
		e, err := o.Sealer.OpenEvent(m.Dossier, row, true)
		if err != nil {
			return nil, err
		}
		p := e.Sealed[complaint.Concerned]
		if name := complaint.Reveal(p); e.Kind == complaint.EmployeeCleared {
			names = slices.DeleteFunc(names, func(s string) bool { return s == name })
		} else if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}
