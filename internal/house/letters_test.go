package house_test

import (
	"bytes"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
	"gehoor/internal/letter"
	"gehoor/internal/record"
)

// TestEveryLetterOfTheHousePrints prints all letters that the furnished house made,
// and sees that every kind these tasks cause is among them.
func TestEveryLetterOfTheHousePrints(t *testing.T) {
	h := housetest.New(t)
	jorien, err := h.Person(t.Context(), "Jorien Tasselaar")
	if err != nil {
		t.Fatal(err)
	}
	ids, err := h.Store.AuditIDs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	printed := map[record.LetterKind]int{}
	for _, id := range ids {
		letters, err := h.Store.Letters(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range letters {
			if l.Channel == complaint.HowPost && !l.SentOn.IsZero() && l.Final == nil {
				t.Errorf("%s of %s was posted, and nobody printed it", l.Kind, l.Dossier)
			}
			sheet, err := h.Office.PrintLetter(t.Context(), jorien, l.ID)
			switch {
			case err != nil:
				t.Errorf("%s of %s: %v", l.Kind, l.Dossier, err)
			case l.Channel == complaint.HowPost && !bytes.HasPrefix(sheet.Bytes, []byte("%PDF-")), len(sheet.Bytes) < 200:
				t.Errorf("%s by %s: %.40q", l.Kind, l.Channel, sheet.Bytes)
			}
			printed[l.Kind]++
		}
	}
	for _, kind := range letter.Kinds() {
		if kind == record.NewCode {
			continue // no page to follow a complaint with a code: nobody has one
		}
		if printed[kind] == 0 {
			t.Errorf("the furnished house has no %s", kind)
		}
	}
}
