package office

import (
	"context"

	"gehoor/internal/complaint"
)

// HandOver gives the intake to a colleague; whoever hands it over sees nothing of it
// from then on.
func (o *Office) HandOver(ctx context.Context, who complaint.Person, f Form, to complaint.Actor, reason string) error {
	input := []string{string(to), reason}
	return o.carryOut(ctx, who, f, deed{complaint.TaskHandOver, input, func(ctx context.Context, m *matter) (outcome, error) {
		to, err := o.colleague(ctx, m, to, complaint.Helpdesk)
		if err != nil {
			return outcome{}, err
		}
		events, err := m.HandOver(to, reason, m.scene)
		return outcome{events: events, barred: []complaint.Actor{who.ID}}, err
	}})
}

// colleague gives the id of an active colleague with a role who may see the dossier, or
// "" when there is none with that id: the law then says that one must be chosen. The
// intake fallback may take in without the role.
func (o *Office) colleague(ctx context.Context, m *matter, id complaint.Actor, role complaint.Role) (complaint.Actor, error) {
	s, err := o.Cupboard.StaffByID(ctx, id)
	if complaint.IsKind(err, complaint.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	barred, err := o.barred(ctx, m)
	if err != nil {
		return "", err
	}
	for _, b := range barred {
		if b == id {
			return "", nil
		}
	}
	fallback := role == complaint.Helpdesk && string(id) == m.org.Fallback
	if !s.Active || role != "" && !s.Person().Is(role) && !fallback {
		return "", nil
	}
	return id, nil
}

// StepAside takes the handler out of the dossier for good.
func (o *Office) StepAside(ctx context.Context, who complaint.Person, f Form, reason string) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskStepAside, reason, func(_ context.Context, m *matter) (outcome, error) {
		events, err := m.StepAside(reason, m.scene)
		return outcome{events: events, barred: []complaint.Actor{who.ID}}, err
	}})
}

// ClearEmployee undoes the naming of an employee. A director does it by the number of
// the dossier, and sees nothing of it on the way.
func (o *Office) ClearEmployee(ctx context.Context, who complaint.Person, key, number string, staff complaint.Actor, reason string) (err error) {
	defer wrap(&err, "office: clear employee")
	if !complaint.May(who, complaint.TaskClear, complaint.Relation{}) {
		return complaint.ErrNotFound
	}
	id, err := o.byNumber(ctx, who, number)
	if err != nil {
		return err
	}
	input := []string{number, string(staff), reason}
	return o.carryOutBlind(ctx, who, Form{Dossier: id, Key: key}, deed{complaint.TaskClear, input, func(ctx context.Context, m *matter) (outcome, error) {
		barred, err := o.barred(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		named := false
		for _, b := range barred {
			named = named || b == staff
		}
		if !named {
			return outcome{}, complaint.Mistakes{{Kind: complaint.Invalid, Field: "concerned", Key: "error.not_named"}}
		}
		events, err := m.ClearEmployee(staff, reason, m.scene)
		return outcome{events: events, cleared: []complaint.Actor{staff}}, err
	}})
}

// byNumber finds a dossier that does not bar the person, whatever else they may see.
func (o *Office) byNumber(ctx context.Context, who complaint.Person, number string) (string, error) {
	return o.find(ctx, blind(o.sight(who)), number)
}

// blind widens a Sight to every dossier that does not bar the person: for tasks that
// show nothing.
func blind(s complaint.Sight) complaint.Sight {
	s.All = true
	return s
}
