package office

import (
	"context"
	"crypto/subtle"
	"math"
	"net/netip"
	"strings"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Proof is a number with its code, as somebody outside typed them. From is for the budgets:
// it is forgotten within the hour and written nowhere.
type Proof struct {
	Number, Code string
	From         netip.Addr
}

// slipOfThePen says what is wrong with a number or a code that nobody was given: it is no
// guess, and tells nothing of what exists.
func (p Proof) slipOfThePen(kind string) error {
	var m complaint.Mistakes
	code := len(onlyDigits(p.Code))
	switch {
	case strings.TrimSpace(p.Number) == "":
		m.Add("number", "error.required")
	case !strings.HasPrefix(tidyNumber(p.Number), "20"):
		m.Add("number", "error.number_form")
	}
	switch {
	case strings.TrimSpace(p.Code) == "":
		m.Add("code", "error.required")
	case kind == slipCode && code != codeDigits:
		m.Add("code", "error.slip_length")
	case code != codeDigits && code != namelessDigits:
		m.Add("code", "error.code_length")
	}
	return m.Err()
}

// errProof is the one answer to an unknown number and to a wrong code.
func errProof() error {
	return &complaint.Error{Kind: complaint.Invalid, Field: "code", Key: "error.code_wrong"}
}

// errSlower says how long to wait.
func errSlower(wait time.Duration) error {
	if wait <= time.Minute {
		return &complaint.Error{Kind: complaint.Refused, Field: "code", Key: "error.code_moment"}
	}
	return &complaint.Error{Kind: complaint.Refused, Field: "code", Key: "error.code_wait", Args: []any{"Minutes", int(math.Ceil(wait.Minutes()))}}
}

// prove sees whether a code belongs to a number. An unknown number costs what a wrong code
// costs, time included, and gets the same answer. what is the kind of code: each counts by
// itself. hash makes the slow keyed hash; right gives those that the number has.
func (o *Office) prove(ctx context.Context, what string, p Proof, hash func(number, code string) []byte, right func(number string) ([][]byte, error)) error {
	number, code := tidyNumber(p.Number), onlyDigits(p.Code)
	if err := p.slipOfThePen(what); err != nil {
		return err
	}
	if !o.Safe.ValidCode(code) {
		return errProof() // that is no guess either: no code looks so
	}
	key := o.Safe.Index(what, number)
	leave, err := o.turn(ctx, p.From, int(key[0]))
	if err != nil {
		return err
	}
	defer leave()
	tries, err := o.tries(ctx, key, p.From)
	if err != nil {
		return err
	}
	given := hash(number, code)
	hashes, err := right(number)
	if err != nil {
		return err
	}
	if !isOneOf(given, hashes) {
		return o.failed(ctx, tries, p.From)
	}
	o.guesses.right(p.From, o.Now()) // what others did wrong with the number is not forgotten by it
	return nil
}

// turn waits until a try from an address may be hashed, and refuses it when the address must
// wait longer; leave must be called afterwards.
func (o *Office) turn(ctx context.Context, from netip.Addr, of int) (leave func(), err error) {
	g := &o.guesses
	if wait, _ := g.waits(from, o.Now()); wait > 0 {
		return nil, errSlower(wait)
	}
	if leave, err = g.enter(ctx, from, o.Now(), of); err != nil {
		return nil, err
	}
	if wait, _ := g.waits(from, o.Now()); wait > 0 { // somebody else of the same address was here
		leave()
		return nil, errSlower(wait)
	}
	return leave, nil
}

// tries gives what went wrong with a number, and refuses an address that was wrong lately
// while the number waits.
func (o *Office) tries(ctx context.Context, key []byte, from netip.Addr) (record.Attempt, error) {
	tries, err := o.Cupboard.Attempt(ctx, key)
	if err != nil {
		return tries, err
	}
	_, wrongLately := o.guesses.waits(from, o.Now())
	if wait := tries.Until.Sub(o.Now()); wait > 0 && wrongLately {
		return tries, errSlower(wait)
	}
	return tries, nil
}

// isOneOf compares a hash with those that would be right, in the same time whatever they are.
func isOneOf(given []byte, right [][]byte) (is bool) {
	for _, r := range right {
		is = subtle.ConstantTimeCompare(given, r) == 1 || is
	}
	return is
}

// numbered finds the dossier with a number.
func (o *Office) numbered(ctx context.Context, number string) (d record.Dossier, found bool, err error) {
	list, _, err := o.Cupboard.List(ctx, all, record.Filter{Number: number, Exact: true, Limit: 1})
	if err != nil || len(list) == 0 {
		return d, false, err
	}
	return list[0], true, nil
}

// onlyDigits leaves the digits of what was typed in any spelling; a letter makes it wrong.
func onlyDigits(typed string) string {
	var digits []rune
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9':
			digits = append(digits, r)
		case isSpacing(r):
		default:
			return ""
		}
	}
	return string(digits)
}

func isSpacing(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\u00a0', '\u2009', '\u202f', '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '.', '/', '_':
		return true
	}
	return false
}

// yearDigits is how many digits of a number are the year.
const yearDigits = 4

// tidyNumber gives the number of a dossier as it is kept, 2026-417, from any spelling; ""
// when it is none.
func tidyNumber(typed string) string {
	digits := onlyDigits(typed)
	if len(digits) <= yearDigits || len(digits) > 2*yearDigits+2 {
		return ""
	}
	return digits[:yearDigits] + "-" + digits[yearDigits:]
}
