package store

import (
	"context"
	"database/sql"
	"time"

	"gehoor/internal/record"
)

const textLinkColumns = `id, dossier, letter, kind, token, whom, version, made, expires, ended, ended_at, mac`

func scanTextLink(row interface{ Scan(...any) error }) (record.TextLink, error) {
	var l record.TextLink
	var made, expires, ended int64
	err := row.Scan(&l.ID, &l.Dossier, &l.Letter, &l.Kind, &l.Token, &l.For, &l.Version, &made, &expires, &l.Ended, &ended, &l.Mac)
	l.Made, l.Expires, l.EndedAt = instant(made), instant(expires), instant(ended)
	return l, err
}

// TextLink gives the link with a token, by its keyed hash, or ErrNotFound.
func (s *Store) TextLink(ctx context.Context, token []byte) (record.TextLink, error) {
	return one(scanTextLink(s.read.QueryRowContext(ctx, `SELECT `+textLinkColumns+` FROM text_link WHERE token = $1`, token)))
}

// TextLinks gives the links to the text of a dossier, oldest first. Whoever calls it has
// looked at the dossier with a Sight first.
func (s *Store) TextLinks(ctx context.Context, dossier string) ([]record.TextLink, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+textLinkColumns+` FROM text_link WHERE dossier = $1 ORDER BY made, id`, dossier)
	return collect(rows, err, func(r *sql.Rows) (record.TextLink, error) { return scanTextLink(r) })
}

// AddTextLink keeps a link that no letter carries.
func (s *Store) AddTextLink(ctx context.Context, l record.TextLink) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return insertTextLink(ctx, tx, l) })
}

// SweepPasses forgets the passes that nobody can use any more.
func (s *Store) SweepPasses(ctx context.Context, before time.Time) (n int64, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		gone, err := tx.ExecContext(ctx, `DELETE FROM text_link WHERE kind = $1 AND expires < $2`, string(record.LinkPass), micros(before))
		if err != nil {
			return err
		}
		n, err = gone.RowsAffected()
		return err
	})
	return n, err
}

// writeTextLinks ends the links that were made before, and keeps the new ones.
func writeTextLinks(ctx context.Context, tx *sql.Tx, c record.Change) error {
	if e := c.LinksEnd; e != nil {
		const end = `UPDATE text_link SET ended = $1, ended_at = $2 WHERE dossier = $3 AND ended = ''`
		if e.Letter != "" {
			if _, err := tx.ExecContext(ctx, end+` AND letter = $4`, string(e.Own), micros(e.At), c.Dossier.ID, e.Letter); err != nil {
				return err
			}
		}
		if e.Whose != "" {
			if _, err := tx.ExecContext(ctx, end+` AND whom = $4`, string(e.End), micros(e.At), c.Dossier.ID, e.Whose); err != nil {
				return err
			}
		} else if _, err := tx.ExecContext(ctx, end, string(e.End), micros(e.At), c.Dossier.ID); err != nil {
			return err
		}
	}
	for _, l := range c.TextLinks {
		if err := insertTextLink(ctx, tx, l); err != nil {
			return err
		}
	}
	return nil
}

func insertTextLink(ctx context.Context, tx *sql.Tx, l record.TextLink) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO text_link (`+textLinkColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
		l.ID, l.Dossier, l.Letter, string(l.Kind), l.Token, l.For, l.Version, micros(l.Made), micros(l.Expires), string(l.Ended), micros(l.EndedAt), l.Mac)
	return err
}
