package house

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gehoor/internal/inspection"
	"gehoor/internal/store"
)

// Restore puts the backup in the folder dir back at a place without a register, and
// verifies it there. despite takes a backup of which the note says that the register did
// not verify when it was made.
func Restore(ctx context.Context, c Config, dir string, despite bool, tell Tell) (n Note, r inspection.Report, err error) {
	if n, err = c.mayRestore(ctx, dir, despite); err != nil {
		return n, r, err
	}
	tell("the backup of %s: checking %s", n.Made.Format("2006-01-02 15:04 MST"), size(n.Size))
	if c.Database != "" {
		r, err = c.restorePostgres(ctx, n, filepath.Join(dir, n.File), tell)
	} else {
		r, err = c.restoreSQLite(ctx, n, filepath.Join(dir, n.File), tell)
	}
	return n, r, err
}

// mayRestore reads the note of a backup and refuses what must not be put back here.
func (c Config) mayRestore(ctx context.Context, dir string, despite bool) (Note, error) {
	n, err := readNote(dir)
	if err != nil {
		return n, err
	}
	if (n.Engine == "PostgreSQL") != (c.Database != "") {
		return n, fmt.Errorf("house: this is a backup of a %s register: give --database for PostgreSQL, and leave it out for SQLite", n.Engine)
	}
	empty, err := store.IsEmpty(ctx, c.source())
	if err != nil {
		return n, err
	}
	if !empty {
		where := c.registerPath()
		if c.Database != "" {
			where = "the database"
		}
		return n, fmt.Errorf("house: %s is not empty, and a restore overwrites nothing: choose a new home folder, or an empty database", where)
	}
	v, err := c.Key()
	if err != nil {
		return n, fmt.Errorf("the backup needs the key file with fingerprint %s: %w", n.Key, err)
	}
	if err := n.check(v); err != nil {
		return n, err
	}
	newest, err := store.Newest()
	if err != nil {
		return n, err
	}
	if n.Schema > newest {
		return n, fmt.Errorf("house: the backup has version %d, this program knows %d: use gehoor %s, which made it", n.Schema, newest, n.Program)
	}
	if n.Findings > 0 && !despite {
		return n, fmt.Errorf("house: when this backup was made, %d things in the register did not fit. Take an older backup, or put this one back as it is with --despite-findings", n.Findings)
	}
	return n, nil
}

// restoreSQLite copies into a folder beside the register's place, opens and verifies
// there, and gives the file its name last.
func (c Config) restoreSQLite(ctx context.Context, n Note, from string, tell Tell) (r inspection.Report, err error) {
	if err := os.MkdirAll(c.Home, 0o700); err != nil {
		return r, fmt.Errorf("house: %w", err)
	}
	aside := c
	if aside.Home, err = os.MkdirTemp(c.Home, ".restoring-"); err != nil {
		return r, fmt.Errorf("house: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(aside.Home)) }()
	aside.KeyFile = c.keyPath()
	path := aside.registerPath()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return r, fmt.Errorf("house: %w", err)
	}
	if err := n.copy(from, path); err != nil {
		return r, err
	}
	if r, err = aside.verifyRestored(ctx, n, tell); err != nil {
		return r, err
	}
	// Closing wrote everything into the one file. A link, not a renaming: it fails when
	// a register came there meanwhile.
	if err := errors.Join(syncPath(path), os.MkdirAll(filepath.Dir(c.registerPath()), 0o700)); err != nil {
		return r, fmt.Errorf("house: %w", err)
	}
	if err := os.Link(path, c.registerPath()); err != nil {
		return r, fmt.Errorf("house: give the restored register its name: %w", err)
	}
	return r, errors.Join(syncPath(filepath.Dir(c.registerPath())), syncPath(c.Home))
}

// restorePostgres fills the empty database in one transaction.
func (c Config) restorePostgres(ctx context.Context, n Note, from string, tell Tell) (r inspection.Report, err error) {
	if err := n.copy(from, ""); err != nil {
		return r, err
	}
	tell("filling the database")
	if err := store.RestoreDump(ctx, c.Database, from); err != nil {
		return r, fmt.Errorf("%w (nothing was written; a version error means that the backup was made by a newer pg_dump: install that version's postgresql-client)", err)
	}
	r, err = c.verifyRestored(ctx, n, tell)
	if err != nil {
		err = fmt.Errorf("%w. The database was filled: drop it, make an empty one, and restore again from another backup", err)
	}
	return r, err
}

// verifyRestored opens the restored register, which brings its tables up to this
// program, and verifies all of it.
func (c Config) verifyRestored(ctx context.Context, n Note, tell Tell) (r inspection.Report, err error) {
	c.Existing = true
	h, err := Open(ctx, c)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	tell("verifying the restored register")
	if r, err = h.Inspector.Verify(ctx, everySecond(tell)); err != nil {
		return r, err
	}
	if n.Check == ReadBack && (r.Dossiers != n.Dossiers || r.Events != n.Events || len(r.Findings) != n.Findings) {
		return r, fmt.Errorf("house: the restored register has %d dossiers, %d events and %d findings; the backup had %d, %d and %d: it is not what was backed up",
			r.Dossiers, r.Events, len(r.Findings), n.Dossiers, n.Events, n.Findings)
	}
	return r, nil
}

// copy copies the backup's file to a new file and checks its SHA-256 on the way; with
// no place to copy to it only checks.
func (n Note) copy(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("house: read the backup: %w", err)
	}
	defer in.Close() // it was only read
	sum := sha256.New()
	length, err := copyTo(to, io.TeeReader(in, sum))
	if err != nil {
		return fmt.Errorf("house: copy the backup: %w", err)
	}
	if length != n.Size || hex.EncodeToString(sum.Sum(nil)) != n.SHA256 {
		return fmt.Errorf("house: %s was changed or damaged after the backup was made (its SHA-256 is not that of %s): nothing is restored. Take another backup", from, noteName)
	}
	return nil
}

// copyTo writes a new file durably; with no name it only reads.
func copyTo(path string, in io.Reader) (int64, error) {
	if path == "" {
		return io.Copy(io.Discard, in)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	length, err := io.Copy(f, in)
	return length, errors.Join(err, f.Sync(), f.Close())
}
