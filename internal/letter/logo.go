package letter

import (
	"bytes"

	"codeberg.org/go-pdf/fpdf"

	"gehoor/internal/record"
)

// logoDots is how many pixels of a logo go into an inch of paper: what fits the settings
// fits above the window of the envelope, and is sharp.
const logoDots = 200

// drawLogo prints the organisation's logo, if it has one, and gives the height at which
// text may follow. Its name stands beside it, so that the picture is for the eye alone.
func (s *sheet) drawLogo() float64 {
	look := s.doc.Look
	if len(look.PNG) == 0 {
		return 0
	}
	pdf, kind := s.tagger.pdf, fpdf.ImageOptions{ImageType: "PNG"}
	pdf.RegisterImageOptionsReader(look.Logo, kind, bytes.NewReader(look.PNG))
	mm := func(pixels int) float64 { return float64(pixels) / logoDots * 25.4 }
	s.artifact("Layout", func() {
		pdf.ImageOptions(look.Logo, left, logoTop, mm(look.Size.Width), mm(look.Size.Height), false, kind, 0, "")
	})
	return logoTop + mm(look.Size.Height) + lead(s.size)
}

// accent is the organisation's colour, or gehoor's.
func (s *sheet) accent() ink {
	c := s.doc.Look.Accent
	if c == (record.Colour{}) {
		return petrol
	}
	return ink{int(c[0]), int(c[1]), int(c[2])}
}
