package calendar

import "fmt"

// Rule is a way to answer the question "when does this term end?".
type Rule string

// The rules, as the calendar command and terms.csv name them.
const (
	Plain          Rule = "plain"            // count, nothing else; working days by the house calendar
	RollForwardATW Rule = "roll_forward_atw" // count by the statutory calendar, then roll forward to a working day
	TargetHouse    Rule = "target_house"     // count, then back to the last working day of the house
)

// Ask answers one date question. closed are the organisation's closing days.
// It fails on an unknown rule or a term out of range.
func Ask(from Date, t Term, rule Rule, closed ...Date) (Date, error) {
	if from.IsZero() {
		return Date{}, fmt.Errorf("calendar: no date to count from")
	}
	if err := t.Check(); err != nil {
		return Date{}, err
	}
	house := New(House, closed...)
	switch rule {
	case Plain:
		return house.After(from, t), nil
	case TargetHouse:
		return house.OnOrBefore(house.After(from, t)), nil
	case RollForwardATW:
		statutory := New(Statutory)
		return statutory.OnOrAfter(statutory.After(from, t)), nil
	}
	return Date{}, fmt.Errorf("calendar: unknown rule %q: use plain, roll_forward_atw or target_house", rule)
}
