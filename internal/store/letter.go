package store

import (
	"context"
	"database/sql"
	"errors"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const letterColumns = `l.id, l.dossier, l.kind, l.channel, l.language, l.made_on, l.made_at, l.made_by, l.params, l.mac, l.final, l.final_mac, l.sent_on, l.text_version, l.lapsed_on`

func scanLetter(row interface{ Scan(...any) error }) (record.Letter, error) {
	var l record.Letter
	var madeOn, sentOn, lapsedOn string
	var at int64
	err := row.Scan(&l.ID, &l.Dossier, &l.Kind, &l.Channel, &l.Language, &madeOn, &at, &l.MadeBy, &l.Params, &l.Mac, &l.Final, &l.FinalMac, &sentOn, &l.Text, &lapsedOn)
	if err != nil {
		return l, err
	}
	l.MadeAt = instant(at)
	var faults [3]error
	l.MadeOn, faults[0] = date(madeOn)
	l.SentOn, faults[1] = date(sentOn)
	l.LapsedOn, faults[2] = date(lapsedOn)
	return l, errors.Join(faults[:]...)
}

// Letter gives one letter of a dossier in sight, or ErrNotFound.
func (s *Store) Letter(ctx context.Context, id string, sight complaint.Sight) (record.Letter, error) {
	var a args
	q := "SELECT " + letterColumns + " FROM letter l JOIN dossier d ON d.id = l.dossier WHERE l.id = " + a.put(id) + " AND " + where(sight, &a)
	return one(scanLetter(s.read.QueryRowContext(ctx, q, a...)))
}

// Letters gives the letters of one dossier, oldest first. Whoever calls it has looked
// at the dossier with a Sight first.
func (s *Store) Letters(ctx context.Context, dossier string) ([]record.Letter, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT "+letterColumns+" FROM letter l WHERE l.dossier = $1 ORDER BY l.made_at, l.id", dossier)
	return collect(rows, err, func(r *sql.Rows) (record.Letter, error) { return scanLetter(r) })
}

// Finish keeps the final bytes of a letter, once: when somebody else was first, it
// gives what stands there.
func (s *Store) Finish(ctx context.Context, id string, final, mac []byte) (record.Letter, error) {
	var l record.Letter
	err := s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		l = record.Letter{}
		if _, err := tx.ExecContext(ctx, `UPDATE letter SET final = $1, final_mac = $2 WHERE id = $3 AND final IS NULL`, final, mac, id); err != nil {
			return err
		}
		var err error
		l, err = one(scanLetter(tx.QueryRowContext(ctx, "SELECT "+letterColumns+" FROM letter l WHERE l.id = $1", id)))
		return err
	})
	return l, err
}
