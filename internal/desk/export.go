package desk

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// exportPath is where the register is taken along as a file.
const exportPath = frame.RegisterPath + "/export"

// exportRoutes lists the addresses of what leaves the register. The export is asked for
// with a post: it leaves a line in the log.
func (d *Desk) exportRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "POST " + exportPath, Handler: d.export},
	}
}

// carry gives the filter as hidden fields of a form.
func (q registerQuery) carry() []page.Hidden {
	fields := []page.Hidden{}
	for _, f := range q.pairs() {
		if f.Value != "" {
			fields = append(fields, f)
		}
	}
	return fields
}

func (q registerQuery) pairs() []page.Hidden {
	return []page.Hidden{{Name: "jaar", Value: q.Year}, {Name: "stand", Value: q.State}, {Name: "nummer", Value: q.Number}, {Name: "compleet", Value: q.Lacks}}
}

// codes is the filter for the log: codes and numbers only, nothing as it was typed.
func (q registerQuery) codes(year, number string) string {
	codes := []string{"jaar=" + year}
	for _, s := range registerStates {
		if s.address == q.State && s.address != "" {
			codes = append(codes, "stand="+s.address)
		}
	}
	if number != "" {
		codes = append(codes, "nummer="+number)
	}
	if q.Lacks != "" {
		codes = append(codes, "compleet="+q.Lacks)
	}
	return strings.Join(codes, " ")
}

// export gives what the filter shows as a file, while it is read.
func (d *Desk) export(w http.ResponseWriter, r *http.Request) error {
	ctx, who, v, today := r.Context(), porch.Who(r).Person, porch.Voice(r), d.Office.Today()
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	if !office.MayExport(who) {
		return frame.ErrForbidden
	}
	as := typed.Text("vorm")
	if as != office.AsCSV && as != office.AsXLSX {
		return porch.ErrBadRequest
	}
	keep, err := d.retention(ctx, today)
	if err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	q := readRegisterQuery(typed.Values)
	f := q.filter(today, before(today, keep))
	year := allYears
	if f.Year != 0 {
		year = strconv.Itoa(f.Year)
	}
	x := office.Export{As: as, Filter: f, Lacking: q.Lacks != "", Codes: q.codes(year, f.Number), Sheet: v.Say("nav.register")}
	columns := frame.Columns(v, names, today)
	for _, c := range columns {
		x.Header = append(x.Header, v.Say(c.Key))
	}
	x.Row = func(c complaint.Dossier) []any {
		row := make([]any, 0, len(columns))
		for _, column := range columns {
			row = append(row, column.Cell(c))
		}
		return row
	}
	if year == allYears {
		year = v.Say("register.all_years")
	}
	file := frame.FileName(v.Say("nav.register"), year) + "." + as
	return d.Office.Export(ctx, who, x, &fileWriter{w: w, as: as, name: file})
}

// fileWriter says what the file is when its first byte goes out: until then an error
// is still a page.
type fileWriter struct {
	w        http.ResponseWriter
	as, name string
	begun    bool
}

// Write sends a part of the file.
func (f *fileWriter) Write(b []byte) (int, error) {
	if !f.begun {
		f.begun = true
		h := f.w.Header()
		h.Set("Content-Type", "text/csv; charset=utf-8")
		if f.as == office.AsXLSX {
			h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		}
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	}
	return f.w.Write(b)
}
