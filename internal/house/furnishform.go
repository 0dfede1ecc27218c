package house

import (
	"bytes"
	"context"
	"fmt"

	"gehoor/internal/complaint"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/procedure"
	"gehoor/internal/record"
)

// DemoProcedure is the procedure of the invented organisation: the shipped default, with
// the form of the counter switched on.
func DemoProcedure() []byte {
	text := procedure.Shipped()[0].Text
	for _, change := range [][2]string{
		{`version: "1.1"`, `version: "1.1-formulier"`}, {"valid_from: 2025-01-01", "valid_from: 2025-01-02"},
		{"label: Formulier op de website\n    enabled: false", "label: Formulier op de website\n    enabled: true"},
	} {
		text = bytes.Replace(text, []byte(change[0]), []byte(change[1]), 1)
	}
	return text
}

// FurnishForm switches the form of the counter on.
func (h *House) FurnishForm(ctx context.Context) error {
	if err := h.AddProcedure(ctx, DemoProcedure(), "gehoor"); err != nil {
		return fmt.Errorf("house: the demo's procedure: %w", err)
	}
	return nil
}

// senders sent the form of the counter today. One wrote faster than anybody types.
var senders = []struct {
	name, street, postcode, town, email, title, text, wish string
	subject                                                complaint.SubjectKind
	doubts                                                 []string
}{
	{"Grietje Sluimers", "Postbus 41", "7701BB", "Lutterveen", "", "Een dienst: Cursus of training",
		"De cursus over medezeggenschap was verplaatst. Het bericht daarover kwam een dag te laat aan.", "Ik wil de cursus alsnog volgen.", complaint.AboutService, nil},
	{"Berend Kluitenberg", "", "", "", "b.kluitenberg@example.net", "Een product: Website",
		"Op de website staat een oud telefoonnummer. Ik kreeg een bakker aan de lijn.", "Zet het goede nummer op de website.", complaint.AboutProduct, []string{mailroom.TooFast}},
}

// forms plays the complaints that came by the form.
func (f *furnisher) forms() error {
	for _, s := range senders {
		f.at(f.today, 9)
		draft, err := f.house.Office.Begin()
		if err != nil {
			return err
		}
		code, _, _, err := f.house.Office.Codes()
		if err != nil {
			return err
		}
		in := office.Intake{Draft: draft, Promise: &office.Promise{Code: code}, Receipt: complaint.Receipt{Title: s.title, Description: s.text, DesiredOutcome: s.wish,
			Subjects: []complaint.SubjectKind{s.subject}, Level: complaint.Confidential}, Identity: record.Identity{Name: s.name, Street: s.street, Postcode: s.postcode,
			Town: s.town, Email: s.email, Way: "email"}}
		if s.email == "" {
			in.Identity.Way = "letter"
		}
		if _, err := f.house.Mailroom.HandIn(f.ctx, complaint.Visitor(), office.Form{Key: record.NewID()}, in, s.doubts...); err != nil {
			return err
		}
	}
	return nil
}
