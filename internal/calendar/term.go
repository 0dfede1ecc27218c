package calendar

import "fmt"

// Unit is what a term is counted in.
type Unit string

// The units of a term.
const (
	Day        Unit = "day"
	WorkingDay Unit = "working_day"
	Week       Unit = "week"
	Month      Unit = "month"
	Year       Unit = "year"
)

// Term is a length of time: 14 days, 6 weeks.
type Term struct {
	N    int
	Unit Unit
}

// maxUnits keeps a slip of the pen from becoming a date in another age (or a loop
// that lasts one).
const maxUnits = 10000

// Check reports what is wrong with the term, or nil.
func (t Term) Check() error {
	switch t.Unit {
	case Day, WorkingDay, Week, Month, Year:
	default:
		return fmt.Errorf("calendar: unknown unit %q: use day, working_day, week, month or year", t.Unit)
	}
	if t.N < 0 || t.N > maxUnits {
		return fmt.Errorf("calendar: %d %ss is out of range 0–%d", t.N, t.Unit, maxUnits)
	}
	return nil
}

// After gives the last day of the term that starts with from as day 0. Month ends
// clamp. Working days are counted by c; when from is a free day, the next working
// day is day 1.
func (c Calendar) After(from Date, t Term) Date {
	switch t.Unit {
	case Week:
		return from.AddDays(7 * t.N)
	case Month:
		return from.AddMonths(t.N)
	case Year:
		return from.AddMonths(12 * t.N)
	case WorkingDay:
		return c.addWorkingDays(from, t.N)
	}
	return from.AddDays(t.N)
}

func (c Calendar) addWorkingDays(d Date, n int) Date {
	for n > 0 {
		d = d.AddDays(1)
		if c.IsWorkingDay(d) {
			n--
		}
	}
	for n < 0 {
		d = d.AddDays(-1)
		if c.IsWorkingDay(d) {
			n++
		}
	}
	return d
}

// WorkingDaysBefore gives the day n working days before d.
func (c Calendar) WorkingDaysBefore(d Date, n int) Date { return c.addWorkingDays(d, -n) }

// OnOrAfter gives the first working day on or after d (Algemene termijnenwet,
// article 1: a term that ends on a free day is extended to the next day that is not).
func (c Calendar) OnOrAfter(d Date) Date {
	for !c.IsWorkingDay(d) {
		d = d.AddDays(1)
	}
	return d
}

// OnOrBefore gives the last working day on or before d.
func (c Calendar) OnOrBefore(d Date) Date {
	for !c.IsWorkingDay(d) {
		d = d.AddDays(-1)
	}
	return d
}

// NextWorkingDay gives the first working day after d.
func (c Calendar) NextWorkingDay(d Date) Date { return c.OnOrAfter(d.AddDays(1)) }
