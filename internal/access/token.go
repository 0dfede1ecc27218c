package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
)

// Tokens makes random secrets to hand out.
type Tokens struct{}

// New makes a random token of 32 bytes and what is kept of it.
func (Tokens) New() (token string, kept []byte) {
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails (crypto/rand, Go 1.24)
	token = base64.RawURLEncoding.EncodeToString(random)
	return token, Tokens{}.Kept(token)
}

// Kept is what the register keeps of a token: its SHA-256.
func (Tokens) Kept(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// startSigns are letters and digits that cannot be taken for one another when a start
// password is read from paper or aloud.
const startSigns = "abcdefghjkmnpqrstuvwxyz23456789"

// StartPassword makes a password to hand over on paper: four groups of four, about
// 79 bits.
func (Tokens) StartPassword() string {
	out := make([]byte, 0, 19)
	for len(out) < 19 {
		if len(out)%5 == 4 {
			out = append(out, '-')
			continue
		}
		var b [1]byte
		_, _ = rand.Read(b[:])
		if int(b[0]) < 256/len(startSigns)*len(startSigns) { // no sign more often than another
			out = append(out, startSigns[int(b[0])%len(startSigns)])
		}
	}
	return string(out)
}

// SetUpToken opens the page of first set-up. It is printed where only the
// administrator of the server sees it, and lives in memory only.
type SetUpToken struct{ kept []byte }

// NewSetUpToken makes one, to print.
func NewSetUpToken() (token string, guard *SetUpToken) {
	token, kept := Tokens{}.New()
	return token, &SetUpToken{kept: kept}
}

// Fits reports whether a token is the one that was printed.
func (s *SetUpToken) Fits(token string) bool {
	return subtle.ConstantTimeCompare(Tokens{}.Kept(token), s.kept) == 1
}
