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
	may := ways(sight, a)
	if len(may) == 0 {
		return "1 = 0"
	}
	return "(" + strings.Join(may, " OR ") + ") AND " + shown(sight, a)
}

// ways gives the ways in which a Sight leads to a dossier, each by itself. Where only
// what runs is seen, that nothing of it is closed is said as well: there is an index of
// what is not.
func ways(sight complaint.Sight, a *args) (may []string) {
	if sight.All {
		return []string{"1 = 1"} // the others lead to nothing more
	}
	if sight.Only != "" {
		return []string{"d.id = " + a.put(sight.Only)}
	}
	for _, x := range sight.StandsFor {
		if x.For != "" {
			may = append(may, "(d.handler = "+a.put(string(x.For))+" AND d.department = "+a.put(x.Department)+")")
		}
	}
	if sight.Person != "" {
		may = append(may, "d.handler = "+a.put(string(sight.Person)))
		may = append(may, "("+isRunning+" AND d.second_reader = "+a.put(string(sight.Person))+")")
	}
	if !sight.Overdue.IsZero() {
		may = append(may, "("+isRunning+" AND d.due_on < "+a.put(sight.Overdue.String())+")")
	}
	if sight.TookIn {
		may = append(may, "d.received_by = "+a.put(string(sight.Person)))
	}
	return may
}

const isRunning = "d.closed_on = '' AND d.phase IN " + running

// shown is the condition that a dossier does not bar the person.
func shown(sight complaint.Sight, a *args) string {
	return "NOT EXISTS (SELECT 1 FROM barred b WHERE b.dossier = d.id AND b.token = " + a.put(sight.Hidden) + ")"
}

// narrow adds the conditions of a filter to that of a Sight.
func narrow(f record.Filter, sight complaint.Sight, a *args) string {
	return strings.Join(append([]string{where(sight, a)}, filtered(f, sight, a)...), " AND ")
}

// filtered gives the conditions of a filter.
func filtered(f record.Filter, sight complaint.Sight, a *args) (conds []string) {
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
			// A range alone would not do: a linguistic collation sorts signs in its own way. But
			// digits it sorts as digits, so that no number that begins so is outside this one.
			if from, to, ok := numberRange(f.Number); ok {
				add("d.number >= " + a.put(from) + " AND d.number < " + a.put(to))
			}
			add("substr(d.number, 1, " + strconv.Itoa(utf8.RuneCountInString(f.Number)) + ") = " + a.put(f.Number))
		}
	}
	if f.Year != 0 {
		add("d.received_on >= " + a.put(yearStart(f.Year)) + " AND d.received_on < " + a.put(yearStart(f.Year+1)))
	}
	return conds
}

// numberRange gives a range that holds all numbers with a beginning: from itself on, up to
// the number that comes after all of them. One that does not begin with a year has none.
func numberRange(beginning string) (from, to string, ok bool) {
	for i := range min(4, len(beginning)) {
		if !isDigit(beginning[i]) {
			return "", "", false
		}
	}
	last := len(beginning) - 1
	for last >= 0 && (!isDigit(beginning[last]) || beginning[last] == '9') {
		last--
	}
	if len(beginning) < 4 || last < 0 {
		return "", "", false
	}
	return beginning, beginning[:last] + string(beginning[last]+1), true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

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
		before := a.put(f.Before.String()) // what was closed before it came in before
		return "d.closed_on <> '' AND d.closed_on < " + before + " AND d.received_on < " + before
	}
	return ""
}
