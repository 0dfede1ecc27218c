package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const incomingColumns = `m.id, m.version, m.state, m.reason, m.received_on, m.received_at, m.closed_on, m.dossier, m.about, m.size, m.codes, m.twin,
	m.orphan, m.number, m.raw, m.content_key, m.identity_key, m.sealed, m.sum, m.mac`

func scanIncoming(row interface{ Scan(...any) error }) (record.Incoming, error) {
	var m record.Incoming
	var at, orphan int64
	var received, closed, codes string
	err := row.Scan(&m.ID, &m.Version, &m.State, &m.Reason, &received, &at, &closed, &m.Dossier, &m.About, &m.Size, &codes, &m.Twin,
		&orphan, &m.Number, &m.Raw, &m.Keys.Content, &m.Keys.Identity, &m.Sealed, &m.Sum, &m.Mac)
	if err != nil {
		return m, err
	}
	m.ReceivedAt, m.Orphan = instant(at), orphan != 0
	if err := json.Unmarshal([]byte(codes), &m.Codes); err != nil {
		return m, fmt.Errorf("store: the codes of mail %s: %w", m.ID, err)
	}
	if m.ReceivedOn, err = date(received); err != nil {
		return m, err
	}
	if closed != "" {
		m.ClosedOn, err = date(closed)
	}
	return m, err
}

// whereMail turns a MailSight into the condition that every query on mails m carries. A
// mail about a dossier, or that became part of one, is hidden from who is barred there.
func whereMail(sight complaint.MailSight, a *args) string {
	var may []string
	if sight.All {
		may = append(may, "1 = 1")
	} else if sight.Orphans {
		may = append(may, "m.orphan = 1")
	}
	if len(may) == 0 {
		return "1 = 0"
	}
	hidden := a.put(sight.Hidden)
	return "(" + strings.Join(may, " OR ") + ") AND NOT EXISTS (SELECT 1 FROM incoming_barred b WHERE b.incoming = m.id AND b.token = " + hidden + ")" +
		" AND NOT EXISTS (SELECT 1 FROM barred b WHERE b.dossier IN (m.dossier, m.about) AND b.token = " + hidden + ")"
}

// TakeMail keeps a mail that came in, whole or not at all. The same bytes are the same
// mail: then only where it was found is new. It fails with record.ErrLost when its number
// was taken meanwhile, and with record.ErrTwice when it is registered already.
func (s *Store) TakeMail(ctx context.Context, d record.Delivery) (taken record.Taken, err error) {
	for range 2 { // another process may take in the same bytes at the same moment
		err = s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
			taken, err = takeMail(ctx, tx, d)
			return err
		})
		if err == nil || !isUnique(err) {
			return taken, err
		}
	}
	return taken, errors.Join(record.ErrLost, err) // the number was promised to somebody else meanwhile
}

