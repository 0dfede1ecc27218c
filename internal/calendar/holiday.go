package calendar

import "time"

// Kind tells which free days count.
type Kind string

const (
	// House is the calendar of the organisation itself: the days on which the
	// office is closed. It gives target dates.
	House Kind = "house"
	// Statutory is the calendar of the Algemene termijnenwet (article 3): also
	// Good Friday, 5 May every year and the equated days.
	Statutory Kind = "statutory"
)

// Calendar knows which days are working days. The zero Calendar knows weekends only.
type Calendar struct {
	kind   Kind
	closed map[Date]bool
}

// New gives the calendar of that kind; closed are the organisation's own closing
// days, which only the house calendar heeds.
func New(kind Kind, closed ...Date) Calendar {
	c := Calendar{kind: kind}
	if kind == House && len(closed) > 0 {
		c.closed = make(map[Date]bool, len(closed))
		for _, d := range closed {
			c.closed[d] = true
		}
	}
	return c
}

// IsWorkingDay reports whether people work on d.
func (c Calendar) IsWorkingDay(d Date) bool {
	if wd := d.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false
	}
	return c.IsOpen(d)
}

// IsOpen reports whether d is neither a free day nor a closing day, weekends aside: on
// such a Saturday somebody may be at work.
func (c Calendar) IsOpen(d Date) bool { return !c.IsHoliday(d) && !c.closed[d] }

// IsHoliday reports whether d is a free day of this calendar, weekends aside.
func (c Calendar) IsHoliday(d Date) bool {
	switch c.kind {
	case House:
		return isPublicHoliday(d) || isLiberationDay(d) && d.year%5 == 0
	case Statutory:
		return isPublicHoliday(d) || isLiberationDay(d) || d == Easter(d.year).AddDays(-2) || equated[d]
	}
	return false
}

// isPublicHoliday knows the days that both calendars share (Algemene termijnenwet,
// article 3, first paragraph, without Good Friday and 5 May).
func isPublicHoliday(d Date) bool {
	easter := Easter(d.year)
	switch d {
	case NewDate(d.year, time.January, 1),
		easter.AddDays(1),
		kingsDay(d.year),
		easter.AddDays(39),
		easter.AddDays(50),
		NewDate(d.year, time.December, 25),
		NewDate(d.year, time.December, 26):
		return true
	}
	return false
}

func isLiberationDay(d Date) bool { return d.month == time.May && d.day == 5 }

// kingsDay is 27 April, or the 26th when the 27th is a Sunday.
func kingsDay(year int) Date {
	d := NewDate(year, time.April, 27)
	if d.Weekday() == time.Sunday {
		return d.AddDays(-1)
	}
	return d
}

// equated are the days that royal decree made equal to public holidays
// (Algemene termijnenwet, article 3, third paragraph). A decree is a decision, not
// a formula: years without a row have no known decree.
var equated = map[Date]bool{
	{2023, time.April, 28}: true, {2023, time.May, 19}: true,
	{2024, time.May, 10}: true, {2024, time.December, 27}: true,
	{2025, time.May, 30}:    true,
	{2026, time.January, 2}: true, {2026, time.May, 15}: true,
	{2027, time.May, 7}:    true,
	{2028, time.April, 28}: true, {2028, time.May, 26}: true,
}

// Easter gives Easter Sunday (the anonymous Gregorian computus, J. Meeus,
// Astronomical Algorithms, chapter 8).
func Easter(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return NewDate(year, time.Month(month), day)
}
