package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/pgtest"
	"gehoor/internal/record"
)

func mac(parts ...[]byte) []byte {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write(p)
	}
	return h.Sum(nil)
}

// each runs a test on both databases. On SQLite once more with every write run twice, as
// happens when a shared commit fails: what it sets outside itself must survive that.
func each(t *testing.T, test func(t *testing.T, s *Store)) {
	open := func(t *testing.T, source string) *Store {
		s, err := Open(t.Context(), source, mac)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		if _, err := s.Recognise(t.Context(), []byte("one")); err != nil {
			t.Fatal(err)
		}
		return s
	}
	t.Run("SQLite", func(t *testing.T) { test(t, open(t, filepath.Join(t.TempDir(), "gehoor.db"))) })
	t.Run("SQLite, run twice", func(t *testing.T) {
		s := open(t, filepath.Join(t.TempDir(), "gehoor.db"))
		s.shared.rehearse = true
		test(t, s)
	})
	t.Run("PostgreSQL", func(t *testing.T) { test(t, open(t, pgtest.DSN(t))) })
}

// filed is a new dossier with one event.
func filed(id, number, key string) record.Change {
	d := record.Dossier{Dossier: complaint.Dossier{ID: id, Number: number, Version: 1, State: complaint.IsFiled, Handler: "hedwig",
		ReceivedOn: calendar.MustParse("2026-11-03"), FiledOn: calendar.MustParse("2026-11-03"), DueOn: calendar.MustParse("2026-11-17"),
		OriginalDueOn: calendar.MustParse("2026-11-17"), TargetOn: calendar.MustParse("2026-11-17"), SignalOn: calendar.MustParse("2026-11-12")},
		Title: []byte("t"), LastMac: []byte("m"), Mac: []byte("m"), Keys: record.Keys{Content: []byte("c"), Identity: []byte("i")}}
	return record.Change{New: true, Dossier: d, Request: record.Request{Key: key, Actor: "jorien", Hash: []byte(key)},
		Events: []record.Event{{Dossier: id, Version: 1, Kind: complaint.Received, At: time.UnixMicro(1_793_000_000_123_456), Actor: "jorien", Open: []byte(`{}`), Mac: []byte("m")}}}
}

func TestWriteIsWholeOrNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		c := filed("a", "2026-001", "")
		c.Links = []string{"no such file"}
		if err := s.Write(t.Context(), c); !complaint.IsKind(err, complaint.NotFound) {
			t.Fatalf("linking a file that is not there: %v", err)
		}
		if ids, err := s.AuditIDs(t.Context()); err != nil || len(ids) != 0 {
			t.Errorf("half of it stands there: %v %v", ids, err)
		}
		if err := s.Write(t.Context(), filed("a", "2026-001", "")); err != nil {
			t.Fatal(err)
		}
		got, err := s.Course(t.Context(), "a")
		if err != nil || len(got) != 1 || got[0].At.UnixMicro() != 1_793_000_000_123_456 {
			t.Errorf("%+v %v", got, err)
		}
	})
}

func TestRequestKeys(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		if err := s.Write(t.Context(), filed("a", "2026-001", "key")); err != nil {
			t.Fatal(err)
		}
		var again *record.Repeated
		if err := s.Write(t.Context(), filed("b", "2026-002", "key")); !errors.As(err, &again) || again.Dossier != "a" {
			t.Errorf("the same request: %v", err)
		}
		other := filed("b", "2026-002", "key")
		other.Request.Hash = []byte("other")
		if err := s.Write(t.Context(), other); !complaint.IsKind(err, complaint.UsedKey) {
			t.Errorf("the same key, other content: %v", err)
		}
	})
}

