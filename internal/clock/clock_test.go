package clock

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

type rounds struct{ wake, sweep, people, mail atomic.Int32 }

func (r *rounds) Wake(context.Context) (int, error) {
	if r.wake.Add(1) == 2 {
		return 0, errors.New("register is busy")
	}
	return 1, nil
}

type files struct{ *rounds }

func (f files) Sweep(context.Context) (int64, error) { f.sweep.Add(1); return 0, nil }

type people struct{ *rounds }

func (p people) Sweep(context.Context) error { p.people.Add(1); return nil }

type mails struct{ *rounds }

func (m mails) SettleAll(context.Context) error { m.mail.Add(1); return nil }

func (m mails) Sweep(context.Context) (int64, error) { return 0, nil }

func TestClockRingsAtOnceAndEveryMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var r rounds
		var log bytes.Buffer
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			Clock{Office: files{&r}, People: people{&r}, Mail: mails{&r}, Log: slog.New(slog.NewTextHandler(&log, nil))}.Run(ctx)
		}()
		time.Sleep(150 * time.Second)
		stop()
		<-done
		if r.wake.Load() != 3 || r.sweep.Load() != 3 || r.people.Load() != 3 || r.mail.Load() != 3 {
			t.Errorf("%d, %d, %d and %d rounds in two and a half minutes, want 3", r.wake.Load(), r.sweep.Load(), r.people.Load(), r.mail.Load())
		}
		if !strings.Contains(log.String(), "register is busy") {
			t.Error("a failing round is not logged")
		}
	})
}
