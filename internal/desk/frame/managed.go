package frame

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"gehoor/internal/page"
	"gehoor/internal/words"
)

// Managed is a page of Beheer, or one below the own account.
type Managed struct {
	Voice          *words.Voice
	Title, Meaning string
	Place          string     // which tab is marked
	Back           *page.Link // instead of tabs
	Tabs           []page.NavItem
	Done, Start    string
	Mistakes       []page.FieldError
	Parts          []templ.Component
}

// Pressing is a button that changes something, and what it says beside it.
type Pressing struct {
	URL, Press, Context string
	Label, Text         string
	Kind                page.ButtonKind
	Icon                page.IconName
	Fold                bool
	Hidden              []page.Hidden
}

// doneCodes are what can stand in an address after something was done.
var doneCodes = []string{"bewaard", "voorgesteld", "gesloten", "geopend", "goedgekeurd", "afgekeurd", "weg"}

// ManagedDone says what was just done.
func ManagedDone(v *words.Voice, r *http.Request) string {
	if r.Method != http.MethodGet {
		return ""
	}
	if code := r.URL.Query().Get(DoneField); slices.Contains(doneCodes, code) {
		return v.Say("people.done." + code)
	}
	return ""
}

// BackTo leads back from a page to the one above it.
func BackTo(v *words.Voice, label, path string) *page.Link {
	return &page.Link{Label: v.Say(label), Href: path, Icon: page.NoIcon}
}
