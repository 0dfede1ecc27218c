package record

import (
	"math"
	"strings"
	"testing"
)

func colour(t *testing.T, text string) Colour {
	t.Helper()
	c, ok := ReadColour(text)
	if !ok {
		t.Fatalf("%s is no colour", text)
	}
	return c
}

func TestReadColour(t *testing.T) {
	if got := colour(t, " #0D5257 ").String(); got != "#0d5257" {
		t.Errorf("got %s", got)
	}
	for _, bad := range []string{"", "#", "0d5257", "#0d52", "#0d525", "#0d5257;", "#gggggg", "red", "#0d5257ff"} {
		if _, ok := ReadColour(bad); ok {
			t.Errorf("%q is read as a colour", bad)
		}
	}
}

// Ratios as the tables of WCAG give them.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#777777", "#ffffff", 4.48}, {"#767676", "#ffffff", 4.54}, {"#ff0000", "#ffffff", 4.00}} {
		if got := colour(t, c.a).Contrast(colour(t, c.b)); math.Abs(got-c.want) > 0.005 {
			t.Errorf("%s on %s: %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestClashes(t *testing.T) {
	if found := Clashes(colour(t, OwnAccent), colour(t, OwnAccentDark)); len(found) > 0 {
		t.Errorf("gehoor's own colours clash: %+v", found)
	}
	found := map[string]bool{}
	for _, c := range Clashes(colour(t, "#ffd400"), colour(t, "#202020")) {
		found[c.Pair] = found[c.Pair] || !c.Dark
		if c.Ratio >= c.Need {
			t.Errorf("%s has %.2f and needs %.1f", c.Pair, c.Ratio, c.Need)
		}
	}
	if !found["page"] || !found["surface"] || !found["band"] {
		t.Errorf("yellow links on white are not named: %v", found)
	}
	dark := false
	for _, c := range Clashes(colour(t, OwnAccent), colour(t, "#202020")) {
		dark = dark || c.Dark && c.Pair == "page"
		if !c.Dark {
			t.Errorf("the light scheme is blamed for the dark colour: %+v", c)
		}
	}
	if !dark {
		t.Error("dark links on a dark page are not named")
	}
}

func TestStyleSheet(t *testing.T) {
	if css, hash := (Organisation{}).StyleSheet(); css != "" || hash != "" {
		t.Errorf("without colours: %q %q", css, hash)
	}
	css, hash := Organisation{Accent: "#5b2a86"}.StyleSheet()
	if !strings.Contains(css, "--utrecht-color-petrol: light-dark(#5b2a86, #8bd3cd);") || len(hash) != 12 || strings.Contains(css, "url(") {
		t.Errorf("%s\n%s", hash, css)
	}
	if _, other := (Organisation{Accent: "#5b2a87"}).StyleSheet(); other == hash {
		t.Error("another colour has the same address")
	}
	if css, _ := (Organisation{Accent: "red;} body{display:none"}).StyleSheet(); css != "" {
		t.Errorf("what is no colour comes into the stylesheet: %s", css)
	}
}

func TestReadPictureSize(t *testing.T) {
	if got := ReadPictureSize(PictureSize{400, 120}.String()); got != (PictureSize{400, 120}) {
		t.Errorf("got %v", got)
	}
	if got := ReadPictureSize("breed"); got != (PictureSize{}) {
		t.Errorf("got %v", got)
	}
}
