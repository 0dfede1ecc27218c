package page

import (
	"strconv"

	"gehoor/internal/calendar"
	"gehoor/internal/words"
)

// BarKind is what a bar of the wave stands for. It is its class, too.
type BarKind string

const (
	Past   BarKind = ""
	Today  BarKind = "is-today"
	Future BarKind = "is-future"
	Extra  BarKind = "is-extra" // agreed on top of the first term, still to come
	Late   BarKind = "is-late"
)

// A long term is drawn in weeks, and what does not fit is left off: the words
// beside the wave always give the number.
const (
	mostDays = 35 // more days than this become weeks
	mostBars = 40
	mostLate = 10 // this much lateness says enough
)

// A Wave is the term of a dossier, drawn as sound: one bar is one day. The day
// of filing is day 0 and has no bar; the last bar is the last day.
type Wave struct {
	Bars  []BarKind
	Weeks bool // one bar is one week
	Cut   bool // more bars than could be drawn

	Start, First, Due calendar.Date // day 0, the first due date, the date that counts now
	At                calendar.Date // today, or the day it was answered
	Ended             bool
}

// WaveOf draws the term that runs from start to due as it stands today. The last
// of agreed is the date that was agreed instead; no agreed date means none.
func WaveOf(start, due, today calendar.Date, agreed ...calendar.Date) Wave {
	return drawWave(start, due, today, false, agreed)
}

// EndedWave draws the term of a dossier that was answered on a day.
func EndedWave(start, due, answered calendar.Date, agreed ...calendar.Date) Wave {
	return drawWave(start, due, answered, true, agreed)
}

func drawWave(start, due, at calendar.Date, ended bool, agreed []calendar.Date) Wave {
	w := Wave{Start: start, First: due, Due: due, At: at, Ended: ended}
	for _, d := range agreed {
		if !d.IsZero() {
			w.Due = d
		}
	}
	if start.IsZero() || w.Due.IsZero() || at.IsZero() {
		return Wave{} // the term does not run: nothing to draw
	}
	w.Weeks = start.DaysUntil(w.Due) > mostDays
	w.fill()
	return w
}

// fill makes the bars of the term, and red ones for what came after it.
func (w *Wave) fill() {
	per := w.daysPerBar()
	term := bars(w.Start.DaysUntil(w.Due), per)
	late := max(0, bars(w.Start.DaysUntil(w.At), per)-term)
	if late > mostLate {
		late, w.Cut = mostLate, true
	}
	if term > mostBars {
		term, w.Cut = mostBars, true
	}
	for i := range term + late {
		w.Bars = append(w.Bars, w.kind(i, term))
	}
}

// kind says what bar i is, counted from zero.
func (w *Wave) kind(i, term int) BarKind {
	if i >= term {
		return Late
	}
	per := w.daysPerBar()
	first, last := i*per+1, (i+1)*per // days after filing that this bar covers
	now := w.Start.DaysUntil(w.At)
	switch {
	case first <= now && now <= last && !w.Ended && !w.Overdue():
		return Today
	case first <= now:
		return Past
	case first > w.Start.DaysUntil(w.First):
		return Extra
	}
	return Future
}

func (w *Wave) daysPerBar() int {
	if w.Weeks {
		return 7
	}
	return 1
}

// bars is how many bars a number of days takes.
func bars(days, per int) int { return max(0, (days+per-1)/per) }

// Overdue says whether the day that counts has passed.
func (w *Wave) Overdue() bool { return w.At.After(w.Due) }

// Extended says whether another date was agreed.
func (w *Wave) Extended() bool { return w.Due != w.First }

// Label says in words what the wave shows.
func (w Wave) Label(v *words.Voice) string {
	day, of := strconv.Itoa(w.Start.DaysUntil(w.At)), strconv.Itoa(w.Start.DaysUntil(w.Due))
	due := v.DayMonth(w.Due)
	switch {
	case w.Ended && w.Overdue():
		return v.Say("wave.done_late", "Day", day, "Of", of, "Due", due)
	case w.Ended:
		return v.Say("wave.done", "Day", day, "Of", of)
	case w.Overdue():
		return v.Count("wave.late", w.Due.DaysUntil(w.At), "Due", due)
	case w.Start.After(w.At):
		return v.Say("wave.before", "Of", of, "Start", v.DayMonth(w.Start), "Due", due)
	case w.Extended():
		return v.Say("wave.day_extended", "Day", day, "Of", of, "First", v.DayMonth(w.First), "Due", due)
	}
	return v.Say("wave.day", "Day", day, "Of", of, "Due", due)
}
