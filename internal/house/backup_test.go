package house_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/pgtest"
	"gehoor/internal/record"
)

func quiet(string, ...any) {}

// letterFrom takes one letter in.
func letterFrom(ctx context.Context, h *house.House, name string) error {
	jorien, err := h.Person(ctx, "Jorien Tasselaar")
	if err != nil {
		return err
	}
	departments, err := h.Store.Departments(ctx)
	if err != nil {
		return err
	}
	draft, err := h.Office.Begin()
	if err != nil {
		return err
	}
	_, err = h.Office.Receive(ctx, jorien, office.Form{}, office.Intake{Draft: draft, Receipt: complaint.Receipt{Channel: complaint.Post,
		ReceivedOn: h.Office.Today(), Title: "Cursus ging niet door", Description: "Op zaterdag ging de cursus niet door.", DesiredOutcome: "Voortaan bellen.",
		Level: complaint.Confidential, Member: complaint.MemberYes, Subjects: []complaint.SubjectKind{complaint.AboutService}, Department: departments[0].ID},
		Identity: record.Identity{Name: name, Street: "Veerdam", House: "101", Postcode: "3561KL", Town: "Noordzande"}})
	return err
}

// fresh gives the place of a new register of the same engine, with the same key file.
func fresh(t *testing.T, h *house.House) house.Config {
	t.Helper()
	c := house.Config{Home: t.TempDir(), KeyFile: filepath.Join(h.Home, "key", "gehoor.key"), Clock: h.Clock}
	if h.Database != "" {
		c.Database = pgtest.DSN(t)
	}
	return c
}

// TestBackupWhileLettersComeIn makes backups while others write, and puts them back.
func TestBackupWhileLettersComeIn(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		if err := letterFrom(t.Context(), h, "Abel Rooskens"); err != nil {
			t.Fatal(err)
		}
		letters, stopped := make(chan string, 40), make(chan error)
		var received atomic.Int64
		received.Store(1)
		go func() {
			var err error
			for name := range letters {
				err = errors.Join(err, letterFrom(t.Context(), h, name))
				received.Add(1)
			}
			stopped <- err
		}()
		for i := range 2 {
			for len(letters) < cap(letters) {
				letters <- "Abel Rooskens"
			}
			before := received.Load()
			dir := filepath.Join(t.TempDir(), "backup")
			n, r, err := house.Backup(t.Context(), h.Config, dir, "test", quiet)
			if err != nil {
				t.Error(err)
				break
			}
			if n.Check != house.ReadBack || len(r.Findings) > 0 || int64(n.Dossiers) < before || int64(n.Dossiers) > received.Load()+1 {
				t.Errorf("backup %d between %d and %d letters: %+v %v", i, before, received.Load(), n, r.Findings)
			}
			restores(t, h, dir, n)
		}
		close(letters)
		if err := <-stopped; err != nil {
			t.Error("a letter was refused while a backup was made:", err)
		}
		noStrangeFiles(t, h)
	})
}

// restores puts a backup back in a new place; it holds what the note says.
func restores(t *testing.T, h *house.House, dir string, n house.Note) {
	t.Helper()
	c := fresh(t, h)
	if _, r, err := house.Restore(t.Context(), c, dir, false, quiet); err != nil || r.Dossiers != n.Dossiers || r.Events != n.Events || len(r.Findings) > 0 {
		t.Errorf("restored: %+v %v", r, err)
		return
	}
	again := housetest.Open(t, c)
	if ids, err := again.Store.AuditIDs(t.Context()); err != nil || len(ids) != n.Dossiers {
		t.Errorf("%d dossiers came back of %d: %v", len(ids), n.Dossiers, err)
	}
	if _, _, err := house.Restore(t.Context(), c, dir, false, quiet); err == nil || !strings.Contains(err.Error(), "overwrites nothing") {
		t.Errorf("restore over a register: %v", err)
	}
}

