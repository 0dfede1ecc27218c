package office

import (
	"context"
	"slices"

	"gehoor/internal/complaint"
)

// HandOver gives the intake to a colleague; whoever hands it over sees nothing of it
// from then on.
func (o *Office) HandOver(ctx context.Context, who complaint.Person, f Form, to complaint.Actor, reason string) error {
	input := []string{string(to), reason}
	return o.carryOut(ctx, who, f, deed{complaint.TaskHandOver, input, func(ctx context.Context, m *matter) (outcome, error) {
		receivers, err := o.receivers(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		if !canReceive(receivers, to) {
			to = "" // the law says that one must be chosen
		}
		events, err := m.HandOver(to, reason, m.scene)
		return outcome{events: events, barred: []complaint.Actor{who.ID}}, err
	}})
}

// Receiver is somebody who may take an intake over.
type Receiver struct {
	ID       complaint.Actor
	Away     bool // not on duty today
	Fallback bool // takes in instead: nobody of the helpdesk is on duty who may
}

// Receivers gives who may take over an intake, who is on duty first; dossier is "" while
// the form is still being typed. When nobody of the helpdesk is left, who takes in instead
// is among them.
func (o *Office) Receivers(ctx context.Context, who complaint.Person, dossier string) ([]Receiver, error) {
	if dossier != "" {
		m, err := o.onTheTable(ctx, who, dossier, complaint.TaskHandOver)
		if err != nil {
			return nil, err
		}
		return o.receivers(ctx, m)
	}
	if !complaint.May(who, complaint.TaskReceive, complaint.Relation{}) {
		return nil, &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	org, err := o.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	return o.receivers(ctx, &matter{who: who, org: org})
}

func (o *Office) receivers(ctx context.Context, m *matter) ([]Receiver, error) {
	p, err := o.meet(ctx)
	if err != nil {
		return nil, err
	}
	barred, err := o.barred(ctx, m)
	if err != nil {
		return nil, err
	}
	return p.receivers(append(barred, m.who.ID), complaint.Actor(m.org.Fallback), o.Today()), nil
}

func canReceive(list []Receiver, id complaint.Actor) bool {
	return slices.ContainsFunc(list, func(r Receiver) bool { return r.ID == id })
}

// colleague gives the id of an active colleague who may see the dossier, or "" when
// there is none with that id: the law then says that one must be chosen.
func (o *Office) colleague(ctx context.Context, m *matter, id complaint.Actor) (complaint.Actor, error) {
	s, err := o.Cupboard.StaffByID(ctx, id)
	if complaint.IsKind(err, complaint.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	barred, err := o.barred(ctx, m)
	if err != nil || !s.Active || slices.Contains(barred, id) {
		return "", err
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
