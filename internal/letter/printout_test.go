package letter

import (
	"bytes"
	"strings"
	"testing"
)

// printout is a dossier on paper, long enough for more than one page.
func printout() Document {
	d := Document{Language: "nl", Date: day(11, 24), Number: "2026-417", Subject: "Klacht 2026-417",
		Sender: []string{"Het LSR", "Postbus 8224", "3503 RE Utrecht"}, Title: "Cursus ging niet door",
		Meta: []Line{{Label: "Nummer", Value: "2026-417"}, {Label: "Geprint op", Value: "24 november 2026"}},
		Blocks: []Block{
			{Kind: Heading, Text: "Geregistreerd"},
			{Kind: FactLines, Lines: []Line{{Label: "Binnengekomen op", Value: "11 november 2026"}, {Label: "Hoe", Value: "brief"}}},
			{Kind: Heading, Text: "De klacht"}, {Kind: Quote, Text: "De cursus ging niet door.\nNiemand belde ons."},
			{Kind: Heading, Text: "Wat er is gebeurd"},
		}}
	for range 40 {
		d.Blocks = append(d.Blocks, Block{Kind: FactLines, Lines: []Line{{Label: "12 november 2026", Value: "Notitie, een medewerker"}}},
			Block{Kind: Quote, Text: "Gebeld met de planner. Die was ziek."})
	}
	return d
}

// A dossier on paper is tagged and read whole, begins at the top of the sheet, and has
// no window, no folds and nobody who signs.
func TestPrintout(t *testing.T) {
	d := printout()
	pdf, err := Printout(d)
	if err != nil {
		t.Fatal(err)
	}
	all := append([]string{}, d.Sender...)
	all = append(all, d.Title)
	for _, l := range d.Meta {
		all = append(all, l.Label, l.Value)
	}
	for _, b := range d.Blocks {
		all = append(all, b.Text)
		for _, l := range b.Lines {
			all = append(all, l.Label, l.Value)
		}
	}
	if got, want := gather(voiced(poppler(t, pdf, "pdfinfo", "-struct-text"))), gather(strings.Join(all, " ")); got != want {
		t.Errorf("reads\n%s\nwant\n%s", got, want)
	}
	info := poppler(t, pdf, "pdfinfo")
	for _, want := range []string{"Tagged:          yes", "Title:           Klacht 2026-417"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo does not say %q:\n%s", want, info)
		}
	}
	checkFonts(t, poppler(t, pdf, "pdffonts"))
	found := boxes(t, pdf)
	last := found[len(found)-1]
	if last.page < 2 || last.text != "2026-417" && !strings.HasSuffix(last.text, "/"+string(rune('0'+last.page))) {
		t.Errorf("the last page ends with %+v", last)
	}
	for _, b := range found {
		if b.text == "Cursus" && b.page == 1 && b.top > 70 {
			t.Errorf("the title stands at %v mm", b.top)
		}
	}
	again, err := Printout(d)
	if err != nil || !bytes.Equal(pdf, again) {
		t.Errorf("two prints differ: %v", err)
	}
}
