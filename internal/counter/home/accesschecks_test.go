package home

import (
	"bytes"
	"os"
	"slices"
	"testing"
)

// checksOf are the checks of scripts/browser/walk.mjs behind each fact that the page
// Toegankelijkheid tells as tested; of the words, TestPlainDutch.
var checksOf = map[string][]string{
	"axe":      {`tell(stop, "axe light 1280"`, `"wcag2a"`, `"wcag2aa"`, `"wcag22aa"`},
	"narrow":   {`tell(stop, "fits in 320"`, "width: 1280", "width: 320"},
	"large":    {`tell(stop, "text at 200 %"`, `fontSize = "200%"`},
	"dark":     {`tell(stop, "axe dark 1280"`, `tell(stop, "axe dark 320"`, `colorScheme: "dark"`, `"color-contrast"`},
	"forced":   {`tell(stop, "forced colours"`, `forcedColors: "active"`},
	"keyboard": {`tell(stop, "keyboard"`, `tell(stop, "focus dark"`},
	"noscript": {`tell(stop, "page"`, `policy.includes("script-src")`},
	"words":    nil,
}

// TestWhatIsSaidTestedIsTested: a claim that no check holds is worse than none.
func TestWhatIsSaidTestedIsTested(t *testing.T) {
	walk, err := os.ReadFile("../../../scripts/browser/walk.mjs")
	if err != nil {
		t.Fatal(err)
	}
	for _, fact := range testedFacts {
		checks, known := checksOf[fact]
		if !known {
			t.Errorf("the page says %s is tested: by which check?", fact)
		}
		for _, check := range checks {
			if !bytes.Contains(walk, []byte(check)) {
				t.Errorf("the page says %s is tested, and walk.mjs has no %s", fact, check)
			}
		}
	}
	for fact := range checksOf {
		if !slices.Contains(testedFacts, fact) {
			t.Errorf("%s is no fact of the page", fact)
		}
	}
}
