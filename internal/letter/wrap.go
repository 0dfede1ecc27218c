package letter

import (
	"strings"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"codeberg.org/go-pdf/fpdf"
)

// mmPerPoint turns a size in points (1/72 inch) into millimetres.
const mmPerPoint = 25.4 / 72

// A face is one of the embedded fonts: sans is our voice, serif is theirs.
type face int

const (
	sans face = iota
	sansBold
	serif
	faces // how many there are
)

func (f face) name() (family, style string) {
	switch f {
	case sansBold:
		return "sans", "B"
	case serif:
		return "serif", ""
	}
	return "sans", ""
}

// A ruler knows how wide characters are, in thousandths of the size. It
// remembers: asking the library for every character costs more than drawing.
type ruler struct {
	pdf   *fpdf.Fpdf
	known [faces]map[rune]int
}

// newRuler embeds the fonts in pdf and measures with them.
func newRuler(pdf *fpdf.Fpdf) *ruler {
	pdf.AddUTF8FontFromBytes("sans", "", liberationsansregular.TTF)
	pdf.AddUTF8FontFromBytes("sans", "B", liberationsansbold.TTF)
	pdf.AddUTF8FontFromBytes("serif", "", liberationserifregular.TTF)
	r := &ruler{pdf: pdf}
	for f := range r.known {
		r.known[f] = map[rune]int{}
	}
	return r
}

// char is the width of one character.
func (r *ruler) char(f face, c rune) int {
	if w, ok := r.known[f][c]; ok {
		return w
	}
	family, style := f.name()
	r.pdf.SetFont(family, style, 12)
	w := r.pdf.GetStringSymbolWidth(string(c))
	r.known[f][c] = w
	return w
}

// units is the width of cleaned text in thousandths of the size.
func (r *ruler) units(f face, s string) int {
	total := 0
	for _, c := range s {
		total += r.char(f, c)
	}
	return total
}

// width is the width in millimetres of cleaned text at size points.
func (r *ruler) width(f face, size float64, s string) float64 {
	return float64(r.units(f, s)) / 1000 * size * mmPerPoint
}

// wrap breaks text into lines of at most width millimetres. A word that is
// wider than a line is cut. Every line but the last ends with the space that
// stood there, so that copied text has its words apart; a cut word has none.
// It counts in whole units: exact, and linear even in one word of megabytes.
func (r *ruler) wrap(f face, size, width float64, text string) []string {
	var lines []string
	var line strings.Builder
	limit := int(width / (size * mmPerPoint) * 1000)
	used, space := 0, r.char(f, ' ')
	flush := func(end string) {
		lines = append(lines, line.String()+end)
		line.Reset()
		used = 0
	}
	for _, word := range fields(clean(text)) {
		w := r.units(f, word)
		if line.Len() > 0 && used+space+w > limit {
			flush(" ")
		}
		for w > limit {
			head, units := r.fit(f, limit, word)
			if head == len(word) {
				break // one character wider than the line
			}
			line.WriteString(word[:head])
			flush("")
			word, w = word[head:], w-units
		}
		if line.Len() > 0 {
			line.WriteByte(' ')
			used += space
		}
		line.WriteString(word)
		used += w
	}
	if line.Len() > 0 {
		flush("")
	}
	return lines
}

// fit gives how many bytes of a word fit in limit units, and their width: at
// least one character, so that cutting always comes to an end.
func (r *ruler) fit(f face, limit int, word string) (size, units int) {
	for i, c := range word {
		w := r.char(f, c)
		if i > 0 && units+w > limit {
			return i, units
		}
		units += w
	}
	return len(word), units
}
