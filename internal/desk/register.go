package desk

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// registerRows is how many complaints stand on one page of the register.
const registerRows = 50

// registerYears is how many years the filter offers.
const registerYears = 10

// allYears is the year in an address that means all of them.
const allYears = "alle"

// The states by which the register can be narrowed, as addresses say them.
var registerStates = []struct{ address, group string }{
	{"", ""},
	{"open", record.GroupOpen},
	{"afgehandeld", record.GroupClosed},
	{"bewaartermijn", record.GroupRetention},
}

// registerQuery is the filter of the register, as it stands in the address.
type registerQuery struct {
	Year, State, Number, After string
}

func readRegisterQuery(q url.Values) registerQuery {
	return registerQuery{q.Get("jaar"), q.Get("stand"), q.Get("nummer"), q.Get("na")}
}

func (q registerQuery) address() string {
	return address(registerPath, "jaar", q.Year, "stand", q.State, "nummer", q.Number, "na", q.After)
}

func (q registerQuery) from(key string) registerQuery {
	q.After = key
	return q
}

// year is the year that is shown, or 0 for all. Without a choice it is this year; what
// is past its retention term is looked for in every year.
func (q registerQuery) year(today calendar.Date) int {
	if q.Year == allYears || q.State == "bewaartermijn" || q.Number != "" {
		return 0
	}
	if n, err := strconv.Atoi(q.Year); err == nil && n > 0 && n < 10000 {
		return n
	}
	return today.Year()
}

func (q registerQuery) filter(today, before calendar.Date) record.Filter {
	f := record.Filter{Limit: registerRows, After: q.After, Year: q.year(today), Number: dossierNumber(q.Number, today), Before: before}
	for _, s := range registerStates {
		if s.address == q.State {
			f.Group = s.group
		}
	}
	if f.Group == record.GroupRetention && before.IsZero() {
		f.Group = record.GroupClosed
	}
	return f
}

// registerPage is the register, in words.
type registerPage struct {
	Voice       *words.Voice
	Title       string
	Fields      []page.Field
	Table       page.Table
	IsEmpty     bool
	IsRetention bool
	Keep        string // how long a person stays: "24 maanden"
	First, Next string
}

// register shows every complaint in sight, the newest first.
func (d *Desk) register(w http.ResponseWriter, r *http.Request) error {
	ctx, v, today := r.Context(), porch.Voice(r), d.Office.Today()
	q := readRegisterQuery(r.URL.Query())
	keep, err := d.retention(ctx, today)
	if err != nil {
		return err
	}
	f := q.filter(today, before(today, keep))
	if id, found := d.byNumber(r, f.Number); found {
		return porch.SeeOther(w, r, dossierPath(id))
	}
	names, err := d.people(r)
	if err != nil {
		return err
	}
	lines, next, err := d.Office.List(ctx, porch.Who(r).Person, f)
	if err != nil {
		return err
	}
	p := registerPage{Voice: v, Title: v.Say("nav.register"), Fields: registerFields(v, q, keep, today),
		Table: registerTable(v, lines, names, today), IsEmpty: len(lines) == 0, IsRetention: f.Group == record.GroupRetention}
	if f.Year != 0 {
		p.Title = v.Say("register.title_year", "Year", strconv.Itoa(f.Year))
	}
	if keep.N > 0 {
		p.Keep = inWords(v, keep)
	}
	if q.After != "" {
		p.First = q.from("").address()
	}
	if next != "" {
		p.Next = q.from(next).address()
	}
	return d.show(w, r, http.StatusOK, staffPage{Title: p.Title, Place: registerPath, Body: registerList(p)})
}

// retention is how long a person stays after closing: as the organisation's settings
// say ("24 month"), else as the procedure does. A zero term means that nobody chose.
func (d *Desk) retention(ctx context.Context, today calendar.Date) (calendar.Term, error) {
	org, err := d.Office.Organisation(ctx)
	if err != nil {
		return calendar.Term{}, err
	}
	if n, unit, ok := strings.Cut(strings.TrimSpace(org.Retention), " "); ok {
		t := calendar.Term{Unit: calendar.Unit(unit)}
		if t.N, err = strconv.Atoi(n); err == nil && t.N > 0 && t.Check() == nil {
			return t, nil
		}
	}
	rules, err := d.Office.InForce(ctx, today)
	return rules.Retention.Term, err
}

// before gives the day before which a dossier must be closed to be past its retention
// term today; zero when there is no term.
func before(today calendar.Date, keep calendar.Term) calendar.Date {
	switch {
	case keep.N <= 0:
		return calendar.Date{}
	case keep.Unit == calendar.Year:
		return today.AddMonths(-12 * keep.N)
	case keep.Unit == calendar.Month:
		return today.AddMonths(-keep.N)
	case keep.Unit == calendar.Week:
		return today.AddDays(-7 * keep.N)
	}
	return today.AddDays(-keep.N)
}

