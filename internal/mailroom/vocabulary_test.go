package mailroom

import (
	"regexp"
	"strings"
	"testing"
)

// The quick way to find words must find what the plain way does.
func TestVocabulary(t *testing.T) {
	const list = `klacht niet_(?:goed|netjes) fout(?:en|e)? slecht\p{L}* g[ée]{1,2}n_klacht top`
	plain := regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:` + strings.ReplaceAll(strings.Join(strings.Fields(list), "|"), "_", `\s+`) + `)(?:[^\p{L}]|$)`)
	quick := vocabulary(list)
	for _, text := range []string{"", "klacht", "Mijn KLACHT.", "klachten", "geklacht", "niet goed", "niet\n  netjes!", "niet  beter", "fouten", "foutje", "slechter", "Slecht",
		"géén klacht", "GEEN klacht", "een klacht", "top", "stop", "topper", "é top", "klacht2", "2klacht", "(klacht)", "ñklacht", "to", "t", "niet", strings.Repeat("x ", 500) + "klacht",
		"niet" + strings.Repeat(" ", 300) + "goed", "\xffklacht\xff", "k\u0308lacht", "K\u212aLACHT klacht"} {
		if got, want := hasWord(text, quick), plain.MatchString(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if got := vocabulary(`geen_klacht`).without("Dit is geen klacht, echt Geen  klacht!"); strings.Contains(strings.ToLower(got), "klacht") || !strings.Contains(got, "echt") {
		t.Errorf("left out: %q", got)
	}
}

// FuzzVocabulary: whatever the text, the quick way says what the plain way says.
func FuzzVocabulary(f *testing.F) {
	const list = `klacht niet_(?:goed|netjes) fout(?:en|e)? slecht\p{L}* g[ée]{1,2}n_klacht top ik_zie burn-?out`
	plain := regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:` + strings.ReplaceAll(strings.Join(strings.Fields(list), "|"), "_", `\s+`) + `)(?:[^\p{L}]|$)`)
	quick := vocabulary(list)
	for _, text := range []string{"een klacht", "niet  goed", "géén klacht", "Burnout", "top\xff", "fouten?"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > longestPhrase { // a phrase longer than that is none
			return
		}
		if got, want := hasWord(text, quick), plain.MatchString(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	})
}