func TestLostRaces(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		if err := s.Write(t.Context(), filed("a", "2026-001", "")); err != nil {
			t.Fatal(err)
		}
		if err := s.Write(t.Context(), filed("b", "2026-001", "")); !errors.Is(err, record.ErrLost) {
			t.Errorf("a taken number: %v", err)
		}
		next := filed("a", "2026-001", "")
		next.New, next.Seen, next.Dossier.Version, next.Events[0].Version = false, 0, 2, 2
		if err := s.Write(t.Context(), next); !errors.Is(err, record.ErrLost) {
			t.Errorf("a version that moved on: %v", err)
		}
		next.Seen, next.Reminded = 1, &record.Reminder{Occasion: complaint.TargetNear, ForDate: "2026-11-17"}
		if err := s.Write(t.Context(), next); err != nil {
			t.Fatal(err)
		}
		next.Seen, next.Dossier.Version, next.Events[0].Version = 2, 3, 3
		if err := s.Write(t.Context(), next); !errors.Is(err, record.ErrLost) {
			t.Errorf("a signal given before: %v", err)
		}
		if done, err := s.WasReminded(t.Context(), "a", complaint.TargetNear, calendar.MustParse("2026-11-17")); !done || err != nil {
			t.Errorf("reminded %v %v", done, err)
		}
	})
}

func TestNewerRegisterIsRefused(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		if _, err := s.write.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, `+truth(s)+`)`); err != nil {
			t.Fatal(err)
		}
		if err := s.migrate(t.Context()); err == nil || !strings.Contains(err.Error(), "use the newer gehoor that wrote it") {
			t.Errorf("%v", err)
		}
	})
}

func truth(s *Store) string {
	if s.dialect.name == postgresDialect.name {
		return "true"
	}
	return "1"
}

func TestAnotherKeyIsRefused(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		for i, c := range []struct {
			check string
			first bool
			err   error
		}{{"one", false, nil}, {"two", false, record.ErrOtherKey}} {
			first, err := s.Recognise(t.Context(), []byte(c.check))
			if first != c.first || !errors.Is(err, c.err) {
				t.Errorf("%d: %v %v", i, first, err)
			}
		}
	})
}

func TestFullAndLockedRegistersSaySo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gehoor.db")
	s, err := Open(t.Context(), path, mac)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Recognise(t.Context(), []byte("one")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.ExecContext(t.Context(), `PRAGMA max_page_count = 1`); err != nil { // SQLite keeps what is in use
		t.Fatal(err)
	}
	big := filed("a", "2026-001", "")
	big.Dossier.Title = make([]byte, 1<<20)
	if err := s.Write(t.Context(), big); !complaint.IsKind(err, complaint.Unavailable) {
		t.Errorf("a full disk: %v", err)
	}
	if _, err := s.write.ExecContext(t.Context(), `PRAGMA max_page_count = 1000000`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.ExecContext(t.Context(), `PRAGMA busy_timeout = 10`); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	if _, err := other.Exec(`BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.Context(), filed("a", "2026-001", "")); !complaint.IsKind(err, complaint.Unavailable) {
		t.Errorf("a locked register: %v", err)
	}
	if _, err := other.Exec(`ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.Context(), filed("a", "2026-001", "")); err != nil {
		t.Errorf("afterwards it goes on: %v", err)
	}
}

func TestCancelledBeforeWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Write(ctx, filed("a", "2026-001", "")); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		if ids, err := s.AuditIDs(t.Context()); err != nil || len(ids) != 0 {
			t.Errorf("%v %v", ids, err)
		}
	})
}

func TestFilesAreSwept(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		now := time.Now()
		for _, f := range []record.Attachment{{ID: "old", Dossier: "a", Name: []byte("n"), At: now.Add(-48 * time.Hour)}, {ID: "new", Dossier: "a", Name: []byte("n"), At: now}} {
			if err := s.Chunk(t.Context(), f, 0, []byte("sealed")); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := s.Sweep(t.Context(), now.Add(-24*time.Hour)); n != 1 || err != nil {
			t.Errorf("swept %d: %v", n, err)
		}
		if _, err := s.Unlinked(t.Context(), "new", "a"); err != nil {
			t.Errorf("the new one: %v", err)
		}
	})
}

// TestManyProcessesStartTogether opens one empty PostgreSQL from several processes at once.
func TestManyProcessesStartTogether(t *testing.T) {
	source := pgtest.DSN(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			s, err := Open(t.Context(), source, mac)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.Recognise(t.Context(), []byte("one")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
