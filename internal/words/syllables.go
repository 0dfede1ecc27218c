package words

import (
	"strings"
	"unicode"
)

// nuclei are the vowel groups that sound as one, longest first. Where two
// vowels meet that are not in the list, a syllable ends: "me-di-a", "ja-nu-a-ri".
var nuclei = []string{
	"aai", "ooi", "oei", "eeu", "ieu", "eau",
	"aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ou", "au", "ei", "ij", "ai", "oi", "ey", "ay", "oy",
}

// borrowed are words that Dutch reads the English or French way, with the
// number of syllables; also as the beginning of a longer word.
var borrowed = map[string]int{
	"team": 1, "online": 2, "website": 2, "site": 1, "service": 2, "mailen": 2, "trainer": 2,
	"update": 2, "cake": 1, "jeans": 1, "scene": 2, "game": 1, "feedback": 2, "dashboard": 2,
}

// accents bring a letter back to the vowel it sounds like. A diaeresis is kept
// apart: it says that a new syllable starts.
var accents = strings.NewReplacer(
	"á", "a", "à", "a", "â", "a", "é", "e", "è", "e", "ê", "e", "í", "i", "ì", "i", "î", "i",
	"ó", "o", "ò", "o", "ô", "o", "ú", "u", "ù", "u", "û", "u", "ĳ", "ij", "ç", "c",
)

// diaereses maps vowels with a diaeresis to a break and the bare vowel.
var diaereses = strings.NewReplacer("ä", "|a", "ë", "|e", "ï", "|i", "ö", "|o", "ü", "|u")

// Syllables counts the syllables of a Dutch word, at least one. It goes by
// spelling: good to about one word in twenty. A figure counts one per digit,
// more or less as it is said.
func Syllables(word string) int {
	word = accents.Replace(strings.ToLower(word))
	total := 0
	for _, part := range strings.FieldsFunc(diaereses.Replace(word), func(r rune) bool {
		return r != '|' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		total += syllablesOf(part)
	}
	return max(total, 1)
}

// syllablesOf counts one part of a word, in lower case without accents.
func syllablesOf(part string) int {
	if n, ok := borrowed[part]; ok {
		return n
	}
	for stem, n := range borrowed {
		if len(stem) < 4 || len(part) < len(stem)+4 {
			continue // too short to be a compound
		}
		if rest, ok := strings.CutPrefix(part, stem); ok {
			return n + syllablesOf(rest)
		}
	}
	total := 0
	for part != "" {
		step, sounds := nucleus(part)
		if sounds {
			total++
		}
		part = part[step:]
	}
	return total
}

// nucleus takes one sound from the front and says whether it makes a syllable.
func nucleus(part string) (step int, sounds bool) {
	switch {
	case part[0] >= '0' && part[0] <= '9':
		return 1, true
	case strings.HasPrefix(part, "qu"):
		return 2, false // kw
	case strings.HasPrefix(part, "iee"): // fi-nan-ci-eel
		return 1, true
	case strings.HasPrefix(part, "tion"): // sta-tion
		return 4, true
	case part == "eum": // mu-se-um
		return 1, true
	case part[0] == 'y' && len(part) > 1 && vowel(part[1]):
		return 1, false // yo-ga
	}
	for _, group := range nuclei {
		if strings.HasPrefix(part, group) {
			return len(group), true
		}
	}
	return 1, vowel(part[0])
}

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }
