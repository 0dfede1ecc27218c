package manage

import (
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
)

func (d *Door) sheetRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET " + frame.SheetPath, Handler: d.sheet},
		{Pattern: "POST " + frame.SheetPath, Handler: d.confirmSheet},
		{Pattern: "POST " + frame.SheetPath + "/tonen", Handler: d.showSheet},
	}
}

func (d *Door) sheet(w http.ResponseWriter, r *http.Request) error {
	return d.sheetPage(w, r, frame.NewQuestions(r), frame.NewQuestions(r), nil)
}

// sheetPage tells whether the recovery sheet was printed; if not, it asks to show it
// and to type its last group back.
func (d *Door) sheetPage(w http.ResponseWriter, r *http.Request, show, typed *frame.Questions, rows []personnel.KeyRow) error {
	v := porch.Voice(r)
	st, err := d.Personnel.SheetState(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	p := frame.Managed{Voice: v, Title: v.Say("sheet.title"), Place: settingsPath, Back: frame.BackTo(v, "people.settings", settingsPath)}
	if st.Confirmed {
		p.Parts = []templ.Component{frame.Para(v.Say("sheet.state_confirmed", "Name", names.Name(st.By), "Date", v.Moment(d.Personnel.Local(st.At))))}
		return d.showManaged(w, r, p)
	}
	state := frame.ParagraphNote(page.NoteWarn, "", v.Say(frame.YesNo(st.Outdated, "sheet.state_outdated", "sheet.state_due")))
	group := frame.ManagedForm(frame.SheetPath, nil, []templ.Component{
		typed.Line(personnel.FieldGroup, "sheet.group", "", frame.Short, frame.Hint(v.Say("sheet.group_hint")))},
		page.Button{Label: v.Say("sheet.confirm"), Kind: page.Primary})
	if rows != nil {
		p.Parts = []templ.Component{frame.KeySheet(v, st.Fingerprint, rows), group}
		return d.showManaged(w, r, p)
	}
	factor, err := d.Personnel.FactorOf(r.Context(), porch.Who(r).Staff)
	if err != nil {
		return err
	}
	never := func(f *page.Field) { f.Value = "" }
	fields := []templ.Component{frame.Para(v.Say("sheet.show_text")),
		show.Line(personnel.FieldPassword, "sheet.password", "", frame.OfType("password", "current-password"), frame.Narrow, never)}
	if factor.Active {
		fields = append(fields, show.Line(personnel.FieldCode, "sheet.code", "", frame.OfType("text", "one-time-code"), frame.Hint(v.Say("sheet.code_hint")), frame.Narrow, never))
	}
	p.Parts = []templ.Component{state,
		frame.Section("tonen", v.Say("sheet.show_title"), []templ.Component{frame.ManagedForm(frame.SheetPath+"/tonen", nil, fields, page.Button{Label: v.Say("sheet.show")})}),
		frame.Section("terug", v.Say("sheet.typed_title"), []templ.Component{group})}
	p.Mistakes = append(show.Mistakes(), typed.Mistakes()...)
	return d.showManaged(w, r, p)
}

// showSheet shows the sheet, at once and only here: it stands at no address.
func (d *Door) showSheet(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	rows, err := d.Personnel.ShowSheet(r.Context(), porch.Who(r).Staff, q.Typed.Raw(personnel.FieldPassword), q.Typed.Text(personnel.FieldCode))
	if err := q.Take(err); err != nil {
		return err
	}
	return d.sheetPage(w, r, q, frame.NewQuestions(r), rows)
}

func (d *Door) confirmSheet(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	if err := q.Take(d.Personnel.ConfirmSheet(r.Context(), porch.Who(r).Person, q.Typed.Text(personnel.FieldGroup))); err != nil {
		return err
	}
	if q.Failed() {
		return d.sheetPage(w, r, frame.NewQuestions(r), q, nil)
	}
	return porch.SeeOther(w, r, frame.Address(frame.SheetPath, frame.DoneField, "bewaard"))
}
