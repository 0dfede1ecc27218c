package access

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // RFC 6238: what every app knows; HMAC-SHA-1 is not broken
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// Codes makes and checks the six digits that an app on a telephone shows (TOTP, RFC
// 6238: HMAC-SHA-1, 30 seconds).
type Codes struct{}

const (
	codeStep   = 30 // seconds
	codeDigits = 6
	// A telephone's clock may be one step off, either way.
	codeDrift = 1
)

// NewSecret makes the secret that app and register share.
func (Codes) NewSecret() []byte {
	secret := make([]byte, 20)
	_, _ = rand.Read(secret) // never fails (crypto/rand, Go 1.24)
	return secret
}

// Match reports whether a code belongs to a moment, and to which step: each step is good
// for one log-in, so who looked over a shoulder cannot use it again.
func (Codes) Match(secret []byte, code string, at time.Time) (step int64, ok bool) {
	code = strings.ReplaceAll(code, " ", "")
	now := at.Unix() / codeStep
	for s := now - codeDrift; s <= now+codeDrift; s++ {
		if subtle.ConstantTimeCompare([]byte(codeAt(secret, s)), []byte(code)) == 1 {
			step, ok = s, true
		}
	}
	return step, ok
}

// CodeAt is what the app shows at a moment.
func (Codes) CodeAt(secret []byte, at time.Time) string { return codeAt(secret, at.Unix()/codeStep) }

// codeAt is the code of a step (RFC 4226, section 5.3).
func codeAt(secret []byte, step int64) string {
	var counter [8]byte
	binary.BigEndian.PutUint64(counter[:], uint64(step))
	mac := hmac.New(sha1.New, secret)
	mac.Write(counter[:])
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0x0f
	n := binary.BigEndian.Uint32(sum[at:at+4]) & 0x7fffffff
	return fmt.Sprintf("%0*d", codeDigits, n%1_000_000)
}