// noStrangeFiles looks for what a backup and its temporary database may leave behind.
func noStrangeFiles(t *testing.T, h *house.House) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(h.Home, ".*"))
	if err != nil || len(files) > 0 {
		t.Errorf("left behind: %v %v", files, err)
	}
	if h.Database == "" {
		return
	}
	var left int
	if err := query(t, h.Database, `SELECT count(*) FROM pg_database WHERE datname LIKE 'gehoor_check_%'`, &left); err != nil || left > 0 {
		t.Errorf("%d temporary databases are left: %v", left, err)
	}
}

func query(t *testing.T, source, q string, to any) error {
	t.Helper()
	db, err := sql.Open("pgx", source)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.QueryRowContext(t.Context(), q).Scan(to)
}

// TestBackupHoldsNoKeyAndNothingPersonal searches the files of a backup.
func TestBackupHoldsNoKeyAndNothingPersonal(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		if err := letterFrom(t.Context(), h, "Abel Rooskens"); err != nil {
			t.Fatal(err)
		}
		key, err := os.ReadFile(filepath.Join(h.Home, "key", "gehoor.key"))
		if err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(string(key), "\nroot ")
		root, _, _ := strings.Cut(after, "\n")
		secrets := []string{"Abel Rooskens", "Veerdam", "Op zaterdag ging de cursus", root, strings.ReplaceAll(root, "-", "")}
		dir := filepath.Join(t.TempDir(), "backup")
		if _, _, err := house.Backup(t.Context(), h.Config, dir, "test", quiet); err != nil {
			t.Fatal(err)
		}
		for _, found := range sweep(t, dir, secrets) {
			t.Error(found)
		}
		for _, name := range []string{"", "backup.txt"} {
			if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm()&0o077 != 0 {
				t.Errorf("others may read %q: %v %v", name, info.Mode(), err)
			}
		}
		if _, _, err := house.Backup(t.Context(), h.Config, dir, "test", quiet); err == nil || !strings.Contains(err.Error(), "never overwritten") {
			t.Errorf("a backup over a backup: %v", err)
		}
	})
}

// TestChangedBackupsAreRefused changes a backup in every way that somebody without the
// key file can.
func TestChangedBackupsAreRefused(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		if err := letterFrom(t.Context(), h, "Abel Rooskens"); err != nil {
			t.Fatal(err)
		}
		kept := filepath.Join(t.TempDir(), "backup")
		n, _, err := house.Backup(t.Context(), h.Config, kept, "test", quiet)
		if err != nil {
			t.Fatal(err)
		}
		other := housetest.Open(t, house.Config{})
		c := fresh(t, h)
		for name, x := range map[string]struct {
			file, from, to string
			key            string
			want           string
		}{
			"the copy":        {n.File, "", "x", "", "was changed or damaged"},
			"its date":        {"backup.txt", "\nmade 20", "\nmade 19", "", "was changed after the backup"},
			"its sum":         {"backup.txt", n.SHA256, strings.Repeat("0", 64), "", "was changed after the backup"},
			"its findings":    {"backup.txt", "findings 0", "findings 1", "", "was changed after the backup"},
			"a line removed":  {"backup.txt", "\ndossiers 1\n", "\n", "", `the line "dossiers" is missing`},
			"no note":         {"backup.txt", "gehoor-backup 1", "", "", "is no note of a gehoor backup"},
			"another key":     {"", "", "", filepath.Join(other.Home, "key", "gehoor.key"), "needs the key file with fingerprint " + h.Vault.Fingerprint()},
			"no key":          {"", "", "", "/nowhere", "needs the key file with fingerprint " + h.Vault.Fingerprint()},
			"another version": {"backup.txt", "gehoor-backup 1", "gehoor-backup 2", "", "use the newer gehoor"},
		} {
			dir := filepath.Join(t.TempDir(), "changed")
			if err := os.CopyFS(dir, os.DirFS(kept)); err != nil {
				t.Fatal(err)
			}
			if x.file != "" {
				change(t, filepath.Join(dir, x.file), x.from, x.to)
			}
			at := c
			if x.key != "" {
				at.KeyFile = x.key
			}
			if _, _, err := house.Restore(t.Context(), at, dir, false, quiet); err == nil || !strings.Contains(err.Error(), x.want) {
				t.Errorf("%s: %v, want %q", name, err, x.want)
			}
		}
		if files, err := filepath.Glob(filepath.Join(c.Home, "*")); err != nil || len(files) > 0 {
			t.Errorf("a refused restore left %v %v", files, err)
		}
		restores(t, h, kept, n)
	})
}

