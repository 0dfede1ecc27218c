package form

import (
	"fmt"
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/page"
)

// hidden is what every step carries along.
func (s *sheet) hidden() []page.Hidden {
	return []page.Hidden{{Name: stateField, Value: s.sealed}, {Name: stepField, Value: fmt.Sprint(s.at)}}
}

func (s *sheet) line(name string, change ...func(*page.Field)) page.Field {
	f := page.Field{Name: name}
	for _, c := range change {
		c(&f)
	}
	return s.ask(f)
}

func optional(f *page.Field) { f.Optional = true }

func wide(w page.Width) func(*page.Field) { return func(f *page.Field) { f.Width = w } }

func known(autocomplete string) func(*page.Field) {
	return func(f *page.Field) { f.Autocomplete = autocomplete }
}

func kind(t string) func(*page.Field) { return func(f *page.Field) { f.Type = t } }

// words are a few words that are for us alone. Browsers offer what was typed in an input to
// who uses the computer next; of a textarea they keep nothing.
func (s *sheet) words(name string) page.Field {
	return s.ask(page.Field{Name: name, Optional: true, Width: page.Width20, Rows: 1})
}

// story is the one question of the first step.
func (s *sheet) story() page.Field {
	return s.ask(page.Field{Name: "description", Voice: true, Rows: 9})
}

func (s *sheet) file() page.Field {
	f := s.ask(page.Field{Name: fileField, Optional: true, Multiple: true})
	f.Hint = s.voice.Count("form.file.hint", frame.MostFiles)
	return f
}

// kept are the files that came along already, each with a tick that may be taken away.
func (s *sheet) kept() page.Field {
	var files []page.Option
	for _, k := range s.state.Files {
		files = append(files, page.Option{Value: k.ID, Label: k.Name})
	}
	return frame.KeptFiles(s.voice, keptField, files)
}

func (s *sheet) wishField() page.Field {
	return s.ask(page.Field{Name: "wish", Title: true, Options: s.answers("wish", wishes...)})
}

func (s *sheet) wishText() page.Field {
	return s.ask(page.Field{Name: "desired_outcome", Voice: true, Rows: 4})
}

// subjects are the kinds of the procedure; each reveals what belongs to it.
func (s *sheet) subjects() page.Field {
	var codes []string
	for _, x := range s.rules.Subjects {
		codes = append(codes, string(x.Kind))
	}
	f := s.ask(page.Field{Name: "subject", Title: true, Options: s.answers("subject", codes...)})
	for i, x := range s.rules.Subjects {
		if len(x.Categories) > 0 || x.Kind == complaint.AboutEmployee {
			f.Options[i].Reveal = aboutSubject(s, x)
		}
	}
	return f
}

func (s *sheet) talk() page.Field {
	return s.ask(page.Field{Name: "talk", Inline: true, Optional: true, Options: s.answers("talk", talks...)})
}

// categories are those of one kind of subject.
func (s *sheet) categories(x complaint.SubjectRule) page.Field {
	f := s.ask(page.Field{ID: "category-" + string(x.Kind), Name: "category", Optional: true, Options: []page.Option{{Label: s.voice.Say("form.category.none")}}})
	f.Value = ""
	for _, c := range x.Categories {
		f.Options = append(f.Options, page.Option{Value: c.Code, Label: s.voice.Label(c.Label)})
		if slices.Contains(f.Values, c.Code) {
			f.Value = c.Code
		}
	}
	return f
}

// chosen are the categories of the subjects that were chosen, one for each at most. The
// register holds the first; the title names them all.
func (s *sheet) chosen() map[complaint.SubjectKind]complaint.Choice {
	all := map[complaint.SubjectKind]complaint.Choice{}
	for _, x := range s.rules.Subjects {
		if !slices.Contains(s.state.Values["subject"], string(x.Kind)) {
			continue
		}
		for _, c := range x.Categories {
			if _, has := all[x.Kind]; !has && slices.Contains(s.state.Values["category"], c.Code) {
				all[x.Kind] = c
			}
		}
	}
	return all
}

