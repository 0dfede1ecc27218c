package dossier

import (
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/words"
)

// The questions of a sheet. Each makes a field with its label, hint, typed value and
// mistake, and remembers it for the summary of mistakes.

// line asks for one line.
func (s *sheet) line(name, proposal string, more ...func(*page.Field)) templ.Component {
	return page.Input(s.voice, s.asks(name, proposal, more...))
}

// area asks for a longer text.
func (s *sheet) area(name, proposal string, more ...func(*page.Field)) templ.Component {
	return page.Textarea(s.voice, s.asks(name, proposal, more...))
}

// date asks for a day.
func (s *sheet) date(name string, proposal calendar.Date, more ...func(*page.Field)) templ.Component {
	return page.DateInput(s.voice, s.asks(name, proposal.String(), more...))
}

// radios asks to choose one answer.
func (s *sheet) radios(name, proposal string, options []page.Option, more ...func(*page.Field)) templ.Component {
	more = append(more, func(f *page.Field) { f.Options = options })
	return page.Radios(s.voice, s.asks(name, proposal, more...))
}

// list asks to choose one of many.
func (s *sheet) list(name, proposal string, options []page.Option, more ...func(*page.Field)) templ.Component {
	more = append(more, func(f *page.Field) {
		f.Options = append([]page.Option{{Label: s.voice.Say("common.choose")}}, options...)
	})
	return page.Select(s.voice, s.asks(name, proposal, more...))
}

// tick asks to agree with a statement.
func (s *sheet) tick(name string, proposal bool, more ...func(*page.Field)) templ.Component {
	more = append(more, func(f *page.Field) {
		f.Value, f.Checked = "ja", proposal
		if s.posted {
			f.Checked = s.typed.Ticked(name, "")
		}
	})
	return page.Checkbox(s.asks(name, "", more...))
}

// files asks for files.
func (s *sheet) files(name string) templ.Component {
	return page.FileInput(s.voice, s.asks(name, "", func(f *page.Field) { f.Multiple = true }))
}

// asks makes a field. What was typed wins from the proposal, also when it was emptied.
func (s *sheet) asks(name, proposal string, more ...func(*page.Field)) page.Field {
	f := page.Field{ID: name, Name: name, Label: s.word("ask", name), Hint: s.hint(name), Value: proposal}
	if s.posted {
		f.Value = s.typed.Raw(name)
	}
	for _, m := range s.wrong {
		if s.at(m.Field) == name {
			f.Error = s.voice.Say(m.Key, m.Args...)
			break
		}
	}
	for _, add := range more {
		add(&f)
	}
	s.fields[name] = f
	return f
}

// at gives the form's field for a field of the law.
func (s *sheet) at(law string) string {
	if s.taskForm.field != nil {
		return s.taskForm.field(s, law)
	}
	return law
}

// word says a sentence of this task when it has one of its own, else the common one:
// ask.withdraw.said, or ask.said.
func (s *sheet) word(family, name string, args ...any) string {
	if own := family + "." + string(s.task) + "." + name; s.voice.Has(own) {
		return s.voice.Say(own, args...)
	}
	return s.voice.Say(family+"."+name, args...)
}

func (s *sheet) hint(name string) string {
	for _, key := range []string{"hint." + string(s.task) + "." + name, "hint." + name} {
		if s.voice.Has(key) {
			return s.voice.Say(key)
		}
	}
	return ""
}

// say says a sentence of this task: task.withdraw.button.
func (s *sheet) say(part string, args ...any) string {
	return s.voice.Say("task."+string(s.task)+"."+part, args...)
}

func (s *sheet) title() string { return s.voice.Say("task." + string(s.task)) }

// group puts questions that belong together under one heading.
func (s *sheet) group(name string, questions ...templ.Component) templ.Component {
	f := page.Field{ID: "groep-" + name, Label: s.say("group." + name), Hint: s.hint("group." + name), Title: true}
	return grouped(s.voice, f, templ.Join(questions...))
}

// besides puts short questions side by side.
func besides(questions ...templ.Component) templ.Component {
	return sideBySide(templ.Join(questions...))
}

// options gives answers with codes of the law; option.<name>.<code> has the words.
func (s *sheet) options(name string, codes ...string) []page.Option {
	var list []page.Option
	for _, code := range codes {
		o := page.Option{Value: code, Label: s.word("option", name+"."+code)}
		if key := "option." + string(s.task) + "." + name + "." + code + ".hint"; s.voice.Has(key) {
			o.Hint = s.voice.Say(key)
		}
		list = append(list, o)
	}
	return list
}

// revealing shows questions under the answer with that code, while it is chosen.
func revealing(options []page.Option, code string, questions ...templ.Component) []page.Option {
	for i := range options {
		if options[i].Value == code {
			options[i].Reveal = templ.Join(questions...)
		}
	}
	return options
}

// choices gives answers that the procedure lists, in its own words.
func choices(v *words.Voice, list []complaint.Choice) []page.Option {
	var options []page.Option
	for _, c := range list {
		options = append(options, page.Option{Value: c.Code, Label: v.Label(c.Label)})
	}
	return options
}

// day reads a date as the browser sends it, or as a person types it. A date that does
// not exist is a mistake; an empty one is the law's business.
func (s *sheet) day(name string) calendar.Date {
	typed := s.typed.Text(name)
	if typed == "" {
		return calendar.Date{}
	}
	if d, err := calendar.Parse(typed); err == nil {
		return d
	}
	if parts := strings.FieldsFunc(typed, func(r rune) bool { return r == '-' || r == '/' || r == '.' || r == ' ' }); len(parts) == 3 {
		if d, err := calendar.Parse(parts[2] + "-" + twoDigits(parts[1]) + "-" + twoDigits(parts[0])); err == nil {
			return d
		}
	}
	s.wrong.Add(name, "error.not_a_date")
	return calendar.Date{}
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
