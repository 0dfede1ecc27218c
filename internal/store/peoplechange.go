package store

import (
	"cmp"
	"context"
	"database/sql"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// People gives all about staff. The revision is read first: what changes while the rest
// is read makes a later write fail, instead of resting on half a picture.
func (s *Store) People(ctx context.Context) (p record.People, err error) {
	if err = s.read.QueryRowContext(ctx, `SELECT n FROM people_revision WHERE id = 1`).Scan(&p.Revision); err != nil {
		return p, translate(err)
	}
	if p.Staff, err = s.Staff(ctx); err != nil {
		return p, err
	}
	if p.Departments, err = s.Departments(ctx); err != nil {
		return p, err
	}
	rows, err := s.read.QueryContext(ctx, `SELECT `+proposalColumns+` FROM proposal WHERE state = 'waiting' ORDER BY at, id`)
	p.Waiting, err = collect(rows, err, func(r *sql.Rows) (record.Proposal, error) { return scanProposal(r) })
	return p, err
}

// WritePeople writes a change of people whole or not at all. When another one came
// after the revision it saw, it gives record.ErrLost.
func (s *Store) WritePeople(ctx context.Context, c record.PeopleChange) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE people_revision SET n = n + 1 WHERE id = 1 AND n = $1`, c.Seen)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return cmp.Or(err, record.ErrLost)
		}
		for _, write := range []func(context.Context, *sql.Tx, record.PeopleChange) error{
			writeAccounts, writeDepartments, writeProposals, writeProofs, writeTheSetting,
		} {
			if err := write(ctx, tx, c); err != nil {
				return err
			}
		}
		return writeLog(ctx, tx, c.Log)
	})
}

// writeAccounts adds accounts and changes what others may change of one: never the
// password, the language or the wish for no e-mail, which are its owner's.
func writeAccounts(ctx context.Context, tx *sql.Tx, c record.PeopleChange) error {
	for _, p := range c.Staff {
		done, err := tx.ExecContext(ctx, `UPDATE staff SET name = $1, email = $2, duty = $3, phone = $4, roles = $5, active = $6, days = $7 WHERE id = $8`,
			p.Name, p.Email, p.Function, p.Phone, roleWords(p.Roles), flag(p.Active), p.Days.String(), string(p.ID))
		if err != nil {
			return takenBy(err, "email", "error.email_taken")
		}
		n, err := done.RowsAffected()
		if err != nil {
			return err
		}
		if n == 0 {
			if err := saveStaff(ctx, tx, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// takenBy turns "stands there already" into a mistake at its field.
func takenBy(err error, field, key string) error {
	if isUnique(err) {
		return complaint.Mistakes{{Kind: complaint.Invalid, Field: field, Key: key}}
	}
	return err
}

func writeDepartments(ctx context.Context, tx *sql.Tx, c record.PeopleChange) error {
	for _, d := range c.Departments {
		if err := saveDepartment(ctx, tx, d); err != nil {
			return takenBy(err, "name", "error.department_twice")
		}
	}
	return nil
}

// writeProofs takes away or replaces how somebody proves who they are.
func writeProofs(ctx context.Context, tx *sql.Tx, c record.PeopleChange) error {
	for _, p := range c.Start {
		if _, err := tx.ExecContext(ctx, `UPDATE staff SET password = $1, must_change = 1 WHERE id = $2`, p.Hash, string(p.Staff)); err != nil {
			return err
		}
	}
	for _, id := range c.DropFactor {
		for _, table := range []string{"recovery_code", "second_factor"} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE staff = $1`, string(id)); err != nil {
				return err
			}
		}
	}
	for _, id := range c.EndSessions {
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE staff = $1`, string(id)); err != nil {
			return err
		}
	}
	return nil
}

func writeTheSetting(ctx context.Context, tx *sql.Tx, c record.PeopleChange) error {
	if c.Setting == nil {
		return nil
	}
	return replaceSetting(ctx, tx, c.SettingSeen, *c.Setting)
}

const proposalColumns = `id, kind, about, body, proposer, at, state, decider, decided_at`

func scanProposal(row interface{ Scan(...any) error }) (record.Proposal, error) {
	var p record.Proposal
	var about, body string
	var at, decided int64
	if err := row.Scan(&p.ID, &p.Kind, &about, &body, &p.Proposer, &at, &p.State, &p.Decider, &decided); err != nil {
		return p, err
	}
	p.At, p.DecidedAt = instant(at), instant(decided)
	return p, p.Read(about, body)
}

func writeProposals(ctx context.Context, tx *sql.Tx, c record.PeopleChange) error {
	for _, p := range c.Proposals {
		body, err := p.Body()
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO proposal (`+proposalColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
			ON CONFLICT (id) DO UPDATE SET state = excluded.state, decider = excluded.decider, decided_at = excluded.decided_at`,
			p.ID, string(p.Kind), p.About(), body, string(p.Proposer), micros(p.At), string(p.State), string(p.Decider), micros(p.DecidedAt))
		if err != nil {
			return takenBy(err, "", "error.proposal_waits")
		}
	}
	return nil
}

// Decided gives the proposals that were decided since a moment, oldest first.
func (s *Store) Decided(ctx context.Context, since time.Time) ([]record.Proposal, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+proposalColumns+` FROM proposal WHERE state <> 'waiting' AND decided_at > $1 ORDER BY decided_at, id`, micros(since))
	return collect(rows, err, func(r *sql.Rows) (record.Proposal, error) { return scanProposal(r) })
}

// GrantsSeen tells when a director last looked at all grants; zero is never.
func (s *Store) GrantsSeen(ctx context.Context, id complaint.Actor) (time.Time, error) {
	var at int64
	err := s.read.QueryRowContext(ctx, `SELECT coalesce(max(at), 0) FROM grants_seen WHERE staff = $1`, string(id)).Scan(&at)
	return instant(at), translate(err)
}

// SawGrants keeps that a director looked at all grants, with its log line.
func (s *Store) SawGrants(ctx context.Context, id complaint.Actor, at time.Time, line record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO grants_seen (staff, at) VALUES ($1, $2) ON CONFLICT (staff) DO UPDATE SET at = excluded.at`, string(id), micros(at)); err != nil {
			return err
		}
		return writeLog(ctx, tx, []record.LogLine{line})
	})
}
