// Package access holds proofs of who is at the door: passwords and tokens.
//
// Passwords are kept as argon2id in the PHC form, which names its own parameters, so
// that they can grow: a password that was hashed with older ones is hashed anew when
// its owner logs in. Of a token only the SHA-256 is kept; a thief of the register
// cannot log in with that.
package access

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost is what one hash takes. The default follows OWASP: 2 passes over 19 MiB.
type Cost struct {
	Passes  uint32
	Memory  uint32 // KiB
	Threads uint8
}

// The default cost, and what else a hash has.
var (
	standard = Cost{Passes: 2, Memory: 19 << 10, Threads: 1}
	errForm  = errors.New("access: this is no argon2id hash")
)

const (
	saltSize = 16
	hashSize = 32
	// A hash in the register may not ask for more than this: it would stop the server.
	maxMemory = 1 << 20 // KiB
	maxPasses = 64
)

// Passwords hashes and checks passwords, a few at once: each takes memory and a
// processor, and many visitors must not be able to take all of both.
type Passwords struct {
	cost  Cost
	turns chan struct{}
}

// NewPasswords makes a hasher that does at most atOnce hashes at a time. The zero Cost
// is the default; tests take less.
func NewPasswords(cost Cost, atOnce int) *Passwords {
	if cost == (Cost{}) {
		cost = standard
	}
	return &Passwords{cost: cost, turns: make(chan struct{}, max(1, atOnce))}
}

// Hash gives the encoded hash of a password.
func (p *Passwords) Hash(password string) ([]byte, error) {
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	h := hash{cost: p.cost, salt: salt, sum: p.sum(p.cost, salt, password, hashSize)}
	return []byte(h.String()), nil
}

// Verify reports whether the password belongs to the hash, and whether the hash is
// stale: made with other parameters than are in use now.
func (p *Passwords) Verify(encoded []byte, password string) (ok, stale bool) {
	h, err := parse(string(encoded))
	if err != nil {
		p.Waste(password)
		return false, false
	}
	got := p.sum(h.cost, h.salt, password, uint32(len(h.sum)))
	ok = subtle.ConstantTimeCompare(got, h.sum) == 1
	return ok, ok && (h.cost != p.cost || len(h.sum) != hashSize)
}

// Waste takes as long as Verify does, for a name that has no account.
func (p *Passwords) Waste(password string) {
	p.sum(p.cost, make([]byte, saltSize), password, hashSize)
}

// sum waits for its turn and hashes.
func (p *Passwords) sum(c Cost, salt []byte, password string, size uint32) []byte {
	p.turns <- struct{}{}
	defer func() { <-p.turns }()
	return argon2.IDKey([]byte(password), salt, c.Passes, c.Memory, c.Threads, size)
}

// hash is an encoded hash taken apart.
type hash struct {
	cost      Cost
	salt, sum []byte
}

// String writes the PHC form: $argon2id$v=19$m=19456,t=2,p=1$salt$hash
func (h hash) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.cost.Memory, h.cost.Passes, h.cost.Threads,
		b64.EncodeToString(h.salt), b64.EncodeToString(h.sum))
}

// parse reads the PHC form, and refuses parameters that would stop the server.
func parse(encoded string) (hash, error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return hash{}, errForm
	}
	var h hash
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.cost.Memory, &h.cost.Passes, &h.cost.Threads); err != nil {
		return hash{}, errForm
	}
	var err error
	if h.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return hash{}, errForm
	}
	if h.sum, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return hash{}, errForm
	}
	if h.cost.Memory > maxMemory || h.cost.Passes > maxPasses || h.cost.Passes == 0 || h.cost.Threads == 0 || len(h.sum) < 16 || len(h.sum) > 64 {
		return hash{}, errForm
	}
	return h, nil
}
