package complaint

import (
	"errors"
	"strings"
)

// ErrorKind says what a refusal is about, so that a door can choose how to show it.
type ErrorKind string

// The kinds of refusal.
const (
	Invalid     ErrorKind = "invalid"     // something typed is wrong
	Refused     ErrorKind = "refused"     // the dossier's state does not allow the task
	NotFound    ErrorKind = "not_found"   // does not exist, or may not be seen: the same answer
	Stale       ErrorKind = "stale"       // steps happened since the form was made
	UsedKey     ErrorKind = "used_key"    // the request key was used with other content
	Unavailable ErrorKind = "unavailable" // the register cannot answer now
)

// Error is a refusal that a person may see. Key names a sentence in words, Args are
// its alternating names and values; Field is the form field it belongs to, or "".
type Error struct {
	Kind  ErrorKind
	Field string
	Key   string
	Args  []any
}

// Error gives kind, field and key: for logs, never for people.
func (e *Error) Error() string {
	return string(e.Kind) + ": " + strings.TrimPrefix(e.Field+" "+e.Key, " ")
}

// Mistakes are all that is wrong with what was typed, at once.
type Mistakes []*Error

// Error lists the mistakes by key.
func (m Mistakes) Error() string {
	parts := make([]string, len(m))
	for i, e := range m {
		parts[i] = e.Error()
	}
	return strings.Join(parts, "; ")
}

// Add notes a mistake in a field.
func (m *Mistakes) Add(field, key string, args ...any) {
	*m = append(*m, &Error{Kind: Invalid, Field: field, Key: key, Args: args})
}

// Join adds the mistakes of err, when it has any, and gives any other error back.
func (m *Mistakes) Join(err error) error {
	var more Mistakes
	if errors.As(err, &more) {
		*m = append(*m, more...)
		return nil
	}
	return err
}

// Err gives nil when there are no mistakes.
func (m Mistakes) Err() error {
	if len(m) == 0 {
		return nil
	}
	return m
}

// IsKind reports whether err is a refusal of that kind.
func IsKind(err error, kind ErrorKind) bool {
	var one *Error
	if errors.As(err, &one) {
		return one.Kind == kind
	}
	var many Mistakes
	return errors.As(err, &many) && kind == Invalid
}

// ErrNotFound is the answer for what does not exist and for what may not be seen.
var ErrNotFound = &Error{Kind: NotFound, Key: "error.not_found"}

// refused says that the state does not allow a task.
func refused(key string, args ...any) error { return &Error{Kind: Refused, Key: key, Args: args} }
