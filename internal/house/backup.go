package house

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gehoor/internal/inspection"
	"gehoor/internal/store"
	"gehoor/internal/vault"
	"gehoor/internal/words"
)

// Tell shows a person how far a long task is.
type Tell func(format string, args ...any)

// Backup copies the register into the new folder dir while others work in it, opens the
// copy again and verifies all of it. The folder appears under its name when all of that
// is done, durably. The key file is not in it.
//
// What does not fit in the register itself stands in the report and, as a count, in the
// note; it does not stop the backup: a tampered register needs one more than any other.
func Backup(ctx context.Context, c Config, dir, program string, tell Tell) (n Note, r inspection.Report, err error) {
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return n, r, errors.Join(fmt.Errorf("house: %s is there already; a backup is never overwritten: choose a new name", dir), err)
	}
	v, err := c.Key()
	if err != nil {
		return n, r, err
	}
	if n, err = c.begin(ctx, v, program); err != nil {
		return n, r, err
	}
	parent := filepath.Dir(dir)
	partial, err := os.MkdirTemp(parent, "."+filepath.Base(dir)+".partial-")
	if err != nil {
		return n, r, fmt.Errorf("house: %s must be a folder that is there and can be written (is the disk mounted?): %w", parent, err)
	}
	if r, err = c.backup(ctx, v, &n, partial, tell); err == nil {
		err = errors.Join(os.Rename(partial, dir), syncPath(parent))
	}
	if err != nil {
		return n, r, errors.Join(err, os.RemoveAll(partial))
	}
	return n, r, nil
}

// begin looks at the register, without changing it, and begins the note.
func (c Config) begin(ctx context.Context, v *vault.Vault, program string) (n Note, err error) {
	s, err := store.Look(ctx, c.source(), v.ChainMac)
	if err != nil {
		return n, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	n = Note{Made: c.now(), Program: program, Engine: s.Engine(), File: backupFile(s.Engine()), Key: v.Fingerprint()}
	if n.Schema, err = s.Schema(ctx); err != nil {
		return n, err
	}
	newest, err := store.Newest()
	if err != nil {
		return n, err
	}
	if n.Schema != newest {
		return n, fmt.Errorf("house: the register has version %d, this program %d: make the backup with the gehoor that serves it", n.Schema, newest)
	}
	known, err := c.ownKey(ctx, s, v)
	if err == nil && !known {
		err = errors.New("house: the register was never opened: there is nothing to back up")
	}
	return n, err
}

func (c Config) now() time.Time {
	if c.Clock == nil {
		return time.Now()
	}
	return c.Clock.Now()
}

// backup fills the folder.
func (c Config) backup(ctx context.Context, v *vault.Vault, n *Note, dir string, tell Tell) (r inspection.Report, err error) {
	path := filepath.Join(dir, n.File)
	tell("copying the %s register", n.Engine)
	if err := store.Backup(ctx, c.source(), path); err != nil {
		return r, err
	}
	if err := errors.Join(os.Chmod(path, 0o600), syncPath(path)); err != nil {
		return r, fmt.Errorf("house: keep the copy: %w", err)
	}
	if n.Size, n.SHA256, err = hashFile(path); err != nil {
		return r, err
	}
	tell("copied %s; reading the copy back", size(n.Size))
	if r, err = c.readBack(ctx, v, n, path, tell); err != nil {
		return r, err
	}
	n.Dossiers, n.Events, n.Findings = r.Dossiers, r.Events, len(r.Findings)
	if err := n.write(dir, v); err != nil {
		return r, err
	}
	return r, syncPath(dir)
}

// readBack opens the copy and verifies it with the same key. Where that is not allowed
// (PostgreSQL, a role that may make no database) the archive is read through, and the
// note says that it is no more than that.
func (c Config) readBack(ctx context.Context, v *vault.Vault, n *Note, path string, tell Tell) (r inspection.Report, err error) {
	s, closed, err := c.openCopy(ctx, v, path)
	if errors.Is(err, store.ErrNotAllowed) {
		n.Check = Listed
		return r, store.ReadDump(ctx, c.source(), path)
	}
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, closed()) }()
	n.Check = ReadBack
	if known, err := c.ownKey(ctx, s, v); err != nil || !known {
		return r, errors.Join(errors.New("house: the copy has not the check value of the key file"), err)
	}
	h, err := c.over(s, v)
	if err != nil {
		return r, err
	}
	return h.Inspector.Verify(ctx, everySecond(tell))
}

func (c Config) openCopy(ctx context.Context, v *vault.Vault, path string) (*store.Store, func() error, error) {
	if c.Database != "" {
		return store.OpenDump(ctx, c.Database, path, v.ChainMac)
	}
	s, err := store.OpenCopy(ctx, path, v.ChainMac)
	if err != nil {
		return nil, nil, err
	}
	return s, s.Close, nil
}

// over builds the rooms over a register that is open already, to verify it.
func (c Config) over(s *store.Store, v *vault.Vault) (h *House, err error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Clock == nil {
		c.Clock = &Clock{}
	}
	h = &House{Config: c, Store: s, Vault: v}
	if h.Zone, err = time.LoadLocation(Zone); err != nil {
		return nil, err
	}
	if h.Words, err = words.Load(); err != nil {
		return nil, err
	}
	h.furnishRooms()
	return h, nil
}

// everySecond tells how many dossiers were checked, not more than once a second.
func everySecond(tell Tell) func(done, all int) {
	last := time.Now()
	return func(done, all int) {
		if time.Since(last) > time.Second {
			last = time.Now()
			tell("%d of %d dossiers checked", done, all)
		}
	}
}

// size gives a number of bytes for people.
func size(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KiB", (bytes+1023)>>10)
	}
	return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
}

func hashFile(path string) (int64, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", fmt.Errorf("house: %w", err)
	}
	sum := sha256.New()
	length, err := io.Copy(sum, f)
	return length, hex.EncodeToString(sum.Sum(nil)), errors.Join(err, f.Close())
}

// writeFile writes a new file durably.
func writeFile(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("house: %w", err)
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// syncPath makes a file, or the names in a folder, durable.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("house: %w", err)
	}
	return errors.Join(f.Sync(), f.Close())
}
