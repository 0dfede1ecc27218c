package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func newTest(t *testing.T) (*Vault, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key", "gehoor.key")
	v, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	return v, path
}

func TestKeyFileReadsBack(t *testing.T) {
	v, path := newTest(t)
	again, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(v.Check(), again.Check()) || v.Fingerprint() != again.Fingerprint() || v.epochs[1] != again.epochs[1] {
		t.Error("the key file reads back as other keys")
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o400 {
		t.Errorf("key file has mode %v", info.Mode())
	}
	if _, err := Create(path); err == nil {
		t.Error("a key was made over an existing one")
	}
}

func TestDamagedKeyFiles(t *testing.T) {
	_, path := newTest(t)
	good, _ := os.ReadFile(path)
	root := strings.Index(string(good), "root ") + 5
	flipped := bytes.Clone(good)
	if flipped[root] == 'A' {
		flipped[root] = 'B'
	} else {
		flipped[root] = 'A'
	}
	for name, c := range map[string]struct{ text, want string }{
		"empty":    {"", "not a whole gehoor key file"},
		"mistyped": {string(flipped), "line 4: the last group of the root key does not fit"},
		"short":    {"gehoor-key 1\nroot AAAA\n", "line 2: the root key has 4 characters"},
		"version":  {"gehoor-key 2\n", "line 1: the file has version 2"},
		"unknown":  {"hello world\n", `line 1: "hello" is not understood`},
	} {
		p := filepath.Join(t.TempDir(), "k")
		if err := os.WriteFile(p, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(p); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestSealedBytesOpenOnlyInTheirPlace(t *testing.T) {
	v, _ := newTest(t)
	content, err := v.NewKey(ContentKey, "d1")
	if err != nil {
		t.Fatal(err)
	}
	identity, err := v.NewKey(IdentityKey, "d1")
	if err != nil {
		t.Fatal(err)
	}
	plain := []byte("Op zaterdag ging de cursus niet door.")
	sealed, err := v.Seal(content, "event texts", "d1", "3", plain)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := v.Open(content, "event texts", "d1", "3", sealed); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("%q %v", got, err)
	}
	tampered := bytes.Clone(sealed)
	tampered[len(tampered)-1] ^= 1
	other, _ := newTest(t)
	for name, open := range map[string]func() ([]byte, error){
		"other record":  func() ([]byte, error) { return v.Open(content, "event texts", "d1", "4", sealed) },
		"other dossier": func() ([]byte, error) { return v.Open(content, "event texts", "d2", "3", sealed) },
		"other purpose": func() ([]byte, error) { return v.Open(content, "title", "d1", "3", sealed) },
		"other key":     func() ([]byte, error) { return v.Open(identity, "event texts", "d1", "3", sealed) },
		"altered":       func() ([]byte, error) { return v.Open(content, "event texts", "d1", "3", tampered) },
		"other vault":   func() ([]byte, error) { return other.Open(content, "event texts", "d1", "3", sealed) },
		"cut short":     func() ([]byte, error) { return v.Open(content, "event texts", "d1", "3", sealed[:9]) },
		"empty":         func() ([]byte, error) { return v.Open(content, "event texts", "d1", "3", nil) },
	} {
		if got, err := open(); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}

func TestPaddingHidesLength(t *testing.T) {
	v, _ := newTest(t)
	k, _ := v.NewKey(ContentKey, "d")
	length := func(p string, n int) int {
		b, err := v.Seal(k, p, "d", "r", bytes.Repeat([]byte("x"), n))
		if err != nil {
			t.Fatal(err)
		}
		return len(b)
	}
	if length("event texts", 1) != length("event texts", 1000) || length("title", 3) != length("title", 60) {
		t.Error("texts of different lengths have different sealed lengths")
	}
	if length("event texts", 1000) == length("event texts", 1100) {
		t.Error("padding has no steps")
	}
}

func TestCodes(t *testing.T) {
	v, _ := newTest(t)
	for _, n := range []int{8, 16} {
		code, err := v.NewCode(n)
		spaced := strings.Join(strings.Split(code, ""), " ")
		if err != nil || len(code) != n || !ValidCode(code) || !ValidCode(spaced) {
			t.Fatalf("code %q: %v", code, err)
		}
		wrong := []byte(code)
		wrong[2] = '0' + (wrong[2]-'0'+1)%10
		if ValidCode(string(wrong)) {
			t.Errorf("%s with a changed digit passes", code)
		}
		hash := v.CodeHash("2026-417", code)
		if !v.IsCode("2026-417", spaced, hash) || v.IsCode("2026-418", code, hash) {
			t.Error("the code does not belong to its number alone")
		}
	}
	for _, bad := range []string{"", "1234", "abcdefgh", "1234567８"} {
		if ValidCode(bad) {
			t.Errorf("%q passes", bad)
		}
	}
}