func takeMail(ctx context.Context, tx *sql.Tx, d record.Delivery) (record.Taken, error) {
	var id string
	err := tx.QueryRowContext(ctx, `SELECT id FROM incoming WHERE raw_hash = $1`, d.Raw).Scan(&id)
	switch {
	case err == nil:
		return record.Taken{ID: id}, seeMail(ctx, tx, d.Place, id)
	case !errors.Is(err, sql.ErrNoRows):
		return record.Taken{}, err
	}
	m := d.Mail
	if m.Number != "" {
		if err := notRegistered(ctx, tx, m); err != nil {
			return record.Taken{}, err
		}
	}
	codes, err := json.Marshal(m.Codes)
	if err != nil {
		return record.Taken{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO incoming (id, version, state, reason, received_on, received_at, closed_on, dossier, about, size, codes, twin,
		orphan, raw, raw_hash, content_key, identity_key, sealed, sum, mac, kind, number)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)`,
		m.ID, m.Version, string(m.State), m.Reason, m.ReceivedOn.String(), micros(m.ReceivedAt), m.ClosedOn.String(), m.Dossier, m.About, m.Size,
		string(codes), m.Twin, flag(m.Orphan), m.Raw, d.Raw, m.Keys.Content, m.Keys.Identity, m.Sealed, m.Sum, m.Mac, m.Codes.Kind, m.Number)
	if err != nil {
		return record.Taken{}, err
	}
	if err := keepMail(ctx, tx, d); err != nil {
		return record.Taken{}, err
	}
	for _, n := range d.Notices {
		if err := insertNotice(ctx, tx, n); err != nil {
			return record.Taken{}, err
		}
	}
	if d.Returned != nil {
		if err := noticeBack(ctx, tx, *d.Returned); err != nil {
			return record.Taken{}, err
		}
	}
	return record.Taken{ID: m.ID, New: true}, seeMail(ctx, tx, d.Place, m.ID)
}

// notRegistered sees that a form that is about to wait was not registered meanwhile, and
// that no dossier has the number that it is told. Both ways lock the head of the register
// first, so that neither misses what the other writes at the same moment.
func notRegistered(ctx context.Context, tx *sql.Tx, m record.Incoming) error {
	if err := lockHead(ctx, tx); err != nil {
		return err
	}
	var same, taken int
	if err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM dossier WHERE id = $1), (SELECT count(*) FROM dossier WHERE number = $2)`, m.ID, m.Number).Scan(&same, &taken); err != nil {
		return err
	}
	if same > 0 {
		return record.ErrTwice
	}
	if taken > 0 {
		return record.ErrLost
	}
	return nil
}

// keepMail writes the sealed bytes of a new mail, and by what it is found and hidden.
func keepMail(ctx context.Context, tx *sql.Tx, d record.Delivery) error {
	f := d.File
	if _, err := tx.ExecContext(ctx, `INSERT INTO attachment (id, dossier, linked, name, type, size, sha256, at, actor, mac)
		VALUES ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9)`, f.ID, f.Dossier, f.Name, f.Type, f.Size, f.SHA256, micros(f.At), string(f.Actor), f.Mac); err != nil {
		return err
	}
	for n, sealed := range d.Chunks {
		if _, err := tx.ExecContext(ctx, `INSERT INTO chunk (attachment, n, sealed) VALUES ($1, $2, $3)`, f.ID, n, sealed); err != nil {
			return err
		}
	}
	for _, hash := range d.Alike {
		if _, err := tx.ExecContext(ctx, `INSERT INTO incoming_alike (incoming, hash) VALUES ($1, $2) ON CONFLICT (incoming, hash) DO NOTHING`, d.Mail.ID, hash); err != nil {
			return err
		}
	}
	for _, token := range d.Mail.Barred {
		if _, err := tx.ExecContext(ctx, `INSERT INTO incoming_barred (incoming, token) VALUES ($1, $2) ON CONFLICT (incoming, token) DO NOTHING`, d.Mail.ID, token); err != nil {
			return err
		}
	}
	return nil
}

