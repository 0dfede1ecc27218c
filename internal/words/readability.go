package words

import (
	"fmt"
	"strings"
	"unicode"
)

// A Score says how easy a Dutch text is to read.
type Score struct {
	Flesch    float64 // Flesch-Douma: 60 and up is plain language, about B1
	Mean      float64 // words per sentence
	Words     int
	Sentences []Sentence
}

// A Sentence is one sentence of a text, with its length.
type Sentence struct {
	Text  string
	Words int
}

// Longest gives the longest sentence; the first of them when several are.
func (s Score) Longest() Sentence {
	var longest Sentence
	for _, one := range s.Sentences {
		if one.Words > longest.Words {
			longest = one
		}
	}
	return longest
}

// Readability measures a Dutch text with Douma's version of Flesch's formula
// (W.H. Douma, De leesbaarheid van landbouwbladen, Wageningen 1960):
//
//	206.84 − 0.77 × (syllables per 100 words) − 0.93 × (words per sentence)
//
// A line end ends a sentence too: headings and list items are read as one. A
// text without words scores 0.
func Readability(text string) Score {
	score := Score{Sentences: sentences(text)}
	syllables := 0
	for _, s := range score.Sentences {
		for _, word := range wordsOf(s.Text) {
			score.Words++
			syllables += Syllables(word)
		}
	}
	if score.Words == 0 {
		return Score{}
	}
	n := float64(score.Words)
	score.Mean = n / float64(len(score.Sentences))
	score.Flesch = 206.84 - 0.77*(100*float64(syllables)/n) - 0.93*score.Mean
	return score
}

// What plain language is: the measure of every letter and every page for people outside.
const (
	LeastFlesch  = 60.0
	MostMean     = 12.0
	MostInOneSay = 20 // words in one sentence
	fewWords     = 30 // of fewer words the formula says nothing: a menu, a line with a number
)

// Hard says, a line each, what is not plain in a Dutch text and names the sentence: too
// long ones, and when the whole is hard, the hardest of it.
func Hard(text string) []string {
	score := Readability(text)
	if score.Words == 0 {
		return nil
	}
	var found []string
	for _, s := range score.Sentences {
		if s.Words > MostInOneSay {
			found = append(found, fmt.Sprintf("%d words, and %d is the most: %q", s.Words, MostInOneSay, s.Text))
		}
	}
	if score.Mean > MostMean {
		found = append(found, fmt.Sprintf("%.1f words a sentence, and %.0f is the most; the longest: %q", score.Mean, MostMean, score.Longest().Text))
	}
	if score.Words >= fewWords && score.Flesch < LeastFlesch {
		found = append(found, fmt.Sprintf("Flesch-Douma %.1f, and %.0f is the least; the hardest: %q", score.Flesch, LeastFlesch, score.Hardest()))
	}
	return found
}

// Hardest gives the sentence of at least four words with the most syllables a word, else
// the first.
func (s Score) Hardest() string {
	hardest, most := "", 0.0
	for _, one := range s.Sentences {
		syllables := 0
		for _, word := range wordsOf(one.Text) {
			syllables += Syllables(word)
		}
		if density := float64(syllables) / float64(one.Words); hardest == "" || one.Words >= 4 && density > most {
			hardest, most = one.Text, density
		}
	}
	return hardest
}

// abbreviations end in a point that ends no sentence.
var abbreviations = map[string]bool{
	"bijv.": true, "bv.": true, "dhr.": true, "mevr.": true, "mw.": true, "dr.": true, "drs.": true,
	"mr.": true, "ir.": true, "ing.": true, "prof.": true, "nr.": true, "tel.": true, "ca.": true,
	"t.a.v.": true, "m.b.t.": true, "i.v.m.": true, "o.a.": true, "d.w.z.": true, "a.u.b.": true,
	"t/m.": true, "incl.": true, "excl.": true, "max.": true, "min.": true, "blz.": true, "art.": true,
}

// sentences splits a text at line ends and after . ! ? followed by a capital, a
// figure or an opening quote. What has no word in it is no sentence.
func sentences(text string) []Sentence {
	var out []Sentence
	for line := range strings.Lines(text) {
		tokens := strings.Fields(line)
		from := 0
		for i, token := range tokens {
			if i+1 < len(tokens) && !(ends(token) && starts(tokens[i+1])) {
				continue
			}
			s := strings.Join(tokens[from:i+1], " ")
			if n := len(wordsOf(s)); n > 0 {
				out = append(out, Sentence{s, n})
			}
			from = i + 1
		}
	}
	return out
}

func ends(token string) bool {
	bare := strings.TrimRight(token, `"'”’»)`)
	if strings.HasSuffix(bare, "!") || strings.HasSuffix(bare, "?") || strings.HasSuffix(bare, "…") {
		return true
	}
	if !strings.HasSuffix(bare, ".") || abbreviations[strings.ToLower(bare)] {
		return false
	}
	initial := len([]rune(bare)) == 2 && unicode.IsUpper([]rune(bare)[0]) // "J."
	return !initial
}

func starts(token string) bool {
	first := []rune(strings.TrimLeft(token, `"'“‘„«(`))
	return len(first) > 0 && (unicode.IsUpper(first[0]) || unicode.IsDigit(first[0]))
}

// wordsOf gives the words of a text: what has a letter or a figure in it.
func wordsOf(text string) []string {
	var out []string
	for _, token := range strings.Fields(text) {
		if strings.ContainsFunc(token, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			out = append(out, token)
		}
	}
	return out
}
