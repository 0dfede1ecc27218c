// Package form is the form by which somebody complains: five short steps, of which the
// last one shows everything before it is sent. What was typed travels in the page, sealed.
package form

import (
	"maps"
	"net/http"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/porch"
)

// Door leads to the form.
type Door struct{ frame.Rooms }

// The addresses of the form.
const (
	laterPath = frame.FormPath + "/verder"    // go on with what was kept
	sentPath  = frame.FormPath + "/verstuurd" // after sending
	donePath  = frame.FormPath + "/klaar"     // forget number and code
)

// Routes lists the addresses of the form.
func (d *Door) Routes() []porch.Route {
	return []porch.Route{
		{Pattern: "GET " + frame.FormPath, Handler: d.begin, Open: true},
		{Pattern: "POST " + frame.FormPath, Handler: d.step, Open: true},
		{Pattern: "GET " + laterPath, Handler: d.askCode, Open: true},
		{Pattern: "POST " + laterPath, Handler: d.Porch.LimitLogIn(d.goOn), Open: true},
		{Pattern: "GET " + sentPath, Handler: d.sent, Open: true},
		{Pattern: "POST " + donePath, Handler: d.done, Open: true},
	}
}

// begin shows the first step. A form that is switched off does not exist.
func (d *Door) begin(w http.ResponseWriter, r *http.Request) error {
	s, err := d.sheet(r)
	if err != nil {
		return err
	}
	if s.state, err = d.newState(); err != nil {
		return err
	}
	return d.show(w, r, http.StatusOK, s, stepStory)
}

// step takes the answers of a step and shows the next one.
func (d *Door) step(w http.ResponseWriter, r *http.Request) error {
	s, err := d.sheet(r)
	if err != nil {
		return err
	}
	if err := d.read(r, s); err != nil {
		return err
	}
	switch do := s.posted.Text(doField); {
	case s.lost:
		return d.show(w, r, http.StatusUnprocessableEntity, s, stepStory)
	case porch.Switches(r) && !s.unfit:
		return d.show(w, r, http.StatusOK, s, s.at)
	case s.unfit: // it cannot be kept or go along: it stands on this step alone
		return d.next(w, r, s)
	case do == doLater && s.isEmpty():
		s.wrong[""] = s.voice.Say("form.error.nothing_to_keep")
		return d.show(w, r, http.StatusUnprocessableEntity, s, s.at)
	case do == doLater:
		return d.keep(w, r, s)
	case do == doBack:
		return d.show(w, r, http.StatusOK, s, max(s.at-1, stepStory))
	case do == doSend && s.at == stepCheck:
		return d.send(w, r, s)
	case s.at == stepCheck:
		return d.show(w, r, http.StatusOK, s, stepOf(do))
	}
	return d.next(w, r, s)
}

// next goes to the next step, or to the last one when everything was answered before. A
// step with mistakes comes back.
func (d *Door) next(w http.ResponseWriter, r *http.Request, s *sheet) error {
	switch gone, err := d.check(r, s); {
	case err != nil:
		return err
	case gone:
		return d.show(w, r, http.StatusUnprocessableEntity, s, stepStory)
	}
	if wrong := s.wrongOn(s.at); len(wrong) > 0 || s.unfit {
		if text, whole := s.wrong[""]; whole && s.unfit {
			wrong[""] = text
		}
		s.wrong = wrong
		return d.show(w, r, http.StatusUnprocessableEntity, s, s.at)
	}
	s.wrong = nil
	to := s.at + 1
	if s.state.Reached == stepCheck {
		to = stepCheck
	}
	return d.show(w, r, http.StatusOK, s, to)
}

// check asks the law what is wrong with everything so far. gone says that the files must
// be chosen again first.
func (d *Door) check(r *http.Request, s *sheet) (gone bool, err error) {
	tidy, err := d.Office.CheckComplaint(r.Context(), complaint.Visitor(), d.intake(s))
	if s.lostFiles(err) {
		return true, nil
	}
	if err := s.take(err); err != nil {
		return false, err
	}
	if s.lacksCaller() {
		s.wrong["caller_name"] = s.voice.Say("error.required")
	}
	if code := tidy.Identity.Postcode; code != "" && s.wrong["postcode"] == "" { // as it will stand on the letter
		s.state.Values.Set("postcode", code)
	}
	return false, nil
}

// lacksCaller reports whether somebody complains for somebody else without their own name.
func (s *sheet) lacksCaller() bool {
	return !s.isNameless() && s.value("for_whom") == forOther && s.value("caller_name") == ""
}

// isEmpty reports whether nothing was typed or chosen yet.
func (s *sheet) isEmpty() bool {
	for name := range s.state.Values {
		if s.value(name) != "" {
			return false
		}
	}
	return len(s.state.Files) == 0
}

// lostFiles reports whether the files lay too long and were swept. All that was typed is
// there still.
func (s *sheet) lostFiles(err error) bool {
	if !complaint.IsKind(err, complaint.NotFound) || len(s.state.Files) == 0 {
		return false
	}
	s.state.Files, s.wrong = nil, map[string]string{fileField: s.voice.Say("form.error.files_gone")}
	return true
}

// fitting is what goes along: what is too long stands in its field, and would make the
// form too large to send.
func (s *sheet) fitting() state {
	along := s.state
	along.Values = maps.Clone(s.state.Values)
	maps.DeleteFunc(along.Values, func(name string, list []string) bool {
		return slices.ContainsFunc(list, func(text string) bool { return !frame.Fits(name, text) })
	})
	return along
}

// show draws a step.
func (d *Door) show(w http.ResponseWriter, r *http.Request, status int, s *sheet, at int) error {
	s.at, s.state.Reached = at, max(s.state.Reached, at)
	var err error
	if s.sealed, err = d.Office.SealForm(typedForm, s.fitting()); err != nil {
		return err
	}
	if at == stepCheck {
		d.tryCookie(w, r)
	}
	return d.Show(w, r, status, frame.Page{Title: s.title(), Place: frame.FormPath, Failed: len(s.wrong) > 0 || s.lost, Typing: frame.Typing{Form: formID, Action: frame.FormPath}, Back: true, Body: stepPage(s)})
}
