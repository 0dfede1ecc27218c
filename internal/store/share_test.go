package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gehoor/internal/complaint"
)

// shared gives a SQLite register with a table to write numbers in.
func shared(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, mac)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.Recognise(t.Context(), []byte("one")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.ExecContext(t.Context(), `CREATE TABLE line (n BIGINT PRIMARY KEY, text TEXT NOT NULL)`); err != nil {
		t.Fatal(err)
	}
	return s
}

func put(n int) write {
	return func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO line (n, text) VALUES ($1, '')`, n)
		return err
	}
}

func lines(t *testing.T, s *Store) []int {
	t.Helper()
	rows, err := s.readDB.QueryContext(t.Context(), `SELECT n FROM line ORDER BY n`)
	list, err := collect(rows, err, func(r *sql.Rows) (n int, err error) { return n, r.Scan(&n) })
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// queued waits until so many turns wait in line.
func (s *Store) queued(n int) {
	for {
		s.shared.mu.Lock()
		waiting := len(s.shared.waiting)
		s.shared.mu.Unlock()
		if waiting >= n {
			return
		}
		runtime.Gosched()
	}
}

// oneBatch runs writes in one shared transaction, in their order, and gives what each
// heard: first waits in its transaction until the others stand in line.
func oneBatch(t *testing.T, s *Store, writes ...write) []error {
	t.Helper()
	heard := make([]error, len(writes))
	begun := make(chan bool)
	var all sync.WaitGroup
	ask := func(i int, do write) {
		all.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					heard[i] = fmt.Errorf("panic: %v", p)
				}
			}()
			heard[i] = s.inTx(t.Context(), do)
		})
	}
	var once sync.Once
	ask(0, func(ctx context.Context, tx *sql.Tx) error {
		once.Do(func() { close(begun); s.queued(len(writes) - 1) })
		return writes[0](ctx, tx)
	})
	<-begun
	for i, do := range writes[1:] {
		s.queued(i) // in their order; with the last one, the first goes on
		ask(i+1, do)
	}
	all.Wait()
	return heard
}

func TestNeighboursOfAFailureAreCommitted(t *testing.T) {
	s := shared(t, filepath.Join(t.TempDir(), "gehoor.db"))
	no := errors.New("no")
	heard := oneBatch(t, s, put(1), put(2),
		func(ctx context.Context, tx *sql.Tx) error { return errors.Join(put(3)(ctx, tx), no) },
		put(2),
		func(ctx context.Context, tx *sql.Tx) error { put(4)(ctx, tx); panic("fell over") },
		func(ctx context.Context, tx *sql.Tx) error {
			if got := lines(t, s); len(got) != 0 {
				t.Errorf("others see what is not committed: %v", got)
			}
			var n int
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM line`).Scan(&n); n != 2 || err != nil {
				t.Errorf("not in one transaction: %d rows, %v", n, err)
			}
			return put(5)(ctx, tx)
		})
	if heard[0] != nil || heard[1] != nil || heard[5] != nil {
		t.Errorf("the neighbours: %v", heard)
	}
	if !errors.Is(heard[2], no) || !isUnique(heard[3]) || heard[4] == nil || !strings.Contains(heard[4].Error(), "fell over") {
		t.Errorf("who failed: %v", heard)
	}
	if got := lines(t, s); !slices.Equal(got, []int{1, 2, 5}) {
		t.Errorf("%v", got)
	}
	if writes, commits := s.Commits(); writes != 7 || commits != 2 { // Recognise was the first
		t.Errorf("%d writes in %d commits", writes, commits)
	}
	if err := s.inTx(t.Context(), put(6)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestLostTransactionIsRunAgain takes the shared transaction away from under its
// writes, as SQLite does after some errors, and lets a COMMIT fail.
func TestLostTransactionIsRunAgain(t *testing.T) {
	for name, harm := range map[string]string{
		"rolled back":  `ROLLBACK`,
		"commit fails": `INSERT INTO event (dossier, version, kind, at, actor, open, mac) VALUES ('of nobody', 1, '', 0, '', '', '')`,
	} {
		t.Run(name, func(t *testing.T) {
			s := shared(t, filepath.Join(t.TempDir(), "gehoor.db"))
			runs := 0
			heard := oneBatch(t, s, put(1), put(2), func(ctx context.Context, tx *sql.Tx) error {
				runs++
				_, err := tx.ExecContext(ctx, `PRAGMA defer_foreign_keys = 1`)
				if _, harmed := tx.ExecContext(ctx, harm); err == nil && harmed == nil && harm == `ROLLBACK` {
					return errors.New("interrupted")
				}
				return err
			}, put(4))
			if heard[0] != nil || heard[1] != nil || heard[2] == nil || heard[3] != nil {
				t.Errorf("%v", heard)
			}
			if got := lines(t, s); runs != 2 || !slices.Equal(got, []int{1, 2, 4}) {
				t.Errorf("%d runs, %v", runs, got)
			}
			if err := s.inTx(t.Context(), put(5)); err != nil {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

// TestCancelledInASharedCommit goes away while its own write is being carried out,
// between two others.
func TestCancelledInASharedCommit(t *testing.T) {
	s := shared(t, filepath.Join(t.TempDir(), "gehoor.db"))
	ctx, leave := context.WithCancel(t.Context())
	var all sync.WaitGroup
	var heard [4]error
	begun := make(chan bool)
	all.Go(func() {
		heard[0] = s.inTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			close(begun)
			s.queued(3)
			return put(0)(ctx, tx)
		})
	})
	<-begun
	all.Go(func() {
		heard[1] = s.inTx(ctx, func(inside context.Context, tx *sql.Tx) error {
			leave()
			if inside.Err() != nil {
				t.Error("the statements carry the request's context")
			}
			return put(1)(inside, tx)
		})
	})
	s.queued(1)
	all.Go(func() { heard[2] = s.inTx(t.Context(), put(2)) })
	s.queued(2)
	all.Go(func() { heard[3] = s.inTx(t.Context(), put(3)) })
	all.Wait()
	for i, err := range heard {
		if err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
	if got := lines(t, s); !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("%v", got)
	}
}

func TestCancelledInLineDoesNotStart(t *testing.T) {
	s := shared(t, filepath.Join(t.TempDir(), "gehoor.db"))
	ctx, leave := context.WithCancel(t.Context())
	var waits error
	begun, gone := make(chan bool), make(chan bool)
	var all sync.WaitGroup
	all.Go(func() {
		err := s.inTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			close(begun)
			<-gone
			return put(1)(ctx, tx)
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
	all.Go(func() { waits = s.inTx(ctx, put(2)); close(gone) })
	s.queued(1)
	leave()
	all.Wait()
	if got := lines(t, s); !errors.Is(waits, context.Canceled) || !slices.Equal(got, []int{1}) {
		t.Errorf("%v %v", waits, got)
	}
}

func TestClosingEndsWhatBegan(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gehoor.db")
	s := shared(t, path)
	begun, closing := make(chan bool), make(chan bool)
	var first, second error
	var all sync.WaitGroup
	all.Go(func() {
		first = s.inTx(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			close(begun)
			<-closing
			return put(1)(ctx, tx)
		})
	})
	<-begun
	all.Go(func() { second = s.inTx(t.Context(), put(2)) })
	s.queued(1)
	all.Go(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for closed := false; !closed; runtime.Gosched() {
		s.shared.mu.Lock()
		closed = s.shared.closed
		s.shared.mu.Unlock()
	}
	close(closing)
	all.Wait()
	if first != nil || !errors.Is(second, errClosed) {
		t.Errorf("%v, %v", first, second)
	}
	if err := s.inTx(t.Context(), put(3)); !errors.Is(err, errClosed) {
		t.Errorf("after closing: %v", err)
	}
	again, err := Open(t.Context(), path, mac)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := lines(t, again); !slices.Equal(got, []int{1}) {
		t.Errorf("%v", got)
	}
}

// TestEndedGoroutineIsNoSilence: a write that ends the goroutine of the writer (a test
// that fails inside one) leaves nobody waiting.
func TestEndedGoroutineIsNoSilence(t *testing.T) {
	s := shared(t, filepath.Join(t.TempDir(), "gehoor.db"))
	heard := oneBatch(t, s, put(1), func(context.Context, *sql.Tx) error { runtime.Goexit(); return nil }, put(2))
	for i, err := range append(heard, s.inTx(t.Context(), put(3))) {
		if !errors.Is(err, errClosed) {
			t.Errorf("%d: %v", i, err)
		}
	}
}

// TestSharedCommitOnAFullDisk fills a real disk in the middle of a batch: who heard yes
// is there, who heard no is not, and with room it goes on.
func TestSharedCommitOnAFullDisk(t *testing.T) {
	dir := t.TempDir()
	mount := func(args ...string) error {
		out, err := exec.Command("mount", append(args, dir)...).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	}
	if os.Geteuid() != 0 {
		t.Skip("a disk to fill takes root, who may mount a tmpfs")
	}
	if err := mount("-t", "tmpfs", "-o", "size=4m", "gehoor-share"); err != nil {
		t.Skipf("no tmpfs to fill may be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	s := shared(t, filepath.Join(dir, "gehoor.db"))
	big := strings.Repeat("vol ", 100_000)
	var runs atomic.Int64
	fill := func(n int) write {
		return func(ctx context.Context, tx *sql.Tx) error {
			runs.Add(1)
			_, err := tx.ExecContext(ctx, `INSERT INTO line (n, text) VALUES ($1, $2)`, n, big)
			return err
		}
	}
	var writes []write
	for n := range 16 {
		writes = append(writes, fill(n))
	}
	heard := oneBatch(t, s, writes...)
	var yes []int
	for n, err := range heard {
		if err == nil {
			yes = append(yes, n)
		} else if !complaint.IsKind(err, complaint.Unavailable) {
			t.Errorf("%d: not said to be unavailable: %v", n, err)
		}
	}
	if got := lines(t, s); !slices.Equal(got, yes) || len(yes) == len(writes) {
		t.Errorf("heard yes: %v, there: %v", yes, got)
	}
	if runs.Load() <= int64(len(writes)) {
		t.Error("nothing was run again: the batch was not under way when the disk was full")
	}
	if err := mount("-o", "remount,size=64m"); err != nil {
		t.Fatal(err)
	}
	for n, err := range heard {
		if err != nil {
			if err := s.inTx(t.Context(), fill(n)); err != nil {
				t.Errorf("with room, %d: %v", n, err)
			}
		}
	}
	if got := lines(t, s); len(got) != len(writes) {
		t.Errorf("%v", got)
	}
}
