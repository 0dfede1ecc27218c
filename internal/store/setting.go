package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Setting gives the value of a setting that is in force, or ErrNotFound.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := s.read.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = $1 ORDER BY at DESC, id DESC LIMIT 1`, name).Scan(&value)
	return one(value, err)
}

// SaveSetting adds a new value; the old ones stay as history.
func (s *Store) SaveSetting(ctx context.Context, x record.Setting) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return writeSetting(ctx, tx, x) })
}

func writeSetting(ctx context.Context, tx *sql.Tx, x record.Setting) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO setting (id, name, value, at, actor) VALUES ($1, $2, $3, $4, $5)`, x.ID, x.Name, x.Value, micros(x.At), string(x.Actor))
	return err
}

const procedureColumns = `id, version, valid_from, sha256, body, at, actor`

func scanProcedure(row interface{ Scan(...any) error }) (record.ProcedureFile, error) {
	var p record.ProcedureFile
	var at int64
	err := row.Scan(&p.ID, &p.Version, &p.ValidFrom, &p.SHA256, &p.Text, &at, &p.Actor)
	p.At = instant(at)
	return p, err
}

// Procedures gives all imported procedure files, by id and the day they come into force.
func (s *Store) Procedures(ctx context.Context) ([]record.ProcedureFile, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+procedureColumns+` FROM procedure_file ORDER BY id, valid_from, version`)
	return collect(rows, err, func(r *sql.Rows) (record.ProcedureFile, error) { return scanProcedure(r) })
}

// ProcedureNames gives all imported procedure files without their text, in that order.
func (s *Store) ProcedureNames(ctx context.Context) ([]record.ProcedureFile, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, version, valid_from FROM procedure_file ORDER BY id, valid_from, version`)
	return collect(rows, err, func(r *sql.Rows) (p record.ProcedureFile, err error) {
		return p, r.Scan(&p.ID, &p.Version, &p.ValidFrom)
	})
}

// AddProcedure imports a procedure file. The same file again is no error; the same id
// and version with another text is refused.
func (s *Store) AddProcedure(ctx context.Context, p record.ProcedureFile) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO procedure_file (`+procedureColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (id, version) DO NOTHING`, p.ID, p.Version, p.ValidFrom, p.SHA256, p.Text, micros(p.At), string(p.Actor)); err != nil {
			return err
		}
		var have string
		if err := tx.QueryRowContext(ctx, `SELECT sha256 FROM procedure_file WHERE id = $1 AND version = $2`, p.ID, p.Version).Scan(&have); err != nil {
			return err
		}
		if have != p.SHA256 {
			return &complaint.Error{Kind: complaint.Refused, Key: "refused.procedure_changed", Args: []any{"ID", p.ID, "Version", p.Version}}
		}
		return nil
	})
}

// Recognise compares the key file's check value with the register's. On an empty
// register it keeps the value; first reports that.
func (s *Store) Recognise(ctx context.Context, check []byte) (first bool, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		first = false
		var have []byte
		err := tx.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'key check'`).Scan(&have)
		if errors.Is(err, sql.ErrNoRows) {
			first = true
			return s.begin(ctx, tx, check)
		}
		if err == nil && !bytes.Equal(have, check) {
			return record.ErrOtherKey
		}
		return err
	})
	if err != nil && isUnique(err) { // another process began it at the same moment
		return s.Recognise(ctx, check)
	}
	return first, err
}

// begin writes the check value and the sealed head of an empty register.
func (s *Store) begin(ctx context.Context, tx *sql.Tx, check []byte) error {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM dossier`).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return record.ErrOtherKey
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ('key check', $1)`, check); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO register_head (id, seq, events, mac, seal) VALUES (1, 0, 0, $1, $2)`, []byte{}, s.HeadSeal(0, 0, []byte{}))
	return err
}

// HasKey reports whether the register belongs to a key already, or holds anything that
// was written under one: then no new key may be made for it.
func (s *Store) HasKey(ctx context.Context) (bool, error) {
	var n int
	err := s.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM meta WHERE name = 'key check') + (SELECT count(*) FROM dossier) +
		(SELECT count(*) FROM register) + (SELECT count(*) FROM staff)`).Scan(&n)
	return n > 0, translate(err)
}
