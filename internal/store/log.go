package store

import (
	"context"
	"database/sql"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Log writes log lines, alone: what they announce happens after they stand there.
func (s *Store) Log(ctx context.Context, lines ...record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return writeLog(ctx, tx, lines) })
}

func writeLog(ctx context.Context, tx *sql.Tx, lines []record.LogLine) error {
	for _, l := range lines {
		once := sql.NullString{String: l.Once, Valid: l.Once != ""}
		if _, err := tx.ExecContext(ctx, `INSERT INTO logline (id, at, actor, on_behalf, action, dossier, reason, remark, result, once)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (once) DO NOTHING`,
			l.ID, micros(l.At), string(l.Actor), string(l.OnBehalf), l.Action, l.Dossier, l.Reason, l.Remark, l.Result, once); err != nil {
			return err
		}
	}
	return nil
}

// Logbook gives the log lines of a dossier in sight, oldest first.
func (s *Store) Logbook(ctx context.Context, dossier string, sight complaint.Sight) ([]record.LogLine, error) {
	var a args
	q := `SELECT l.id, l.at, l.actor, l.on_behalf, l.action, l.dossier, l.reason, l.remark, l.result
		FROM logline l JOIN dossier d ON d.id = l.dossier WHERE l.dossier = ` + a.put(dossier) + ` AND ` + where(sight, &a) + ` ORDER BY l.at, l.id`
	rows, err := s.read.QueryContext(ctx, q, a...)
	return collect(rows, err, func(r *sql.Rows) (record.LogLine, error) {
		var l record.LogLine
		var at int64
		err := r.Scan(&l.ID, &at, &l.Actor, &l.OnBehalf, &l.Action, &l.Dossier, &l.Reason, &l.Remark, &l.Result)
		l.At = instant(at)
		return l, err
	})
}
