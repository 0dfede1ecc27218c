package procedure

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMistakes has each kind of mistake, as the administrator reads it.
func TestMistakes(t *testing.T) {
	const termAt = "term:\n  n: 14\n  unit: day\n"
	for _, tt := range []struct{ old, with, want string }{
		// Words and types.
		{"\nid: lsr-14-dagen", "\nid: LSR 14", `id is "LSR 14": write lower-case letters, digits and dashes, like lsr-14-dagen`},
		{`version: "1.1"`, `version: 1`, `version is 1: write a version between quotes, like "2026-1"`},
		{"valid_from: 2025-01-01", "valid_from: 2025-02-30", `valid_from is "2025-02-30": write a date like 2026-11-22`},
		{"valid_from: 2025-01-01", "valid_from: 2025", `valid_from is 2025: write a date like 2026-11-22`},
		{"valid_from: 2025-01-01", `valid_from: ""`, `valid_from is "": write a date like 2026-11-22`},
		{"title: Klachtenprocedure", "title:", "title is empty: write text on one line, at most 120 letters"},
		{"title: Klachtenprocedure", "title: 14", "title is 14: write text on one line, at most 120 letters, between quotes"},
		{"title: Klachtenprocedure", `title: "a\nb"`, "title has a line break or another character that cannot be seen: write text on one line, at most 120 letters"},
		{"title: Klachtenprocedure", `title: "a\u202eb"`, "title has a line break or another character that cannot be seen: write text on one line, at most 120 letters"},
		{"title: Klachtenprocedure", "title: " + strings.Repeat("é", 121), "title has 121 letters: write text on one line, at most 120 letters"},
		{"language: nl", "language: fy", `language is "fy": write nl or en`},
		{"title: Klachtenprocedure", "title: |\n  twee\n  regels", "title has a line break or another character that cannot be seen: write text on one line, at most 120 letters"},
		{"title: Klachtenprocedure", "title: {nl: Klachten}", "title is a group of keys: write text on one line, at most 120 letters, between quotes"},
		{"k: 5", "k: |\n    vijf", `report.k is "vijf\n": write a whole number from 3 to 100`},
		{"k: 5", "k: 55555555555555555555555555555555555555555555", `report.k is "5555555555555555555555555555555555555555…": write a whole number from 3 to 100`},
		{"reminders: [5, 10]", "reminders:\n    - 5\n    -", "confirmation.reminders[2] is empty: write a whole number from 1 to 366"},
		{"reminders: [5, 10]", "reminders: [5, [10]]", "confirmation.reminders[2] is a list: write a whole number from 1 to 366"},
		{"talk_first: true", "talk_first: yes", `talk_first is "yes": write true or false`},
		{"talk_first: true", "talk_first: [true]", `talk_first is a list: write true or false`},
		{"k: 5", "k: 2", "report.k is 2: write a whole number from 3 to 100"},
		{"k: 5", "k: five", `report.k is "five": write a whole number from 3 to 100`},
		{"k: 5", `k: "5"`, `report.k is "5": write a whole number from 3 to 100, without quotes`},
		{"k: 5", "k: 0x5", "report.k is 0x5: write a whole number from 3 to 100"},
		{"k: 5", "k: 5.0", "report.k is 5.0: write a whole number from 3 to 100"},
		{"report:\n  k: 5", "report: 5", "report is 5: write the keys k"},
		{"reminders: [5, 10]", "reminders: 5", `confirmation.reminders is 5: write a list of days, like [5, 10]`},
		{"reminders: [5, 10]", "reminders: [5, tien]", `confirmation.reminders[2] is "tien": write a whole number from 1 to 366`},
		{"\nretention: organisation", "\nretention: organization", `retention is "organization": write organisation`},
		{"\nretention: organisation", "\nretention: {n: 31, unit: year, from: closed}", `retention.n is 31: write a whole number from 1 to 30`},

		// Terms.
		{termAt, "term:\n  n: 0\n  unit: day\n", "term.n is 0: write a whole number from 1 to 366"},
		{termAt, "term:\n  n: 367\n  unit: day\n", "term.n is 367: write a whole number from 1 to 366"},
		{termAt, "term:\n  n: 13\n  unit: month\n", "term.n is 13: write a whole number from 1 to 12"},
		{termAt, "term:\n  n: 14\n  unit: dag\n", `term.unit is "dag": write day, working_day, week, month or year; did you mean day?`},
		{"term:\n  n: 14\n", "term:\n", "term.n is missing: write a whole number from 1 to 366"},

		// Keys and codes.
		{"talk_first: true", "talk_frist: true", "talk_frist is not a key of a procedure: did you mean talk_first?"},
		{"  k: 5", "  k: 5\n  quarterly: true", "report.quarterly is not a key of a procedure: here you can use k"},
		{"  k: 5", "  k: 5\n  k: 6", "report.k is written twice: keep one; the other is on line 240"},
		{"  k: 5", "  k: 5\n  \"a b\": 6", `report."a b" is not a key of a procedure: here you can use k`},
		{"code: too_long_ago", "code: Too-long", `not_accepted[2].code is "Too-long": write lower-case letters, digits and underscores, like too_long_ago`},
		{"code: too_long_ago", "code: not_about_us", `not_accepted[2].code is not_about_us again: use another; line 194 has it already`},
		{"code: course_book", "code: helpdesk", `subjects[2].categories[5].code is helpdesk again: use another; line 62 has it already`},
		{"  - kind: other\n    categories: []", "  - kind: product\n    categories: []", "subjects[4].kind is product again: use another; line 58 has it already"},
		{"kind: employee", "kind: person", `subjects[3].kind is "person": write product, service, employee or other`},
		{"code: email", "code: fax", `channels[2].code is "fax": write post, email, phone or form`},
		{"code: email", "code: post", "channels[2].code is post again: use another; line 36 has it already"},
		{"fallback: [director]", "fallback: [director, administrator]", `handler.fallback[2] is "administrator": write director, manager, quality or helpdesk`},
		{"fallback: [director]", "fallback: [director, director]", `handler.fallback[2] is director again: use another; line 179 has it already`},
		{"rule: department_manager", "rule: anyone", `handler.rule is "anyone": write department_manager`},
		{"calendar: house\n  post_lead", "calendar: home\n  post_lead", `target.calendar is "home": write house or statutory; did you mean house?`},
		{"default: confidential", "default: secret", `anonymity.default is "secret": write confidential, open or nameless`},

		// Contradictions.
		{"label: Telefoon\n    enabled: true\n    needs_confirmation: true", "label: Telefoon\n    enabled: false\n    needs_confirmation: false",
			"channels[3].needs_confirmation is false for the telephone: write true: what an employee wrote down counts only after the caller's yes"},
		{"kind: employee", "kind: other\n    categories: []\n  - kind: other", "subjects[4].kind is other again: use another; line 88 has it already"},
		{"  roll: none", "  roll: forward", "term.roll is forward, but term.calendar is house: write none, or use the statutory calendar: the organisation's own closing days never move its promise"},
		{"acknowledge:\n  n: 0\n  unit: day", "acknowledge:\n  n: 3\n  unit: week", "acknowledge is longer than term: acknowledge before the answer is due"},
		{"before: 3", "before: 9", "signals come before the term has started: take fewer working days than the term has"},
		{termAt, "term:\n  n: 1\n  unit: working_day\n", "target.post_lead_days is longer than term: take fewer working days than the term has"},
		{"reminders: [5, 10]", "reminders: [5]", "confirmation.reminders has 1 days: write at least two, like [5, 10]"},
		{"reminders: [5, 10]", "reminders: [10, 5]", "confirmation.reminders is not in order: write the days from early to late, each once"},
		{"reminders: [5, 10]", "reminders: [5, 30]", "confirmation.close_after is 21, but the last reminder comes on day 30: close later than the last reminder"},
		{"close_after: 21", "close_after: 20", "confirmation.close_after is 20: write a whole number from 21 to 366"},
		{"notify: false", "notify: true", "extension.notify is true, and so is extension.consent: choose one: the complainant agrees, or is only told"},
		{"consent: true", "consent: false", "extension.notify is false, and so is extension.consent: choose one: nobody may move the date without a word"},
		{"consent: true\n  notify: false", "consent: false\n  notify: true", "extension has no max: write max with n and unit: a date that moves without the complainant's yes needs a limit"},
		{"consent: true\n", "consent: true\n  max: {n: 0, unit: week}\n", "extension.max.n is 0: write a whole number from 1 to 52"},
		{"judgement: []", "judgement: [{code: upheld, label: Gegrond}]", "judgement has one step: write two or more, or leave it out: then the answer gives no judgement"},
		{"fallback: [director]", "fallback: []", "handler.fallback is empty: write who handles when the manager cannot, like [director]"},
		{"default: confidential\n  nameless: true", "default: nameless\n  nameless: false", "anonymity.default is nameless, but anonymity.nameless is false: write confidential, or allow nameless complaints"},
		{"\nretention: organisation", "\nretention: {n: 14, unit: day, from: received}", "retention ends before the answer is due: keep the data longer, or count from closed"},
	} {
		got := mistakesIn(t, spoilt(t, tt.old, tt.with))
		if !has(got, tt.want) {
			t.Errorf("%q:\n got %q\nwant %q", tt.with, got, tt.want)
		}
	}
}

