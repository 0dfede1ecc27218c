package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const staffColumns = `id, name, email, duty, phone, roles, active, password, must_change, language, days, quiet, at`

func scanStaff(row interface{ Scan(...any) error }) (record.Staff, error) {
	var p record.Staff
	var roles, days string
	var active, mustChange, quiet, at int64
	err := row.Scan(&p.ID, &p.Name, &p.Email, &p.Function, &p.Phone, &roles, &active, &p.Password, &mustChange, &p.Language, &days, &quiet, &at)
	p.Days = record.ParseWeekdays(days)
	p.Active, p.MustChange, p.Quiet, p.At = active != 0, mustChange != 0, quiet != 0, instant(at)
	for _, r := range strings.Fields(roles) {
		p.Roles = append(p.Roles, complaint.Role(r))
	}
	return p, err
}

// Staff gives all accounts by name.
func (s *Store) Staff(ctx context.Context) ([]record.Staff, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+staffColumns+` FROM staff ORDER BY name, id`)
	return collect(rows, err, func(r *sql.Rows) (record.Staff, error) { return scanStaff(r) })
}

// StaffByID gives one account, or ErrNotFound.
func (s *Store) StaffByID(ctx context.Context, id complaint.Actor) (record.Staff, error) {
	return one(scanStaff(s.read.QueryRowContext(ctx, `SELECT `+staffColumns+` FROM staff WHERE id = $1`, string(id))))
}

// StaffByEmail gives the account with a log-in name, or ErrNotFound.
func (s *Store) StaffByEmail(ctx context.Context, email string) (record.Staff, error) {
	return one(scanStaff(s.read.QueryRowContext(ctx, `SELECT `+staffColumns+` FROM staff WHERE email = $1`, email)))
}

// SaveStaff makes or changes an account.
func (s *Store) SaveStaff(ctx context.Context, p record.Staff) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return saveStaff(ctx, tx, p) })
}

// roleWords writes roles as the register keeps them.
func roleWords(roles []complaint.Role) string {
	var words []string
	for _, r := range roles {
		words = append(words, string(r))
	}
	return strings.Join(words, " ")
}

func saveStaff(ctx context.Context, tx *sql.Tx, p record.Staff) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO staff (`+staffColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, duty = excluded.duty, phone = excluded.phone,
		roles = excluded.roles, active = excluded.active, password = excluded.password, must_change = excluded.must_change,
		language = excluded.language, days = excluded.days, quiet = excluded.quiet`,
		string(p.ID), p.Name, p.Email, p.Function, p.Phone, roleWords(p.Roles), flag(p.Active), p.Password, flag(p.MustChange), p.Language, p.Days.String(), flag(p.Quiet), micros(p.At))
	if err != nil && isUnique(err) {
		return complaint.Mistakes{{Kind: complaint.Invalid, Field: "email", Key: "error.email_taken"}}
	}
	return err
}

// SavePassword changes a password, when the one that stands there is still was: else
// somebody changed it meanwhile (record.ErrLost).
func (s *Store) SavePassword(ctx context.Context, id complaint.Actor, was, is []byte, mustChange bool) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return savePassword(ctx, tx, id, was, is, mustChange) })
}

func savePassword(ctx context.Context, tx *sql.Tx, id complaint.Actor, was, is []byte, mustChange bool) error {
	return mustChangeOne(tx.ExecContext(ctx, `UPDATE staff SET password = $1, must_change = $2 WHERE id = $3 AND password = $4`, is, flag(mustChange), string(id), was))
}

// ReplacePassword is SavePassword by the owner: the log-ins of the account end but the
// one with that hashed token, and the log line is written, all of it or nothing.
func (s *Store) ReplacePassword(ctx context.Context, id complaint.Actor, was, is, session []byte, line record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := savePassword(ctx, tx, id, was, is, false); err != nil {
			return err
		}
		if err := endSessionsOf(ctx, tx, id, session); err != nil {
			return err
		}
		return writeLog(ctx, tx, []record.LogLine{line})
	})
}

// SaveLanguage changes the language in which a person is spoken to.
func (s *Store) SaveLanguage(ctx context.Context, id complaint.Actor, language string) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE staff SET language = $1 WHERE id = $2`, language, string(id))
		return err
	})
}

// SaveQuiet keeps whether a person gets no word of work by e-mail.
func (s *Store) SaveQuiet(ctx context.Context, id complaint.Actor, quiet bool) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE staff SET quiet = $1 WHERE id = $2`, flag(quiet), string(id))
		return err
	})
}

// Departments gives all departments by name.
func (s *Store) Departments(ctx context.Context) ([]record.Department, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, name, manager, deputy, active FROM department ORDER BY name`)
	return collect(rows, err, func(r *sql.Rows) (record.Department, error) {
		var d record.Department
		var active int64
		err := r.Scan(&d.ID, &d.Name, &d.Manager, &d.Deputy, &active)
		d.Active = active != 0
		return d, err
	})
}

func saveDepartment(ctx context.Context, tx *sql.Tx, d record.Department) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO department (id, name, manager, deputy, active) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, manager = excluded.manager, deputy = excluded.deputy, active = excluded.active`,
		d.ID, d.Name, string(d.Manager), string(d.Deputy), flag(d.Active))
	return err
}

// SetUp writes the first staff, departments and settings in one transaction, once:
// on a register that has staff already it refuses.
func (s *Store) SetUp(ctx context.Context, u record.SetUp) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var n int
		// The insert comes first: on PostgreSQL it makes two set-ups wait for one another.
		if _, err := tx.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ('set up', $1)`, []byte(u.Setting.At.UTC().Format(time.RFC3339))); err != nil {
			if isUnique(err) {
				return complaint.ErrNotFound
			}
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM staff`).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return complaint.ErrNotFound
		}
		for _, p := range u.Staff {
			if err := saveStaff(ctx, tx, p); err != nil {
				return err
			}
		}
		for _, d := range u.Departments {
			if err := saveDepartment(ctx, tx, d); err != nil {
				return err
			}
		}
		if err := writeSetting(ctx, tx, u.Setting); err != nil {
			return err
		}
		return writeLog(ctx, tx, u.Log)
	})
}

// IsSetUp reports whether set-up was done.
func (s *Store) IsSetUp(ctx context.Context) (bool, error) {
	var n int
	err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM meta WHERE name = 'set up'`).Scan(&n)
	return n > 0, translate(err)
}

// Attempt gives the failed log-ins of a name; none is no error.
func (s *Store) Attempt(ctx context.Context, key []byte) (record.Attempt, error) {
	a := record.Attempt{Key: key}
	var until int64
	err := s.read.QueryRowContext(ctx, `SELECT failures, until FROM attempt WHERE key = $1`, key).Scan(&a.Failures, &until)
	a.Until = instant(until)
	if _, err = one(0, err); complaint.IsKind(err, complaint.NotFound) {
		return record.Attempt{Key: key}, nil
	}
	return a, err
}

// SaveAttempt keeps the number of failed log-ins; zero failures forget the name.
func (s *Store) SaveAttempt(ctx context.Context, a record.Attempt) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if a.Failures == 0 {
			_, err := tx.ExecContext(ctx, `DELETE FROM attempt WHERE key = $1`, a.Key)
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO attempt (key, failures, until) VALUES ($1, $2, $3)
			ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, until = excluded.until`, a.Key, a.Failures, micros(a.Until))
		return err
	})
}

// ForgetAttempts forgets the failed log-ins from before a moment.
func (s *Store) ForgetAttempts(ctx context.Context, before time.Time) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM attempt WHERE until < $1`, micros(before))
		return err
	})
}
