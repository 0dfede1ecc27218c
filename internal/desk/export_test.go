package desk_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
	"gehoor/internal/report"
)

// exports posts the form of the export and gives the rows of the CSV.
func (c *counter) exports(t *testing.T, name string, form url.Values) [][]string {
	t.Helper()
	form.Set("vorm", "csv")
	w := c.post(t, name, "/register/export", form)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") {
		t.Fatalf("%d %s", w.Code, w.Header().Get("Content-Type"))
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	check(t, err)
	return rows
}

func TestExport(t *testing.T) {
	c := open(t)
	c.Office.Sheets = report.Spreadsheet{}
	all := c.everyDossier(t, helpdesk)
	rows := c.exports(t, helpdesk, url.Values{"jaar": {"alle"}})
	if len(rows) != len(all)+1 || rows[0][0] != "Nummer van de klacht" {
		t.Fatalf("%d rows of %d dossiers", len(rows), len(all))
	}
	if got := c.exports(t, helpdesk, url.Values{"jaar": {"alle"}, "stand": {"open"}}); len(got) >= len(rows) || len(got) < 2 {
		t.Errorf("%d rows are open", len(got))
	}
	if got := c.exports(t, helpdesk, url.Values{"jaar": {"1900"}}); len(got) != 1 {
		t.Errorf("%d rows in 1900", len(got))
	}
	// No names and no texts, of anybody.
	whole := c.post(t, quality, "/register/export", url.Values{"jaar": {"alle"}, "vorm": {"csv"}}).Body.String()
	for _, line := range all {
		if line.Title != "" && strings.Contains(whole, line.Title) {
			t.Errorf("the export has the title %q", line.Title)
		}
	}
	for name := range c.staff {
		if strings.Contains(whole, name) {
			t.Errorf("the export names %s", name)
		}
	}
	w := c.post(t, quality, "/register/export", url.Values{"jaar": {"alle"}, "vorm": {"xlsx"}})
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	check(t, err)
	defer book.Close()
	sheet, err := book.GetRows("Register")
	check(t, err)
	if len(sheet) != len(rows) || !strings.Contains(w.Header().Get("Content-Disposition"), "register-alle-jaren.xlsx") {
		t.Errorf("%d rows in Excel, %s", len(sheet), w.Header().Get("Content-Disposition"))
	}
}

// Who may not export gets nothing, who is concerned does not find the dossier in it,
// and every export stands in the log with its filter.
func TestExportIsGuardedAndLogged(t *testing.T) {
	c := open(t)
	c.Office.Sheets = nil
	if w := c.get(t, helpdesk, "/register"); strings.Contains(w.Body.String(), "/register/export") {
		t.Error("an export is offered without anything to make it")
	}
	c.Office.Sheets = report.Spreadsheet{}
	form := url.Values{"jaar": {"alle"}, "stand": {"open"}, "compleet": {"mist"}, "vorm": {"csv"}}
	for _, name := range []string{manager, director, admin} {
		if w := c.post(t, name, "/register/export", form); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", name, w.Code)
		}
		if strings.Contains(c.get(t, name, "/register").Body.String(), "/register/export") {
			t.Errorf("%s is offered an export", name)
		}
	}
	if w := c.post(t, helpdesk, "/register/export", url.Values{"vorm": {"pdf"}}); w.Code != http.StatusBadRequest {
		t.Errorf("an unknown form: %d", w.Code)
	}
	v := c.in(t, helpdesk, complaint.InHandling)
	before := len(c.exports(t, colleague, url.Values{"jaar": {"alle"}}))
	check(t, c.Office.NameEmployee(context.Background(), c.person(helpdesk), office.Form{Dossier: v.ID, Seen: v.Version, Key: "n"}, c.person(colleague).ID, "Het gaat over deze medewerker."))
	after := c.exports(t, colleague, url.Values{"jaar": {"alle"}})
	for _, row := range after {
		if row[0] == v.Number {
			t.Error("who is concerned finds the dossier in the export")
		}
	}
	if len(after) > before {
		t.Errorf("%d rows, there were %d", len(after), before)
	}
	c.exports(t, helpdesk, form)
	db, err := sql.Open("sqlite", filepath.Join(c.Home, "register", "gehoor.db"))
	check(t, err)
	defer db.Close()
	var n int
	check(t, db.QueryRow(`SELECT count(*) FROM logline WHERE action = 'export' AND actor = $1 AND reason = 'csv jaar=alle stand=open compleet=mist'`, string(c.person(helpdesk).ID)).Scan(&n))
	if n != 1 {
		t.Errorf("%d lines in the log", n)
	}
}

