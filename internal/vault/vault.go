package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
)

type key [32]byte

// Vault holds the keys of one register. It is safe for concurrent use.
type Vault struct {
	root    key
	epochs  map[uint32]key
	current uint32

	index, chain, pepper, factor, visitor key
}

// ErrSealed is the answer to bytes that do not open: altered, moved to another
// place, or sealed under another key.
var ErrSealed = errors.New("vault: the sealed bytes do not open: they were altered, moved, or belong to another key")

// newVault makes a vault with fresh keys.
func newVault() (*Vault, error) {
	v := &Vault{epochs: map[uint32]key{}, current: 1}
	var first key
	for _, k := range []*key{&v.root, &first} {
		if _, err := rand.Read(k[:]); err != nil {
			return nil, fmt.Errorf("vault: make keys: %w", err)
		}
	}
	v.epochs[1] = first
	return v, v.derive()
}

// derive makes the keys that follow from the root.
func (v *Vault) derive() error {
	for label, k := range map[string]*key{"gehoor index": &v.index, "gehoor chain": &v.chain, "gehoor pepper": &v.pepper,
		"gehoor second factor": &v.factor, "gehoor visitor": &v.visitor} {
		b, err := hkdf.Key(sha256.New, v.root[:], nil, label, len(k))
		if err != nil {
			return fmt.Errorf("vault: derive keys: %w", err)
		}
		copy(k[:], b)
	}
	return nil
}

// Check gives the value that the register keeps, to recognise its key file.
func (v *Vault) Check() []byte {
	return mac(v.chain, []byte("gehoor check value"))
}

// Fingerprint is a short public name of the key file, for people to compare.
func (v *Vault) Fingerprint() string {
	sum := sha256.Sum256(v.Check())
	s := base32.StdEncoding.EncodeToString(sum[:10])
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:16]
}

// mac is HMAC-SHA-256 over the parts, each with its length before it.
func mac(k key, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, k[:])
	var n [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write(p)
	}
	return h.Sum(nil)
}

// ChainMac authenticates a row of the chain.
func (v *Vault) ChainMac(parts ...[]byte) []byte { return mac(v.chain, parts...) }

// Index gives a keyed hash by which something can be found but not read.
func (v *Vault) Index(purpose string, parts ...string) []byte {
	all := [][]byte{[]byte(purpose)}
	for _, p := range parts {
		all = append(all, []byte(p))
	}
	return mac(v.index, all...)
}

// The purposes of sealing, a fixed list: a purpose is never renamed, because old
// bytes carry it as associated data.
const (
	ContentKey  = "content key"
	IdentityKey = "identity key"

	secondFactor = "second factor" // of staff: sealed under a key from the root
)

// purpose says under which of a dossier's keys something is sealed, and to which
// step, in bytes, it is padded.
type purpose struct {
	key  string
	step int
}

var purposes = map[string]purpose{
	"event texts":     {ContentKey, 1024},
	"title":           {ContentKey, 64},
	"log remark":      {ContentKey, 256},
	"draft":           {ContentKey, 1024},
	"identity record": {IdentityKey, 1024},
	"letter facts":    {IdentityKey, 1024},
	"letter final":    {IdentityKey, 1024},
	"file name":       {IdentityKey, 64},
	"file chunk":      {IdentityKey, 1024},
	"intake draft":    {IdentityKey, 1024},
	"quick card":      {IdentityKey, 512},
	"message":         {IdentityKey, 1024},
	"message reply":   {IdentityKey, 256},
	"incoming mail":   {IdentityKey, 512},
	"notice":          {IdentityKey, 1024},
	secondFactor:      {"", 64},
	TypedForm:         {"", 1024},
	KeptForm:          {"", 1024},
	HandedForm:        {"", 256},
	ContentKey:        {"", 1},
	IdentityKey:       {"", 1},
}

// NewKey makes a fresh key for a dossier, wrapped under the current epoch key.
// purpose is ContentKey or IdentityKey.
func (v *Vault) NewKey(purpose, dossier string) ([]byte, error) {
	var k key
	if _, err := rand.Read(k[:]); err != nil {
		return nil, fmt.Errorf("vault: make a dossier key: %w", err)
	}
	return seal(v.epochs[v.current], v.current, purpose, dossier, "", k[:])
}

// unwrap opens a wrapped dossier key.
func (v *Vault) unwrap(wrapped []byte, purpose, dossier string) (key, error) {
	var k key
	epoch, err := epochOf(wrapped)
	if err != nil {
		return k, err
	}
	epochKey, ok := v.epochs[epoch]
	if !ok {
		return k, fmt.Errorf("vault: the key file has no epoch %d: %w", epoch, ErrSealed)
	}
	plain, err := open(epochKey, purpose, dossier, "", wrapped)
	if err != nil || len(plain) != len(k) {
		return k, ErrSealed
	}
	copy(k[:], plain)
	return k, nil
}

