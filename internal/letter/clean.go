package letter

import (
	"strings"
	"unicode"
)

// stand is drawn for a character that the PDF cannot hold: fpdf writes text in
// two-byte units, so everything beyond the Basic Multilingual Plane (emoji,
// mostly) has no place. A box says honestly that something stood there.
const stand = '□'

// clean makes typed text fit for a PDF: valid, composed letters, no invisible
// characters. It runs in time linear in the text.
func clean(s string) string {
	if plain(s) {
		return s
	}
	out := make([]rune, 0, len(s))
	for _, r := range s {
		switch {
		case r == unicode.ReplacementChar || r > 0xFFFF || r == 0xFFFF || unicode.Is(unicode.Co, r):
			out = append(out, stand)
		case r == '\u2011': // the fonts have no non-breaking hyphen
			out = append(out, '-')
		case unicode.Is(unicode.Mn, r):
			out = combine(out, r)
		case unicode.IsSpace(r) && r != '\u00a0':
			out = append(out, ' ')
		case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r):
			// Soft hyphens, joiners, directions and control codes show nothing.
		default:
			out = append(out, r)
		}
	}
	return string(out)
}

// plain is the fast path: printable ASCII, as most words are.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// composed lists, for each loose accent, the letters it stands on and the same
// letters in one piece: e + ¨ must come out as ë, drawn and copied.
var composed = map[rune][2]string{
	'\u0300': {"AEIOUaeiouNn", "ÀÈÌÒÙàèìòùǸǹ"},
	'\u0301': {"AEIOUYaeiouyCcNnSsZzLlRr", "ÁÉÍÓÚÝáéíóúýĆćŃńŚśŹźĹĺŔŕ"},
	'\u0302': {"AEIOUaeiouWwYy", "ÂÊÎÔÛâêîôûŴŵŶŷ"},
	'\u0303': {"ANOano", "ÃÑÕãñõ"},
	'\u0304': {"AEIOUaeiou", "ĀĒĪŌŪāēīōū"},
	'\u0306': {"AaGg", "ĂăĞğ"},
	'\u0307': {"IZz", "İŻż"},
	'\u0308': {"AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"},
	'\u030a': {"AaUu", "ÅåŮů"},
	'\u030b': {"OoUu", "ŐőŰű"},
	'\u030c': {"CcDdEeNnRrSsZz", "ČčĎďĚěŇňŘřŠšŽž"},
	'\u0326': {"SsTt", "ȘșȚț"},
	'\u0327': {"CcSsTt", "ÇçŞşŢţ"},
	'\u0328': {"AaEe", "ĄąĘę"},
}

// combine puts an accent on the letter before it, where such a letter exists.
func combine(out []rune, accent rune) []rune {
	pair, known := composed[accent]
	if n := len(out); known && n > 0 {
		bare, whole := []rune(pair[0]), []rune(pair[1])
		for i, r := range bare {
			if r == out[n-1] {
				out[n-1] = whole[i]
				return out
			}
		}
	}
	if accent >= '\ufe00' && accent <= '\ufe0f' {
		return out // a variant of an emoji, not an accent
	}
	return append(out, accent)
}

// mostJoined is how many bytes of figures stay on one line, at most.
const mostJoined = 20

// fields splits cleaned text at spaces; a non-breaking space holds. Groups of
// figures stay together: nobody dials "030-299" on one line and "00 04" on the
// next.
func fields(s string) []string {
	var out []string
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }) {
		if n := len(out); n > 0 && figures(out[n-1], word) && len(out[n-1])+len(word) < mostJoined {
			out[n-1] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}

// figures reports whether one word ends and the next begins with a figure.
func figures(one, next string) bool {
	last, first := one[len(one)-1], next[0]
	return last >= '0' && last <= '9' && first >= '0' && first <= '9'
}
