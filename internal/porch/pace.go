package porch

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// Pace slows down who sends much from one place, and says when it is a crowd. It refuses
// nobody: a care home has one address for everybody who lives there. What it knows lives
// in memory, under a key of this process: no address is kept anywhere.
type Pace struct {
	Window  time.Duration // how long what came from a place counts
	Free    int           // so many in a window go on at once
	Crowd   int           // more than so many in a window are a crowd
	All     int           // more than so many in a window from everywhere are one too
	Step    time.Duration // each one beyond Free waits so much longer
	Longest time.Duration // and never longer than this
	AtOnce  int           // so many of one place at a time
	Bytes   int64         // of files from one place in a window
	Now     func() time.Time
	After   func(time.Duration) <-chan time.Time

	mu     sync.Mutex
	key    []byte
	places map[uint64]*place
	all    place
}

// NewPace gives the pace of the counter.
func NewPace(now func() time.Time) *Pace {
	return &Pace{Window: 10 * time.Minute, Free: 3, Crowd: 12, All: 600, Step: 250 * time.Millisecond, Longest: 3 * time.Second, AtOnce: 2,
		Bytes: 200 << 20, Now: now, After: time.After}
}

// place is what came from one block of addresses.
type place struct {
	since time.Time
	n     int
	bytes int64
	turn  chan struct{}
}

// mostPlaces bounds the memory: beyond it, what is past its window goes first, and what
// still does not fit shares one place.
const mostPlaces = 20_000

// Enter waits for the visitor's turn. leave must be called afterwards; crowded says that
// many came from the same place, or from everywhere.
func (p *Pace) Enter(r *http.Request) (leave func(), crowded bool) {
	at, wait, crowded := p.count(Client(r))
	p.pause(r.Context(), wait)
	select {
	case at.turn <- struct{}{}:
		return func() { <-at.turn }, crowded
	case <-p.After(p.Longest):
	case <-r.Context().Done():
	}
	return func() {}, crowded
}

func (p *Pace) pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	select {
	case <-p.After(d):
	case <-ctx.Done():
	}
}

func (p *Pace) count(client netip.Addr) (at *place, wait time.Duration, crowded bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at = p.place(client)
	at.n++
	p.all.fresh(p.Now(), p.Window)
	p.all.n++
	if beyond := at.n - p.Free; beyond > 0 {
		wait = min(time.Duration(beyond)*p.Step, p.Longest)
	}
	return at, wait, at.n > p.Crowd || p.all.n > p.All
}

// TakesFile reports whether a file of so many bytes may still come from where the visitor
// is, and counts it.
func (p *Pace) TakesFile(r *http.Request, size int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := p.place(Client(r))
	at.bytes += size
	return at.bytes <= p.Bytes
}

// ErrEnough says that no more bytes of files are taken now from where the visitor is.
var ErrEnough = errors.New("porch: many files came from one place")

// Reads counts the bytes of a file as they come in, whatever becomes of it, and ends with
// ErrEnough when they are too many for where the visitor is.
func (p *Pace) Reads(r *http.Request, file io.Reader) io.Reader { return &counted{p, r, file} }

type counted struct {
	pace *Pace
	r    *http.Request
	file io.Reader
}

// Read counts what it read.
func (c *counted) Read(b []byte) (int, error) {
	n, err := c.file.Read(b)
	if !c.pace.TakesFile(c.r, int64(n)) {
		return n, ErrEnough
	}
	return n, err
}

// place finds the place of an address; the lock is held.
func (p *Pace) place(client netip.Addr) *place {
	if p.places == nil {
		p.places, p.key = map[uint64]*place{}, make([]byte, 32)
		_, _ = rand.Read(p.key) // it cannot fail: see crypto/rand
	}
	now, name := p.Now(), p.name(client)
	at, known := p.places[name]
	if !known && len(p.places) >= mostPlaces {
		for other, old := range p.places {
			if now.Sub(old.since) > p.Window && len(old.turn) == 0 {
				delete(p.places, other)
			}
		}
		if len(p.places) >= mostPlaces {
			name = 0
			at, known = p.places[name]
		}
	}
	if !known {
		at = &place{since: now, turn: make(chan struct{}, p.AtOnce)}
		p.places[name] = at
	}
	at.fresh(now, p.Window)
	return at
}

func (at *place) fresh(now time.Time, window time.Duration) {
	if now.Sub(at.since) > window {
		at.since, at.n, at.bytes = now, 0, 0
	}
}

// name is a keyed hash of the block in which an address lies: what one connection gets
// from its provider.
func (p *Pace) name(client netip.Addr) uint64 {
	bits := 24
	if client.Is6() {
		bits = 56
	}
	block, err := client.Prefix(bits)
	if err != nil {
		block = netip.Prefix{}
	}
	h := hmac.New(sha256.New, p.key)
	h.Write([]byte(block.String()))
	return binary.BigEndian.Uint64(h.Sum(nil))
}
