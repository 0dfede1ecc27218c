package house

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/personnel"
	"gehoor/internal/record"
	"gehoor/internal/store"
	"gehoor/internal/vault"
	"gehoor/internal/words"
)

// source is where the register stands: a postgres URL or a SQLite file.
func (c Config) source() string {
	if c.Database != "" {
		return c.Database
	}
	return c.registerPath()
}

// Key reads the key file.
func (c Config) Key() (*vault.Vault, error) {
	v, err := vault.Load(c.keyPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("house: there is no key file at %s: put it there (gehoor key restore reads it from the recovery sheet), or name its place with --key-file", c.keyPath())
	}
	return v, err
}

// noKey refuses when there is a key file already: it is never overwritten.
func (c Config) noKey() error {
	_, err := os.Lstat(c.keyPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("house: look for the key file: %w", err)
	}
	which := "it cannot be read as one"
	if v, err := vault.Load(c.keyPath()); err == nil {
		which = "fingerprint " + v.Fingerprint()
	}
	return fmt.Errorf("house: there is a key file at %s already (%s), and it is never overwritten: move it aside first if another one belongs there", c.keyPath(), which)
}

// NewKey makes the key file of an empty register and lets the register keep its check
// value, so that no second key can be made for it. It gives the fingerprint.
func NewKey(ctx context.Context, c Config) (fingerprint string, err error) {
	if err := c.noKey(); err != nil {
		return "", err
	}
	h, err := Open(ctx, c)
	if errors.Is(err, record.ErrOtherKey) {
		// The file is left alone: it may be somebody's, put there just now.
		return "", fmt.Errorf("another process gave the register a key at the same moment; copy that key file to %s instead of the one there now: %w", c.keyPath(), err)
	}
	if err != nil {
		return "", err
	}
	return h.Vault.Fingerprint(), h.Close()
}

// KeepKey writes a key file that was read from a recovery sheet. When the register
// exists its check value must fit; known tells that it was compared. Another key is
// refused and nothing is written.
func KeepKey(ctx context.Context, c Config, v *vault.Vault) (known bool, err error) {
	if err := c.noKey(); err != nil {
		return false, err
	}
	if known, err = c.fits(ctx, v); err != nil {
		return false, err
	}
	return known, v.Keep(c.keyPath())
}

// fits compares a key with the register's check value; known is false when there is no
// register yet, or an empty one.
func (c Config) fits(ctx context.Context, v *vault.Vault) (known bool, err error) {
	s, err := store.Look(ctx, c.source(), v.ChainMac)
	if errors.Is(err, store.ErrNoRegister) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return c.ownKey(ctx, s, v)
}

// keyFits refuses an existing register whose key file is missing or another one, before
// anything of it is changed: its tables are brought up to date only with the right key.
func (c Config) keyFits(ctx context.Context) (err error) {
	s, err := store.Look(ctx, c.source(), nil) // a mac is made only when something is written
	if errors.Is(err, store.ErrNoRegister) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	v, err := vault.Load(c.keyPath())
	if errors.Is(err, fs.ErrNotExist) {
		if known, err := s.HasKey(ctx); err != nil || !known {
			return err
		}
		return c.errNoKey()
	}
	if err != nil {
		return err
	}
	if _, err = c.ownKey(ctx, s, v); err != nil {
		return fmt.Errorf("%w. The register was not touched; the key file looked at is %s", err, c.keyPath())
	}
	return nil
}

func (c Config) errNoKey() error {
	return fmt.Errorf("house: the register has a key file, but there is none at %s: put it back, name its place with --key-file, or type its sheet with gehoor key restore. No new key is made over existing data", c.keyPath())
}

// ownKey compares a key with the check value of an open register.
func (c Config) ownKey(ctx context.Context, s *store.Store, v *vault.Vault) (known bool, err error) {
	check, err := s.KeyCheck(ctx)
	if err != nil {
		return false, err
	}
	if check == nil {
		if used, err := s.HasKey(ctx); err != nil || !used {
			return false, err
		}
	}
	if !bytes.Equal(check, v.Check()) {
		return false, fmt.Errorf("house: the key with fingerprint %s belongs to another register than this one: %w", v.Fingerprint(), record.ErrOtherKey)
	}
	return true, nil
}

// Sheet gives the recovery sheet of the key file as text for a page of A4. program is
// this program's version.
func Sheet(c Config, language, program string) (string, error) {
	v, err := c.Key()
	if err != nil {
		return "", err
	}
	catalog, err := words.Load()
	if err != nil {
		return "", err
	}
	clock := c.Clock
	if clock == nil {
		clock = &Clock{}
	}
	return sheetText(v, catalog.Speak(language), calendar.Of(clock.Now()), c.keyPath(), program), nil
}

// keySheet shows the vault's recovery sheet to the room personnel.
type keySheet struct{ *vault.Vault }

// Rows gives the rows of the sheet.
func (k keySheet) Rows() []personnel.KeyRow {
	var rows []personnel.KeyRow
	for _, r := range k.Sheet() {
		rows = append(rows, personnel.KeyRow{Number: r.Number, Of: r.Of, Key: r.Key, Groups: r.Groups})
	}
	return rows
}

// sheetWidth leaves a margin on A4 with the usual 80 characters on a line.
const sheetWidth = 76

func sheetText(v *vault.Vault, voice *words.Voice, on calendar.Date, path, program string) string {
	var b strings.Builder
	line := func(text string) { b.WriteString(strings.TrimRight(text, " ") + "\n") }
	fact := func(name, value string) { line(fmt.Sprintf("  %-15s %s", name, value)) }
	line(strings.ToUpper(voice.Say("keycare.sheet_title")))
	line("")
	fact(voice.Say("keycare.sheet_date"), voice.Date(on))
	fact(voice.Say("keycare.sheet_fingerprint"), v.Fingerprint())
	fact(voice.Say("keycare.sheet_file"), path)
	fact(voice.Say("keycare.sheet_program"), "gehoor "+program)
	line("")
	line(voice.Say("keycare.sheet_what"))
	line(wrapped("  ", "  ", voice.Say("keycare.sheet_what_text")))
	line("")
	line(voice.Say("keycare.sheet_do"))
	for _, said := range []string{voice.Say("keycare.sheet_do_keep"), voice.Say("keycare.sheet_do_check"), voice.Say("keycare.sheet_do_restore"), voice.Say("keycare.sheet_do_characters")} {
		line(wrapped("  - ", "    ", said))
	}
	line("")
	line(voice.Say("keycare.sheet_keys"))
	for _, row := range v.Sheet() {
		if row.Number%2 == 1 { // two rows are a key
			line("")
		}
		line("  " + row.String())
	}
	return b.String()
}

// wrapped breaks a text into lines of the sheet.
func wrapped(first, next, text string) string {
	var b strings.Builder
	b.WriteString(first)
	length, empty := len([]rune(first)), true
	for word := range strings.FieldsSeq(text) {
		n := len([]rune(word))
		switch {
		case empty:
		case length+1+n > sheetWidth:
			b.WriteString("\n" + next)
			length = len([]rune(next))
		default:
			b.WriteString(" ")
			length++
		}
		b.WriteString(word)
		length, empty = length+n, false
	}
	return b.String()
}
