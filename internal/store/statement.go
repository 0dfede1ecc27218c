package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
)

// mostKept bounds the statements that one connection keeps prepared.
const mostKept = 96

// openKeeping opens a SQLite source whose connections keep their statements: parsing
// and planning one anew costs more than most of them take to run. database/sql offers
// that for statements made beforehand; most of gehoor's are put together.
func openKeeping(source string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", source)
	if err != nil {
		return nil, err
	}
	d := db.Driver()
	return sql.OpenDB(connector{d, source}), db.Close()
}

// connector makes connections that keep their statements.
type connector struct {
	driver driver.Driver
	source string
}

// Driver is SQLite's.
func (c connector) Driver() driver.Driver { return c.driver }

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.source)
	if err != nil {
		return nil, err
	}
	return &keeper{sqliteConn: conn.(sqliteConn), kept: map[string]*kept{}}, nil
}

// sqliteConn is what the driver's connection offers.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	backuper
}

// keeper is a connection that keeps its statements. database/sql lets one goroutine use
// a connection at a time.
type keeper struct {
	sqliteConn
	kept map[string]*kept
}

// kept is a prepared statement.
type kept struct {
	stmt sqliteStmt
	busy bool // its rows are still being read
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// statement gives the prepared statement of a query; nil when it is not to be kept.
func (k *keeper) statement(query string) (*kept, error) {
	if s := k.kept[query]; s != nil {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	verb, _, _ := strings.Cut(query, " ")
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE":
	default:
		return nil, nil
	}
	if len(k.kept) == mostKept {
		return nil, nil
	}
	stmt, err := k.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	s := &kept{stmt: stmt.(sqliteStmt)}
	k.kept[query] = s
	return s, nil
}

// ExecContext runs a statement.
func (k *keeper) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := k.statement(query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return k.sqliteConn.ExecContext(ctx, query, args)
	}
	return s.stmt.ExecContext(ctx, args)
}

// QueryContext asks a question. Until its rows are closed, the same question gets a
// statement of its own.
func (k *keeper) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := k.statement(query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return k.sqliteConn.QueryContext(ctx, query, args)
	}
	rows, err := s.stmt.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &keptRows{rows, s}, nil
}

type keptRows struct {
	driver.Rows
	of *kept
}

// Close makes the statement free.
func (r *keptRows) Close() error {
	err := r.Rows.Close()
	r.of.busy = false
	return err
}

// Close closes the connection and its statements.
func (k *keeper) Close() error {
	var all error
	for _, s := range k.kept {
		all = errors.Join(all, s.stmt.Close())
	}
	return errors.Join(all, k.sqliteConn.Close())
}
