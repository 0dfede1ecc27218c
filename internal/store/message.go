package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const messageColumns = `letter, dossier, token, sent_to, state, reason, attempts, next_at, since, trouble, reply, said, doubt, sealed, at`

func scanMessage(row interface{ Scan(...any) error }) (record.Message, error) {
	var m record.Message
	var next, since, doubt, at int64
	err := row.Scan(&m.Letter, &m.Dossier, &m.Token, &m.SentTo, &m.State, &m.Reason, &m.Attempts, &next, &since, &m.Trouble, &m.Reply, &m.Said, &doubt, &m.Sealed, &at)
	m.NextAt, m.Since, m.Doubt, m.At = instant(next), instant(since), doubt == 1, instant(at)
	return m, err
}

// writeMessages puts new e-mails in the queue, in the transaction of their cause, and
// takes out of it what went.
func writeMessages(ctx context.Context, tx *sql.Tx, c record.Change) error {
	for _, m := range c.Messages {
		if err := insertMessage(ctx, tx, m); err != nil {
			return err
		}
	}
	for _, letter := range c.OnPaper {
		if err := onPaper(ctx, tx, letter, c.Dossier.ID); err != nil {
			return err
		}
	}
	for _, letter := range c.Lapsed {
		if _, err := tx.ExecContext(ctx, `UPDATE message SET state = 'held', reason = $1, sealed = NULL, said = NULL WHERE letter = $2 AND state NOT IN ('sent', 'sending')`,
			complaint.HeldLapsed, letter); err != nil {
			return err
		}
	}
	for _, letter := range c.Stopped {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM message WHERE letter = $1 AND (state IN ('sent', 'sending') OR doubt = 1)`, letter).Scan(&n); err != nil {
			return err
		}
		if n > 0 { // it was claimed meanwhile
			return record.ErrLost
		}
	}
	if c.GoesOn {
		if err := goOn(ctx, tx, c); err != nil {
			return err
		}
	}
	for _, p := range c.Posted { // a person says that it went: nothing sends it any more
		if c.Delivered != nil && c.Delivered.Letter == p.Letter {
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE message SET state = 'sent', reason = '', trouble = '', reply = '', sealed = NULL, said = NULL WHERE letter = $1 AND state <> 'sent'`, p.Letter); err != nil {
			return err
		}
	}
	if c.Delivered == nil {
		return nil
	}
	return delivered(ctx, tx, *c.Delivered)
}

func insertMessage(ctx context.Context, tx *sql.Tx, m record.Message) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO message (`+messageColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`,
		m.Letter, m.Dossier, m.Token, m.SentTo, string(m.State), m.Reason, m.Attempts, micros(m.NextAt), micros(m.Since),
		string(m.Trouble), m.Reply, m.Said, flag(m.Doubt), m.Sealed, micros(m.At))
	return err
}

// delivered notes that the mail server took a message: what was kept to send it goes.
func delivered(ctx context.Context, tx *sql.Tx, d record.Delivered) error {
	_, err := tx.ExecContext(ctx, `UPDATE message SET state = 'sent', reason = '', trouble = '', reply = $1, said = NULL, sealed = NULL,
		doubt = CASE WHEN $2 = 1 THEN 1 ELSE doubt END, at = $3 WHERE letter = $4`, d.Reply, flag(d.Doubt), micros(d.At), d.Letter)
	return err
}

// goOn puts the e-mail back in the queue that stayed here because its complaint was
// withdrawn. Its days of trying count anew.
func goOn(ctx context.Context, tx *sql.Tx, c record.Change) error {
	now := micros(c.Events[len(c.Events)-1].At)
	_, err := tx.ExecContext(ctx, `UPDATE message SET state = 'waiting', reason = '', next_at = $1, since = $1, at = $1
		WHERE dossier = $2 AND state = 'held' AND reason = $3`, now, c.Dossier.ID, complaint.HeldStopped)
	return err
}

// onPaper takes a message out of the queue for good: a letter on paper takes its place.
// One that is being sent at this moment, or was, cannot be.
func onPaper(ctx context.Context, tx *sql.Tx, letter, dossier string) error {
	done, err := tx.ExecContext(ctx, `UPDATE message SET state = 'held', reason = $1, sealed = NULL, said = NULL WHERE letter = $2 AND dossier = $3
		AND state NOT IN ('sent', 'sending') AND reason <> $1`, record.HeldPaper, letter, dossier)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(record.ErrLost, err)
	}
	return nil
}

