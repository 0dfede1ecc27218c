package store

import (
	"context"
	"database/sql"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const absenceColumns = `id, staff, from_on, to_on, at, actor`

func scanAbsence(row interface{ Scan(...any) error }) (record.Absence, error) {
	var a record.Absence
	var from, to string
	var at int64
	err := row.Scan(&a.ID, &a.Staff, &from, &to, &at, &a.Actor)
	if err != nil {
		return a, err
	}
	a.At = instant(at)
	if a.From, err = date(from); err != nil {
		return a, err
	}
	a.To, err = date(to)
	return a, err
}

// Absences gives who is or will be away from a day on, by the first day; of one person,
// or of everybody when staff is "".
func (s *Store) Absences(ctx context.Context, staff complaint.Actor, from calendar.Date) ([]record.Absence, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+absenceColumns+` FROM absence WHERE to_on >= $1 AND ($2 = '' OR staff = $2) ORDER BY from_on, to_on, id`,
		from.String(), string(staff))
	return collect(rows, err, func(r *sql.Rows) (record.Absence, error) { return scanAbsence(r) })
}

// AbsentOn gives who is away on a day.
func (s *Store) AbsentOn(ctx context.Context, day calendar.Date) ([]record.Absence, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+absenceColumns+` FROM absence WHERE to_on >= $1 AND from_on <= $1`, day.String())
	return collect(rows, err, func(r *sql.Rows) (record.Absence, error) { return scanAbsence(r) })
}

// Absence gives one absence, or ErrNotFound.
func (s *Store) Absence(ctx context.Context, id string) (record.Absence, error) {
	return one(scanAbsence(s.read.QueryRowContext(ctx, `SELECT `+absenceColumns+` FROM absence WHERE id = $1`, id)))
}

// SaveAbsence keeps an absence, new or shortened, with its log line.
func (s *Store) SaveAbsence(ctx context.Context, a record.Absence, line record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO absence (`+absenceColumns+`) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (id) DO UPDATE SET to_on = excluded.to_on`,
			a.ID, string(a.Staff), a.From.String(), a.To.String(), micros(a.At), string(a.Actor)); err != nil {
			return err
		}
		return writeLog(ctx, tx, []record.LogLine{line})
	})
}

// DropAbsence takes an absence away that has not begun, with its log line.
func (s *Store) DropAbsence(ctx context.Context, id string, line record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM absence WHERE id = $1`, id); err != nil {
			return err
		}
		return writeLog(ctx, tx, []record.LogLine{line})
	})
}
