package vault

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const fileHeader = `# The key file of a gehoor register. Without it the register cannot be read, and
# nobody can make it again: keep a copy somewhere else, never beside a backup.
gehoor-key 1
`

// Create makes a new key file at path with mode 0400, and never over an existing one.
func Create(path string) (*Vault, error) {
	v, err := newVault()
	if err != nil {
		return nil, err
	}
	return v, v.Keep(path)
}

// Keep writes the key file at path with mode 0400, durably, and never over an existing
// one. After an error nothing is left there.
func (v *Vault) Keep(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	// Written beside its place and then linked to its name: a process that is killed
	// leaves a whole key file or none, and a link never lands on an existing name.
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*")
	if err != nil {
		return fmt.Errorf("vault: make the key file: %w", err)
	}
	_, err = f.Write(v.encode())
	if err = errors.Join(err, f.Chmod(0o400), f.Sync(), f.Close()); err == nil {
		err = os.Link(f.Name(), path)
	}
	if err = errors.Join(err, os.Remove(f.Name()), syncDir(filepath.Dir(path))); err != nil {
		return fmt.Errorf("vault: write the key file: %w", err)
	}
	return nil
}

// syncDir makes the new name itself durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Load reads a key file. The error names the line and what is wrong with it.
func Load(path string) (*Vault, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("vault: there is no key file at %s: %w", path, err)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: read the key file: %w", err)
	}
	v, err := decode(text)
	if err != nil {
		return nil, fmt.Errorf("vault: key file %s: %w", path, err)
	}
	return v, nil
}

func (v *Vault) encode() []byte {
	var b bytes.Buffer
	b.WriteString(fileHeader)
	fmt.Fprintf(&b, "root %s\n", encodeKey("root", v.root))
	for _, id := range v.epochIDs() {
		name := "epoch " + strconv.Itoa(id)
		fmt.Fprintf(&b, "%s %s\n", name, encodeKey(name, v.epochs[uint32(id)]))
	}
	return b.Bytes()
}

// encodeKey writes a key in groups of four, the last group a check over name and key.
func encodeKey(name string, k key) string {
	s := encoding.EncodeToString(k[:]) + checkGroup(name, k)
	var groups []string
	for ; len(s) > 4; s = s[4:] {
		groups = append(groups, s[:4])
	}
	return strings.Join(append(groups, s), "-")
}

var encoding = base32.StdEncoding.WithPadding(base32.NoPadding)

func checkGroup(name string, k key) string {
	sum := sha256.Sum256(append([]byte(name+":"), k[:]...))
	return encoding.EncodeToString(sum[:5])[:4]
}

func decodeKey(name, s string) (k key, err error) {
	s = strings.ToUpper(strings.ReplaceAll(s, "-", ""))
	if len(s) != 56 {
		return k, fmt.Errorf("the %s key has %d characters, want 56", name, len(s))
	}
	b, err := encoding.DecodeString(s[:52])
	if err != nil {
		return k, fmt.Errorf("the %s key is no base32: %w", name, err)
	}
	copy(k[:], b)
	if checkGroup(name, k) != s[52:] {
		return k, fmt.Errorf("the last group of the %s key does not fit the others: a character was mistyped", name)
	}
	return k, nil
}

func decode(text []byte) (*Vault, error) {
	v := &Vault{epochs: map[uint32]key{}}
	lines := bufio.NewScanner(bytes.NewReader(text))
	version, hasRoot := false, false
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if err := v.line(words, &version, &hasRoot); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if !version || !hasRoot || len(v.epochs) == 0 {
		return nil, errors.New("it is not a whole gehoor key file: a line gehoor-key, a root and an epoch are needed")
	}
	return v, v.derive()
}

func (v *Vault) line(words []string, version, hasRoot *bool) (err error) {
	switch {
	case words[0] == "gehoor-key" && len(words) == 2:
		if words[1] != "1" {
			return fmt.Errorf("the file has version %s; this program reads version 1", words[1])
		}
		*version = true
	case words[0] == "root" && len(words) == 2:
		v.root, err = decodeKey("root", words[1])
		*hasRoot = true
	case words[0] == "epoch" && len(words) == 3:
		id, convErr := strconv.ParseUint(words[1], 10, 32)
		if convErr != nil || id == 0 {
			return fmt.Errorf("%q is no epoch number", words[1])
		}
		v.epochs[uint32(id)], err = decodeKey("epoch "+words[1], words[2])
		v.current = max(v.current, uint32(id))
	default:
		return fmt.Errorf("%q is not understood", words[0])
	}
	return err
}
