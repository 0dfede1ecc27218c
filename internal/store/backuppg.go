package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrNotAllowed says that the role may not make the temporary database in which a
// backup is read back.
var ErrNotAllowed = errors.New("the role may not make databases")

// dump writes the register as an archive of pg_dump (custom format): one snapshot,
// while others write.
func dump(ctx context.Context, source, path string) error {
	pgDump, err := program(ctx, "pg_dump", source)
	if err != nil {
		return err
	}
	to, environment, err := libpq(source)
	if err != nil {
		return err
	}
	return pg(ctx, environment, pgDump, "--format=custom", "--no-owner", "--no-privileges", "--no-password", "--file="+path, "--dbname="+to)
}

// RestoreDump puts an archive of pg_dump into the empty database at source, whole or
// not at all.
func RestoreDump(ctx context.Context, source, path string) error {
	pgRestore, err := program(ctx, "pg_restore", source)
	if err != nil {
		return err
	}
	to, environment, err := libpq(source)
	if err != nil {
		return err
	}
	return pg(ctx, environment, pgRestore, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password", "--dbname="+to, path)
}

// ReadDump reads an archive from its first byte to its last and checks that every table
// of the register is in it. It says nothing of what stands in the tables.
func ReadDump(ctx context.Context, source, path string) error {
	pgRestore, err := program(ctx, "pg_restore", source)
	if err != nil {
		return err
	}
	if err := pg(ctx, nil, pgRestore, "--file="+os.DevNull, path); err != nil {
		return err
	}
	list, err := exec.CommandContext(ctx, pgRestore, "--list", path).Output()
	if err != nil {
		return fmt.Errorf("store: list the archive: %w", err)
	}
	for _, table := range []string{"meta", "dossier", "event", "register", "register_head", "identity", "letter", "attachment", "chunk", "goose_db_version"} {
		if !bytes.Contains(list, []byte(" "+table+" ")) {
			return fmt.Errorf("store: the archive has no table %s", table)
		}
	}
	return nil
}

// OpenDump restores an archive into a temporary database on the same server and opens
// it; drop closes and removes it. ErrNotAllowed when the role may make none.
func OpenDump(ctx context.Context, source, path string, mac Mac) (s *Store, drop func() error, err error) {
	name := "gehoor_check_" + strings.ToLower(rand.Text())
	err = execute(ctx, source, `CREATE DATABASE `+name+` TEMPLATE template0`)
	if refused := new(pgconn.PgError); errors.As(err, &refused) && refused.Code == "42501" {
		return nil, nil, ErrNotAllowed
	}
	if err != nil {
		return nil, nil, fmt.Errorf("store: make a temporary database to read the backup back: %w", err)
	}
	remove := func() error { // also when the person pressed Ctrl-C
		return execute(context.WithoutCancel(ctx), source, `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`)
	}
	temporary, err := inDatabase(source, name)
	if err == nil {
		if err = RestoreDump(ctx, temporary, path); err == nil {
			s, err = Look(ctx, temporary, mac)
		}
	}
	if err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	return s, func() error { return errors.Join(s.Close(), remove()) }, nil
}

// postgresIsEmpty reports whether the database has no tables of anybody.
func postgresIsEmpty(ctx context.Context, source string) (bool, error) {
	n, err := ask[int](ctx, source, `SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'`)
	return n == 0, err
}

// ask gives the one value of a question.
func ask[T any](ctx context.Context, source, query string) (value T, err error) {
	db, err := sql.Open("pgx", source)
	if err != nil {
		return value, fmt.Errorf("store: open the PostgreSQL database: %w", err)
	}
	if err := errors.Join(db.QueryRowContext(ctx, query).Scan(&value), db.Close()); err != nil {
		return value, fmt.Errorf("store: ask the PostgreSQL database: %w", err)
	}
	return value, nil
}

func execute(ctx context.Context, source, statement string) error {
	db, err := sql.Open("pgx", source)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}

// inDatabase gives the URL of another database on the same server.
func inDatabase(source, name string) (string, error) {
	u, err := url.Parse(source)
	if err != nil {
		return "", errors.New("store: the database URL cannot be read") // the error would show the password
	}
	q := u.Query()
	q.Del("dbname")
	q.Del("database")
	u.Path, u.RawQuery = "/"+name, q.Encode()
	return u.String(), nil
}

// libpqParameters are the options of a URL that PostgreSQL's own programs know; pgx
// takes more, and passes settings such as search_path on to the server.
var libpqParameters = []string{"host", "hostaddr", "port", "dbname", "user", "passfile", "service", "servicefile", "sslmode", "sslcert", "sslkey",
	"sslrootcert", "sslpassword", "sslcrl", "sslsni", "ssl_min_protocol_version", "ssl_max_protocol_version", "channel_binding",
	"connect_timeout", "application_name", "options", "target_session_attrs", "krbsrvname", "gssencmode"}

// libpq gives the URL as pg_dump and pg_restore take it, and the environment that goes
// with it: every user of the machine can see arguments, so a password is not one.
func libpq(source string) (string, []string, error) {
	u, err := url.Parse(source)
	if err != nil {
		return "", nil, errors.New("store: the database URL cannot be read")
	}
	q := u.Query()
	password := q.Get("password")
	if typed, ok := u.User.Password(); ok {
		password = typed
		u.User = url.User(u.User.Username())
	}
	for name := range q {
		if !slices.Contains(libpqParameters, name) {
			q.Del(name)
		}
	}
	// libpq reads a + as a plus sign.
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
	if password == "" {
		return u.String(), nil, nil
	}
	return u.String(), []string{"PGPASSWORD=" + password}, nil
}

// pg runs a program of PostgreSQL; its error is what it said.
func pg(ctx context.Context, environment []string, path string, args ...string) error {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), environment...)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("store: %s: %w: %s", path, errors.Join(err, ctx.Err()), strings.TrimSpace(said.String()))
	}
	return nil
}

