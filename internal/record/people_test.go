package record

import (
	"testing"
	"time"

	"gehoor/internal/calendar"
)

// TestWorks: a working Saturday counts, and not when the house is closed that day.
func TestWorks(t *testing.T) {
	house := calendar.New(calendar.House, calendar.MustParse("2026-12-19"), calendar.MustParse("2026-12-21"))
	own := Weekdays{time.Monday, time.Saturday}
	for day, want := range map[string]bool{
		"2026-12-12": true, "2026-12-14": true,
		"2026-12-15": false,                      // a Tuesday
		"2026-12-19": false, "2026-12-21": false, // closed
		"2026-12-26": false, // Boxing Day, a Saturday
	} {
		if got := own.Works(calendar.MustParse(day), house); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
	if Weekdays(nil).Works(calendar.MustParse("2026-12-12"), house) {
		t.Error("without own days, on a Saturday")
	}
}
