package store

import (
	"context"
	"database/sql"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const attachmentColumns = `f.id, f.dossier, f.linked, f.name, f.type, f.size, f.sha256, f.at, f.actor, f.mac`

func scanAttachment(row interface{ Scan(...any) error }) (record.Attachment, error) {
	var f record.Attachment
	var linked, at int64
	err := row.Scan(&f.ID, &f.Dossier, &linked, &f.Name, &f.Type, &f.Size, &f.SHA256, &at, &f.Actor, &f.Mac)
	f.Linked, f.At = linked != 0, instant(at)
	return f, err
}

// Chunk keeps one sealed piece of a file that is being uploaded, in a transaction of
// its own; the first one brings the attachment's row.
func (s *Store) Chunk(ctx context.Context, f record.Attachment, n int, sealed []byte) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if n == 0 {
			if _, err := tx.ExecContext(ctx, `INSERT INTO attachment (id, dossier, linked, name, type, size, sha256, at, actor, mac)
				VALUES ($1, $2, 0, $3, $4, 0, $5, $6, $7, $5)`, f.ID, f.Dossier, f.Name, f.Type, []byte{}, micros(f.At), string(f.Actor)); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO chunk (attachment, n, sealed) VALUES ($1, $2, $3)`, f.ID, n, sealed)
		return err
	})
}

// Whole closes an upload: its size, hash and mac are known now.
func (s *Store) Whole(ctx context.Context, f record.Attachment) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE attachment SET size = $1, sha256 = $2, mac = $3 WHERE id = $4 AND linked = 0`, f.Size, f.SHA256, f.Mac, f.ID)
		return err
	})
}

// DropFile takes away what came in of a file that is part of nothing yet.
func (s *Store) DropFile(ctx context.Context, id string) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM attachment WHERE id = $1 AND linked = 0`, id)
		return err
	})
}

// Attachment gives one attachment of a dossier in sight, or ErrNotFound.
func (s *Store) Attachment(ctx context.Context, id string, sight complaint.Sight) (record.Attachment, error) {
	var a args
	q := "SELECT " + attachmentColumns + " FROM attachment f JOIN dossier d ON d.id = f.dossier WHERE f.linked = 1 AND f.id = " + a.put(id) + " AND " + where(sight, &a)
	return one(scanAttachment(s.read.QueryRowContext(ctx, q, a...)))
}

// Unlinked gives a file that was kept for a dossier and is not part of it yet.
func (s *Store) Unlinked(ctx context.Context, id, dossier string) (record.Attachment, error) {
	q := "SELECT " + attachmentColumns + " FROM attachment f WHERE f.linked = 0 AND f.id = $1 AND f.dossier = $2"
	return one(scanAttachment(s.read.QueryRowContext(ctx, q, id, dossier)))
}

// Attachments gives the linked files of one dossier, oldest first.
func (s *Store) Attachments(ctx context.Context, dossier string) ([]record.Attachment, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT "+attachmentColumns+" FROM attachment f WHERE f.linked = 1 AND f.dossier = $1 ORDER BY f.at, f.id", dossier)
	return collect(rows, err, func(r *sql.Rows) (record.Attachment, error) { return scanAttachment(r) })
}

// EachChunk gives the sealed pieces of a file in order.
func (s *Store) EachChunk(ctx context.Context, id string, each func(n int, sealed []byte) error) error {
	rows, err := s.read.QueryContext(ctx, `SELECT n, sealed FROM chunk WHERE attachment = $1 ORDER BY n`, id)
	if err != nil {
		return translate(err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		var sealed []byte
		if err := rows.Scan(&n, &sealed); err != nil {
			return err
		}
		if err := each(n, sealed); err != nil {
			return err
		}
	}
	return translate(rows.Err())
}

// Sweep deletes files that were uploaded before a moment and never became part of a
// task. It gives their number.
func (s *Store) Sweep(ctx context.Context, before time.Time) (n int64, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n = 0
		// The pieces go with their file (ON DELETE CASCADE): one statement, so that a file
		// that is linked meanwhile keeps its content.
		// The files of a new complaint that was kept as a draft wait with it, and so does a
		// mail with what came in. So do those of a form, kept to go on with or looked at first.
		done, err := tx.ExecContext(ctx, `DELETE FROM attachment WHERE linked = 0 AND at < $1
			AND NOT EXISTS (SELECT 1 FROM intake_draft i WHERE i.id = attachment.dossier)
			AND NOT EXISTS (SELECT 1 FROM incoming m WHERE m.raw = attachment.id)
			AND NOT EXISTS (SELECT 1 FROM incoming m WHERE m.id = attachment.dossier AND m.raw <> '')
			AND NOT EXISTS (SELECT 1 FROM kept_form k WHERE k.draft = attachment.dossier)`, micros(before))
		if err == nil {
			n, err = done.RowsAffected()
		}
		return err
	})
	return n, err
}
