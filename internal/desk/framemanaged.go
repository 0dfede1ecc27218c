package desk

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"gehoor/internal/page"
	"gehoor/internal/words"
)

// managed is a page of Beheer.
type managed struct {
	Voice          *words.Voice
	Title, Meaning string
	Place          string     // which tab is marked
	Back           *page.Link // instead of tabs
	Tabs           []page.NavItem
	Done, Start    string
	Mistakes       []page.FieldError
	Parts          []templ.Component
}

// pressing is a button that changes something, and what it says beside it.
type pressing struct {
	URL, Press, Context string
	Label, Text         string
	Kind                page.ButtonKind
	Icon                page.IconName
	Fold                bool
	Hidden              []page.Hidden
}

// doneCodes are what can stand in an address after something was done.
var doneCodes = []string{"bewaard", "voorgesteld", "gesloten", "geopend", "goedgekeurd", "afgekeurd", "weg"}

// manageDone says what was just done.
func manageDone(v *words.Voice, r *http.Request) string {
	if r.Method != http.MethodGet {
		return ""
	}
	if code := r.URL.Query().Get(doneField); slices.Contains(doneCodes, code) {
		return v.Say("people.done." + code)
	}
	return ""
}
