package store

import (
	"fmt"
	"strings"
	"testing"
)

// TestMigrationsHaveNoGaps: a number that comes later than a higher one would be refused
// by every register that has the higher one already.
func TestMigrationsHaveNoGaps(t *testing.T) {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		if want := fmt.Sprintf("%05d_", i+1); !strings.HasPrefix(f.Name(), want) {
			t.Errorf("%s stands where %s… is wanted", f.Name(), want)
		}
	}
}
