package home

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestDocsSayTheSame holds the page Toegankelijkheid and its document to the same facts.
func TestDocsSayTheSame(t *testing.T) {
	text, err := os.ReadFile("../../../docs/toegankelijkheid.md")
	if err != nil {
		t.Fatal(err)
	}
	facts := append(append([]string{}, testedFacts...), unknownFacts...)
	for _, fact := range facts {
		if says := "- " + voice(t, "nl").Say("counter.access.fact_"+fact) + "\n"; !strings.Contains(string(text), says) {
			t.Errorf("docs/toegankelijkheid.md does not say %q", says)
		}
	}
	if n := strings.Count(string(text), "\n- "); n != len(facts) {
		t.Errorf("docs/toegankelijkheid.md has %d facts, and the page %d", n, len(facts))
	}
}

var keyOfRow = regexp.MustCompile("(?m)^\\| `([a-z_.]+)` \\|")

// TestManualNamesEveryKey holds the table of the manual to the table of promises.
func TestManualNamesEveryKey(t *testing.T) {
	text, err := os.ReadFile("../../../docs/handleiding/publieke-teksten.md")
	if err != nil {
		t.Fatal(err)
	}
	inManual := map[string]bool{}
	for _, row := range keyOfRow.FindAllStringSubmatch(string(text), -1) {
		inManual[row[1]] = true
	}
	for _, p := range promises {
		if !strings.HasPrefix(p.key, "follow") && !p.onlyHomePage || p.key == "follow_up" {
			if !inManual[p.key] {
				t.Errorf("the manual does not say what %s makes", p.key)
			}
			delete(inManual, p.key)
		}
	}
	for key := range inManual {
		t.Errorf("the manual names %s, of which no promise is tested", key)
	}
}
