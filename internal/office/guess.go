package office

import (
	"context"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Guesses keeps how often a wrong code was given with a number: keyed hashes only.
type Guesses interface {
	Attempt(ctx context.Context, key []byte) (record.Attempt, error)
	SaveAttempt(ctx context.Context, a record.Attempt) error
}

// The budgets of guessing. A code of 8 digits, one of which checks the others, has ten
// million forms: nobody may try many, and nobody may be shut out by the mistakes of others.
// So who was wrong waits, longer each time, and the wait is never longer than a person will
// take a telephone for; the wait of a number is for the addresses that were wrong lately.
//
// From one address: four tries an hour with one number, 96 a day. From many: the budget of
// all together gives 20 an hour and 100 in store, 580 on the first day; after that an
// address is tried once, and all of those pass one by one, one in two seconds: 43,200 a day,
// each from another address. Half of ten million takes 115 days of that, in which the log
// warns.
const (
	freeForNumber  = 5                // wrong codes with one number before waiting begins
	freeOfNumber   = 3                // wrong codes from one address before the number's wait is its own
	longestNumber  = 15 * time.Minute // and what the wait grows to
	forgetNumber   = 24 * time.Hour
	freeForAddress = 10 // from one address: a care home has one for everybody
	longestAddress = time.Minute
	forgetAddress  = time.Hour
	wider          = 5 // so many times more for a whole /48 of IPv6

	// All wrong codes together: so many in store, and so many more an hour. When they are
	// used up, an address that was wrong once waits as long as a number does, and who comes
	// for the first time waits a moment for their turn; who was right lately does not.
	totalInStore = 100
	totalPerHour = 20
	slowTurn     = 2 * time.Second
	mostSlow     = 16 // that wait for such a turn

	mostAddresses = 20_000 // that are remembered, in memory only
	mostWaiting   = 32     // tries that wait for their turn to be hashed
)

// tally counts what went wrong lately.
type tally struct {
	failures int
	last     time.Time
	until    time.Time // nothing is tried before
	right    time.Time // when a right code was given
}

// guesses are the budgets that are kept in memory. The zero value is ready.
type guesses struct {
	turns   [2]sync.Mutex // hashing takes memory: two at once, and the tries of a number one by one
	waiting atomic.Int32
	lane    sync.Mutex // of the slow turns
	slowly  atomic.Int32

	mu        sync.Mutex
	addresses map[netip.Prefix]tally
	spent     float64 // of the budget of all together
	at        time.Time
}

// The kinds of codes.
const (
	followCode = "code"
	slipCode   = "code of a slip"
)

// enter waits for a turn to be hashed; leave must be called afterwards.
func (g *guesses) enter(ctx context.Context, from netip.Addr, now time.Time, of int) (leave func(), err error) {
	busy := &complaint.Error{Kind: complaint.Unavailable, Key: "error.register_busy"}
	if g.isSlow(from, now) { // with places of their own: they keep nobody else waiting
		defer g.slowly.Add(-1)
		if g.slowly.Add(1) > mostSlow {
			return nil, busy
		}
		if err := g.slowDown(ctx); err != nil {
			return nil, err
		}
	}
	if g.waiting.Add(1) > mostWaiting {
		g.waiting.Add(-1)
		return nil, busy
	}
	turn := &g.turns[of%len(g.turns)]
	turn.Lock()
	return func() { turn.Unlock(); g.waiting.Add(-1) }, nil
}

func (g *guesses) slowDown(ctx context.Context) error {
	g.lane.Lock()
	defer g.lane.Unlock()
	select {
	case <-time.After(slowTurn):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// isSlow reports whether the budget of all together is used up, for who was not right lately.
func (g *guesses) isSlow(from netip.Addr, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	right := g.addresses[blocks(from)[0]].right
	return g.spentAt(now) >= totalInStore && (right.IsZero() || now.Sub(right) > forgetAddress)
}

// spentAt is what is spent of the budget of all together; the lock is held.
func (g *guesses) spentAt(now time.Time) float64 {
	if g.at.IsZero() {
		return 0
	}
	return max(0, g.spent-now.Sub(g.at).Hours()*totalPerHour)
}

// right remembers that a right code came from an address.
func (g *guesses) right(from netip.Addr, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.addresses == nil || len(g.addresses) >= mostAddresses {
		g.forget(now)
	}
	b := blocks(from)[0]
	t := g.addresses[b]
	t.right = now
	g.addresses[b] = t
}

// failed counts a wrong code against the number, the address and all together.
func (o *Office) failed(ctx context.Context, tries record.Attempt, from netip.Addr) error {
	now := o.Now()
	if now.Sub(tries.Until) > forgetNumber {
		tries.Failures = 0
	}
	tries.Failures++
	tries.Until = now.Add(waitFor(tries.Failures, freeForNumber, longestNumber))
	if o.guesses.fail(from, now) {
		o.Log.Warn("codes: many wrong codes were given; an address that is wrong now waits longer")
	}
	if err := o.Cupboard.SaveAttempt(ctx, tries); err != nil {
		return err
	}
	return errProof()
}

// waitFor is how long to wait after so many failures.
func waitFor(failures, free int, longest time.Duration) time.Duration {
	if failures < free {
		return 0
	}
	return min(time.Second<<min(failures-free, 20), longest)
}

// blocks gives the addresses that count together with one: itself, and of IPv6 what one
// house or one firm has.
func blocks(from netip.Addr) []netip.Prefix {
	bits := []int{32}
	if from.Is6() {
		bits = []int{64, 48}
	}
	var list []netip.Prefix
	for _, n := range bits {
		if p, err := from.Prefix(n); err == nil {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		list = []netip.Prefix{{}} // nobody knows from where: they count together
	}
	return list
}

// waits says how long an address must wait, and whether it was wrong so often lately that it
// waits with a number too.
func (g *guesses) waits(from netip.Addr, now time.Time) (wait time.Duration, wrongLately bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, b := range blocks(from) {
		t := g.addresses[b]
		wait = max(wait, t.until.Sub(now))
		wrongLately = wrongLately || i == 0 && t.failures >= freeOfNumber && now.Sub(t.last) <= forgetAddress
	}
	return wait, wrongLately
}

// fail counts a wrong code; it reports whether it was the one that used up the budget of
// all together.
func (g *guesses) fail(from netip.Addr, now time.Time) (alarm bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	before := g.spentAt(now)
	g.at, g.spent = now, min(before+1, totalInStore+1)
	empty := g.spent >= totalInStore
	if g.addresses == nil || len(g.addresses) >= mostAddresses {
		g.forget(now)
	}
	for i, b := range blocks(from) {
		t := g.addresses[b]
		if now.Sub(t.last) > forgetAddress {
			t.failures = 0
		}
		free, longest := freeForAddress, longestAddress
		if i > 0 {
			free *= wider
		}
		t.failures, t.last = t.failures+1, now
		t.until = now.Add(waitFor(t.failures, free, longest))
		if empty && i == 0 {
			t.until = now.Add(longestNumber)
		}
		g.addresses[b] = t
	}
	return empty && before < totalInStore
}

// forget drops the addresses of which nothing was heard for an hour; when that is not
// enough, all of them.
func (g *guesses) forget(now time.Time) {
	kept := map[netip.Prefix]tally{}
	for b, t := range g.addresses {
		if now.Sub(t.last) <= forgetAddress || now.Sub(t.right) <= forgetAddress {
			kept[b] = t
		}
	}
	if len(kept) >= mostAddresses {
		kept = map[netip.Prefix]tally{}
	}
	g.addresses = kept
}
