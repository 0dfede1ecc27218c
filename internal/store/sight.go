package store

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// running are the phases in which the term runs.
const running = `('filed','in_handling','extension_proposed')`

// where turns a Sight into the condition that every query on dossiers d carries. It
// says in SQL what complaint.MayRead says in Go; a test compares the two.
func where(sight complaint.Sight, a *args) string {
	var may []string
	if sight.All {
		may = append(may, "1 = 1")
	}
	for _, x := range sight.StandsFor {
		if x.For != "" {
			may = append(may, "(d.handler = "+a.put(string(x.For))+" AND d.department = "+a.put(x.Department)+")")
		}
	}
	if sight.Person != "" {
		may = append(may, "d.handler = "+a.put(string(sight.Person)))
		may = append(may, "(d.second_reader = "+a.put(string(sight.Person))+" AND d.phase IN "+running+")")
	}
	if !sight.Overdue.IsZero() {
		may = append(may, "(d.phase IN "+running+" AND d.due_on < "+a.put(sight.Overdue.String())+")")
	}
	if sight.TookIn {
		may = append(may, "d.received_by = "+a.put(string(sight.Person)))
	}
	if len(may) == 0 {
		return "1 = 0"
	}
	return "(" + strings.Join(may, " OR ") + ") AND NOT EXISTS (SELECT 1 FROM barred b WHERE b.dossier = d.id AND b.token = " +
		a.put(sight.Hidden) + ")"
}

// narrow adds the conditions of a filter.
func narrow(f record.Filter, sight complaint.Sight, a *args) string {
	conds := []string{where(sight, a)}
	add := func(cond string) { conds = append(conds, cond) }
	if cond := groupSQL(f.Group, f, a); cond != "" {
		add(cond)
	}
	if f.Department != "" {
		add("d.department = " + a.put(f.Department))
	}
	switch f.Handler {
	case "":
	case "me":
		add("d.handler = " + a.put(string(sight.Person)))
	case "nobody":
		add("d.handler = ''")
	default:
		add("d.handler = " + a.put(f.Handler))
	}
	if f.Number != "" {
		if f.Exact {
			add("d.number = " + a.put(f.Number))
		} else {
			// Not a range: a linguistic collation sorts signs in its own way.
			add("substr(d.number, 1, " + strconv.Itoa(utf8.RuneCountInString(f.Number)) + ") = " + a.put(f.Number))
		}
	}
	if f.Year != 0 {
		add("d.received_on >= " + a.put(yearStart(f.Year)) + " AND d.received_on < " + a.put(yearStart(f.Year+1)))
	}
	return strings.Join(conds, " AND ")
}

// groupSQL is the condition of one group of the work list, or "".
func groupSQL(group string, f record.Filter, a *args) string {
	switch group {
	case record.GroupOpen:
		return "d.closed_on = ''"
	case record.GroupLate:
		return "d.closed_on = '' AND d.phase IN " + running + " AND d.due_on < " + a.put(f.Today.String())
	case record.GroupSoon:
		return "d.closed_on = '' AND d.phase IN " + running + " AND d.due_on >= " + a.put(f.Today.String()) + " AND d.target_on <= " + a.put(f.Soon.String())
	case record.GroupUnconfirmed:
		return "d.closed_on = '' AND d.phase IN ('drafted','awaiting_confirmation')"
	case record.GroupExtended:
		return "d.closed_on = '' AND d.phase IN " + running + " AND d.due_on <> d.first_due_on"
	case record.GroupClosed:
		return "d.closed_on <> ''"
	case record.GroupRetention:
		return "d.closed_on <> '' AND d.closed_on < " + a.put(f.Before.String())
	}
	return ""
}