func registerFields(v *words.Voice, q registerQuery, keep calendar.Term, today calendar.Date) []page.Field {
	years := []page.Option{{Value: allYears, Label: v.Say("register.all_years")}}
	for y := today.Year(); y > today.Year()-registerYears; y-- {
		years = append(years, page.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	year := allYears
	if n := q.year(today); n != 0 {
		year = strconv.Itoa(n)
	}
	states := []page.Option{}
	for _, s := range registerStates {
		if s.group == record.GroupRetention && keep.N <= 0 {
			continue
		}
		states = append(states, page.Option{Value: s.address, Label: v.Say("register.state." + stateKey(s.group))})
	}
	return []page.Field{
		{Name: "nummer", Label: v.Say("work.number"), Type: "search", Value: q.Number},
		{Name: "jaar", Label: v.Say("register.year"), Value: year, Options: years},
		{Name: "stand", Label: v.Say("register.state"), Value: q.State, Options: states},
	}
}

func stateKey(group string) string {
	if group == "" {
		return "all"
	}
	return group
}

func registerTable(v *words.Voice, lines []office.Line, names people, today calendar.Date) page.Table {
	t := page.Table{Caption: v.Say("register.caption"), Columns: []page.Column{
		{Label: v.Say("work.complaint")}, {Label: v.Say("register.in")}, {Label: v.Say("register.channel")}, {Label: v.Say("register.member")},
		{Label: v.Say("work.department")}, {Label: v.Say("register.settled")}, {Label: v.Say("register.state"), First: true}, {Label: v.Say("register.complete")}}}
	for _, line := range lines {
		chip := stateChip(v, line.Dossier, today)
		t.Rows = append(t.Rows, page.Row{
			{Text: line.Number, Href: dossierPath(line.ID), Small: line.Title},
			{Text: shortDay(v, line.ReceivedOn), Small: filedLater(v, line.Dossier)},
			{Text: v.Say("work.channel." + string(line.Channel))},
			{Text: memberText(v, line.Dossier)},
			{Text: departmentName(v, line.Dossier, names)},
			{Text: shortDay(v, line.ClosedOn)},
			{Body: page.Chip(chip.Kind, chip.Icon, chip.Text)},
			completeCell(v, line.Dossier),
		})
	}
	return t
}

// shortDay is a date that stays on one line: "24 nov 2026", with spaces that do not break.
func shortDay(v *words.Voice, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return strings.ReplaceAll(v.ShortDayMonth(d)+" "+strconv.Itoa(d.Year()), " ", "\u00a0")
}

// filedLater says when a complaint was filed, when that was not the day it came in.
func filedLater(v *words.Voice, d complaint.Dossier) string {
	if d.FiledOn.IsZero() || d.FiledOn == d.ReceivedOn {
		return ""
	}
	return v.Say("register.filed", "Date", v.ShortDayMonth(d.FiledOn))
}

func memberText(v *words.Voice, d complaint.Dossier) string {
	if d.Member == "" {
		return v.Say("common.empty")
	}
	return v.Say("register.member." + string(d.Member))
}

// stateChip is the state of a complaint in the register: shorter than in the work list.
func stateChip(v *words.Voice, d complaint.Dossier, today calendar.Date) termChip {
	switch {
	case d.IsOverdue(today):
		return termChip{Kind: page.ChipLate, Text: v.Count("term.late", d.DueOn.DaysUntil(today))}
	case d.State.IsRunning() && d.DueOn != d.OriginalDueOn:
		return termChip{Kind: page.ChipAgreed, Text: v.Say("term.agreed")}
	case d.State.IsRunning():
		return termChip{Kind: page.ChipOK, Text: v.Say("work.state." + string(d.State))}
	case d.State.IsUnconfirmed():
		return termChip{Kind: page.ChipWait, Text: v.Say("work.state." + string(d.State))}
	case d.State == complaint.IsClosed || d.State == complaint.IsAnswered:
		return termChip{Kind: page.ChipDone, Text: v.Say("work.state." + string(d.State))}
	}
	return termChip{Kind: page.ChipPlain, Text: v.Say("work.state." + string(d.State))}
}

// completeCell says how many of the eight items are known. What is missing is named,
// but for what only comes at the end.
func completeCell(v *words.Voice, d complaint.Dossier) page.Cell {
	missing := d.Missing()
	cell := page.Cell{Text: v.Say("register.count", "Done", len(complaint.Items)-len(missing), "Of", len(complaint.Items))}
	var named []string
	for _, item := range missing {
		if d.State.IsOpen() && (item == complaint.ItemAction || item == complaint.ItemClosed) {
			continue
		}
		named = append(named, v.Say("register.item."+string(item)))
	}
	if len(named) > 0 {
		cell.Small = v.Say("register.lacks", "Items", strings.Join(named, ", "))
	}
	return cell
}
