package letter

// Places on the sheet, in millimetres from its upper left corner.
const (
	sheetWidth  = 210.0
	left        = 25.0 // text starts here, on every page
	right       = 180.0
	nextTop     = 25.0  // first line of page 2 and on
	bottom      = 275.0 // no text below
	footerLine  = 286.0 // page number
	bodyTop     = 99.0  // first line of page 1: below the window and its play
	senderLeft  = 122.0 // letterhead: right of the window
	senderRight = 195.0
	senderTop   = 18.0
	logoTop     = 14.0 // left of the letterhead, and above what a window shows
)

// A row is one line on the paper: one or more pieces of text at one height.
type row struct {
	spans  []span
	height float64 // of the line, in mm
	before float64 // white above it, unless it is the first on its page
	keep   bool    // on the same page as the next row
	quote  bool    // the complainant's words: a bar stands beside them
	slip   bool    // part of the slip: stands at the foot of its page
	rule   ruling
}

// A span is a piece of text in one face.
type span struct {
	x    float64
	text string
	face face
	size float64
	ink  ink
	node *node
	box  bool // an empty box to tick, instead of text
}

// A ruling is a line drawn with a row.
type ruling int

const (
	noRule   ruling = iota
	cutRule         // dashed, right across the sheet, above the row
	signRule        // to sign on, behind the row's text
)

// An ink is a colour that is dark enough to read and to copy.
type ink [3]int

var (
	black  = ink{0x1a, 0x1a, 0x1a}
	grey   = ink{0x55, 0x55, 0x55}
	petrol = ink{0x0d, 0x52, 0x57}
)

// A sheet lays one document out.
type sheet struct {
	*ruler
	*tagger
	doc  Document
	size float64 // of the running text, in points
	rows []row
	gap  float64 // white above the next row

	filed bool // a printout for a folder, not a letter for an envelope
	tight bool // little white: all of it on one sheet
}

// lead is the height of a line of the given size: 1.4 times, in mm.
func lead(size float64) float64 { return size * 1.4 * mmPerPoint }

// lead is the height of a line on this sheet.
func (s *sheet) lead(size float64) float64 {
	if s.tight {
		return lead(size) * 0.9
	}
	return lead(size)
}

// em is the size of the running text in mm: white space grows along with it.
func (s *sheet) em() float64 { return s.size * mmPerPoint }

// style is how a text is set.
type style struct {
	face   face
	size   float64
	ink    ink
	indent float64
	keep   bool // with what comes after it
	quote  bool
}

func (s *sheet) plain() style { return style{face: sans, size: s.size, ink: black} }

// text adds a paragraph that belongs to n. Its first two and its last two lines
// stay together, so that no line stands alone on a page.
func (s *sheet) text(n *node, st style, text string) {
	x := left + st.indent
	lines := s.wrap(st.face, st.size, right-x, text)
	for i, line := range lines {
		last := i == len(lines)-1
		s.rows = append(s.rows, row{
			spans:  []span{{x: x, text: line, face: st.face, size: st.size, ink: st.ink, node: n}},
			height: s.lead(st.size),
			before: s.gap,
			keep:   (i == 0 && !last) || i == len(lines)-2 || (last && st.keep),
			quote:  st.quote,
		})
		s.gap = 0
	}
}

// space asks for white above the next row, in ems; the larger wish counts.
func (s *sheet) space(ems float64) {
	if s.tight {
		ems *= 0.5
	}
	s.gap = max(s.gap, ems*s.em())
}

// flow turns the document into rows.
func (s *sheet) flow() {
	s.lines(s.doc.Meta)
	s.space(2)
	s.text(s.root.under("H1"), style{face: sansBold, size: s.size * 1.35, ink: s.accent(), keep: true}, s.doc.Title)
	s.space(1)
	s.text(s.root.under("P"), s.plain(), s.doc.Salutation)
	for i, b := range s.doc.Blocks {
		listed := i+1 < len(s.doc.Blocks) && s.doc.Blocks[i+1].Kind == List
		s.block(b, listed)
	}
	s.end()
	if s.doc.Slip != nil {
		s.slip(s.doc.Slip)
	}
}