// keyFor unwraps the key that purpose is sealed under.
func (v *Vault) keyFor(wrapped []byte, purpose, dossier string) (key, error) {
	p, ok := purposes[purpose]
	if !ok || p.key == "" {
		return key{}, fmt.Errorf("vault: nothing is sealed for %q", purpose)
	}
	return v.unwrap(wrapped, p.key, dossier)
}

// Seal seals plain under a dossier's wrapped key. The purpose decides whether that
// must be the content or the identity key; another one does not unwrap.
func (v *Vault) Seal(wrapped []byte, purpose, dossier, record string, plain []byte) ([]byte, error) {
	k, err := v.keyFor(wrapped, purpose, dossier)
	if err != nil {
		return nil, err
	}
	return seal(k, 0, purpose, dossier, record, plain)
}

// Open opens what Seal sealed; ErrSealed when the bytes or their place were changed.
func (v *Vault) Open(wrapped []byte, purpose, dossier, record string, sealed []byte) ([]byte, error) {
	k, err := v.keyFor(wrapped, purpose, dossier)
	if err != nil {
		return nil, err
	}
	return open(k, purpose, dossier, record, sealed)
}

// SealFactor seals the secret of a staff member's second factor. It belongs to no
// dossier, so it has a key of its own, derived from the root.
func (v *Vault) SealFactor(staff string, plain []byte) ([]byte, error) {
	return seal(v.factor, 0, secondFactor, staff, "", plain)
}

// OpenFactor opens what SealFactor sealed for that staff member.
func (v *Vault) OpenFactor(staff string, sealed []byte) ([]byte, error) {
	return open(v.factor, secondFactor, staff, "", sealed)
}

const (
	format    = 1
	aes256gcm = 1
	header    = 1 + 1 + 4
	nonceSize = 12
)

func seal(k key, epoch uint32, purpose, dossier, record string, plain []byte) ([]byte, error) {
	aead, err := newAEAD(k)
	if err != nil {
		return nil, err
	}
	out := make([]byte, header+nonceSize, header+nonceSize+len(plain)+purposes[purpose].step+64)
	out[0], out[1] = format, aes256gcm
	binary.BigEndian.PutUint32(out[2:], epoch)
	if _, err := rand.Read(out[header:]); err != nil {
		return nil, fmt.Errorf("vault: nonce: %w", err)
	}
	return aead.Seal(out, out[header:header+nonceSize], pad(plain, purposes[purpose].step), associated(out[:header], purpose, dossier, record)), nil
}

func open(k key, purpose, dossier, record string, sealed []byte) ([]byte, error) {
	if _, err := epochOf(sealed); err != nil {
		return nil, err
	}
	aead, err := newAEAD(k)
	if err != nil {
		return nil, err
	}
	nonce, body := sealed[header:header+nonceSize], sealed[header+nonceSize:]
	padded, err := aead.Open(nil, nonce, body, associated(sealed[:header], purpose, dossier, record))
	if err != nil {
		return nil, ErrSealed
	}
	return unpad(padded)
}

func newAEAD(k key) (cipher.AEAD, error) {
	block, err := aes.NewCipher(k[:])
	if err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	return cipher.NewGCM(block)
}

// epochOf checks the envelope's header and gives its epoch.
func epochOf(sealed []byte) (uint32, error) {
	if len(sealed) < header+nonceSize || sealed[0] != format || sealed[1] != aes256gcm {
		return 0, ErrSealed
	}
	return binary.BigEndian.Uint32(sealed[2:]), nil
}

// associated binds the ciphertext to its envelope, purpose and place.
func associated(head []byte, purpose, dossier, record string) []byte {
	ad := append([]byte(nil), head...)
	for _, s := range []string{purpose, dossier, record} {
		ad = binary.BigEndian.AppendUint32(ad, uint32(len(s)))
		ad = append(ad, s...)
	}
	return ad
}

// pad writes the length before the text and zeros after it, up to a multiple of step.
func pad(plain []byte, step int) []byte {
	n := 4 + len(plain)
	n += (step - n%step) % step
	out := make([]byte, n)
	binary.BigEndian.PutUint32(out, uint32(len(plain)))
	copy(out[4:], plain)
	return out
}

func unpad(padded []byte) ([]byte, error) {
	if len(padded) < 4 {
		return nil, ErrSealed
	}
	n := int(binary.BigEndian.Uint32(padded))
	if n > len(padded)-4 {
		return nil, ErrSealed
	}
	return padded[4 : 4+n], nil
}
