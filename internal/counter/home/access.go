package home

import (
	"net/http"

	"gehoor/internal/counter/frame"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// The facts of the page Toegankelijkheid, by the names of their texts. The same stand in
// docs/toegankelijkheid.md: a test compares. What is not tested may not stand in the first
// list, and what is known to be wrong must stand in the second.
var (
	testedFacts  = []string{"axe", "narrow", "large", "dark", "forced", "keyboard", "noscript", "words"}
	unknownFacts = []string{"people", "browsers", "old", "pdf", "files", "language"}
)

func (d *Door) access(w http.ResponseWriter, r *http.Request) error {
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	return d.Show(w, r, http.StatusOK, frame.Page{Title: v.Say("counter.access.title"), Place: frame.AccessPath, Body: accessPage(v, org)})
}

// reports are the ways to tell that a page does not work.
func reports(org record.Organisation) []page.Link {
	var all []page.Link
	if org.Phone != "" {
		all = append(all, page.Link{Label: org.Phone, Href: page.Tel(org.Phone)})
	}
	if org.Email != "" {
		all = append(all, page.Link{Label: org.Email, Href: "mailto:" + org.Email})
	}
	return all
}
