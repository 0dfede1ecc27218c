package words

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"de": 1, "klacht": 1, "antwoord": 2, "uiterlijk": 3, "nieuwe": 2, "nieuw": 1, "sneeuw": 1,
		"november": 3, "januari": 4, "februari": 4, "augustus": 3, "oktober": 3, "zaterdag": 3,
		"medewerker": 4, "leidinggevende": 5, "behandeld": 3, "geopend": 3, "register": 3,
		"ideeën": 3, "coördinator": 5, "cliënt": 2, "cliëntenraad": 4, "één": 1, "geïnteresseerd": 5,
		"financieel": 4, "museum": 3, "radio": 3, "media": 3, "sociaal": 3, "theater": 3, "station": 2,
		"cadeau": 2, "bureau": 2, "fraai": 1, "mooie": 2, "groei": 1, "vrouwen": 2, "bij": 1, "blije": 2,
		"quiz": 1, "yoga": 2, "baby": 2, "e-mail": 2, "team": 1, "teamleider": 3, "website": 2, "online": 2,
		"u": 1, "16": 2, "'s": 1, "foto's": 2, "reünie": 3, "zeeën": 2, "fijn.": 1, "Bel": 1, "": 1,
	} {
		if got := Syllables(word); got != want {
			t.Errorf("Syllables(%q) = %d, want %d", word, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	got := Readability("Uw klacht\nDhr. J. de Vries belde. \"Kan dat?\" Ja! Bijv. op 3 mei 2027. Bel 030-299 00 04.\n—\n").Sentences
	want := []Sentence{
		{"Uw klacht", 2}, {"Dhr. J. de Vries belde.", 5}, {`"Kan dat?"`, 2}, {"Ja!", 1},
		{"Bijv. op 3 mei 2027.", 5}, {"Bel 030-299 00 04.", 4},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadability(t *testing.T) {
	// 6 words, 7 syllables, 2 sentences: 206.84 - 0.77*116.67 - 0.93*3.
	s := Readability("Wij bellen u. Is dat goed?")
	if want := 114.22; math.Abs(s.Flesch-want) > 0.01 {
		t.Errorf("Flesch = %.2f, want %.2f", s.Flesch, want)
	}
	if s.Mean != 3 || s.Words != 6 || s.Longest().Text != "Wij bellen u." {
		t.Errorf("got %+v", s)
	}
	hard := Readability("Naar aanleiding van uw schriftelijke klachtmelding delen wij u hierbij mede dat de behandelingstermijn overeenkomstig de reglementaire bepalingen opgeschort wordt.")
	if hard.Flesch > 30 {
		t.Errorf("officialese scores %.1f", hard.Flesch)
	}
	if s := Readability(" \n—\n"); s.Flesch != 0 || s.Words != 0 {
		t.Errorf("no text scores %+v", s)
	}
}
