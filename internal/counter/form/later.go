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
	s.state.Reached = max(s.state.Reached, s.at)
	kept := s.state
	kept.Values["stap"] = []string{string(rune('0' + s.at))}
	if err := d.Office.KeepForm(r.Context(), complaint.Visitor(), s.state.Later, s.state.Draft.ID, kept); err != nil {
		return err
	}
	p := laterPage{voice: s.voice, org: s.org, code: grouped(s.state.Later), until: d.Office.Today().AddDays(complaint.FormKeptDays)}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: s.voice.Say("form.later.kept"), Place: frame.FormPath, Steady: true, Body: keptPage(p)})
}

// laterPage is about going on later.
type laterPage struct {
	voice *words.Voice
	org   record.Organisation
	code  string
	until calendar.Date
	typed string
	wrong string
}

// askCode asks for the code of what was kept.
func (d *Door) askCode(w http.ResponseWriter, r *http.Request) error {
	return d.showLater(w, r, http.StatusOK, laterPage{})
}

func (d *Door) showLater(w http.ResponseWriter, r *http.Request, status int, p laterPage) error {
	s, err := d.sheet(r)
	if err != nil {
		return err
	}
	p.voice, p.org = s.voice, s.org
	return d.Show(w, r, status, frame.Page{Title: s.voice.Say("form.later.title"), Place: frame.FormPath, Failed: p.wrong != "", Body: goOnPage(p)})
}

// goOn shows the step at which somebody stopped.
func (d *Door) goOn(w http.ResponseWriter, r *http.Request) error {
	s, err := d.sheet(r)
	if err != nil {
		return err
	}
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	code := strings.Map(func(x rune) rune {
		if unicode.IsDigit(x) {
			return x
		}
		return -1
	}, typed.Raw("code"))
	_, err = d.Office.GoOn(r.Context(), complaint.Visitor(), code, &s.state)
	if complaint.IsKind(err, complaint.NotFound) {
		return d.showLater(w, r, http.StatusUnprocessableEntity, laterPage{typed: typed.Raw("code"), wrong: s.voice.Say("form.later.unknown")})
	}
	if err != nil {
		return err
	}
	at := stepOf(doChange + s.state.Values.Get("stap"))
	delete(s.state.Values, "stap")
	return d.show(w, r, http.StatusOK, s, at)
}

func (p laterPage) field() page.Field {
	return page.Field{Name: "code", Label: p.voice.Say("form.later.code"), Hint: p.voice.Say("form.later.code.hint"), Value: p.typed, Error: p.wrong, Width: page.Width20, InputMode: "numeric"}
}

// grouped writes a code in groups of four.
func grouped(code string) string {
	var groups []string
	for ; len(code) > 4; code = code[4:] {
		groups = append(groups, code[:4])
	}
	return strings.Join(append(groups, code), " ")
}
