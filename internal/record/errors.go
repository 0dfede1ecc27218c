package record

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strings"
	"time"
)

// ErrLost says that another task wrote first; decide again on what stands there now.
var ErrLost = errors.New("record: another task wrote first")

// ErrTwice says that a form of the counter is in already, the other way: registered, or
// waiting for a look. It is never both.
var ErrTwice = errors.New("record: the form is in already")

// ErrOtherKey says that the register belongs to another key file.
var ErrOtherKey = errors.New("record: this key file does not belong to this register")

// Repeated says that the request was carried out before; Dossier is its result.
type Repeated struct{ Dossier string }

// Error says so.
func (e *Repeated) Error() string { return "record: request carried out before" }

// IsID reports whether a text has the form of an id.
func IsID(id string) bool {
	parts := strings.Split(id, "-")
	if len(parts) != 5 {
		return false
	}
	for i, n := range []int{4, 2, 2, 2, 6} {
		if b, err := hex.DecodeString(parts[i]); err != nil || len(b) != n {
			return false
		}
	}
	return id == strings.ToLower(id)
}

// NewID makes a UUIDv7 (RFC 9562): unique, and sorted by the moment it was made.
func NewID() string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(time.Now().UnixMilli())<<16)
	var random [10]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand, Go 1.24)
	copy(b[6:], random[:])
	b[6], b[8] = b[6]&0x0f|0x70, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
