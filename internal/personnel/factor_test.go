package personnel_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"gehoor/internal/access"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// withCodes lets an office ask codes. Its seal only turns bits: that it is used at all
// is what is tested here.
func (o *office) withCodes() {
	turn := func(staff string, b []byte) ([]byte, error) {
		if staff == "" {
			return nil, errors.New("sealed for nobody")
		}
		out := bytes.Clone(b)
		for i := range out {
			out[i] ^= 0xff
		}
		return out, nil
	}
	o.Codes, o.SealFactor, o.OpenFactor = access.Codes{}, turn, turn
}

// connects gives somebody an app, and the secret in it.
func (c *crew) connects(t *testing.T, s record.Staff) (secret []byte, recovery []string) {
	t.Helper()
	secret, err := c.Secret(t.Context(), s)
	check(t, err)
	recovery, err = c.UseApp(t.Context(), s, c.code(secret))
	check(t, err)
	c.office.now = c.office.now.Add(time.Minute)
	return secret, recovery
}

func (c *crew) code(secret []byte) string { return access.Codes{}.CodeAt(secret, c.office.now) }

// codeOf gives the code that somebody's app shows now.
func (c *crew) codeOf(t *testing.T, s record.Staff) string {
	t.Helper()
	f, err := c.store.Factor(t.Context(), s.ID)
	check(t, err)
	secret, err := c.OpenFactor(string(s.ID), f.Sealed)
	check(t, err)
	return c.code(secret)
}

func TestSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		c := o.crew(t)
		o.withCodes()
		secret, recovery := c.connects(t, c.helpdesk)
		if f, err := o.store.Factor(t.Context(), c.helpdesk.ID); err != nil || bytes.Contains(f.Sealed, secret) || !f.Active {
			t.Errorf("%+v %v", f, err)
		}
		if _, err := c.Secret(t.Context(), c.helpdesk); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("the secret is shown again: %v", err)
		}
		token, _, err := c.LogIn(t.Context(), c.helpdesk.Email, password)
		check(t, err)
		if _, _, err := c.Who(t.Context(), token); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("in without a code: %v", err)
		}
		if _, _, _, err := c.GiveCode(t.Context(), token, "000000"); keys(err) != "code error.login_code" {
			t.Errorf("a wrong code: %v", err)
		}
		code := c.code(secret)
		fresh, _, _, err := c.GiveCode(t.Context(), token, code)
		check(t, err)
		if _, _, err := c.Who(t.Context(), fresh); err != nil || fresh == token {
			t.Errorf("%v", err)
		}
		if _, _, _, err := c.GiveCode(t.Context(), token, code); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("the first token still works: %v", err)
		}
		again, _, err := c.LogIn(t.Context(), c.helpdesk.Email, password)
		check(t, err)
		if _, _, _, err := c.GiveCode(t.Context(), again, code); keys(err) != "code error.login_code" {
			t.Errorf("a code twice: %v", err)
		}
		if _, _, _, err := c.GiveCode(t.Context(), again, strings.ToUpper(recovery[3])); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
		once, _, err := c.LogIn(t.Context(), c.helpdesk.Email, password)
		check(t, err)
		if _, _, _, err := c.GiveCode(t.Context(), once, recovery[3]); keys(err) != "code error.login_code" {
			t.Errorf("a recovery code twice: %v", err)
		}
	})
}

func TestGuessingCodesIsSlow(t *testing.T) {
	c := newOffice(t).crew(t)
	c.withCodes()
	secret, _ := c.connects(t, c.helpdesk)
	token, _, err := c.LogIn(t.Context(), c.helpdesk.Email, password)
	check(t, err)
	for range 3 {
		_, _, _, _ = c.GiveCode(t.Context(), token, "000000")
	}
	if _, _, _, err := c.GiveCode(t.Context(), token, c.code(secret)); keys(err) != "code error.login_moment" {
		t.Errorf("%v", err)
	}
	c.office.now = c.office.now.Add(11 * time.Minute)
	if _, _, _, err := c.GiveCode(t.Context(), token, c.code(secret)); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("after ten minutes: %v", err)
	}
}

