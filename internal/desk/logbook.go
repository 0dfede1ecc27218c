package desk

import (
	"errors"
	"net/http"
	"net/url"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// personLogPath is the logbook of an employee.
const personLogPath = frame.LogPath + "/medewerker"

// logRows is how many lines stand on one page.
const logRows = 50

// logRoutes lists the addresses of the logbooks: of a dossier, of the administration and
// of an employee. Taking one along is asked for with a post: it leaves a line itself.
func (d *Desk) logRoutes() []frame.Route {
	routes := []frame.Route{}
	for _, b := range []logBook{dossierLog, houseLog, personLog} {
		routes = append(routes,
			frame.Route{Pattern: "GET " + b.pattern, Handler: d.readLog(b)},
			frame.Route{Pattern: "POST " + b.pattern + "/uitvoer", Handler: d.exportLog(b)})
	}
	return routes
}

// logBook is one of the three logbooks as a page.
type logBook struct {
	name    string // its sentences are logbook.<name>…
	pattern string
	kinds   []string // what it can be narrowed to
}

var (
	dossierLog = logBook{"dossier", frame.DossierPath("{id}") + "/logboek", []string{record.LogOpening, record.LogReading, record.LogExport, record.LogLooking}}
	houseLog   = logBook{"house", frame.LogPath, []string{record.LogSession, record.LogPeople, record.LogSettings, record.LogReading, record.LogExport, record.LogLooking}}
	personLog  = logBook{"person", personLogPath, []string{record.LogOpening, record.LogReading, record.LogWork, record.LogExport, record.LogSession, record.LogPeople, record.LogSettings, record.LogLooking}}
)

// path is the address of the logbook.
func (b logBook) path(r *http.Request) string {
	if b.name == dossierLog.name {
		return frame.DossierPath(r.PathValue("id")) + "/logboek"
	}
	return b.pattern
}

// logQuery is what was asked of a logbook, as it stands in the address.
type logQuery struct{ Kind, Who, From, Until, After string }

func readLogQuery(q url.Values) logQuery {
	return logQuery{q.Get("soort"), q.Get("wie"), q.Get("van"), q.Get("tot"), q.Get("na")}
}

// pairs are the fields of the filter.
func (q logQuery) pairs() []page.Hidden {
	return []page.Hidden{{Name: "soort", Value: q.Kind}, {Name: "wie", Value: q.Who}, {Name: "van", Value: q.From}, {Name: "tot", Value: q.Until}}
}

// address gives the address of the logbook with this filter, from a line on.
func (q logQuery) address(path, after string) string {
	return frame.Address(path, "soort", q.Kind, "wie", q.Who, "van", q.From, "tot", q.Until, "na", after)
}

// asked turns the filter into what the office understands. What the page does not offer
// is left out.
func (q logQuery) asked(v *words.Voice, r *http.Request, b logBook, wrong frame.Wrong) (office.LogBook, office.LogQuery) {
	x := office.LogQuery{Limit: logRows, After: q.After, From: frame.Date(v, q.From, "van", wrong), Until: frame.Date(v, q.Until, "tot", wrong)}
	for _, k := range b.kinds {
		if k == q.Kind {
			x.Kind = k
		}
	}
	switch b.name {
	case dossierLog.name:
		return office.LogBook{Dossier: r.PathValue("id")}, x
	case personLog.name:
		return office.LogBook{Person: complaint.Actor(q.Who)}, x
	}
	x.Actor = complaint.Actor(q.Who)
	return office.LogBook{}, x
}

// logPage is a logbook, in words.
type logPage struct {
	Voice    *words.Voice
	Title    string
	Meaning  string
	Back     *page.Link
	Tabs     []page.NavItem
	Path     string
	Fields   []page.Field
	Days     []page.Field
	Mistakes []page.FieldError
	Table    page.Table
	Empty    string
	Export   []page.Hidden // nil: there is nothing to take along
	First    string
	Next     string
}

// readLog shows a logbook; of whom must be chosen first.
func (d *Desk) readLog(b logBook) porch.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, who, q, wrong := porch.Voice(r), porch.Who(r).Person, readLogQuery(r.URL.Query()), frame.Wrong{}
		names, err := d.People(r)
		if err != nil {
			return err
		}
		if b.name == personLog.name && !complaint.May(who, complaint.TaskLogPerson, complaint.Relation{}) {
			return frame.ErrForbidden
		}
		p := logPage{Voice: v, Path: b.path(r), Title: v.Say("logbook.title." + b.name), Meaning: v.Say("logbook.meaning." + b.name)}
		p.Tabs = logTabs(v, who, b)
		book, asked := q.asked(v, r, b, wrong)
		var found office.LogPage
		if len(wrong) == 0 && (b.name != personLog.name || q.Who != "") {
			found, err = d.Office.ReadLog(r.Context(), who, book, asked)
			if err := takeLog(v, err, wrong); err != nil {
				return err
			}
			p.Empty = v.Say("logbook.none")
		} else {
			p.Empty = v.Say("logbook.choose")
		}
		if b.name == dossierLog.name {
			p.Title = v.Say("logbook.title.dossier", "Number", found.Number)
			p.Back = frame.BackTo(v, "course.to_dossier", frame.DossierPath(r.PathValue("id")))
		}
		if !found.From.IsZero() {
			q.From, q.Until = found.From.String(), found.Until.String()
		}
		p.Fields, p.Days = logFields(v, q, b, names, wrong)
		p.Mistakes = wrong.List([]string{"van", "tot"}, func(field string) string { return v.Say("logbook." + field) })
		if len(found.Entries) > 0 {
			reasons, err := d.openingReasons(r)
			if err != nil {
				return err
			}
			p.Table, p.Export = logTable(logVoice{v, names, reasons}, found.Entries), q.pairs()
		}
		if q.After != "" {
			p.First = q.address(p.Path, "")
		}
		if found.Next != "" {
			p.Next = q.address(p.Path, found.Next)
		}
		status := http.StatusOK
		if len(wrong) > 0 {
			status = http.StatusUnprocessableEntity
		}
		return d.Show(w, r, status, frame.Page{Title: p.Title, Place: frame.LogPath, Failed: len(wrong) > 0, Body: logBody(p)})
	}
}

