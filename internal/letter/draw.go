package letter

import "fmt"

// drawPages draws all pages; the first is open already.
func (s *sheet) drawPages(pages [][]placed) {
	for i, rows := range pages {
		if i > 0 {
			s.startPage()
		}
		for _, p := range rows {
			for _, sp := range p.spans {
				s.drawSpan(sp, p.top, p.height)
			}
		}
		s.stop()
		s.drawRules(rows)
		if i == 0 && !s.filed {
			s.artifact("Layout", s.drawFolds)
		}
		s.artifact("Pagination", func() { s.drawFooter(i+1, len(pages)) })
	}
}

// drawSpan draws a piece of text in a line of the given height, as part of its
// node.
func (s *sheet) drawSpan(sp span, top, height float64) {
	if sp.text == "" && !sp.box {
		return
	}
	s.mark(sp.node)
	base := baseline(top, height, sp.size)
	if sp.box {
		side := sp.size * mmPerPoint
		s.setDraw(black, 0.35)
		s.tagger.pdf.Rect(sp.x+0.2, base-side*0.88, side, side, "D")
		return
	}
	s.drawText(sp, base)
}

// baseline is where the letters stand: they fill about 0.72 of their size above
// it and 0.21 below, and are centred in the line.
func baseline(top, height, size float64) float64 {
	return top + height/2 + (0.72-0.21)/2*size*mmPerPoint
}

func (s *sheet) drawText(sp span, base float64) {
	pdf := s.tagger.pdf
	family, style := sp.face.name()
	pdf.SetFont(family, style, sp.size)
	pdf.SetTextColor(sp.ink[0], sp.ink[1], sp.ink[2])
	pdf.Text(sp.x, base, sp.text)
}

func (s *sheet) setDraw(c ink, width float64) {
	s.tagger.pdf.SetDrawColor(c[0], c[1], c[2])
	s.tagger.pdf.SetLineWidth(width)
}

// drawRules draws the bars beside quotes and the lines of the slip.
func (s *sheet) drawRules(rows []placed) {
	for i := 0; i < len(rows); i++ {
		r := rows[i]
		if r.rule != noRule {
			s.artifact("Layout", func() { s.drawRule(r) })
		}
		if !r.quote {
			continue
		}
		from := i
		for i+1 < len(rows) && rows[i+1].quote && rows[i+1].before < s.em() {
			i++
		}
		last := rows[i]
		s.artifact("Layout", func() {
			s.setDraw(apricot, 0.9)
			x := left + 0.4*s.em()
			s.tagger.pdf.Line(x, rows[from].top+0.6, x, last.top+last.height-0.6)
		})
	}
}

// apricot is the colour of the complainant's voice, as on the screen.
var apricot = ink{0xd9, 0x72, 0x2a}

// drawRule draws the line to cut along, or the line to sign on.
func (s *sheet) drawRule(r placed) {
	pdf := s.tagger.pdf
	if r.rule == cutRule {
		s.setDraw(grey, 0.25)
		pdf.SetDashPattern([]float64{2, 1.6}, 0)
		pdf.Line(0, r.top-1, sheetWidth, r.top-1)
		pdf.SetDashPattern(nil, 0)
		return
	}
	last := r.spans[len(r.spans)-1]
	base := baseline(r.top, r.height, last.size)
	x := last.x + s.width(last.face, last.size, last.text) + 2
	s.setDraw(black, 0.25)
	pdf.Line(min(x, right-40), base+0.6, right, base+0.6)
}

// drawFolds draws where to fold, at the edge of the first page.
func (s *sheet) drawFolds() {
	s.setDraw(grey, 0.15)
	for _, y := range folds {
		s.tagger.pdf.Line(4, y, 8, y)
	}
}

// drawFooter prints "2026-417 · 2/3": with it, loose sheets find each other. One sheet
// without a number needs none.
func (s *sheet) drawFooter(page, of int) {
	if s.doc.Number == "" && of == 1 {
		return
	}
	text := clean(fmt.Sprintf("%s · %d/%d", s.doc.Number, page, of))
	size := max(9, s.size*0.7)
	x := right - s.width(sans, size, text)
	s.drawText(span{x: x, text: text, face: sans, size: size, ink: grey}, footerLine)
}
