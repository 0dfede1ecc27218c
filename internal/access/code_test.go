package access

import (
	"testing"
	"time"
)

// The examples of RFC 6238, appendix B, in six digits.
func TestCodes(t *testing.T) {
	secret := []byte("12345678901234567890")
	for unix, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		at := time.Unix(unix, 0)
		if got := (Codes{}).CodeAt(secret, at); got != want {
			t.Errorf("%d: %s, want %s", unix, got, want)
		}
		for _, off := range []time.Duration{-30 * time.Second, 0, 30 * time.Second} {
			if step, ok := (Codes{}).Match(secret, want[:3]+" "+want[3:], at.Add(off)); !ok || step != unix/30 {
				t.Errorf("%d and %v: step %d, %v", unix, off, step, ok)
			}
		}
		for _, off := range []time.Duration{-90 * time.Second, 90 * time.Second} {
			if _, ok := (Codes{}).Match(secret, want, at.Add(off)); ok {
				t.Errorf("%d and %v: still good", unix, off)
			}
		}
	}
	if _, ok := (Codes{}).Match(secret, "", time.Unix(59, 0)); ok {
		t.Error("no code is good")
	}
	if a, b := (Codes{}).NewSecret(), (Codes{}).NewSecret(); len(a) != 20 || string(a) == string(b) {
		t.Error("secrets are alike")
	}
}
