package office

import (
	"context"
	"io"
	"iter"
	"strconv"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// The actions of log lines about the logbook, and of a dossier on paper.
const (
	ActionPrint       = "print"
	ActionReadLog     = "read_logbook"
	ActionExportLog   = "export_logbook"
	ActionSweepLog    = "sweep_log"
	maxLogDays        = 366 // of the logbook of a person
	defaultLogDays    = 30
	defaultLogEntries = 50
)

// LogBook says which logbook: of one dossier, of one person, or, when it names neither,
// of the administration.
type LogBook struct {
	Dossier string
	Person  complaint.Actor
}

// name is the logbook in a log line.
func (b LogBook) name() string {
	switch {
	case b.Dossier != "":
		return "dossier"
	case b.Person != "":
		return "person"
	}
	return "house"
}

// LogQuery narrows a logbook.
type LogQuery struct {
	Kind        string          // a kind of record.LogKinds; "" for all
	Actor       complaint.Actor // of the administration: only lines of this person
	From, Until calendar.Date   // both included; without them the last thirty days of a person, and everything of the rest
	After       string          // keyset: the key of the last entry seen
	Limit       int
}

// LogEntry is a line of a logbook as a person may read it.
type LogEntry struct {
	record.LoggedLine
	Remark string // unsealed, for who reads the text of the dossier
}

// LogPage is one page of a logbook, the newest entry first.
type LogPage struct {
	Entries     []LogEntry
	Next        string
	Number      string // of the dossier
	From, Until calendar.Date
}

// openLog is a logbook that somebody may read.
type openLog struct {
	office  *Office
	book    LogBook
	sight   complaint.Sight
	filter  record.LogFilter
	dossier *record.Dossier // with its texts in sight; nil: remarks stay sealed
	page    LogPage
}

// openLogbook asks the law who may read it. What bars this person is not in it.
func (o *Office) openLogbook(ctx context.Context, who complaint.Person, b LogBook, q LogQuery) (l openLog, err error) {
	l = openLog{office: o, book: b, sight: o.sight(who), page: LogPage{From: q.From, Until: q.Until}}
	l.filter = record.LogFilter{Dossier: b.Dossier, Actor: q.Actor, Kind: q.Kind, Limit: q.Limit, After: q.After}
	if l.filter.Limit == 0 {
		l.filter.Limit = defaultLogEntries
	}
	switch {
	case b.Dossier != "":
		err = l.ofDossier(ctx, who)
	case b.Person != "":
		if !complaint.May(who, complaint.TaskLogPerson, complaint.Relation{}) {
			return l, errForbidden()
		}
		l.sight, l.filter.Actor, l.filter.Events = blind(l.sight), b.Person, true
		l.lastDays()
	default:
		if !complaint.May(who, complaint.TaskLogHouse, complaint.Relation{}) {
			return l, errForbidden()
		}
		l.filter.House = true
	}
	if err != nil {
		return l, err
	}
	return l, l.period()
}

func errForbidden() error { return &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"} }

func (l *openLog) ofDossier(ctx context.Context, who complaint.Person) error {
	m, err := l.office.onTheTable(ctx, who, l.book.Dossier, complaint.TaskLogbook)
	if err != nil {
		return err
	}
	l.page.Number = m.Number
	if complaint.MayRead(who, m.Dossier.Dossier, false, l.office.Today()) == complaint.ReadsText {
		l.dossier = &m.Dossier
	}
	return nil
}

// lastDays fills in the period of a person's logbook, which always has one.
func (l *openLog) lastDays() {
	if l.page.Until.IsZero() {
		l.page.Until = l.office.Today()
	}
	if l.page.From.IsZero() {
		l.page.From = l.page.Until.AddDays(-defaultLogDays)
	}
}

// period turns days into moments.
func (l *openLog) period() error {
	from, until := l.page.From, l.page.Until
	var m complaint.Mistakes
	if !from.IsZero() && !until.IsZero() && from.After(until) {
		m.Add("until", "error.date_order", "Date", from)
	}
	if l.book.Person != "" && from.DaysUntil(until) > maxLogDays {
		m.Add("from", "error.log_period", "Max", maxLogDays)
	}
	if !from.IsZero() {
		l.filter.From = l.office.begin(from)
	}
	if !until.IsZero() {
		l.filter.Until = l.office.begin(until.AddDays(1))
	}
	return m.Err()
}

// note writes down who reads or takes along which logbook.
func (l *openLog) note(ctx context.Context, who complaint.Person, action, once string) error {
	reason := l.book.name()
	if l.filter.Kind != "" {
		reason += " " + l.filter.Kind
	}
	return l.office.Cupboard.Log(ctx, record.LogLine{ID: record.NewID(), At: l.office.now(), Actor: who.ID, OnBehalf: l.book.Person, Action: action,
		Dossier: l.book.Dossier, Reason: reason, Result: "done", Once: once})
}

// entries gives one page.
func (l *openLog) entries(ctx context.Context) (entries []LogEntry, next string, err error) {
	lines, next, err := l.office.Cupboard.LogPage(ctx, l.sight, l.filter)
	if err != nil {
		return nil, "", err
	}
	for _, line := range lines {
		line.At = line.At.In(l.office.Zone)
		e := LogEntry{LoggedLine: line}
		if l.dossier != nil && len(line.Remark) > 0 {
			plain, err := l.office.Sealer.Open(*l.dossier, record.LogRemark, line.ID, line.Remark)
			if err != nil {
				return nil, "", err
			}
			e.Remark = string(plain)
		}
		entries = append(entries, e)
	}
	return entries, next, nil
}

// ReadLog shows a logbook. That it is read is written down first, once a day.
func (o *Office) ReadLog(ctx context.Context, who complaint.Person, b LogBook, q LogQuery) (p LogPage, err error) {
	defer wrap(&err, "office: logbook of %s", b.name())
	l, err := o.openLogbook(ctx, who, b, q)
	if err != nil {
		return l.page, err
	}
	once := ActionReadLog + "|" + string(who.ID) + "|" + b.Dossier + "|" + string(b.Person) + "|" + o.Today().String()
	if err := l.note(ctx, who, ActionReadLog, once); err != nil {
		return l.page, err
	}
	p = l.page
	p.Entries, p.Next, err = l.entries(ctx)
	return p, err
}

// LogExport is a wish to take a logbook along.
type LogExport struct {
	Book   LogBook
	Query  LogQuery
	Header []string
	Row    func(e LogEntry) []any
}

// ExportLog writes a logbook as a table; the line that says so stands there before the
// first byte.
func (o *Office) ExportLog(ctx context.Context, who complaint.Person, x LogExport, w io.Writer) (err error) {
	defer wrap(&err, "office: export the logbook")
	if o.Sheets == nil {
		return errForbidden()
	}
	x.Query.After, x.Query.Limit = "", exportRows
	l, err := o.openLogbook(ctx, who, x.Book, x.Query)
	if err != nil {
		return err
	}
	if err := l.note(ctx, who, ActionExportLog, ""); err != nil {
		return err
	}
	return o.Sheets.CSV(w, x.Header, l.rows(ctx, x.Row))
}

// rows gives all entries, page by page from a key onwards.
func (l *openLog) rows(ctx context.Context, row func(LogEntry) []any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for {
			page, next, err := l.entries(ctx)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, e := range page {
				if !yield(row(e), nil) {
					return
				}
			}
			if l.filter.After = next; next == "" {
				return
			}
		}
	}
}

// NotePrint writes down, once a day, that somebody printed a dossier.
func (o *Office) NotePrint(ctx context.Context, who complaint.Person, dossier string) (err error) {
	defer wrap(&err, "office: note print")
	d, err := o.Cupboard.Dossier(ctx, dossier, o.sight(who))
	if err != nil {
		return err
	}
	return o.Cupboard.Log(ctx, record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: ActionPrint, Dossier: d.ID, Result: "done",
		Once: ActionPrint + "|" + string(who.ID) + "|" + d.ID + "|" + o.Today().String()})
}

// sweepLog removes log lines that are older than the settings keep them, and writes down
// how many. It counts whole days, so that this happens once a day.
func (o *Office) sweepLog(ctx context.Context) (all int64, err error) {
	org, err := o.Organisation(ctx)
	if err != nil {
		return 0, err
	}
	term := org.LogTerm()
	term.N = -term.N
	day := calendars(org).House.After(o.Today(), term)
	note := func(n int64) record.LogLine {
		return record.LogLine{ID: record.NewID(), At: o.now(), Actor: complaint.ByClock, Action: ActionSweepLog, Reason: strconv.FormatInt(n, 10) + " " + day.String(), Result: "done"}
	}
	for {
		n, err := o.Cupboard.SweepLog(ctx, o.begin(day), note)
		all += n
		if err != nil || n == 0 {
			return all, err
		}
	}
}
