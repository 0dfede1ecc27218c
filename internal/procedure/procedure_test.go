package procedure

import (
	"errors"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

var update = flag.Bool("update", false, "write the golden files anew")

// lsr is the default procedure, which tests spoil in one place at a time.
func lsr() string { return string(Shipped()[0].Text) }

// spoilt replaces one piece of the default procedure.
func spoilt(t testing.TB, old, with string) []byte {
	t.Helper()
	if n := strings.Count(lsr(), old); n != 1 {
		t.Fatalf("%q stands %d times in the default procedure", old, n)
	}
	return []byte(strings.Replace(lsr(), old, with, 1))
}

// mistakesIn gives the mistakes of a file, each without its line.
func mistakesIn(t testing.TB, text []byte) []string {
	t.Helper()
	_, err := Read(text)
	if err == nil {
		return nil
	}
	var mistakes Mistakes
	if !errors.As(err, &mistakes) {
		t.Fatalf("%T is no Mistakes: %v", err, err)
	}
	var says []string
	for _, m := range mistakes {
		m.Line = 0
		says = append(says, m.String())
	}
	return says
}

// TestFiveMistakes holds that every mistake is named at once, with its line.
func TestFiveMistakes(t *testing.T) {
	text, err := os.ReadFile("testdata/five.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = Read(text)
	var mistakes Mistakes
	if !errors.As(err, &mistakes) || len(mistakes) != 5 {
		t.Fatalf("got %v, want five mistakes", err)
	}
	got := err.Error() + "\n"
	if *update {
		if err := os.WriteFile("testdata/five.golden", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/five.golden")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
	want2 := Mistake{Line: 75, Column: 3, Key: "term.n", What: `is "veertien"`, Want: "write a whole number from 1 to 366"}
	if mistakes[3] != want2 {
		t.Errorf("got %+v, want %+v", mistakes[3], want2)
	}
}

// TestEveryKeyCounts takes each key of the file away: a needed one is missed, and
// without an optional one nothing is promised.
func TestEveryKeyCounts(t *testing.T) {
	optional := map[string]bool{"talk_first": true, "hearing": true, "judgement": true, "second_instance": true,
		"external_body": true, "follow_up": true, "companion": true}
	block := regexp.MustCompile(`(?m)^([a-z_]+):.*\n(?:(?:[ #].*)?\n)*`)
	keys := block.FindAllStringSubmatch(lsr(), -1)
	if len(keys) != 26 {
		t.Fatalf("the default procedure has %d keys, want 26", len(keys))
	}
	for _, k := range keys {
		got := mistakesIn(t, []byte(strings.Replace(lsr(), k[0], "", 1)))
		switch {
		case optional[k[1]] && len(got) != 0:
			t.Errorf("without %s: %q", k[1], got)
		case !optional[k[1]] && (len(got) != 1 || !strings.HasPrefix(got[0], k[1]+" is missing: ")):
			t.Errorf("without %s: %q", k[1], got)
		}
	}
}

func TestNothingUnsaidIsPromised(t *testing.T) {
	text := regexp.MustCompile(`(?m)^(talk_first|hearing|judgement|second_instance|external_body|follow_up|companion):.*$`).ReplaceAllString(lsr(), "$1:")
	rules, err := Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if rules.TalkFirst || rules.Hearing || len(rules.Judgement) > 0 || rules.SecondInstance != "" || rules.ExternalBody != "" || rules.FollowUp || rules.Companion {
		t.Errorf("empty keys promise something: %+v", rules)
	}
}

func TestRetention(t *testing.T) {
	for _, tt := range []struct {
		retention string
		want      complaint.RetentionRule
	}{
		{"retention: organisation", complaint.RetentionRule{}},
		{"retention: {n: 2, unit: year, from: closed}", complaint.RetentionRule{Term: calendar.Term{N: 2, Unit: calendar.Year}, From: complaint.RetainFromClosed}},
		{"retention: {n: 24, unit: month, from: received}", complaint.RetentionRule{Term: calendar.Term{N: 24, Unit: calendar.Month}, From: complaint.RetainFromReceived}},
	} {
		rules, err := Read(spoilt(t, "\nretention: organisation\n", "\n"+tt.retention+"\n"))
		if err != nil || rules.Retention != tt.want {
			t.Errorf("%s: got %+v, %v", tt.retention, rules.Retention, err)
		}
	}
}

// TestEditors holds that what an editor on Windows adds changes nothing.
func TestEditors(t *testing.T) {
	for name, text := range map[string]string{
		"byte order mark": "\ufeff" + lsr(),
		"CRLF":            strings.ReplaceAll(lsr(), "\n", "\r\n"),
		"first ---":       "---\n" + lsr(),
		"no last newline": strings.TrimRight(lsr(), "\n"),
	} {
		if got := mistakesIn(t, []byte(text)); got != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
	windows := strings.ReplaceAll(strings.Replace(lsr(), "n: 14", "n: 0", 1), "\n", "\r\n")
	unix := strings.Replace(lsr(), "n: 14", "n: 0", 1)
	_, a := Read([]byte(windows))
	_, b := Read([]byte(unix))
	if a == nil || b == nil || a.Error() != b.Error() {
		t.Errorf("lines differ: %v, %v", a, b)
	}
}

// TestPlaces holds that every key of the shipped files is found where it stands: the
// lines in the mistakes are the YAML library's, and it has been wrong about them.
func TestPlaces(t *testing.T) {
	for _, f := range Shipped() {
		root, mistakes := parse(f.Text)
		if len(mistakes) > 0 {
			t.Fatal(mistakes)
		}
		r := &reader{places: map[string]place{}, wrong: map[string]bool{}}
		r.rules(root)
		lines := strings.Split(string(f.Text), "\n")
		if len(r.places) < 150 {
			t.Errorf("%s has %d places", f.Name, len(r.places))
		}
		for key, at := range r.places {
			name := key[strings.LastIndex(key, ".")+1:]
			if strings.HasSuffix(name, "]") {
				continue // an entry of a list has no name
			}
			if rest := lines[at.line-1][at.column-1:]; !strings.HasPrefix(rest, name+":") {
				t.Errorf("%s: %s is not at %+v, there stands %q", f.Name, key, at, rest)
			}
		}
	}
}

func TestHash(t *testing.T) {
	// The SHA-256 of nothing, FIPS 180-4.
	if got := Hash(nil); got != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Error(got)
	}
	if Hash([]byte("a")) == Hash([]byte("a\n")) {
		t.Error("a newline does not count")
	}
}

func TestNearest(t *testing.T) {
	keys := []string{"n", "unit", "from", "calendar", "roll"}
	for typed, want := range map[string]string{
		"unti": "unit", "Unit": "unit", "calender": "calendar", "form": "from", "rol": "roll",
		"m": "", "x": "", "": "", "begin": "", "retention": "",
		strings.Repeat("unit", 9000): "",
	} {
		if got := nearest(typed, keys); got != want {
			t.Errorf("nearest to %.20q is %q, want %q", typed, got, want)
		}
	}
}

// TestBoundedTime gives the reader files that are made to keep a YAML parser busy.
func TestBoundedTime(t *testing.T) {
	fill := func(s string) string { return strings.Repeat(s, maxBytes/len(s)) }
	var deep strings.Builder
	for i := 0; deep.Len() < maxBytes-1000; i++ {
		deep.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	for _, text := range []string{
		fill("a: b\n"), fill("a: "), fill("["), fill("{a: "), fill("- "), fill("- a\n"), fill("? "), fill(`"a" `),
		"a: " + fill("x "), "a: |\n" + fill("  x\n"), "a: \"" + fill("x\n "), "a: \"" + fill(`\u0041`), fill("#\n"), fill("\n"),
		fill("'"), fill("\""), fill("&a "), fill("!a "), fill("---\n"), fill("\t\n"), fill("\x80"), fill("%a\n"), fill("x"),
		"{" + strings.Repeat("a: b, ", maxTokens/4-2) + "}", strings.Repeat("a: b\n", maxTokens/3-2),
		strings.Repeat("\"a\" ", maxTokens-2), deep.String(),
	} {
		text = text[:min(len(text), maxBytes)]
		start := time.Now()
		if _, err := Read([]byte(text)); err == nil {
			t.Errorf("%.20q was read", text)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%.20q took %v", text, took)
		}
	}
}

// FuzzRead holds that no file makes the reader panic or hang, and that an answer is
// either rules or mistakes with a place.
func FuzzRead(f *testing.F) {
	for _, file := range Shipped() {
		f.Add(file.Text)
	}
	five, err := os.ReadFile("testdata/five.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(five)
	for _, seed := range []string{"", "a", "a: [", "- - a", "? a\n: b", "&a *a", "a: |\n  b\n", "{a: {b: [c]}}", "term: {n: 1, n: 2}", "\"\\xff\": 1", "a:\n- b\n c"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		start := time.Now()
		rules, err := Read(text)
		if took := time.Since(start); took > 5*time.Second {
			t.Fatalf("took %v", took)
		}
		if err == nil {
			if rules.ID == "" || rules.Term.Check() != nil || rules.ValidFrom.IsZero() {
				t.Fatalf("no mistakes, but %+v", rules)
			}
			return
		}
		var mistakes Mistakes
		if !errors.As(err, &mistakes) || len(mistakes) == 0 {
			t.Fatalf("%T %v", err, err)
		}
		for _, m := range mistakes {
			if m.What == "" || m.Want == "" || strings.Contains(m.String(), "\n") {
				t.Fatalf("%+v", m)
			}
		}
	})
}
