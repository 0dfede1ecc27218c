// Package housetest gives tests a furnished house of their own.
package housetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gehoor/internal/house"
	"gehoor/internal/pgtest"
)

// TestDay is the day it is in the furnished house of tests: a Tuesday.
var TestDay = time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC)

var (
	furnished     sync.Once
	furnishedHome string
	furnishedErr  error
)

// New gives a furnished house on a temporary SQLite register of the test's own, with
// the clock set at TestDay. The furnishing is done once per test process and copied.
func New(t testing.TB) *house.House {
	t.Helper()
	furnished.Do(func() { furnishedHome, furnishedErr = furnishOnce() })
	if furnishedErr != nil {
		t.Fatal(furnishedErr)
	}
	home := t.TempDir()
	if err := os.CopyFS(home, os.DirFS(furnishedHome)); err != nil {
		t.Fatal(err)
	}
	return Open(t, house.Config{Home: home})
}

// Open opens a house for a test, with the clock set at TestDay.
func Open(t testing.TB, c house.Config) *house.House {
	t.Helper()
	if c.Clock == nil {
		c.Clock = &house.Clock{}
		c.Clock.Set(TestDay)
	}
	if c.Home == "" {
		c.Home = t.TempDir()
	}
	h, err := house.Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// Each runs a test on SQLite and on PostgreSQL, each time in a house that is furnished
// with people and no dossiers.
func Each(t *testing.T, test func(t *testing.T, h *house.House)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { test(t, staffed(t, "")) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, staffed(t, pgtest.DSN(t))) })
}

func staffed(t *testing.T, database string) *house.House {
	t.Helper()
	h := Open(t, house.Config{Database: database})
	if err := h.FurnishPeople(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// Empty gives a house on SQLite with people and no dossiers.
func Empty(t *testing.T) *house.House { return staffed(t, "") }

// furnishOnce furnishes a house in a temporary folder that lives as long as the test
// process; the operating system's temporary folder is swept by others.
func furnishOnce() (home string, err error) {
	if home, err = os.MkdirTemp("", "gehoor-furnished-"); err != nil {
		return "", err
	}
	ctx, clock := context.Background(), &house.Clock{}
	clock.Set(TestDay)
	h, err := house.Open(ctx, house.Config{Home: home, Clock: clock})
	if err != nil {
		return "", err
	}
	err = h.Furnish(ctx, nil)
	if err = errors.Join(err, h.Close()); err != nil {
		return "", err
	}
	// A closed SQLite register is one file: the copy needs no -wal.
	_, err = os.Stat(filepath.Join(home, "register", "gehoor.db"))
	return home, err
}
