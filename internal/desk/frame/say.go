package frame

import (
	"strconv"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/personnel"
	"gehoor/internal/words"
)

// JoinLines joins what is not empty, each on a line of its own.
func JoinLines(lines ...string) string {
	var full []string
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			full = append(full, line)
		}
	}
	return strings.Join(full, "\n")
}

// YesNo chooses between two texts.
func YesNo(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// InWords says how long a term is: "14 dagen".
func InWords(v *words.Voice, t calendar.Term) string {
	return v.Count("count."+string(t.Unit)+"s", t.N)
}

// ShortDay is a date that stays on one line: "24 nov 2026", with spaces that do not break.
func ShortDay(v *words.Voice, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return strings.ReplaceAll(v.ShortDayMonth(d)+" "+strconv.Itoa(d.Year()), " ", "\u00a0")
}

// GrantedDepartments says which departments somebody manages or stands in for.
func GrantedDepartments(v *words.Voice, g personnel.Grant) string {
	var parts []string
	if len(g.Manages) > 0 {
		parts = append(parts, v.Say("setup.manages", "Departments", strings.Join(g.Manages, ", ")))
	}
	if len(g.StandsIn) > 0 {
		parts = append(parts, v.Say("setup.stands_in", "Departments", strings.Join(g.StandsIn, ", ")))
	}
	return strings.Join(parts, "; ")
}

// daysBetween counts days, never fewer than none.
func daysBetween(from, to calendar.Date) int { return max(0, from.DaysUntil(to)) }
