package letter

import (
	"errors"
	"strings"
)

// The window of the envelope, in mm from the upper left corner of the folded
// sheet. Left windows differ from envelope to envelope, and the sheet slides
// about a centimetre inside. The address stands in the part that all of these
// show: DL (110 × 220) with the sheet folded at 105 or at 99 mm, C5/6 (114 ×
// 229), and C5 (162 × 229) folded once. Around it, as far as any of those
// windows may slide, nothing else is printed.
const (
	windowLeft   = 25.0
	windowRight  = 110.0
	windowTop    = 50.0
	windowBottom = 75.0

	clearLeft   = 15.0 // nothing else between these
	clearRight  = 120.0
	clearTop    = 39.0
	clearBottom = 95.0
)

// Fold marks: twice for DL (105 and 210), once for C5 (half of 297).
var folds = []float64{105, 148.5, 210}

// drawSender prints the letterhead at the upper right and gives the height at
// which text may follow. It grows with the text: who needs large print needs it
// here too.
func (s *sheet) drawSender() float64 {
	y := senderTop
	n := s.root.under("P")
	size := s.size * 0.85
	for i, line := range s.doc.Sender {
		st := span{x: senderLeft, face: sans, size: size, ink: black, node: n}
		if i == 0 {
			st.face, st.ink = sansBold, s.accent()
		}
		for _, st.text = range s.wrap(st.face, size, senderRight-senderLeft, line) {
			st.text = strings.TrimSuffix(st.text, " ") + " "
			s.drawSpan(st, y, lead(size))
			y += lead(size)
		}
	}
	return y + lead(size)
}

// drawWindow prints the address. The postman reads it, so it does not grow with
// the text; it shrinks when it must, down to 7 points.
func (s *sheet) drawWindow() error {
	if len(s.doc.Window) == 0 {
		return nil // an e-mail printed by hand
	}
	for _, size := range []float64{12, 11, 10, 9, 8, 7} {
		lines := s.address(size)
		step := size * 1.2 * mmPerPoint
		if float64(len(lines))*step > windowBottom-windowTop {
			continue
		}
		y := windowTop
		for _, line := range lines {
			s.drawSpan(line, y, step)
			y += step
		}
		return nil
	}
	return errors.New("letter: the address does not fit in the window")
}

// address wraps the lines for the window at one size.
func (s *sheet) address(size float64) []span {
	var lines []span
	n := s.root.under("P")
	set := func(f face, text string) {
		for _, line := range s.wrap(f, size, windowRight-windowLeft, text) {
			line = strings.TrimSuffix(line, " ") + " "
			lines = append(lines, span{x: windowLeft, text: line, face: f, size: size, ink: black, node: n})
		}
	}
	set(sansBold, s.doc.Personal)
	for _, line := range s.doc.Window {
		set(sans, line)
	}
	return lines
}
