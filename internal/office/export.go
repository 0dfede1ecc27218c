package office

import (
	"context"
	"io"
	"iter"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// ActionExport is the action of the log line of an export; its reason is the filter.
const ActionExport = "export"

// Spreadsheets write tables row by row. A cell is a string, an int or a calendar.Date.
type Spreadsheets interface {
	CSV(w io.Writer, header []string, rows iter.Seq2[[]any, error]) error
	XLSX(w io.Writer, sheet string, header []string, rows iter.Seq2[[]any, error]) error
}

// The forms of an export.
const (
	AsCSV  = "csv"
	AsXLSX = "xlsx"
)

// Export is a wish to take the register along: what the filter shows, without names and
// without texts.
type Export struct {
	As      string // AsCSV or AsXLSX
	Filter  record.Filter
	Lacking bool   // only what lacks one of the eight items
	Codes   string // the filter in codes, for the log
	Sheet   string // name of the sheet
	Header  []string
	Row     func(d complaint.Dossier) []any
}

// MayExport reports whether somebody may take the register along: who reads the open
// part of every dossier, whatever else they are to one.
func MayExport(who complaint.Person) bool {
	return complaint.May(who, complaint.TaskReadOpen, complaint.Relation{})
}

// exportRows is how many dossiers are in memory at once.
const exportRows = 500

// Export writes the register as a table. The log line stands there before the first
// byte; nothing is unsealed.
func (o *Office) Export(ctx context.Context, who complaint.Person, x Export, w io.Writer) (err error) {
	defer wrap(&err, "office: export")
	if !MayExport(who) || o.Sheets == nil {
		return &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	f := x.Filter
	f.Today, f.Soon, f.Limit, f.After = o.Today(), o.soon(ctx), exportRows, ""
	line := record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: ActionExport, Reason: x.As + " " + x.Codes, Result: "done"}
	if err := o.Cupboard.Log(ctx, line); err != nil {
		return err
	}
	rows := o.exported(ctx, o.sight(who), f, x)
	if x.As == AsXLSX {
		return o.Sheets.XLSX(w, x.Sheet, x.Header, rows)
	}
	return o.Sheets.CSV(w, x.Header, rows)
}

// exported gives the rows, page by page from a key onwards.
func (o *Office) exported(ctx context.Context, sight complaint.Sight, f record.Filter, x Export) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for {
			page, next, err := o.Cupboard.List(ctx, sight, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, d := range page {
				if x.Lacking && len(Lacking(d.Dossier)) == 0 {
					continue
				}
				if !yield(x.Row(d.Dossier), nil) {
					return
				}
			}
			if f.After = next; next == "" {
				return
			}
		}
	}
}

// Lacking gives the items that somebody should still fill in: what only comes at the
// end does not lack while a dossier is open.
func Lacking(d complaint.Dossier) []complaint.Item {
	var items []complaint.Item
	for _, item := range d.Missing() {
		if d.State.IsOpen() && (item == complaint.ItemAction || item == complaint.ItemClosed) {
			continue
		}
		items = append(items, item)
	}
	return items
}

// lookedThrough bounds how many pages are read to find a page of incomplete dossiers.
const lookedThrough = 20

// Incomplete is List with only the dossiers that lack an item. A page may hold fewer
// lines, or none, and still have a next one.
func (o *Office) Incomplete(ctx context.Context, who complaint.Person, f record.Filter) (lines []Line, next string, err error) {
	for range lookedThrough {
		var page []Line
		if page, next, err = o.List(ctx, who, f); err != nil {
			return nil, "", err
		}
		for _, line := range page {
			if len(Lacking(line.Dossier)) > 0 {
				lines = append(lines, line)
			}
		}
		if f.After = next; next == "" || 2*len(lines) >= f.Limit {
			break
		}
	}
	return lines, next, nil
}
