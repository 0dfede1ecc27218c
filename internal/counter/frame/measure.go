package frame

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"gehoor/internal/complaint"
	"gehoor/internal/porch"
)

// Stories are the fields in which somebody tells something; any other takes one line.
var stories = []string{"description", "desired_outcome", "said", "why"}

// Carried are the fields that nobody types in: a form takes them along.
var carried = []string{"formulier", "bestanden", "bewaard", porch.ChooseField}

// longest is how many signs a field takes.
func longest(field string) int {
	if slices.Contains(stories, field) {
		return complaint.MaxOutside
	}
	return complaint.MaxLine
}

// Fits reports whether a field takes a text. Browsers send a line break as two signs.
func Fits(field, text string) bool {
	return slices.Contains(carried, field) || utf8.RuneCountInString(strings.ReplaceAll(text, "\r\n", "\n")) <= longest(field)
}

// Measure finds what is longer than its field takes, beside what else is wrong with a form
// that was read. All that was typed comes back, but of a form that is too large to send: of
// that the beginning, as much as a field takes.
func Measure(form porch.Form, err error) error {
	var m complaint.Mistakes
	key := "error.too_long"
	switch large := errors.Is(err, porch.ErrTooLarge); {
	case large:
		key = "error.cut"
	case m.Join(err) != nil:
		return err
	}
	for name, list := range form.Values {
		for i, text := range list {
			if Fits(name, text) {
				continue
			}
			if m.Add(name, key, "Max", longest(name)); key == "error.cut" {
				list[i] = string([]rune(text)[:longest(name)])
			}
		}
	}
	if key == "error.cut" && len(m) == 0 {
		m.Add("", "error.too_large")
	}
	return m.Err()
}
