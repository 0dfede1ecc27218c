package envelope

import (
	"fmt"
	"path"
	"strings"
	"unicode"
)

// isDirection reports whether a character changes the direction of writing or cannot be
// seen at all: it makes "exe.jpg" of what ends on .exe. The joiner U+200D stays: emoji
// and several scripts need it.
func isDirection(r rune) bool {
	switch {
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c, r == 0x200b, r == 0xfeff, r == 0x2060:
		return true
	}
	return false
}

// oneLine makes a header safe to show: white space becomes one space, control and
// direction signs go.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), isDirection(r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// plainText makes a text safe to show: line ends become \n, other control signs and
// direction signs go.
func plainText(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if unicode.IsControl(r) || isDirection(r) {
			return -1
		}
		return r
	}, s)
}

// fileName makes a name that is safe to show and to save under: no path, no control or
// direction signs, not hidden, not endless. "" when nothing is left.
func fileName(s string) string {
	s = strings.ReplaceAll(s, `\`, "/")
	s = oneLine(path.Base("/" + s))
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/:*?"<>|`, r) {
			return -1
		}
		return r
	}, s)
	s = strings.TrimSpace(strings.TrimLeft(s, "."))
	const most = 120
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most/2]) + "…" + string(runes[len(runes)-most/2:])
	}
	return s
}

// distinct gives every file a name of its own: the second document.pdf becomes
// "document (2).pdf".
func distinct(name string, taken map[string]bool) string {
	candidate := name
	for n := 2; taken[strings.ToLower(candidate)]; n++ {
		ext := path.Ext(name)
		candidate = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n, ext)
	}
	taken[strings.ToLower(candidate)] = true
	return candidate
}
