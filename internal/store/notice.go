package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const noticeColumns = `id, kind, dossier, incoming, cause, token, sent_to, state, reason, attempts, next_at, since, trouble, reply, doubt, sealed, at`

func scanNotice(row interface{ Scan(...any) error }) (record.Notice, error) {
	var n record.Notice
	var next, since, doubt, at int64
	err := row.Scan(&n.ID, &n.Kind, &n.Dossier, &n.Incoming, &n.Cause, &n.Token, &n.SentTo, &n.State, &n.Reason, &n.Attempts, &next, &since, &n.Trouble, &n.Reply, &doubt, &n.Sealed, &at)
	n.NextAt, n.Since, n.Doubt, n.At = instant(next), instant(since), doubt == 1, instant(at)
	return n, err
}

// writeNotices puts word to employees in the queue, in the transaction of its cause.
func writeNotices(ctx context.Context, tx *sql.Tx, c record.Change) error {
	for _, n := range c.Notices {
		if err := insertNotice(ctx, tx, n); err != nil {
			return err
		}
	}
	return nil
}

func insertNotice(ctx context.Context, tx *sql.Tx, n record.Notice) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO notice (id, kind, dossier, incoming, cause, token, sent_to, state, reason, attempts, next_at, since, trouble, reply, doubt, sealed, at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`, n.ID, string(n.Kind), n.Dossier, n.Incoming, n.Cause, n.Token, keep(n.SentTo), string(n.State), n.Reason,
		n.Attempts, micros(n.NextAt), micros(n.Since), string(n.Trouble), n.Reply, flag(n.Doubt), n.Sealed, micros(n.At))
	return err
}

// DueNotices gives the notices that are due: those that wait, and those whose sender did
// not come back in time.
func (s *Store) DueNotices(ctx context.Context, now time.Time, limit int) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id FROM notice WHERE state IN ('waiting', 'sending') AND next_at <= $1 ORDER BY next_at, id LIMIT $2`, micros(now), limit)
	return collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

// ClaimNotice takes a due notice to send it, until a moment; ErrNotFound when another
// process was first. What was being sent before may have gone: it is marked.
func (s *Store) ClaimNotice(ctx context.Context, id string, now, until time.Time) (n record.Notice, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		n, err = one(scanNotice(tx.QueryRowContext(ctx, `UPDATE notice SET doubt = CASE WHEN state = 'sending' THEN 1 ELSE doubt END, state = 'sending',
			attempts = attempts + 1, next_at = $1, at = $2 WHERE id = $3 AND state IN ('waiting', 'sending') AND next_at <= $2 RETURNING `+noticeColumns,
			micros(until), micros(now), id)))
		return err
	})
	return n, err
}

// SettleNotice writes what became of a notice that was claimed. Another process that
// took it over meanwhile is left alone.
func (s *Store) SettleNotice(ctx context.Context, n record.Notice) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE notice SET state = $1, reason = $2, next_at = $3, trouble = $4, reply = $5, doubt = $6, sealed = $7, at = $8
			WHERE id = $9 AND state = 'sending' AND attempts = $10`, string(n.State), n.Reason, micros(n.NextAt), string(n.Trouble), n.Reply,
			flag(n.Doubt), n.Sealed, micros(n.At), n.ID, n.Attempts)
		return err
	})
}

// noticeBack notes that a notice that went did not arrive.
func noticeBack(ctx context.Context, tx *sql.Tx, b record.NoticeBack) error {
	_, err := tx.ExecContext(ctx, `UPDATE notice SET state = 'failed', trouble = $1, reply = $2, at = $3 WHERE id = $4 AND state = 'sent'`,
		string(record.CameBack), b.Status, micros(b.At), b.Notice)
	return err
}

// staffNotice are the conditions of word to employees about what does not bar them: a dossier,
// or a form that waits and has the id of the dossier that it may become.
func staffNotice(sight complaint.Sight, a *args) string {
	hidden := a.put(sight.Hidden)
	return `n.kind <> 'ask_back' AND NOT EXISTS (SELECT 1 FROM barred b WHERE b.dossier IN (n.dossier, n.incoming) AND b.token = ` + hidden + `)
		AND NOT EXISTS (SELECT 1 FROM incoming_barred b WHERE b.incoming = n.incoming AND b.token = ` + hidden + `)`
}

// Notices gives word to employees that was made since a moment, the latest first. Of a
// dossier from which the Sight's person is barred there is none.
func (s *Store) Notices(ctx context.Context, sight complaint.Sight, from time.Time, limit int) ([]record.Notice, error) {
	var a args
	q := "SELECT " + noticeColumns + " FROM notice n WHERE " + staffNotice(sight, &a) + " AND n.at >= " + a.put(micros(from)) + " ORDER BY n.at DESC, n.id DESC LIMIT " + a.put(limit)
	rows, err := s.read.QueryContext(ctx, q, a...)
	return collect(rows, err, func(r *sql.Rows) (record.Notice, error) { return scanNotice(r) })
}

// NoticeAgain puts a notice back in the queue because somebody asked; ErrNotFound when it
// is being sent, or went, or has no bytes any more.
func (s *Store) NoticeAgain(ctx context.Context, id string, now time.Time, line record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE notice SET state = 'waiting', reason = $1, next_at = $2, since = $2, at = $2
			WHERE id = $3 AND state IN ('waiting', 'failed', 'held') AND sealed IS NOT NULL`, record.Asked, micros(now), id)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(complaint.ErrNotFound, err)
		}
		return writeLog(ctx, tx, []record.LogLine{line})
	})
}