// TestNoPlainYAML has the files that are refused before their keys are looked at.
func TestNoPlainYAML(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", "the file is empty: start from a shipped procedure"},
		{"# niets\n", "the file is empty: start from a shipped procedure"},
		{"- a\n", "line 1: the file is a list: a procedure is made of keys, like term:"},
		{"klacht\n", `line 1: the file is "klacht": a procedure is made of keys, like term:`},
		{"a: 1\nb:\t2\n", "line 2: this line has a tab: use spaces"},
		{"a: 1\nb: \x80\n", "line 2: this line has a letter that is not UTF-8: save the file as UTF-8"},
		{"a: \x00\n", "line 1: this line has the control character U+0000: take it out"},
		{"a: 1\rb: 2\n", "line 1: this line has the control character U+000D: take it out"},
		{"a: &x 1\n", "line 1: this line has an anchor (&): write the value out, or put text between quotes"},
		{"a: *x\n", "line 1: this line has an alias (*): write the value out, or put text between quotes"},
		{"a: !!str 1\n", "line 1: this line has a tag (!): leave it out, or put text between quotes"},
		{"<<: {a: 1}\n", "line 1: this line has a merge key (<<): write the keys out"},
		{"%YAML 1.2\n---\na: 1\n", "line 1: this line has a directive (%): leave it out, or put text between quotes"},
		{"? a\n: b\n", "line 1: this line has a key after a question mark: write key: value, or put text between quotes"},
		{"a: 1\n---\nb: 2\n", "line 2: here a second document starts (---): one file is one procedure: leave this out"},
		{"a: 1\n...\n", "line 2: here the document ends (...): one file is one procedure: leave this out"},
		{"a:\n  - - b\n", "line 2: this line has a list in a list: write one dash"},
		{"a: [[[[[[[[[b]]]]]]]]]\n", "line 1: here brackets stand too deep in brackets: write one key or entry a line"},
		{"a: 1\nb: c: d\n", "line 2: this is not YAML (mapping value is not allowed in this context): look at the spaces at the start of the line, the colons and the quotes"},
		{"a: \"open\n", "line 1: this is not YAML (could not find end character of double-quoted text): look at the spaces at the start of the line, the colons and the quotes"},
		{strings.Repeat("#", maxBytes+1), "the file has 262145 bytes: a procedure has at most 262144"},
		{strings.Repeat("- a\n", maxTokens/2+1), "the file has 10002 words and signs: a procedure has at most 10000"},
		{"a:\tb\nc: d\ne:\tf\n", "line 1: this line has a tab: use spaces\nline 3: this line has a tab: use spaces"},
	} {
		_, err := Read([]byte(tt.text))
		if err == nil || err.Error() != tt.want {
			t.Errorf("%.30q:\n got %v\nwant %s", tt.text, err, tt.want)
		}
	}
}