// giveName asks whether somebody gives a name; the answer no hides the rest.
func (s *sheet) giveName() page.Field {
	f := s.ask(page.Field{Name: "give_name", Options: s.answers("give_name", yes, "no")})
	if f.Value == "" {
		f.Value = yes
	}
	f.Options[1].Hides = true
	return f
}

func (s *sheet) forWhom() page.Field {
	f := s.ask(page.Field{Name: "for_whom", Options: s.answers("for_whom", "self", forOther)})
	if f.Value == "" {
		f.Value = "self"
	}
	f.Options[1].Reveal = forSomebody(s)
	return f
}

func (s *sheet) caller() page.Field {
	f := s.ask(page.Field{Name: "caller_knows"})
	f.Checked = f.Value != ""
	f.Value = ""
	return f
}

// way asks how the answer goes; each way reveals what it needs.
func (s *sheet) way() page.Field {
	f := s.ask(page.Field{Name: "way", Options: s.answers("way", "letter", "email")})
	f.Options[0].Reveal, f.Options[1].Reveal = askAddress(s), page.Input(s.voice, s.line("email", kind("email"), known("email"), wide(page.Width20)))
	return f
}

func (s *sheet) member() page.Field {
	f := s.ask(page.Field{Name: "member", Inline: true, Optional: true, Options: s.answers("member", string(complaint.MemberYes), string(complaint.MemberNo), string(complaint.MemberUnknown))})
	f.Label = s.voice.Say("form.member", "Organisation", frame.Us(s.voice, s.org))
	return f
}

// part is what was answered in one step, to look over.
type part struct {
	at    int
	title string
	pairs []page.Pair
}

// parts are all answers, step by step.
func (s *sheet) parts() []part {
	var list []part
	for at := stepStory; at < stepCheck; at++ {
		p := part{at: at, title: s.voice.Say("form.title." + fmt.Sprint(at))}
		for _, name := range answersOf[at] {
			if text := s.answered(name); text != "" {
				p.pairs = append(p.pairs, page.Pair{Term: strings.TrimRight(s.label(name), "?"), Value: text})
			}
		}
		if at == stepStory && len(s.state.Files) > 0 {
			var names []string
			for _, f := range s.state.Files {
				names = append(names, f.Name)
			}
			p.pairs = append(p.pairs, page.Pair{Term: s.voice.Say("form.kept"), Value: strings.Join(names, "\n")})
		}
		list = append(list, p)
	}
	return list
}

func (s *sheet) label(name string) string {
	return s.voice.Say("form."+name, "Organisation", frame.Us(s.voice, s.org))
}

// choices are the questions with one answer of a few; of everything else the answer is
// what was typed.
var choices = []string{"talk", "give_name", "for_whom", "way", "member", "caller_knows"}

// answered is the answer to one question in words, or "" when it does not count.
func (s *sheet) answered(name string) string {
	text := s.value(name)
	switch name {
	case "wish", "subject":
		var list []string
		for _, code := range s.state.Values[name] {
			if s.voice.Has("form." + name + "." + code) {
				list = append(list, s.voice.Say("form."+name+"."+code))
			}
		}
		return strings.Join(list, "\n")
	case "category":
		var list []string
		chosen := s.chosen()
		for _, x := range s.rules.Subjects {
			if c, has := chosen[x.Kind]; has {
				list = append(list, s.voice.Label(c.Label))
			}
		}
		return strings.Join(list, "\n")
	case "talk", "concerned":
		if !slices.Contains(s.state.Values["subject"], string(complaint.AboutEmployee)) {
			return ""
		}
	case "give_name":
		if !s.rules.Anonymity.Nameless {
			return ""
		}
	case "email":
		if s.value("way") != "email" {
			return ""
		}
	case "street", "house", "postcode", "town", "country":
		if s.value("way") != "letter" {
			return ""
		}
	case "caller_name", "caller_relation", "caller_knows":
		if s.value("for_whom") != forOther {
			return ""
		}
	}
	if coded := slices.Contains(choices, name); coded && text != "" && s.voice.Has("form."+name+"."+text) {
		return s.voice.Say("form." + name + "." + text)
	} else if coded {
		return ""
	}
	return text
}
