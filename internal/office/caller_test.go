package office_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// found looks for a caller and gives the ids of what is found.
func (b bench) found(who string, s office.Search) []string {
	b.t.Helper()
	hits, err := b.Office.FindCaller(b.t.Context(), b.who(who), s)
	b.must(err)
	var ids []string
	for _, h := range hits {
		ids = append(ids, h.ID)
	}
	return ids
}

// TestCallerIsFoundHoweverItIsSpelled, with why.
func TestCallerIsFoundHoweverItIsSpelled(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Email, b.at("2026-03-12"))
		in.Identity = record.Identity{Name: "Ayşe Brugsma-Ekşioğlu", Street: "Kapelstiege", House: "8 b", Postcode: "9153hw", Town: "Lutterveen",
			Phone: "0515 - 00 00 16", Mobile: "+31 6 00000065", Email: "A.Brugsma@example.org",
			Caller: record.Caller{Name: "Tijn", Relation: "zoon", Phone: "06-00000066"},
			Deputy: record.Deputy{Kind: record.Representative, Name: "Els Veenhof", Phone: "088-0000177", Email: "els@example.org"}}
		f := b.receive("Jorien Tasselaar", in)
		other := mail(b, "2026-03-13")
		number := b.view("Jorien Tasselaar", f.Dossier).Number
		for _, c := range []struct {
			search office.Search
			why    string
		}{
			{office.Search{Phone: "0515000016"}, "phone"},
			{office.Search{Phone: "0031 515 000016"}, "phone"},
			{office.Search{Phone: "06-00000065"}, "mobile"},
			{office.Search{Phone: "06-0000 0066"}, "caller_phone"},
			{office.Search{Phone: "+31 (0)88 0000177"}, "deputy_phone"},
			{office.Search{Email: " a.brugsma@EXAMPLE.org "}, "email"},
			{office.Search{Email: "Els@example.org"}, "deputy_email"},
			{office.Search{Surname: "Brugsma-Eksioglu", Postcode: "9153 HW", House: "8B"}, "address"},
			{office.Search{Surname: "brugsma", Postcode: "9153HW", House: "8-b"}, "address_part"},
			{office.Search{Number: number}, "number"},
			{office.Search{Number: number, Phone: "0515000016", Email: "niemand@example.org"}, "number phone"},
		} {
			hits, err := h.Office.FindCaller(t.Context(), b.who("Jorien Tasselaar"), c.search)
			b.must(err)
			if len(hits) != 1 || hits[0].ID != f.Dossier || strings.Join(hits[0].Why, " ") != c.why || hits[0].Title == "" || hits[0].Next != complaint.TaskForward {
				t.Errorf("%+v: %+v", c.search, hits)
			}
		}
		for _, nobody := range []office.Search{{Phone: "06-00000099"}, {Email: "abrugsma@example.org"}, {Surname: "Brugsma", Postcode: "9153 HW", House: "9"}, {Number: "2026"}} {
			if got := b.found("Jorien Tasselaar", nobody); len(got) != 0 {
				t.Errorf("%+v finds %v", nobody, got)
			}
		}
		if got := b.found("Jorien Tasselaar", office.Search{Phone: "06 00000074"}); !slices.Equal(got, []string{other.Dossier}) {
			t.Errorf("the other caller: %v", got)
		}
	})
}

// TestSearchTellsNoMoreThanOneMaySee: by the same number, a manager finds the dossiers
// that they handle, and somebody named finds nothing.
func TestSearchTellsNoMoreThanOneMaySee(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f, other := mail(b, "2026-03-12"), mail(b, "2026-03-13")
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		b.must(h.Office.NameEmployee(t.Context(), b.who("Jorien Tasselaar"), other, b.who("Pim Haverdonk").ID, "De klager noemt hem."))
		abel := office.Search{Phone: "06-00000074"}
		if got := b.found("Jorien Tasselaar", abel); !slices.Equal(got, []string{other.Dossier, f.Dossier}) {
			t.Errorf("the helpdesk, newest first: %v", got)
		}
		if got := b.found("Pim Haverdonk", abel); !slices.Equal(got, []string{f.Dossier}) {
			t.Errorf("Pim, who is named in one: %v", got)
		}
		if got := b.found("Hedwig Brandsema", abel); !slices.Equal(got, []string{f.Dossier}) {
			t.Errorf("the handler: %v", got)
		}
		if got := b.found("Rutger Eikelhof", abel); len(got) != 0 {
			t.Errorf("another manager: %v", got)
		}
		b.at("2026-06-01") // late: a director reads it, and may not open the name
		if got := b.found("Ankie Verloop", abel); len(got) != 0 {
			t.Errorf("the director finds whose number it is: %v", got)
		}
		for _, name := range []string{"Noor Stalpers", "Bram Hoogland"} {
			if _, err := h.Office.FindCaller(t.Context(), b.who(name), abel); !complaint.IsKind(err, complaint.Refused) {
				t.Errorf("%s searches: %v", name, err)
			}
		}
	})
}

// TestSearchIsNoted: which keys, never their values; and what is missing is said.
func TestSearchIsNoted(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	b.at("2026-03-12")
	b.found("Jorien Tasselaar", office.Search{Phone: "06-00000099", Email: "niemand@example.org", Number: "2026-12"})
	db, err := sql.Open("sqlite", filepath.Join(b.Home, "register", "gehoor.db"))
	b.must(err)
	defer db.Close()
	var reason, line string
	b.must(db.QueryRow(`SELECT reason, action || actor || on_behalf || dossier || result FROM logline WHERE action = 'find_caller'`).Scan(&reason, &line))
	if reason != "phone+email+number" || strings.Contains(line, "0000") {
		t.Errorf("noted: %s %s", reason, line)
	}
	for _, s := range []office.Search{{}, {Surname: "Rooskens"}, {Surname: "Rooskens", Postcode: "3561 KL"}, {Phone: "geen idee"}} {
		if _, err := b.Office.FindCaller(t.Context(), b.who("Jorien Tasselaar"), s); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

// TestIndexIsMadeAnew when another version of the program made it: nobody is lost.
func TestIndexIsMadeAnew(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-03-12")
		tamper(t, h, "", "", []string{`UPDATE person_index SET hash = $X`, `DELETE FROM meta WHERE name = 'person index'`})
		abel := office.Search{Phone: "0031600000074"}
		if got := b.found("Jorien Tasselaar", abel); len(got) != 0 {
			t.Fatalf("the index was not changed: %v", got)
		}
		b.must(h.Office.Reindex(t.Context()))
		if got := b.found("Jorien Tasselaar", abel); !slices.Equal(got, []string{f.Dossier}) {
			t.Errorf("found: %v", got)
		}
	})
}
