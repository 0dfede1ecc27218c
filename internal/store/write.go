package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Write writes all that one task decided, for one dossier or more, in one transaction.
// It fails with *record.Repeated for a request carried out before, a UsedKey refusal
// for a request key with other content, record.ErrTwice for a form that waits for a look,
// and record.ErrLost when a dossier moved on since c.Seen. The first change carries the request.
func (s *Store) Write(ctx context.Context, changes ...record.Change) error {
	err := s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, c := range changes {
			if err := s.writeChange(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil && isUnique(err) {
		if again := s.repeated(ctx, changes[0]); again != nil {
			return again
		}
		return fmt.Errorf("%w: %w", record.ErrLost, err)
	}
	return err
}

// repeated looks up a request that won the race for its key.
func (s *Store) repeated(ctx context.Context, c record.Change) error {
	if c.Request.Key == "" {
		return nil
	}
	dossier, first, err := s.Requested(context.WithoutCancel(ctx), c.Request.Key)
	if err != nil {
		return nil // the unique violation was about something else
	}
	return compare(dossier, first, c.Request)
}

func compare(dossier string, first, again record.Request) error {
	if (first.Actor == again.Actor || first.Actor == complaint.ByStaff) && bytes.Equal(first.Hash, again.Hash) {
		return &record.Repeated{Dossier: dossier}
	}
	return &complaint.Error{Kind: complaint.UsedKey, Key: "error.used_key"}
}

func (s *Store) writeChange(ctx context.Context, tx *sql.Tx, c record.Change) error {
	if c.Request.Key != "" {
		dossier, first, err := requested(tx.QueryRowContext(ctx, requestedSQL, c.Request.Key))
		if err == nil {
			return compare(dossier, first, c.Request)
		}
		if !errors.Is(err, complaint.ErrNotFound) {
			return err
		}
	}
	if c.Reminded != nil {
		if err := claim(ctx, tx, c); err != nil {
			return err
		}
	}
	if c.Card != nil {
		if err := writeCard(ctx, tx, *c.Card); err != nil {
			return err
		}
	}
	if c.Incoming != nil {
		if err := writeIncoming(ctx, tx, *c.Incoming); err != nil {
			return err
		}
	}
	if err := s.writeDossier(ctx, tx, c); err != nil {
		return err
	}
	for i, e := range c.Events {
		if err := writeEvent(ctx, tx, e, c.Request, i == 0); err != nil {
			return err
		}
	}
	for _, write := range []func(context.Context, *sql.Tx, record.Change) error{writeIdentity, writeBarred, writeLetters, writeMessages, writeNotices, writeLinks, writeTextLinks, endDrafts, noteReturn} {
		if err := write(ctx, tx, c); err != nil {
			return err
		}
	}
	if err := writeLog(ctx, tx, c.Log); err != nil {
		return err
	}
	return s.advance(ctx, tx, c)
}

// claim takes a signal before anything else; whoever comes second has lost.
func claim(ctx context.Context, tx *sql.Tx, c record.Change) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO reminded (dossier, occasion, for_date) VALUES ($1, $2, $3)`,
		c.Dossier.ID, string(c.Reminded.Occasion), c.Reminded.ForDate)
	return err
}

func (s *Store) writeDossier(ctx context.Context, tx *sql.Tx, c record.Change) error {
	d := c.Dossier
	state, err := json.Marshal(d.Dossier)
	if err != nil {
		return err
	}
	facts := []any{d.Version, string(state), d.Title, d.Code, d.LastMac, d.Mac}
	for _, column := range d.Columns()[2:] { // after version and number
		facts = append(facts, column)
	}
	if c.New {
		if err := notPromised(ctx, tx, c); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO dossier (version, state, title, code, last_mac, mac, phase, channel, department,
			handler, received_by, second_reader, received_on, filed_on, due_on, first_due_on, target_on, answered_on, closed_on,
			work_on, wake_on, id, number, content_key, identity_key)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25)`,
			append(facts, d.ID, d.Number, d.Keys.Content, d.Keys.Identity)...)
		return err
	}
	done, err := tx.ExecContext(ctx, `UPDATE dossier SET version=$1, state=$2, title=$3, code=$4, last_mac=$5, mac=$6, phase=$7,
		channel=$8, department=$9, handler=$10, received_by=$11, second_reader=$12, received_on=$13, filed_on=$14, due_on=$15,
		first_due_on=$16, target_on=$17, answered_on=$18, closed_on=$19, work_on=$20, wake_on=$21 WHERE id=$22 AND version=$23`,
		append(facts, d.ID, c.Seen)...)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(record.ErrLost, err)
	}
	return nil
}

// notPromised sees that the number of a new dossier was promised to nobody whose form
// waits for a person, and that no form waits of which it is made: but for the one that
// the same change settles.
func notPromised(ctx context.Context, tx *sql.Tx, c record.Change) error {
	if err := lockHead(ctx, tx); err != nil {
		return err
	}
	settles := ""
	if c.Incoming != nil {
		settles = c.Incoming.Mail.ID
	}
	var promised, waits int
	if err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM incoming WHERE number = $1 AND id <> $2), (SELECT count(*) FROM incoming WHERE id = $2 AND id <> $3)`,
		c.Dossier.Number, c.Dossier.ID, settles).Scan(&promised, &waits); err != nil {
		return err
	}
	if waits > 0 {
		return record.ErrTwice
	}
	if promised > 0 {
		return record.ErrLost
	}
	return nil
}

// lockHead lets new dossiers and forms that wait follow one another, up to their commit:
// PostgreSQL would let each write what the other did not see.
func lockHead(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE register_head SET seq = seq WHERE id = 1`)
	return err
}

