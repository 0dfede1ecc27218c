package words

import (
	"fmt"
	"time"
)

// A Day is a date without a clock. calendar.Date is one, and so is time.Time.
type Day interface {
	Date() (int, time.Month, int)
	Weekday() time.Weekday
}

// spelling is how a language writes dates and times.
type spelling struct {
	months, monthsShort [12]string
	days, daysShort     [7]string // Sunday first, as in package time
	clock               string    // layout for time.Format
}

var spellings = map[string]spelling{
	"nl": {
		months:      [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
		monthsShort: [12]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
		days:        [7]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
		daysShort:   [7]string{"zo", "ma", "di", "wo", "do", "vr", "za"},
		clock:       "15.04",
	},
	"en": {
		months:      [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		monthsShort: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		days:        [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		daysShort:   [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		clock:       "15:04",
	},
}

// Date writes "22 november 2026". No date (the zero calendar date) is "".
func (v *Voice) Date(d Day) string {
	year, month, day, ok := parts(d)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d %s %d", day, spellings[v.lang].months[month-1], year)
}

// LongDate writes "zondag 22 november 2026".
func (v *Voice) LongDate(d Day) string {
	date := v.Date(d)
	if date == "" {
		return ""
	}
	return spellings[v.lang].days[d.Weekday()] + " " + date
}

// WeekdayDate writes "zondag 22 november": the form for a date nearby.
func (v *Voice) WeekdayDate(d Day) string {
	short := v.DayMonth(d)
	if short == "" {
		return ""
	}
	return spellings[v.lang].days[d.Weekday()] + " " + short
}

// DayMonth writes "22 november".
func (v *Voice) DayMonth(d Day) string {
	_, month, day, ok := parts(d)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d %s", day, spellings[v.lang].months[month-1])
}

// ShortDate writes "zo 22 nov", for chips and narrow columns.
func (v *Voice) ShortDate(d Day) string {
	short := v.ShortDayMonth(d)
	if short == "" {
		return ""
	}
	return spellings[v.lang].daysShort[d.Weekday()] + " " + short
}

// ShortDayMonth writes "22 nov", for labels under a wave.
func (v *Voice) ShortDayMonth(d Day) string {
	_, month, day, ok := parts(d)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d %s", day, spellings[v.lang].monthsShort[month-1])
}

// Time writes "14.25". The moment must already be in the organisation's zone.
func (v *Voice) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(spellings[v.lang].clock)
}

// Moment writes "22 november 2026, 14.25", in the zone t was given in.
func (v *Voice) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.Date(t) + ", " + v.Time(t)
}

// parts splits a date. The zero calendar date has no month: then ok is false.
func parts(d Day) (year int, month time.Month, day int, ok bool) {
	if t, isTime := d.(time.Time); isTime && t.IsZero() {
		return 0, 0, 0, false
	}
	year, month, day = d.Date()
	return year, month, day, month >= time.January && month <= time.December && day > 0
}
