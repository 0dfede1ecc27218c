package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"time"

	"github.com/pressly/goose/v3"

	"gehoor/internal/calendar"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store is the register on disk.
type Store struct {
	write, readDB *sql.DB
	read          reader // readDB, or one transaction of it
	dialect       dialect
	mac           Mac
	shared        *sharer // SQLite: lets writes share a commit; nil: each has its own
}

// reader is what questions are asked of.
type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Still gives a view of the register at one moment: what others write meanwhile is not
// in it. It only reads.
func (s *Store) Still(ctx context.Context, look func(*Store) error) error {
	tx, err := s.readDB.BeginTx(ctx, &sql.TxOptions{Isolation: s.dialect.still, ReadOnly: true})
	if err != nil {
		return translate(err)
	}
	view := *s
	view.read = tx
	return errors.Join(look(&view), tx.Rollback())
}

// Mac authenticates a row of the chain; the vault gives it.
type Mac func(parts ...[]byte) []byte

// Open opens the register at source: the path of a SQLite file, or a postgres URL.
// It makes or migrates the tables, and refuses a database that is newer than this
// program.
func Open(ctx context.Context, source string, mac Mac) (*Store, error) {
	d := dialectOf(source)
	write, read, err := d.open(source)
	if err != nil {
		return nil, fmt.Errorf("store: open the %s register: %w", d.name, err)
	}
	s := &Store{write: write, readDB: read, read: read, dialect: d, mac: mac}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if d.shares {
		s.shared = newSharer(write)
	}
	return s, nil
}

func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	options, err := s.dialect.locking()
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	p, err := goose.NewProvider(s.dialect.goose, s.write, files, options...)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("store: read the register's version: %w", translate(err))
	}
	known := p.ListSources()
	if newest := known[len(known)-1].Version; have > newest {
		return fmt.Errorf("store: the register has version %d, this program knows %d: use the newer gehoor that wrote it", have, newest)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("store: prepare the register: %w", translate(err))
	}
	return nil
}

// Close closes the register. Writes that have begun end; those that wait are refused.
func (s *Store) Close() error {
	if s.shared != nil {
		s.shared.close()
	}
	err := s.write.Close()
	if s.readDB != s.write {
		err = errors.Join(err, s.readDB.Close())
	}
	return err
}

// Engine names the database for people.
func (s *Store) Engine() string { return s.dialect.name }

// writeTimeout bounds a write that nobody can cancel any more, and on SQLite the wait
// for its turn.
const writeTimeout = 30 * time.Second

// inTx runs fn in one transaction, whole or not at all. A request that was cancelled
// before does not start; once started, the statements carry no request's context, so
// that a closed browser cannot tear a task apart. When inTx gives nil, what fn wrote is
// on the disk.
//
// fn only runs SQL, on the tx and with the context that it is given: hashing, sealing
// and asking happen before. It gives back every error of a statement but a unique
// violation that it turns into another one. And it may be run twice, when the first
// time was undone (see sharer): what it sets outside itself it sets anew from its
// beginning.
func (s *Store) inTx(ctx context.Context, fn func(context.Context, *sql.Tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.shared != nil {
		return translate(s.shared.run(ctx, fn))
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return translate(err)
	}
	if err := fn(ctx, tx); err != nil {
		return translate(undo(tx, err))
	}
	return translate(tx.Commit())
}

// args collects the arguments of a query that is put together.
type args []any

// put adds a value and gives its placeholder.
func (a *args) put(v any) string {
	*a = append(*a, v)
	return "$" + strconv.Itoa(len(*a))
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// date reads a TEXT date that the program itself wrote.
func date(s string) (calendar.Date, error) { return calendar.Parse(s) }

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// collect reads all rows of a query.
func collect[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, translate(rows.Err())
}
