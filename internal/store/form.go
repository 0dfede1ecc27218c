package store

import (
	"context"
	"database/sql"
	"time"

	"gehoor/internal/record"
)

// KeepForm keeps a form that somebody goes on with later, in the place of what was kept of
// it before.
func (s *Store) KeepForm(ctx context.Context, f record.KeptForm) error {
	keep := func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO kept_form (code, draft, at, sealed) VALUES ($1, $2, $3, $4)
			ON CONFLICT (draft) DO UPDATE SET code = excluded.code, at = excluded.at, sealed = excluded.sealed`, f.Code, f.Draft, micros(f.At), f.Sealed)
		return err
	}
	err := s.inTx(ctx, keep)
	if isUnique(err) { // PostgreSQL may meet the code of a second click before its draft
		err = s.inTx(ctx, keep)
	}
	return err
}

// KeptForm gives the form with a code; complaint.ErrNotFound when there is none, or when
// it was sent since.
func (s *Store) KeptForm(ctx context.Context, code []byte) (record.KeptForm, error) {
	f := record.KeptForm{Code: code}
	var at int64
	err := s.read.QueryRowContext(ctx, `SELECT draft, at, sealed FROM kept_form k WHERE code = $1
		AND NOT EXISTS (SELECT 1 FROM dossier d WHERE d.id = k.draft) AND NOT EXISTS (SELECT 1 FROM incoming m WHERE m.id = k.draft)`, code).Scan(&f.Draft, &at, &f.Sealed)
	f.At = instant(at)
	return one(f, err)
}

// SweepForms removes forms that were last kept before a moment, and those that were sent.
// It gives their number.
func (s *Store) SweepForms(ctx context.Context, before time.Time) (n int64, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `DELETE FROM kept_form WHERE at < $1
			OR EXISTS (SELECT 1 FROM dossier d WHERE d.id = kept_form.draft) OR EXISTS (SELECT 1 FROM incoming m WHERE m.id = kept_form.draft)`, micros(before))
		if err == nil {
			n, err = done.RowsAffected()
		}
		return err
	})
	return n, err
}
