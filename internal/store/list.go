package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

func yearStart(year int) string { return fmt.Sprintf("%04d-01-01", year) }

// List gives the dossiers in sight that a filter lets through: open ones by the day
// they must be worked on, otherwise the newest first. next is the key for the
// following page, or "".
func (s *Store) List(ctx context.Context, sight complaint.Sight, f record.Filter) (list []record.Dossier, next string, err error) {
	var a args
	column, order, compare := "d.work_on", "ASC", ">"
	if f.Group == "" || f.Group == record.GroupClosed || f.Group == record.GroupRetention {
		column, order, compare = "d.received_on", "DESC", "<"
	}
	conds := narrow(f, sight, &a)
	if day, id, ok := strings.Cut(f.After, "|"); ok {
		conds += fmt.Sprintf(" AND (%s, d.id) %s (%s, %s)", column, compare, a.put(day), a.put(id))
	}
	limit := f.Limit
	if limit <= 0 || limit > 500 {
		limit = 50
	}
	q := fmt.Sprintf("SELECT %s FROM dossier d WHERE %s ORDER BY %s %s, d.id %s LIMIT %s",
		dossierColumns, conds, column, order, order, a.put(limit+1))
	rows, err := s.read.QueryContext(ctx, q, a...)
	list, err = collect(rows, err, func(r *sql.Rows) (record.Dossier, error) { return scanDossier(r) })
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	last := list[limit-1]
	day := last.WorkOn()
	if column == "d.received_on" {
		day = last.ReceivedOn
	}
	return list, day.String() + "|" + last.ID, nil
}

// Count gives the numbers on the tiles of the work list, within sight and filter
// (its Group aside).
func (s *Store) Count(ctx context.Context, sight complaint.Sight, f record.Filter) (record.Counts, error) {
	var c record.Counts
	var a args
	// One pass over the open dossiers, not one for each tile.
	q := "SELECT count(*)"
	for _, group := range []string{record.GroupLate, record.GroupSoon, record.GroupUnconfirmed, record.GroupExtended} {
		q += ", coalesce(sum(CASE WHEN " + groupSQL(group, f, &a) + " THEN 1 ELSE 0 END), 0)"
	}
	f.Group = record.GroupOpen
	q += " FROM dossier d WHERE " + narrow(f, sight, &a)
	err := s.read.QueryRowContext(ctx, q, a...).Scan(&c.Open, &c.Late, &c.Soon, &c.Unconfirmed, &c.Extended)
	return c, translate(err)
}

// Sleepers gives the ids of open dossiers for which the clock may have a signal.
func (s *Store) Sleepers(ctx context.Context, today calendar.Date) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id FROM dossier WHERE wake_on <> '' AND wake_on <= $1 AND closed_on = '' ORDER BY wake_on, id`, today.String())
	return collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

// WasReminded reports whether a signal was given already.
func (s *Store) WasReminded(ctx context.Context, id string, o complaint.Occasion, forDate calendar.Date) (bool, error) {
	var n int
	err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM reminded WHERE dossier = $1 AND occasion = $2 AND for_date = $3`, id, string(o), forDate.String()).Scan(&n)
	return n > 0, translate(err)
}
