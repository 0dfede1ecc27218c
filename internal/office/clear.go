package office

import (
	"context"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// ActionClear is the action of the log line of undoing a naming.
const ActionClear = "clear_employee"

// Clearing is the wish to undo the naming of an employee.
type Clearing struct {
	Number string
	Staff  complaint.Actor
	Reason string
}

// MayClear reports whether somebody may come to undo a naming at all: a director, or
// who is next in line when every director is concerned.
func (o *Office) MayClear(ctx context.Context, who complaint.Person) (bool, error) {
	if complaint.May(who, complaint.TaskClear, complaint.Relation{}) {
		return true, nil
	}
	rules, err := o.InForce(ctx, o.Today())
	if err != nil {
		return false, err
	}
	return who.ID != "" && (who.Fallback || slices.ContainsFunc(rules.Handler.Fallback, who.Is)), nil
}

// ClearEmployee undoes the naming of an employee. A director does it by the number of
// the dossier, and sees nothing of it on the way. A wrong number, somebody who is not
// named, and a dossier that bars the asker give one answer, and everything else is
// checked before a dossier is looked up: nothing can be tried out. A try that was refused
// is in the log, without what was typed.
func (o *Office) ClearEmployee(ctx context.Context, who complaint.Person, key string, x Clearing) (err error) {
	defer wrap(&err, "office: clear employee")
	if may, err := o.MayClear(ctx, who); err != nil || !may {
		if err == nil {
			err = complaint.ErrNotFound
		}
		return err
	}
	err = o.tryClear(ctx, who, key, x)
	if complaint.IsKind(err, complaint.NotFound) || complaint.IsKind(err, complaint.Refused) {
		err = complaint.Mistakes{{Kind: complaint.Invalid, Field: "number", Key: "error.no_such_naming"}}
	}
	if complaint.IsKind(err, complaint.Invalid) || complaint.IsKind(err, complaint.UsedKey) {
		line := record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: ActionClear, Result: "refused"}
		if err := o.Cupboard.Log(ctx, line); err != nil {
			return err
		}
	}
	return err
}

func (o *Office) tryClear(ctx context.Context, who complaint.Person, key string, x Clearing) error {
	if err := complaint.CheckClearing(x.Number, x.Staff, x.Reason, who.ID); err != nil {
		return err
	}
	t := deed{complaint.TaskClear, x, func(ctx context.Context, m *matter) (outcome, error) { return o.clear(ctx, m, x) }}
	if done, err := o.cleared(ctx, who, key, t); done || err != nil {
		return err
	}
	id, err := o.find(ctx, blind(o.sight(who)), x.Number)
	if err != nil {
		return err
	}
	return o.carryOutBlind(ctx, who, Form{Dossier: id, Key: key}, t)
}

// cleared reports whether this very form was carried out before, and refuses its key for
// anything else. It is asked before the number is: a used key says nothing about one.
func (o *Office) cleared(ctx context.Context, who complaint.Person, key string, t deed) (bool, error) {
	if key == "" {
		return false, nil
	}
	dossier, _, err := o.Cupboard.Requested(ctx, key)
	if complaint.IsKind(err, complaint.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	hash, err := o.hashInput(who, t, dossier)
	if err != nil {
		return false, err
	}
	return o.doneBefore(ctx, record.Request{Key: key, Actor: who.ID, Hash: hash})
}

// clear undoes a naming, and nothing else: who stepped aside or handed over did so for
// good, and stays barred also when a naming comes away.
func (o *Office) clear(ctx context.Context, m *matter, x Clearing) (outcome, error) {
	course, err := o.course(ctx, m.Dossier)
	if err != nil {
		return outcome{}, err
	}
	bars := complaint.BarredBy(course)
	if !slices.Contains(bars.Named, x.Staff) {
		return outcome{}, complaint.ErrNotFound
	}
	events, err := m.ClearEmployee(x.Staff, x.Reason, m.scene)
	line := record.LogLine{ID: record.NewID(), At: m.scene.Now, Actor: m.who.ID, Action: ActionClear, Dossier: m.ID, Result: "done"}
	return outcome{events: events, cleared: without([]complaint.Actor{x.Staff}, bars.Left), log: []record.LogLine{line}}, err
}

// course opens everything that happened to a dossier.
func (o *Office) course(ctx context.Context, d record.Dossier) ([]complaint.Event, error) {
	rows, err := o.Cupboard.Course(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	course := make([]complaint.Event, len(rows))
	for i, row := range rows {
		if course[i], err = o.Sealer.OpenEvent(d, row, true); err != nil {
			return nil, err
		}
	}
	return course, nil
}

// isNextInLine reports whether somebody does for this dossier what a director does,
// because every director is barred from it: whom the procedure names, in its order, and
// then the fallback of the settings.
func (o *Office) isNextInLine(ctx context.Context, who complaint.Person, d record.Dossier) (bool, error) {
	p, err := o.meet(ctx)
	if err != nil {
		return false, err
	}
	barred, err := o.barred(ctx, &matter{Dossier: d})
	if err != nil {
		return false, err
	}
	rules, err := o.pinned(ctx, d.Procedure)
	if err != nil {
		return false, err
	}
	for _, role := range append([]complaint.Role{complaint.Director}, rules.Handler.Fallback...) {
		if able := without(p.having(role), barred); len(able) > 0 {
			return role != complaint.Director && slices.Contains(able, who.ID), nil
		}
	}
	return who.Fallback, nil
}

// without gives the people of a list who are not in another.
func without(list, others []complaint.Actor) []complaint.Actor {
	return slices.DeleteFunc(slices.Clone(list), func(a complaint.Actor) bool { return slices.Contains(others, a) })
}

// blind widens a Sight to every dossier that does not bar the person: for tasks that
// show nothing.
func blind(s complaint.Sight) complaint.Sight {
	s.All = true
	return s
}
