package store

import (
	"context"
	"database/sql"
	"errors"

	"gehoor/internal/record"
)

// AuditIDs gives every dossier id that stands anywhere in the register.
func (s *Store) AuditIDs(ctx context.Context) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id FROM dossier UNION SELECT dossier FROM event UNION SELECT dossier FROM register
		UNION SELECT dossier FROM identity UNION SELECT dossier FROM letter UNION SELECT dossier FROM attachment WHERE linked = 1 ORDER BY 1`)
	return collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

// AuditRegister gives the chain of dossiers and its head.
func (s *Store) AuditRegister(ctx context.Context) (list []record.RegisterRow, head record.RegisterHead, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT seq, dossier, number, mac FROM register ORDER BY seq`)
	list, err = collect(rows, err, func(r *sql.Rows) (x record.RegisterRow, err error) {
		return x, r.Scan(&x.Seq, &x.Dossier, &x.Number, &x.Mac)
	})
	if err != nil {
		return nil, head, err
	}
	err = s.read.QueryRowContext(ctx, `SELECT seq, events, mac, seal FROM register_head WHERE id = 1`).Scan(&head.Seq, &head.Events, &head.Mac, &head.Seal)
	if errors.Is(err, sql.ErrNoRows) {
		return list, head, nil // a head without a seal: Verify says so
	}
	return list, head, translate(err)
}

// AuditDossier gives all rows of one dossier.
func (s *Store) AuditDossier(ctx context.Context, id string) (a record.Audit, err error) {
	a.Dossier, err = scanDossier(s.read.QueryRowContext(ctx, "SELECT "+dossierColumns+" FROM dossier d WHERE d.id = $1", id))
	a.Found = err == nil
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return a, translate(err)
	}
	if a.Found {
		if a.Columns, err = s.auditColumns(ctx, id); err != nil {
			return a, err
		}
	}
	if a.Events, err = s.Course(ctx, id); err != nil {
		return a, err
	}
	rows, err := s.read.QueryContext(ctx, `SELECT dossier, version, at, actor, sealed, mac FROM identity WHERE dossier = $1 ORDER BY version`, id)
	if a.Identities, err = collect(rows, err, func(r *sql.Rows) (record.IdentityRow, error) { return scanIdentity(r) }); err != nil {
		return a, err
	}
	if a.Letters, err = s.Letters(ctx, id); err != nil {
		return a, err
	}
	if a.Messages, err = s.Messages(ctx, id); err != nil {
		return a, err
	}
	if a.TextLinks, err = s.TextLinks(ctx, id); err != nil {
		return a, err
	}
	if a.Barred, err = s.Barred(ctx, id); err != nil {
		return a, err
	}
	rows, err = s.read.QueryContext(ctx, `SELECT occasion, for_date FROM reminded WHERE dossier = $1`, id)
	if a.Reminded, err = collect(rows, err, func(r *sql.Rows) (x record.Reminder, err error) { return x, r.Scan(&x.Occasion, &x.ForDate) }); err != nil {
		return a, err
	}
	a.Attachments, err = s.Attachments(ctx, id)
	return a, err
}

// auditColumns gives the columns that copy facts of the state, in the order of
// record.Dossier.Columns.
func (s *Store) auditColumns(ctx context.Context, id string) ([]string, error) {
	c := make([]string, len(record.Dossier{}.Columns()))
	to := make([]any, len(c))
	for i := range c {
		to[i] = &c[i]
	}
	err := s.read.QueryRowContext(ctx, `SELECT version, number, phase, channel, department, handler, received_by, second_reader, received_on, filed_on, due_on,
		first_due_on, target_on, answered_on, closed_on, work_on, wake_on FROM dossier WHERE id = $1`, id).Scan(to...)
	return c, translate(err)
}