// TestMisspeltKeyIsReadOn holds that a misspelt key costs one round, not two.
func TestMisspeltKeyIsReadOn(t *testing.T) {
	got := mistakesIn(t, spoilt(t, "  roll: none", "  rol: forward"))
	want := []string{
		"term.rol is not a key of a procedure: did you mean roll?",
		"term.roll is forward, but term.calendar is house: write none, or use the statutory calendar: the organisation's own closing days never move its promise",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNothingToChoose(t *testing.T) {
	if got := mistakesIn(t, []byte(strings.ReplaceAll(lsr(), "enabled: true\n", "enabled: false\n"))); !has(got, "channels has no channel that is enabled: switch at least one on") {
		t.Errorf("%q", got)
	}
	empty := "subjects: []\nnot_accepted: []\n"
	got := mistakesIn(t, []byte(empty))
	for _, want := range []string{"subjects is empty: write at least one subject", "not_accepted is empty: write at least one code with a label"} {
		if !has(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	text := lsr()
	from, to := strings.Index(text, "  - kind: employee"), strings.Index(text, "  - kind: other")
	if got := mistakesIn(t, []byte(text[:from]+text[to:])); !has(got, "talk_first is true, but no subject has the kind employee: write false, or add that subject") {
		t.Errorf("%q", got)
	}
}

func TestManyMistakes(t *testing.T) {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "zzzzzzzzz%d: 1\n", i)
	}
	_, err := Read([]byte(text.String()))
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != maxMistakes+1 || lines[maxMistakes] != "there are 819 more mistakes: mend these first" {
		t.Errorf("%d lines, the last is %q", len(lines), lines[len(lines)-1])
	}
}
