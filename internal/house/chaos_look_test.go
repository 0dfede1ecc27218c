package house_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/record"
)

// register is a connection of the test's own: what stands in the register is not asked
// of the program that is being tested.
func register(t *testing.T, home, database string) *sql.DB {
	t.Helper()
	driver, source := "pgx", database
	if database == "" {
		driver, source = "sqlite", "file:"+filepath.Join(home, "register", "gehoor.db")+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// found is what the register holds of one dossier.
type found struct {
	kinds    []complaint.Kind
	keys     []string // of the events, "" for most
	letters  []record.LetterKind
	counts   map[string]int // rows per table
	versions []int
}

// whatIsThere reads all dossiers by SQL.
func whatIsThere(t *testing.T, db *sql.DB) map[string]*found {
	t.Helper()
	all := map[string]*found{}
	of := func(id string) *found {
		if all[id] == nil {
			all[id] = &found{counts: map[string]int{}}
		}
		return all[id]
	}
	each(t, db, `SELECT dossier, version, kind, COALESCE(request, '') FROM event ORDER BY dossier, version`, func(scan func(...any) error) error {
		var id, key string
		var kind complaint.Kind
		var version int
		err := scan(&id, &version, &kind, &key)
		f := of(id)
		f.versions, f.kinds, f.keys = append(f.versions, version), append(f.kinds, kind), append(f.keys, key)
		return err
	})
	each(t, db, `SELECT dossier, kind FROM letter`, func(scan func(...any) error) error {
		var id string
		var kind record.LetterKind
		err := scan(&id, &kind)
		of(id).letters = append(of(id).letters, kind)
		return err
	})
	for table, query := range map[string]string{
		"dossier": `SELECT id FROM dossier`, "register": `SELECT dossier FROM register`, "identity": `SELECT dossier FROM identity`,
		"attachment": `SELECT dossier FROM attachment WHERE linked = 1`,
	} {
		each(t, db, query, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			of(id).counts[table]++
			return err
		})
	}
	return all
}

func each(t *testing.T, db *sql.DB, query string, row func(scan func(...any) error) error) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// look compares the register with the stories: every answered step is there exactly
// once, at most one more of each story is (written, and killed before the answer), and
// nothing else. It gives the number of those, and moves nothing.
func look(t *testing.T, h *house.House, db *sql.DB, stories []*story) (unanswered int) {
	t.Helper()
	r, err := h.Inspector.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		t.Errorf("verify: %v", f)
	}
	there := whatIsThere(t, db)
	for _, s := range stories {
		done, err := s.compare(there[s.Draft.ID])
		if err != nil {
			t.Errorf("story %d (%s), %d steps answered: %v", s.N, s.Draft.ID, s.Acked, err)
		}
		unanswered += max(0, done-s.Acked)
		delete(there, s.Draft.ID)
	}
	for id, f := range there {
		t.Errorf("dossier %s is of no story: %+v", id, *f)
	}
	return unanswered
}

// compare gives how many steps of a story stand in the register, or what does not fit.
func (s *story) compare(f *found) (done int, err error) {
	if f == nil {
		f = &found{counts: map[string]int{}}
	}
	for _, key := range f.keys {
		if key != "" {
			done++
		}
	}
	if done < s.Acked {
		return done, fmt.Errorf("lost: %d steps are there, %v", done, f.keys)
	}
	if done > s.Acked+1 {
		return done, fmt.Errorf("%d steps are there: %v", done, f.keys)
	}
	want := s.expected(done)
	slices.Sort(f.letters)
	slices.Sort(want.letters)
	switch {
	case !slices.Equal(f.keys, want.keys):
		return done, fmt.Errorf("request keys %q, want %q", f.keys, want.keys)
	case !slices.Equal(f.kinds, want.kinds):
		return done, fmt.Errorf("events %v, want %v", f.kinds, want.kinds)
	case !slices.Equal(f.versions, want.versions):
		return done, fmt.Errorf("versions %v", f.versions)
	case !slices.Equal(f.letters, want.letters):
		return done, fmt.Errorf("letters %v, want %v", f.letters, want.letters)
	}
	for _, table := range []string{"dossier", "register", "identity", "attachment"} {
		if f.counts[table] != want.counts[table] {
			return done, fmt.Errorf("%d rows of %s, want %d", f.counts[table], table, want.counts[table])
		}
	}
	return done, nil
}

// expected is what the register holds after so many steps.
func (s *story) expected(done int) found {
	want := found{counts: map[string]int{}}
	if done == 0 {
		return want
	}
	for i, step := range s.steps()[:done] {
		for j, kind := range step.kinds {
			key := ""
			if j == 0 { // the first event of a task carries its request
				key = s.key(i)
			}
			want.keys, want.kinds, want.versions = append(want.keys, key), append(want.kinds, kind), append(want.versions, len(want.kinds)+1)
		}
		want.letters = append(want.letters, step.letters...)
	}
	want.counts["dossier"], want.counts["register"] = 1, 1
	if !s.isNameless() {
		want.counts["identity"] = 1
	}
	if s.hasFile() {
		want.counts["attachment"] = 1
	}
	return want
}
