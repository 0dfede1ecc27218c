package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/record"
)

// years is over how long the closed dossiers are spread.
const years = 10

// grower writes closed dossiers straight into the tables: through the tasks a million
// would take an hour. The rows are those of the schema. Each is modelled on a closed
// dossier of the furnished house, with its department, handler, channel and course, and
// its dates moved; it has keys of its own and a title sealed under them, a row of the
// register, two keyed hashes of a person and one event. Its macs are those of its model:
// "gehoor verify" would name every one.
type grower struct {
	house  *house.House
	models []record.Dossier
	seq    int64
	nth    map[int]int // numbers given out per year
}

// fullRow is what is written of one dossier.
type fullRow struct {
	dossier  []any
	received time.Time
	hashes   [2][]byte
	sealed   []byte
}

func newGrower(ctx context.Context, h *house.House) (*grower, error) {
	g := &grower{house: h, nth: map[int]int{}}
	var err error
	g.models, _, err = h.Store.List(ctx, complaint.Sight{All: true, Hidden: []byte{}}, record.Filter{Group: record.GroupClosed, Limit: 500})
	if err == nil && len(g.models) == 0 {
		err = errors.New("the furnished house has no closed dossier to model others on")
	}
	return g, err
}

// openDossiers takes letters in through the tasks and forwards them, spread over the
// last three weeks.
func openDossiers(ctx context.Context, h *house.House, n int) error {
	who, err := h.Person(ctx, house.DemoStaff[0].Name)
	if err != nil {
		return err
	}
	departments, err := h.Store.Departments(ctx)
	if err != nil {
		return err
	}
	for i := range n {
		number := phone()
		if i == 0 {
			number = knownPhone
		}
		got, err := takeIn(ctx, h, who, h.Office.Today().AddDays(-i%21), number)
		if err != nil {
			return err
		}
		d := departments[i%len(departments)]
		if d.Manager == "" {
			continue
		}
		if err := h.Office.Forward(ctx, who, formFor(got.Dossier), complaint.Forwarding{Department: d.ID, Handler: d.Manager}, false); err != nil {
			return err
		}
	}
	return nil
}

// grow adds closed dossiers, and says how far it is.
func (g *grower) grow(ctx context.Context, n int) (err error) {
	path := filepath.Join(g.house.Home, "register", "gehoor.db")
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=synchronous(OFF)&_pragma=cache_size(-400000)&_pragma=busy_timeout(5000)&_txlock=immediate")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	if err := db.QueryRowContext(ctx, `SELECT seq FROM register_head`).Scan(&g.seq); err != nil {
		return err
	}
	days := make([]int, n) // how long ago each came in, the oldest first
	for i := range days {
		days[i] = -60 - mathrand.IntN(365*years)
	}
	slices.Sort(days)
	began, said := time.Now(), time.Now()
	const atOnce = 5000
	for done := 0; done < n; done += atOnce {
		if err := g.chunk(ctx, db, days[done:min(n, done+atOnce)]); err != nil {
			return err
		}
		if time.Since(said) > 10*time.Second {
			said = time.Now()
			fmt.Printf("  … %d of %d closed dossiers written in %v\n", done+atOnce, n, time.Since(began).Round(time.Second))
		}
	}
	_, err = db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}

// chunk writes some dossiers in one transaction. Their keys and titles are sealed in
// another goroutine.
func (g *grower) chunk(ctx context.Context, db *sql.DB, days []int) error {
	rows, fault := make(chan fullRow, 256), make(chan error, 1)
	go func() {
		defer close(rows)
		for _, ago := range days {
			row, err := g.row(ago)
			if err != nil {
				fault <- err
				return
			}
			rows <- row
		}
	}()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := errors.Join(g.write(ctx, tx, rows), tx.Commit()); err != nil {
		return err
	}
	select {
	case err := <-fault:
		return err
	default:
		return nil
	}
}

func (g *grower) write(ctx context.Context, tx *sql.Tx, rows <-chan fullRow) error {
	var all [4]*sql.Stmt
	for i, q := range []string{
		`INSERT INTO dossier (version, number, phase, channel, department, handler, received_by, second_reader, received_on, filed_on, due_on, first_due_on,
			target_on, answered_on, closed_on, work_on, wake_on, id, state, title, content_key, identity_key, last_mac, mac)
			VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		`INSERT INTO register (seq, dossier, number, mac) VALUES (?,?,?,?)`,
		`INSERT INTO person_index (dossier, kind, hash) VALUES (?1,'phone',?2), (?1,'address',?3)`,
		`INSERT INTO event (dossier, version, kind, at, actor, open, sealed, mac) VALUES (?,1,'received',?,?,'{}',?,?)`,
	} {
		var err error
		if all[i], err = tx.PrepareContext(ctx, q); err != nil {
			return err
		}
	}
	for r := range rows {
		g.seq++
		d := r.dossier
		number, by, id, mac := d[1], d[6], d[17], d[23]
		for i, args := range [][]any{d, {g.seq, id, number, mac}, {id, r.hashes[0], r.hashes[1]}, {id, r.received.UnixMicro(), by, r.sealed, mac}} {
			if _, err := all[i].ExecContext(ctx, args...); err != nil {
				return err
			}
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE register_head SET seq = ?`, g.seq)
	return err
}

// row makes a closed dossier that came in so many days from today.
func (g *grower) row(ago int) (fullRow, error) {
	d := g.models[mathrand.IntN(len(g.models))]
	d.ID = record.NewID()
	move(&d.Dossier, g.house.Office.Today().AddDays(ago))
	year := d.ReceivedOn.Year()
	g.nth[year]++
	d.Number = fmt.Sprintf("%d-%06d", year, g.nth[year]*7919%1_000_000) // as if drawn: no order
	var err error
	if d.Keys.Content, err = g.house.Vault.NewKey("content key", d.ID); err != nil {
		return fullRow{}, err
	}
	if d.Keys.Identity, err = g.house.Vault.NewKey("identity key", d.ID); err != nil {
		return fullRow{}, err
	}
	title := fmt.Sprintf("Klacht over afspraak %d", mathrand.IntN(1_000_000))
	if d.Title, err = g.house.Vault.Seal(d.Keys.Content, record.TitleText, d.ID, "", []byte(title)); err != nil {
		return fullRow{}, err
	}
	state, err := json.Marshal(d.Dossier)
	if err != nil {
		return fullRow{}, err
	}
	received, err := time.ParseInLocation(time.DateOnly, d.ReceivedOn.String(), g.house.Zone)
	if err != nil {
		return fullRow{}, err
	}
	r := fullRow{received: received, hashes: [2][]byte{random(32), random(32)}, sealed: random(400)}
	for _, column := range d.Columns() {
		r.dossier = append(r.dossier, column)
	}
	r.dossier = append(r.dossier, d.ID, string(state), d.Title, d.Keys.Content, d.Keys.Identity, d.LastMac, d.Mac)
	return r, nil
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// move moves all dates of a dossier so that it came in on a day.
func move(d *complaint.Dossier, on calendar.Date) {
	by := d.ReceivedOn.DaysUntil(on)
	for _, date := range []*calendar.Date{&d.ReachedOn, &d.SentOn, &d.ConfirmedOn, &d.FiledOn, &d.OriginalDueOn, &d.DueOn, &d.TargetOn,
		&d.SignalOn, &d.ReleasedOn, &d.AnsweredOn, &d.ClosedOn, &d.LastMessageOn, &d.ReceivedOn} {
		if !date.IsZero() {
			*date = date.AddDays(by)
		}
	}
}
