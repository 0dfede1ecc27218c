package mailroom_test

import (
	"encoding/json"
	"slices"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// person gives somebody with what the settings add.
func (d desk) person(name string) complaint.Person {
	d.t.Helper()
	s, err := d.Store.StaffByID(d.t.Context(), d.who(name).ID)
	d.must(err)
	p, err := d.People.Person(d.t.Context(), s)
	d.must(err)
	return p
}

// TestOrphanFallsToTheDirector: a mail that names the whole helpdesk is for who was chosen
// to take in; while nobody is, for the director, as long as it waits, and never for one
// who is named.
func TestOrphanFallsToTheDirector(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		if d.person("Ankie Verloop").Fallback {
			t.Fatal("the director takes in though nothing waits")
		}
		id := d.takeIn("From: Gerlof <gerlof@example.net>\nSubject: klacht\nMessage-ID: <o@example.net>\n\nMevrouw Tasselaar en meneer Haverdonk lachten mij uit.\n", 0).ID
		ankie := d.person("Ankie Verloop")
		if _, err := h.Mailroom.Look(t.Context(), ankie, id); err != nil {
			t.Errorf("the director does not see it: %v", err)
		}
		for _, name := range []string{"Jorien Tasselaar", "Pim Haverdonk", "Hedwig Brandsema", "Bram Hoogland"} {
			if p := d.person(name); p.Fallback {
				t.Errorf("%s takes in", name)
			} else if _, err := h.Mailroom.Look(t.Context(), p, id); err == nil {
				t.Errorf("%s sees it", name)
			}
		}
		d.must(h.Mailroom.Dismiss(t.Context(), ankie, id, "question", false))
		if d.person("Ankie Verloop").Fallback {
			t.Error("the director takes in for good")
		}
		d.takeIn("From: Gerlof <gerlof@example.net>\nSubject: klacht\nMessage-ID: <p@example.net>\n\nMevrouw Tasselaar, meneer Haverdonk en mevrouw Verloop lachten mij uit.\n", 0)
		if d.person("Ankie Verloop").Fallback {
			t.Error("the director is named, and takes in")
		}
		d.verifies()
	})
}

// TestOrphanThatNamesTheChosenToo is for the director, and no other orphan is.
func TestOrphanThatNamesTheChosenToo(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		org, err := h.Office.Organisation(t.Context())
		d.must(err)
		org.Fallback = string(d.who("Noor Stalpers").ID)
		value, err := json.Marshal(org)
		d.must(err)
		d.must(h.Store.SaveSetting(t.Context(), record.Setting{ID: record.NewID(), Name: record.SettingOrganisation, Value: string(value), At: housetest.TestDay.AddDate(1, 0, 0)}))
		d.takeIn("From: Gerlof <gerlof@example.net>\nSubject: klacht\nMessage-ID: <o@example.net>\n\nMevrouw Tasselaar en meneer Haverdonk lachten mij uit.\n", 0)
		if d.person("Ankie Verloop").Fallback || !d.person("Noor Stalpers").Fallback {
			t.Fatal("it is for who was chosen")
		}
		id := d.takeIn("From: Gerlof <gerlof@example.net>\nSubject: klacht\nMessage-ID: <q@example.net>\n\nMevrouw Tasselaar, meneer Haverdonk en mevrouw Stalpers lachten mij uit.\n", 0).ID
		if _, err := h.Mailroom.Look(t.Context(), d.person("Ankie Verloop"), id); err != nil {
			t.Errorf("the director does not see it: %v", err)
		}
		if _, err := h.Mailroom.Look(t.Context(), d.person("Noor Stalpers"), id); err == nil {
			t.Error("who is named sees it")
		}
	})
}

// TestOrphanForm: a form about everybody who takes complaints in is for the director too, who
// takes it in and says whom it is about.
func TestOrphanForm(t *testing.T) {
	h := housetest.Empty(t)
	d := desk{h, t}
	in := formOf(t, h)
	in.Subjects, in.ConcernedN = []complaint.SubjectKind{complaint.AboutEmployee}, "Jorien Tasselaar en Pim Haverdonk"
	got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "one"}, in)
	d.must(err)
	ankie, jorien, pim := d.person("Ankie Verloop"), d.person("Jorien Tasselaar"), d.person("Pim Haverdonk")
	v, err := h.Mailroom.Look(t.Context(), ankie, in.Draft.ID)
	if err != nil || !slices.Equal(v.Codes.Why, []string{mailroom.NamesPeople, mailroom.NobodyLeft}) || len(v.Named) != 2 {
		t.Fatalf("%+v %v", v.Codes, err)
	}
	for _, p := range []complaint.Person{jorien, pim} {
		if n, err := h.Mailroom.Count(t.Context(), p); err != nil || n.Waiting != 0 {
			t.Errorf("who is named counts %d (%v)", n.Waiting, err)
		}
	}
	made, err := h.Mailroom.Accept(t.Context(), ankie, office.Form{Key: "two"}, in.Draft.ID, pim.ID)
	if err != nil || made.Number != got.Number {
		t.Fatalf("%+v %v", made, err)
	}
	if _, err := h.Office.Look(t.Context(), pim, made.Dossier); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("whom it is about looks: %v", err)
	}
	if _, err := h.Office.Look(t.Context(), jorien, made.Dossier); err != nil {
		t.Errorf("who is let go: %v", err)
	}
	if row, err := h.Store.Dossier(t.Context(), made.Dossier, complaint.Sight{All: true}); err != nil || row.ReceivedBy != ankie.ID {
		t.Errorf("received by %q (%v)", row.ReceivedBy, err)
	}
	d.verifies()
}