// lines sets labels and values in two columns.
func (s *sheet) lines(lines []Line) {
	column := 0.0
	for _, m := range lines {
		column = max(column, s.width(sans, s.size, clean(m.Label)))
	}
	column = min(column+s.em(), (right-left)/2)
	for _, m := range lines {
		n := s.root.under("P")
		st := s.plain()
		st.indent = column
		from := len(s.rows)
		s.text(n, st, m.Value)
		if from == len(s.rows) {
			continue
		}
		s.rows[from].spans = append([]span{{
			x: left, text: clean(m.Label) + " ", face: sans, size: s.size, ink: grey, node: n,
		}}, s.rows[from].spans...)
	}
}

// block sets one block of the body. What introduces a list stays with it.
func (s *sheet) block(b Block, listed bool) {
	switch b.Kind {
	case Heading:
		s.space(1.4)
		s.text(s.root.under("H2"), style{face: sansBold, size: s.size, ink: black, keep: true}, b.Text)
		s.space(0.2)
	case Quote:
		s.space(0.6)
		quote := s.root.under("BlockQuote")
		for _, p := range paragraphs(b.Text) {
			s.text(quote.under("P"), style{face: serif, size: s.size * 1.04, ink: black, indent: 1.3 * s.em(), quote: true}, p)
			s.space(0.5)
		}
		s.space(0.9)
	case List:
		s.list(b.Items)
	case FactLines:
		s.space(0.5)
		s.lines(b.Lines)
	default:
		s.space(0.7)
		if n := len(s.rows); n > 0 && s.rows[n-1].keep {
			s.gap = 0.2 * s.em() // close to its heading
		}
		st := s.plain()
		st.keep = listed
		s.text(s.root.under("P"), st, b.Text)
	}
}

// list sets items with a bullet.
func (s *sheet) list(items []string) {
	list := s.root.under("L")
	s.space(0.5)
	for _, item := range items {
		li := list.under("LI")
		mark := span{x: left + 0.3*s.em(), text: "• ", face: sans, size: s.size, ink: s.accent(), node: li.under("Lbl")}
		from := len(s.rows)
		st := s.plain()
		st.indent = 1.4 * s.em()
		s.text(li.under("LBody"), st, item)
		if from < len(s.rows) {
			s.rows[from].spans = append([]span{mark}, s.rows[from].spans...)
		}
		s.space(0.35)
	}
	s.space(0.7)
}

// end sets closing, signature and how to reach us. The signature stays with the
// closing: a page with only a name on it looks like a mistake.
func (s *sheet) end() {
	s.space(1.6)
	st := s.plain()
	st.keep = true
	s.text(s.root.under("P"), st, s.doc.Closing)
	s.space(2.6) // room to sign by hand
	for _, line := range s.doc.Signature {
		s.text(s.root.under("P"), st, line)
	}
	if n := len(s.rows); n > 0 {
		s.rows[n-1].keep = false
	}
	s.space(1.4)
	for _, line := range s.doc.Contact {
		s.text(s.root.under("P"), style{face: sans, size: s.size, ink: grey}, line)
	}
}

// slip sets what is cut off. All its rows stay together.
func (s *sheet) slip(slip *Slip) {
	from := len(s.rows)
	st := s.plain()
	s.space(2)
	s.text(s.root.under("P"), style{face: sans, size: max(s.size*0.8, 10), ink: grey}, slip.Cut)
	s.rows[from].rule = cutRule
	s.space(0.6)
	s.text(s.root.under("H2"), style{face: sansBold, size: s.size, ink: black}, slip.Title)
	s.text(s.root.under("P"), st, slip.Number)
	list := s.root.under("L")
	for _, choice := range []string{slip.Yes, slip.No} {
		s.space(0.7)
		li := list.under("LI")
		box := li.under("Lbl")
		box.alt = slip.Box
		at := len(s.rows)
		st.indent = 2 * s.em()
		s.text(li.under("LBody"), st, choice)
		s.rows[at].spans = append([]span{{x: left, size: s.size, node: box, box: true}}, s.rows[at].spans...)
	}
	s.space(2.4) // room to write
	st.indent = 0
	s.text(s.root.under("P"), st, slip.Sign)
	s.rows[len(s.rows)-1].rule = signRule
	for i := from; i < len(s.rows); i++ {
		s.rows[i].slip = true
		s.rows[i].keep = i < len(s.rows)-1
	}
}
