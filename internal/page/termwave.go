package page

// TermWave is the term as it is promised, before anybody complained: a bar for the day it
// starts, and one for each day or week of it. The words tell what the first and the last
// bar are.
type TermWave struct {
	Bars        int       // of the term itself
	Start, Last [2]string // two short lines each
	Label       string    // the whole, for who does not see it
}

// Sizes of the drawing: its labels stand below the bars.
const (
	termWidth  = 476.0
	termMiddle = 130.0
	termTall   = 164.0
)

func (w TermWave) drawing() drawing {
	n := len(heights) + 1 // as many as look well
	if w.Exact() {
		n = w.Bars + 1
	}
	pitch := termWidth / float64(n)
	bar := min(pitch*0.53, 18)
	c := canvas{pitch: (termWidth - bar) / float64(n-1), bar: bar, tallest: termTall, middle: termMiddle}
	d := drawing{width: num(termWidth), height: "276"}
	for i := range n {
		class := ""
		if i == 0 || i == n-1 {
			class = string(Today)
		}
		tall := heights[i%len(heights)] * c.tallest
		if i == n-1 {
			tall = c.tallest
		}
		d.bars = append(d.bars, c.rect(i, tall, class))
	}
	last := num(termWidth)
	d.labels = []drawnLabel{
		{"0", "246", "start", w.Start[0]}, {"0", "269", "start", w.Start[1]},
		{last, "246", "end", w.Last[0]}, {last, "269", "end", w.Last[1]},
	}
	return d
}

// Exact says whether there is a bar for each day or week of the term.
func (w TermWave) Exact() bool { return w.Bars >= 2 && w.Bars <= mostDays }
