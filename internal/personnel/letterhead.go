package personnel

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// longestParagraph keeps a letter on its page.
const longestParagraph = 600

// FieldParagraph names the field of the own paragraph of a kind of letter.
func FieldParagraph(kind record.LetterKind, language string) string {
	return "paragraph_" + string(kind) + "_" + language
}

// FieldContact names the field of the contact person of a department.
func FieldContact(department string) string { return "contact_" + department }

// ChangeParagraphs changes the organisation's own paragraph per kind of letter and
// language, by the names of their fields. Letters that were made keep what they say.
func (p *Personnel) ChangeParagraphs(ctx context.Context, who complaint.Person, seen string, typed map[string]string) error {
	if err := mayManage(who); err != nil {
		return err
	}
	var m complaint.Mistakes
	texts := map[string]string{}
	for _, kind := range record.LetterKinds() {
		for _, language := range languages {
			field := FieldParagraph(kind, language)
			plain := plainText(typed[field])
			if utf8.RuneCountInString(plain) > longestParagraph {
				m.Add(field, "error.too_long", "Max", longestParagraph)
			}
			if plain != "" {
				texts[record.ParagraphKey(kind, language)] = plain
			}
		}
	}
	if err := m.Err(); err != nil {
		return err
	}
	return p.changeSettings(ctx, who, seen, func(is *record.Organisation) error {
		is.Paragraphs = texts
		return nil
	})
}

// plainText keeps what a person reads: lines, without signs that steer a screen or a
// printer, and never more than one empty line between two.
func plainText(typed string) string {
	typed = strings.ReplaceAll(typed, "\r\n", "\n")
	typed = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
			return -1
		}
		return r
	}, typed)
	var lines []string
	for line := range strings.Lines(typed) {
		line = strings.TrimSpace(line)
		if n := len(lines); line == "" && (n == 0 || lines[n-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// ChangeContacts changes who can be called about complaints of a department, by
// department; "" for whoever writes the letter.
func (p *Personnel) ChangeContacts(ctx context.Context, who complaint.Person, seen string, contacts map[string]complaint.Actor) error {
	if err := mayManage(who); err != nil {
		return err
	}
	people, err := p.Cupboard.People(ctx)
	if err != nil {
		return wrapped("settings", err)
	}
	var m complaint.Mistakes
	is := map[string]complaint.Actor{}
	for _, d := range people.Departments {
		id := contacts[d.ID]
		if id == "" || !d.Active {
			continue
		}
		if s, known := people.Member(id); !known || !s.Active {
			m.Add(FieldContact(d.ID), "error.unknown_choice")
		}
		is[d.ID] = id
	}
	if err := m.Err(); err != nil {
		return err
	}
	return p.changeSettings(ctx, who, seen, func(o *record.Organisation) error {
		o.Contacts = is
		return nil
	})
}

// letterFields adds the paragraphs and contact persons to the fields of the settings.
func letterFields(o record.Organisation, all map[string]string) {
	for key, text := range o.Paragraphs {
		kind, language, _ := strings.Cut(key, ".")
		all[FieldParagraph(record.LetterKind(kind), language)] = text
	}
	for department, id := range o.Contacts {
		all[FieldContact(department)] = string(id)
	}
}

// otherFields gives the names of fields that are not on the fixed list, in order.
func otherFields(maps ...map[string]string) []string {
	var names []string
	for _, m := range maps {
		for name := range m {
			if !slices.Contains(settingFields, name) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}
