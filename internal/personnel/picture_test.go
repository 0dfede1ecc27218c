package personnel

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

func picture(t *testing.T, w, h int, asJPEG bool) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		m.SetNRGBA(i%w, i/w, color.NRGBA{uint8(i), 80, 90, 255})
	}
	var out bytes.Buffer
	var err error
	if asJPEG {
		err = jpeg.Encode(&out, m, nil)
	} else {
		err = png.Encode(&out, m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// withText puts a text chunk into a PNG, as a camera or a drawing program does.
func withText(sent []byte, text string) []byte {
	chunk := append([]byte("tEXt"), text...)
	var out []byte
	out = append(out, sent[:33]...) // signature and header
	out = binary.BigEndian.AppendUint32(out, uint32(len(text)))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, sent[33:]...)
}

func TestReadLogo(t *testing.T) {
	for _, c := range []struct {
		name string
		sent []byte
		want record.PictureSize
	}{
		{"wide", picture(t, 1600, 240, false), record.PictureSize{Width: 400, Height: 60}},
		{"high", picture(t, 300, 600, true), record.PictureSize{Width: 60, Height: 120}},
		{"small stays small", picture(t, 40, 30, false), record.PictureSize{Width: 40, Height: 30}},
		{"thin", picture(t, 4000, 2, false), record.PictureSize{Width: 400, Height: 1}},
	} {
		var m complaint.Mistakes
		logo, size := readLogo(&m, c.sent)
		if err := m.Err(); err != nil || size != c.want {
			t.Errorf("%s: %v, %v, want %v", c.name, err, size, c.want)
			continue
		}
		made, err := png.DecodeConfig(bytes.NewReader(logo.PNG))
		if err != nil || made.Width != c.want.Width || made.Height != c.want.Height || logo.Hash != record.ContentHash(logo.PNG) {
			t.Errorf("%s: made %+v, %v", c.name, made, err)
		}
	}
}

func TestLogoCarriesNothingAlong(t *testing.T) {
	sent := withText(picture(t, 50, 50, false), "Author\x00Els Veenhof")
	var m complaint.Mistakes
	logo, _ := readLogo(&m, sent)
	if err := m.Err(); err != nil || len(logo.PNG) == 0 {
		t.Fatalf("%v", err)
	}
	if !bytes.Contains(sent, []byte("Veenhof")) || bytes.Contains(logo.PNG, []byte("Veenhof")) {
		t.Error("the name of who drew it comes along")
	}
}

func TestLogoIsRefused(t *testing.T) {
	huge := picture(t, 1, 1, false)
	binary.BigEndian.PutUint32(huge[16:], 60000) // says that it is 60000 wide
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	for name, c := range map[string]struct {
		sent []byte
		key  string
	}{
		"svg":         {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "error.logo_kind"},
		"gif":         {[]byte("GIF89a\x01\x00\x01\x00"), "error.logo_kind"},
		"broken":      {picture(t, 50, 50, false)[:120], "error.logo_kind"},
		"a bomb":      {huge, "error.logo_large"},
		"a large one": {make([]byte, MostLogoBytes+1), "error.logo_large"},
	} {
		var m complaint.Mistakes
		logo, _ := readLogo(&m, c.sent)
		if len(m) != 1 || m[0].Key != c.key || logo.Hash != "" {
			t.Errorf("%s: %v, want %s", name, m.Err(), c.key)
		}
	}
}
