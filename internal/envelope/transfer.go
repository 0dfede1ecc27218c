package envelope

import (
	"bytes"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// transferEncoding is the header that says how a part was packed for its journey.
const transferEncoding = "Content-Transfer-Encoding"

// unpack undoes a part's transfer encoding (RFC 2045, 6), once, and puts back what was set
// aside. What is not legal is read as far as it goes; an unknown encoding leaves the bytes
// as they are.
func (o *opened) unpack(p *enmime.Part) {
	if o.unpacked[p] {
		return
	}
	o.unpacked[p] = true
	pieces := o.aside.pieces(p.Content)
	switch strings.ToLower(firstWord(p.Header.Get(transferEncoding))) {
	case "base64":
		p.Content = looseBase64(pieces...)
	case "quoted-printable":
		p.Content = looseQuotedPrintable(join(pieces))
	default:
		p.Content = join(pieces)
	}
}

func join(pieces [][]byte) []byte {
	if len(pieces) == 1 {
		return pieces[0]
	}
	return bytes.Join(pieces, nil)
}

// looseQuotedPrintable decodes =XX and joins lines at a = at their end; any other = is
// itself.
func looseQuotedPrintable(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] != '=' {
			out = append(out, b[i])
			continue
		}
		if i+2 < len(b) && isHex(b[i+1]) && isHex(b[i+2]) {
			out = append(out, unhex(b[i+1])<<4|unhex(b[i+2]))
			i += 2
			continue
		}
		end := i + 1
		for end < len(b) && (b[end] == ' ' || b[end] == '\t' || b[end] == '\r') {
			end++
		}
		switch {
		case end < len(b) && b[end] == '\n', end == len(b):
			i = end
		default:
			out = append(out, '=')
		}
	}
	return out
}
