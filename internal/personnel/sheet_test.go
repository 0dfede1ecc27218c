package personnel_test

import (
	"strings"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/personnel"
	"gehoor/internal/record"
)

// paper is a recovery sheet of one row.
type paper struct{ epoch uint32 }

func (p paper) Rows() []personnel.KeyRow {
	return []personnel.KeyRow{{Number: 1, Of: 1, Key: "root", Groups: []string{"ABCDE", "GEHEI"}}}
}
func (p paper) IsLastGroup(typed string) bool { return strings.EqualFold(typed, "GEHEI") }
func (p paper) Fingerprint() string           { return "FPRT" }
func (p paper) Epoch() uint32                 { return p.epoch }

func TestSheetAtSetUp(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.Keys = paper{1}
		if _, _, err := o.SheetAtSetUp(t.Context(), o.token); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("before set-up: %v", err)
		}
		_, err := o.SetUp(t.Context(), o.token, typed())
		check(t, err)
		if _, _, err := o.SheetAtSetUp(t.Context(), "another"); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("another token: %v", err)
		}
		if o.count(t, "show_sheet") != 0 {
			t.Error("logged as shown")
		}
		rows, st, err := o.SheetAtSetUp(t.Context(), o.token)
		if err != nil || len(rows) != 1 || st.Fingerprint != "FPRT" || o.count(t, "show_sheet") != 1 {
			t.Fatalf("%v %+v %v", rows, st, err)
		}
		for typed, want := range map[string]string{"": "group error.required", "ABCDE": "group error.sheet_group"} {
			if got := keys(o.ConfirmSheetAtSetUp(t.Context(), o.token, typed)); got != want {
				t.Errorf("%q: %s", typed, got)
			}
		}
		check(t, o.ConfirmSheetAtSetUp(t.Context(), o.token, "gehei"))
		if _, _, err := o.SheetAtSetUp(t.Context(), o.token); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("once confirmed: %v", err)
		}
		bea, err := o.store.StaffByEmail(t.Context(), "bea@lsr.example")
		check(t, err)
		if due, err := o.SheetIsDue(t.Context(), bea.Person()); due || err != nil {
			t.Errorf("still due: %v", err)
		}
		st, err = o.SheetState(t.Context(), bea.Person())
		if err != nil || !st.Confirmed || st.By != bea.ID || o.count(t, "confirm_sheet") != 1 {
			t.Errorf("%+v %v", st, err)
		}
		if strings.Contains(strings.Join(o.logged(t), " "), "GEHEI") {
			t.Error("the log holds the key")
		}
	})
}

// Put off, the printed address opens nothing any more; nor does it after an hour.
func TestSheetLater(t *testing.T) {
	for name, off := range map[string]func(t *testing.T, o *office){
		"later":   func(t *testing.T, o *office) { check(t, o.SheetLater(t.Context(), o.token)) },
		"an hour": func(t *testing.T, o *office) { o.now = o.now.Add(time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.Keys = paper{1}
			if err := o.SheetLater(t.Context(), "another"); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("another token: %v", err)
			}
			_, err := o.SetUp(t.Context(), o.token, typed())
			check(t, err)
			off(t, o)
			check(t, o.SheetLater(t.Context(), o.token)) // a double click
			if _, _, err := o.SheetAtSetUp(t.Context(), o.token); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("seen: %v", err)
			}
			if err := o.ConfirmSheetAtSetUp(t.Context(), o.token, "GEHEI"); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("confirmed: %v", err)
			}
			for email, want := range map[string]bool{"bea@lsr.example": true, "dirk@lsr.example": false, "anna@lsr.example": false} {
				s, err := o.store.StaffByEmail(t.Context(), email)
				check(t, err)
				if due, err := o.SheetIsDue(t.Context(), s.Person()); due != want || err != nil {
					t.Errorf("%s is told: %v %v", email, due, err)
				}
			}
		})
	}
}

func TestSheetAsksThePasswordAgain(t *testing.T) {
	c := newOffice(t).crew(t)
	c.withCodes()
	if _, err := c.ShowSheet(t.Context(), c.admin, password, ""); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("without keys: %v", err)
	}
	c.Keys = paper{1}
	secret, _ := c.connects(t, c.other)
	for _, x := range []struct {
		who            record.Staff
		password, code string
		want           string
	}{
		{c.admin, "", "", "password error.password_wrong"},
		{c.admin, "fout", "", "password error.password_wrong"},
		{c.director, password, "", "error.forbidden"},
		{c.helpdesk, password, "", "error.forbidden"},
		{c.other, password, "", "code error.login_code"},
		{c.other, "fout", c.code(secret), "password error.password_wrong"},
		{c.other, password, c.code(secret), ""},
		{c.other, password, c.code(secret), "code error.login_code"}, // a code works once
		{c.admin, password, "", ""},
	} {
		rows, err := c.ShowSheet(t.Context(), x.who, x.password, x.code)
		if keys(err) != x.want || (err == nil) != (len(rows) == 1) {
			t.Errorf("%s %q %q: %v %v, want %q", x.who.Email, x.password, x.code, rows, err, x.want)
		}
	}
	if c.count(t, "show_sheet") != 2 {
		t.Errorf("log: %v", c.logged(t))
	}
	if err := c.ConfirmSheet(t.Context(), c.director.Person(), "GEHEI"); keys(err) != "error.forbidden" {
		t.Errorf("the director confirms: %v", err)
	}
	check(t, c.ConfirmSheet(t.Context(), c.admin.Person(), "GEHEI"))
	check(t, c.ConfirmSheet(t.Context(), c.other.Person(), "GEHEI"))
	if _, err := c.ShowSheet(t.Context(), c.admin, password, ""); keys(err) != "error.sheet_confirmed" {
		t.Errorf("shown again: %v", err)
	}
	c.Keys = paper{2} // a new epoch: another sheet
	st, err := c.SheetState(t.Context(), c.admin.Person())
	if err != nil || st.Confirmed || !st.Outdated {
		t.Errorf("%+v %v", st, err)
	}
	if _, err := c.ShowSheet(t.Context(), c.admin, password, ""); err != nil {
		t.Errorf("of the new epoch: %v", err)
	}
}

// What cannot be logged is not shown.
func TestSheetIsLoggedFirst(t *testing.T) {
	c := newOffice(t).crew(t)
	c.Keys = paper{1}
	c.exec(t, `ALTER TABLE logline RENAME TO logline_away`)
	if rows, err := c.ShowSheet(t.Context(), c.admin, password, ""); err == nil || rows != nil {
		t.Errorf("%v %v", rows, err)
	}
}
