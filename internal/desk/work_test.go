package desk

import (
	"testing"

	"gehoor/internal/calendar"
)

// Tuesday is the day it is in these tests.
var Tuesday = calendar.MustParse("2026-11-24")

func TestBeforeRetention(t *testing.T) {
	today := calendar.MustParse("2026-11-22")
	for _, tt := range []struct {
		keep calendar.Term
		want string
	}{
		{calendar.Term{N: 24, Unit: calendar.Month}, "2024-11-22"},
		{calendar.Term{N: 1, Unit: calendar.Year}, "2025-11-22"},
		{calendar.Term{N: 2, Unit: calendar.Week}, "2026-11-08"},
		{calendar.Term{N: 30, Unit: calendar.Day}, "2026-10-23"},
	} {
		if got := before(today, tt.keep).String(); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.keep, got, tt.want)
		}
	}
}
