package frame

import (
	"regexp"
	"strconv"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/words"
)

// Date reads a day as a form sends it: 2026-11-22. No day is no mistake; the law says
// where one is needed.
func Date(v *words.Voice, typed, field string, w Wrong) calendar.Date {
	if typed == "" {
		return calendar.Date{}
	}
	d, err := calendar.Parse(typed)
	if err != nil {
		w.Add(field, v.Say("error.not_a_date"))
	}
	return d
}

var (
	isNumber = regexp.MustCompile(`^[0-9]{4}-[0-9]{3,6}$`)
	noDigit  = regexp.MustCompile(`[^0-9]+`)
)

// DossierNumber reads a number as people type it: "2026-417", "2026 417", or "417"
// for one of this year. What cannot be a number is "".
func DossierNumber(typed string, today calendar.Date) string {
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

// Number reads a whole number; anything else is -1, which the office refuses.
func Number(typed string) int {
	if typed == "" {
		return 0
	}
	n, err := strconv.Atoi(typed)
	if err != nil {
		return -1
	}
	return n
}
