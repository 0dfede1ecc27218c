package calendar

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/nl"
	"pgregory.net/rapid"
)

// TestTerms holds every worked example of terms.csv.
func TestTerms(t *testing.T) {
	f, err := os.Open("testdata/terms.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 201 {
		t.Fatalf("terms.csv has %d rows, want 200 and a header", len(rows)-1)
	}
	for _, r := range rows[1:] {
		n, err := strconv.Atoi(r[1])
		if err != nil {
			t.Fatal(err)
		}
		got, err := Ask(MustParse(r[0]), Term{n, Unit(r[2])}, Rule(r[3]))
		if err != nil || got != MustParse(r[4]) {
			t.Errorf("%v: got %v (%v), want %v", r[:4], got, err, r[4])
		}
	}
}

// TestHolidaysAgainstOracle compares with an independent list of Dutch holidays.
func TestHolidaysAgainstOracle(t *testing.T) {
	oracle := []*cal.Holiday{nl.Nieuwjaar, nl.TweedePaasdag, nl.Koningsdag, nl.Hemelvaart, nl.TweedePinksterDag, nl.EersteKerstdag, nl.TweedeKerstdag}
	for year := 2015; year <= 2050; year++ {
		want := map[Date]bool{}
		for _, h := range oracle {
			_, observed := h.Calc(year)
			want[Of(observed)] = true
		}
		for d := NewDate(year, time.January, 1); d.Year() == year; d = d.AddDays(1) {
			if got := isPublicHoliday(d); got != want[d] {
				t.Errorf("%v: holiday %v, oracle says %v", d, got, want[d])
			}
		}
	}
}

func TestHouseAndStatutoryDiffer(t *testing.T) {
	house, statutory := New(House, MustParse("2026-12-24")), New(Statutory, MustParse("2026-12-24"))
	for _, c := range []struct {
		day              string
		house, statutory bool
	}{
		{"2026-04-03", true, false},  // Good Friday
		{"2026-05-05", true, false},  // Liberation Day, no lustrum
		{"2025-05-05", false, false}, // lustrum
		{"2026-05-15", true, false},  // equated day
		{"2026-12-24", false, true},  // closing day of the house
		{"2025-04-26", false, false}, // King's Day on a Saturday
		{"2026-11-21", false, false}, // Saturday
	} {
		d := MustParse(c.day)
		if got := house.IsWorkingDay(d); got != c.house {
			t.Errorf("%s house: %v", d, got)
		}
		if got := statutory.IsWorkingDay(d); got != c.statutory {
			t.Errorf("%s statutory: %v", d, got)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{"2026-02-30", "22-11-2026", "2026-11-22T00:00", "0026-11-22", "9999-01-01", " ", "2026-1-1"} {
		if d, err := Parse(s); err == nil {
			t.Errorf("%q gave %v", s, d)
		}
	}
}

func TestLocalDayAcrossTheClockChange(t *testing.T) {
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	got := Of(time.Date(2026, 10, 23, 22, 30, 0, 0, time.UTC).In(loc)).AddDays(14)
	if got != MustParse("2026-11-07") {
		t.Errorf("14 days after 24 October 00:30 is %v", got)
	}
}

// TestProperties holds what is true of every date and term.
func TestProperties(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) Date {
		return NewDate(2020, 1, 1).AddDays(rapid.IntRange(0, 5000).Draw(t, "offset"))
	})
	rapid.Check(t, func(t *rapid.T) {
		d, n := day.Draw(t, "day"), rapid.IntRange(0, 60).Draw(t, "n")
		kind := rapid.SampledFrom([]Kind{House, Statutory}).Draw(t, "kind")
		c := New(kind, day.Draw(t, "closed"))
		if got := MustParse(d.String()); got != d {
			t.Fatalf("%v reads back as %v", d, got)
		}
		if d.DaysUntil(d.AddDays(n)) != n {
			t.Fatalf("%v + %d days", d, n)
		}
		if before := c.OnOrBefore(d); before.After(d) || !c.IsWorkingDay(before) {
			t.Fatalf("on or before %v is %v", d, before)
		}
		if n > 0 {
			if after := c.After(d, Term{n, WorkingDay}); !c.IsWorkingDay(after) || c.WorkingDaysBefore(after, n).After(d) {
				t.Fatalf("%v + %d working days is %v", d, n, after)
			}
		}
	})
}
