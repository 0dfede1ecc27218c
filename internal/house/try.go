package house

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// Tries is what a visitor of the demo can try at the counter. Codes and tokens are known
// because the furnishing listened when they were made: of a real register nobody knows them.
type Tries struct {
	Codes []Try  `json:"codes"`
	Token string `json:"token"` // of a link to a text that waits for a yes
}

// Try is a number with its code.
type Try struct {
	Number, Code string
	State        complaint.State
}

// listening is a safe that remembers which codes and tokens it hashed.
type listening struct {
	office.Safe
	codes  map[string]string // by number
	tokens []string
}

// CodeHash remembers the code.
func (l *listening) CodeHash(number, code string) []byte {
	l.codes[number] = code
	return l.Safe.CodeHash(number, code)
}

// Index remembers the token of a link.
func (l *listening) Index(purpose string, parts ...string) []byte {
	if purpose == office.LinkPurpose {
		l.tokens = append(l.tokens, parts[0])
	}
	return l.Safe.Index(purpose, parts...)
}

// FurnishDemo is Furnish for the demo: it tells which codes and which link can be tried.
func (h *House) FurnishDemo(ctx context.Context, progress func(done, all int)) (t Tries, err error) {
	safe := &listening{Safe: h.Office.Safe, codes: map[string]string{}}
	h.Office.Safe = safe
	err = h.Furnish(ctx, progress)
	h.Office.Safe = safe.Safe
	if err != nil {
		return t, err
	}
	for _, state := range []complaint.State{complaint.ExtensionProposed, complaint.InHandling} {
		found, _, err := h.Store.List(ctx, complaint.Sight{All: true}, record.Filter{Limit: 500})
		if err != nil {
			return t, err
		}
		for _, d := range found {
			if code := safe.codes[d.Number]; code != "" && d.State == state && len(d.Code) > 0 && d.MayFollow() {
				t.Codes = append(t.Codes, Try{Number: d.Number, Code: code, State: d.State})
				break
			}
		}
	}
	for _, token := range safe.tokens {
		if got, err := h.Office.TextBehind(ctx, token, false); err == nil && got.Standing == complaint.LinkOpen {
			t.Token = token
		}
	}
	return t, nil
}
