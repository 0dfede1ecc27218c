package frame

import (
	"errors"
	"maps"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/words"
)

// Wrong says what is wrong with each field of a form, in words. Under "" stands what
// concerns the whole form.
type Wrong map[string]string

// Add notes a mistake; the first of a field stays.
func (w Wrong) Add(field, text string) {
	if _, known := w[field]; !known {
		w[field] = text
	}
}

// Take adds what the law says is wrong, and gives back any other error. A refusal
// about the whole, such as a state that does not allow the task, stands above the form.
func (w Wrong) Take(v *words.Voice, err error) error {
	var many complaint.Mistakes
	if !errors.As(err, &many) {
		return err
	}
	for _, m := range many {
		w.Add(m.Field, v.Say(m.Key, m.Args...))
	}
	return nil
}

// List gives the mistakes for the summary above a form: in the order of its fields,
// each with the label by which it is found. What stands at a field that this form does
// not show comes last, without a link.
func (w Wrong) List(order []string, label func(field string) string) []page.FieldError {
	var list []page.FieldError
	for _, field := range order {
		if text, is := w[field]; is {
			list = append(list, page.FieldError{ID: field, Label: label(field), Text: text})
		}
	}
	for _, field := range slices.Sorted(maps.Keys(w)) {
		if !slices.Contains(order, field) {
			list = append(list, page.FieldError{Text: w[field]})
		}
	}
	return list
}
