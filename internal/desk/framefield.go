package desk

import (
	"gehoor/internal/calendar"
	"gehoor/internal/page"
	"gehoor/internal/words"
)

// What a question can have more than a name and a value.
func optional(f *page.Field) { f.Optional = true }

func theirWords(f *page.Field) { f.Voice = true }

func inOneRow(f *page.Field) { f.Inline = true }

func narrow(f *page.Field) { f.Width = page.Width20 }

func short(f *page.Field) { f.Width = page.Width7 }

func rows(lines int) func(*page.Field) { return func(f *page.Field) { f.Rows = lines } }

func hint(text string) func(*page.Field) { return func(f *page.Field) { f.Hint = text } }

func between(first, last calendar.Date) func(*page.Field) {
	return func(f *page.Field) { f.Min, f.Max = first.String(), last.String() }
}

func ofType(kind, autocomplete string) func(*page.Field) {
	return func(f *page.Field) { f.Type, f.Autocomplete = kind, autocomplete }
}

func backTo(v *words.Voice, label, path string) *page.Link {
	return &page.Link{Label: v.Say(label), Href: path, Icon: page.NoIcon}
}