// seeMail notes where in a mailbox a mail lies. Taken in again from there, nothing
// changes.
func seeMail(ctx context.Context, tx *sql.Tx, p record.MailPlace, id string) error {
	if p.Mailbox == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO incoming_seen (mailbox, uidvalidity, uid, incoming) VALUES ($1, $2, $3, $4)
		ON CONFLICT (mailbox, uidvalidity, uid) DO NOTHING`, p.Mailbox, int64(p.UIDValidity), int64(p.UID), id)
	return err
}

// Twin gives the oldest mail that carries one of these keyed hashes, or "".
func (s *Store) Twin(ctx context.Context, hashes [][]byte) (string, error) {
	if len(hashes) == 0 {
		return "", nil
	}
	var a args
	var places []string
	for _, hash := range hashes {
		places = append(places, a.put(hash))
	}
	var id string
	q := `SELECT m.id FROM incoming m JOIN incoming_alike h ON h.incoming = m.id WHERE h.hash IN (` + strings.Join(places, ", ") + `) ORDER BY m.received_at, m.id LIMIT 1`
	err := s.read.QueryRowContext(ctx, q, a...).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, translate(err)
}

// Incoming gives one mail in sight with who is barred from it; complaint.ErrNotFound
// when it does not exist or may not be seen: the same answer.
func (s *Store) Incoming(ctx context.Context, id string, sight complaint.MailSight) (record.Incoming, error) {
	var a args
	q := "SELECT " + incomingColumns + " FROM incoming m WHERE m.id = " + a.put(id) + " AND " + whereMail(sight, &a)
	m, err := one(scanIncoming(s.read.QueryRowContext(ctx, q, a...)))
	if err != nil {
		return m, err
	}
	m.Barred, err = s.barredFromMail(ctx, id)
	return m, err
}

// IncomingNumbered gives the form of the counter that was told a number, as long as it is no
// dossier. It is for who sent it: whom it is hidden from knows no code.
func (s *Store) IncomingNumbered(ctx context.Context, number string) (record.Incoming, error) {
	q := "SELECT " + incomingColumns + " FROM incoming m WHERE m.number = $1 AND m.number <> '' AND m.dossier = ''"
	i, err := one(scanIncoming(s.read.QueryRowContext(ctx, q, number)))
	if err != nil {
		return i, err
	}
	i.Barred, err = s.barredFromMail(ctx, i.ID)
	return i, err
}

func (s *Store) barredFromMail(ctx context.Context, id string) ([][]byte, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT token FROM incoming_barred WHERE incoming = $1 ORDER BY token`, id)
	return collect(rows, err, func(r *sql.Rows) (token []byte, err error) { return token, r.Scan(&token) })
}

// mailRows is how many mails stand on one page.
const mailRows = 50

// Incomings gives a page of the mails in sight: those that wait, the oldest first, from
// the one after a moment and id on; or, with closedFrom, those that were settled on that
// day or later, the newest first. more says that there are others.
func (s *Store) Incomings(ctx context.Context, sight complaint.MailSight, closedFrom calendar.Date, after string) (list []record.Incoming, more bool, err error) {
	var a args
	cond, order := "m.state = 'waiting'", "m.received_at, m.id"
	if !closedFrom.IsZero() {
		cond, order = "m.closed_on >= "+a.put(closedFrom.String()), "m.closed_on DESC, m.id DESC"
	} else if after != "" {
		cond += " AND (m.received_at, m.id) > (SELECT p.received_at, p.id FROM incoming p WHERE p.id = " + a.put(after) + ")"
	}
	q := "SELECT " + incomingColumns + " FROM incoming m WHERE " + cond + " AND " + whereMail(sight, &a) + " ORDER BY " + order + " LIMIT " + a.put(mailRows+1)
	rows, err := s.read.QueryContext(ctx, q, a...)
	list, err = collect(rows, err, func(r *sql.Rows) (record.Incoming, error) { return scanIncoming(r) })
	if len(list) > mailRows {
		list, more = list[:mailRows], true
	}
	return list, more, err
}

// CountIncoming counts the mails in sight that wait, and says since when the oldest does.
func (s *Store) CountIncoming(ctx context.Context, sight complaint.MailSight) (n record.IncomingCounts, err error) {
	var a args
	var oldest int64
	err = s.read.QueryRowContext(ctx, countIncomingSQL(sight, &a), a...).Scan(&n.Waiting, &oldest)
	n.Oldest = instant(oldest)
	return n, translate(err)
}

func countIncomingSQL(sight complaint.MailSight, a *args) string {
	return "SELECT count(*), coalesce(min(m.received_at), 0) FROM incoming m WHERE m.state = 'waiting' AND " + whereMail(sight, a)
}

// OrphansWait reports whether a mail waits that names everybody who takes complaints in and
// does not bar this person; with instead, one that bars that other person.
func (s *Store) OrphansWait(ctx context.Context, hidden, instead []byte) (waits bool, err error) {
	var a args
	barred := func(token []byte) string {
		t := a.put(token)
		return `(EXISTS (SELECT 1 FROM incoming_barred b WHERE b.incoming = m.id AND b.token = ` + t + `)
			OR EXISTS (SELECT 1 FROM barred b WHERE b.dossier = m.about AND b.token = ` + t + `))`
	}
	q := `SELECT EXISTS (SELECT 1 FROM incoming m WHERE m.state = 'waiting' AND m.orphan = 1 AND NOT ` + barred(hidden)
	if instead != nil {
		q += " AND " + barred(instead)
	}
	err = s.read.QueryRowContext(ctx, q+")", a...).Scan(&waits)
	return waits, translate(err)
}

