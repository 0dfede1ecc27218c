package personnel_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gehoor/internal/access"
	"gehoor/internal/complaint"
	"gehoor/internal/personnel"
	"gehoor/internal/pgtest"
	"gehoor/internal/procedure"
	"gehoor/internal/record"
	"gehoor/internal/store"
)

// office is a register on a temporary file, with a clock that is set.
type office struct {
	*personnel.Personnel
	store *store.Store
	path  string
	now   time.Time
	token string // opens the set-up
}

func mac(parts ...[]byte) []byte {
	h := hmac.New(sha256.New, []byte("test"))
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// each plays a test on both databases.
func each(t *testing.T, play func(t *testing.T, o *office)) {
	t.Run("SQLite", func(t *testing.T) { play(t, newOffice(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { play(t, officeAt(t, pgtest.DSN(t))) })
}

func newOffice(t *testing.T) *office {
	t.Helper()
	return officeAt(t, filepath.Join(t.TempDir(), "gehoor.sqlite"))
}

func officeAt(t *testing.T, path string) *office {
	t.Helper()
	o := &office{path: path, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	var err error
	if o.store, err = store.Open(t.Context(), o.path, mac); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.store.Close(); err != nil {
			t.Error(err)
		}
	})
	passwords := access.NewPasswords(access.Cost{Passes: 1, Memory: 64, Threads: 1}, 2)
	token, guard := access.NewSetUpToken()
	o.token = token
	o.Personnel = &personnel.Personnel{
		Cupboard: o.store, Passwords: passwords, Tokens: access.Tokens{}, Guard: guard, Rules: rules,
		Index: func(purpose string, parts ...string) []byte { return mac([]byte(purpose + strings.Join(parts, "|"))) },
		Now:   func() time.Time { return o.now },
	}
	for _, f := range procedure.Shipped() {
		r, err := procedure.Read(f.Text)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.store.AddProcedure(t.Context(), record.ProcedureFile{ID: r.ID, Version: r.Version, ValidFrom: r.ValidFrom.String(), Text: f.Text, SHA256: f.Name}); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func rules(text []byte) (complaint.Rules, error) { return procedure.Read(text) }

const password = "een zin die niemand raadt"

// hire puts one account in the register.
func (o *office) hire(t *testing.T, email string, roles ...complaint.Role) record.Staff {
	t.Helper()
	hash, err := o.Passwords.Hash(password)
	if err != nil {
		t.Fatal(err)
	}
	s := record.Staff{ID: complaint.Actor(record.NewID()), Name: "Anna de Wit", Email: email, Roles: roles, Active: true, Password: hash, Language: "nl", At: o.now}
	if err := o.store.SaveStaff(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return s
}

// exec changes the register behind its back.
func (o *office) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(o.path, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, o.path)
	check(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), query, args...)
	check(t, err)
}

// logged gives "action reason actor on_behalf" of all log lines.
func (o *office) logged(t *testing.T) []string {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(o.path, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, o.path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), `SELECT action || ' ' || reason || ' ' || actor || ' ' || on_behalf FROM logline ORDER BY at, id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// count gives how many log lines begin with an action.
func (o *office) count(t *testing.T, action string) int {
	n := 0
	for _, line := range o.logged(t) {
		if strings.HasPrefix(line, action+" ") {
			n++
		}
	}
	return n
}

// key gives the key of the refusal in err, or its text.
func key(err error) string {
	var e *complaint.Error
	if errors.As(err, &e) {
		return e.Key
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestLogIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		anna := o.hire(t, "anna@lsr.example", complaint.Helpdesk)
		token, staff, err := o.LogIn(t.Context(), " Anna@LSR.example ", password)
		if err != nil || staff.ID != anna.ID {
			t.Fatalf("%v, %v", staff.ID, err)
		}
		who, session, err := o.Who(t.Context(), token)
		if err != nil || who.ID != anna.ID || session.Staff != anna.ID {
			t.Fatalf("who: %v, %v", who.ID, err)
		}
		if strings.Contains(string(session.Token), token) {
			t.Error("the register keeps the token itself")
		}
		if _, _, err := o.Who(t.Context(), token+"x"); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("another token: %v", err)
		}
		if err := o.LogOut(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		if _, _, err := o.Who(t.Context(), token); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("after logging out: %v", err)
		}
		if err := o.LogOut(t.Context(), token); err != nil {
			t.Errorf("logging out twice: %v", err)
		}
		if o.count(t, "log_in") != 1 || o.count(t, "log_out") != 1 {
			t.Errorf("log: %v", o.logged(t))
		}
	})
}

func TestWrongNameAndWrongPasswordAreAnsweredAlike(t *testing.T) {
	o := newOffice(t)
	anna := o.hire(t, "anna@lsr.example", complaint.Helpdesk)
	closed := anna
	closed.ID, closed.Email, closed.Active = complaint.Actor(record.NewID()), "weg@lsr.example", false
	if err := o.store.SaveStaff(t.Context(), closed); err != nil {
		t.Fatal(err)
	}
	for email, typed := range map[string]string{"anna@lsr.example": "fout", "niemand@lsr.example": password, "weg@lsr.example": password, "": ""} {
		_, staff, err := o.LogIn(t.Context(), email, typed)
		if key(err) != "error.login" || staff.ID != "" {
			t.Errorf("%s: %v, %v", email, staff, err)
		}
	}
	for _, line := range o.logged(t) {
		if strings.Contains(line, "@") || strings.Contains(line, "Anna") {
			t.Errorf("the log names somebody: %s", line)
		}
	}
}

func TestGuessingGetsSlower(t *testing.T) {
	for _, email := range []string{"anna@lsr.example", "niemand@lsr.example"} {
		o := newOffice(t)
		o.hire(t, "anna@lsr.example", complaint.Helpdesk)
		try := func(typed string) string {
			_, _, err := o.LogIn(t.Context(), email, typed)
			return key(err)
		}
		for range 3 {
			if got := try("fout"); got != "error.login" {
				t.Fatalf("%s: %s", email, got)
			}
		}
		if got := try(password); got != "error.login_moment" {
			t.Errorf("%s, straight after three failures: %s", email, got)
		}
		for _, wait := range []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900} {
			o.now = o.now.Add(wait*time.Second - time.Millisecond)
			if got := try("fout"); !strings.HasPrefix(got, "error.login_") {
				t.Fatalf("%s, just before %d seconds: %s", email, wait, got)
			}
			o.now = o.now.Add(time.Millisecond)
			if got := try("fout"); got != "error.login" {
				t.Fatalf("%s, after %d seconds: %s", email, wait, got)
			}
		}
		var e *complaint.Error
		if _, _, err := o.LogIn(t.Context(), email, "fout"); !errors.As(err, &e) || e.Key != "error.login_wait" || e.Args[1] != 15 {
			t.Errorf("%s: %v", email, err)
		}
	}
}

func TestNobodyIsLockedOutForGood(t *testing.T) {
	o := newOffice(t)
	o.hire(t, "anna@lsr.example", complaint.Helpdesk)
	for range 50 {
		_, _, _ = o.LogIn(t.Context(), "anna@lsr.example", "fout")
		o.now = o.now.Add(15 * time.Minute)
	}
	if _, _, err := o.LogIn(t.Context(), "anna@lsr.example", password); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.LogIn(t.Context(), "anna@lsr.example", "fout"); key(err) != "error.login" {
		t.Errorf("the failures were not forgotten: %v", err)
	}
}

func TestSessionsEnd(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		anna := o.hire(t, "anna@lsr.example", complaint.Helpdesk)
		logIn := func() string {
			token, _, err := o.LogIn(t.Context(), anna.Email, password)
			if err != nil {
				t.Fatal(err)
			}
			return token
		}
		in := func(token string) bool {
			_, _, err := o.Who(t.Context(), token)
			return err == nil
		}
		silent := logIn()
		o.now = o.now.Add(59 * time.Minute)
		if !in(silent) {
			t.Fatal("ended too soon")
		}
		o.now = o.now.Add(59 * time.Minute)
		if !in(silent) {
			t.Fatal("being seen did not count")
		}
		o.now = o.now.Add(time.Hour)
		if in(silent) {
			t.Error("an hour of silence does not end a session")
		}

		long := logIn()
		for range 23 {
			o.now = o.now.Add(30 * time.Minute)
			if !in(long) {
				t.Fatal("ended too soon")
			}
		}
		o.now = o.now.Add(30 * time.Minute)
		if in(long) {
			t.Error("12 hours do not end a session")
		}

		token := logIn()
		anna.Active = false
		if err := o.store.SaveStaff(t.Context(), anna); err != nil {
			t.Fatal(err)
		}
		if in(token) {
			t.Error("somebody whose account was closed is still in")
		}
	})
}

func TestStaleHashesAreRenewed(t *testing.T) {
	o := newOffice(t)
	anna := o.hire(t, "anna@lsr.example", complaint.Helpdesk)
	o.Passwords = access.NewPasswords(access.Cost{Passes: 2, Memory: 64, Threads: 1}, 1)
	if _, _, err := o.LogIn(t.Context(), anna.Email, password); err != nil {
		t.Fatal(err)
	}
	after, err := o.store.StaffByID(t.Context(), anna.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(after.Password), "t=2") {
		t.Errorf("hash %s", after.Password)
	}
}

func TestChangePassword(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		anna := o.hire(t, "anna@lsr.example", complaint.Helpdesk)
		for _, tt := range []struct{ old, is, again, want string }{
			{password, "kort", "kort", "password error.password_short"},
			{password, "", "", "password error.required"},
			{password, "een andere goede zin", "een andere goede zim", "password_again error.password_same"},
			{password, password, password, "password error.password_old"},
			{password, "anna@lsr.example", "anna@lsr.example", "password error.password_email"},
			{password, "Wachtwoord2026!", "Wachtwoord2026!", "password error.password_common"},
			{password, "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "password error.password_common"},
			{password, "123456789012", "123456789012", "password error.password_common"},
			{"fout", "een andere goede zin", "een andere goede zin", "old error.password_wrong"},
		} {
			err := o.ChangePassword(t.Context(), anna, "", personnel.NewPassword{Old: tt.old, New: tt.is, Again: tt.again})
			var m complaint.Mistakes
			if !errors.As(err, &m) || m[0].Field+" "+m[0].Key != tt.want {
				t.Errorf("%q: %v, want %s", tt.is, err, tt.want)
			}
		}
		here, _, err := o.LogIn(t.Context(), anna.Email, password)
		if err != nil {
			t.Fatal(err)
		}
		there, _, err := o.LogIn(t.Context(), anna.Email, password)
		if err != nil {
			t.Fatal(err)
		}
		change := personnel.NewPassword{Old: password, New: "een andere goede zin", Again: "een andere goede zin"}
		if err := o.ChangePassword(t.Context(), anna, here, change); err != nil {
			t.Fatal(err)
		}
		if err := o.ChangePassword(t.Context(), anna, here, change); err != nil {
			t.Errorf("a double click: %v", err)
		}
		if _, _, err := o.Who(t.Context(), here); err != nil {
			t.Errorf("the own session ended: %v", err)
		}
		if _, _, err := o.Who(t.Context(), there); err == nil {
			t.Error("another session goes on")
		}
		if _, _, err := o.LogIn(t.Context(), anna.Email, password); key(err) != "error.login" {
			t.Errorf("the old password: %v", err)
		}
	})
}

// What fails last undoes the rest: never a new password with an old log-in inside.
func TestChangePasswordIsWholeOrNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		anna := o.hire(t, "anna@lsr.example", complaint.Helpdesk)
		here, _, err := o.LogIn(t.Context(), anna.Email, password)
		check(t, err)
		there, _, err := o.LogIn(t.Context(), anna.Email, password)
		check(t, err)
		change := personnel.NewPassword{Old: password, New: "een andere goede zin", Again: "een andere goede zin"}
		o.exec(t, `ALTER TABLE logline RENAME TO logline_away`)
		if err := o.ChangePassword(t.Context(), anna, here, change); err == nil {
			t.Error("it was not logged, and yet it is done")
		}
		o.exec(t, `ALTER TABLE logline_away RENAME TO logline`)
		if _, _, err := o.Who(t.Context(), there); err != nil {
			t.Errorf("the other session ended: %v", err)
		}
		if _, _, err := o.LogIn(t.Context(), anna.Email, password); err != nil {
			t.Errorf("the old password: %v", err)
		}
		check(t, o.ChangePassword(t.Context(), anna, here, change))
		if _, _, err := o.Who(t.Context(), there); err == nil {
			t.Error("the other session goes on")
		}
	})
}

func TestPersonAndColleagues(t *testing.T) {
	o := newOffice(t)
	anna := o.hire(t, "anna@lsr.example", complaint.Quality)
	if err := o.store.SaveSetting(t.Context(), record.Setting{ID: "1", Name: "organisation", Value: `{"intake_fallback":"` + string(anna.ID) + `"}`, At: o.now}); err != nil {
		t.Fatal(err)
	}
	if p, err := o.Person(t.Context(), anna); err != nil || !p.Fallback || !p.Is(complaint.Quality) {
		t.Errorf("person %+v, %v", p, err)
	}
	closed := anna
	closed.Active = false
	if p, err := o.Person(t.Context(), closed); err != nil || p.ID != "" {
		t.Errorf("closed account: %+v, %v", p, err)
	}
	all, err := o.Colleagues(t.Context())
	if err != nil || all[anna.ID].Name != anna.Name {
		t.Errorf("colleagues %v, %v", all, err)
	}
	if err := o.ChangeLanguage(t.Context(), anna.Person(), "en"); err != nil {
		t.Fatal(err)
	}
	if err := o.ChangeLanguage(t.Context(), anna.Person(), "fy"); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("an unknown language: %v", err)
	}
	if after, err := o.store.StaffByID(t.Context(), anna.ID); err != nil || after.Language != "en" {
		t.Errorf("language %q, %v", after.Language, err)
	}
}
