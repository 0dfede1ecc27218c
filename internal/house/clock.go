package house

import (
	"sync"
	"time"
)

// Clock tells the time: the real one, or a moment that was set.
type Clock struct {
	mu  sync.Mutex
	set time.Time
}

// Now gives the time that was set, or else the real time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.set.IsZero() {
		return time.Now()
	}
	return c.set
}

// Set stops the clock at t; the zero time lets it run again.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set = t
}
