// Package procedure reads a procedure file into the rules the law works with.
//
// A procedure is what an organisation promises about complaints: the ways in, the
// term, who handles, how a later date is agreed. It is data, so that an organisation
// can change its promise without changing the program. Three procedures are shipped
// (see Shipped); the comments in those files explain every key to an administrator.
//
// Read is strict, for a slip of the pen here becomes a wrong promise in every letter:
// whatever it does not fully understand it refuses, and it names every mistake at
// once, with its line. Only plain YAML is read: one document, no anchors, no tags.
package procedure

import (
	"crypto/sha256"
	"encoding/hex"

	"gehoor/internal/complaint"
)

// Read reads a procedure file. The error is always Mistakes: all of them, in the
// order of the file. A file that is no plain YAML is refused before its keys are
// looked at.
//
// A zero Retention.Term in the rules means that the file leaves the retention period
// to the organisation (retention: organisation).
func Read(text []byte) (complaint.Rules, error) {
	root, mistakes := parse(text)
	if len(mistakes) > 0 {
		return complaint.Rules{}, mistakes.inOrder()
	}
	r := &reader{places: map[string]place{}, wrong: map[string]bool{}}
	rules := r.rules(root)
	r.contradictions(rules)
	if len(r.mistakes) > 0 {
		return complaint.Rules{}, r.mistakes.inOrder()
	}
	return rules, nil
}

// Hash gives the SHA-256 of a procedure file in hexadecimal. A version of a procedure
// that was imported may never come back with another hash.
func Hash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