// TookIn reports whether a complaint is open that this person took in.
func (s *Store) TookIn(ctx context.Context, staff complaint.Actor) (took bool, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM dossier WHERE received_by = $1 AND closed_on = '')`, string(staff)).Scan(&took)
	return took, translate(err)
}

// Settling gives the ids of mails of a kind that wait, the oldest first.
func (s *Store) Settling(ctx context.Context, kind string) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id FROM incoming m WHERE m.state = 'waiting' AND m.kind = $1 ORDER BY received_at, id LIMIT 100`, kind)
	return collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

// WriteIncoming writes what one task decided about a mail that belongs to no dossier.
func (s *Store) WriteIncoming(ctx context.Context, c record.IncomingChange) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return writeIncoming(ctx, tx, c) })
}

// writeIncoming writes what one task decided about a mail; refused when somebody else
// settled it meanwhile.
func writeIncoming(ctx context.Context, tx *sql.Tx, c record.IncomingChange) error {
	m := c.Mail
	done, err := tx.ExecContext(ctx, `UPDATE incoming SET version=$1, state=$2, reason=$3, closed_on=$4, dossier=$5, raw=$6, content_key=$7, identity_key=$8,
		sealed=$9, mac=$10 WHERE id=$11 AND version=$12`, m.Version, string(m.State), m.Reason, m.ClosedOn.String(), m.Dossier, m.Raw,
		keep(m.Keys.Content), keep(m.Keys.Identity), keep(m.Sealed), m.Mac, m.ID, c.Seen)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(&complaint.Error{Kind: complaint.Stale, Key: "refused.mail_settled"}, err)
	}
	for _, n := range c.Notices {
		if err := insertNotice(ctx, tx, n); err != nil {
			return err
		}
	}
	if c.Drop != "" {
		if _, err := tx.ExecContext(ctx, `DELETE FROM attachment WHERE id = $1 AND linked = 0`, c.Drop); err != nil {
			return err
		}
	}
	return writeLog(ctx, tx, c.Log)
}

// keep makes an empty value of none: the columns hold no NULL.
func keep(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// SweepIncoming takes the content, the bytes and the keys of mails that were settled as
// no complaint before a day. That there was a mail stays, to be counted and so that the
// same bytes are not taken in again. It gives their number.
func (s *Store) SweepIncoming(ctx context.Context, before calendar.Date, sign func(record.Incoming) ([]byte, error)) (n int64, err error) {
	rows, err := s.read.QueryContext(ctx, "SELECT "+incomingColumns+` FROM incoming m WHERE m.state = 'no_complaint' AND m.raw <> '' AND m.closed_on < $1 LIMIT 500`, before.String())
	old, err := collect(rows, err, func(r *sql.Rows) (record.Incoming, error) { return scanIncoming(r) })
	if err != nil {
		return 0, err
	}
	for _, m := range old {
		raw, seen := m.Raw, m.Version
		if m.Barred, err = s.barredFromMail(ctx, m.ID); err != nil {
			return n, err
		}
		m.Raw, m.Keys, m.Sealed, m.Version = "", record.Keys{}, nil, m.Version+1
		if m.Mac, err = sign(m); err != nil {
			return n, err
		}
		if err := s.WriteIncoming(ctx, record.IncomingChange{Mail: m, Seen: seen, Drop: raw}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// AuditIncoming gives every mail with who sees nothing of it, for gehoor verify.
func (s *Store) AuditIncoming(ctx context.Context) ([]record.Incoming, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT "+incomingColumns+" FROM incoming m ORDER BY m.received_at, m.id")
	list, err := collect(rows, err, func(r *sql.Rows) (record.Incoming, error) { return scanIncoming(r) })
	for i := range list {
		if list[i].Barred, err = s.barredFromMail(ctx, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, err
}
