package store

import (
	"context"
	"database/sql"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// SettingHistory gives all values that a setting had, the one in force first.
func (s *Store) SettingHistory(ctx context.Context, name string) ([]record.Setting, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, name, value, at, actor FROM setting WHERE name = $1 ORDER BY at DESC, id DESC`, name)
	return collect(rows, err, func(r *sql.Rows) (record.Setting, error) {
		var x record.Setting
		var at int64
		err := r.Scan(&x.ID, &x.Name, &x.Value, &at, &x.Actor)
		x.At = instant(at)
		return x, err
	})
}

// ReplaceSetting adds a new value when the one in force is still was: else somebody
// changed it meanwhile (record.ErrLost).
func (s *Store) ReplaceSetting(ctx context.Context, was string, x record.Setting, line record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		// Two writers wait for one another here, on PostgreSQL too.
		if _, err := tx.ExecContext(ctx, `UPDATE people_revision SET n = n WHERE id = 1`); err != nil {
			return err
		}
		if err := replaceSetting(ctx, tx, was, x); err != nil {
			return err
		}
		return writeLog(ctx, tx, []record.LogLine{line})
	})
}

// replaceSetting wants the row of people_revision to be held.
func replaceSetting(ctx context.Context, tx *sql.Tx, was string, x record.Setting) error {
	var now string
	err := tx.QueryRowContext(ctx, `SELECT id FROM setting WHERE name = $1 ORDER BY at DESC, id DESC LIMIT 1`, x.Name).Scan(&now)
	if err != nil && err != sql.ErrNoRows {
		return err
	}
	if now != was {
		return record.ErrLost
	}
	return writeSetting(ctx, tx, x)
}

// DueIn gives the running dossiers in sight that must be sent or answered on one of some
// days, by the last day.
func (s *Store) DueIn(ctx context.Context, sight complaint.Sight, days record.Days) ([]record.Due, error) {
	var a args
	from, to := a.put(days.From.String()), a.put(days.To.String())
	q := `SELECT d.id, d.number, d.due_on, d.target_on, d.department, d.handler FROM dossier d WHERE ` + isRunning +
		` AND (d.due_on BETWEEN ` + from + ` AND ` + to + ` OR d.target_on BETWEEN ` + from + ` AND ` + to + `) AND ` + where(sight, &a) +
		` ORDER BY d.due_on, d.id`
	rows, err := s.read.QueryContext(ctx, q, a...)
	return collect(rows, err, func(r *sql.Rows) (record.Due, error) {
		var x record.Due
		var due, target string
		err := r.Scan(&x.ID, &x.Number, &due, &target, &x.Department, &x.Handler)
		if err == nil {
			x.DueOn, err = calendar.Parse(due)
		}
		if err == nil {
			x.TargetOn, err = calendar.Parse(target)
		}
		return x, err
	})
}
