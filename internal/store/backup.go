package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNoRegister says that there is no register at a place.
var ErrNoRegister = errors.New("there is no register")

// Look opens an existing register as it is: nothing is made and nothing migrated, so
// that a backup or a question changes nothing. ErrNoRegister when there is none.
func Look(ctx context.Context, source string, mac Mac) (*Store, error) {
	d := dialectOf(source)
	if d.name == sqliteDialect.name {
		if _, err := os.Stat(source); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("store: %w at %s", ErrNoRegister, source)
		}
	}
	write, read, err := d.open(source)
	if err != nil {
		return nil, fmt.Errorf("store: open the %s register: %w", d.name, err)
	}
	s := &Store{write: write, readDB: read, read: read, dialect: d, mac: mac}
	if err := s.exists(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// exists refuses a database without gehoor's tables.
func (s *Store) exists(ctx context.Context) error {
	q := `SELECT count(*) FROM sqlite_master WHERE name IN ('goose_db_version', 'meta')`
	if s.dialect.name == postgresDialect.name {
		q = `SELECT count(to_regclass('goose_db_version')) + count(to_regclass('meta'))`
	}
	var tables int
	if err := s.read.QueryRowContext(ctx, q).Scan(&tables); err != nil {
		return fmt.Errorf("store: look for the register: %w", err)
	}
	if tables < 2 {
		return fmt.Errorf("store: %w in this %s database", ErrNoRegister, s.dialect.name)
	}
	return nil
}

// Schema gives the version of the register's tables. Goose itself would make its table
// where it asks.
func (s *Store) Schema(ctx context.Context) (version int64, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`).Scan(&version)
	if err != nil {
		return 0, fmt.Errorf("store: read the register's version: %w", err)
	}
	return version, nil
}

// Newest gives the version of the tables that this program makes.
func Newest() (int64, error) {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		return 0, err
	}
	var version int64
	_, err = fmt.Sscanf(files[len(files)-1].Name(), "%d_", &version)
	return version, err
}

// KeyCheck gives the check value of the register's key file; nil when it has none yet.
func (s *Store) KeyCheck(ctx context.Context) ([]byte, error) {
	var check []byte
	err := s.read.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'key check'`).Scan(&check)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("store: read the check value of the key file: %w", err)
	}
	return check, nil
}

// IsEmpty reports whether nothing at all stands at source: no file, or a database
// without tables.
func IsEmpty(ctx context.Context, source string) (bool, error) {
	if dialectOf(source).name == postgresDialect.name {
		return postgresIsEmpty(ctx, source)
	}
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		if _, err := os.Lstat(source + end); !errors.Is(err, os.ErrNotExist) {
			return false, err
		}
	}
	return true, nil
}

// Backup copies the register at source into the new file path while others read and
// write it. The copy is the register at one moment.
func Backup(ctx context.Context, source, path string) error {
	if dialectOf(source).name == postgresDialect.name {
		return dump(ctx, source, path)
	}
	write, read, err := openSQLite(source)
	if err != nil {
		return fmt.Errorf("store: open the register: %w", err)
	}
	return errors.Join(copySQLite(ctx, read, path), read.Close(), write.Close())
}

// backuper is what the driver's connection offers for the online backup.
type backuper interface {
	NewBackup(to string) (*sqlite.Backup, error)
}

// copySQLite copies with SQLite's online backup in one step: a step holds one read
// transaction, so writers go on and are not in the copy. In more steps every write in
// between would begin the copy anew.
func copySQLite(ctx context.Context, from *sql.DB, path string) error {
	conn, err := from.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: open the register: %w", err)
	}
	err = conn.Raw(func(driver any) error {
		b, err := driver.(backuper).NewBackup("file:" + (&url.URL{Path: path}).EscapedPath())
		if err != nil {
			return err
		}
		return errors.Join(wholeStep(ctx, b), b.Finish())
	})
	if err = errors.Join(err, conn.Close()); err != nil {
		return fmt.Errorf("store: copy the register to %s (is there room on that disk?): %w", path, err)
	}
	return nil
}

// wholeStep copies all pages. The busy timeout of a connection does not hold for every
// lock that a backup meets, so it waits here too.
func wholeStep(ctx context.Context, b *sqlite.Backup) error {
	for try := 0; ; try++ {
		more, err := b.Step(-1)
		var s *sqlite.Error
		busy := errors.As(err, &s) && (s.Code()&0xff == sqlite3.SQLITE_BUSY || s.Code()&0xff == sqlite3.SQLITE_LOCKED)
		if !busy || try == 40 {
			if err == nil && more {
				err = errors.New("the copy is not whole")
			}
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(250 * time.Millisecond):
		}
	}
}

// OpenCopy opens a SQLite copy that nobody else has open. It is only read: not a byte
// of it changes, and no -wal or -shm comes beside it.
func OpenCopy(ctx context.Context, path string, mac Mac) (*Store, error) {
	q := url.Values{"mode": {"ro"}, "immutable": {"1"}, "_pragma": {"query_only(1)", "temp_store(MEMORY)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, fmt.Errorf("store: open the copy: %w", err)
	}
	db.SetMaxOpenConns(4)
	s := &Store{write: db, readDB: db, read: db, dialect: sqliteDialect, mac: mac}
	if err := s.intact(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := s.exists(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// intact has SQLite check every page of the file.
func (s *Store) intact(ctx context.Context) error {
	rows, err := s.read.QueryContext(ctx, `PRAGMA integrity_check(10)`)
	said, err := collect(rows, err, func(r *sql.Rows) (line string, err error) { return line, r.Scan(&line) })
	if err != nil {
		return fmt.Errorf("store: check the copy: %w", err)
	}
	if len(said) != 1 || said[0] != "ok" {
		return fmt.Errorf("store: the copy is damaged (integrity_check): %s", strings.Join(said, "; "))
	}
	return nil
}
