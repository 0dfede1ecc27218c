package house_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/pgtest"
	"gehoor/internal/record"
	"gehoor/internal/store"
	"gehoor/internal/vault"
)

// TestKeyComesBackFromItsSheet loses a key file and types it back.
func TestKeyComesBackFromItsSheet(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		c := h.Config
		for _, language := range []string{"nl", "en"} {
			sheet, err := house.Sheet(c, language, "test")
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(sheet, "⟦") || !strings.Contains(sheet, h.Vault.Fingerprint()) || len(strings.Split(sheet, "\n")) > 60 {
				t.Errorf("not a sheet for one page:\n%s", sheet)
			}
			for line := range strings.Lines(sheet) {
				if len([]rune(line)) > 80 && !strings.Contains(line, h.Home) {
					t.Errorf("too long for A4: %s", line)
				}
			}
			typed, err := vault.ReadSheet(sheet)
			if err != nil {
				t.Fatal(err)
			}
			c.KeyFile = filepath.Join(t.TempDir(), "key", "gehoor.key")
			if known, err := house.KeepKey(t.Context(), c, typed); err != nil || !known {
				t.Errorf("%v %v", known, err)
			}
			if _, err := house.KeepKey(t.Context(), c, typed); err == nil || !strings.Contains(err.Error(), "never overwritten") {
				t.Errorf("a key file was overwritten: %v", err)
			}
			c.KeyFile = filepath.Join(h.Home, "key", "gehoor.key")
		}
		other := housetest.Open(t, house.Config{})
		c.KeyFile = filepath.Join(t.TempDir(), "key", "gehoor.key")
		if _, err := house.KeepKey(t.Context(), c, other.Vault); !errors.Is(err, record.ErrOtherKey) {
			t.Errorf("the key of another register: %v", err)
		}
		if _, err := os.Stat(filepath.Dir(c.KeyFile)); err == nil {
			t.Error("something was written for a key that was refused")
		}
	})
}

// TestNewKeyOnlyForAnEmptyRegister makes the key of a PostgreSQL register, once.
func TestNewKeyOnlyForAnEmptyRegister(t *testing.T) {
	c := house.Config{Home: t.TempDir(), Database: pgtest.DSN(t)}
	if known, err := house.KeepKey(t.Context(), house.Config{Home: t.TempDir(), Database: c.Database}, housetest.Open(t, house.Config{}).Vault); known || err != nil {
		t.Errorf("an empty database knows a key: %v %v", known, err)
	}
	fingerprint, err := house.NewKey(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := c.Key(); err != nil || v.Fingerprint() != fingerprint {
		t.Errorf("%v", err)
	}
	if _, err := house.NewKey(t.Context(), c); err == nil || !strings.Contains(err.Error(), "never overwritten") {
		t.Errorf("a second key at the same place: %v", err)
	}
	elsewhere := house.Config{Home: t.TempDir(), Database: c.Database}
	if _, err := house.NewKey(t.Context(), elsewhere); err == nil || !strings.Contains(err.Error(), "No new key is made over existing data") {
		t.Errorf("a second key for the same register: %v", err)
	}
	if _, err := elsewhere.Key(); err == nil {
		t.Error("a key file was left behind")
	}
}

// TestWrongKeyTouchesNothing has a register of an older version: with a wrong or missing
// key file it stays of that version, with its own it is brought up to date.
func TestWrongKeyTouchesNothing(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		newest, err := store.Newest()
		if err != nil {
			t.Fatal(err)
		}
		source, driver := filepath.Join(h.Home, "register", "gehoor.db"), "sqlite"
		if h.Database != "" {
			source, driver = h.Database, "pgx"
		}
		db, err := sql.Open(driver, source)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.ExecContext(t.Context(), `DELETE FROM goose_db_version WHERE version_id = $1`, newest); err != nil {
			t.Fatal(err)
		}
		version := func() (v int64) {
			if err := db.QueryRowContext(t.Context(), `SELECT max(version_id) FROM goose_db_version`).Scan(&v); err != nil {
				t.Fatal(err)
			}
			return v
		}
		c, other := h.Config, housetest.Open(t, house.Config{})
		c.KeyFile = filepath.Join(other.Home, "key", "gehoor.key")
		if _, err := house.Open(t.Context(), c); !errors.Is(err, record.ErrOtherKey) || !strings.Contains(err.Error(), "was not touched") || version() == newest {
			t.Errorf("another key: %v, version %d", err, version())
		}
		c.KeyFile = filepath.Join(t.TempDir(), "gehoor.key")
		if _, err := house.Open(t.Context(), c); err == nil || !strings.Contains(err.Error(), "No new key is made over existing data") || version() == newest {
			t.Errorf("no key: %v, version %d", err, version())
		}
		if _, err := os.Stat(c.KeyFile); err == nil {
			t.Error("a key was made")
		}
		c.KeyFile = filepath.Join(h.Home, "key", "gehoor.key")
		// The tables of the newest version stand there already: that making them is tried
		// shows that it was the key that held it back.
		own, err := house.Open(t.Context(), c)
		if err == nil {
			err = own.Close()
		}
		if version() != newest && (err == nil || !strings.Contains(err.Error(), "prepare the register")) {
			t.Errorf("its own key: %v, version %d", err, version())
		}
	})
}
