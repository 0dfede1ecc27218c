package words

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// samples are what stands in a sentence in the place of a fact. What is not here is one
// common word.
var samples = map[string]string{
	"Term": "14 dagen", "Phone": "030-299 00 04", "Email": "helpdesk@lsr.example", "Number": "2026-417", "N": "2",
	"Due": "vrijdag 27 november 2026", "From": "maandag 21 december 2026", "To": "vrijdag 1 januari 2027", "Date": "13 november 2026",
	"Day": "13 november 2026", "On": "13 november 2026", "Org": "het LSR", "Code": "1234 5678", "Name": "mevrouw Brugsma",
	"Ways": "schrijven, mailen, bellen of het formulier invullen", "Subjects": "een product, een dienst, een medewerker of iets anders",
}

var fact = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

// filledIn writes a sentence as somebody could get to read it.
func filledIn(text string) string {
	return fact.ReplaceAllStringFunc(text, func(found string) string {
		name := fact.FindStringSubmatch(found)[1]
		if sample, ok := samples[name]; ok {
			return sample
		}
		return "dit"
	})
}

// plainFiles are the texts that people outside read, in Dutch.
func plainFiles(t *testing.T) []string {
	t.Helper()
	counter, err := filepath.Glob("nl/counter*.toml")
	if err != nil || len(counter) == 0 {
		t.Fatal("no texts of the counter", err)
	}
	return append(counter, "nl/letter.toml")
}

// TestPlainDutch holds every text for people outside to the measure of procedure.md: each
// sentence for its length, each file for its words. Composed letters and pages are
// measured in letter and counter.
func TestPlainDutch(t *testing.T) {
	for _, path := range plainFiles(t) {
		var all []string
		for key, texts := range textsOf(t, path) {
			for _, text := range texts {
				text = filledIn(text)
				all = append(all, text)
				for _, s := range Readability(text).Sentences {
					if s.Words > MostInOneSay {
						t.Errorf("%s, %s: %d words, and %d is the most: %q", path, key, s.Words, MostInOneSay, s.Text)
					}
				}
			}
		}
		for _, hard := range Hard(strings.Join(all, "\n")) {
			t.Errorf("%s: %s", path, hard)
		}
		score := Readability(strings.Join(all, "\n"))
		t.Logf("%s: Flesch-Douma %.1f, %.1f words a sentence, the longest %d", path, score.Flesch, score.Mean, score.Longest().Words)
	}
}

func TestHardNamesTheSentence(t *testing.T) {
	long := "Wij schrijven u nu een zin die veel te lang is om in een keer te lezen en die maar niet wil eindigen."
	if got := strings.Join(Hard("Dit is goed. "+long), "\n"); !strings.Contains(got, long) {
		t.Errorf("the long sentence is not named: %s", got)
	}
	official := "Ingevolge reglementaire bepalingen ontvangt belanghebbende schriftelijke mededelingen."
	official += strings.Repeat("\n"+official, 4)
	if got := strings.Join(Hard(official), "\n"); !strings.Contains(got, official[:30]) || !strings.Contains(got, "Flesch-Douma") {
		t.Errorf("the hard sentence is not named: %s", got)
	}
	if got := Hard("Wij bellen u. Is dat goed?"); got != nil {
		t.Errorf("plain Dutch is hard: %s", got)
	}
}

// textsOf gives the texts of a file by key, singular and plural.
func textsOf(t *testing.T, path string) map[string][]string {
	t.Helper()
	var file map[string]struct{ One, Other string }
	if _, err := toml.DecodeFile(path, &file); err != nil {
		t.Fatal(err)
	}
	texts := map[string][]string{}
	for key, m := range file {
		for _, text := range []string{m.One, m.Other} {
			if text != "" {
				texts[key] = append(texts[key], text)
			}
		}
	}
	return texts
}
