package office_test

import (
	"fmt"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/personnel"
	"gehoor/internal/record"
)

// said gives the text of the dossier's letters of a kind, the last one.
func (b bench) said(f office.Form, kind record.LetterKind) string {
	b.t.Helper()
	text := ""
	for _, l := range b.view("Jorien Tasselaar", f.Dossier).Letters {
		if l.Kind == kind {
			sheet, err := b.Office.PrintLetter(b.t.Context(), b.who("Jorien Tasselaar"), l.ID)
			b.must(err)
			text = string(sheet.Bytes)
		}
	}
	return text
}

// Letters say the organisation's own paragraph of their kind and language, and name the
// contact person of the department; never one who is kept out of the dossier.
func TestOwnParagraphAndContact(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		bram, scholing := b.who("Bram Hoogland"), b.department("Scholing").ID
		const own = "Bij ons mag u altijd iemand meenemen."
		b.must(h.People.ChangeParagraphs(t.Context(), bram, "", map[string]string{
			personnel.FieldParagraph(record.PassedToManager, "nl"): own, personnel.FieldParagraph(record.PassedToManager, "en"): "You may bring someone.",
			personnel.FieldParagraph(record.Answer, "nl"): "Dank voor uw klacht."}))
		b.must(h.People.ChangeContacts(t.Context(), bram, "", map[string]complaint.Actor{scholing: b.who("Pim Haverdonk").ID}))
		tell := func(on string, named bool) string {
			f := mail(b, on)
			if named {
				b.must(h.Office.NameEmployee(t.Context(), b.who("Jorien Tasselaar"), f, b.who("Pim Haverdonk").ID, "De klager noemt hem."))
			}
			b.must(h.Office.Forward(t.Context(), b.who("Jorien Tasselaar"), f, complaint.Forwarding{Department: scholing, Handler: b.who("Hedwig Brandsema").ID}, true))
			propose(b, f, on, "2026-07-20")
			if text := b.said(f, record.ExtensionProposed); !strings.Contains(text, "Hedwig Brandsema") || strings.Contains(text, own) || strings.Contains(text, "Pim") {
				t.Errorf("the handler's own letter: %s", text)
			}
			d, err := h.Office.PreviewAnswer(t.Context(), b.who("Hedwig Brandsema"), f.Dossier, complaint.Reply{How: complaint.HowEmail})
			b.must(err)
			if text := fmt.Sprintf("%+v", d.Blocks); !strings.Contains(text, "Dank voor uw klacht.") {
				t.Errorf("the preview does not show the own paragraph: %s", text)
			}
			passed := b.said(f, record.PassedToManager) // it stays here once the complainant stopped
			b.must(h.Office.Withdraw(t.Context(), b.who("Jorien Tasselaar"), f, complaint.End{On: b.Office.Today(), How: complaint.HowPhone, Said: "Laat maar."}))
			return passed + b.said(f, record.Withdrawn)
		}
		text := tell("2026-06-22", false)
		if !strings.Contains(text, own) || strings.Contains(text, "You may") || !strings.Contains(text, "Pim Haverdonk") {
			t.Errorf("the letters say: %s", text)
		}
		if text := tell("2026-06-23", true); strings.Contains(text, "Pim") || !strings.Contains(text, "Jorien") {
			t.Errorf("the employee concerned is named: %s", text)
		}
	})
}
