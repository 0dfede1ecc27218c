package page

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Width is how wide a field is: about as many characters as are expected.
type Width string

const (
	Full    Width = ""
	Width4  Width = "gh-input--4"
	Width7  Width = "gh-input--7"
	Width20 Width = "gh-input--20"
)

// A Field is one question of a form. All field components take it; each uses
// what it needs. ID defaults to Name. Value is what was typed, shown again as it
// was.
type Field struct {
	ID, Name           string
	Label, Hint, Error string
	Value              string
	Values             []string // Checks: the values that are ticked
	Optional           bool     // adds "(mag u leeg laten)" to the label
	Width              Width
	Type               string // Input: email, tel, search, password, ... ("" = text)
	InputMode          string // numeric, for codes
	Autocomplete       string // "" = off: staff type other people's data
	Voice              bool   // somebody else's words: serif
	Rows               int    // Textarea, 0 = 4
	Min, Max           string // DateInput: 2026-11-22
	Accept             string // FileInput: "image/*,.pdf"
	Multiple           bool   // FileInput: more than one
	Checked            bool   // Checkbox
	Options            []Option
	Inline             bool // Radios, Checks: side by side
	Title              bool // Radios, Checks, Group: the question is a heading
	Autofocus          bool // the one field of a page, as on log-in
}

// Option is one answer. Reveal is shown while it is chosen, without a script.
// Radios and Checks only: Hint and Reveal.
type Option struct {
	Value, Label, Hint string
	Reveal             templ.Component
	Hides              bool // Radios: while chosen, the gh-named part of the form is hidden
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

func (f Field) hintID() string  { return f.id() + "-uitleg" }
func (f Field) errorID() string { return f.id() + "-fout" }

// box marks a field that has a mistake.
func (f Field) box() templ.Attributes {
	if f.Error == "" {
		return nil
	}
	return templ.Attributes{"class": "gh-field--bad"}
}

func (f Field) classes() []string {
	classes := []string{"gh-input"}
	if f.Width != Full {
		classes = append(classes, string(f.Width))
	}
	if f.Voice {
		classes = append(classes, "gh-input--voice")
	}
	return classes
}

// described ties the field to its hint and its mistake, so that a screen reader
// says both.
func (f Field) described() templ.Attributes {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.hintID())
	}
	if f.Error != "" {
		ids = append(ids, f.errorID())
	}
	if len(ids) == 0 {
		return nil
	}
	return templ.Attributes{"aria-describedby": strings.Join(ids, " ")}
}

// control is what every control has in common. There is no maxlength: browsers
// cut pasted text off without a word, and the server says it kindly.
func (f Field) control() templ.Attributes {
	attrs := f.described()
	if attrs == nil {
		attrs = templ.Attributes{}
	}
	if f.Error != "" {
		attrs["aria-invalid"] = "true"
	}
	if f.Autofocus {
		attrs["autofocus"] = true
	}
	attrs["autocomplete"] = f.Autocomplete
	if f.Autocomplete == "" {
		attrs["autocomplete"] = "off"
	}
	return attrs
}

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() string {
	if f.Rows == 0 {
		return "4"
	}
	return strconv.Itoa(f.Rows)
}

// text keeps the first line break of a textarea, which HTML would swallow.
func (f Field) text() string {
	if strings.HasPrefix(f.Value, "\n") || strings.HasPrefix(f.Value, "\r\n") {
		return "\n" + f.Value
	}
	return f.Value
}

// optionID gives the first option the field's own id, so that a link in the
// error summary lands on it.
func (f Field) optionID(i int) string {
	if i == 0 {
		return f.id()
	}
	return f.id() + "-" + strconv.Itoa(i+1)
}

func (f Field) optionHintID(i int) string { return f.optionID(i) + "-bij" }

func (f Field) ticked(value string) bool { return slices.Contains(f.Values, value) }

// legend is the class of the question above a group of answers.
func (f Field) legend() string {
	if f.Title {
		return "gh-legend gh-legend--title"
	}
	return "gh-legend"
}
