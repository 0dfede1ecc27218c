package letter

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"testing"

	"gehoor/internal/record"
)

// Colours that stand nowhere else in a letter.
var (
	logoRed = color.RGBA{0xe0, 0x10, 0x10, 0xff}
	purple  = record.Colour{0x5b, 0x2a, 0x86}
)

// dressed is the look of an organisation with the largest logo that there can be, half of
// it transparent, and a colour of its own.
func dressed(t *testing.T) record.Look {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 400, 120))
	draw.Draw(picture, image.Rect(0, 0, 400, 60), image.NewUniform(logoRed), image.Point{}, draw.Src)
	draw.Draw(picture, image.Rect(0, 100, 400, 120), image.NewUniform(logoRed), image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return record.Look{Logo: "0123456789ab", Size: record.PictureSize{Width: 400, Height: 120}, PNG: out.Bytes(), Accent: purple}
}

// seen draws a page as a printer does, four dots to the millimetre, and gives where a colour
// stands on it, in millimetres.
func seen(t *testing.T, pdf []byte, c color.RGBA) (top, bottom, from, to float64, any bool) {
	t.Helper()
	picture, err := png.Decode(strings.NewReader(poppler(t, pdf, "pdftoppm", "-png", "-r", "101.6", "-f", "1", "-l", "1")))
	if err != nil {
		t.Fatal(err)
	}
	b := picture.Bounds()
	at := image.Rectangle{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if color.RGBAModel.Convert(picture.At(x, y)) == c {
				at = at.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	mm := func(dots int) float64 { return float64(dots) / 4 }
	return mm(at.Min.Y), mm(at.Max.Y), mm(at.Min.X), mm(at.Max.X), !at.Empty()
}

// The logo stands at the head of a letter, above what any window shows and clear of the
// text; a screen reader is not told of it, because the name stands there in words.
func TestLogoOnALetter(t *testing.T) {
	t.Parallel()
	for _, size := range []int{12, 20} {
		o := full(Answer, "nl")
		o.PointSize = size
		bare := printed(t, compose(t, o))
		o.Look = dressed(t)
		pdf := printed(t, compose(t, o))
		if n := strings.Count(poppler(t, pdf, "pdfimages", "-list"), " rgb "); n != 1 {
			t.Fatalf("%d pictures", n)
		}
		top, bottom, from, to, any := seen(t, pdf, logoRed)
		if !any || top < 10 || bottom > clearTop || from < left-1 || to > senderLeft || bottom-top < 14 {
			t.Errorf("the logo stands from %.1f to %.1f mm, %.1f to %.1f down", from, to, top, bottom)
		}
		for _, tool := range [][]string{{"pdfinfo", "-struct-text"}, {"pdftotext", "-bbox"}} {
			if got, want := poppler(t, pdf, tool[0], tool[1:]...), poppler(t, bare, tool[0], tool[1:]...); got != want {
				t.Errorf("at %d points the logo changes the text:\n%s\nwant\n%s", size, got, want)
			}
		}
		if _, _, _, _, any := seen(t, pdf, color.RGBA{purple[0], purple[1], purple[2], 0xff}); !any {
			t.Error("nothing is in the organisation's colour")
		}
		if _, _, _, _, any := seen(t, pdf, color.RGBA{uint8(petrol[0]), uint8(petrol[1]), uint8(petrol[2]), 0xff}); any {
			t.Error("something is in gehoor's colour")
		}
		if !bytes.Equal(pdf, printed(t, compose(t, o))) {
			t.Error("the second print is another one")
		}
	}
}

// Letters with a logo join as others do.
func TestLogosJoin(t *testing.T) {
	t.Parallel()
	var s record.Sheaf
	s.Title, s.Language = "Brieven", "nl"
	for range 2 {
		o := full(Withdrawn, "nl")
		o.Look = dressed(t)
		s.Letters = append(s.Letters, record.Printed{Name: "brief", PDF: printed(t, compose(t, o))})
	}
	whole, err := Join(s)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(poppler(t, whole, "pdfimages", "-list"), " rgb "); n != 2 {
		t.Errorf("%d pictures", n)
	}
	if _, _, _, _, any := seen(t, whole, logoRed); !any {
		t.Error("the logo does not show")
	}
}

// The leaflet begins below the logo, and stays one sheet.
func TestLogoOnTheLeaflet(t *testing.T) {
	t.Parallel()
	d := Document{Language: "nl", Date: day(11, 24), Subject: "Folder", Sender: []string{"Het LSR"}, Title: "Niet tevreden? Vertel het ons.", Look: dressed(t)}
	for range 20 {
		d.Blocks = append(d.Blocks, Block{Kind: Paragraph, Text: strings.Repeat("Wij sturen ons antwoord binnen 14 dagen. ", 3)})
	}
	pdf, err := Leaflet(d)
	if err != nil {
		t.Fatal(err)
	}
	if n := pagesOf(t, pdf); n != 1 {
		t.Errorf("%d pages", n)
	}
	_, logo, _, _, any := seen(t, pdf, logoRed)
	title := 0.0
	for _, b := range boxes(t, pdf) {
		if b.text == "Niet" {
			title = b.top
		}
	}
	if !any || title < logo {
		t.Errorf("the title stands at %.1f mm, the logo ends at %.1f", title, logo)
	}
}
