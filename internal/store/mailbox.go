package store

import (
	"context"
	"database/sql"
	"time"

	"gehoor/internal/record"
)

// SaveMailbox keeps how reading a mailbox goes: when it was read last, and since when it
// fails.
func (s *Store) SaveMailbox(ctx context.Context, m record.MailboxState) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO mailbox (name, read_at, failed_at, fault) VALUES ($1, $2, $3, $4)
			ON CONFLICT (name) DO UPDATE SET read_at = CASE WHEN excluded.read_at > 0 THEN excluded.read_at ELSE mailbox.read_at END,
			failed_at = CASE WHEN excluded.failed_at > 0 AND mailbox.failed_at > 0 THEN mailbox.failed_at ELSE excluded.failed_at END,
			fault = excluded.fault`, m.Mailbox, micros(m.ReadAt), micros(m.FailedAt), m.Fault)
		return err
	})
}

// ForgetMailboxes removes what is known of mailboxes that fail and have none of these
// names: nobody reads them any more. One that another program reads is there again when
// it was read, or failed, the next time.
func (s *Store) ForgetMailboxes(ctx context.Context, except []string) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var a args
		q := "DELETE FROM mailbox WHERE failed_at > 0"
		for _, name := range except {
			q += " AND name <> " + a.put(name)
		}
		_, err := tx.ExecContext(ctx, q, a...)
		return err
	})
}

// Mailboxes gives how reading goes, for each mailbox that was read since a moment or that
// fails.
func (s *Store) Mailboxes(ctx context.Context, since time.Time) ([]record.MailboxState, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT name, read_at, failed_at, fault FROM mailbox WHERE read_at >= $1 OR failed_at > 0 ORDER BY name`, micros(since))
	return collect(rows, err, func(r *sql.Rows) (record.MailboxState, error) {
		var m record.MailboxState
		var read, failed int64
		err := r.Scan(&m.Mailbox, &read, &failed, &m.Fault)
		m.ReadAt, m.FailedAt = instant(read), instant(failed)
		return m, err
	})
}
