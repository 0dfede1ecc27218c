package mailroom_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// formOf is a form that somebody filled in well.
func formOf(t *testing.T, h *house.House) office.Intake {
	t.Helper()
	draft, err := h.Office.Begin()
	if err != nil {
		t.Fatal(err)
	}
	code, _, _, err := h.Office.Codes()
	if err != nil {
		t.Fatal(err)
	}
	return office.Intake{Draft: draft, Promise: &office.Promise{Code: code},
		Receipt:  complaint.Receipt{Title: "Een dienst", Description: "Het rapport kwam te laat.", DesiredOutcome: "Een vaste datum.", Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential},
		Identity: record.Identity{Name: "Truus Verbeek", Street: "Postbus 12", Postcode: "1234ab", Town: "Voorbeelddorp", Way: "letter"}}
}

func person(t *testing.T, h *house.House, name string) complaint.Person {
	t.Helper()
	p, err := h.Person(t.Context(), name)
	if err != nil || p.ID == "" {
		t.Fatalf("%s: %v", name, err)
	}
	return p
}

// A form is registered at once, filed on the day it came; who received it stands open
// until somebody of the helpdesk takes it up.
func TestFormIsRegisteredAtOnce(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		in, f := formOf(t, h), office.Form{Key: "one"}
		got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), f, in)
		if err != nil || got.Waits || got.Number == "" || got.DueOn.String() != "2026-12-08" {
			t.Fatalf("%+v %v", got, err)
		}
		again, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), f, in, mailroom.TooFast)
		if err != nil || again != got {
			t.Errorf("the second click gets %+v %v, not %+v", again, err, got)
		}
		other := in
		other.Description = "Iets anders."
		if _, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), f, other); !complaint.IsKind(err, complaint.UsedKey) {
			t.Errorf("the same form with other words: %v", err)
		}
		jorien := person(t, h, "Jorien Tasselaar")
		v, err := h.Office.Look(t.Context(), jorien, in.Draft.ID)
		if err != nil || v.State != complaint.IsFiled || v.FiledOn.String() != "2026-11-24" || !slices.Contains(v.Missing(), complaint.ItemReceivedBy) || v.Channel != complaint.Form {
			t.Fatalf("%+v %v", v.Dossier, err)
		}
		if d, err := h.Store.Dossier(t.Context(), in.Draft.ID, complaint.Sight{All: true}); err != nil || string(d.Code) != string(h.Vault.CodeHash(got.Number, in.Promise.Code)) {
			t.Errorf("the code of the page does not open the dossier (%v)", err)
		}
		if err := h.Office.TakeUp(t.Context(), jorien, office.Form{Dossier: in.Draft.ID}); err != nil {
			t.Fatal(err)
		}
		if v, err = h.Office.Look(t.Context(), jorien, in.Draft.ID); err != nil || v.ReceivedBy != jorien.ID {
			t.Errorf("received by %q (%v)", v.ReceivedBy, err)
		}
		if err := h.Office.TakeUp(t.Context(), person(t, h, "Pim Haverdonk"), office.Form{Dossier: in.Draft.ID}); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("a second employee takes it up: %v", err)
		}
		clean(t, h)
	})
}

// clean sees that gehoor verify finds nothing.
func clean(t *testing.T, h *house.House) {
	t.Helper()
	r, err := h.Inspector.Verify(t.Context(), nil)
	if err != nil || len(r.Findings) > 0 {
		t.Errorf("verify: %v %v", r.Findings, err)
	}
}

// Two clicks on one form at the same moment, of which one raises a doubt: it is in once,
// and when it waits it can be accepted.
func TestFormClickedTwiceAtALimit(t *testing.T) {
	h := housetest.Empty(t)
	jorien := person(t, h, "Jorien Tasselaar")
	for n := range 12 {
		in, f := formOf(t, h), office.Form{Key: "key" + string(rune('a'+n))}
		var clicks sync.WaitGroup
		var got [2]mailroom.Handed
		for i, doubts := range [][]string{nil, {mailroom.TooFast}} {
			clicks.Go(func() {
				var err error
				if got[i], err = h.Mailroom.HandIn(t.Context(), complaint.Visitor(), f, in, doubts...); err != nil {
					t.Errorf("click %d: %v", i, err)
				}
			})
		}
		clicks.Wait()
		if got[0] != got[1] || got[0].Number == "" {
			t.Fatalf("two answers: %+v", got)
		}
		_, registered := h.Store.Dossier(t.Context(), in.Draft.ID, complaint.Sight{All: true})
		_, waits := h.Store.Incoming(t.Context(), in.Draft.ID, complaint.MailSight{All: true})
		if (registered == nil) == (waits == nil) {
			t.Fatalf("registered: %v; waits: %v", registered, waits)
		}
		if waits == nil {
			if made, err := h.Mailroom.Accept(t.Context(), jorien, office.Form{Key: "accept" + f.Key}, in.Draft.ID); err != nil || made.Number != got[0].Number {
				t.Errorf("%+v %v", made, err)
			}
		}
	}
	clean(t, h)
}

