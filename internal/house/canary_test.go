package house_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"gehoor/internal/house"
	"gehoor/internal/housetest"
)

// forms gives the ways in which a text may stand in a file: plain, UTF-16 in both
// orders, base64 at its three offsets, hex, and as in an address.
func forms(text string) [][]byte {
	all := [][]byte{[]byte(text), []byte(hex.EncodeToString([]byte(text))), []byte(url.QueryEscape(text))}
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	all = append(all, little, big)
	for offset := range 3 {
		encoded := base64.StdEncoding.EncodeToString(append(make([]byte, offset), text...))
		// The first and last groups also hold neighbouring bytes.
		all = append(all, []byte(strings.TrimRight(encoded, "=")[min(4, len(encoded)):max(4, len(encoded)-4)]))
	}
	return all
}

// sweep gives the secrets found in the files below dir.
func sweep(t *testing.T, dir string, secrets []string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, secret := range secrets {
			for i, form := range forms(secret) {
				if len(form) >= 6 && bytes.Contains(data, form) {
					found = append(found, filepath.Base(path)+" holds "+secret+" in form "+string(rune('0'+i)))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestNothingPersonalInTheRegister searches every file of the furnished register,
// with the house still open, so that the write-ahead log is there too.
func TestNothingPersonalInTheRegister(t *testing.T) {
	h := housetest.Open(t, house.Config{})
	if err := h.Furnish(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	secrets := house.Secrets()
	if len(secrets) < 100 {
		t.Fatalf("only %d secrets to look for", len(secrets))
	}
	register := filepath.Join(h.Home, "register")
	files, err := os.ReadDir(register)
	if err != nil || len(files) < 3 {
		t.Fatalf("database, -wal and -shm should be there: %v %v", files, err)
	}
	for _, found := range sweep(t, register, secrets) {
		t.Error(found)
	}
	// The sweep itself finds what is leaked on purpose.
	for i, form := range forms(secrets[0]) {
		leak := filepath.Join(register, "leak")
		if err := os.WriteFile(leak, append([]byte("xx"), form...), 0o600); err != nil {
			t.Fatal(err)
		}
		if len(sweep(t, register, secrets[:1])) == 0 {
			t.Errorf("a leak in form %d is not found", i)
		}
		if err := os.Remove(leak); err != nil {
			t.Fatal(err)
		}
	}
}
