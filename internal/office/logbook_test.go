package office_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// book reads a whole logbook in small pages and gives its lines as
// "who action number reason remark".
func (b bench) book(who string, book office.LogBook, q office.LogQuery) []string {
	b.t.Helper()
	names := map[complaint.Actor]string{complaint.ByClock: "clock"}
	staff, err := b.Store.Staff(b.t.Context())
	b.must(err)
	for _, s := range staff {
		names[s.ID], _, _ = strings.Cut(s.Name, " ")
	}
	var lines []string
	seen := map[string]bool{}
	for q.Limit = 2; ; {
		p, err := b.Office.ReadLog(b.t.Context(), b.who(who), book, q)
		b.must(err)
		for _, e := range p.Entries {
			if seen[e.ID] {
				b.t.Errorf("twice: %+v", e)
			}
			seen[e.ID] = true
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", names[e.Actor], e.Action, e.Number, e.Reason, e.Remark)))
		}
		if q.After = p.Next; p.Next == "" {
			return lines
		}
	}
}

func hasLine(lines []string, part string) bool {
	return slices.ContainsFunc(lines, func(s string) bool { return strings.Contains(s, part) })
}

// TestLogbookOfADossier: who opened the name and why, who read, and who printed; with
// the remark for who reads the text.
func TestLogbookOfADossier(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-11-10")
		jorien := b.who("Jorien Tasselaar")
		number := b.view("Jorien Tasselaar", f.Dossier).Number
		_, err := h.Office.OpenIdentity(t.Context(), jorien, f.Dossier, office.Opening{Reason: "letter", Remark: "Post kwam terug."})
		b.must(err)
		b.must(h.Office.NotePrint(t.Context(), b.who("Pim Haverdonk"), f.Dossier))
		b.must(h.Office.NotePrint(t.Context(), b.who("Pim Haverdonk"), f.Dossier))
		lines := b.book("Jorien Tasselaar", office.LogBook{Dossier: f.Dossier}, office.LogQuery{})
		for _, want := range []string{"Jorien read " + number, "Jorien open_identity " + number + " letter Post kwam terug.", "Pim print " + number, "Jorien read_logbook " + number + " dossier"} {
			if !hasLine(lines, want) {
				t.Errorf("no line %q in\n%s", want, strings.Join(lines, "\n"))
			}
		}
		if len(lines) != 4 {
			t.Errorf("%d lines:\n%s", len(lines), strings.Join(lines, "\n"))
		}
		if got := b.book("Jorien Tasselaar", office.LogBook{Dossier: f.Dossier}, office.LogQuery{Kind: record.LogOpening}); len(got) != 1 {
			t.Errorf("openings: %v", got)
		}
		if got := b.book("Jorien Tasselaar", office.LogBook{Dossier: f.Dossier}, office.LogQuery{Until: calendar.MustParse("2026-11-09")}); len(got) != 0 {
			t.Errorf("before it came in: %v", got)
		}
		b.must(h.Office.NameEmployee(t.Context(), jorien, f, b.who("Pim Haverdonk").ID, "De klager noemt hem."))
		for _, who := range []string{"Pim Haverdonk", "Hedwig Brandsema", "Ankie Verloop", "Bram Hoogland"} {
			if _, err := h.Office.ReadLog(t.Context(), b.who(who), office.LogBook{Dossier: f.Dossier}, office.LogQuery{}); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("%s reads its logbook: %v", who, err)
			}
		}
	})
}

