package form

import (
	"net/http"
	"strings"
	"unicode"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// keep keeps what was typed so far, right or wrong, and gives a code to go on with it.
func (d *Door) keep(w http.ResponseWriter, r *http.Request, s *sheet) error {
	leave, crowded := d.Porch.Pace.Enter(r)
	defer leave()
	if crowded { // what is kept takes room: many from one place keep it in their browser for now
		s.wrong[""] = s.voice.Say("form.error.keep_later")
		return d.show(w, r, http.StatusTooManyRequests, s, s.at)
	}
	s.state.Reached, s.state.Kept = max(s.state.Reached, s.at), s.at
	if err := d.Office.KeepForm(r.Context(), complaint.Visitor(), s.state.Later, s.state.Draft.ID, s.state); err != nil {
		return err
	}
	porch.ForgetPages(w) // it is kept here: no Back leads to what was typed
	p := laterPage{voice: s.voice, org: s.org, code: record.InFours(s.state.Later), until: d.Office.Today().AddDays(complaint.FormKeptDays)}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: s.voice.Say("form.later.kept"), Place: frame.FormPath, Steady: true, Body: keptPage(p)})
}

// laterPage is about going on later.
type laterPage struct {
	voice *words.Voice
	org   record.Organisation
	code  string
	until calendar.Date
	form  *frame.Answers
	field page.Field
}

// askCode asks for the code of what was kept.
func (d *Door) askCode(w http.ResponseWriter, r *http.Request) error {
	return d.showLater(w, r, http.StatusOK, frame.NewAnswers(r))
}

func (d *Door) showLater(w http.ResponseWriter, r *http.Request, status int, form *frame.Answers) error {
	s, err := d.sheet(r)
	if err != nil {
		return err
	}
	p := laterPage{voice: s.voice, org: s.org, form: form}
	p.field = form.Ask(page.Field{Name: "code", Label: p.voice.Say("form.later.code"), Hint: p.voice.Say("form.later.code.hint"), Width: page.Width20, InputMode: "numeric"})
	return d.Show(w, r, status, frame.Page{Title: s.voice.Say("form.later.title"), Place: frame.FormPath, Failed: form.Failed(), Typing: frame.CameBack(r, laterID, laterPath), Body: goOnPage(p)})
}

// goOn shows the step at which somebody stopped.
func (d *Door) goOn(w http.ResponseWriter, r *http.Request) error {
	s, err := d.sheet(r)
	if err != nil {
		return err
	}
	form, err := frame.ReadAnswers(r)
	if err != nil {
		return err
	}
	if !form.Failed() {
		_, err = d.Office.GoOn(r.Context(), complaint.Visitor(), onlyDigits(form.Typed.Raw("code")), &s.state)
	}
	if complaint.IsKind(err, complaint.NotFound) {
		err, form.Wrong["code"] = nil, s.voice.Say("form.later.unknown")
	}
	if err != nil {
		return err
	}
	if form.Failed() {
		return d.showLater(w, r, http.StatusUnprocessableEntity, form)
	}
	return d.show(w, r, http.StatusOK, s, s.state.Kept)
}

func onlyDigits(code string) string {
	return strings.Map(func(x rune) rune {
		if unicode.IsDigit(x) {
			return x
		}
		return -1
	}, code)
}
