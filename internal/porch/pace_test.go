package porch

import (
	"context"
	"errors"
	"io"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// Many from one place wait a little longer each time, are called a crowd, and are never
// refused; others are not hindered.
func TestPaceSlowsACrowdDown(t *testing.T) {
	now := time.UnixMicro(1_793_000_000_000_000)
	var waited []time.Duration
	p := NewPace(func() time.Time { return now })
	p.After = func(d time.Duration) <-chan time.Time {
		waited = append(waited, d)
		done := make(chan time.Time, 1)
		done <- now
		return done
	}
	from := func(address string) bool {
		t.Helper()
		r := httptest.NewRequest("POST", "/", nil)
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, &visit{client: netip.MustParseAddr(address)}))
		leave, crowded := p.Enter(r)
		leave()
		return crowded
	}
	crowded := 0
	for range 60 {
		if from("192.0.2.7") {
			crowded++
		}
	}
	if crowded != 60-p.Crowd {
		t.Errorf("%d of 60 are a crowd", crowded)
	}
	for _, d := range waited {
		if d > p.Longest {
			t.Errorf("somebody waits %s", d)
		}
	}
	if from("198.51.100.1") || from("2001:db8::1") {
		t.Error("another place is a crowd too")
	}
	if !from("192.0.2.200") {
		t.Error("the next address of the same block is no crowd")
	}
	now = now.Add(p.Window + time.Second)
	if from("192.0.2.7") {
		t.Error("it stays a crowd for ever")
	}
}

// The bytes of files count as they come in, also of what is refused afterwards.
func TestPaceCountsWhatIsRead(t *testing.T) {
	p := NewPace(time.Now)
	p.Bytes = 10
	r := httptest.NewRequest("POST", "/", nil)
	r = r.WithContext(context.WithValue(r.Context(), visitKey{}, &visit{client: netip.MustParseAddr("192.0.2.7")}))
	if got, err := io.ReadAll(p.Reads(r, strings.NewReader("acht...."))); err != nil || len(got) != 8 {
		t.Errorf("%q %v", got, err)
	}
	if _, err := io.ReadAll(p.Reads(r, strings.NewReader("drie"))); !errors.Is(err, ErrEnough) {
		t.Errorf("more than fits: %v", err)
	}
	if p.TakesFile(r, 0) {
		t.Error("what was refused does not count")
	}
}
