package store

import (
	"context"
	"database/sql"
	"time"

	"gehoor/internal/record"
)

// Visit gives the visit with a token, by its keyed hash, or ErrNotFound.
func (s *Store) Visit(ctx context.Context, token []byte) (record.Visit, error) {
	v := record.Visit{Token: token}
	var made, expires int64
	err := s.read.QueryRowContext(ctx, `SELECT dossier, code, made, expires FROM follow_visit WHERE token = $1`, token).Scan(&v.Dossier, &v.Code, &made, &expires)
	v.Made, v.Expires = instant(made), instant(expires)
	return one(v, err)
}

// SaveVisit begins a visit, or lets it last longer.
func (s *Store) SaveVisit(ctx context.Context, v record.Visit) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO follow_visit (token, dossier, code, made, expires) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (token) DO UPDATE SET expires = excluded.expires`, v.Token, v.Dossier, v.Code, micros(v.Made), micros(v.Expires))
		return err
	})
}

// EndVisit ends one visit. One that ended already is no mistake.
func (s *Store) EndVisit(ctx context.Context, token []byte) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM follow_visit WHERE token = $1`, token)
		return err
	})
}

// SweepVisits forgets the visits that ended before a moment.
func (s *Store) SweepVisits(ctx context.Context, before time.Time) (n int64, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		gone, err := tx.ExecContext(ctx, `DELETE FROM follow_visit WHERE expires < $1`, micros(before))
		if err != nil {
			return err
		}
		n, err = gone.RowsAffected()
		return err
	})
	return n, err
}
