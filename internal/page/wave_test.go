package page

import (
	"strconv"
	"strings"
	"testing"

	"gehoor/internal/calendar"
)

// shape writes a wave as letters: p past, t today, f future, x extra, l late.
func shape(w Wave) string {
	letter := map[BarKind]string{Past: "p", Today: "t", Future: "f", Extra: "x", Late: "l"}
	var b strings.Builder
	for _, kind := range w.Bars {
		b.WriteString(letter[kind])
	}
	if w.Cut {
		b.WriteString("…")
	}
	return b.String()
}

func TestWave(t *testing.T) {
	day := calendar.MustParse
	start, due := day("2026-11-13"), day("2026-11-27")
	tests := []struct {
		name string
		wave Wave
		want string
	}{
		{"day of filing", WaveOf(start, due, start), "ffffffffffffff"},
		{"first day", WaveOf(start, due, day("2026-11-14")), "tfffffffffffff"},
		{"day eleven", WaveOf(start, due, day("2026-11-24")), "pppppppppptfff"},
		{"last day", WaveOf(start, due, due), "pppppppppppppt"},
		{"two days late", WaveOf(start, due, day("2026-11-29")), "ppppppppppppppll"},
		{"very late", WaveOf(start, due, day("2027-11-29")), "ppppppppppppppllllllllll…"},
		{"before filing", WaveOf(start, due, day("2026-11-12")), "ffffffffffffff"},
		{"extended", WaveOf(start, due, day("2026-11-24"), day("2026-12-11")), "pppppppppptfffxxxxxxxxxxxxxx"},
		{"in the extra days", WaveOf(start, due, day("2026-11-29"), day("2026-12-02")), "pppppppppppppppt" + "xxx"},
		{"last agreement counts", WaveOf(start, due, day("2026-11-24"), day("2026-12-11"), day("2026-11-28")), "pppppppppptfffx"},
		{"late after an extension", WaveOf(start, due, day("2026-12-01"), day("2026-11-30")), "pppppppppppppppppl"},
		{"no agreed date", WaveOf(start, due, day("2026-11-14"), calendar.Date{}), "tfffffffffffff"},
		{"six weeks", WaveOf(start, start.AddDays(42), start.AddDays(8)), "ptffff"},
		{"six weeks, late", WaveOf(start, start.AddDays(42), start.AddDays(44)), "ppppppl"},
		{"a year and more", WaveOf(start, start.AddDays(400), start.AddDays(3)), "t" + strings.Repeat("f", 39) + "…"},
		{"answered in time", EndedWave(start, due, day("2026-11-16")), "pppfffffffffff"},
		{"answered late", EndedWave(start, due, day("2026-11-28")), "ppppppppppppppl"},
		{"not running", WaveOf(calendar.Date{}, due, due), ""},
		{"no due date", WaveOf(start, calendar.Date{}, due), ""},
	}
	for _, tt := range tests {
		if got := shape(tt.wave); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestWaveLabel(t *testing.T) {
	day := calendar.MustParse
	start, due, agreed := day("2026-11-13"), day("2026-11-27"), day("2026-12-11")
	nl := voice(t, "nl")
	for _, tt := range []struct {
		wave Wave
		want string
	}{
		{WaveOf(start, due, day("2026-11-24")), "Dag 11 van 14. Uiterlijk 27 november."},
		{WaveOf(start, due, day("2026-11-24"), agreed), "Dag 11 van 28. Eerste datum 27 november, afgesproken datum 11 december."},
		{WaveOf(start, due, day("2026-11-28")), "Te laat: 1 dag. Het had uiterlijk 27 november gemoeten."},
		{EndedWave(start, due, day("2026-11-16")), "Klaar op dag 3 van 14."},
		{EndedWave(start, due, day("2026-11-28")), "Klaar op dag 15, uiterlijk was dag 14: 27 november."},
		{WaveOf(start, due, day("2026-11-12")), "De 14 dagen beginnen op 13 november. Uiterlijk 27 november."},
	} {
		if got := tt.wave.Label(nl); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// Every bar and every date must stay inside its drawing, whatever the dates.
func TestDrawingFits(t *testing.T) {
	start := calendar.MustParse("2026-11-13")
	nl := voice(t, "nl")
	for _, term := range []int{1, 2, 7, 14, 35, 42, 400} {
		for _, extra := range []int{0, 3, 14} {
			for now := -1; now < term+extra+30; now += 1 + term/9 {
				due := start.AddDays(term)
				w := WaveOf(start, due, start.AddDays(now), due.AddDays(extra))
				checkDrawing(t, w.mini())
				checkDrawing(t, w.large(nl))
			}
		}
	}
}

func checkDrawing(t *testing.T, d drawing) {
	t.Helper()
	width, height := number(t, d.width), number(t, d.height)
	for _, b := range append(d.bars, d.dots...) {
		x, y := number(t, b.x), number(t, b.y)
		if x < 0 || y < 0 || x+number(t, b.width) > width+.01 || y+number(t, b.height) > height {
			t.Errorf("bar %+v falls out of %s by %s", b, d.width, d.height)
		}
	}
	for _, l := range d.labels {
		if x := number(t, l.x); x < 0 || x > width || l.text == "" {
			t.Errorf("label %+v falls out of %s", l, d.width)
		}
	}
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
