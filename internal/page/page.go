// Package page is the look of gehoor: layout, components and stylesheet.
//
// A door fills a Frame, calls Shell, and puts components inside. Components
// take plain values that the door has already put into words; only texts that
// belong to the look itself (such as the heading over mistakes) come from a
// words.Voice.
//
// There is no script and no inline style anywhere, so the pages work under
//
//	default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'
//
// Two voices run through the design. What a complainant wrote is always in
// Voice (serif, apricot); what the organisation says is in Ours (sans, petrol).
package page

//go:generate go tool templ generate -path .

import (
	"strings"

	"github.com/a-h/templ"
)

// A Link leads somewhere. Context is read aloud after the label and not shown:
// "Verander" becomes "Verander uw adres".
type Link struct {
	Label, Href, Context string
	Icon                 IconName
}

// Hidden is a hidden field of a form: the version seen, the request key.
type Hidden struct{ Name, Value string }

// Action is a form of one button: where it posts and what it carries along.
type Action struct {
	URL    string
	Hidden []Hidden
}

// paragraphs splits typed text at empty lines, and each paragraph in lines, so
// that the page shows the breaks a person typed.
func paragraphs(text string) [][]string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	var out [][]string
	for _, block := range strings.Split(text, "\n\n") {
		if block = strings.Trim(block, "\n"); strings.TrimSpace(block) != "" {
			out = append(out, strings.Split(block, "\n"))
		}
	}
	return out
}

// labelledBy ties a section to its heading; without one there is nothing to tie.
func labelledBy(id, title string) templ.Attributes {
	if title == "" || id == "" {
		return nil
	}
	return templ.Attributes{"aria-labelledby": id}
}

// splitLines gives the lines of a value, without empty ones at the end.
func splitLines(text string) []string {
	text = strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
