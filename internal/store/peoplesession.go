package store

import (
	"cmp"
	"context"
	"database/sql"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const sessionColumns = `token, staff, made, seen, expires, id, waits`

func scanSession(row interface{ Scan(...any) error }) (record.Session, error) {
	var x record.Session
	var made, seen, expires int64
	err := row.Scan(&x.Token, &x.Staff, &made, &seen, &expires, &x.ID, &x.Waits)
	x.Made, x.Seen, x.Expires = instant(made), instant(seen), instant(expires)
	return x, err
}

// SaveSession keeps a new log-in.
func (s *Store) SaveSession(ctx context.Context, x record.Session) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return saveSession(ctx, tx, x) })
}

func saveSession(ctx context.Context, tx *sql.Tx, x record.Session) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO session (`+sessionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		x.Token, string(x.Staff), micros(x.Made), micros(x.Seen), micros(x.Expires), x.ID, x.Waits)
	return err
}

// ReplaceSession puts a new log-in in the place of the one with that hashed token. One
// that ended meanwhile stays ended (ErrLost).
func (s *Store) ReplaceSession(ctx context.Context, token []byte, x record.Session) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `DELETE FROM session WHERE token = $1`, token)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return cmp.Or(err, record.ErrLost)
		}
		return saveSession(ctx, tx, x)
	})
}

// SeenSession keeps when a log-in was last seen. A log-in that was ended meanwhile
// stays ended.
func (s *Store) SeenSession(ctx context.Context, x record.Session) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE session SET seen = $1, expires = $2 WHERE token = $3`, micros(x.Seen), micros(x.Expires), x.Token)
		return err
	})
}

// Session gives the log-in with that hashed token, or ErrNotFound.
func (s *Store) Session(ctx context.Context, token []byte) (record.Session, error) {
	return one(scanSession(s.read.QueryRowContext(ctx, `SELECT `+sessionColumns+` FROM session WHERE token = $1`, token)))
}

// SessionsOf gives the log-ins of a person that have not expired, the newest first.
func (s *Store) SessionsOf(ctx context.Context, id complaint.Actor, now time.Time) ([]record.Session, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+sessionColumns+` FROM session WHERE staff = $1 AND expires > $2 ORDER BY made DESC, id`, string(id), micros(now))
	return collect(rows, err, func(r *sql.Rows) (record.Session, error) { return scanSession(r) })
}

// EndSession deletes one log-in of a person by its name.
func (s *Store) EndSession(ctx context.Context, id complaint.Actor, session string) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM session WHERE staff = $1 AND id = $2`, string(id), session)
		return err
	})
}

// EndSessions deletes one log-in, or those that expired before a moment.
func (s *Store) EndSessions(ctx context.Context, token []byte, before time.Time) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM session WHERE token = $1 OR expires < $2`, token, micros(before))
		return err
	})
}

// EndSessionsOf deletes the log-ins of a person, but the one with that hashed token.
func (s *Store) EndSessionsOf(ctx context.Context, id complaint.Actor, except []byte) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return endSessionsOf(ctx, tx, id, except) })
}

func endSessionsOf(ctx context.Context, tx *sql.Tx, id complaint.Actor, except []byte) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM session WHERE staff = $1 AND token <> $2`, string(id), append([]byte{}, except...))
	return err
}
