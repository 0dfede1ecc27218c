// Package words holds every sentence gehoor says, in Dutch and English.
//
// The sentences stand in nl/*.toml and en/*.toml, one file per subject, with
// flat quoted keys:
//
//	["error.too_long"]
//	other = "Gebruik hier niet meer dan {{.Max}} tekens."
//
// A key means one thing and says it the same way everywhere. Sentences with a
// number have the forms "one" and "other".
package words

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

//go:embed nl/*.toml en/*.toml
var files embed.FS

// First is the language gehoor speaks when nobody asked for another.
const First = "nl"

// languages in the order in which they are offered.
var languages = []string{"nl", "en"}

// Languages lists the codes of the languages gehoor speaks, first one first.
func Languages() []string { return append([]string(nil), languages...) }

// A Catalog is every sentence in every language. It never changes after Load.
type Catalog struct {
	voices map[string]*Voice
}

// Load reads the embedded sentences. A sentence written twice is an error.
func Load() (*Catalog, error) { return load(files) }

func load(from fs.FS) (*Catalog, error) {
	c := &Catalog{voices: map[string]*Voice{}}
	for _, lang := range languages {
		v, err := loadVoice(from, lang)
		if err != nil {
			return nil, fmt.Errorf("words: %w", err)
		}
		c.voices[lang] = v
	}
	for _, v := range c.voices {
		v.labels = map[string]string{}
		for key, text := range c.voices[First].texts {
			if strings.HasPrefix(key, "label.") {
				v.labels[text] = v.texts[key]
			}
		}
	}
	return c, nil
}

// Speak gives the voice for a language code; unknown codes get Dutch.
func (c *Catalog) Speak(lang string) *Voice {
	if v, ok := c.voices[lang]; ok {
		return v
	}
	return c.voices[First]
}

// A Voice says sentences and dates in one language.
// It may be used by many requests at once.
type Voice struct {
	lang    string
	texts   map[string]string // every sentence, as it stands in its file
	speaker *i18n.Localizer   // knows those that have to be filled in or counted
	labels  map[string]string // those of the shipped procedures, by how they are written there
}

// Lang is the language code, for <html lang>.
func (v *Voice) Lang() string { return v.lang }

// Has says whether a sentence exists.
func (v *Voice) Has(key string) bool {
	_, ok := v.texts[key]
	return ok
}

// Label says a label of a procedure file, as of a reason or a category. Those that gehoor
// ships are known in every language; one of the organisation's own stays as it is written.
func (v *Voice) Label(written string) string {
	if said := v.labels[written]; said != "" {
		return said
	}
	return written
}

// Keys lists all keys in order, for tests that walk over them.
func (v *Voice) Keys() []string {
	keys := make([]string, 0, len(v.texts))
	for key := range v.texts {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// Say gives the sentence for key, with args as alternating name and value:
// Say("error.too_long", "Max", 80). A Day is written as Date does. A sentence that is missing comes back as
// ⟦key⟧, so that it is seen on the page and found by tests.
func (v *Voice) Say(key string, args ...any) string {
	text, ok := v.texts[key]
	if !ok {
		return missing(key)
	}
	if !strings.Contains(text, "{{") {
		return text // most sentences: no template, no allocation
	}
	return v.localize(key, nil, v.pairs(args))
}

// Count gives the sentence for n things; the text may use {{.N}}.
func (v *Voice) Count(key string, n int, args ...any) string {
	if !v.Has(key) {
		return missing(key)
	}
	data := v.pairs(args)
	data["N"] = n
	return v.localize(key, n, data)
}

// localize lets go-i18n choose the plural form and fill in the template.
// go-i18n parses each template once and keeps it.
func (v *Voice) localize(key string, n any, data map[string]any) string {
	said, err := v.speaker.Localize(&i18n.LocalizeConfig{
		MessageID:      key,
		PluralCount:    n,
		TemplateData:   data,
		TemplateParser: parser,
	})
	if err != nil {
		return missing(key)
	}
	return said
}

// parser refuses a sentence whose fields are not all given: a letter that says
// "<no value>" is worse than a key that somebody reports.
var parser = &template.TextParser{Option: "missingkey=error"}

func missing(key string) string { return "⟦" + key + "⟧" }

// pairs turns alternating names and values into what a template reads. A date
// is written out: a refusal of the law carries dates, not sentences.
func (v *Voice) pairs(args []any) map[string]any {
	data := make(map[string]any, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		value := args[i+1]
		if d, ok := value.(Day); ok {
			value = v.Date(d)
		}
		data[fmt.Sprint(args[i])] = value
	}
	return data
}

// loadVoice reads one folder. Each language has a bundle of its own, so that a
// missing sentence never silently comes in the other language.
func loadVoice(from fs.FS, lang string) (*Voice, error) {
	tag := language.Make(lang)
	bundle := i18n.NewBundle(tag)
	v := &Voice{lang: lang, texts: map[string]string{}}
	names, err := fs.Glob(from, lang+"/*.toml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := v.read(bundle, tag, from, name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	v.speaker = i18n.NewLocalizer(bundle, lang)
	return v, nil
}

// read adds the sentences of one file. go-i18n gets those that have to be filled in or
// counted: it holds ten times the text of a sentence.
func (v *Voice) read(bundle *i18n.Bundle, tag language.Tag, from fs.FS, name string) error {
	messages, err := written(from, name)
	if err != nil {
		return err
	}
	for _, m := range messages {
		if v.Has(m.ID) {
			return fmt.Errorf("%q is written twice", m.ID)
		}
		v.texts[m.ID] = m.Other
		if m.One == "" && !strings.Contains(m.Other, "{{") {
			continue
		}
		if err := bundle.AddMessages(tag, m); err != nil {
			return err
		}
	}
	return nil
}

// written gives what stands in a file. Its path tells go-i18n the language and the format,
// nothing else.
func written(from fs.FS, name string) ([]*i18n.Message, error) {
	text, err := fs.ReadFile(from, name)
	if err != nil {
		return nil, err
	}
	file, err := i18n.ParseMessageFileBytes(text, path.Dir(name)+path.Ext(name), map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal})
	if err != nil {
		return nil, err
	}
	return file.Messages, nil
}
