package office_test

import (
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
)

// TestClearingCannotBeTriedOut: whatever is wrong with the form, the answer is the same
// for a right number and name and for wrong ones, and every try is in the log, without
// the number.
func TestClearingCannotBeTriedOut(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	pim, jorien, ankie := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar"), b.who("Ankie Verloop")
	f := mail(b, "2026-03-12")
	b.must(b.Office.NameEmployee(t.Context(), jorien, f, pim.ID, "De klager noemt hem."))
	number := b.view("Jorien Tasselaar", f.Dossier).Number
	other := mail(b, "2026-03-12")
	b.must(b.Office.NameEmployee(t.Context(), jorien, other, pim.ID, "De klager noemt hem."))
	done := office.Clearing{Number: b.view("Jorien Tasselaar", other.Dossier).Number, Staff: pim.ID, Reason: "Een ander."}
	b.must(b.Office.ClearEmployee(t.Context(), ankie, "used", done))
	for name, form := range map[string]struct{ key, reason, want string }{
		"a reason that is too long": {"", strings.Repeat("x", complaint.MaxText+1), "error.too_long"},
		"no reason":                 {"", " ", "error.required"},
		"a key of another form":     {"used", "Een ander.", "error.used_key"},
	} {
		for what, x := range map[string]office.Clearing{
			"named": {Number: number, Staff: pim.ID}, "not named": {Number: number, Staff: jorien.ID}, "no such number": {Number: "2026-9999", Staff: pim.ID},
		} {
			x.Reason = form.reason
			if err := b.Office.ClearEmployee(t.Context(), ankie, form.key, x); err == nil || !strings.Contains(err.Error(), form.want) || strings.Contains(err.Error(), "no_such_naming") {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
	if b.sees("Pim Haverdonk", f) {
		t.Error("Pim sees it")
	}
	tries := 0
	for _, line := range b.book("Bram Hoogland", office.LogBook{}, office.LogQuery{}) {
		if strings.HasPrefix(line, "Ankie "+office.ActionClear) {
			tries++
			if strings.Contains(line, number) {
				t.Errorf("the log: %s", line)
			}
		}
	}
	if tries != 9 {
		t.Errorf("%d tries in the log", tries)
	}
}

// TestOnlyNamingIsUndone: who stepped aside or handed over did so for good, and stays
// barred also when a naming comes away; the step that a naming takes goes with it.
func TestOnlyNamingIsUndone(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		jorien, ankie := b.who("Jorien Tasselaar"), b.who("Ankie Verloop")
		clear := func(f office.Form, name string) error {
			return h.Office.ClearEmployee(t.Context(), ankie, "", office.Clearing{Number: b.view("Jorien Tasselaar", f.Dossier).Number, Staff: b.who(name).ID, Reason: "Een ander."})
		}
		name := func(f office.Form, who string) {
			b.must(h.Office.NameEmployee(t.Context(), jorien, f, b.who(who).ID, "De klager noemt deze."))
		}
		handed := b.receive("Pim Haverdonk", b.intake(complaint.Post, b.at("2026-03-12")))
		b.must(h.Office.HandOver(t.Context(), b.who("Pim Haverdonk"), handed, jorien.ID, "Het gaat over mij."))
		aside := mail(b, "2026-03-12")
		b.forward("Jorien Tasselaar", aside, "Scholing", "Hedwig Brandsema")
		b.must(h.Office.StepAside(t.Context(), b.who("Hedwig Brandsema"), aside, "Een vriendin."))
		for _, x := range []struct {
			form office.Form
			who  string
		}{{handed, "Pim Haverdonk"}, {aside, "Hedwig Brandsema"}} {
			if err := clear(x.form, x.who); !complaint.IsKind(err, complaint.Invalid) {
				t.Errorf("%s was never named: %v", x.who, err)
			}
			name(x.form, x.who)
			b.must(clear(x.form, x.who))
			if b.sees(x.who, x.form) {
				t.Errorf("%s sees it again", x.who)
			}
			if v := b.view("Jorien Tasselaar", x.form.Dossier); len(v.Concerned) != 0 {
				t.Errorf("%s is named still: %v", x.who, v.Concerned)
			}
		}
		handled := mail(b, "2026-03-12")
		b.forward("Jorien Tasselaar", handled, "Scholing", "Hedwig Brandsema")
		name(handled, "Hedwig Brandsema")
		b.must(clear(handled, "Hedwig Brandsema"))
		b.forward("Jorien Tasselaar", handled, "Scholing", "Hedwig Brandsema")
		if !b.sees("Hedwig Brandsema", handled) {
			t.Error("named while she handled it, wrongly: she may handle it again")
		}
		card := b.card("Pim Haverdonk", complaint.CardNote{Number: "06-00000087", About: "iets"})
		b.must(h.Office.HandOverCard(t.Context(), b.who("Pim Haverdonk"), office.Form{Dossier: card}, jorien.ID))
		in := b.intake(complaint.Phone, b.at("2026-03-12"))
		in.Card = card
		called := b.receive("Jorien Tasselaar", in)
		b.must(clear(called, "Pim Haverdonk"))
		if !b.sees("Pim Haverdonk", called) {
			t.Error("a card that was handed over counts as a naming")
		}
		verifies(b)
	})
}
