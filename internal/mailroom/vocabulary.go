package mailroom

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words is a list of words and turns of phrase that are looked for in a text, whole and
// in any case. A regular expression over a whole text is slow, and there are twenty such
// lists: so it is tried only where a word begins as one of the list does.
type words struct {
	here   *regexp.Regexp  // at the beginning of a text
	begins map[string]bool // the first letters of each, as far as they are certain; at most three
}

// vocabulary makes a list of words: separated by white space, each an expression in which
// _ stands for white space.
func vocabulary(list string) words {
	v := words{begins: map[string]bool{}}
	all := strings.Fields(list)
	for _, word := range all {
		certain, _ := regexp.MustCompile(strings.ReplaceAll(word, "_", `\s+`)).LiteralPrefix()
		v.begins[begin(certain)] = true
	}
	v.here = regexp.MustCompile(`(?i)^(?:` + strings.ReplaceAll(strings.Join(all, "|"), "_", `\s+`) + `)(?:[^\p{L}]|$)`)
	return v
}

// begin gives the first letters of a word, at most three.
func begin(word string) string {
	n := 0
	for i := range word {
		if n == 3 {
			return word[:i]
		}
		n++
	}
	return word
}

func hasWord(text string, v words) bool { return v.find(text, 0) >= 0 }

// longestPhrase bounds how much of the text is looked at for one turn of phrase, in bytes.
const longestPhrase = 400

// find gives where the first word of the list from a place on begins, or -1.
func (v words) find(text string, from int) int {
	inWord := false
	for i, r := range text[from:] {
		letter := unicode.IsLetter(r)
		if letter && !inWord && v.mayBegin(text[from+i:]) && v.here.MatchString(cut(text[from+i:])) {
			return from + i
		}
		inWord = letter
	}
	return -1
}

// mayBegin reports whether a text begins as one of the list does.
func (v words) mayBegin(text string) bool {
	var letters [3 * utf8.UTFMax]byte
	n := 0
	for count, r := range text {
		if count > 3*utf8.UTFMax {
			break
		}
		n += utf8.EncodeRune(letters[n:], unicode.ToLower(r))
		if v.begins[string(letters[:n])] {
			return true
		}
		if n+utf8.UTFMax > len(letters) || !unicode.IsLetter(r) {
			break
		}
	}
	return false
}

// cut bounds a text.
func cut(text string) string {
	if len(text) <= longestPhrase {
		return text
	}
	return text[:longestPhrase] + "x" // no end of a word that is none
}

// without leaves the words out.
func (v words) without(text string) string {
	var b strings.Builder
	at := 0
	for {
		next := v.find(text, at)
		if next < 0 {
			return b.String() + text[at:]
		}
		b.WriteString(text[at:next])
		b.WriteByte(' ')
		at = next + len(v.here.FindString(text[next:]))
	}
}
