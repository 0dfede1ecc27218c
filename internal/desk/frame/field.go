package frame

import (
	"gehoor/internal/calendar"
	"gehoor/internal/page"
)

// Optional says that a field may stay empty.
func Optional(f *page.Field) { f.Optional = true }

// TheirWords shows that what is typed are the complainant's own words.
func TheirWords(f *page.Field) { f.Voice = true }

// InOneRow puts the answers to choose from beside each other.
func InOneRow(f *page.Field) { f.Inline = true }

// Narrow is for a name or a number.
func Narrow(f *page.Field) { f.Width = page.Width20 }

// Short is for a few characters.
func Short(f *page.Field) { f.Width = page.Width7 }

// Rows gives a longer text its height.
func Rows(lines int) func(*page.Field) { return func(f *page.Field) { f.Rows = lines } }

// Hint explains what is asked.
func Hint(text string) func(*page.Field) { return func(f *page.Field) { f.Hint = text } }

// Between bounds a day; the law judges it all the same.
func Between(first, last calendar.Date) func(*page.Field) {
	return func(f *page.Field) { f.Min, f.Max = first.String(), last.String() }
}

// OfType sets the kind of an input and what a browser may fill in by itself.
func OfType(kind, autocomplete string) func(*page.Field) {
	return func(f *page.Field) { f.Type, f.Autocomplete = kind, autocomplete }
}
