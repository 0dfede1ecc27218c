package office_test

import (
	"bytes"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// TestPrintingADossierIsLogged: taking it along is a line, and with the name it is an
// opening with its reason; who is barred finds nothing, and a refusal prints nothing.
func TestPrintingADossierIsLogged(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-06-22")
		var seen *record.Identity
		plain := office.Printing{Compose: func(v office.View, identity *record.Identity) record.Document {
			seen = identity
			return record.Document{Language: "nl", Number: v.Number, Title: v.Title, Date: v.Today}
		}}
		pdf, err := h.Office.PrintDossier(t.Context(), b.who("Jorien Tasselaar"), f.Dossier, plain)
		if err != nil || seen != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
			t.Fatalf("%v, identity %v", err, seen)
		}
		named := plain
		named.Names, named.Identity = true, true
		before := len(b.exports(f))
		if _, err := h.Office.PrintDossier(t.Context(), b.who("Jorien Tasselaar"), f.Dossier, named); !complaint.IsKind(err, complaint.Invalid) || len(b.exports(f)) != before {
			t.Errorf("without a reason: %v", err)
		}
		named.Why = office.Opening{Reason: "letter"}
		if _, err := h.Office.PrintDossier(t.Context(), b.who("Jorien Tasselaar"), f.Dossier, named); err != nil || seen == nil || seen.Name != "Abel Rooskens" {
			t.Errorf("with a reason: %v, %v", err, seen)
		}
		want := []string{"pdf", "pdf names identity"}
		if got := b.exports(f); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("the log says %v, want %v", got, want)
		}
		if n := len(b.view("Jorien Tasselaar", f.Dossier).Openings); n != 1 {
			t.Errorf("%d openings", n)
		}
		b.must(h.Office.NameEmployee(t.Context(), b.who("Jorien Tasselaar"), f, b.who("Pim Haverdonk").ID, "De klager noemt hem."))
		for who, want := range map[string]complaint.ErrorKind{"Pim Haverdonk": complaint.NotFound, "Rutger Eikelhof": complaint.NotFound} {
			if _, err := h.Office.PrintDossier(t.Context(), b.who(who), f.Dossier, plain); !complaint.IsKind(err, want) {
				t.Errorf("%s: %v", who, err)
			}
		}
	})
}

// exports gives the reasons of the exports of a dossier in the log.
func (b bench) exports(f office.Form) (reasons []string) {
	b.t.Helper()
	lines, err := b.Store.Logbook(b.t.Context(), f.Dossier, complaint.Sight{All: true})
	b.must(err)
	for _, l := range lines {
		if l.Action == office.ActionPrint {
			reasons = append(reasons, l.Reason)
		}
	}
	return reasons
}
