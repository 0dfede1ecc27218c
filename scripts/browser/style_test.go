package browser

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"testing"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// TestHouseStyle chooses a logo and colours in Chromium, and looks at the pages that wear
// them, in light and dark: axe measures their contrast.
func TestHouseStyle(t *testing.T) {
	node := need(t)
	w := enter(t, housetest.New(t))
	token, _, err := w.People.LogIn(t.Context(), admin, house.DemoPassword)
	check(t, err)
	w.tokens[admin] = token
	const page = "/beheer/instellingen/huisstijl"
	s := &story{world: w, t: t, hands: newHands(t, node)}
	bram := s.atDesk(admin).opens(page)
	// Yellow on white, and dark blue on black: each pair is named, at its own colour.
	bram.answers("accent", "#ffd400", "accent_dark", "#203040").presses("main form button.gh-button--primary")
	bram.reads("Kleur: De kleur valt te weinig op tegen de pagina: 1,3. Er is 4,5 nodig.", "Kleur op een donker scherm: De kleur valt te weinig op tegen de pagina: 1,3.")
	bram.answers("accent", "#5b2a86", "accent_dark", "#c9a7f0", "logo", base64.StdEncoding.EncodeToString(aLogo(t))).presses("main form button.gh-button--primary")
	bram.does("sees", "main img.gh-brand__own", "")

	var stops []stop
	for address, status := range map[string]int{"/": 200, "/inloggen": 200, "/bestaat-niet": http.StatusNotFound} {
		s.somebody("visitor").opens(address).does("sees", "header img.gh-brand__own", "")
		stops = append(stops, w.stop("GET "+address+", dressed", nobody, address, status))
	}
	stops = append(stops, w.stop("GET "+page+", with a logo", admin, page, 200), w.letterBeside(t))
	reportOn(t, run(t, node, "walk.mjs", stops, len(stops)), stops)
}

// letterBeside is the page where an answer is written, with the letter beside it.
func (w *world) letterBeside(t *testing.T) stop {
	t.Helper()
	w.look(t)
	token, _, err := w.People.LogIn(t.Context(), manager, house.DemoPassword)
	check(t, err)
	w.tokens[manager] = token
	found, _ := w.find("/klachten/{id}/antwoord")
	found.Name += ", with a logo"
	return found
}

// aLogo is a picture of some colours.
func aLogo(t *testing.T) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 600, 200))
	for i, c := range []color.RGBA{{0x5b, 0x2a, 0x86, 0xff}, {0xf0, 0xa0, 0x20, 0xff}, {0x20, 0x80, 0x60, 0xff}} {
		draw.Draw(picture, image.Rect(200*i+20, 20, 200*i+180, 180), image.NewUniform(c), image.Point{}, draw.Src)
	}
	var out bytes.Buffer
	check(t, png.Encode(&out, picture))
	return out.Bytes()
}
