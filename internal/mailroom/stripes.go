package mailroom

import (
	"slices"
	"sync"
)

// stripes let mails that are taken in side by side wait for one another when they look
// alike: which of two deliveries is the second must be known. Others seldom wait.
type stripes [64]sync.Mutex

// hold waits for its turn with some keyed hashes. They are held in one order, so that
// nobody waits in a circle.
func (s *stripes) hold(hashes ...[]byte) (release func()) {
	var places []int
	for _, hash := range hashes {
		places = append(places, int(hash[0])%len(s))
	}
	slices.Sort(places)
	places = slices.Compact(places)
	for _, n := range places {
		s[n].Lock()
	}
	return func() {
		for _, n := range places {
			s[n].Unlock()
		}
	}
}
