package house_test

import (
	"context"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// TestChaosCancelledClient goes away at every moment at which a task looks whether its
// client is still there, with others at work beside it: what was not answered can be
// asked again, and the others notice nothing.
func TestChaosCancelledClient(t *testing.T) {
	cycles(t, true)
	housetest.Each(t, func(t *testing.T, h *house.House) {
		c, err := newCrew(t.Context(), h)
		if err != nil {
			t.Fatal(err)
		}
		stories, err := c.begin(0, 60)
		if err != nil {
			t.Fatal(err)
		}
		s := &siege{stories: stories, db: register(t, h.Home, h.Database), tries: 20}
		var others sync.WaitGroup
		others.Go(func() { s.tellHere(t, c, stories[len(courses):]) })
		cancelled := 0
		for _, one := range stories[:len(courses)] {
			for i := range one.steps() {
				cancelled += c.leaveAndReturn(t, one, i)
			}
		}
		others.Wait()
		look(t, h, s.db, stories)
		t.Logf("%d requests cancelled, %d steps answered to others", cancelled, s.acked)
	})
}

// leaveAndReturn sends one request again and again, each time staying a little longer,
// until it is answered. Each departure costs PostgreSQL a connection: there "make test"
// takes only some of the moments.
func (c *crew) leaveAndReturn(t *testing.T, one *story, i int) (cancelled int) {
	t.Helper()
	longer := 1
	if c.Database != "" && os.Getenv("GEHOOR_CHAOS") == "" {
		longer = 7
	}
	for {
		ctx, cancel := context.WithCancel(t.Context())
		err := c.ask(&impatient{Context: ctx, cancel: cancel, patience: int64(cancelled * longer)}, one, i)
		left := ctx.Err() != nil
		cancel()
		if err == nil {
			one.Acked++
			return cancelled
		}
		if !left { // who left may hear anything; who stayed may not
			t.Fatalf("%s after %d times: %v", one.key(i), cancelled, err)
		}
		cancelled++
	}
}

// impatient is the context of a client who goes away when it has been looked at a
// number of times.
type impatient struct {
	context.Context
	cancel   context.CancelFunc
	left     atomic.Int64
	patience int64
}

func (c *impatient) look() {
	if c.left.Add(1) > c.patience {
		c.cancel()
	}
}

func (c *impatient) Err() error            { c.look(); return c.Context.Err() }
func (c *impatient) Done() <-chan struct{} { c.look(); return c.Context.Done() }
