package desk

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
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
	Year, State, Number, Lacks, After string
	Columns                           []string // as chosen; none: the usual ones
}

// lacksSome is the answer in an address that shows only what misses an item.
const lacksSome = "mist"

func readRegisterQuery(q url.Values) registerQuery {
	r := registerQuery{Year: q.Get("jaar"), State: q.Get("stand"), Number: q.Get("nummer"), After: q.Get("na")}
	if q.Get("compleet") == lacksSome {
		r.Lacks = lacksSome
	}
	asked := strings.Split(strings.Join(q["kolom"], ","), ",")
	for _, c := range registerColumns {
		if slices.Contains(asked, c.address) {
			r.Columns = append(r.Columns, c.address)
		}
	}
	return r
}

func (q registerQuery) address() string {
	return frame.Address(frame.RegisterPath, "jaar", q.Year, "stand", q.State, "nummer", q.Number, "compleet", q.Lacks, "kolom", strings.Join(q.Columns, ","), "na", q.After)
}

// columns are the columns that are shown.
func (q registerQuery) columns() []string {
	if len(q.Columns) > 0 {
		return q.Columns
	}
	var usual []string
	for _, c := range registerColumns {
		if c.usual {
			usual = append(usual, c.address)
		}
	}
	return usual
}

func (q registerQuery) from(key string) registerQuery {
	q.After = key
	return q
}

// year is the year that is shown, or 0 for all. Without a choice it is this year; what
// is past its retention term is looked for in every year.
func (q registerQuery) year(today calendar.Date) int {
	if q.Year == allYears || q.State == "bewaartermijn" || q.Number != "" || q.Lacks != "" && q.Year == "" {
		return 0
	}
	if n, err := strconv.Atoi(q.Year); err == nil && n > 0 && n < 10000 {
		return n
	}
	return today.Year()
}

func (q registerQuery) filter(today, before calendar.Date) record.Filter {
	f := record.Filter{Limit: registerRows, After: q.After, Year: q.year(today), Number: frame.DossierNumber(q.Number, today), Before: before}
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
	Columns     page.Field    // which to show
	Choosing    bool          // columns were chosen
	Export      []page.Hidden // the filter, for an export; nil when this person may not
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
	if id, found := d.ByNumber(r, f.Number); found {
		return porch.SeeOther(w, r, frame.DossierPath(id))
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	find := d.Office.List
	if q.Lacks != "" {
		find = d.Office.Incomplete
	}
	lines, next, err := find(ctx, porch.Who(r).Person, f)
	if err != nil {
		return err
	}
	p := registerPage{Voice: v, Title: v.Say("nav.register"), Fields: registerFields(v, q, keep, today), Columns: columnField(v, q), Choosing: len(q.Columns) > 0,
		Table: registerTable(v, q.columns(), lines, names, today), IsEmpty: len(lines) == 0, IsRetention: f.Group == record.GroupRetention}
	if f.Year != 0 {
		p.Title = v.Say("register.title_year", "Year", strconv.Itoa(f.Year))
	}
	if office.MayExport(porch.Who(r).Person) && d.Office.Sheets != nil {
		p.Export = q.carry()
	}
	if keep.N > 0 {
		p.Keep = frame.InWords(v, keep)
	}
	if q.After != "" {
		p.First = q.from("").address()
	}
	if next != "" {
		p.Next = q.from(next).address()
	}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: p.Title, Place: frame.RegisterPath, Body: registerList(p)})
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
		{Name: "compleet", Label: v.Say("register.complete"), Value: q.Lacks, Options: []page.Option{
			{Label: v.Say("register.state.all")}, {Value: lacksSome, Label: v.Say("export.lacks")}}},
	}
}

func stateKey(group string) string {
	if group == "" {
		return "all"
	}
	return group
}

// registerColumn is a column that can be chosen.
type registerColumn struct {
	address, key string
	usual        bool
	first        bool // on top when a row is a card
	cell         func(v *words.Voice, d complaint.Dossier, names frame.People, today calendar.Date) page.Cell
}

