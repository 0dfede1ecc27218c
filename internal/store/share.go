package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"gehoor/internal/complaint"
)

// sharer carries out the writes on SQLite, one after another, and lets those that come
// while it is at work share one commit: the disk is waited for once, not once for each.
// Nobody waits for company: who is alone is committed at once.
//
// Each write runs between a SAVEPOINT and its RELEASE, so that one that fails is undone
// and its neighbours are not. Some errors (a full disk, an interrupted statement) make
// SQLite roll back the whole transaction, neighbours included. So after every write the
// savepoint is asked for by name; when it is gone, or when COMMIT fails, nothing of the
// shared transaction stands, and each of its writes is run again in a transaction of
// its own. Until COMMIT has returned nil nobody hears anything, not even a refusal: it
// may rest on what a neighbour wrote.
type sharer struct {
	db *sql.DB
	// rehearse runs every write once before, and undoes it. Only tests ask for it: what
	// does not survive it does not survive being run again.
	rehearse bool

	writes, commits atomic.Int64

	mu      sync.Mutex
	waiting []*turn       // in the order in which they came
	closed  bool          // nobody is let in any more
	wake    chan struct{} // somebody waits, or it closed
	ended   chan struct{}
}

// write is what inTx runs.
type write func(context.Context, *sql.Tx) error

// turn is one write that waits, and then what became of it.
type turn struct {
	do   write
	err  error
	done chan struct{} // closed when err is the answer
}

// The bounds of one shared transaction: how many writes, and how long it goes on
// taking in new ones.
const (
	mostShared    = 128
	longestShared = 50 * time.Millisecond
)

// errClosed says that the register was closed before a write had its turn.
var errClosed = errors.New("store: the register is closed")

func newSharer(db *sql.DB) *sharer {
	s := &sharer{db: db, wake: make(chan struct{}, 1), ended: make(chan struct{})}
	go s.work()
	return s
}

// close lets the transaction under way end, sends away who waits, and ends the work.
func (s *sharer) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.call()
	<-s.ended
}

// call wakes the sharer, or sees that it will not fall asleep.
func (s *sharer) call() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// run waits for a turn and for its answer. Who is cancelled before its turn does not
// start; once started, it hears how it ended.
func (s *sharer) run(ctx context.Context, do write) error {
	t := &turn{do: do, done: make(chan struct{})}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return errClosed
	}
	s.waiting = append(s.waiting, t)
	s.mu.Unlock()
	s.call()
	patience := time.NewTimer(writeTimeout)
	defer patience.Stop()
	select {
	case <-t.done:
	case <-ctx.Done():
		if s.withdraw(t) {
			return ctx.Err()
		}
	case <-patience.C:
		if s.withdraw(t) {
			return &complaint.Error{Kind: complaint.Unavailable, Key: "error.register_busy"}
		}
	}
	<-t.done
	var p *panicked
	if errors.As(t.err, &p) {
		panic(p) // in the goroutine of who asked, as without sharing
	}
	return t.err
}

// withdraw takes a turn that has not begun out of the line.
func (s *sharer) withdraw(t *turn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, w := range s.waiting {
		if w == t {
			s.waiting = append(s.waiting[:i], s.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// next gives the first in line, or nil.
func (s *sharer) next() *turn {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiting) == 0 || s.closed {
		return nil
	}
	t := s.waiting[0]
	s.waiting = s.waiting[1:]
	return t
}

func (s *sharer) work() {
	defer close(s.ended)
	defer s.sendAway() // also when a write ends this goroutine (runtime.Goexit)
	for range s.wake {
		for t := s.next(); t != nil; t = s.next() {
			s.share(t)
		}
		s.mu.Lock()
		closed := s.closed
		s.mu.Unlock()
		if closed {
			return
		}
	}
}

// sendAway answers everybody who still waits.
func (s *sharer) sendAway() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for _, t := range s.waiting {
		t.answer(errClosed)
	}
	s.waiting = nil
}

func (t *turn) answer(err error) {
	t.err = err
	close(t.done)
}

// share carries out a turn, and those that come meanwhile.
func (s *sharer) share(first *turn) {
	batch := []*turn{first}
	answered := 0
	defer func() { // a write that ends this goroutine leaves nobody without an answer
		for _, t := range batch[answered:] {
			t.answer(errClosed)
		}
	}()
	err := s.together(&batch)
	for _, t := range batch {
		switch {
		case err == nil:
			err := t.err
			t.answer(err)
		case len(batch) == 1:
			t.answer(err)
		default:
			t.answer(s.alone(t.do))
		}
		answered++
	}
}

// together runs the first of a batch and who comes meanwhile in one transaction, and
// keeps with each how it went. With an error nothing of it stands.
func (s *sharer) together(batch *[]*turn) error {
	// No request's context reaches the writer: cancelling it would interrupt a statement,
	// and an interrupted statement ends the transaction of all.
	ctx := context.Background()
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	began := time.Now()
	for i := 0; i < len(*batch); i++ {
		t := (*batch)[i]
		var lost error
		if t.err, lost = s.inSavepoint(ctx, tx, t.do); lost != nil {
			return undo(tx, errors.Join(t.err, lost))
		}
		if len(*batch) == mostShared || time.Since(began) > longestShared {
			break
		}
		if t := s.next(); t != nil {
			*batch = append(*batch, t)
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.writes.Add(int64(len(*batch)))
	s.commits.Add(1)
	return nil
}

// Commits gives how many writes were committed together, and in how many commits, since
// the register was opened; on PostgreSQL nothing, which shares by itself.
func (s *Store) Commits() (writes, commits int64) {
	if s.shared == nil {
		return 0, 0
	}
	return s.shared.writes.Load(), s.shared.commits.Load()
}

// inSavepoint runs one write and undoes it when it fails. lost says that the
// transaction around it is gone.
func (s *sharer) inSavepoint(ctx context.Context, tx *sql.Tx, do write) (err, lost error) {
	if _, err := tx.ExecContext(ctx, `SAVEPOINT turn`); err != nil {
		return nil, err
	}
	if s.rehearse {
		err := call(ctx, tx, do)
		if _, lost := tx.ExecContext(ctx, `ROLLBACK TO turn`); lost != nil {
			return err, lost
		}
	}
	if err = call(ctx, tx, do); err != nil {
		if _, lost := tx.ExecContext(ctx, `ROLLBACK TO turn`); lost != nil {
			return err, lost
		}
	}
	_, lost = tx.ExecContext(ctx, `RELEASE turn`)
	return err, lost
}

// alone runs one write in a transaction of its own.
func (s *sharer) alone(do write) error {
	ctx := context.Background()
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := call(ctx, tx, do); err != nil {
		return undo(tx, err)
	}
	return tx.Commit()
}

// undo rolls back after err. After some errors SQLite has done so already.
func undo(tx *sql.Tx, err error) error {
	if back := tx.Rollback(); back != nil && !errors.Is(back, sql.ErrTxDone) {
		return errors.Join(err, back)
	}
	return err
}

// panicked is a panic of a write, on its way to who asked for it.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic in a write: %v\n%s", p.value, p.stack) }

// call runs a write; a panic is an error here, so that it ends neither the sharer nor
// its neighbours' writes.
func call(ctx context.Context, tx *sql.Tx, do write) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{v, debug.Stack()}
		}
	}()
	return do(ctx, tx)
}
