package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const dossierColumns = `d.id, d.state, d.title, d.code, d.content_key, d.identity_key, d.last_mac, d.mac`

func scanDossier(row interface{ Scan(...any) error }) (record.Dossier, error) {
	var d record.Dossier
	var state string
	if err := row.Scan(&d.ID, &state, &d.Title, &d.Code, &d.Keys.Content, &d.Keys.Identity, &d.LastMac, &d.Mac); err != nil {
		return d, err
	}
	id := d.ID
	if err := json.Unmarshal([]byte(state), &d.Dossier); err != nil {
		return d, fmt.Errorf("store: dossier %s: %w", id, err)
	}
	d.ID = id
	return d, nil
}

// Dossier gives one dossier that sight shows; complaint.ErrNotFound when it does not
// exist or may not be seen: the same answer.
func (s *Store) Dossier(ctx context.Context, id string, sight complaint.Sight) (record.Dossier, error) {
	var a args
	q := "SELECT " + dossierColumns + " FROM dossier d WHERE d.id = " + a.put(id) + " AND " + where(sight, &a)
	return one(scanDossier(s.read.QueryRowContext(ctx, q, a...)))
}

// one turns "no rows" into the answer for what does not exist.
func one[T any](v T, err error) (T, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return v, complaint.ErrNotFound
	}
	return v, translate(err)
}

// Course gives the events of a dossier in order. Whoever calls it has looked at the
// dossier with a Sight first.
func (s *Store) Course(ctx context.Context, id string) ([]record.Event, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT dossier, version, kind, at, actor, open, sealed, mac FROM event WHERE dossier = $1 ORDER BY version`, id)
	return collect(rows, err, scanEvent)
}

func scanEvent(rows *sql.Rows) (record.Event, error) {
	var e record.Event
	var at int64
	var open string
	err := rows.Scan(&e.Dossier, &e.Version, &e.Kind, &at, &e.Actor, &open, &e.Sealed, &e.Mac)
	e.At, e.Open = instant(at), []byte(open)
	return e, err
}

// Identity gives the latest identity of a dossier; ErrNotFound when there is none.
func (s *Store) Identity(ctx context.Context, id string) (record.IdentityRow, error) {
	row := s.read.QueryRowContext(ctx, `SELECT dossier, version, at, actor, sealed, mac FROM identity WHERE dossier = $1 ORDER BY version DESC LIMIT 1`, id)
	return one(scanIdentity(row))
}

func scanIdentity(row interface{ Scan(...any) error }) (record.IdentityRow, error) {
	var r record.IdentityRow
	var at int64
	err := row.Scan(&r.Dossier, &r.Version, &at, &r.Actor, &r.Sealed, &r.Mac)
	r.At = instant(at)
	return r, err
}

// Barred gives the keyed hashes of the people who see nothing of a dossier.
func (s *Store) Barred(ctx context.Context, id string) ([][]byte, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT token FROM barred WHERE dossier = $1 ORDER BY token`, id)
	return collect(rows, err, func(r *sql.Rows) (token []byte, err error) { return token, r.Scan(&token) })
}

// Alike gives the numbers of dossiers in sight that carry one of these keyed hashes:
// perhaps the same person.
func (s *Store) Alike(ctx context.Context, sight complaint.Sight, hashes [][]byte) ([]string, error) {
	if len(hashes) == 0 {
		return nil, nil
	}
	var a args
	in := ""
	for i, h := range hashes {
		if i > 0 {
			in += ", "
		}
		in += a.put(h)
	}
	q := "SELECT DISTINCT d.number FROM dossier d JOIN person_index p ON p.dossier = d.id WHERE p.hash IN (" + in + ") AND " + where(sight, &a) + " ORDER BY d.number LIMIT 20"
	rows, err := s.read.QueryContext(ctx, q, a...)
	return collect(rows, err, func(r *sql.Rows) (n string, err error) { return n, r.Scan(&n) })
}

// FoundBy gives the dossiers in sight that carry one of these keyed hashes, the newest
// first, each with the kinds of the hashes by which it was found.
func (s *Store) FoundBy(ctx context.Context, sight complaint.Sight, hashes [][]byte) ([]record.Found, error) {
	if len(hashes) == 0 {
		return nil, nil
	}
	var a args
	in := a.put(hashes[0])
	for _, h := range hashes[1:] {
		in += ", " + a.put(h)
	}
	q := "SELECT p.kind, " + dossierColumns + " FROM person_index p JOIN dossier d ON d.id = p.dossier WHERE p.hash IN (" + in + ") AND " +
		where(sight, &a) + " ORDER BY d.received_on DESC, d.id DESC, p.kind LIMIT 300"
	rows, err := s.read.QueryContext(ctx, q, a...)
	var found []record.Found
	_, err = collect(rows, err, func(r *sql.Rows) (struct{}, error) {
		var kind string
		d, err := scanDossier(scanFunc(func(to ...any) error { return r.Scan(append([]any{&kind}, to...)...) }))
		if err != nil {
			return struct{}{}, err
		}
		if n := len(found); n > 0 && found[n-1].Dossier.ID == d.ID {
			found[n-1].Kinds = append(found[n-1].Kinds, kind)
		} else {
			found = append(found, record.Found{Dossier: d, Kinds: []string{kind}})
		}
		return struct{}{}, nil
	})
	return found, err
}

// IndexVersion gives how the keyed index of people was made; 0 when nobody said.
func (s *Store) IndexVersion(ctx context.Context) (int, error) {
	var value []byte
	err := s.read.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'person index'`).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	n, atoiErr := strconv.Atoi(string(value))
	return n, errors.Join(translate(err), atoiErr)
}

// Reindex puts the keyed hashes of one dossier in the place of what it had.
func (s *Store) Reindex(ctx context.Context, dossier string, rows []record.IndexRow) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error { return writeIndex(ctx, tx, dossier, rows) })
}

// SetIndexVersion says how the whole index was made.
func (s *Store) SetIndexVersion(ctx context.Context, n int) error {
	return s.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ('person index', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
			[]byte(strconv.Itoa(n)))
		return err
	})
}

// Requested gives the dossier that a request key led to, or ErrNotFound.
func (s *Store) Requested(ctx context.Context, key string) (string, record.Request, error) {
	return requested(s.read.QueryRowContext(ctx, requestedSQL, key))
}

const requestedSQL = `SELECT dossier, actor, request, request_hash FROM event WHERE request = $1`

func requested(row *sql.Row) (dossier string, r record.Request, err error) {
	err = row.Scan(&dossier, &r.Actor, &r.Key, &r.Hash)
	_, err = one(0, err)
	return dossier, r, err
}

// NumberTaken reports whether a number is in use, or was told to somebody whose form waits
// for a person.
func (s *Store) NumberTaken(ctx context.Context, number string) (bool, error) {
	var n int
	err := s.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM dossier WHERE number = $1) + (SELECT count(*) FROM incoming WHERE number = $1)`, number).Scan(&n)
	return n > 0, translate(err)
}

// NumbersIn counts the dossiers received in a year.
func (s *Store) NumbersIn(ctx context.Context, year int) (int, error) {
	var n int
	err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM dossier WHERE received_on >= $1 AND received_on < $2`, yearStart(year), yearStart(year+1)).Scan(&n)
	return n, translate(err)
}
