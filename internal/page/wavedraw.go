package page

import (
	"math"
	"strconv"

	"gehoor/internal/words"
)

// heights give the bars the shape of speech; one entry is a part of the tallest.
var heights = [...]float64{.36, .53, .41, .67, .49, .83, .62, .95, .69, .87, .56, .74, .45, 1}

// drawnBar is a rounded rectangle in the coordinates of its svg.
type drawnBar struct {
	class, x, y, width, height, radius string
}

// drawnLabel is a date under or above a bar.
type drawnLabel struct{ x, y, anchor, text string }

// drawing is a wave that is ready to be written.
type drawing struct {
	width, height string
	bars          []drawnBar
	dots          []drawnBar // "and so on", when the wave was cut
	labels        []drawnLabel
}

// canvas is how large the parts of a drawing are.
type canvas struct {
	pitch, bar, tallest, middle, margin float64
}

// mini is for a row of a table: its words stand beside it.
func (w Wave) mini() drawing {
	c := canvas{pitch: 6, bar: 3.5, tallest: 24, middle: 13, margin: 1}
	if w.Weeks { // twice as wide: it is another measure
		c.pitch, c.bar = 12, 7
	}
	d := w.draw(c)
	for i := range d.bars {
		if w.Bars[i] == Extra { // a dot: dashes are too small to see
			d.bars[i].y, d.bars[i].height = num(c.middle-1.25), num(2.5)
		}
	}
	d.height = "26"
	return d
}

// Sizes of the large wave. Long ones get larger letters in a narrow box, so the
// text always fits.
const (
	shortWidth  = 336.0 // of waves up to shortBars bars
	shortBars   = 18
	longPitch   = 19.0
	largeHeight = 124.0
	labelTop    = 13.0
	labelBottom = 117.0
)

func (w Wave) isLong() bool { return w.slots() > shortBars }

// slots is the number of places for bars, with room for the dots of a cut wave.
func (w Wave) slots() int {
	if w.Cut {
		return len(w.Bars) + 2
	}
	return len(w.Bars)
}

// large is for a page of its own, with dates.
func (w Wave) large(v *words.Voice) drawing {
	pitch := longPitch
	if !w.isLong() {
		pitch = shortWidth / float64(max(1, w.slots()))
	}
	bar := min(pitch/2, 22)
	c := canvas{pitch: pitch, bar: bar, tallest: 70, middle: 58, margin: (pitch - bar) / 2}
	d := w.draw(c)
	d.height = num(largeHeight)
	d.labels = w.labels(v, c)
	return d
}

// draw places the bars.
func (w Wave) draw(c canvas) drawing {
	d := drawing{width: num(float64(w.slots()) * c.pitch)}
	for i, kind := range w.Bars {
		tall := heights[i%len(heights)] * c.tallest
		d.bars = append(d.bars, c.rect(i, tall, string(kind)))
	}
	if w.Cut {
		for i := range 2 {
			d.dots = append(d.dots, c.rect(len(w.Bars)+i, c.bar, "is-cut"))
		}
	}
	return d
}

func (c canvas) rect(i int, tall float64, class string) drawnBar {
	return drawnBar{
		class: class, x: num(c.left(i)), y: num(c.middle - tall/2),
		width: num(c.bar), height: num(tall), radius: num(c.bar / 2),
	}
}

func (c canvas) left(i int) float64  { return c.margin + float64(i)*c.pitch }
func (c canvas) right(i int) float64 { return c.left(i) + c.bar }

// labels are the dates: day 0 at the left, the due date under its bar, today
// above. One that would touch another is left out, the due date never.
func (w Wave) labels(v *words.Voice, c canvas) []drawnLabel {
	if len(w.Bars) == 0 {
		return nil
	}
	room := 60.0 // how wide a short date is
	if w.isLong() {
		room = 110 // in the larger letters
	}
	due := c.right(w.lastOfTerm())
	labels := []drawnLabel{{num(due), num(labelBottom), "end", v.ShortDayMonth(w.Due)}}
	left := c.left(0)
	if due-left > 2*room {
		labels = append(labels, drawnLabel{num(left), num(labelBottom), "start", v.ShortDayMonth(w.Start)})
	}
	first := c.right(w.barOf(w.Start.DaysUntil(w.First)))
	if w.Extended() && due-first > room && first-left > 2*room {
		labels = append(labels, drawnLabel{num(first), num(labelBottom), "end", v.ShortDayMonth(w.First)})
	}
	return append(labels, w.nowLabel(v, c)...)
}

// nowLabel is "vandaag" above its bar, or nothing when today is not drawn.
func (w Wave) nowLabel(v *words.Voice, c canvas) []drawnLabel {
	day := w.Start.DaysUntil(w.At)
	i := w.barOf(day)
	if w.Ended || day < 1 || i >= len(w.Bars) {
		return nil
	}
	middle, anchor := c.left(i)+c.bar/2, "middle"
	switch {
	case i < 2:
		middle, anchor = c.left(i), "start"
	case i >= w.slots()-2:
		middle, anchor = c.right(i), "end"
	}
	return []drawnLabel{{num(middle), num(labelTop), anchor, v.Say("wave.today")}}
}

// barOf is the bar in which a day after filing falls.
func (w Wave) barOf(day int) int { return max(0, bars(day, w.daysPerBar())-1) }

// lastOfTerm is the bar of the due date, or the last one that is drawn.
func (w Wave) lastOfTerm() int {
	return min(w.barOf(w.Start.DaysUntil(w.Due)), len(w.Bars)-1)
}

// num writes a coordinate; a tenth of a unit is finer than any screen.
func num(f float64) string {
	return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64)
}