// A form with a doubt waits for a person. It is in all the same: with its number and code,
// and filed on the day it came.
func TestDoubtfulFormWaitsAndIsIn(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		in, f := formOf(t, h), office.Form{Key: "one"}
		kept, err := h.Office.Keep(t.Context(), complaint.Visitor(), in.Draft, "brief.txt", strings.NewReader("Beste klager"))
		if err != nil {
			t.Fatal(err)
		}
		in.Files = []string{kept.ID}
		got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), f, in, mailroom.TooFast, mailroom.Trapped)
		if err != nil || !got.Waits || got.Number == "" || got.DueOn.String() != "2026-12-08" {
			t.Fatalf("%+v %v", got, err)
		}
		if again, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), f, in); err != nil || again != got {
			t.Errorf("the second click: %+v %v", again, err)
		}
		jorien := person(t, h, "Jorien Tasselaar")
		list, _, err := h.Mailroom.List(t.Context(), jorien, "")
		if err != nil || len(list) != 1 || list[0].Name != "Truus Verbeek" || !slices.Equal(list[0].Codes.Why, []string{mailroom.TooFast, mailroom.Trapped}) {
			t.Fatalf("%+v %v", list, err)
		}
		clean(t, h)
		before := in
		h.Clock.Set(housetest.TestDay.AddDate(0, 0, 3))
		if _, err := h.Office.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		v, err := h.Mailroom.Look(t.Context(), jorien, in.Draft.ID)
		if err != nil || v.Form == nil || v.Form.Description != in.Description || v.Form.Identity.House != "12" {
			t.Fatalf("%+v %v", v.Form, err)
		}
		if _, err := h.Mailroom.Register(t.Context(), jorien, office.Form{Key: "x"}, in.Draft.ID, office.Intake{}); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("a form is worded again as a mail: %v", err)
		}
		made, err := h.Mailroom.Accept(t.Context(), jorien, office.Form{Key: "two"}, in.Draft.ID)
		if err != nil || made.Number != got.Number {
			t.Fatalf("%+v %v", made, err)
		}
		d, err := h.Office.Look(t.Context(), jorien, made.Dossier)
		if err != nil || d.FiledOn.String() != "2026-11-24" || d.DueOn != got.DueOn || d.ReceivedBy != jorien.ID || len(d.Attachments) != 1 {
			t.Errorf("%+v (%v)", d.Dossier, err)
		}
		if row, err := h.Store.Dossier(t.Context(), made.Dossier, complaint.Sight{All: true}); err != nil || string(row.Code) != string(h.Vault.CodeHash(got.Number, in.Promise.Code)) {
			t.Errorf("the code of the page does not open the dossier (%v)", err)
		}
		if again, err := h.Mailroom.Accept(t.Context(), jorien, office.Form{Key: "two"}, in.Draft.ID); err != nil || again.Dossier != made.Dossier {
			t.Errorf("accepted twice: %+v %v", again, err)
		}
		before.Description = "Heel iets anders, en veel erger."
		if got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), f, before); !complaint.IsKind(err, complaint.UsedKey) {
			t.Errorf("changed words after it was accepted: %+v %v", got, err)
		}
		clean(t, h)
	})
}

