package procedure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Mistake is one thing that is wrong in a procedure file, and what would be right.
type Mistake struct {
	Line, Column int    // from 1; 0 when the file as a whole is meant
	Key          string // "term.n", "channels[2].label" (entries count from 1); may be empty
	What         string // goes after the key: `is "veertien"`
	Want         string // "write a whole number from 1 to 366"
}

// String gives one line: line 12: term.n is "veertien": write a whole number from 1 to 366.
func (m Mistake) String() string {
	s := strings.TrimSpace(m.Key+" "+m.What) + ": " + m.Want
	if m.Line == 0 {
		return s
	}
	return fmt.Sprintf("line %d: %s", m.Line, s)
}

// Mistakes is everything that is wrong in a procedure file.
type Mistakes []Mistake

// Error gives one line for each mistake.
func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, one := range m {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// maxMistakes keeps the answer to a file that is no procedure at all readable.
const maxMistakes = 200

// inOrder sorts by place in the file.
func (m Mistakes) inOrder() Mistakes {
	slices.SortStableFunc(m, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if len(m) > maxMistakes {
		rest := Mistake{What: fmt.Sprintf("there are %d more mistakes", len(m)-maxMistakes), Want: "mend these first"}
		return append(m[:maxMistakes:maxMistakes], rest)
	}
	return m
}

// nearest gives the word that someone who typed typed most likely meant, or "".
func nearest(typed string, words []string) string {
	best, distance := "", max(2, len(typed)/3)+1
	for _, w := range words {
		if d := edits(strings.ToLower(typed), w); d < distance && d < len(w) {
			best, distance = w, d
		}
	}
	return best
}

// edits counts the letters to change, add or drop to turn a into b (the Levenshtein
// distance). Words much longer than b are not worth counting.
func edits(a, b string) int {
	if len(a) > 2*len(b)+2 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