// AddNotice keeps a notice that somebody asked for, once: with the same cause it is the
// one that stands there.
func (s *Store) AddNotice(ctx context.Context, n record.Notice, line record.LogLine) error {
	err := s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := insertNotice(ctx, tx, n); err != nil {
			return err
		}
		return writeLog(ctx, tx, []record.LogLine{line})
	})
	if isUnique(err) {
		return nil
	}
	return err
}

// NoticeOf gives the question to who wrote a mail, or ErrNotFound. Whoever calls it has
// looked at the mail with a MailSight first.
func (s *Store) NoticeOf(ctx context.Context, incoming string) (record.Notice, error) {
	return one(scanNotice(s.read.QueryRowContext(ctx, "SELECT "+noticeColumns+" FROM notice WHERE incoming = $1 AND kind = 'ask_back'", incoming)))
}

// Questions gives the questions to who wrote mails in sight that did not go yet, and those
// that went since a moment, the latest first.
func (s *Store) Questions(ctx context.Context, sight complaint.MailSight, sentFrom time.Time, limit int) ([]record.Notice, error) {
	var a args
	q := questionsSQL(sight, sentFrom, limit, &a)
	rows, err := s.read.QueryContext(ctx, q, a...)
	return collect(rows, err, func(r *sql.Rows) (record.Notice, error) { return scanNotice(r) })
}

// questionsSQL puts the query of Questions together: it goes through the questions, each with
// its mail, and not through all mails that ever came in, or all word to employees.
func questionsSQL(sight complaint.MailSight, sentFrom time.Time, limit int, a *args) string {
	return "SELECT " + noticeColumns + " FROM notice WHERE incoming <> '' AND kind = 'ask_back' AND EXISTS (SELECT 1 FROM incoming m WHERE m.id = notice.incoming AND " + whereMail(sight, a) +
		") AND (state <> 'sent' OR at >= " + a.put(micros(sentFrom)) + ") AND reason <> '" + record.HeldNoLonger + "' ORDER BY at + 0 DESC, id DESC LIMIT " + a.put(limit)
}

// NoticeByToken finds the notice with a Message-ID, by its keyed hash. It is for matching
// mail that comes in: only ids may be told of what it gives.
func (s *Store) NoticeByToken(ctx context.Context, token []byte) (record.Notice, error) {
	return one(scanNotice(s.read.QueryRowContext(ctx, "SELECT "+noticeColumns+" FROM notice n WHERE n.token = $1", token)))
}

// SweepNotices deletes what became of notices before a moment. It gives their number.
func (s *Store) SweepNotices(ctx context.Context, before time.Time) (n int64, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `DELETE FROM notice WHERE state NOT IN ('waiting', 'sending') AND at < $1`, micros(before))
		if err != nil {
			return err
		}
		n, err = done.RowsAffected()
		return err
	})
	return n, err
}