// DueMessages gives the letters whose message is due: those that wait, and those whose
// sender did not come back in time.
func (s *Store) DueMessages(ctx context.Context, now time.Time, limit int) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT letter FROM message WHERE state IN ('waiting', 'sending') AND next_at <= $1 ORDER BY next_at, letter LIMIT $2`, micros(now), limit)
	return collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

// ClaimMessage takes a due message to send it, until a moment; ErrNotFound when another
// process was first. What was being sent before may have gone: it is marked.
func (s *Store) ClaimMessage(ctx context.Context, letter string, now, until time.Time) (record.Message, error) {
	var m record.Message
	err := s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var err error
		m, err = one(scanMessage(tx.QueryRowContext(ctx, `UPDATE message SET doubt = CASE WHEN state = 'sending' THEN 1 ELSE doubt END, state = 'sending',
			attempts = attempts + 1, next_at = $1, at = $2 WHERE letter = $3 AND state IN ('waiting', 'sending') AND next_at <= $2 RETURNING `+messageColumns,
			micros(until), micros(now), letter)))
		return err
	})
	return m, err
}

// SettleMessage writes what became of a message that was claimed and did not go. Another
// process that took it over meanwhile is left alone.
func (s *Store) SettleMessage(ctx context.Context, m record.Message) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE message SET state = $1, reason = $2, next_at = $3, trouble = $4, reply = $5, said = $6, doubt = $7, at = $8
			WHERE letter = $9 AND state = 'sending' AND attempts = $10`, string(m.State), m.Reason, micros(m.NextAt), string(m.Trouble), m.Reply, m.Said,
			flag(m.Doubt), micros(m.At), m.Letter, m.Attempts)
		return err
	})
}

// DeliveredAlready notes that a message went of which the course says so already.
func (s *Store) DeliveredAlready(ctx context.Context, d record.Delivered) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return delivered(ctx, tx, d) })
}

// SendAgain puts a message back in the queue because somebody asked; ErrNotFound when it
// is being sent, went, or goes on paper.
func (s *Store) SendAgain(ctx context.Context, letter string, now time.Time, line record.LogLine) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE message SET state = 'waiting', reason = $1, next_at = $2, since = $2, at = $2
			WHERE letter = $3 AND state IN ('waiting', 'failed', 'held') AND sealed IS NOT NULL`, record.Asked, micros(now), letter)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(complaint.ErrNotFound, err)
		}
		return writeLog(ctx, tx, []record.LogLine{line})
	})
}

// Acknowledged reports whether an acknowledgement of the same complaint went or is going,
// but for this one.
func (s *Store) Acknowledged(ctx context.Context, m record.Message) (before bool, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM message m JOIN letter l ON l.id = m.letter
		WHERE m.dossier = $1 AND m.state IN ('sending', 'sent') AND m.letter <> $2 AND l.kind = $3)`,
		m.Dossier, m.Letter, string(record.Acknowledgement)).Scan(&before)
	return before, translate(err)
}

// SentByItself gives when the acknowledgements and questions went, or began to go, that an
// address got since a moment, but for one letter or question.
func (s *Store) SentByItself(ctx context.Context, address []byte, except string, from time.Time) ([]time.Time, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT m.at FROM message m JOIN letter l ON l.id = m.letter
		WHERE m.sent_to = $1 AND m.at >= $2 AND m.state IN ('sending', 'sent') AND m.letter <> $3 AND l.kind = $4
		UNION ALL SELECT n.at FROM notice n WHERE n.sent_to = $1 AND n.at >= $2 AND n.state IN ('sending', 'sent') AND n.id <> $3`,
		address, micros(from), except, string(record.Acknowledgement))
	return collect(rows, err, func(r *sql.Rows) (time.Time, error) {
		var at int64
		err := r.Scan(&at)
		return instant(at), err
	})
}

// Messages gives the e-mails of one dossier. Whoever calls it has looked at the dossier
// with a Sight first.
func (s *Store) Messages(ctx context.Context, dossier string) ([]record.Message, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT "+messageColumns+" FROM message WHERE dossier = $1 ORDER BY letter", dossier)
	return collect(rows, err, func(r *sql.Rows) (record.Message, error) { return scanMessage(r) })
}

// MessageByToken finds the message with a Message-ID, by its keyed hash. It is for
// matching mail that comes in: only ids may be told of what it gives.
func (s *Store) MessageByToken(ctx context.Context, token []byte) (record.Message, error) {
	return one(scanMessage(s.read.QueryRowContext(ctx, "SELECT "+messageColumns+" FROM message WHERE token = $1", token)))
}
