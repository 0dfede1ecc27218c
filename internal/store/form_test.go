package store

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// heldForm is a form that waits, with a number that was promised.
func heldForm(id, number string) record.Delivery {
	m := record.Incoming{Incoming: complaint.Incoming{ID: id, Version: 1, State: complaint.MailWaits, ReceivedOn: calendar.MustParse("2026-11-24")},
		ReceivedAt: time.UnixMicro(1_793_000_000_000_000), Number: number, Raw: "f" + id, Sealed: []byte("s"), Sum: []byte("h"), Mac: []byte("m"),
		Keys: record.Keys{Content: []byte("c"), Identity: []byte("i")}, Codes: record.MailCodes{Kind: "form"}}
	return record.Delivery{Mail: m, Raw: []byte(id), File: record.Attachment{ID: "f" + id, Dossier: id, Name: []byte("n"), SHA256: []byte("x"), Mac: []byte("m"), At: m.ReceivedAt}}
}

// The number of a form that waits is told to somebody: nobody else gets it, and the
// dossier that is made of it does.
func TestPromisedNumberIsKept(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		if _, err := s.TakeMail(t.Context(), heldForm("a", "2026-001")); err != nil {
			t.Fatal(err)
		}
		if taken, err := s.NumberTaken(t.Context(), "2026-001"); err != nil || !taken {
			t.Errorf("a promised number is free (%v)", err)
		}
		if _, err := s.TakeMail(t.Context(), heldForm("b", "2026-001")); !errors.Is(err, record.ErrLost) {
			t.Errorf("promised twice: %v", err)
		}
		if err := s.Write(t.Context(), filed("c", "2026-001", "")); !errors.Is(err, record.ErrLost) {
			t.Errorf("another dossier gets it: %v", err)
		}
		if err := s.Write(t.Context(), settling("a", "2026-001")); err != nil {
			t.Errorf("the dossier that was made of it does not: %v", err)
		}
	})
}

// settling is the dossier that is made of a form that waits.
func settling(id, number string) record.Change {
	c, m := filed(id, number, ""), heldForm(id, number).Mail
	m.Version, m.State, m.Dossier = 2, complaint.MailRegistered, id
	c.Incoming = &record.IncomingChange{Mail: m, Seen: 1}
	return c
}

// A form is registered or waits, never both, whichever comes first; and a number goes to
// one of them.
func TestFormIsRegisteredOrWaits(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		if _, err := s.TakeMail(t.Context(), heldForm("a", "2026-001")); err != nil {
			t.Fatal(err)
		}
		if err := s.Write(t.Context(), filed("a", "2026-002", "")); !errors.Is(err, record.ErrTwice) {
			t.Errorf("what waits is registered besides: %v", err)
		}
		if err := s.Write(t.Context(), filed("b", "2026-003", "")); err != nil {
			t.Fatal(err)
		}
		if _, err := s.TakeMail(t.Context(), heldForm("b", "2026-004")); !errors.Is(err, record.ErrTwice) {
			t.Errorf("what is registered waits besides: %v", err)
		}
		if _, err := s.TakeMail(t.Context(), heldForm("c", "2026-003")); !errors.Is(err, record.ErrLost) {
			t.Errorf("the number of a dossier is promised: %v", err)
		}
		if err := s.Write(t.Context(), settling("a", "2026-001")); err != nil {
			t.Errorf("it cannot be accepted: %v", err)
		}
	})
}

// Two clicks at one moment: one of the two ways is in.
func TestFormIsNeverBothAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		for n := range 10 {
			id := string(rune('a' + n))
			var clicks sync.WaitGroup
			var held, registered error
			clicks.Go(func() { _, held = s.TakeMail(t.Context(), heldForm(id, "2026-1"+id)) })
			clicks.Go(func() { registered = s.Write(t.Context(), filed(id, "2026-2"+id, id)) })
			clicks.Wait()
			if (held == nil) == (registered == nil) || !errors.Is(errors.Join(held, registered), record.ErrTwice) {
				t.Errorf("held: %v; registered: %v", held, registered)
			}
		}
	})
}

// A double click keeps the form once, and is no failure.
func TestFormKeptTwiceAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		for n := range 10 {
			f := record.KeptForm{Code: []byte{byte(n)}, Draft: string(rune('a' + n)), At: time.UnixMicro(1_793_000_000_000_000), Sealed: []byte("s")}
			var clicks sync.WaitGroup
			for range 4 {
				clicks.Go(func() {
					if err := s.KeepForm(t.Context(), f); err != nil {
						t.Errorf("a click fails: %v", err)
					}
				})
			}
			clicks.Wait()
			if _, err := s.KeptForm(t.Context(), f.Code); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestKeptForms(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		now := time.UnixMicro(1_793_000_000_000_000)
		keep := func(code, draft string, at time.Time) {
			t.Helper()
			if err := s.KeepForm(t.Context(), record.KeptForm{Code: []byte(code), Draft: draft, At: at, Sealed: []byte(code)}); err != nil {
				t.Fatal(err)
			}
		}
		left := func() string {
			t.Helper()
			found := ""
			for _, code := range []string{"old", "new", "sent", "again"} {
				f, err := s.KeptForm(t.Context(), []byte(code))
				if err == nil && string(f.Sealed) == code {
					found += code + " "
				} else if !complaint.IsKind(err, complaint.NotFound) {
					t.Fatal(err)
				}
			}
			return strings.TrimSpace(found)
		}
		keep("old", "d1", now.AddDate(0, 0, -20))
		keep("new", "d2", now)
		keep("new", "d2", now) // kept twice
		keep("sent", "d3", now)
		keep("first", "d4", now)
		keep("again", "d4", now) // under another code
		if err := s.Write(t.Context(), filed("d3", "2026-001", "")); err != nil {
			t.Fatal(err)
		}
		if got := left(); got != "old new again" {
			t.Errorf("%q", got)
		}
		if n, err := s.SweepForms(t.Context(), now.AddDate(0, 0, -15)); err != nil || n != 2 {
			t.Errorf("%d were swept: %v", n, err)
		}
		if got := left(); got != "new again" {
			t.Errorf("%q", got)
		}
	})
}

// The files of a form that is kept, or waits, are not swept with what lies about.
func TestSweepLeavesFilesOfForms(t *testing.T) {
	each(t, func(t *testing.T, s *Store) {
		old := time.UnixMicro(1_793_000_000_000_000)
		for _, draft := range []string{"kept", "held", "stray"} {
			if err := s.Chunk(t.Context(), record.Attachment{ID: "file of " + draft, Dossier: draft, Name: []byte("n"), At: old}, 0, []byte("x")); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.KeepForm(t.Context(), record.KeptForm{Code: []byte("c"), Draft: "kept", At: old, Sealed: []byte("s")}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.TakeMail(t.Context(), heldForm("held", "2026-002")); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Sweep(t.Context(), old.Add(time.Hour)); err != nil || n != 1 {
			t.Errorf("%d files were swept: %v", n, err)
		}
		if _, err := s.Unlinked(t.Context(), "file of held", "held"); err != nil {
			t.Error(err)
		}
	})
}
