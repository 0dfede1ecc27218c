package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// KeepDraft keeps what somebody typed for a task, in the place of what they kept for it
// before. The dossier is locked until then: who is barred from it meanwhile
// (complaint.ErrNotFound) or finds it moved on since version (record.ErrLost) keeps
// nothing.
func (s *Store) KeepDraft(ctx context.Context, d record.Draft, version int, sight complaint.Sight) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE dossier SET version = version WHERE id = $1 AND version = $2`, d.Dossier, version)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(record.ErrLost, err)
		}
		var a args
		var n int
		q := "SELECT count(*) FROM dossier d WHERE d.id = " + a.put(d.Dossier) + " AND " + where(sight, &a)
		if err := tx.QueryRowContext(ctx, q, a...).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return complaint.ErrNotFound
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO draft (dossier, owner, task, seen, at, sealed) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (owner, dossier, task) DO UPDATE SET seen = excluded.seen, at = excluded.at, sealed = excluded.sealed`,
			d.Dossier, string(d.Owner), string(d.Task), d.Seen, micros(d.At), d.Sealed)
		return err
	})
}

// Draft gives what the person of a Sight kept for a task of a dossier in sight.
func (s *Store) Draft(ctx context.Context, dossier string, task complaint.Task, sight complaint.Sight) (record.Draft, error) {
	var a args
	q := "SELECT p.dossier, p.owner, p.task, p.seen, p.at, p.sealed FROM draft p JOIN dossier d ON d.id = p.dossier WHERE p.owner = " +
		a.put(string(sight.Person)) + " AND p.dossier = " + a.put(dossier) + " AND p.task = " + a.put(string(task)) + " AND " + where(sight, &a)
	var d record.Draft
	var at int64
	err := s.read.QueryRowContext(ctx, q, a...).Scan(&d.Dossier, &d.Owner, &d.Task, &d.Seen, &at, &d.Sealed)
	d.At = instant(at)
	return one(d, err)
}

// Drafts gives the drafts of the person of a Sight on dossiers in sight, the oldest
// first, without their texts.
func (s *Store) Drafts(ctx context.Context, sight complaint.Sight) ([]record.OwnDraft, error) {
	var a args
	q := "SELECT " + dossierColumns + ", p.task, p.seen, p.at FROM draft p JOIN dossier d ON d.id = p.dossier WHERE p.owner = " +
		a.put(string(sight.Person)) + " AND " + where(sight, &a) + " ORDER BY p.at, p.dossier, p.task"
	rows, err := s.read.QueryContext(ctx, q, a...)
	return collect(rows, err, func(r *sql.Rows) (record.OwnDraft, error) {
		var x record.OwnDraft
		var at int64
		var err error
		x.Of, err = scanDossier(also{r, []any{&x.Task, &x.Seen, &at}})
		x.Dossier, x.Owner, x.At = x.Of.ID, sight.Person, instant(at)
		return x, err
	})
}

// also reads more columns of a row than its scanner knows.
type also struct {
	rows *sql.Rows
	more []any
}

func (a also) Scan(to ...any) error { return a.rows.Scan(append(to, a.more...)...) }

// DropDraft throws a draft away. One that is gone already is no mistake.
func (s *Store) DropDraft(ctx context.Context, owner complaint.Actor, dossier string, task complaint.Task) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return dropDraft(ctx, tx, owner, dossier, task)
	})
}

