package desk

import (
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// questions are the fields of a form of Beheer: each remembers what was typed, what
// stands there now, and what is wrong.
type questions struct {
	v      *words.Voice
	typed  porch.Form
	posted bool
	wrong  wrong
	asked  []page.Field
}

func newQuestions(r *http.Request) *questions {
	return &questions{v: porch.Voice(r), wrong: wrong{}}
}

// read reads the posted form.
func (q *questions) read(r *http.Request) error {
	form, err := porch.ReadForm(r)
	q.typed, q.posted = form, true
	return q.wrong.take(q.v, err)
}

// take keeps what the law says is wrong, and a refusal about the whole.
func (q *questions) take(err error) error {
	var one *complaint.Error
	if errors.As(err, &one) && (one.Kind == complaint.Stale || one.Kind == complaint.Refused && one.Key != "error.forbidden") {
		q.wrong.add("", q.v.Say(one.Key, one.Args...))
		return nil
	}
	return q.wrong.take(q.v, err)
}

func (q *questions) failed() bool { return len(q.wrong) > 0 }

// ask makes a field; now is what stands there when nothing was typed.
func (q *questions) ask(name, label, now string, more ...func(*page.Field)) page.Field {
	f := page.Field{Name: name, Label: q.v.Say(label), Value: now, Error: q.wrong[name]}
	if q.posted {
		f.Value = q.typed.Raw(name)
	}
	for _, change := range more {
		change(&f)
	}
	q.asked = append(q.asked, f)
	return f
}

func (q *questions) line(name, label, now string, more ...func(*page.Field)) templ.Component {
	return page.Input(q.v, q.ask(name, label, now, more...))
}

func (q *questions) day(name, label, now string, more ...func(*page.Field)) templ.Component {
	return page.DateInput(q.v, q.ask(name, label, now, more...))
}

// ticks asks for any number of answers.
func (q *questions) ticks(name, label string, now []string, options []page.Option, more ...func(*page.Field)) templ.Component {
	more = append(more, func(f *page.Field) {
		f.Options, f.Values = options, now
		if q.posted {
			f.Values = q.typed.All(name)
		}
	})
	return page.Checks(q.v, q.ask(name, label, "", more...))
}

// choice asks to choose one of a list; nobody is an answer when it is named.
func (q *questions) choice(name, label, now, none string, options []page.Option, more ...func(*page.Field)) templ.Component {
	more = append(more, func(f *page.Field) { f.Options = append([]page.Option{{Label: none}}, options...) })
	return page.Select(q.v, q.ask(name, label, now, more...))
}

// mistakes lists what is wrong, in the order of the form, what concerns the whole last.
func (q *questions) mistakes() []page.FieldError {
	var order []string
	labels := map[string]string{}
	for _, f := range q.asked {
		order = append(order, f.Name)
		labels[f.Name] = f.Label
	}
	return q.wrong.list(order, func(field string) string { return labels[field] })
}
