package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const cardColumns = `c.id, c.version, c.state, c.reason, c.called_at, c.called_on, c.due_on, c.closed_on, c.content_key, c.identity_key,
	c.owner, c.sealed, c.sum, c.mac, c.request`

func scanCard(row interface{ Scan(...any) error }) (record.Card, error) {
	var c record.Card
	var at int64
	var called, due, closed string
	err := row.Scan(&c.ID, &c.Version, &c.State, &c.Reason, &at, &called, &due, &closed, &c.Keys.Content, &c.Keys.Identity,
		&c.Owner, &c.Sealed, &c.Sum, &c.Mac, &c.Request)
	if err != nil {
		return c, err
	}
	c.CalledAt = instant(at)
	for _, day := range []struct {
		text string
		to   *calendar.Date
	}{{called, &c.CalledOn}, {due, &c.DueOn}, {closed, &c.ClosedOn}} {
		if day.text == "" {
			continue
		}
		if *day.to, err = date(day.text); err != nil {
			return c, err
		}
	}
	return c, nil
}

// whereCard turns a CardSight into the condition that every query on cards c carries.
// Whoever the dossier bars that was made of a card does not see the card either: its
// note is the beginning of that dossier.
func whereCard(sight complaint.CardSight, a *args) string {
	var may []string
	if sight.All {
		may = append(may, "1 = 1")
	}
	if len(sight.Owner) > 0 {
		may = append(may, "c.owner = "+a.put(sight.Owner))
	}
	if len(may) == 0 {
		return "1 = 0"
	}
	return "(" + strings.Join(may, " OR ") + ") AND " + cardShown(sight.Hidden, a)
}

// cardShown is the condition that neither a card c nor its dossier bars a person.
func cardShown(hidden []byte, a *args) string {
	return "NOT EXISTS (SELECT 1 FROM quick_card_barred b WHERE b.card = c.id AND b.token = " + a.put(hidden) +
		") AND NOT EXISTS (SELECT 1 FROM barred b WHERE b.dossier = c.id AND b.token = " + a.put(hidden) + ")"
}

// Card gives one card in sight; complaint.ErrNotFound when it does not exist or may not
// be seen: the same answer.
func (s *Store) Card(ctx context.Context, id string, sight complaint.CardSight) (record.Card, error) {
	var a args
	q := "SELECT " + cardColumns + " FROM quick_card c WHERE c.id = " + a.put(id) + " AND " + whereCard(sight, &a)
	return one(scanCard(s.read.QueryRowContext(ctx, q, a...)))
}

// Cards gives the cards in sight that wait, oldest first, or those closed on a day or
// later, the newest first.
func (s *Store) Cards(ctx context.Context, sight complaint.CardSight, closedFrom calendar.Date) ([]record.Card, error) {
	var a args
	cond, order := "c.state = 'waiting'", "c.called_at, c.id"
	if !closedFrom.IsZero() {
		cond, order = "c.closed_on >= "+a.put(closedFrom.String()), "c.closed_on DESC, c.id DESC"
	}
	q := "SELECT " + cardColumns + " FROM quick_card c WHERE " + cond + " AND " + whereCard(sight, &a) + " ORDER BY " + order + " LIMIT 200"
	rows, err := s.read.QueryContext(ctx, q, a...)
	return collect(rows, err, func(r *sql.Rows) (record.Card, error) { return scanCard(r) })
}

// CountCards counts the cards in sight that wait, and those whose day has passed.
func (s *Store) CountCards(ctx context.Context, sight complaint.CardSight, today calendar.Date) (n record.CardCounts, err error) {
	var a args
	q := "SELECT count(*), coalesce(sum(CASE WHEN c.due_on < " + a.put(today.String()) + " THEN 1 ELSE 0 END), 0) FROM quick_card c WHERE c.state = 'waiting' AND " +
		whereCard(sight, &a)
	err = s.read.QueryRowContext(ctx, q, a...).Scan(&n.Waiting, &n.Overdue)
	return n, translate(err)
}

// WriteCard writes what one task decided about a card, with its log lines.
// record.ErrLost when the card changed since.
func (s *Store) WriteCard(ctx context.Context, c record.CardChange) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return writeCard(ctx, tx, c) })
}

func writeCard(ctx context.Context, tx *sql.Tx, change record.CardChange) error {
	c := change.Card
	if c.Request == nil {
		c.Request = []byte{}
	}
	if change.Seen == 0 {
		if err := isFree(ctx, tx, c.ID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO quick_card (id, version, state, reason, called_at, called_on, due_on, closed_on, content_key,
			identity_key, owner, sealed, sum, mac, request) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`,
			c.ID, c.Version, string(c.State), c.Reason, micros(c.CalledAt), c.CalledOn.String(), c.DueOn.String(), c.ClosedOn.String(),
			c.Keys.Content, c.Keys.Identity, c.Owner, c.Sealed, c.Sum, c.Mac, c.Request)
		if err != nil {
			return err
		}
	} else {
		done, err := tx.ExecContext(ctx, `UPDATE quick_card SET version=$1, state=$2, reason=$3, closed_on=$4, owner=$5, sealed=$6, sum=$7, mac=$8,
			request=$9 WHERE id=$10 AND version=$11`, c.Version, string(c.State), c.Reason, c.ClosedOn.String(), c.Owner, c.Sealed, c.Sum, c.Mac, c.Request, c.ID, change.Seen)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(record.ErrLost, err)
		}
	}
	for _, token := range c.Barred {
		if _, err := tx.ExecContext(ctx, `INSERT INTO quick_card_barred (card, token) VALUES ($1, $2) ON CONFLICT (card, token) DO NOTHING`, c.ID, token); err != nil {
			return err
		}
	}
	for _, owner := range change.Intakes {
		if err := dropIntake(ctx, tx, owner, c.ID); err != nil {
			return err
		}
	}
	return writeLog(ctx, tx, change.Log)
}

// isFree refuses the id of a dossier, or of a new complaint that somebody keeps, for a
// card: a card becomes the dossier with its id.
func isFree(ctx context.Context, tx *sql.Tx, id string) error {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM dossier WHERE id = $1) + (SELECT count(*) FROM intake_draft WHERE id = $1)`, id).Scan(&n)
	if err == nil && n > 0 {
		err = complaint.ErrNotFound
	}
	return err
}

// SweepCards takes the content and the keys of cards that were closed before a day. The
// card itself stays, to be counted. It gives their number.
func (s *Store) SweepCards(ctx context.Context, before calendar.Date) (n int64, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE quick_card SET sealed = $1, content_key = $1, identity_key = $1
			WHERE closed_on <> '' AND closed_on < $2 AND length(sealed) > 0`, []byte{}, before.String())
		if err == nil {
			n, err = done.RowsAffected()
		}
		return err
	})
	return n, err
}

// AuditCards gives every card with who sees nothing of it, for gehoor verify.
func (s *Store) AuditCards(ctx context.Context) ([]record.Card, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT "+cardColumns+" FROM quick_card c ORDER BY c.called_at, c.id")
	cards, err := collect(rows, err, func(r *sql.Rows) (record.Card, error) { return scanCard(r) })
	if err != nil {
		return nil, err
	}
	for i := range cards {
		rows, err := s.read.QueryContext(ctx, `SELECT token FROM quick_card_barred WHERE card = $1 ORDER BY token`, cards[i].ID)
		cards[i].Barred, err = collect(rows, err, func(r *sql.Rows) (token []byte, err error) { return token, r.Scan(&token) })
		if err != nil {
			return nil, err
		}
	}
	return cards, nil
}
