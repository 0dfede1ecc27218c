// Package clock wakes the office when something is due.
//
// Every process may run it; no leader is needed. A signal is unique in the register,
// so that two clocks give it once, and after downtime only the latest fires.
package clock

import (
	"context"
	"log/slog"
	"time"
)

// Office is woken at every round.
type Office interface {
	Wake(ctx context.Context) (signals int, err error)
	Sweep(ctx context.Context) (gone int64, err error)
}

// Mail takes what is past its time off the pile of mails, and files what was left to be
// filed.
type Mail interface {
	SettleAll(ctx context.Context) error
	Sweep(ctx context.Context) (gone int64, err error)
}

// People tidies sessions that ended.
type People interface {
	Sweep(ctx context.Context) error
}

// Clock rings until its context ends.
type Clock struct {
	Office Office
	People People
	Mail   Mail
	Every  time.Duration // 0: a minute
	Log    *slog.Logger
}

// Run rings at once and then at every interval. A failing round is logged and tried
// again at the next.
func (c Clock) Run(ctx context.Context) {
	every := c.Every
	if every == 0 {
		every = time.Minute
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		c.ring(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (c Clock) ring(ctx context.Context) {
	signals, err := c.Office.Wake(ctx)
	c.tell(ctx, "wake", int64(signals), err)
	gone, err := c.Office.Sweep(ctx)
	c.tell(ctx, "sweep", gone, err)
	c.tell(ctx, "settle mail", 0, c.Mail.SettleAll(ctx))
	gone, err = c.Mail.Sweep(ctx)
	c.tell(ctx, "sweep mail", gone, err)
	c.tell(ctx, "sweep sessions", 0, c.People.Sweep(ctx))
}

func (c Clock) tell(ctx context.Context, what string, n int64, err error) {
	switch {
	case ctx.Err() != nil:
	case err != nil:
		c.Log.Error("clock", "round", what, "error", err)
	case n > 0:
		c.Log.Info("clock", "round", what, "count", n)
	}
}

// Postman is who sends the e-mail that is due.
type Postman interface {
	Deliver(ctx context.Context) (went int, err error)
}

// Round lets the postman go round until its context ends. It is a clock of its own: a
// mail server that takes minutes to answer keeps no signal waiting.
type Round struct {
	Postman Postman
	Every   time.Duration // 0: five seconds
	Log     *slog.Logger
}

// Run goes round at once and then at every interval. A failing round is logged and tried
// again at the next.
func (r Round) Run(ctx context.Context) {
	every := r.Every
	if every == 0 {
		every = 5 * time.Second
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		went, err := r.Postman.Deliver(ctx)
		Clock{Log: r.Log}.tell(ctx, "mail", int64(went), err)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
