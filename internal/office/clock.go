package office

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Wake gives the signals that are due, each exactly once, also with several
// processes: the loser of a race treats it as done. After downtime only the latest
// occasion of a dossier fires. It gives the number of signals of this round; a
// dossier that fails does not stop the others.
func (o *Office) Wake(ctx context.Context) (n int, err error) {
	defer wrap(&err, "office: wake")
	today := o.Today()
	people, err := o.meet(ctx)
	if err != nil {
		return 0, err
	}
	ids, err := o.Cupboard.Sleepers(ctx, people.horizon(today))
	if err != nil {
		return 0, err
	}
	var faults []error
	for _, id := range ids {
		did, err := o.wake(ctx, id, people)
		if err != nil {
			faults = append(faults, fmt.Errorf("dossier %s: %w", id, err))
		}
		if did {
			n++
		}
	}
	return n, errors.Join(faults...)
}

// all sees every dossier: the clock reads open facts only.
var all = complaint.Sight{All: true}

func (o *Office) wake(ctx context.Context, id string, people people) (bool, error) {
	d, err := o.Cupboard.Dossier(ctx, id, all)
	if err != nil {
		return false, err
	}
	m := &matter{Dossier: d, who: complaint.Person{ID: complaint.ByClock}, scene: complaint.Scene{Now: o.now(), Actor: complaint.ByClock}}
	rota := people.rota()
	if rota.Barred, err = o.barred(ctx, m); err != nil {
		return false, err
	}
	occasion, forDate, due := d.Wake(o.Today(), rota)
	if !due {
		return false, nil
	}
	if done, err := o.Cupboard.WasReminded(ctx, id, occasion, forDate); done || err != nil {
		return false, err
	}
	err = o.write(ctx, m, outcome{
		events:   d.Remind(occasion, forDate, d.Tells(occasion, o.Today(), rota), m.scene),
		reminded: &record.Reminder{Occasion: occasion, ForDate: forDate.String()},
	}, record.Request{}, false)
	if errors.Is(err, record.ErrLost) {
		return false, nil // another process signalled it, or a task came between: the next round sees
	}
	return err == nil, err
}

// strayAge is how long a file may lie that never became part of a task.
const strayAge = 24 * time.Hour

// sweepPasses forgets what the code of a slip opened, a day after it closed.
func (o *Office) sweepPasses(ctx context.Context) (int64, error) {
	return o.Cupboard.SweepPasses(ctx, o.Now().Add(-strayAge))
}

// Sweep deletes files that were kept for a form that never came, drafts and forms that
// waited long enough, the content of quick cards that were closed long enough ago, and log
// lines past their term. It gives their number; what fails does not stop the rest.
func (o *Office) Sweep(ctx context.Context) (n int64, err error) {
	defer wrap(&err, "office: sweep")
	var faults []error
	for _, sweep := range []func(context.Context) (int64, error){
		o.sweepDrafts, o.sweepLog, o.sweepNotices, o.sweepPasses, o.sweepForms, o.sweepVisits,
		func(ctx context.Context) (int64, error) {
			return o.Cupboard.SweepCards(ctx, o.Today().AddDays(-complaint.CardKeptDays))
		},
		func(ctx context.Context) (int64, error) { return o.Cupboard.Sweep(ctx, o.Now().Add(-strayAge)) },
	} {
		gone, err := sweep(ctx)
		n += gone
		faults = append(faults, err)
	}
	return n, errors.Join(faults...)
}
