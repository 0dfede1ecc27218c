// Package calendar holds dates without clocks, Dutch holidays, working days and terms.
package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar, without a clock and without a time
// zone. The zero Date means "no date". Dates are comparable with ==.
type Date struct {
	year  int
	month time.Month
	day   int
}

// NewDate gives the date for year, month and day, normalised as time.Date does.
func NewDate(year int, month time.Month, day int) Date {
	return Of(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Of gives the date that t shows on its own wall clock. Put t in the
// organisation's time zone first: a term counts local days.
func Of(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Parse reads a date written as 2026-11-22 (ISO 8601). The empty string is no date
// and no error. A day that does not exist (30 February) is an error, and so is a
// year outside 1900–2200: those are always slips of the pen.
func Parse(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("calendar: %q is not a date like 2026-11-22", s)
	}
	if t.Year() < 1900 || t.Year() > 2200 {
		return Date{}, fmt.Errorf("calendar: year %d is out of range", t.Year())
	}
	return Of(t), nil
}

// MustParse is Parse for dates in the source; it panics on a mistake.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// String gives 2026-11-22, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// MarshalText writes the date as String does, so that JSON and YAML agree.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = Parse(string(b))
	return err
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d == Date{} }

// Date gives year, month and day.
func (d Date) Date() (int, time.Month, int) { return d.year, d.month, d.day }

// Year gives the year.
func (d Date) Year() int { return d.year }

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// AddDays gives the date n days later (earlier when n is negative).
func (d Date) AddDays(n int) Date { return NewDate(d.year, d.month, d.day+n) }

// AddMonths gives the same day n months later; a day that the month does not have
// becomes its last one (31 January + 1 month is 28 or 29 February).
func (d Date) AddMonths(n int) Date {
	first := NewDate(d.year, d.month+time.Month(n), 1)
	last := NewDate(first.year, first.month+1, 0)
	return NewDate(first.year, first.month, min(d.day, last.day))
}

// DaysUntil gives the number of days from d to other; negative when other is earlier.
func (d Date) DaysUntil(other Date) int {
	return int(other.midnight().Sub(d.midnight()) / (24 * time.Hour))
}

// Compare gives -1, 0 or 1 for d before, on or after other.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.year, other.year), cmp.Compare(d.month, other.month), cmp.Compare(d.day, other.day))
}

// Before reports whether d lies before other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d lies after other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// midnight is the date in UTC, where every day has 24 hours.
func (d Date) midnight() time.Time {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC)
}
