package frame

import (
	"errors"
	"net/http"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// Answers is a form of the counter in use: what was typed, and all that is wrong with it.
type Answers struct {
	Voice  *words.Voice
	Typed  porch.Form
	Posted bool
	Key    string // the request key: a double click is harmless
	Wrong  map[string]string
	Whole  string // what is wrong with the form as a whole
	asked  []page.Field
	shown  bool // it was sent to be shown in another language: nothing is carried out
}

// NewAnswers gives a form before anybody typed.
func NewAnswers(r *http.Request) *Answers {
	return &Answers{Voice: porch.Voice(r), Key: porch.NewKey(), Wrong: map[string]string{}, shown: porch.Switches(r)}
}

// ReadAnswers reads a posted form. Text that is too long, or that no keyboard makes, stands
// in Wrong.
func ReadAnswers(r *http.Request) (*Answers, error) {
	a := NewAnswers(r)
	form, err := porch.ReadForm(r)
	return a, a.Fill(form, err)
}

// Fill takes what was read of a form, with or without files.
func (a *Answers) Fill(form porch.Form, err error) error {
	a.Typed, a.Posted = form, true
	if key := form.Key(); key != "" && len(key) <= maxKey {
		a.Key = key
	}
	return a.Take(Measure(form, err))
}

// maxKey is how long a request key may be: ours have 26 signs.
const maxKey = 64

// Take keeps what is wrong, to be shown with the form; any other error comes back.
func (a *Answers) Take(err error) error {
	var many complaint.Mistakes
	var one *complaint.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &many):
		for _, m := range many {
			a.wrong(m)
		}
		return nil
	case errors.As(err, &one) && one.Kind == complaint.Invalid:
		a.wrong(one)
		return nil
	}
	return err
}

func (a *Answers) wrong(e *complaint.Error) {
	text := a.Voice.Say(e.Key, e.Args...)
	if e.Field == "" {
		a.Whole = text
	} else if a.Wrong[e.Field] == "" {
		a.Wrong[e.Field] = text
	}
}

// Failed reports whether the form is shown again: anything is wrong, or only the language is
// to be another.
func (a *Answers) Failed() bool { return a.shown || len(a.Wrong) > 0 || a.Whole != "" }

// Ask makes a field; now is what stands there when nothing was typed.
func (a *Answers) Ask(f page.Field) page.Field {
	f.Error = a.Wrong[f.Name]
	if a.Posted {
		f.Value = a.Typed.Raw(f.Name)
	}
	a.asked = append(a.asked, f)
	return f
}

// Mistakes lists what is wrong, in the order in which was asked. A mistake in a field
// that does not stand here concerns the whole.
func (a *Answers) Mistakes() []page.FieldError {
	list := page.Mistakes(a.asked...)
	left := map[string]string{}
	for name, text := range a.Wrong {
		left[name] = text
	}
	for _, f := range a.asked {
		delete(left, f.Name)
	}
	for _, text := range left {
		list = append(list, page.FieldError{Text: text})
	}
	if a.Whole != "" {
		list = append(list, page.FieldError{Text: a.Whole})
	}
	return list
}

// Hidden gives what each form carries along.
func (a *Answers) Hidden() []page.Hidden { return []page.Hidden{{Name: porch.KeyField, Value: a.Key}} }

// KeptField carries what was typed past a number and a code: see porch.Typed.
const KeptField = "bewaard"

// Prove asks whether a number and a code belong together, when the form may be tried. Any
// status but OK is to show the form with.
func (a *Answers) Prove(ask func() error) (status int, err error) {
	if a.Failed() {
		return http.StatusUnprocessableEntity, nil
	}
	err = ask()
	var one *complaint.Error
	if errors.As(err, &one) && one.Kind == complaint.Refused {
		a.wrong(one)
		return http.StatusTooManyRequests, nil
	}
	if complaint.IsKind(err, complaint.NotFound) {
		err = &complaint.Error{Kind: complaint.Invalid, Field: "code", Key: "error.code_wrong"}
	}
	if err := a.Take(err); err != nil || !a.Failed() {
		return http.StatusOK, err
	}
	return http.StatusUnprocessableEntity, nil
}
