package house_test

import (
	"path/filepath"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
)

// TestDraftsLeaveNoPlaintext searches the register for what was kept, kept over, and
// thrown away.
func TestDraftsLeaveNoPlaintext(t *testing.T) {
	h := housetest.New(t)
	ctx := t.Context()
	hedwig, err := h.Person(ctx, "Hedwig Brandsema")
	if err != nil {
		t.Fatal(err)
	}
	jorien, err := h.Person(ctx, "Jorien Tasselaar")
	if err != nil {
		t.Fatal(err)
	}
	own, err := h.Office.Drafts(ctx, hedwig)
	if err != nil {
		t.Fatal(err)
	}
	if len(own) == 0 { // the begun answer may be another manager's
		for _, name := range []string{"Rutger Eikelhof", "Liesbeth van der Oort"} {
			if hedwig, err = h.Person(ctx, name); err != nil {
				t.Fatal(err)
			}
			if own, err = h.Office.Drafts(ctx, hedwig); err != nil || len(own) > 0 {
				break
			}
		}
	}
	if len(own) != 1 {
		t.Fatalf("%d begun answers in the furnished house: %v", len(own), err)
	}
	secrets := []string{"Kanariepiet eerst", "Kanariepiet daarna", "Kanariepiet weg", "Kanariepiet belde", "Wielewaalhof 12", "Ik vraag nog na hoe"}
	for id := range own {
		for _, text := range secrets[:2] {
			if err := h.Office.KeepDraft(ctx, hedwig, office.Form{Dossier: id}, complaint.TaskAnswer, office.Typed{"points": {text}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.Office.KeepDraft(ctx, hedwig, office.Form{Dossier: id}, complaint.TaskNote, office.Typed{"text": {secrets[2]}}); err != nil {
			t.Fatal(err)
		}
		if err := h.Office.DropDraft(ctx, hedwig, id, complaint.TaskNote); err != nil {
			t.Fatal(err)
		}
	}
	draft, err := h.Office.Begin()
	if err != nil {
		t.Fatal(err)
	}
	typed := office.Typed{"description": {secrets[3]}, "street": {secrets[4]}}
	if err := h.Office.KeepIntake(ctx, jorien, draft, complaint.Phone, h.Office.Today(), typed); err != nil {
		t.Fatal(err)
	}
	for _, found := range sweep(t, filepath.Join(h.Home, "register"), secrets) {
		t.Error(found)
	}
	if kept, err := h.Office.IntakeOf(ctx, jorien, draft.ID); err != nil || kept.Fields["street"][0] != secrets[4] {
		t.Errorf("%+v %v", kept, err)
	}
}
