package desk

import (
	"errors"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/words"
)

// wrong says what is wrong with each field of a form, in words. Under "" stands what
// concerns the whole form.
type wrong map[string]string

// add notes a mistake; the first of a field stays.
func (w wrong) add(field, text string) {
	if _, known := w[field]; !known {
		w[field] = text
	}
}

// take adds what the law says is wrong, and gives back any other error. A refusal
// about the whole, such as a state that does not allow the task, stands above the form.
func (w wrong) take(v *words.Voice, err error) error {
	var many complaint.Mistakes
	if !errors.As(err, &many) {
		return err
	}
	for _, m := range many {
		w.add(m.Field, v.Say(m.Key, m.Args...))
	}
	return nil
}

// list gives the mistakes for the summary above a form: in the order of its fields,
// each with the label by which it is found. What stands at a field that this form does
// not show comes last, without a link.
func (w wrong) list(order []string, label func(field string) string) []page.FieldError {
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

// date reads a day as a form sends it: 2026-11-22. No day is no mistake; the law says
// where one is needed.
func date(v *words.Voice, typed, field string, w wrong) calendar.Date {
	if typed == "" {
		return calendar.Date{}
	}
	d, err := calendar.Parse(typed)
	if err != nil {
		w.add(field, v.Say("error.not_a_date"))
	}
	return d
}

// inWords says how long a term is: "14 dagen".
func inWords(v *words.Voice, t calendar.Term) string {
	return v.Count("count."+string(t.Unit)+"s", t.N)
}

var (
	isNumber = regexp.MustCompile(`^[0-9]{4}-[0-9]{3,6}$`)
	noDigit  = regexp.MustCompile(`[^0-9]+`)
)

// dossierNumber reads a number as people type it: "2026-417", "2026 417", or "417"
// for one of this year. What cannot be a number is "".
func dossierNumber(typed string, today calendar.Date) string {
	parts := strings.Fields(noDigit.ReplaceAllString(typed, " "))
	number := strings.Join(parts, "-")
	switch {
	case len(parts) == 1 && len(number) >= 7:
		number = number[:4] + "-" + number[4:]
	case len(parts) == 1:
		number = today.String()[:4] + "-" + number
	}
	if !isNumber.MatchString(number) {
		return ""
	}
	return number
}

// address puts a query behind a path; empty values are left out.
func address(path string, query ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(query); i += 2 {
		if query[i+1] != "" {
			q.Set(query[i], query[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