// program finds a program of PostgreSQL that is not older than the server at source:
// an older one refuses. Of several the one nearest to the server is taken.
func program(ctx context.Context, name, source string) (string, error) {
	number, err := ask[string](ctx, source, `SHOW server_version_num`)
	if err != nil {
		return "", err
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return "", fmt.Errorf("store: the server has version %q: %w", number, err)
	}
	server, found, best, chosen := n/10000, []string{}, 0, ""
	for _, path := range candidates(name) {
		major := majorOf(ctx, path)
		if major == 0 {
			continue
		}
		found = append(found, fmt.Sprintf("%s (%d)", path, major))
		if major >= server && (best == 0 || major < best) {
			best, chosen = major, path
		}
	}
	if chosen != "" {
		return chosen, nil
	}
	have := "none is on this machine"
	if len(found) > 0 {
		have = "here are only " + strings.Join(found, ", ")
	}
	return "", fmt.Errorf("store: the server is PostgreSQL %d and needs a %s of that version or newer; %s. On Debian or Ubuntu: apt-get install postgresql-client-%d (or postgresql-client)",
		server, name, have, server)
}

// candidates are the places where a program of PostgreSQL stands: the path, where the
// server's own programs are, and Debian's folders per version.
func candidates(name string) []string {
	var paths []string
	if path, err := exec.LookPath(name); err == nil {
		paths = append(paths, path)
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		paths = append(paths, filepath.Join(strings.TrimSpace(string(out)), name))
	}
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	return append(paths, debian...)
}

// majorOf asks a program its version, as in "pg_dump (PostgreSQL) 16.4"; 0 when it does
// not say.
func majorOf(ctx context.Context, path string) int {
	out, err := exec.CommandContext(ctx, path, "--version").Output()
	if err != nil {
		return 0
	}
	_, version, _ := strings.Cut(string(out), ") ")
	digits := strings.IndexFunc(version, func(r rune) bool { return r < '0' || r > '9' })
	major, err := strconv.Atoi(version[:max(digits, 0)])
	if err != nil {
		return 0
	}
	return major
}
