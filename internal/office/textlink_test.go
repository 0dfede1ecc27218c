package office_test

import (
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
)

// TestVerifyNamesALinkOpenedAgain: a thief who writes in the register neither makes a link
// to a text nor opens one again unnoticed, and what they write opens nothing.
func TestVerifyNamesALinkOpenedAgain(t *testing.T) {
	for name, c := range map[string]struct{ sql, want string }{
		"opened again":      {`UPDATE text_link SET ended = '' WHERE dossier = '$A'`, "was opened again"},
		"ended":             {`UPDATE text_link SET ended = 'revoked' WHERE dossier = '$B'`, "was opened again, or ended by another hand"},
		"for another":       {`UPDATE text_link SET whom = 'caller', version = 2 WHERE dossier = '$B'`, "was added or changed"},
		"lasts longer":      {`UPDATE text_link SET expires = expires + 86400000000 WHERE dossier = '$B'`, "was added or changed"},
		"of another letter": {`UPDATE text_link SET letter = 'x' WHERE dossier = '$B'`, "was added or changed"},
	} {
		t.Run(name, func(t *testing.T) {
			housetest.Each(t, func(t *testing.T, h *house.House) {
				h.ReachedAt("https://klachten.example.org")
				b := bench{h, t}
				call := func() office.Form {
					in := b.intake(complaint.Phone, b.at("2026-11-03"))
					in.Identity.Email, in.Send = "iemand@example.org", &complaint.Sending{How: complaint.HowEmail}
					return b.receive("Jorien Tasselaar", in)
				}
				ended, live := call(), call()
				b.must(h.Office.Word(t.Context(), b.who("Jorien Tasselaar"), ended, complaint.Wording{Title: "Een", Description: "Anders."}))
				verifies(b)
				tamper(t, h, ended.Dossier, live.Dossier, []string{c.sql})
				r, err := h.Inspector.Verify(t.Context(), nil)
				b.must(err)
				var all []string
				for _, f := range r.Findings {
					all = append(all, f.String())
				}
				if !strings.Contains(strings.Join(all, "\n"), c.want) {
					t.Errorf("want %q, found:\n%s", c.want, strings.Join(all, "\n"))
				}
			})
		})
	}
}

// TestNoLinkWithoutAnAddress: as long as nobody said how people reach gehoor, no letter
// leads to a page.
func TestNoLinkWithoutAnAddress(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	in := b.intake(complaint.Phone, b.at("2026-11-03"))
	in.Identity.Email, in.Send = "iemand@example.org", &complaint.Sending{How: complaint.HowEmail}
	f := b.receive("Jorien Tasselaar", in)
	links, err := b.Store.TextLinks(t.Context(), f.Dossier)
	b.must(err)
	if len(links) != 0 {
		t.Errorf("%d links", len(links))
	}
}
