package record

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// SettingLogo names the setting that holds the organisation's logo.
const SettingLogo = "logo"

// Logo is the organisation's own logo: a PNG that gehoor made.
type Logo struct {
	Hash string `json:"hash"` // of the bytes: its address
	PNG  []byte `json:"png"`
}

// Look is what the organisation's pages and papers wear.
type Look struct {
	Logo   string // its hash; "": none of its own
	Size   PictureSize
	PNG    []byte // only for what is printed
	Accent Colour // on white
}

// Look gives the logo and the colour of the settings. The picture itself stands elsewhere.
func (o Organisation) Look() Look {
	accent, _, _ := o.Accents()
	return Look{Logo: o.Logo, Size: ReadPictureSize(o.LogoSize), Accent: accent}
}

// PictureSize is how many pixels a logo is.
type PictureSize struct{ Width, Height int }

// String writes a size as the settings keep it: 400x120.
func (s PictureSize) String() string { return fmt.Sprintf("%dx%d", s.Width, s.Height) }

// ReadPictureSize reads a size; what is none gives zero.
func ReadPictureSize(text string) (s PictureSize) {
	w, h, _ := strings.Cut(text, "x")
	width, err := strconv.Atoi(w)
	height, again := strconv.Atoi(h)
	if err != nil || again != nil {
		return PictureSize{}
	}
	return PictureSize{width, height}
}

// Colour is red, green and blue.
type Colour [3]uint8

// ReadColour reads #0d5257.
func ReadColour(text string) (c Colour, ok bool) {
	text, ok = strings.CutPrefix(strings.TrimSpace(text), "#")
	raw, err := hex.DecodeString(text)
	if !ok || err != nil || len(raw) != len(c) {
		return c, false
	}
	return Colour(raw), true
}

func (c Colour) String() string { return "#" + hex.EncodeToString(c[:]) }

// mix takes a part of another colour in.
func (c Colour) mix(other Colour, part float64) Colour {
	for i := range c {
		c[i] = uint8(math.Round(float64(c[i])*(1-part) + float64(other[i])*part))
	}
	return c
}

// luminance is the relative luminance of WCAG.
func (c Colour) luminance() float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c[0]) + 0.7152*part(c[1]) + 0.0722*part(c[2])
}

