package office_test

import (
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
)

// TestDepartmentIsProposedByWhatItIsAbout: where the last complaint about the same went, as far as
// who forwards may see it. Nothing is proposed where somebody chose already.
func TestDepartmentIsProposedByWhatItIsAbout(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	on := b.at("2026-03-12")
	about := func(department, category string, kinds ...complaint.SubjectKind) office.Form {
		t.Helper()
		in := b.intake(complaint.Post, on)
		in.Department, in.Category, in.Subjects = "", category, kinds
		if department != "" {
			in.Department = b.department(department).ID
		}
		return b.receive("Jorien Tasselaar", in)
	}
	check := func(f office.Form, who, want string) {
		t.Helper()
		list, _, err := b.Office.Proposals(t.Context(), b.who(who), f.Dossier)
		b.must(err)
		got := ""
		for _, p := range list {
			if p.Before {
				got += p.Name
			}
		}
		if got != want {
			t.Errorf("%s gets %q proposed, want %q", who, got, want)
		}
	}
	fresh := about("", "course", complaint.AboutService)
	check(fresh, "Jorien Tasselaar", "")
	about("Ledenadvies", "course", complaint.AboutService) // nobody forwarded this one
	check(fresh, "Jorien Tasselaar", "")
	first := about("", "course", complaint.AboutService)
	b.forward("Jorien Tasselaar", first, "Scholing", "Hedwig Brandsema")
	check(fresh, "Jorien Tasselaar", "Scholing")
	check(about("", "", complaint.AboutService), "Jorien Tasselaar", "Scholing")
	check(about("", "", complaint.AboutProduct), "Jorien Tasselaar", "")
	check(about("", "", complaint.AboutEmployee), "Jorien Tasselaar", "")
	check(about("Ledenadvies", "course", complaint.AboutService), "Jorien Tasselaar", "")
	b.must(b.Office.NameEmployee(t.Context(), b.who("Jorien Tasselaar"), first, b.who("Pim Haverdonk").ID, "De klager noemt hem."))
	check(fresh, "Pim Haverdonk", "")
	check(fresh, "Jorien Tasselaar", "Scholing")
}