// Whom a form names, sees nothing of it from the first moment: typed in the field for it,
// or in the story. Until an employee who is not named says whom it is about.
func TestFormNamesAnEmployee(t *testing.T) {
	for _, tt := range []struct {
		name        string
		typed, told string
		about       []string // whom the helpdesk says it is about
	}{
		{"typed and confirmed", "meneer Haverdonk", "", []string{"Pim Haverdonk"}},
		{"typed, somebody else was meant", "meneer Haverdonk", "", nil},
		{"typed as it sounds", "meneer Haaverdonck", "", []string{"Pim Haverdonk"}},
		{"told", "", "Pim belde mij niet terug.", []string{"Pim Haverdonk"}},
		{"told, not about him", "", "Pim was heel aardig.", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := housetest.Empty(t)
			pim, jorien := person(t, h, "Pim Haverdonk"), person(t, h, "Jorien Tasselaar")
			in := formOf(t, h)
			in.Subjects, in.ConcernedN = []complaint.SubjectKind{complaint.AboutEmployee}, tt.typed
			if tt.told != "" {
				in.Description = tt.told
			}
			got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "one"}, in)
			if err != nil || !got.Waits {
				t.Fatalf("%+v %v", got, err)
			}
			if n, err := h.Mailroom.Count(t.Context(), pim); err != nil || n.Waiting != 0 {
				t.Errorf("who is named counts %d (%v)", n.Waiting, err)
			}
			if _, err := h.Mailroom.Accept(t.Context(), pim, office.Form{Key: "pim"}, in.Draft.ID); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("who is named accepts it: %v", err)
			}
			v, err := h.Mailroom.Look(t.Context(), jorien, in.Draft.ID)
			if err != nil || !slices.Equal(v.Codes.Why, []string{mailroom.NamesPeople}) || !slices.Equal(v.Named, []complaint.Actor{pim.ID}) || len(v.Form.ConcernedStaff) > 0 != (tt.typed != "") {
				t.Errorf("%+v %v %v", v.Codes, v.Named, err)
			}
			if _, err := h.Mailroom.Accept(t.Context(), jorien, office.Form{Key: "two"}, in.Draft.ID, jorien.ID); !complaint.IsKind(err, complaint.Invalid) {
				t.Errorf("it is about somebody whom it does not name: %v", err)
			}
			var about []complaint.Actor
			for _, name := range tt.about {
				about = append(about, person(t, h, name).ID)
			}
			if _, err := h.Mailroom.Accept(t.Context(), jorien, office.Form{Key: "two"}, in.Draft.ID, about...); err != nil {
				t.Fatal(err)
			}
			if _, err := h.Office.Look(t.Context(), pim, in.Draft.ID); (err == nil) != (len(about) == 0) {
				t.Errorf("who is named looks at the dossier: %v", err)
			}
			clean(t, h)
		})
	}
}

// Somebody is meant whom nobody recognises: that may be each of the helpdesk, so that none of
// them sees it until the direction said who it is.
func TestFormNamesNobodyWeKnow(t *testing.T) {
	h := housetest.Empty(t)
	in := formOf(t, h)
	in.Subjects, in.ConcernedN = []complaint.SubjectKind{complaint.AboutEmployee}, "die jongen van de helpdesk"
	got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "one"}, in)
	if err != nil || !got.Waits {
		t.Fatalf("%+v %v", got, err)
	}
	pim, jorien := person(t, h, "Pim Haverdonk"), person(t, h, "Jorien Tasselaar")
	ankie := desk{h, t}.person("Ankie Verloop") // who judges it instead
	for _, who := range []complaint.Person{pim, jorien} {
		if n, err := h.Mailroom.Count(t.Context(), who); err != nil || n.Waiting != 0 {
			t.Errorf("the helpdesk counts %d (%v)", n.Waiting, err)
		}
	}
	v, err := h.Mailroom.Look(t.Context(), ankie, in.Draft.ID)
	if err != nil || !slices.Contains(v.Named, pim.ID) || len(v.Form.ConcernedStaff) != 0 || !slices.Contains(v.Codes.Why, mailroom.NamesSomeone) {
		t.Fatalf("%v %v", v.Named, err)
	}
	if _, err := h.Mailroom.Accept(t.Context(), ankie, office.Form{Key: "two"}, in.Draft.ID); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("nobody said whom it is about: %v", err)
	}
	if _, err := h.Mailroom.Accept(t.Context(), ankie, office.Form{Key: "two"}, in.Draft.ID, pim.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Office.Look(t.Context(), pim, in.Draft.ID); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("who was meant looks: %v", err)
	}
	if _, err := h.Office.Look(t.Context(), jorien, in.Draft.ID); err != nil {
		t.Errorf("who was not meant: %v", err)
	}
	clean(t, h)
}

// A director whom such a form names does not judge it; it is about none of those who were
// asked about when somebody says so.
func TestFormNamesNobodyButTheDirector(t *testing.T) {
	h := housetest.Empty(t)
	in := formOf(t, h)
	in.Subjects, in.ConcernedN, in.Description = []complaint.SubjectKind{complaint.AboutEmployee}, "die jongen van de helpdesk", "Mevrouw Verloop lachte mij uit."
	if _, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "one"}, in); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Mailroom.Look(t.Context(), desk{h, t}.person("Ankie Verloop"), in.Draft.ID); err == nil {
		t.Error("who is named judges it")
	}
	other := formOf(t, h)
	other.Subjects, other.ConcernedN = in.Subjects, in.ConcernedN
	if _, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "two"}, other); err != nil {
		t.Fatal(err)
	}
	ankie, pim := desk{h, t}.person("Ankie Verloop"), person(t, h, "Pim Haverdonk")
	if _, err := h.Mailroom.Accept(t.Context(), ankie, office.Form{Key: "three"}, other.Draft.ID, mailroom.Nobody); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Office.Look(t.Context(), pim, other.Draft.ID); err != nil {
		t.Errorf("it is about none of them: %v", err)
	}
}

