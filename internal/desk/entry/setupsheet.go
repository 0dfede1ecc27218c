package entry

import (
	"net/http"

	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
)

const setUpSheetPath = setUpPath + "/herstelblad"

// setUpSheetPage is the last step of set-up.
type setUpSheetPage struct {
	rows        []personnel.KeyRow
	fingerprint string
	group       page.Field
	mistakes    []page.FieldError
}

// setUpSheet shows the recovery sheet to who just set the register up.
func (e *Door) setUpSheet(w http.ResponseWriter, r *http.Request) error {
	rows, st, err := e.Personnel.SheetAtSetUp(r.Context(), setUpToken(r))
	if err != nil {
		return err
	}
	q := frame.NewQuestions(r)
	return e.sheetPage(w, r, http.StatusOK, q, setUpSheetPage{rows: rows, fingerprint: st.Fingerprint})
}

func (e *Door) sheetPage(w http.ResponseWriter, r *http.Request, status int, q *frame.Questions, p setUpSheetPage) error {
	p.group = q.Ask(personnel.FieldGroup, "sheet.group", "", frame.Short, frame.Hint(q.Voice.Say("sheet.group_hint")))
	p.mistakes = q.Mistakes()
	f := e.public(r, q.Voice.Say("sheet.title"))
	f.Failed = q.Failed()
	return porch.Show(w, r, status, setUpSheetTempl(f, p))
}

// confirmSheet takes the last group of the printed sheet.
func (e *Door) confirmSheet(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	if err := q.Take(e.Personnel.ConfirmSheetAtSetUp(r.Context(), setUpToken(r), q.Typed.Text(personnel.FieldGroup))); err != nil {
		return err
	}
	if q.Failed() {
		return e.sheetPage(w, r, http.StatusUnprocessableEntity, q, setUpSheetPage{})
	}
	return porch.Show(w, r, http.StatusOK, sheetDoneTempl(e.public(r, q.Voice.Say("sheet.confirmed_title"))))
}

// sheetLater puts the sheet off.
func (e *Door) sheetLater(w http.ResponseWriter, r *http.Request) error {
	if err := e.Personnel.SheetLater(r.Context(), setUpToken(r)); err != nil {
		return err
	}
	return porch.SeeOther(w, r, porch.LogInPath)
}
