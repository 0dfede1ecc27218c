package letter

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// PDF prints the letter: A4, tagged, with embedded fonts. The same document
// always gives the same bytes. The only errors are an address that does not fit
// the window and what the library reports.
//
// It is tagged for screen readers (ISO 32000-1, 14.8). It does not claim PDF/UA
// or PDF/A: no validator has judged it.
func PDF(d Document) ([]byte, error) {
	pdf := blankPaper(d)
	s := &sheet{ruler: newRuler(pdf), tagger: newTagger(pdf), doc: d, size: float64(max(d.PointSize, 12))}
	s.tagger.startPage()
	s.drawLogo()
	top := s.drawSender()
	if err := s.drawWindow(); err != nil {
		return nil, err
	}
	s.flow()
	s.drawPages(s.paginate(max(top, bodyTop)))
	return s.finish()
}

// Printout prints a document that is no letter: no window, no greeting and nobody who
// signs. It is tagged like a letter.
func Printout(d Document) ([]byte, error) {
	pdf := blankPaper(d)
	s := &sheet{ruler: newRuler(pdf), tagger: newTagger(pdf), doc: d, size: float64(max(d.PointSize, 11)), filed: true}
	s.drawPages(s.layPrintout())
	return s.finish()
}

// layPrintout lays out what is no letter: letterhead, title, facts and blocks.
func (s *sheet) layPrintout() [][]placed {
	d := s.doc
	s.tagger.startPage()
	top := max(s.drawLogo(), s.drawSender())
	s.text(s.root.under("H1"), style{face: sansBold, size: s.size * 1.35, ink: s.accent(), keep: true}, d.Title)
	s.space(0.8)
	s.lines(d.Meta)
	for i, b := range d.Blocks {
		s.block(b, i+1 < len(d.Blocks) && d.Blocks[i+1].Kind == List)
	}
	return s.paginate(max(top, nextTop))
}

// The sizes in which a leaflet is tried: as large as fits one sheet.
var leafletSizes = []float64{12, 11.5, 11, 10.5, 10, 9.5, 9}

// Leaflet prints a document for many readers on one sheet, in the largest letter in which
// it fits. What does not fit even in the smallest goes on over the page.
func Leaflet(d Document) ([]byte, error) {
	for _, size := range leafletSizes {
		pdf := blankPaper(d)
		s := &sheet{ruler: newRuler(pdf), tagger: newTagger(pdf), doc: d, size: size, filed: true, tight: true}
		pages := s.layPrintout()
		if len(pages) > 1 && size > leafletSizes[len(leafletSizes)-1] {
			continue
		}
		s.drawPages(pages)
		return s.finish()
	}
	return nil, errors.New("letter: a leaflet has no sizes to try")
}

// finish writes the file and its structure tree.
func (s *sheet) finish() ([]byte, error) {
	pdf, d := s.tagger.pdf, s.doc
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("letter: draw %s: %w", d.Kind, err)
	}
	f, err := readFile(out.Bytes())
	if err != nil {
		return nil, err
	}
	catalogue := len(f.objects)
	if err := f.tag(s.tagger); err != nil {
		return nil, err
	}
	return f.bytes(catalogue), nil
}

// blankPaper sets up what is the same on every letter. The date in the file is
// the letter's own date: a clock would give other bytes at every print.
func blankPaper(d Document) *fpdf.Fpdf {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	y, m, day := d.Date.Date()
	date := time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
	pdf.SetCreationDate(date)
	pdf.SetModificationDate(date)
	pdf.SetTitle(clean(d.Subject), true)
	if len(d.Sender) > 0 {
		pdf.SetAuthor(clean(d.Sender[0]), true)
	}
	pdf.SetCreator("gehoor", true)
	pdf.SetProducer("gehoor", true)
	pdf.SetLang(d.Language)
	return pdf
}
