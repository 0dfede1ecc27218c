package page

import "gehoor/internal/record"

// The addresses of the organisation's own looks; each ends in the hash of its content.
const (
	LogoPath  = "/logo/"
	StylePath = "/huisstijl/" // and .css
)

// Picture is an image on a page, as large as it is shown.
type Picture struct {
	Src           string
	Width, Height int
}

// OwnLogo is the organisation's logo on a page, half as large as it is made: sharp on a
// fine screen. Without one it is the zero Picture.
func OwnLogo(look record.Look) Picture {
	if look.Logo == "" {
		return Picture{}
	}
	return Picture{LogoPath + look.Logo, max(1, look.Size.Width/2), max(1, look.Size.Height/2)}
}

// Dress puts the organisation's own name, logo and colours on a public page.
func (f *Frame) Dress(org record.Organisation) {
	f.Mast.Name, f.Mast.Logo = org.Name, OwnLogo(org.Look())
	if _, hash := org.StyleSheet(); hash != "" {
		f.Style = StylePath + hash + ".css"
	}
}
