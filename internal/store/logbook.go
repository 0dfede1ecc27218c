package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// LogPage gives the log lines that a filter lets through, the newest first. Lines about
// a dossier that is out of sight, or about a card that bars the person, do not exist. next is the key for the following page,
// or "".
func (s *Store) LogPage(ctx context.Context, sight complaint.Sight, f record.LogFilter) (list []record.LoggedLine, next string, err error) {
	limit := f.Limit
	if limit <= 0 || limit > 500 {
		limit = 50
	}
	var a args
	var parts []string
	if f.Kind != record.LogWork {
		parts = append(parts, newest(`SELECT l.at AS at, l.id AS id, l.actor AS actor, l.on_behalf AS on_behalf, l.action AS action, l.dossier AS dossier,
			l.reason AS reason, l.remark AS remark, l.result AS result, coalesce(d.number, '') AS number
			FROM logline l LEFT JOIN dossier d ON d.id = l.dossier WHERE `+logConds(f, sight, &a), limit, &a))
	}
	if f.Events && (f.Kind == "" || f.Kind == record.LogWork) {
		parts = append(parts, newest(`SELECT e.at AS at, e.dossier || '/' || CAST(100000 + e.version AS TEXT) AS id, e.actor AS actor, '' AS on_behalf,
			'`+record.ActionEvent+`' AS action, e.dossier AS dossier, e.kind AS reason, CAST(NULL AS BYTEA) AS remark, 'done' AS result, d.number AS number
			FROM event e JOIN dossier d ON d.id = e.dossier WHERE `+eventConds(f, sight, &a), limit, &a))
	}
	if len(parts) == 0 {
		return nil, "", nil
	}
	q := newest(strings.Join(parts, " UNION ALL "), limit, &a)
	rows, err := s.read.QueryContext(ctx, q+" ORDER BY at DESC, id DESC", a...)
	list, err = collect(rows, err, scanLogged)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	last := list[limit-1]
	return list, strconv.FormatInt(micros(last.At), 10) + "|" + last.ID, nil
}

// newest cuts a query to one line more than a page.
func newest(q string, limit int, a *args) string {
	return "SELECT * FROM (SELECT * FROM (" + q + ") q ORDER BY at DESC, id DESC LIMIT " + a.put(limit+1) + ") p"
}

func scanLogged(r *sql.Rows) (record.LoggedLine, error) {
	var l record.LoggedLine
	var at int64
	err := r.Scan(&at, &l.ID, &l.Actor, &l.OnBehalf, &l.Action, &l.Dossier, &l.Reason, &l.Remark, &l.Result, &l.Number)
	l.At = instant(at)
	return l, err
}

// logConds are the conditions on log lines l with their dossiers d.
func logConds(f record.LogFilter, sight complaint.Sight, a *args) string {
	conds := []string{"(l.dossier = '' OR (d.id IS NOT NULL AND " + where(sight, a) + ") OR (d.id IS NULL AND EXISTS (SELECT 1 FROM quick_card c WHERE c.id = l.dossier AND " +
		cardShown(sight.Hidden, a) + ")))"}
	if f.Dossier != "" {
		conds = append(conds, "l.dossier = "+a.put(f.Dossier))
	}
	if f.House {
		conds = append(conds, "l.dossier = ''")
	}
	if f.Actor != "" {
		conds = append(conds, "l.actor = "+a.put(string(f.Actor)))
	}
	for _, k := range record.LogKinds {
		if f.Kind == k.Kind {
			conds = append(conds, "l.action IN ("+a.list(k.Actions)+")")
		}
	}
	conds = append(conds, period("l.at", f, a)...)
	if at, id, ok := logKey(f.After); ok {
		conds = append(conds, fmt.Sprintf("(l.at, l.id) < (%s, %s)", a.put(at), a.put(id)))
	}
	return strings.Join(conds, " AND ")
}

// eventConds are the conditions on events e with their dossiers d.
func eventConds(f record.LogFilter, sight complaint.Sight, a *args) string {
	conds := append([]string{where(sight, a), bothSides(sight, a)}, period("e.at", f, a)...)
	if f.Dossier != "" {
		conds = append(conds, "e.dossier = "+a.put(f.Dossier))
	}
	if f.Actor != "" {
		conds = append(conds, "e.actor = "+a.put(string(f.Actor)))
	}
	if at, id, ok := logKey(f.After); ok {
		conds = append(conds, fmt.Sprintf("(e.at, e.dossier || '/' || CAST(100000 + e.version AS TEXT)) < (%s, %s)", a.put(at), a.put(id)))
	}
	return strings.Join(conds, " AND ")
}

// bothSides is the condition that an event e which links to another dossier does not do
// so to one that bars the person.
func bothSides(sight complaint.Sight, a *args) string {
	return "(e.kind <> '" + string(complaint.Linked) + "' OR NOT EXISTS (SELECT 1 FROM barred b WHERE b.token = " + a.put(sight.Hidden) +
		" AND e.open LIKE '%\"' || b.dossier || '\"%'))"
}

func period(column string, f record.LogFilter, a *args) (conds []string) {
	if !f.From.IsZero() {
		conds = append(conds, column+" >= "+a.put(micros(f.From)))
	}
	if !f.Until.IsZero() {
		conds = append(conds, column+" < "+a.put(micros(f.Until)))
	}
	return conds
}

// logKey reads the key of a line.
func logKey(after string) (at int64, id string, ok bool) {
	moment, id, ok := strings.Cut(after, "|")
	at, err := strconv.ParseInt(moment, 10, 64)
	return at, id, ok && err == nil
}

// list adds values and gives their placeholders.
func (a *args) list(values []string) string {
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = a.put(v)
	}
	return strings.Join(marks, ", ")
}

// sweptAtOnce is how many log lines one transaction removes.
const sweptAtOnce = 5000

// SweepLog removes log lines from before a moment, but not the openings of names of
// dossiers that are still open. When any went, note gives the line that says how many.
func (s *Store) SweepLog(ctx context.Context, before time.Time, note func(n int64) record.LogLine) (n int64, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `DELETE FROM logline WHERE id IN (SELECT l.id FROM logline l WHERE l.at < $1
			AND NOT (l.action = 'open_identity' AND EXISTS (SELECT 1 FROM dossier d WHERE d.id = l.dossier AND d.closed_on = ''))
			ORDER BY l.at LIMIT $2)`, micros(before), sweptAtOnce)
		if err != nil {
			return err
		}
		if n, err = done.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return writeLog(ctx, tx, []record.LogLine{note(n)})
	})
	return n, err
}