func TestRegisterColumnsAndWhatLacks(t *testing.T) {
	c := open(t)
	c.Office.Sheets = report.Spreadsheet{}
	heads := func(path string) []string {
		doc := checkPage(t, c.get(t, helpdesk, path), "nl")
		return doc.Find("thead th").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	}
	for path, want := range map[string]string{
		"/register?jaar=alle":                                   "Klacht|Kwam binnen|Manier|Lid|Afdeling|Afgehandeld|Stand|Compleet",
		"/register?jaar=alle&kolom=stand&kolom=uiterlijk":       "Klacht|Uiterste datum|Stand",
		"/register?jaar=alle&kolom=over,beantwoord&kolom=onzin": "Klacht|Gaat over|Beantwoord",
		"/register?jaar=alle&kolom=onzin":                       "Klacht|Kwam binnen|Manier|Lid|Afdeling|Afgehandeld|Stand|Compleet",
		"/register?jaar=alle&kolom=behandelaar,ingediend":       "Klacht|Behandelaar|Ingediend",
		"/register?compleet=mist&kolom=compleet":                "Klacht|Compleet",
	} {
		if got := strings.Join(heads(path), "|"); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	next := checkPage(t, c.get(t, helpdesk, "/register?jaar=alle&kolom=stand,lid"), "nl").Find("a[rel=next]").AttrOr("href", "")
	if u, err := url.Parse(next); err != nil || u.Query().Get("kolom") != "lid,stand" {
		t.Errorf("the next page is %q", next)
	}

	draft, err := c.Office.Begin()
	check(t, err)
	_, err = c.Office.Receive(context.Background(), c.person(helpdesk), office.Form{}, office.Intake{Draft: draft, Receipt: complaint.Receipt{
		Channel: complaint.Phone, ReceivedOn: c.Office.Today(), Title: "Niemand nam op", Description: "Ik belde drie keer. Niemand nam op.", DesiredOutcome: "Neem op.",
		Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential,
	}, Identity: record.Identity{Name: "J. Brugsma-Tiggelaar", Phone: "088-0000164"}})
	check(t, err)
	lacking := func(lines []office.Line, only func(complaint.State) bool) (n int) {
		for _, line := range lines {
			if only(line.State) && len(office.Lacking(line.Dossier)) > 0 {
				n++
			}
		}
		return n
	}
	all, _, err := c.Office.List(context.Background(), c.person(helpdesk), record.Filter{Limit: 500})
	check(t, err)
	for path, want := range map[string]int{
		"/register?compleet=mist":            lacking(all, func(complaint.State) bool { return true }),
		"/register?compleet=mist&stand=open": lacking(all, complaint.State.IsOpen),
	} {
		doc := checkPage(t, c.get(t, helpdesk, path), "nl")
		rows := doc.Find("tbody tr")
		if rows.Length() != min(want, rows.Length()) || want == 0 || doc.Find("a[rel=next]").Length() == 0 && rows.Length() != want {
			t.Errorf("%s: %d rows, %d lack something", path, rows.Length(), want)
		}
		rows.Each(func(_ int, s *goquery.Selection) {
			if !strings.Contains(s.Text(), "nog aanvullen") {
				t.Errorf("%s: %s lacks nothing", path, s.Find("th").Text())
			}
		})
	}
	c.speaks(t, quality, "en")
	checkPage(t, c.get(t, quality, "/register?compleet=mist&kolom=over,stand"), "en")
}

// A dossier on paper has no names of employees, unless chosen, and never the
// complainant's; it is there for whom the dossier is there.
func TestPrintedDossier(t *testing.T) {
	c := open(t)
	v := c.in(t, helpdesk, complaint.IsAnswered)
	path := "/klachten/" + v.ID + "/afdruk"
	text := checkPage(t, c.get(t, helpdesk, path), "nl").Find("main").Text()
	for _, want := range []string{v.Number, v.Title, v.Text.Description, v.Answer.Points, "medewerker", "Naam en adres van de klager staan hier niet op"} {
		if !strings.Contains(text, strings.TrimSpace(want)) {
			t.Errorf("it does not say %q", want)
		}
	}
	for name := range c.staff {
		if strings.Contains(text, name) {
			t.Errorf("it names %s", name)
		}
	}
	if text := checkPage(t, c.get(t, helpdesk, path+"?namen=ja"), "nl").Find("main").Text(); !strings.Contains(text, c.staff[handlerName(c, v)].Name) || handlerName(c, v) == "" {
		t.Error("chosen names are not on it")
	}
	if text := checkPage(t, c.get(t, quality, path), "nl").Find("main").Text(); strings.Contains(text, v.Text.Description) || strings.Contains(text, v.Title) {
		t.Error("quality reads the text")
	}
	if w := c.get(t, admin, path); w.Code != http.StatusNotFound {
		t.Errorf("who may not see it: %d", w.Code)
	}
	c.speaks(t, helpdesk, "en")
	checkPage(t, c.get(t, helpdesk, path), "en")
}
