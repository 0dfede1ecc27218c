package envelope

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/cention-sany/utf7"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// decodeSet turns bytes of a character set into text. An unknown set, and bytes that
// do not fit their set, are read as rawText does.
func decodeSet(b []byte, charset string) string {
	text, _ := decodeCharset(b, charset)
	return text
}

// decodeCharset also says whether the character set had to be guessed.
func decodeCharset(b []byte, charset string) (text string, guessed bool) {
	charset = strings.ToLower(strings.Trim(charset, ` "'`))
	switch charset {
	case "", "us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit", "x-unknown", "default":
		guessed = !isASCII(b) && !(strings.HasPrefix(charset, "utf") && utf8.Valid(b))
		return rawText(b), guessed
	}
	set := setOf(charset)
	if set == nil {
		return rawText(b), true
	}
	out, err := set.NewDecoder().Bytes(b)
	if err != nil {
		return rawText(b), true
	}
	return string(out), false
}

func setOf(charset string) encoding.Encoding {
	if charset == "utf-7" || charset == "unicode-1-1-utf-7" {
		return utf7.UTF7
	}
	if set, err := htmlindex.Get(charset); err == nil { // also reads iso-8859-1 as windows-1252, as mail programs mean it
		return set
	}
	if set, err := ianaindex.MIME.Encoding(charset); err == nil && set != nil {
		return set
	}
	return nil
}

// rawText reads bytes without a (true) character set: UTF-8 when it is that, else
// windows-1252, which West European programs write when they say nothing.
func rawText(b []byte) string {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if utf8.Valid(b) {
		return string(b)
	}
	if mostlyUTF8(b) {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

// mostlyUTF8 reports whether a text is UTF-8 with some damage: more sound characters
// beyond ASCII than broken bytes.
func mostlyUTF8(b []byte) bool {
	sound, broken := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			sound++
		}
		b = b[n:]
	}
	return sound > broken
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
