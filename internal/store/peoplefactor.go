package store

import (
	"context"
	"database/sql"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Factor gives somebody's second factor, or ErrNotFound.
func (s *Store) Factor(ctx context.Context, id complaint.Actor) (record.Factor, error) {
	f := record.Factor{Staff: id}
	var active, at int64
	err := s.read.QueryRowContext(ctx, `SELECT sealed, step, active, at FROM second_factor WHERE staff = $1`, string(id)).Scan(&f.Sealed, &f.Step, &active, &at)
	f.Active, f.At = active != 0, instant(at)
	return one(f, err)
}

// BeginFactor keeps a new secret that is not asked for yet. One that is in use stays.
func (s *Store) BeginFactor(ctx context.Context, f record.Factor) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO second_factor (staff, sealed, step, active, at) VALUES ($1, $2, 0, 0, $3) ON CONFLICT (staff) DO NOTHING`,
			string(f.Staff), f.Sealed, micros(f.At))
		return err
	})
}

// UseFactor keeps that a step was used, once: a step that is not after the last one
// gives record.ErrLost. With hashes it also puts new recovery codes in the place of the
// old ones, and from then on a code is asked.
func (s *Store) UseFactor(ctx context.Context, id complaint.Actor, step int64, hashes [][]byte, lines ...record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		q := `UPDATE second_factor SET step = $1 WHERE staff = $2 AND step < $1`
		if len(hashes) > 0 {
			q = `UPDATE second_factor SET step = $1, active = 1 WHERE staff = $2 AND step < $1`
		}
		if err := mustChangeOne(tx.ExecContext(ctx, q, step, string(id))); err != nil {
			return err
		}
		if len(hashes) > 0 {
			if _, err := tx.ExecContext(ctx, `DELETE FROM recovery_code WHERE staff = $1`, string(id)); err != nil {
				return err
			}
		}
		for _, hash := range hashes {
			if _, err := tx.ExecContext(ctx, `INSERT INTO recovery_code (staff, hash) VALUES ($1, $2)`, string(id), hash); err != nil {
				return err
			}
		}
		return writeLog(ctx, tx, lines)
	})
}

// UseRecovery takes a recovery code; one that is not there gives record.ErrLost.
func (s *Store) UseRecovery(ctx context.Context, id complaint.Actor, hash []byte, line record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := mustChangeOne(tx.ExecContext(ctx, `DELETE FROM recovery_code WHERE staff = $1 AND hash = $2`, string(id), hash)); err != nil {
			return err
		}
		return writeLog(ctx, tx, []record.LogLine{line})
	})
}

// RecoveryLeft counts the recovery codes that somebody has left.
func (s *Store) RecoveryLeft(ctx context.Context, id complaint.Actor) (n int, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT count(*) FROM recovery_code WHERE staff = $1`, string(id)).Scan(&n)
	return n, translate(err)
}

// mustChangeOne gives record.ErrLost when nothing was changed.
func mustChangeOne(done sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return record.ErrLost
}

// DropFactor takes somebody's second factor and recovery codes away.
func (s *Store) DropFactor(ctx context.Context, id complaint.Actor, line record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := writeProofs(ctx, tx, record.PeopleChange{DropFactor: []complaint.Actor{id}}); err != nil {
			return err
		}
		return writeLog(ctx, tx, []record.LogLine{line})
	})
}
