package vault

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"strings"

	"golang.org/x/crypto/argon2"
)

// NewCode makes a code of n digits (8 or 16), the last one a Luhn check digit, so
// that a slip of the pen is seen before a guess is counted.
func (v *Vault) NewCode(n int) (string, error) {
	digits := make([]byte, n-1, n)
	for i := range digits {
		d, err := rand.Int(rand.Reader, big.NewInt(10))
		if err != nil {
			return "", fmt.Errorf("vault: make a code: %w", err)
		}
		digits[i] = byte('0' + d.Int64())
	}
	for check := byte('0'); check <= '9'; check++ {
		if code := string(append(digits, check)); ValidCode(code) {
			return code, nil
		}
	}
	panic("vault: no check digit fits")
}

// ValidCode reports whether code has 8 or 16 digits with a right check digit; spaces
// do not count.
func ValidCode(code string) bool {
	code = strings.ReplaceAll(code, " ", "")
	if len(code) != 8 && len(code) != 16 {
		return false
	}
	sum := 0
	for i := range code {
		d := int(code[len(code)-1-i]) - '0'
		if d < 0 || d > 9 {
			return false
		}
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// ValidCode is the function of that name, for who holds a vault.
func (v *Vault) ValidCode(code string) bool { return ValidCode(code) }

// CodeHash is the slow keyed hash under which a code is stored (argon2id, 1 pass,
// 2 MiB, then HMAC with the pepper); number salts it. Without the key file no guess can
// be checked at all; with it, eight digits hold nobody long, however slow the hash: so
// it costs a registration milliseconds, not tens of them.
func (v *Vault) CodeHash(number, code string) []byte {
	slow := argon2.IDKey([]byte(strings.ReplaceAll(code, " ", "")), mac(v.pepper, []byte("code salt"), []byte(number)), 1, 2*1024, 1, 32)
	return mac(v.pepper, []byte("code"), slow)
}

// IsCode compares a code with its stored hash in constant time.
func (v *Vault) IsCode(number, code string, hash []byte) bool {
	return subtle.ConstantTimeCompare(v.CodeHash(number, code), hash) == 1
}