// When the settings ask a code, who has no app connects one at log-in.
func TestAppIsAskedAtLogIn(t *testing.T) {
	c := newOffice(t).crew(t)
	c.withCodes()
	f, version := c.settings(t)
	f.Organisation.SecondFactor = true
	before, _, err := c.LogIn(t.Context(), c.helpdesk.Email, password)
	check(t, err)
	c.connects(t, c.manager)
	with, _, err := c.LogIn(t.Context(), c.manager.Email, password)
	check(t, err)
	with, _, _, err = c.GiveCode(t.Context(), with, c.codeOf(t, c.manager))
	check(t, err)
	_, err = c.ChangeOrganisation(t.Context(), c.admin.Person(), version, f)
	check(t, err)
	if _, _, err := c.Who(t.Context(), before); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("who was in without an app stays in: %v", err)
	}
	if _, _, err := c.Who(t.Context(), with); err != nil {
		t.Errorf("who has an app is put out: %v", err)
	}
	token, _, err := c.LogIn(t.Context(), c.helpdesk.Email, password)
	check(t, err)
	if _, _, err := c.Who(t.Context(), token); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("in before an app was connected: %v", err)
	}
	staff, waits, err := c.Halfway(t.Context(), token)
	if err != nil || waits != "app" {
		t.Fatalf("%q %v", waits, err)
	}
	secret, err := c.Secret(t.Context(), staff)
	check(t, err)
	fresh, _, recovery, err := c.GiveCode(t.Context(), token, c.code(secret))
	if err != nil || len(recovery) != 8 {
		t.Fatalf("%d %v", len(recovery), err)
	}
	if _, _, err := c.Who(t.Context(), fresh); err != nil {
		t.Error(err)
	}
	if err := c.StopFactor(t.Context(), c.helpdesk, password); keys(err) != "error.factor_asked" {
		t.Errorf("stopped though it is asked: %v", err)
	}
}

// A reset of a second factor waits for a second person; stopping one's own asks the
// password.
func TestFactorEnds(t *testing.T) {
	c := newOffice(t).crew(t)
	c.withCodes()
	c.connects(t, c.helpdesk)
	if out, err := c.ResetFactor(t.Context(), c.admin.Person(), c.helpdesk.ID); err != nil || !out.Proposed {
		t.Fatalf("%+v %v", out, err)
	}
	if st, err := c.FactorOf(t.Context(), c.helpdesk); err != nil || !st.Active || st.Left != 8 {
		t.Errorf("before approval: %+v %v", st, err)
	}
	_, err := c.Approve(t.Context(), c.director.Person(), c.waits(t).ID)
	check(t, err)
	if st, err := c.FactorOf(t.Context(), c.helpdesk); err != nil || st.Active || st.Left != 0 {
		t.Errorf("after approval: %+v %v", st, err)
	}
	c.connects(t, c.manager)
	if err := c.StopFactor(t.Context(), c.manager, "wrong"); keys(err) != "password error.password_wrong" {
		t.Errorf("%v", err)
	}
	check(t, c.StopFactor(t.Context(), c.manager, password))
}

func TestOwnSessions(t *testing.T) {
	c := newOffice(t).crew(t)
	var tokens []string
	for range 3 {
		token, _, err := c.LogIn(t.Context(), c.helpdesk.Email, password)
		check(t, err)
		tokens = append(tokens, token)
		c.office.now = c.office.now.Add(time.Second)
	}
	other, _, err := c.LogIn(t.Context(), c.manager.Email, password)
	check(t, err)
	list, err := c.SessionsOf(t.Context(), c.helpdesk.ID, tokens[2])
	if err != nil || len(list) != 3 || !list[0].Current || list[1].Current {
		t.Fatalf("%+v %v", list, err)
	}
	theirs, err := c.SessionsOf(t.Context(), c.manager.ID, other)
	check(t, err)
	check(t, c.EndSession(t.Context(), c.helpdesk.ID, theirs[0].ID)) // not one's own: nothing happens
	check(t, c.EndSession(t.Context(), c.helpdesk.ID, list[1].ID))
	in := func(token string) bool { _, _, err := c.Who(t.Context(), token); return err == nil }
	if !in(other) || !in(tokens[0]) || in(tokens[1]) || !in(tokens[2]) {
		t.Error("another session ended")
	}
	check(t, c.EndOtherSessions(t.Context(), c.helpdesk.ID, tokens[2]))
	if in(tokens[0]) || !in(tokens[2]) || !in(other) {
		t.Error("the others go on, or this one ended")
	}
}
