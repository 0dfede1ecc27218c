package desk

import (
	"net/http"
	"net/url"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/dossier"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// workRows is how many dossiers stand on one page.
const workRows = 30

// The groups of the work list, as addresses say them.
var workGroups = []struct{ address, group string }{
	{"", record.GroupOpen},
	{"te-laat", record.GroupLate},
	{"binnenkort", record.GroupSoon},
	{"bevestiging", record.GroupUnconfirmed},
	{"uitstel", record.GroupExtended},
}

// workQuery is the filter of the work list, as it stands in the address.
type workQuery struct {
	Group, Department, Who, Number, After string
}

func readWorkQuery(q url.Values) workQuery {
	return workQuery{q.Get("groep"), q.Get("afdeling"), q.Get("wie"), q.Get("nummer"), q.Get("na")}
}

// address gives the address of the list with this filter.
func (q workQuery) address() string {
	return frame.Address(frame.WorkPath, "groep", q.Group, "afdeling", q.Department, "wie", q.Who, "nummer", q.Number, "na", q.After)
}

// in is the same filter on another group, from its beginning.
func (q workQuery) in(group string) workQuery {
	q.Group, q.After = group, ""
	return q
}

// from is the same filter from a row on.
func (q workQuery) from(key string) workQuery {
	q.After = key
	return q
}

// isNarrow reports whether something more than a group was asked for.
func (q workQuery) isNarrow() bool { return q.Department != "" || q.Who != "" || q.Number != "" }

// filter is the query as the office understands it. What nobody could have chosen
// here is left out.
func (q workQuery) filter(today calendar.Date) record.Filter {
	f := record.Filter{Group: record.GroupOpen, Department: q.Department, Limit: workRows, After: q.After, Number: frame.DossierNumber(q.Number, today)}
	for _, g := range workGroups {
		if g.address == q.Group {
			f.Group = g.group
		}
	}
	switch q.Who {
	case "ik":
		f.Handler = "me"
	case "niemand":
		f.Handler = "nobody"
	}
	return f
}

// workPage is the work list, in words.
type workPage struct {
	Voice  *words.Voice
	Query  workQuery
	Today  string
	Tiles  []page.Tile
	Fields []page.Field // of the filter
	Table  page.Table
	Empty  string // instead of the table
	Drafts []draftLine
	Done   string // what was just done in a dossier that is out of sight now
	Mail   string // of the mails that nobody judged yet; "" when none waits, or it is not this person's work
	Warns  bool   // nobody takes in when the whole helpdesk is concerned
	First  string // back to the beginning, when this is a later page
	Next   string
}

// work shows what is open, what must go out first on top. A number leads straight to
// its dossier.
func (d *Desk) work(w http.ResponseWriter, r *http.Request) error {
	ctx, who, v := r.Context(), porch.Who(r).Person, porch.Voice(r)
	q, today := readWorkQuery(r.URL.Query()), d.Office.Today()
	f := q.filter(today)
	if id, found := d.ByNumber(r, f.Number); found {
		return porch.SeeOther(w, r, frame.DossierPath(id))
	}
	p := workPage{Voice: v, Query: q, Today: v.LongDate(today), Done: dossier.LeftBehind(v, r.URL.Query().Get(frame.DoneField))}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	if p.Warns, err = d.Personnel.LacksFallback(ctx, who); err != nil {
		return err
	}
	if p.Mail, err = d.mailLine(r); err != nil {
		return err
	}
	counts, err := d.Office.Count(ctx, who, record.Filter{Department: f.Department, Handler: f.Handler, Number: f.Number})
	if err != nil {
		return err
	}
	lines, next, err := d.Office.List(ctx, who, f)
	if err != nil {
		return err
	}
	p.Tiles, p.Fields = workTiles(v, q, counts), workFields(v, q, names)
	kept, err := d.Office.Drafts(ctx, who)
	if err != nil {
		return err
	}
	if p.Drafts, err = d.draftLines(r, kept); err != nil {
		return err
	}
	p.Table = workTable(v, lines, names, today, kept)
	if len(lines) == 0 {
		p.Empty = v.Say(nothingKey(q))
	}
	if q.After != "" {
		p.First = q.from("").address()
	}
	if next != "" {
		p.Next = q.from(next).address()
	}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: v.Say("nav.work"), Place: frame.WorkPath, Body: workList(p)})
}

func nothingKey(q workQuery) string {
	switch {
	case q.Number != "":
		return "work.none_number"
	case q.isNarrow():
		return "work.none_filter"
	case q.Group == "te-laat":
		return "work.none_late"
	case q.Group != "":
		return "work.none_group"
	}
	return "work.none"
}

