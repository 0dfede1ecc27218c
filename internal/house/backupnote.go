package house

import (
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gehoor/internal/vault"
)

// noteName is the small text file in every backup.
const noteName = "backup.txt"

const noteHeader = `# A backup of a gehoor register. The key file is not in it: without the key file with
# the fingerprint below nobody can read this backup. To put it back:
#
#     gehoor restore THIS-FOLDER --home NEW-FOLDER
#
gehoor-backup 1
`

// How a backup was checked.
const (
	ReadBack = "verified" // opened again and verified in full
	Listed   = "listed"   // only the archive was read through; what stands in it was not
)

// Note says what a backup is. It stands in backup.txt, authenticated by the chain key:
// nobody without the key file can put another file under it, or another date.
type Note struct {
	Made     time.Time
	Program  string // version that made it
	Engine   string // SQLite or PostgreSQL
	Schema   int64  // version of the tables
	File     string
	Size     int64
	SHA256   string
	Key      string // fingerprint of the key file
	Check    string // ReadBack or Listed
	Dossiers int    // the counts are known when the backup was read back
	Events   int
	Findings int // what did not fit in the register itself

	lines, mac string // as read
}

// backupFile names the copy in a backup.
func backupFile(engine string) string {
	if engine == "PostgreSQL" {
		return "gehoor.pgdump"
	}
	return "gehoor.db"
}

// fields gives the lines of the note in order.
func (n *Note) fields() []field {
	return []field{
		{"made", n.Made.UTC().Format(time.RFC3339), func(s string) (err error) { n.Made, err = time.Parse(time.RFC3339, s); return err }},
		{"program", n.Program, text(&n.Program)},
		{"engine", n.Engine, text(&n.Engine)},
		{"schema", fmt.Sprint(n.Schema), number(&n.Schema)},
		{"file", n.File, text(&n.File)},
		{"size", fmt.Sprint(n.Size), number(&n.Size)},
		{"sha256", n.SHA256, text(&n.SHA256)},
		{"key", n.Key, text(&n.Key)},
		{"check", n.Check, text(&n.Check)},
		{"dossiers", fmt.Sprint(n.Dossiers), number(&n.Dossiers)},
		{"events", fmt.Sprint(n.Events), number(&n.Events)},
		{"findings", fmt.Sprint(n.Findings), number(&n.Findings)},
	}
}

// field is one line of the note.
type field struct {
	name, value string
	read        func(string) error
}

func text(to *string) func(string) error {
	return func(s string) error { *to = s; return nil }
}

func number[T int | int64](to *T) func(string) error {
	return func(s string) error {
		n, err := strconv.ParseInt(s, 10, 64)
		*to = T(n)
		return err
	}
}

func noteMac(v *vault.Vault, lines string) string {
	return hex.EncodeToString(v.ChainMac([]byte("backup"), []byte(lines)))
}

// write writes the note beside the copy.
func (n Note) write(dir string, v *vault.Vault) error {
	var lines strings.Builder
	for _, f := range n.fields() {
		lines.WriteString(f.name + " " + f.value + "\n")
	}
	return writeFile(filepath.Join(dir, noteName), noteHeader+lines.String()+"mac "+noteMac(v, lines.String())+"\n")
}

// readNote reads the note of a backup. Nothing in it may be believed before check.
func readNote(dir string) (n Note, err error) {
	path := filepath.Join(dir, noteName)
	body, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return n, fmt.Errorf("house: %s is no backup of gehoor: it has no %s", dir, noteName)
	}
	if err != nil {
		return n, fmt.Errorf("house: read the backup: %w", err)
	}
	values, fields, known := map[string]string{}, n.fields(), false
	for line := range strings.Lines(string(body)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case name == "" || strings.HasPrefix(name, "#"):
		case name == "gehoor-backup" && value != "1":
			return n, fmt.Errorf("house: %s has version %s, this program reads version 1: use the newer gehoor that made it", path, value)
		case name == "gehoor-backup":
			known = true
		case name == "mac":
			n.mac = value
		default:
			values[name] = value
			n.lines += name + " " + value + "\n"
		}
	}
	if !known {
		return n, fmt.Errorf("house: %s is no note of a gehoor backup", path)
	}
	for _, f := range fields {
		value, there := values[f.name]
		if err := f.read(value); err != nil || !there {
			return n, fmt.Errorf("house: %s: the line %q is missing or wrong: it was changed", path, f.name)
		}
	}
	return n, nil
}

// check compares the note with the key file.
func (n Note) check(v *vault.Vault) error {
	if n.Key != v.Fingerprint() {
		return fmt.Errorf("house: the backup needs the key file with fingerprint %s, and this one is %s: find the right key file, or its recovery sheet (gehoor key restore)", n.Key, v.Fingerprint())
	}
	if !hmac.Equal([]byte(n.mac), []byte(noteMac(v, n.lines))) {
		return fmt.Errorf("house: %s was changed after the backup was made: nothing is restored. Take another backup", noteName)
	}
	if n.File != backupFile(n.Engine) {
		return fmt.Errorf("house: %s names the file %q", noteName, n.File)
	}
	return nil
}
