package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/pgtest"
)

func TestLookChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gehoor.db")
	if _, err := Look(t.Context(), path, mac); !errors.Is(err, ErrNoRegister) {
		t.Errorf("no file: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("looking made a register")
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Look(t.Context(), path, mac); !errors.Is(err, ErrNoRegister) {
		t.Errorf("an empty file: %v", err)
	}
	dsn := pgtest.DSN(t)
	if _, err := Look(t.Context(), dsn, mac); !errors.Is(err, ErrNoRegister) {
		t.Errorf("an empty database: %v", err)
	}
	if empty, err := IsEmpty(t.Context(), dsn); err != nil || !empty {
		t.Errorf("it is not empty any more: %v", err)
	}
}

func TestLookKnowsTheSchemaAndTheKey(t *testing.T) {
	newest, err := Newest()
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, s *Store) {
		if version, err := s.Schema(t.Context()); err != nil || version != newest {
			t.Errorf("version %d, want %d: %v", version, newest, err)
		}
		if check, err := s.KeyCheck(t.Context()); err != nil || string(check) != "one" {
			t.Errorf("%q %v", check, err)
		}
	})
}

// TestCopyOfARegisterInUse copies while the writer has an open transaction, and reads
// the copy without changing a byte of it.
func TestCopyOfARegisterInUse(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "gehoor.db"), filepath.Join(dir, "a copy?.db")
	s, err := Open(t.Context(), from, mac)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Recognise(t.Context(), []byte("check")); err != nil {
		t.Fatal(err)
	}
	tx, err := s.write.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(t.Context(), `UPDATE meta SET value = x'00'`); err != nil {
		t.Fatal(err)
	}
	if err := Backup(t.Context(), from, to); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	copied, err := OpenCopy(t.Context(), to, mac)
	if err != nil {
		t.Fatal(err)
	}
	if check, err := copied.KeyCheck(t.Context()); err != nil || string(check) != "check" {
		t.Errorf("the copy holds what was not committed: %q %v", check, err)
	}
	if _, err := copied.write.ExecContext(t.Context(), `UPDATE meta SET value = x'00'`); err == nil {
		t.Error("the copy can be written")
	}
	if err := copied.Close(); err != nil {
		t.Fatal(err)
	}
	after, _ := os.ReadFile(to)
	if files, _ := filepath.Glob(to + "-*"); !bytes.Equal(before, after) || len(files) > 0 {
		t.Errorf("reading changed the copy, or left %v", files)
	}
}

func TestDamagedCopiesAreNamed(t *testing.T) {
	from := filepath.Join(t.TempDir(), "gehoor.db")
	s, err := Open(t.Context(), from, mac)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	page := bytes.Clone(good)
	copy(page[2*4096:], bytes.Repeat([]byte{0xff}, 4096))
	for name, body := range map[string][]byte{"a page": page, "cut short": good[:len(good)/2], "no database": []byte(strings.Repeat("x", 8192))} {
		path := filepath.Join(t.TempDir(), "copy.db")
		if err := os.WriteFile(path, body, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenCopy(t.Context(), path, mac); err == nil {
			t.Errorf("%s: nothing was found", name)
		}
	}
}

func TestPasswordsAreNoArguments(t *testing.T) {
	for source, want := range map[string]struct {
		to          string
		environment []string
	}{
		"postgres://g:a%20b%2Bc@host:5433/db?sslmode=require":          {"postgres://g@host:5433/db?sslmode=require", []string{"PGPASSWORD=a b+c"}},
		"postgres://g@host/db?password=x&search_path=s&pool_max=3":     {"postgres://g@host/db", []string{"PGPASSWORD=x"}},
		"postgres:///db?host=%2Frun%2Fpg&application_name=a+b":         {"postgres:///db?application_name=a%20b&host=%2Frun%2Fpg", nil},
		"postgresql://host/db?default_query_exec_mode=simple_protocol": {"postgresql://host/db", nil},
	} {
		to, environment, err := libpq(source)
		if err != nil || to != want.to || !slices.Equal(environment, want.environment) {
			t.Errorf("%s: %s %v %v", source, to, environment, err)
		}
	}
	if _, _, err := libpq("postgres://g:secret@host:port/db"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a URL that cannot be read: %v", err)
	}
}

func TestMissingProgramNamesTheRemedy(t *testing.T) {
	dsn := pgtest.DSN(t)
	if _, err := program(t.Context(), "pg_nothing", dsn); err == nil || !strings.Contains(err.Error(), "apt-get install postgresql-client-") {
		t.Errorf("%v", err)
	}
	for _, name := range []string{"pg_dump", "pg_restore"} {
		if path, err := program(t.Context(), name, dsn); err != nil || majorOf(t.Context(), path) == 0 {
			t.Errorf("%s: %q %v", name, path, err)
		}
	}
}