// The mail that follows a form that waits is kept from whom the form is kept from.
func TestMailAboutAFormThatWaits(t *testing.T) {
	h := housetest.Empty(t)
	in := formOf(t, h)
	in.Subjects, in.ConcernedN = []complaint.SubjectKind{complaint.AboutEmployee}, "Pim Haverdonk"
	got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "one"}, in)
	if err != nil {
		t.Fatal(err)
	}
	d := desk{h, t}
	id := d.takeIn("From: ander@example.net\nSubject: vraag\nMessage-ID: <f1@example.net>\n\nMijn klacht "+got.Number+" gaat over die man.\n", 0).ID
	if _, err := h.Mailroom.Look(t.Context(), person(t, h, "Pim Haverdonk"), id); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("whom the form is about reads it: %v", err)
	}
}

// Of a nameless form nothing is kept of who sent it, and its code only as a hash, also
// while it waits.
func TestNamelessFormThatWaits(t *testing.T) {
	h := housetest.Empty(t)
	in := formOf(t, h)
	_, code, _, err := h.Office.Codes()
	if err != nil || len(code) != 16 {
		t.Fatal(code, err)
	}
	in.Level, in.Promise, in.Identity = complaint.Nameless, &office.Promise{Code: code}, record.Identity{}
	got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "one"}, in, mailroom.Crowded)
	if err != nil {
		t.Fatal(err)
	}
	jorien := person(t, h, "Jorien Tasselaar")
	v, err := h.Mailroom.Look(t.Context(), jorien, in.Draft.ID)
	if err != nil || v.Form.Promise.Code != "" {
		t.Errorf("the code stands in what waits (%v)", err)
	}
	made, err := h.Mailroom.Accept(t.Context(), jorien, office.Form{Key: "two"}, in.Draft.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d, err := h.Store.Dossier(t.Context(), made.Dossier, complaint.Sight{All: true}); err != nil || string(d.Code) != string(h.Vault.CodeHash(got.Number, code)) {
		t.Errorf("the code does not open it (%v)", err)
	}
	clean(t, h)
}

// Somebody else's complaint waits for a look, unless they know of it.
func TestFormForSomebodyElse(t *testing.T) {
	h := housetest.Empty(t)
	in := formOf(t, h)
	in.Identity.Caller = record.Caller{Name: "Rik Verbeek", Relation: "zoon", Knows: true}
	if got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "one"}, in); err != nil || got.Waits {
		t.Errorf("they know of it: %+v %v", got, err)
	}
	in = formOf(t, h)
	in.Identity.Caller = record.Caller{Name: "Rik Verbeek", Relation: "zoon"}
	if got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "two"}, in); err != nil || !got.Waits {
		t.Fatalf("they do not: %+v %v", got, err)
	}
	if v, err := h.Mailroom.Look(t.Context(), person(t, h, "Jorien Tasselaar"), in.Draft.ID); err != nil || !slices.Equal(v.Codes.Why, []string{mailroom.Unknowing}) {
		t.Errorf("%+v %v", v.Codes, err)
	}
}

func TestFormNamesWhatIsMissingAtOnce(t *testing.T) {
	h := housetest.Empty(t)
	in := formOf(t, h)
	in.Description, in.Subjects, in.Identity = "", nil, record.Identity{Way: "letter", Postcode: "12AB"}
	_, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{}, in)
	for _, field := range []string{"description", "subject", "name", "street", "house", "town", "postcode"} {
		if err == nil || !strings.Contains(err.Error(), field+" ") {
			t.Errorf("nothing is said of %s: %v", field, err)
		}
	}
	in = formOf(t, h)
	in.Identity = record.Identity{Name: "Ann Lee", Street: "12 High Street", Town: "Ghent", Country: "België", Way: "letter"}
	if _, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{}, in); err != nil {
		t.Errorf("an address abroad: %v", err)
	}
}

func TestFormThatIsSwitchedOff(t *testing.T) {
	h := housetest.Open(t, house.Config{})
	if _, err := h.Office.FormRules(t.Context()); err == nil {
		t.Error("there is a form in a house that is not set up")
	}
}
