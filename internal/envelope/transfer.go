package envelope

import (
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// transferEncoding is the header that says how a part was packed for its journey.
const transferEncoding = "Content-Transfer-Encoding"

// unpack undoes a part's transfer encoding (RFC 2045, 6), once. What is not legal is
// read as far as it goes; an unknown encoding leaves the bytes as they are.
func unpack(p *enmime.Part) {
	encoding := strings.ToLower(firstWord(p.Header.Get(transferEncoding)))
	p.Header.Del(transferEncoding)
	switch encoding {
	case "base64":
		p.Content = looseBase64(p.Content)
	case "quoted-printable":
		p.Content = looseQuotedPrintable(p.Content)
	}
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
