package personnel

import (
	"context"
	"slices"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// FieldClosing is the setting with the closing days.
const FieldClosing = "closing_days"

// Closing is a row of closing days, with what falls due in it for who looks.
type Closing struct {
	record.Days
	Due []record.Due
}

// closingDays reads the days of the setting, in order.
func closingDays(o record.Organisation) []calendar.Date {
	var days []calendar.Date
	for _, word := range strings.Fields(o.ClosingDays) {
		if d, err := calendar.Parse(word); err == nil && !d.IsZero() {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, calendar.Date.Compare)
	return slices.Compact(days)
}

func writeClosing(days []calendar.Date) string {
	var words []string
	for _, d := range days {
		words = append(words, d.String())
	}
	return strings.Join(words, " ")
}

// inRows joins closing days that have no working day between them.
func inRows(days []calendar.Date) []record.Days {
	house := calendar.New(calendar.House)
	var rows []record.Days
	for _, d := range days {
		if n := len(rows); n > 0 && house.NextWorkingDay(rows[n-1].To) == house.OnOrAfter(d) {
			rows[n-1].To = d
			continue
		}
		rows = append(rows, record.Days{From: d, To: d})
	}
	return rows
}

// ClosingDays gives the closing days of today and later, each row with the running
// dossiers, in sight of who looks, that must be sent or answered in it. The term runs
// on: what falls due must go out before.
func (p *Personnel) ClosingDays(ctx context.Context, who complaint.Person) ([]Closing, error) {
	if who.ID == "" {
		return nil, errForbidden
	}
	org, err := p.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	today := p.Today()
	sight := complaint.See(who, p.Index("barred", string(who.ID)), today)
	var all []Closing
	for _, days := range inRows(closingDays(org)) {
		if days.To.Before(today) {
			continue
		}
		due, err := p.Cupboard.DueIn(ctx, sight, days)
		if err != nil {
			return nil, wrapped("closing days", err)
		}
		all = append(all, Closing{Days: days, Due: due})
	}
	return all, nil
}

// CloseOn adds closing days, both ends included. Weekends and public holidays are free
// already. No running date moves: only what is promised from now on.
func (p *Personnel) CloseOn(ctx context.Context, who complaint.Person, days record.Days) error {
	if err := mayManage(who); err != nil {
		return err
	}
	var m complaint.Mistakes
	checkDays(&m, days.From, days.To, p.Today())
	if err := m.Err(); err != nil {
		return err
	}
	house, add := calendar.New(calendar.House), []calendar.Date{}
	for d := days.From; !d.After(days.To); d = d.AddDays(1) {
		if house.IsWorkingDay(d) {
			add = append(add, d)
		}
	}
	if len(add) == 0 {
		m.Add(FieldFrom, "error.free_already")
		return m
	}
	return p.changeSettings(ctx, who, "", func(is *record.Organisation) error {
		all := append(closingDays(*is), add...)
		slices.SortFunc(all, calendar.Date.Compare)
		is.ClosingDays = writeClosing(slices.Compact(all))
		return nil
	})
}

// OpenOn takes closing days away.
func (p *Personnel) OpenOn(ctx context.Context, who complaint.Person, days record.Days) error {
	return p.changeSettings(ctx, who, "", func(is *record.Organisation) error {
		is.ClosingDays = writeClosing(slices.DeleteFunc(closingDays(*is), func(d calendar.Date) bool { return !d.Before(days.From) && !d.After(days.To) }))
		return nil
	})
}

// closedAhead is how many days before a closing the public page begins to say so.
const closedAhead = 14

// ClosedSoon gives the closing that is on or begins within two weeks, for everybody to
// read; zero days when there is none.
func (p *Personnel) ClosedSoon(ctx context.Context) (record.Days, error) {
	org, err := p.Organisation(ctx)
	if err != nil {
		return record.Days{}, err
	}
	today := p.Today()
	for _, days := range inRows(closingDays(org)) {
		if !days.To.Before(today) && !days.From.After(today.AddDays(closedAhead)) {
			return days, nil
		}
	}
	return record.Days{}, nil
}