// workTiles are the counts; each leads to its part of the list.
func workTiles(v *words.Voice, q workQuery, c record.Counts) []page.Tile {
	n := map[string]int{record.GroupOpen: c.Open, record.GroupLate: c.Late, record.GroupSoon: c.Soon,
		record.GroupUnconfirmed: c.Unconfirmed, record.GroupExtended: c.Extended}
	var tiles []page.Tile
	for _, g := range workGroups {
		tiles = append(tiles, page.Tile{Count: n[g.group], Label: v.Say("work.tile." + g.group), Href: q.in(g.address).address(),
			Current: q.Group == g.address, Late: g.group == record.GroupLate && c.Late > 0})
	}
	return tiles
}

// workFields are the fields of the filter. A house with one department has none to
// choose from.
func workFields(v *words.Voice, q workQuery, names frame.People) []page.Field {
	fields := []page.Field{{Name: "nummer", Label: v.Say("work.number"), Type: "search", Value: q.Number}}
	if len(names.Departments) > 1 {
		options := []page.Option{{Label: v.Say("work.all_departments")}}
		for _, d := range names.Departments {
			options = append(options, page.Option{Value: d.ID, Label: d.Name})
		}
		fields = append(fields, page.Field{Name: "afdeling", Label: v.Say("work.department"), Value: q.Department, Options: options})
	}
	return append(fields, page.Field{Name: "wie", Label: v.Say("work.handler"), Value: q.Who, Options: []page.Option{
		{Label: v.Say("common.everyone")}, {Value: "ik", Label: v.Say("work.only_me")}, {Value: "niemand", Label: v.Say("common.nobody")}}})
}

func workTable(v *words.Voice, lines []office.Line, names frame.People, today calendar.Date, kept map[string][]office.Unsent) page.Table {
	t := page.Table{Caption: v.Say("work.caption"), Columns: []page.Column{
		{Label: v.Say("work.complaint")}, {Label: v.Say("work.term"), First: true}, {Label: v.Say("work.days")},
		{Label: v.Say("work.do_now")}, {Label: v.Say("work.handler")}, {Label: v.Say("work.came_in")}}}
	for _, line := range lines {
		chip := frame.ChipOf(v, line.Dossier, today)
		t.Rows = append(t.Rows, page.Row{
			titleCell(v, line, names),
			{Body: page.Chip(chip.Kind, chip.Icon, chip.Text), Small: chip.Under},
			waveCell(v, line.Dossier, today),
			withDraft(v, nextCell(v, line, today), len(kept[line.ID])),
			{Text: handlerName(v, line.Dossier, names)},
			{Text: v.Say("work.channel." + string(line.Channel))},
		})
	}
	return t
}

// titleCell leads to the dossier: by its title, or for who reads no texts by number.
func titleCell(v *words.Voice, line office.Line, names frame.People) page.Cell {
	department := frame.DepartmentName(v, line.Dossier, names)
	if line.Title == "" {
		return page.Cell{Text: line.Number, Href: frame.DossierPath(line.ID), Small: department}
	}
	return page.Cell{Text: line.Title, Href: frame.DossierPath(line.ID), Small: line.Number + " · " + department}
}

func handlerName(v *words.Voice, d complaint.Dossier, names frame.People) string {
	if d.Handler == "" {
		return v.Say("common.nobody")
	}
	return names.Name(d.Handler)
}

// nextCell says the next step, and below it who does that when it is not the reader.
func nextCell(v *words.Voice, line office.Line, today calendar.Date) page.Cell {
	task := line.Dossier.Next(today)
	if task == "" {
		return page.Cell{}
	}
	cell := page.Cell{Text: v.Say("work.next." + string(task))}
	if line.Next == "" {
		cell.Small = v.Say("work.by." + doer(task))
	}
	return cell
}

// doer says whose turn a task is.
func doer(t complaint.Task) string {
	switch t {
	case complaint.TaskAnswer, complaint.TaskExtend:
		return "handler"
	case complaint.TaskSettle, complaint.TaskSendAnswer, complaint.TaskClose:
		return "both"
	}
	return "helpdesk"
}

// waveCell is the term as a wave, or the words that it does not run yet.
func waveCell(v *words.Voice, d complaint.Dossier, today calendar.Date) page.Cell {
	if d.State.IsUnconfirmed() {
		return page.Cell{Small: v.Say("term.not_running")}
	}
	return page.WaveCell(waveOf(d, today))
}

// waveOf draws the term of a dossier, when it runs or has run.
func waveOf(d complaint.Dossier, today calendar.Date) page.Wave {
	var agreed calendar.Date
	if d.DueOn != d.OriginalDueOn {
		agreed = d.DueOn
	}
	switch {
	case d.State.IsRunning():
		return page.WaveOf(d.FiledOn, d.OriginalDueOn, today, agreed)
	case d.State == complaint.IsAnswered:
		return page.EndedWave(d.FiledOn, d.OriginalDueOn, d.AnsweredOn, agreed)
	}
	return page.Wave{}
}