func dropDraft(ctx context.Context, tx *sql.Tx, owner complaint.Actor, dossier string, task complaint.Task) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM draft WHERE owner = $1 AND dossier = $2 AND task = $3`, string(owner), dossier, string(task))
	return err
}

// endDrafts removes the drafts that end with a change: of what was carried out, of who
// sees the dossier no longer, of a dossier that is closed.
func endDrafts(ctx context.Context, tx *sql.Tx, c record.Change) error {
	id, end := c.Dossier.ID, c.Drafts
	if c.New {
		if _, err := tx.ExecContext(ctx, `DELETE FROM intake_draft WHERE id = $1`, id); err != nil {
			return err
		}
	}
	if end.All {
		_, err := tx.ExecContext(ctx, `DELETE FROM draft WHERE dossier = $1`, id)
		return err
	}
	for _, owner := range end.Of {
		if _, err := tx.ExecContext(ctx, `DELETE FROM draft WHERE owner = $1 AND dossier = $2`, string(owner), id); err != nil {
			return err
		}
	}
	if !end.Task.HasDraft() {
		return nil
	}
	return dropDraft(ctx, tx, end.Owner, id, end.Task)
}

// KeepIntake keeps a new complaint that is not taken in yet; several people may each keep
// theirs of one card. The id of a dossier that exists, of a card that is out of sight, or
// of other keys, is complaint.ErrNotFound.
func (s *Store) KeepIntake(ctx context.Context, d record.IntakeDraft, sight complaint.CardSight) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		// Locked, so that nobody is barred from the card meanwhile.
		if _, err := tx.ExecContext(ctx, `UPDATE quick_card SET version = version WHERE id = $1`, d.ID); err != nil {
			return err
		}
		var a args
		var n int
		q := "SELECT (SELECT count(*) FROM dossier WHERE id = " + a.put(d.ID) + ") + (SELECT count(*) FROM intake_draft WHERE id = " + a.put(d.ID) +
			" AND identity_key <> " + a.put(d.Keys.Identity) + ") + (SELECT count(*) FROM quick_card c WHERE c.id = " + a.put(d.ID) + " AND NOT (" + whereCard(sight, &a) + "))"
		if err := tx.QueryRowContext(ctx, q, a...).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return complaint.ErrNotFound
		}
		done, err := tx.ExecContext(ctx, `INSERT INTO intake_draft (id, owner, channel, called_on, at, content_key, identity_key, sealed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (id, owner) DO UPDATE SET called_on = excluded.called_on, at = excluded.at, sealed = excluded.sealed
			WHERE intake_draft.channel = excluded.channel`,
			d.ID, string(d.Owner), string(d.Channel), d.CalledOn.String(), micros(d.At), d.Keys.Content, d.Keys.Identity, d.Sealed)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(complaint.ErrNotFound, err)
		}
		return nil
	})
}

// Intakes gives somebody's new complaints that are not taken in yet, the oldest call
// first. Nobody else has them, so that they need no Sight.
func (s *Store) Intakes(ctx context.Context, owner complaint.Actor) ([]record.IntakeDraft, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, owner, channel, called_on, at, content_key, identity_key, sealed FROM intake_draft i
		WHERE owner = $1 AND NOT EXISTS (SELECT 1 FROM dossier d WHERE d.id = i.id) ORDER BY called_on, id`, string(owner))
	return collect(rows, err, func(r *sql.Rows) (record.IntakeDraft, error) {
		var d record.IntakeDraft
		var at int64
		var called string
		err := r.Scan(&d.ID, &d.Owner, &d.Channel, &called, &at, &d.Keys.Content, &d.Keys.Identity, &d.Sealed)
		if err == nil {
			d.CalledOn, err = date(called)
		}
		d.At = instant(at)
		return d, err
	})
}

// DropIntake throws one's own new complaint away, with the files that came with it. One
// that is gone already is no mistake.
func (s *Store) DropIntake(ctx context.Context, owner complaint.Actor, id string) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return dropIntake(ctx, tx, owner, id) })
}

// dropIntake leaves the files of a card, and those of what somebody else keeps: no row
// says whose they are. The sweep takes them when nobody keeps an intake any more.
func dropIntake(ctx context.Context, tx *sql.Tx, owner complaint.Actor, id string) error {
	done, err := tx.ExecContext(ctx, `DELETE FROM intake_draft WHERE id = $1 AND owner = $2`, id, string(owner))
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM attachment WHERE linked = 0 AND dossier = $1
		AND NOT EXISTS (SELECT 1 FROM intake_draft i WHERE i.id = attachment.dossier)
		AND NOT EXISTS (SELECT 1 FROM quick_card c WHERE c.id = attachment.dossier)
		AND NOT EXISTS (SELECT 1 FROM incoming m WHERE m.raw = attachment.id)`, id)
	return err
}

// SweepDrafts removes drafts that were last kept before a moment, and those of new
// complaints that were kept before another, or taken in. It gives their number.
func (s *Store) SweepDrafts(ctx context.Context, before, intakesBefore time.Time) (n int64, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n = 0
		for _, q := range []struct {
			sql string
			arg any
		}{
			{`DELETE FROM draft WHERE at < $1`, micros(before)},
			{`DELETE FROM intake_draft WHERE at < $1 OR EXISTS (SELECT 1 FROM dossier d WHERE d.id = intake_draft.id)`, micros(intakesBefore)},
		} {
			done, err := tx.ExecContext(ctx, q.sql, q.arg)
			if err != nil {
				return err
			}
			gone, err := done.RowsAffected()
			if err != nil {
				return err
			}
			n += gone
		}
		return nil
	})
	return n, err
}