// takeLog puts what the office finds wrong with a period at the fields of the page.
func takeLog(v *words.Voice, err error, wrong frame.Wrong) error {
	var many complaint.Mistakes
	if !errors.As(err, &many) {
		return err
	}
	for _, m := range many {
		field := map[string]string{"from": "van", "until": "tot"}[m.Field]
		wrong.Add(field, v.Say(m.Key, m.Args...))
	}
	return nil
}

// logTabs lead from the logbook of the administration to that of an employee, for who
// may read both.
func logTabs(v *words.Voice, who complaint.Person, b logBook) []page.NavItem {
	if b.name == dossierLog.name || !complaint.May(who, complaint.TaskLogPerson, complaint.Relation{}) {
		return nil
	}
	var tabs []page.NavItem
	for _, t := range []logBook{houseLog, personLog} {
		tabs = append(tabs, page.NavItem{Label: v.Say("logbook.tab." + t.name), Href: t.pattern, Current: t.name == b.name})
	}
	return tabs
}

// logFields are the fields of the filter: choices, and a period.
func logFields(v *words.Voice, q logQuery, b logBook, names frame.People, wrong frame.Wrong) (choices, days []page.Field) {
	kinds := []page.Option{{Label: v.Say("logbook.kind.all")}}
	for _, k := range b.kinds {
		kinds = append(kinds, page.Option{Value: k, Label: v.Say("logbook.kind." + k)})
	}
	if b.name != dossierLog.name {
		none := v.Say("common.everyone")
		if b.name == personLog.name {
			none = v.Say("common.choose")
		}
		people := []page.Option{{Label: none}}
		for _, id := range names.Everyone() {
			people = append(people, page.Option{Value: string(id), Label: names.Name(id)})
		}
		choices = append(choices, page.Field{Name: "wie", Label: v.Say("logbook.who"), Value: q.Who, Options: people})
	}
	choices = append(choices, page.Field{Name: "soort", Label: v.Say("logbook.kind"), Value: q.Kind, Options: kinds})
	return choices, []page.Field{
		{Name: "van", Label: v.Say("logbook.van"), Value: q.From, Error: wrong["van"]},
		{Name: "tot", Label: v.Say("logbook.tot"), Value: q.Until, Error: wrong["tot"]},
	}
}

// openingReasons are why a name may be opened, in the words of the procedure of today.
func (d *Desk) openingReasons(r *http.Request) ([]complaint.Choice, error) {
	rules, err := d.Office.InForce(r.Context(), d.Office.Today())
	return rules.OpeningReasons, err
}

// exportLog gives what the filter shows as a table to take along.
func (d *Desk) exportLog(b logBook) porch.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, wrong := porch.Voice(r), frame.Wrong{}
		if b.name == personLog.name && !complaint.May(porch.Who(r).Person, complaint.TaskLogPerson, complaint.Relation{}) {
			return frame.ErrForbidden
		}
		typed, err := porch.ReadForm(r)
		if err != nil {
			return err
		}
		names, err := d.People(r)
		if err != nil {
			return err
		}
		reasons, err := d.openingReasons(r)
		if err != nil {
			return err
		}
		q := readLogQuery(typed.Values)
		if b.name == personLog.name && q.Who == "" {
			return porch.ErrBadRequest
		}
		x := office.LogExport{}
		if x.Book, x.Query = q.asked(v, r, b, wrong); len(wrong) > 0 {
			return porch.ErrBadRequest
		}
		say := logVoice{v, names, reasons}
		for _, key := range logColumns {
			x.Header = append(x.Header, v.Say("logbook.column."+key))
		}
		x.Row = func(e office.LogEntry) []any {
			return []any{e.At.Format("2006-01-02 15:04:05"), say.who(e.Actor), say.what(e), e.Number, say.about(e), say.why(e), say.result(e)}
		}
		file := fileWriter{w: w, as: office.AsCSV, name: v.Say("logbook.file") + "-" + b.name + "." + office.AsCSV}
		return d.Office.ExportLog(r.Context(), porch.Who(r).Person, x, &file)
	}
}
