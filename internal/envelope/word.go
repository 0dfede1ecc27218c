package envelope

import (
	"regexp"
	"strings"
)

// encodedWord is RFC 2047's =?charset?encoding?text?=, as loosely as mail programs
// write it.
var encodedWord = regexp.MustCompile(`=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=`)

// decodeWords decodes the encoded words of a header. Neighbours of one character set
// are joined before they are decoded: a character may be split between them. split says
// that a word of the text was.
func decodeWords(s string) (text string, split bool) {
	found := encodedWord.FindAllStringSubmatchIndex(s, -1)
	if found == nil {
		return rawText([]byte(s)), false
	}
	var out strings.Builder
	var run []byte
	set, end := "", 0
	flush := func() {
		out.WriteString(decodeSet(run, set))
		run, set = nil, ""
	}
	for _, m := range found {
		between, charset := s[end:m[0]], strings.ToLower(s[m[2]:m[3]])
		charset, _, _ = strings.Cut(charset, "*") // RFC 2231 allows a language behind it
		word := decodeWord(s[m[4]:m[5]], s[m[6]:m[7]])
		joined := end > 0 && strings.TrimSpace(between) == ""
		if joined && len(run) > 0 && len(word) > 0 && run[len(run)-1] != ' ' && word[0] != ' ' {
			split = true
		}
		if !joined || charset != set {
			flush()
		}
		if !joined {
			out.WriteString(rawText([]byte(between)))
		}
		run, set, end = append(run, word...), charset, m[1]
	}
	flush()
	out.WriteString(rawText([]byte(s[end:])))
	return out.String(), split
}

// decodeWord decodes the text of one encoded word; what is not legal is skipped.
func decodeWord(encoding, text string) []byte {
	if strings.EqualFold(encoding, "b") {
		return looseBase64([]byte(text))
	}
	var out []byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '_':
			out = append(out, ' ')
		case c == '=' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			out = append(out, unhex(text[i+1])<<4|unhex(text[i+2]))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return out
}

// looseBase64 decodes what is legal of a base64 text in pieces and leaves the rest out.
func looseBase64(pieces ...[]byte) []byte {
	size := 0
	for _, b := range pieces {
		size += len(b)
	}
	out := make([]byte, 0, size/4*3+3)
	var bits uint32
	n := 0 // sixes of bits that wait
	for _, b := range pieces {
		for _, c := range b {
			six := sixOf[c]
			if six == 0 {
				continue
			}
			bits, n = bits<<6|uint32(six-1), n+1
			if n == 4 {
				out = append(out, byte(bits>>16), byte(bits>>8), byte(bits))
				bits, n = 0, 0
			}
		}
	}
	switch n { // one six is no byte
	case 2:
		out = append(out, byte(bits>>4))
	case 3:
		out = append(out, byte(bits>>10), byte(bits>>2))
	}
	return out
}

// sixOf gives six bits and one more for each letter of base64, and of its form for
// addresses; 0 for every other byte.
var sixOf = func() (table [256]byte) {
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		table[c] = byte(i) + 1
	}
	table['-'], table['_'] = table['+'], table['/']
	return table
}()

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}