// change replaces a piece of a file; without a piece it changes a byte in the middle.
func change(t *testing.T, path, from, to string) {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(body)
	if from == "" {
		changed[len(changed)/2] ^= 1
	} else {
		changed = bytes.Replace(body, []byte(from), []byte(to), 1)
	}
	if bytes.Equal(body, changed) {
		t.Fatalf("%q does not stand in %s", from, path)
	}
	if err := os.WriteFile(path, changed, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestTamperedRegisterIsBackedUpAsItIs: the backup says so and is put back only when
// asked.
func TestTamperedRegisterIsBackedUpAsItIs(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		if err := letterFrom(t.Context(), h, "Abel Rooskens"); err != nil {
			t.Fatal(err)
		}
		driver, source := "sqlite", filepath.Join(h.Home, "register", "gehoor.db")
		if h.Database != "" {
			driver, source = "pgx", h.Database
		}
		db, err := sql.Open(driver, source)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.ExecContext(t.Context(), `UPDATE dossier SET due_on = '2027-01-01'`); err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "backup")
		n, r, err := house.Backup(t.Context(), h.Config, dir, "test", quiet)
		if err != nil || n.Findings != 1 || len(r.Findings) != 1 {
			t.Fatalf("%+v %v %v", n, r.Findings, err)
		}
		c := fresh(t, h)
		if _, _, err := house.Restore(t.Context(), c, dir, false, quiet); err == nil || !strings.Contains(err.Error(), "--despite-findings") {
			t.Errorf("restored without asking: %v", err)
		}
		if _, r, err := house.Restore(t.Context(), c, dir, true, quiet); err != nil || len(r.Findings) != 1 {
			t.Errorf("%+v %v", r, err)
		}
	})
}

// TestBackupByARoleThatMayMakeNoDatabases says honestly that it was not read back.
func TestBackupByARoleThatMayMakeNoDatabases(t *testing.T) {
	h := housetest.Open(t, house.Config{Database: pgtest.DSN(t)})
	if err := h.FurnishPeople(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := letterFrom(t.Context(), h, "Abel Rooskens"); err != nil {
		t.Fatal(err)
	}
	owner, err := url.Parse(h.Database)
	if err != nil {
		t.Fatal(err)
	}
	role := "reader_" + strings.TrimPrefix(owner.Path, "/gehoor_test_")
	db, err := sql.Open("pgx", h.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	do := func(ctx context.Context, statement string) {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	do(t.Context(), `CREATE ROLE `+role+` LOGIN PASSWORD 'a b+c%&'`)
	do(t.Context(), `GRANT SELECT ON ALL TABLES IN SCHEMA public TO `+role)
	do(t.Context(), `GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO `+role)
	defer func() {
		do(context.WithoutCancel(t.Context()), `DROP OWNED BY `+role)
		do(context.WithoutCancel(t.Context()), `DROP ROLE `+role)
	}()
	c := h.Config
	asReader := *owner
	asReader.User = url.UserPassword(role, "a b+c%&")
	asReader.RawQuery += "&search_path=public"
	c.Database = asReader.String()
	dir := filepath.Join(t.TempDir(), "backup")
	n, _, err := house.Backup(t.Context(), c, dir, "test", quiet)
	if err != nil || n.Check != house.Listed {
		t.Fatalf("%+v %v", n, err)
	}
	if _, r, err := house.Restore(t.Context(), fresh(t, h), dir, false, quiet); err != nil || r.Dossiers != 1 || len(r.Findings) > 0 {
		t.Errorf("%+v %v", r, err)
	}
}