// TestLogbookOfAPerson is for the director, without what bars the director, and without
// titles.
func TestLogbookOfAPerson(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		seen, hidden := mail(b, "2026-11-10"), mail(b, "2026-11-10")
		jorien, ankie := b.who("Jorien Tasselaar"), b.who("Ankie Verloop")
		a, z := b.view("Jorien Tasselaar", seen.Dossier).Number, b.view("Jorien Tasselaar", hidden.Dossier).Number
		b.must(h.Office.NameEmployee(t.Context(), jorien, hidden, ankie.ID, "De directeur belde."))
		_, err := h.Office.OpenIdentity(t.Context(), jorien, seen.Dossier, office.Opening{Reason: "letter", Remark: "Geheim."})
		b.must(err)
		lines := b.book("Ankie Verloop", office.LogBook{Person: jorien.ID}, office.LogQuery{})
		for _, want := range []string{"Jorien read " + a, "Jorien open_identity " + a + " letter", "Jorien event " + a + " received", "Jorien event " + a + " letter_made"} {
			if !hasLine(lines, want) {
				t.Errorf("no line %q in\n%s", want, strings.Join(lines, "\n"))
			}
		}
		if hasLine(lines, z) || hasLine(lines, "Geheim") || hasLine(lines, "Cursus") {
			t.Errorf("the director sees what is not theirs:\n%s", strings.Join(lines, "\n"))
		}
		work := b.book("Ankie Verloop", office.LogBook{Person: jorien.ID}, office.LogQuery{Kind: record.LogWork})
		for _, line := range work {
			if !strings.HasPrefix(line, "Jorien event ") {
				t.Errorf("no work: %s", line)
			}
		}
		if len(work) < 3 {
			t.Errorf("work: %v", work)
		}
		if got := b.book("Ankie Verloop", office.LogBook{Person: jorien.ID}, office.LogQuery{Until: calendar.MustParse("2026-11-09")}); len(got) != 0 {
			t.Errorf("before: %v", got)
		}
		if got := b.book("Ankie Verloop", office.LogBook{Person: ankie.ID}, office.LogQuery{Kind: record.LogLooking}); len(got) != 2 { // of Jorien, and now of herself
			t.Errorf("that the director read logbooks: %v", got)
		}
		for _, who := range []string{"Jorien Tasselaar", "Hedwig Brandsema", "Noor Stalpers", "Bram Hoogland"} {
			if _, err := h.Office.ReadLog(t.Context(), b.who(who), office.LogBook{Person: jorien.ID}, office.LogQuery{}); !complaint.IsKind(err, complaint.Refused) {
				t.Errorf("%s reads it: %v", who, err)
			}
		}
		q := office.LogQuery{From: calendar.MustParse("2026-11-11"), Until: calendar.MustParse("2026-11-10")}
		if _, err := h.Office.ReadLog(t.Context(), ankie, office.LogBook{Person: jorien.ID}, q); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("a period that ends before it begins: %v", err)
		}
	})
}

// TestLogbookOfTheAdministration holds no line about a dossier, and goes along as a table
// that says so first.
func TestLogbookOfTheAdministration(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-11-10")
		number := b.view("Jorien Tasselaar", f.Dossier).Number
		admin := b.who("Bram Hoogland")
		form := record.Absence{Staff: b.who("Rutger Eikelhof").ID, From: h.People.Today(), To: h.People.Today()}
		b.must(h.People.BeAbsent(t.Context(), admin, form))
		_, _, err := h.People.LogIn(t.Context(), "bram@lsr.example.org", house.DemoPassword)
		b.must(err)
		lines := b.book("Bram Hoogland", office.LogBook{}, office.LogQuery{})
		if !hasLine(lines, "Bram be_absent") || !hasLine(lines, "Bram log_in") || !hasLine(lines, "Bram read_logbook  house") {
			t.Errorf("lines:\n%s", strings.Join(lines, "\n"))
		}
		if hasLine(lines, number) || hasLine(lines, "open_identity") || hasLine(lines, " event ") {
			t.Errorf("a dossier in the logbook of the administration:\n%s", strings.Join(lines, "\n"))
		}
		if got := b.book("Ankie Verloop", office.LogBook{}, office.LogQuery{Kind: record.LogSession, Actor: admin.ID}); len(got) != 1 {
			t.Errorf("log-ins: %v", got)
		}
		for _, who := range []string{"Jorien Tasselaar", "Hedwig Brandsema", "Noor Stalpers"} {
			if _, err := h.Office.ReadLog(t.Context(), b.who(who), office.LogBook{}, office.LogQuery{}); !complaint.IsKind(err, complaint.Refused) {
				t.Errorf("%s reads it: %v", who, err)
			}
		}
		var table bytes.Buffer
		x := office.LogExport{Header: []string{"wat"}, Row: func(e office.LogEntry) []any { return []any{"=" + e.Action} }}
		b.must(h.Office.ExportLog(t.Context(), admin, x, &table))
		if got := table.String(); !strings.Contains(got, "'=export_logbook\r\n") || !strings.Contains(got, "'=be_absent\r\n") {
			t.Errorf("table:\n%s", got)
		}
		if err := h.Office.ExportLog(t.Context(), b.who("Jorien Tasselaar"), x, &table); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("Jorien takes it along: %v", err)
		}
	})
}

