package form

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/porch"
)

// read takes the answers of a step into what was typed before.
func (d *Door) read(r *http.Request, s *sheet) error {
	opened := false
	posted, err := porch.ReadUpload(r, func(f porch.Form, file porch.File) error {
		if !opened { // the form stands before its files
			if err := d.open(s, f); err != nil {
				return err
			}
			opened = true
		}
		return d.keepFile(r, s, file)
	})
	var large *http.MaxBytesError
	if errors.As(err, &large) && opened { // the files stand last: all that was typed is in
		s.wrong[fileField] = s.voice.Say("error.form_too_large")
		err = nil
	}
	err = frame.Measure(posted, err)
	s.unfit = err != nil
	if err := s.take(err); err != nil {
		return err
	}
	if !opened {
		if err := d.open(s, posted); err != nil {
			return err
		}
	}
	s.posted = posted
	s.fill()
	return nil
}

// open finds what was typed before. A form that cannot be read, of another house or with
// another key, begins anew with what stands in this step.
func (d *Door) open(s *sheet, posted porch.Form) (err error) {
	s.at = stepOf(doChange + posted.Text(stepField))
	if d.Office.OpenForm(typedForm, posted.Raw(stateField), &s.state) && s.state.Draft.ID != "" {
		if s.state.Values == nil {
			s.state.Values = url.Values{}
		}
		return nil
	}
	s.lost = true
	s.state, err = d.newState()
	return err
}

// stepOf is the step that a button names.
func stepOf(do string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(do, doChange))
	if err != nil || n < stepStory || n > stepCheck {
		return stepStory
	}
	return n
}

// fill puts the answers of this step in the place of the earlier ones.
func (s *sheet) fill() {
	for _, name := range answersOf[s.at] {
		delete(s.state.Values, name)
		for _, text := range s.posted.All(name) {
			s.state.Values.Add(name, text)
		}
	}
	if s.at == stepWho && s.posted.Has(trapField) {
		s.state.Trapped = true
	}
	if s.at == stepStory { // a file whose tick was taken away stays behind; new ones are in
		ticked := s.posted.All(keptField)
		was := s.posted.All(keptField + "-was")
		s.state.Files = slices.DeleteFunc(s.state.Files, func(f keptFile) bool { return slices.Contains(was, f.ID) && !slices.Contains(ticked, f.ID) })
	}
	if s.at == stepWish && (len(s.state.Values["wish"]) > 1 || s.value("desired_outcome") != "") { // who answers knows
		s.state.Values["wish"] = slices.DeleteFunc(s.state.Values["wish"], func(code string) bool { return code == unknownWish })
	}
	if s.isNameless() { // what was typed before the choice is forgotten
		maps.DeleteFunc(s.state.Values, func(name string, _ []string) bool {
			return slices.Contains(answersOf[stepWho], name) && name != "give_name"
		})
	}
}

// keepFile keeps a file for the dossier that is about to be. One that is refused does not
// hinder the others.
func (d *Door) keepFile(r *http.Request, s *sheet, file porch.File) error {
	if file.Field != fileField || s.at != stepStory {
		return nil
	}
	if len(s.state.Files) >= frame.MostFiles {
		s.wrong[fileField] = s.voice.Count("form.error.files", frame.MostFiles)
		return nil
	}
	if !d.Porch.Pace.TakesFile(r, 0) {
		s.wrong[fileField] = s.voice.Say("form.error.files_later")
		return nil
	}
	kept, err := d.Office.Keep(r.Context(), complaint.Visitor(), s.state.Draft, file.Name, d.Porch.Pace.Reads(r, file.Body))
	if errors.Is(err, porch.ErrEnough) {
		s.wrong[fileField] = s.voice.Say("form.error.files_later")
		return nil
	}
	if err != nil {
		return frame.WrongFile(s.voice, s.wrong, kept.Name, err)
	}
	s.state.Files = append(s.state.Files, keptFile{kept.ID, kept.Name, kept.Size})
	return nil
}

// take keeps what is wrong at its question; any other error comes back.
func (s *sheet) take(err error) error {
	var many complaint.Mistakes
	if !errors.As(err, &many) {
		return err
	}
	for _, m := range many {
		name, text := m.Field, s.voice.Say(m.Key, m.Args...)
		switch name {
		case "desired_outcome":
			if m.Key == "error.required" { // a tick is enough
				name, text = "wish", s.voice.Say("form.error.wish")
			}
		case "level":
			name = "give_name"
		case "caller_phone", "caller":
			name = "caller_name"
		case "title", "channel", "received_on":
			name = ""
		}
		if s.wrong[name] == "" {
			s.wrong[name] = text
		}
	}
	return nil
}

// wrongOn is what is wrong on a step.
func (s *sheet) wrongOn(at int) map[string]string {
	wrong := map[string]string{}
	for name, text := range s.wrong {
		if slices.Contains(answersOf[at], name) || name == fileField && at == stepStory {
			wrong[name] = text
		}
	}
	return wrong
}