// registerColumns lists the columns in the order in which they stand.
var registerColumns = []registerColumn{
	{"binnen", "register.in", true, false, func(v *words.Voice, d complaint.Dossier, _ frame.People, _ calendar.Date) page.Cell {
		return page.Cell{Text: frame.ShortDay(v, d.ReceivedOn), Small: filedLater(v, d)}
	}},
	{"manier", "register.channel", true, false, func(v *words.Voice, d complaint.Dossier, _ frame.People, _ calendar.Date) page.Cell {
		return page.Cell{Text: v.Say("work.channel." + string(d.Channel))}
	}},
	{"lid", "register.member", true, false, func(v *words.Voice, d complaint.Dossier, _ frame.People, _ calendar.Date) page.Cell {
		return page.Cell{Text: memberText(v, d)}
	}},
	{"over", "export.about", false, false, func(v *words.Voice, d complaint.Dossier, _ frame.People, _ calendar.Date) page.Cell {
		return page.Cell{Text: frame.AboutText(v, d)}
	}},
	{"afdeling", "work.department", true, false, func(v *words.Voice, d complaint.Dossier, names frame.People, _ calendar.Date) page.Cell {
		return page.Cell{Text: frame.DepartmentName(v, d, names)}
	}},
	{"behandelaar", "work.handler", false, false, func(v *words.Voice, d complaint.Dossier, names frame.People, _ calendar.Date) page.Cell {
		return page.Cell{Text: handlerName(v, d, names)}
	}},
	{"ingediend", "export.filed", false, false, func(v *words.Voice, d complaint.Dossier, _ frame.People, _ calendar.Date) page.Cell {
		return page.Cell{Text: frame.ShortDay(v, d.FiledOn)}
	}},
	{"uiterlijk", "export.due", false, false, func(v *words.Voice, d complaint.Dossier, _ frame.People, _ calendar.Date) page.Cell {
		return page.Cell{Text: frame.ShortDay(v, d.DueOn)}
	}},
	{"beantwoord", "export.answered", false, false, func(v *words.Voice, d complaint.Dossier, _ frame.People, _ calendar.Date) page.Cell {
		return page.Cell{Text: frame.ShortDay(v, d.AnsweredOn)}
	}},
	{"afgehandeld", "register.settled", true, false, func(v *words.Voice, d complaint.Dossier, _ frame.People, _ calendar.Date) page.Cell {
		return page.Cell{Text: frame.ShortDay(v, d.ClosedOn)}
	}},
	{"stand", "register.state", true, true, func(v *words.Voice, d complaint.Dossier, _ frame.People, today calendar.Date) page.Cell {
		chip := stateChip(v, d, today)
		return page.Cell{Body: page.Chip(chip.Kind, chip.Icon, chip.Text)}
	}},
	{"compleet", "register.complete", true, false, func(v *words.Voice, d complaint.Dossier, _ frame.People, _ calendar.Date) page.Cell {
		return completeCell(v, d)
	}},
}

// columnField asks which columns to show.
func columnField(v *words.Voice, q registerQuery) page.Field {
	f := page.Field{ID: "kolom", Name: "kolom", Label: v.Say("export.columns"), Values: q.columns(), Inline: true}
	for _, c := range registerColumns {
		f.Options = append(f.Options, page.Option{Value: c.address, Label: v.Say(c.key)})
	}
	return f
}

func registerTable(v *words.Voice, columns []string, lines []office.Line, names frame.People, today calendar.Date) page.Table {
	t := page.Table{Caption: v.Say("register.caption"), Columns: []page.Column{{Label: v.Say("work.complaint")}}}
	shown := slices.DeleteFunc(slices.Clone(registerColumns), func(c registerColumn) bool { return !slices.Contains(columns, c.address) })
	for _, c := range shown {
		t.Columns = append(t.Columns, page.Column{Label: v.Say(c.key), First: c.first})
	}
	for _, line := range lines {
		row := page.Row{{Text: line.Number, Href: frame.DossierPath(line.ID), Small: line.Title}}
		for _, c := range shown {
			row = append(row, c.cell(v, line.Dossier, names, today))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
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
func stateChip(v *words.Voice, d complaint.Dossier, today calendar.Date) frame.Chip {
	switch {
	case d.IsOverdue(today):
		return frame.Chip{Kind: page.ChipLate, Text: v.Count("term.late", d.DueOn.DaysUntil(today))}
	case d.State.IsRunning() && d.DueOn != d.OriginalDueOn:
		return frame.Chip{Kind: page.ChipAgreed, Text: v.Say("term.agreed")}
	case d.State.IsRunning():
		return frame.Chip{Kind: page.ChipOK, Text: v.Say("work.state." + string(d.State))}
	case d.State.IsUnconfirmed():
		return frame.Chip{Kind: page.ChipWait, Text: v.Say("work.state." + string(d.State))}
	case d.State == complaint.IsClosed || d.State == complaint.IsAnswered:
		return frame.Chip{Kind: page.ChipDone, Text: v.Say("work.state." + string(d.State))}
	}
	return frame.Chip{Kind: page.ChipPlain, Text: v.Say("work.state." + string(d.State))}
}

// completeCell says how many of the eight items are known, and names what lacks.
func completeCell(v *words.Voice, d complaint.Dossier) page.Cell {
	cell := page.Cell{Text: v.Say("register.count", "Done", len(complaint.Items)-len(d.Missing()), "Of", len(complaint.Items))}
	if named := frame.LackingText(v, d); named != "" {
		cell.Small = v.Say("register.lacks", "Items", named)
	}
	return cell
}
