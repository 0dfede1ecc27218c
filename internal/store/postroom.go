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

// waits is the condition of a letter that has not gone out, and that no letter on paper
// took the place of.
const waits = `l.sent_on = '' AND l.lapsed_on = '' AND NOT EXISTS (SELECT 1 FROM message x WHERE x.letter = l.id AND x.reason = '` + record.HeldPaper + `')`

// stopped is the condition of a letter that stays here because its complaint was withdrawn:
// it goes out after all when that is disputed, and until then there is nothing to do with it.
var stopped = `d.phase = 'withdrawn' AND l.kind IN ('` + strings.Join(complaint.SpeakOfTheCourse, `','`) + `')`

// pieceMessage is how far the e-mail of a letter is, if there is one.
const pieceMessage = `COALESCE(m.state, ''), COALESCE(m.reason, ''), COALESCE(m.attempts, 0), COALESCE(m.next_at, 0), COALESCE(m.trouble, ''),
	COALESCE(m.reply, ''), COALESCE(m.doubt, 0), COALESCE(m.at, 0)`

// pieces asks for letters with their dossier and e-mail.
const pieces = `SELECT l.id, l.dossier, l.kind, l.channel, l.language, l.made_on, l.made_at, l.made_by, CASE WHEN l.final IS NULL THEN 0 ELSE 1 END, ` +
	pieceMessage + `, ` + dossierColumns + ` FROM letter l JOIN dossier d ON d.id = l.dossier LEFT JOIN message m ON m.letter = l.id WHERE `

// SentMail gives the e-mail in sight that a mail server took since a moment, the latest
// first. What somebody says to have sent has no reply.
func (s *Store) SentMail(ctx context.Context, sight complaint.Sight, from time.Time, limit int) ([]record.Piece, error) {
	var a args
	rows, err := s.read.QueryContext(ctx, sentSQL(sight, from, limit, &a), a...)
	return collect(rows, err, scanPiece)
}

func sentSQL(sight complaint.Sight, from time.Time, limit int, a *args) string {
	return pieces + "m.state = 'sent' AND m.reply <> '' AND m.at >= " + a.put(micros(from)) + " AND " + where(sight, a) + " ORDER BY m.at DESC, l.id LIMIT " + a.put(limit)
}

// Waiting gives the letters in sight that must still go out, oldest first. next is the
// key for the following page, or "".
func (s *Store) Waiting(ctx context.Context, sight complaint.Sight, f record.Waiting) (list []record.Piece, next string, err error) {
	var a args
	rows, err := s.read.QueryContext(ctx, waitingSQL(sight, f, &a), a...)
	list, err = collect(rows, err, scanPiece)
	if err != nil || len(list) <= f.Limit {
		return list, "", err
	}
	list = list[:f.Limit]
	last := list[f.Limit-1].Letter
	return list, strconv.FormatInt(micros(last.MadeAt), 10) + "|" + last.ID, nil
}

func waitingSQL(sight complaint.Sight, f record.Waiting, a *args) string {
	conds := waits + " AND NOT (" + stopped + ") AND l.channel = " + a.put(f.Channel) + " AND " + where(sight, a)
	if at, id, ok := strings.Cut(f.After, "|"); ok {
		if made, err := strconv.ParseInt(at, 10, 64); err == nil {
			conds += fmt.Sprintf(" AND (l.made_at, l.id) > (%s, %s)", a.put(made), a.put(id))
		}
	}
	return pieces + conds + ` ORDER BY l.made_at, l.id LIMIT ` + a.put(f.Limit+1)
}

func scanPiece(rows *sql.Rows) (record.Piece, error) {
	var p record.Piece
	var madeOn string
	var at, printed, next, doubt, changed int64
	l, m := &p.Letter, record.Message{}
	var err error
	p.Dossier, err = scanDossier(scanFunc(func(to ...any) error {
		return rows.Scan(append([]any{&l.ID, &l.Dossier, &l.Kind, &l.Channel, &l.Language, &madeOn, &at, &l.MadeBy, &printed,
			&m.State, &m.Reason, &m.Attempts, &next, &m.Trouble, &m.Reply, &doubt, &changed}, to...)...)
	}))
	if err != nil {
		return p, err
	}
	p.Printed, l.MadeAt = printed == 1, instant(at)
	if m.State != "" {
		m.Letter, m.Dossier, m.NextAt, m.Doubt, m.At = l.ID, l.Dossier, instant(next), doubt == 1, instant(changed)
		p.Message = &m
	}
	l.MadeOn, err = date(madeOn)
	return p, err
}

// scanFunc scans columns of a row that holds more than one thing.
type scanFunc func(...any) error

// Scan is the row's own, with the columns before it.
func (f scanFunc) Scan(to ...any) error { return f(to...) }

// CountWaiting counts the letters in sight that must still go out.
func (s *Store) CountWaiting(ctx context.Context, sight complaint.Sight) (int, error) {
	var a args
	var n int
	return n, translate(s.read.QueryRowContext(ctx, countWaitingSQL(sight, &a), a...).Scan(&n))
}

func countWaitingSQL(sight complaint.Sight, a *args) string {
	return "SELECT count(*) FROM letter l JOIN dossier d ON d.id = l.dossier WHERE " + waits + " AND NOT (" + stopped + ") AND " + where(sight, a)
}

// WithReturned gives the ids of dossiers in sight to which a letter or e-mail came back:
// the open ones, and those closed lately. Whether another way was found, their course says.
func (s *Store) WithReturned(ctx context.Context, sight complaint.Sight, r record.Recent) ([]string, error) {
	var a args
	rows, err := s.read.QueryContext(ctx, returnedSQL(sight, r, &a), a...)
	return collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

// returnedSQL puts the query of WithReturned together.
func returnedSQL(sight complaint.Sight, r record.Recent, a *args) string {
	return `SELECT d.id FROM dossier d WHERE d.came_back = 1 AND (d.closed_on = '' OR d.closed_on >= ` + a.put(r.ClosedFrom.String()) +
		` AND d.received_on || '' >= ` + a.put(r.ReceivedFrom.String()) + `) AND ` + where(sight, a) + ` ORDER BY d.closed_on, d.id`
}

// noteReturn notes that a letter of a dossier came back.
func noteReturn(ctx context.Context, tx *sql.Tx, c record.Change) error {
	if !c.CameBack {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE dossier SET came_back = 1 WHERE id = $1`, c.Dossier.ID)
	return err
}
