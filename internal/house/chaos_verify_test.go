package house_test

import (
	"sync"
	"testing"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// TestVerifyWhileOthersWork: what is being written is no tampering.
func TestVerifyWhileOthersWork(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		c, _ := newCrew(t.Context(), h)
		stories, _ := c.begin(0, 80)
		s := &siege{stories: stories, db: register(t, h.Home, h.Database), tries: 20}
		var others sync.WaitGroup
		done := make(chan bool)
		others.Go(func() { s.tellHere(t, c, stories); close(done) })
		n, bad := 0, 0
		for run := true; run; n++ {
			select {
			case <-done:
				run = false
			default:
			}
			r, err := h.Inspector.Verify(t.Context(), nil)
			if err != nil {
				t.Error(err)
				break
			}
			if len(r.Findings) > 0 && bad < 3 {
				t.Errorf("findings in a register in use: %v", r.Findings)
				bad++
			}
		}
		others.Wait()
		t.Logf("%d verifies", n)
	})
}