// TestOldLogLinesAreTidiedAway, but not the openings of a dossier that is still open; one
// line says how many went, and the register verifies.
func TestOldLogLinesAreTidiedAway(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		open, closed := mail(b, "2026-11-10"), mail(b, "2026-11-10")
		jorien := b.who("Jorien Tasselaar")
		for _, f := range []office.Form{open, closed} {
			b.view("Jorien Tasselaar", f.Dossier)
			_, err := h.Office.OpenIdentity(t.Context(), jorien, f.Dossier, office.Opening{Reason: "letter"})
			b.must(err)
		}
		b.must(h.Office.Withdraw(t.Context(), jorien, closed, complaint.End{On: h.Office.Today(), How: complaint.HowPhone, Said: "Laat maar."}))
		lines := func() (n int, kept []record.LoggedLine) {
			kept, _, err := h.Store.LogPage(t.Context(), complaint.Sight{All: true, Hidden: []byte("nobody")}, record.LogFilter{Limit: 500})
			b.must(err)
			return len(kept), kept
		}
		had, _ := lines()
		sweep := func(moment string) {
			b.at(moment)
			for range 2 { // the second round has nothing to do
				_, err := h.Office.Sweep(t.Context())
				b.must(err)
			}
		}
		sweep("2031-11-10 23:59")
		if n, _ := lines(); n != had {
			t.Errorf("%d of %d lines on their last day", n, had)
		}
		sweep("2031-11-11 00:01")
		n, kept := lines()
		if n != 2 || kept[0].Action != office.ActionSweepLog || kept[0].Actor != complaint.ByClock || kept[0].Reason != fmt.Sprintf("%d 2026-11-11", had-1) ||
			kept[1].Action != office.ActionOpen || kept[1].Dossier != open.Dossier {
			t.Errorf("%d lines are left of %d: %+v", n, had, kept)
		}
		verifies(b)
	})
}

// TestLogTermIsASetting of the organisation.
func TestLogTermIsASetting(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	org := house.DemoOrganisation
	org.LogKept = "2 year"
	value, err := json.Marshal(org)
	b.must(err)
	b.must(b.Store.SaveSetting(t.Context(), record.Setting{ID: record.NewID(), Name: record.SettingOrganisation, Value: string(value), At: housetest.TestDay}))
	b.at("2026-11-10")
	b.must(b.Store.Log(t.Context(), record.LogLine{ID: record.NewID(), At: b.Clock.Now(), Actor: "x", Action: "log_in", Result: "done"}))
	b.at("2028-11-11")
	n, err := b.Office.Sweep(t.Context())
	if b.must(err); n != 1 {
		t.Errorf("%d lines went", n)
	}
	if got := (record.Organisation{LogKept: "many moons"}).LogTerm(); got != record.DefaultLogTerm {
		t.Errorf("%v", got)
	}
}
