package personnel

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // the two kinds of picture that are taken
	"image/png"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// The limits of a logo. What comes in is looked at before it is unpacked: a small file can
// hold an enormous picture.
const (
	MostLogoBytes  = 2 << 20
	mostLogoSide   = 4000
	mostLogoPixels = 8_000_000
	logoWidth      = 400
	logoHeight     = 120
)

// readLogo makes a logo of what was sent: a PNG of at most 400 by 120 pixels, drawn anew,
// so that nothing else that was in the file comes along.
func readLogo(m *complaint.Mistakes, sent []byte) (record.Logo, record.PictureSize) {
	none := record.PictureSize{}
	if len(sent) > MostLogoBytes {
		m.Add(FieldLogo, "error.logo_large")
		return record.Logo{}, none
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(sent))
	if err != nil || kind != "png" && kind != "jpeg" {
		m.Add(FieldLogo, "error.logo_kind")
		return record.Logo{}, none
	}
	if c.Width < 1 || c.Height < 1 || c.Width > mostLogoSide || c.Height > mostLogoSide || c.Width*c.Height > mostLogoPixels {
		m.Add(FieldLogo, "error.logo_large")
		return record.Logo{}, none
	}
	picture, _, err := image.Decode(bytes.NewReader(sent))
	if err != nil {
		m.Add(FieldLogo, "error.logo_kind")
		return record.Logo{}, none
	}
	small := shrink(picture)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small); err != nil {
		m.Add(FieldLogo, "error.logo_kind")
		return record.Logo{}, none
	}
	size := record.PictureSize{Width: small.Bounds().Dx(), Height: small.Bounds().Dy()}
	return record.Logo{Hash: record.ContentHash(out.Bytes()), PNG: out.Bytes()}, size
}

// shrink draws a picture to fit a logo's place, never larger than it is: each new pixel is
// the mean of those it stands for.
func shrink(picture image.Image) *image.RGBA {
	b := picture.Bounds()
	from := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(from, from.Bounds(), picture, b.Min, draw.Src)
	scale := min(1, float64(logoWidth)/float64(b.Dx()), float64(logoHeight)/float64(b.Dy()))
	width, height := max(1, int(float64(b.Dx())*scale+0.5)), max(1, int(float64(b.Dy())*scale+0.5))
	to := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			to.SetRGBA(x, y, mean(from, span(x, width, b.Dx()), span(y, height, b.Dy())))
		}
	}
	return to
}

// span gives the old pixels from and to that one new pixel stands for.
func span(i, parts, whole int) [2]int {
	from := i * whole / parts
	return [2]int{from, max(from+1, (i+1)*whole/parts)}
}

func mean(p *image.RGBA, xs, ys [2]int) color.RGBA {
	var sum [4]int
	for y := ys[0]; y < ys[1]; y++ {
		for x := xs[0]; x < xs[1]; x++ {
			c := p.RGBAAt(x, y)
			sum[0], sum[1], sum[2], sum[3] = sum[0]+int(c.R), sum[1]+int(c.G), sum[2]+int(c.B), sum[3]+int(c.A)
		}
	}
	n := (xs[1] - xs[0]) * (ys[1] - ys[0])
	return color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), uint8(sum[3] / n)}
}
