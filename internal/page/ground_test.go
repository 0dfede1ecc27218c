package page

import (
	"fmt"
	"strings"
	"testing"

	"gehoor/internal/record"
)

// TestGroundsAreThoseOfTheStylesheet: an organisation's colours are checked against these.
func TestGroundsAreThoseOfTheStylesheet(t *testing.T) {
	css := string(assets[CounterSheet].body)
	for token, c := range record.Grounds() {
		if want := fmt.Sprintf("%s: light-dark(%s, %s);", token, c[0], c[1]); !strings.Contains(css, want) {
			t.Errorf("the stylesheet does not say %q", want)
		}
	}
	if want := fmt.Sprintf("--utrecht-color-petrol: light-dark(%s, %s);", record.OwnAccent, record.OwnAccentDark); !strings.Contains(css, want) {
		t.Errorf("the stylesheet does not say %q", want)
	}
	for _, want := range []string{"--utrecht-band-color: #f2f7f4;", "--utrecht-band-muted-color: #b9d5d2;", ".gh-hero .gh-button--primary { background: #f6b27a;"} {
		if !strings.Contains(css, want) {
			t.Errorf("the band is checked against other colours than %q", want)
		}
	}
}
