package store

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"gehoor/internal/complaint"
)

// dialect is all in which the two databases differ.
type dialect struct {
	name  string
	goose goose.Dialect
	still sql.IsolationLevel // of a transaction that sees one moment
	// open gives one handle to write with and one to read with; they may be the same.
	open func(source string) (write, read *sql.DB, err error)
	// shares says that writes share commits. PostgreSQL does that by itself.
	shares bool
}

var sqliteDialect = dialect{name: "SQLite", goose: goose.DialectSQLite3, open: openSQLite, shares: true}
var postgresDialect = dialect{name: "PostgreSQL", goose: goose.DialectPostgres, open: openPostgres, still: sql.LevelRepeatableRead}

// dialectOf chooses by the source: a postgres URL, or else the path of a file.
func dialectOf(source string) dialect {
	if strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://") {
		return postgresDialect
	}
	return sqliteDialect
}

// locking makes processes that start on one empty PostgreSQL wait for one another. On
// SQLite the write transaction does.
func (d dialect) locking() ([]goose.ProviderOption, error) {
	if d.goose != goose.DialectPostgres {
		return nil, nil
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120)) // every second, for two minutes
	return []goose.ProviderOption{goose.WithSessionLocker(locker)}, err
}

// openSQLite opens a file with one writer and several readers. Every commit is
// durable (synchronous=FULL), and deleted bytes are overwritten (secure_delete).
func openSQLite(path string) (write, read *sql.DB, err error) {
	q := url.Values{"_pragma": {
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"secure_delete(1)", "temp_store(MEMORY)",
	}}
	reading := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
	write, err = openKeeping(reading + "&_txlock=immediate")
	if err != nil {
		return nil, nil, err
	}
	write.SetMaxOpenConns(1)
	if err := private(path, write); err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	read, err = openKeeping(reading)
	if err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(4)
	read.SetMaxIdleConns(4) // opening one anew costs more than most questions
	return write, read, nil
}

// private makes the file readable by its owner alone; what SQLite writes beside it
// takes the same mode.
func private(path string, db *sql.DB) error {
	if err := db.Ping(); err != nil {
		return translate(err)
	}
	return os.Chmod(path, 0o600)
}

func openPostgres(source string) (write, read *sql.DB, err error) {
	db, err := sql.Open("pgx", source)
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(8)
	return db, db, nil
}

// isUnique reports whether err says that a unique value stands there already.
func isUnique(err error) bool {
	var s *sqlite.Error
	if errors.As(err, &s) {
		return s.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || s.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	var p *pgconn.PgError
	return errors.As(err, &p) && p.Code == "23505"
}

// translate gives an error that a person may see when the database cannot answer now.
func translate(err error) error {
	if err == nil {
		return nil
	}
	key := ""
	var s *sqlite.Error
	var p *pgconn.PgError
	switch {
	case errors.As(err, &s):
		switch s.Code() & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			key = "error.register_busy"
		case sqlite3.SQLITE_FULL:
			key = "error.register_full"
		case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
			key = "error.unavailable"
		}
	case errors.As(err, &p):
		switch p.Code {
		case "40001", "40P01", "55P03": // serialization failure, deadlock, lock not available
			key = "error.register_busy"
		case "53100": // disk full
			key = "error.register_full"
		case "22021": // text that is no UTF-8, as in an id made up by somebody: there is no such thing
			return complaint.ErrNotFound
		}
	}
	if key == "" {
		return err
	}
	return fmt.Errorf("%w (%w)", &complaint.Error{Kind: complaint.Unavailable, Key: key}, err)
}
