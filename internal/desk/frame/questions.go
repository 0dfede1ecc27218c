package frame

import (
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// Questions are the fields of a form that is not about a dossier: each remembers what was typed, what
// stands there now, and what is wrong.
type Questions struct {
	Voice  *words.Voice
	Typed  porch.Form
	Posted bool
	Wrong  Wrong
	asked  []page.Field
}

// NewQuestions gives a form before anybody typed.
func NewQuestions(r *http.Request) *Questions {
	return &Questions{Voice: porch.Voice(r), Wrong: Wrong{}}
}

// Read reads the posted form.
func (q *Questions) Read(r *http.Request) error {
	form, err := porch.ReadForm(r)
	q.Typed, q.Posted = form, true
	return q.Wrong.Take(q.Voice, err)
}

// Take keeps what the law says is wrong, and a refusal about the whole.
func (q *Questions) Take(err error) error {
	var one *complaint.Error
	if errors.As(err, &one) && (one.Kind == complaint.Stale || one.Kind == complaint.Refused && one.Key != "error.forbidden") {
		q.Wrong.Add("", q.Voice.Say(one.Key, one.Args...))
		return nil
	}
	return q.Wrong.Take(q.Voice, err)
}

// Failed reports whether anything is wrong.
func (q *Questions) Failed() bool { return len(q.Wrong) > 0 }

// Ask makes a field; now is what stands there when nothing was typed.
func (q *Questions) Ask(name, label, now string, more ...func(*page.Field)) page.Field {
	f := page.Field{Name: name, Label: q.Voice.Say(label), Value: now, Error: q.Wrong[name]}
	if q.Posted {
		f.Value = q.Typed.Raw(name)
	}
	for _, change := range more {
		change(&f)
	}
	q.asked = append(q.asked, f)
	return f
}

// Line asks for one line.
func (q *Questions) Line(name, label, now string, more ...func(*page.Field)) templ.Component {
	return page.Input(q.Voice, q.Ask(name, label, now, more...))
}

// Day asks for a day.
func (q *Questions) Day(name, label, now string, more ...func(*page.Field)) templ.Component {
	return page.DateInput(q.Voice, q.Ask(name, label, now, more...))
}

// Ticks asks for any number of answers.
func (q *Questions) Ticks(name, label string, now []string, options []page.Option, more ...func(*page.Field)) templ.Component {
	more = append(more, func(f *page.Field) {
		f.Options, f.Values = options, now
		if q.Posted {
			f.Values = q.Typed.All(name)
		}
	})
	return page.Checks(q.Voice, q.Ask(name, label, "", more...))
}

// Choice asks to choose one of a list; nobody is an answer when it is named.
func (q *Questions) Choice(name, label, now, none string, options []page.Option, more ...func(*page.Field)) templ.Component {
	more = append(more, func(f *page.Field) { f.Options = append([]page.Option{{Label: none}}, options...) })
	return page.Select(q.Voice, q.Ask(name, label, now, more...))
}

// Mistakes lists what is wrong, in the order of the form, what concerns the whole last.
func (q *Questions) Mistakes() []page.FieldError {
	var order []string
	labels := map[string]string{}
	for _, f := range q.asked {
		order = append(order, f.Name)
		labels[f.Name] = f.Label
	}
	return q.Wrong.List(order, func(field string) string { return labels[field] })
}

// Date reads a day that was typed.
func (q *Questions) Date(field string) calendar.Date {
	return Date(q.Voice, q.Typed.Text(field), field, q.Wrong)
}
