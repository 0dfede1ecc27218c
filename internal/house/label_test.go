package house_test

import (
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
	"gehoor/internal/letter"
	"gehoor/internal/procedure"
)

// TestLabelsOfShippedProcedures: gehoor can say every label of the procedures that it ships in
// each of its languages; one of the organisation's own stays as it is.
func TestLabelsOfShippedProcedures(t *testing.T) {
	h := housetest.Empty(t)
	nl, en := h.Words.Speak("nl"), h.Words.Speak("en")
	same := map[string]bool{"Website": true, "Helpdesk": true} // in both languages
	for _, f := range procedure.Shipped() {
		rules, err := procedure.Read(f.Text)
		check(t, err)
		lists := [][]complaint.Choice{rules.Extension.Reasons, rules.Judgement, rules.NotAccepted, rules.OpeningReasons}
		for _, s := range rules.Subjects {
			lists = append(lists, s.Categories)
		}
		for _, list := range lists {
			for _, c := range list {
				if nl.Label(c.Label) != c.Label || (en.Label(c.Label) == c.Label) != same[c.Label] {
					t.Errorf("%s of %s: %q is %q and %q", c.Code, f.Name, c.Label, nl.Label(c.Label), en.Label(c.Label))
				}
			}
		}
	}
	if got := en.Label("Te laat op kantoor"); got != "Te laat op kantoor" {
		t.Errorf("a label of the organisation's own becomes %q", got)
	}
	for _, kind := range letter.Kinds() { // the names of files are made of these
		for _, v := range []string{nl.Say("dossier.letter." + string(kind)), en.Say("dossier.letter." + string(kind))} {
			if strings.Contains(v, "⟦") || strings.ContainsAny(v, "/:") {
				t.Errorf("a letter of kind %s is called %q", kind, v)
			}
		}
	}
}
