package complaint

import (
	"fmt"
	"log/slog"
)

// shielded is all that a Private ever shows of itself.
const shielded = "[afgeschermd]"

// Private is text that may only be stored sealed: names, stories, remarks. Printing,
// logging or marshalling it gives "[afgeschermd]"; only Reveal gives the text, and a
// test lists who calls it.
type Private struct{ text string }

// Hide makes text private.
func Hide(text string) Private { return Private{text} }

// Reveal gives the text back. Every caller stands in the list of private_test.go.
func Reveal(p Private) string { return p.text }

// IsEmpty reports whether there is no text.
func (p Private) IsEmpty() bool { return p.text == "" }

// String gives "[afgeschermd]".
func (p Private) String() string { return shielded }

// Format gives "[afgeschermd]" for every verb.
func (p Private) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(shielded)) }

// LogValue gives "[afgeschermd]".
func (p Private) LogValue() slog.Value { return slog.StringValue(shielded) }

// MarshalJSON gives "[afgeschermd]", so that no careless encoder spills a text.
func (p Private) MarshalJSON() ([]byte, error) { return []byte(`"` + shielded + `"`), nil }