// advance moves the head of the register with every write: a new dossier joins the
// chain of dossiers, and the number of all events is counted, so that neither a dossier
// nor the end of a course can be cut off unnoticed. It locks the head: writes follow
// one another from here to their commit.
func (s *Store) advance(ctx context.Context, tx *sql.Tx, c record.Change) error {
	var seq, events int64
	var mac []byte
	err := tx.QueryRowContext(ctx, `UPDATE register_head SET seq = seq + $1, events = events + $2 WHERE id = 1 RETURNING seq, events, mac`,
		flag(c.New), len(c.Events)).Scan(&seq, &events, &mac)
	if err != nil {
		return fmt.Errorf("store: the head of the register: %w", err)
	}
	if c.New {
		mac = s.RegisterMac(mac, seq, c.Dossier.ID, c.Dossier.Number)
		if _, err := tx.ExecContext(ctx, `INSERT INTO register (seq, dossier, number, mac) VALUES ($1, $2, $3, $4)`, seq, c.Dossier.ID, c.Dossier.Number, mac); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE register_head SET mac = $1, seal = $2 WHERE id = 1`, mac, s.HeadSeal(seq, events, mac))
	return err
}

// RegisterMac authenticates the place of a dossier in the register.
func (s *Store) RegisterMac(previous []byte, seq int64, id, number string) []byte {
	return s.mac([]byte("register"), previous, binary.BigEndian.AppendUint64(nil, uint64(seq)), []byte(id), []byte(number))
}

// HeadSeal authenticates the end of the register: how many dossiers and events it has.
func (s *Store) HeadSeal(seq, events int64, mac []byte) []byte {
	return s.mac([]byte("register head"), binary.BigEndian.AppendUint64(nil, uint64(seq)), binary.BigEndian.AppendUint64(nil, uint64(events)), mac)
}

func writeEvent(ctx context.Context, tx *sql.Tx, e record.Event, r record.Request, first bool) error {
	var key sql.NullString
	var hash []byte
	if first && r.Key != "" {
		key, hash = sql.NullString{String: r.Key, Valid: true}, r.Hash
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO event (dossier, version, kind, at, actor, open, sealed, mac, request, request_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		e.Dossier, e.Version, string(e.Kind), micros(e.At), string(e.Actor), string(e.Open), e.Sealed, e.Mac, key, hash)
	return err
}

func writeIdentity(ctx context.Context, tx *sql.Tx, c record.Change) error {
	if c.Identity == nil {
		return nil
	}
	i := c.Identity
	if _, err := tx.ExecContext(ctx, `INSERT INTO identity (dossier, version, at, actor, sealed, mac) VALUES ($1, $2, $3, $4, $5, $6)`,
		i.Dossier, i.Version, micros(i.At), string(i.Actor), i.Sealed, i.Mac); err != nil {
		return err
	}
	return writeIndex(ctx, tx, i.Dossier, c.Index)
}

func writeIndex(ctx context.Context, tx *sql.Tx, dossier string, rows []record.IndexRow) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM person_index WHERE dossier = $1`, dossier); err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := tx.ExecContext(ctx, `INSERT INTO person_index (dossier, kind, hash) VALUES ($1, $2, $3)`, dossier, row.Kind, row.Hash); err != nil {
			return err
		}
	}
	return nil
}

func writeBarred(ctx context.Context, tx *sql.Tx, c record.Change) error {
	for _, token := range c.Barred {
		if _, err := tx.ExecContext(ctx, `INSERT INTO barred (dossier, token) VALUES ($1, $2) ON CONFLICT (dossier, token) DO NOTHING`, c.Dossier.ID, token); err != nil {
			return err
		}
	}
	for _, token := range c.Cleared {
		if _, err := tx.ExecContext(ctx, `DELETE FROM barred WHERE dossier = $1 AND token = $2`, c.Dossier.ID, token); err != nil {
			return err
		}
	}
	return nil
}

func writeLetters(ctx context.Context, tx *sql.Tx, c record.Change) error {
	for _, l := range c.Letters {
		if _, err := tx.ExecContext(ctx, `INSERT INTO letter (id, dossier, kind, channel, language, made_on, made_at, made_by, params, mac, sent_on, text_version, final, final_mac)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12, $13)`,
			l.ID, l.Dossier, string(l.Kind), l.Channel, l.Language, l.MadeOn.String(), micros(l.MadeAt), string(l.MadeBy), l.Params, l.Mac, l.Text, l.Final, l.FinalMac); err != nil {
			return err
		}
	}
	for _, letter := range c.Unposted {
		if _, err := tx.ExecContext(ctx, `UPDATE letter SET sent_on = '' WHERE id = $1 AND dossier = $2`, letter, c.Dossier.ID); err != nil {
			return err
		}
	}
	for _, p := range c.Posted {
		done, err := tx.ExecContext(ctx, `UPDATE letter SET sent_on = $1 WHERE id = $2 AND dossier = $3 AND sent_on = ''`, p.On.String(), p.Letter, c.Dossier.ID)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(record.ErrLost, err)
		}
	}
	for _, id := range c.Lapsed {
		done, err := tx.ExecContext(ctx, `UPDATE letter SET lapsed_on = $1 WHERE id = $2 AND dossier = $3 AND sent_on = '' AND lapsed_on = ''`, c.LapsedOn.String(), id, c.Dossier.ID)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(record.ErrLost, err)
		}
	}
	return nil
}

func writeLinks(ctx context.Context, tx *sql.Tx, c record.Change) error {
	for _, id := range c.Links {
		done, err := tx.ExecContext(ctx, `UPDATE attachment SET linked = 1 WHERE id = $1 AND dossier = $2 AND linked = 0`, id, c.Dossier.ID)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(complaint.ErrNotFound, err)
		}
	}
	return nil
}