// Contrast is the contrast ratio of WCAG, from 1 to 21.
func (c Colour) Contrast(other Colour) float64 {
	a, b := c.luminance(), other.luminance()
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// The contrast that WCAG 2.2 AA asks of text, and of shapes and large text.
const (
	ContrastText  = 4.5
	ContrastShape = 3.0
)

// ground is what gehoor itself puts under and beside the organisation's colour, in one
// scheme. A test in page compares it with the stylesheet.
type ground struct{ Page, Surface, Ink, Muted Colour }

var (
	white      = Colour{255, 255, 255}
	black      = Colour{}
	lightScene = ground{Page: Colour{0xf4, 0xf6, 0xf1}, Surface: white, Ink: Colour{0x16, 0x28, 0x2b}, Muted: Colour{0x47, 0x5a, 0x5d}}
	darkScene  = ground{Page: Colour{0x0f, 0x18, 0x19}, Surface: Colour{0x17, 0x23, 0x25}, Ink: Colour{0xe8, 0xee, 0xea}, Muted: Colour{0xae, 0xbc, 0xba}}
	bandInk    = Colour{0xf2, 0xf7, 0xf4}
	bandMuted  = Colour{0xb9, 0xd5, 0xd2}
	bandButton = Colour{0xf6, 0xb2, 0x7a}
)

// The organisation's colour when it chose none.
const (
	OwnAccent     = "#0d5257"
	OwnAccentDark = "#8bd3cd"
)

// Palette is all that is made of the organisation's colour, in one scheme.
type Palette struct{ Accent, Hover, Soft, On, Band Colour }

// Palettes makes the colours of both schemes: of links and buttons, their lighter ground,
// the text on them, and the band at the top of the first page.
func Palettes(light, dark Colour) (inLight, inDark Palette) {
	inLight = Palette{Accent: light, Hover: light.mix(black, 0.3), Soft: light.mix(white, 0.88), Band: light.mix(black, 0.2)}
	inDark = Palette{Accent: dark, Hover: dark.mix(white, 0.35), Soft: dark.mix(darkScene.Page, 0.82), Band: light.mix(black, 0.6)}
	inLight.On, inDark.On = on(light), on(dark)
	return inLight, inDark
}

// on is the text that stands out best on a colour.
func on(c Colour) Colour {
	if c.Contrast(white) >= c.Contrast(darkScene.Page) {
		return white
	}
	return darkScene.Page
}

// Clash is a pair of colours that people cannot tell apart well enough. Pair names the
// sentence that says which.
type Clash struct {
	Pair        string
	Dark        bool
	Ratio, Need float64
}

// Clashes holds the organisation's colours to WCAG AA on every ground they are used on.
func Clashes(light, dark Colour) []Clash {
	inLight, inDark := Palettes(light, dark)
	return append(inLight.clashes(lightScene, false), inDark.clashes(darkScene, true)...)
}

func (p Palette) clashes(g ground, dark bool) []Clash {
	var found []Clash
	for _, pair := range []struct {
		name string
		a, b Colour
		need float64
	}{
		{"page", p.Accent, g.Page, ContrastText}, {"surface", p.Accent, g.Surface, ContrastText}, {"soft", p.Accent, p.Soft, ContrastText},
		{"hover", p.Hover, p.Soft, ContrastText}, {"button", p.On, p.Accent, ContrastText}, {"button_hover", p.On, p.Hover, ContrastText},
		{"note", g.Ink, p.Soft, ContrastText}, {"note_muted", g.Muted, p.Soft, ContrastText},
		{"band", bandInk, p.Band, ContrastText}, {"band_muted", bandMuted, p.Band, ContrastText}, {"band_button", bandButton, p.Band, ContrastShape},
	} {
		if ratio := pair.a.Contrast(pair.b); ratio < pair.need {
			found = append(found, Clash{Pair: pair.name, Dark: dark, Ratio: ratio, Need: pair.need})
		}
	}
	return found
}

// Accents gives the colours of the settings, with gehoor's own where none was chosen; own
// says whether any was.
func (o Organisation) Accents() (light, dark Colour, own bool) {
	light, hasLight := ReadColour(o.Accent)
	dark, hasDark := ReadColour(o.AccentDark)
	if !hasLight {
		light, _ = ReadColour(OwnAccent)
	}
	if !hasDark {
		dark, _ = ReadColour(OwnAccentDark)
	}
	return light, dark, hasLight || hasDark
}

// StyleSheet is the organisation's own colours as a stylesheet, with the name that its
// content has; both empty when it chose none.
func (o Organisation) StyleSheet() (css, hash string) {
	light, dark, own := o.Accents()
	if !own {
		return "", ""
	}
	l, d := Palettes(light, dark)
	var b strings.Builder
	b.WriteString(":root {\n")
	for _, token := range []struct {
		name        string
		light, dark Colour
	}{
		{"--utrecht-color-petrol", l.Accent, d.Accent}, {"--utrecht-color-petrol-hover", l.Hover, d.Hover}, {"--utrecht-color-petrol-soft", l.Soft, d.Soft},
		{"--utrecht-color-on-petrol", l.On, d.On}, {"--utrecht-band-background-color", l.Band, d.Band},
	} {
		fmt.Fprintf(&b, "  %s: light-dark(%s, %s);\n", token.name, token.light, token.dark)
	}
	b.WriteString("}\n")
	return b.String(), ContentHash([]byte(b.String()))
}

// ContentHash names bytes by what they are, short enough for an address.
func ContentHash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:6])
}

// Grounds gives, by the names of the stylesheet's tokens, the colours of gehoor that the
// organisation's are held to: in light, and in dark.
func Grounds() map[string][2]Colour {
	return map[string][2]Colour{
		"--utrecht-document-background-color": {lightScene.Page, darkScene.Page},
		"--utrecht-surface-background-color":  {lightScene.Surface, darkScene.Surface},
		"--utrecht-document-color":            {lightScene.Ink, darkScene.Ink},
		"--utrecht-color-muted":               {lightScene.Muted, darkScene.Muted},
	}
}
