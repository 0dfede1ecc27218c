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
	if f.Limit <= 0 || f.Limit > 500 {
		f.Limit = 50
	}
	var a args
	q, byWork := listSQL(sight, f, &a)
	rows, err := s.read.QueryContext(ctx, q, a...)
	list, err = collect(rows, err, func(r *sql.Rows) (record.Dossier, error) { return scanDossier(r) })
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	last := list[f.Limit-1]
	day := last.ReceivedOn
	if byWork {
		day = last.WorkOn()
	}
	return list, day.String() + "|" + last.ID, nil
}

// listSQL puts the query of List together. byWork says that the day it sorts by is the
// one to work on.
func listSQL(sight complaint.Sight, f record.Filter, a *args) (q string, byWork bool) {
	column, order, compare := "d.received_on", "DESC", "<"
	switch f.Group {
	case "", record.GroupClosed, record.GroupRetention:
	default: // few are open, and there is an index of them
		column, order, compare, byWork = "d.work_on", "ASC", ">", true
	}
	sorted := " ORDER BY " + column + " " + order + ", d.id " + order + " LIMIT "
	after := func() string {
		if day, id, ok := strings.Cut(f.After, "|"); ok {
			return " AND (" + column + ", d.id) " + compare + " (" + a.put(day) + ", " + a.put(id) + ")"
		}
		return ""
	}
	if byWork || len(ways(sight, &args{})) < 2 {
		conds := narrow(f, sight, a) + after()
		return "SELECT " + dossierColumns + " FROM dossier d WHERE " + conds + sorted + a.put(f.Limit+1), byWork
	}
	// Who sees in several ways gets the first page of each: one condition with OR would
	// be looked for through the whole register, or be sorted as a whole.
	may := ways(sight, a)
	rest := " AND " + strings.Join(append([]string{shown(sight, a)}, filtered(f, sight, a)...), " AND ") + after()
	limit := a.put(f.Limit + 1)
	var pages []string
	for _, way := range may {
		page := "SELECT w.id FROM (SELECT d.id FROM dossier d WHERE " + way + rest + sorted + limit + ") AS w"
		if strings.Contains(way, isRunning) {
			// From the index of what is open, not along the whole register.
			page = strings.ReplaceAll(page, column, column+" || ''")
		}
		pages = append(pages, page)
	}
	q = strings.Join(pages, " UNION ")
	return "SELECT " + dossierColumns + " FROM dossier d WHERE d.id IN (" + q + ")" + sorted + limit, byWork
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
