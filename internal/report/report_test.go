package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"gehoor/internal/calendar"
)

var header = []string{"Nummer", "Op", "Aantal"}

func three(yield func([]any, error) bool) {
	_ = yield([]any{"2026-417", calendar.MustParse("2026-11-22"), 8}, nil) &&
		yield([]any{"=cmd|' /C calc'!A0", calendar.Date{}, 0}, nil) &&
		yield([]any{"a, \"b\"\nc", calendar.MustParse("2024-02-29"), -1}, nil)
}

func TestCSV(t *testing.T) {
	var out bytes.Buffer
	if err := (Spreadsheet{}).CSV(&out, header, three); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	if !marked {
		t.Error("no byte order mark")
	}
	got, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{header, {"2026-417", "2026-11-22", "8"}, {"'=cmd|' /C calc'!A0", "", "0"}, {"a, \"b\"\nc", "2024-02-29", "-1"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestXLSX(t *testing.T) {
	var out bytes.Buffer
	if err := (Spreadsheet{}).XLSX(&out, "Register", header, three); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, want := range map[string]string{"A1": "Nummer", "A2": "2026-417", "B2": "46348", "C2": "8", "A3": "'=cmd|' /C calc'!A0", "B3": "", "B4": "45351"} {
		got, err := book.GetCellValue("Register", cell, excelize.Options{RawCellValue: true})
		if err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", cell, got, want, err)
		}
	}
	if formula, _ := book.GetCellFormula("Register", "A3"); formula != "" {
		t.Errorf("A3 has the formula %q", formula)
	}
}

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{"": "", "a": "a", "2026-417": "2026-417", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\ta": "'\ta", "\ra": "'\ra", "é=": "é="} {
		if got := harmless(in); got != want {
			t.Errorf("harmless(%q) is %q", in, got)
		}
	}
}

func TestErrorsEndTheTable(t *testing.T) {
	broken := errors.New("broken")
	fails := func(yield func([]any, error) bool) { yield(nil, broken) }
	odd := func(yield func([]any, error) bool) { yield([]any{1.5}, nil) }
	for name, write := range map[string]func(Rows) error{
		"csv":  func(r Rows) error { return Spreadsheet{}.CSV(io.Discard, header, r) },
		"xlsx": func(r Rows) error { return Spreadsheet{}.XLSX(io.Discard, "R", header, r) },
	} {
		if err := write(fails); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
		if err := write(odd); err == nil {
			t.Errorf("%s takes any cell", name)
		}
	}
}

// A long table takes no more memory than a short one: what is live halfway does not
// grow with the rows that came by.
func TestMemoryDoesNotGrow(t *testing.T) {
	const rows = 60_000
	for name, write := range map[string]func(Rows) error{
		"csv":  func(r Rows) error { return Spreadsheet{}.CSV(io.Discard, header, r) },
		"xlsx": func(r Rows) error { return Spreadsheet{}.XLSX(io.Discard, "R", header, r) },
	} {
		var early, late runtime.MemStats
		many := func(yield func([]any, error) bool) {
			for i := range rows {
				switch i {
				case rows / 3:
					runtime.GC()
					runtime.ReadMemStats(&early)
				case rows - 1:
					runtime.GC()
					runtime.ReadMemStats(&late)
				}
				if !yield([]any{"een afdeling met een naam die lang genoeg is om mee te tellen", calendar.MustParse("2026-11-22"), i}, nil) {
					return
				}
			}
		}
		if err := write(many); err != nil {
			t.Fatal(err)
		}
		if grown := int64(late.HeapAlloc) - int64(early.HeapAlloc); grown > 20<<20 {
			t.Errorf("%s: %d KiB more in use after %d rows", name, grown>>10, rows)
		}
	}
}
