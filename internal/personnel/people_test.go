package personnel_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/personnel"
	"gehoor/internal/record"
)

// crew is an office with people in every role.
type crew struct {
	*office
	admin, other, director, helpdesk, manager record.Staff
	department                                string
}

func (o *office) crew(t *testing.T) *crew {
	t.Helper()
	c := &crew{office: o, department: record.NewID()}
	set := record.SetUp{Setting: record.Setting{ID: record.NewID(), Name: "organisation", Value: `{"name":"Het LSR","procedures":[{"procedure":"lsr-14-dagen","from":""}],"retention":"24 month"}`, At: o.now}}
	for _, x := range []struct {
		to    *record.Staff
		email string
		role  complaint.Role
	}{{&c.admin, "admin@lsr.example", complaint.Administrator}, {&c.other, "other@lsr.example", complaint.Administrator}, {&c.director, "dir@lsr.example", complaint.Director},
		{&c.helpdesk, "help@lsr.example", complaint.Helpdesk}, {&c.manager, "man@lsr.example", complaint.Manager}} {
		hash, err := o.Passwords.Hash(password)
		check(t, err)
		*x.to = record.Staff{ID: complaint.Actor(record.NewID()), Name: x.email, Email: x.email, Roles: []complaint.Role{x.role}, Active: true, Password: hash, Language: "nl", At: o.now}
		set.Staff = append(set.Staff, *x.to)
	}
	set.Departments = []record.Department{{ID: c.department, Name: "Scholing", Manager: c.manager.ID, Active: true}}
	check(t, o.store.SetUp(t.Context(), set))
	return c
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// form is the form of an account as it stands.
func form(s record.Staff) personnel.StaffForm {
	return personnel.StaffForm{Name: s.Name, Email: s.Email, Function: s.Function, Phone: s.Phone, Roles: s.Roles, Days: s.Days.All()}
}

func (c *crew) now(t *testing.T, id complaint.Actor) record.Staff {
	t.Helper()
	s, err := c.store.StaffByID(t.Context(), id)
	check(t, err)
	return s
}

// waits gives the one proposal that waits.
func (c *crew) waits(t *testing.T) personnel.Waiting {
	t.Helper()
	all, err := c.Proposals(t.Context(), c.other.Person())
	check(t, err)
	if len(all) != 1 {
		t.Fatalf("%d proposals wait", len(all))
	}
	return all[0]
}

// keys gives the mistakes of an error as "field key".
func keys(err error) string {
	var m complaint.Mistakes
	var one *complaint.Error
	if errors.As(err, &m) {
		var all []string
		for _, e := range m {
			all = append(all, strings.TrimSpace(e.Field+" "+e.Key))
		}
		return strings.Join(all, ", ")
	}
	if errors.As(err, &one) {
		return one.Key
	}
	return ""
}

func TestOnlyAdministratorsManage(t *testing.T) {
	c := newOffice(t).crew(t)
	for _, s := range []record.Staff{c.director, c.helpdesk, c.manager, {}} {
		who := s.Person()
		_, add := c.AddStaff(t.Context(), who, 0, form(c.helpdesk))
		_, change := c.ChangeStaff(t.Context(), who, c.helpdesk.ID, 0, form(c.helpdesk))
		_, reset := c.ResetPassword(t.Context(), who, c.helpdesk.ID)
		_, reopen := c.ReopenStaff(t.Context(), who, c.helpdesk.ID, 0)
		_, save := c.SaveDepartment(t.Context(), who, 0, record.Department{Name: "x", Manager: c.manager.ID})
		_, look := c.Crew(t.Context(), who)
		for name, err := range map[string]error{"add": add, "change": change, "reset": reset, "reopen": reopen, "save": save, "look": look,
			"close": c.CloseStaff(t.Context(), who, c.helpdesk.ID, 0), "close department": c.CloseDepartment(t.Context(), who, 0, c.department)} {
			if keys(err) != "error.forbidden" {
				t.Errorf("%s by %s: %v", name, s.Email, err)
			}
		}
	}
}

func TestAllMistakesOfAnAccount(t *testing.T) {
	c := newOffice(t).crew(t)
	_, err := c.AddStaff(t.Context(), c.admin.Person(), 0, personnel.StaffForm{Email: "HELP@lsr.example", Phone: "x", Roles: []complaint.Role{"king"}})
	if got := keys(err); got != "name error.required, email error.email_taken, phone error.phone, roles error.unknown_choice, days error.days" {
		t.Error(got)
	}
}

// A new account has no password and no task until a second person approves.
func TestNewAccount(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		c := o.crew(t)
		f := personnel.StaffForm{Name: " Els  Bos ", Email: "Els@LSR.example", Roles: []complaint.Role{complaint.Quality, complaint.Helpdesk}, Days: record.Weekdays{1, 3}}
		out, err := c.AddStaff(t.Context(), c.admin.Person(), 0, f)
		check(t, err)
		els := c.now(t, complaint.Actor(out.ID))
		if els.Name != "Els Bos" || els.Email != "els@lsr.example" || len(els.Roles) != 0 || out.Start != "" || !out.Proposed || els.Days.String() != "1 3" {
			t.Fatalf("%+v %+v", els, out)
		}
		if _, _, err := c.LogIn(t.Context(), els.Email, ""); keys(err) != "error.login" {
			t.Errorf("log in before approval: %v", err)
		}
		x := c.waits(t)
		if _, err := c.Approve(t.Context(), c.admin.Person(), x.ID); keys(err) != "error.second_person" {
			t.Errorf("who proposed approves: %v", err)
		}
		if _, err := c.Approve(t.Context(), c.helpdesk.Person(), x.ID); keys(err) != "error.second_person" {
			t.Errorf("the helpdesk approves: %v", err)
		}
		done, err := c.Approve(t.Context(), c.director.Person(), x.ID)
		check(t, err)
		if _, err := c.Approve(t.Context(), c.director.Person(), x.ID); keys(err) != "error.proposal_gone" {
			t.Errorf("a second time: %v", err)
		}
		_, in, err := c.LogIn(t.Context(), els.Email, done.Start)
		if err != nil || !in.MustChange || !slices.Equal(in.Roles, []complaint.Role{complaint.Helpdesk, complaint.Quality}) {
			t.Errorf("%+v %v", in, err)
		}
		log := strings.Join(c.logged(t), "\n")
		for _, want := range []string{"add_staff  " + string(c.admin.ID) + " " + out.ID, "propose_grant roles helpdesk quality " + string(c.admin.ID) + " " + out.ID,
			"grant roles helpdesk quality " + string(c.director.ID) + " " + out.ID} {
			if !strings.Contains(log, want) {
				t.Errorf("the log does not say %q:\n%s", want, log)
			}
		}
		if strings.Contains(log, "Els") || strings.Contains(log, "els@") {
			t.Error("the log holds a name")
		}
	})
}

// Taking a task away goes at once, giving one waits; nobody approves what is their own.
func TestChangedRoles(t *testing.T) {
	c := newOffice(t).crew(t)
	f := form(c.helpdesk)
	f.Roles, f.Function = []complaint.Role{complaint.Director}, "Directeur"
	out, err := c.ChangeStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, 0, f)
	check(t, err)
	if s := c.now(t, c.helpdesk.ID); len(s.Roles) != 0 || s.Function != "Directeur" || !out.Proposed {
		t.Errorf("%+v %+v", s, out)
	}
	if _, err := c.ChangeStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, 0, f); keys(err) != "roles error.proposal_waits" {
		t.Errorf("proposed twice: %v", err)
	}
	receiver := c.now(t, c.helpdesk.ID).Person()
	receiver.Roles = []complaint.Role{complaint.Administrator}
	if _, err := c.Approve(t.Context(), receiver, c.waits(t).ID); keys(err) != "error.second_person" {
		t.Errorf("who gets it approves: %v", err)
	}
	check(t, c.Refuse(t.Context(), c.other.Person(), c.waits(t).ID))
	if s := c.now(t, c.helpdesk.ID); len(s.Roles) != 0 {
		t.Errorf("refused, and yet %v", s.Roles)
	}
	if !slices.ContainsFunc(c.logged(t), func(l string) bool { return strings.HasPrefix(l, "refuse_grant roles director") }) {
		t.Error("no line of the refusal")
	}
}

func TestLastAdministratorAndDirectorStay(t *testing.T) {
	c := newOffice(t).crew(t)
	if err := c.CloseStaff(t.Context(), c.admin.Person(), c.director.ID, 0); keys(err) != "roles error.last_director" {
		t.Errorf("the director: %v", err)
	}
	f := form(c.director)
	f.Roles = nil
	if _, err := c.ChangeStaff(t.Context(), c.admin.Person(), c.director.ID, 0, f); keys(err) != "roles error.last_director" {
		t.Errorf("the director's role: %v", err)
	}
	check(t, c.CloseStaff(t.Context(), c.admin.Person(), c.other.ID, 0))
	if err := c.CloseStaff(t.Context(), c.admin.Person(), c.admin.ID, 0); keys(err) != "roles error.last_administrator" {
		t.Errorf("the administrator: %v", err)
	}
	if err := c.CloseStaff(t.Context(), c.admin.Person(), c.manager.ID, 0); keys(err) != "error.still_manages" {
		t.Errorf("a manager of a department: %v", err)
	}
}

// Two administrators who close one another at the same moment do not both succeed.
func TestClosingOneAnother(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		c := o.crew(t)
		done := make(chan error, 2)
		go func() { done <- c.CloseStaff(t.Context(), c.admin.Person(), c.other.ID, 0) }()
		go func() { done <- c.CloseStaff(t.Context(), c.other.Person(), c.admin.ID, 0) }()
		if a, b := <-done, <-done; (a == nil) == (b == nil) {
			t.Errorf("%v and %v", a, b)
		}
	})
}

func TestClosedAccount(t *testing.T) {
	c := newOffice(t).crew(t)
	token, _, err := c.LogIn(t.Context(), c.helpdesk.Email, password)
	check(t, err)
	_, err = c.ResetPassword(t.Context(), c.admin.Person(), c.helpdesk.ID)
	check(t, err)
	x := c.waits(t)
	check(t, c.CloseStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, 0))
	if _, _, err := c.Who(t.Context(), token); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("the session goes on: %v", err)
	}
	if _, err := c.Approve(t.Context(), c.director.Person(), x.ID); keys(err) != "error.proposal_gone" {
		t.Errorf("its proposal: %v", err)
	}
	out, err := c.ReopenStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, 0)
	if err != nil || !out.Proposed {
		t.Fatalf("%+v %v", out, err)
	}
	done, err := c.Approve(t.Context(), c.director.Person(), c.waits(t).ID)
	check(t, err)
	if _, _, err := c.LogIn(t.Context(), c.helpdesk.Email, password); keys(err) != "error.login" {
		t.Errorf("the old password opens it: %v", err)
	}
	if _, _, err := c.LogIn(t.Context(), c.helpdesk.Email, done.Start); err != nil {
		t.Error(err)
	}
}

func TestStaleForm(t *testing.T) {
	c := newOffice(t).crew(t)
	people, err := c.Crew(t.Context(), c.admin.Person())
	check(t, err)
	people.Revision++ // the form was made from another picture
	if _, err := c.ChangeStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, people.Revision, form(c.helpdesk)); !complaint.IsKind(err, complaint.Stale) {
		t.Errorf("%v", err)
	}
}

func TestDepartments(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		c, who := o.crew(t), o.crewAdmin(t)
		_, err := c.SaveDepartment(t.Context(), who, 0, record.Department{Name: " scholing ", Deputy: c.helpdesk.ID})
		if got := keys(err); got != "name error.department_twice, manager error.choose, deputy error.cannot_manage" {
			t.Error(got)
		}
		out, err := c.SaveDepartment(t.Context(), who, 0, record.Department{ID: c.department, Name: "Scholing", Manager: c.manager.ID, Deputy: c.director.ID})
		if err != nil || !out.Proposed {
			t.Fatalf("%+v %v", out, err)
		}
		x := c.waits(t)
		if x.MayDecide == false || x.Now.Deputy != "" {
			t.Errorf("%+v", x)
		}
		if _, err := c.Approve(t.Context(), c.director.Person(), x.ID); keys(err) != "error.second_person" {
			t.Errorf("the deputy approves: %v", err)
		}
		_, err = c.Approve(t.Context(), c.other.Person(), x.ID)
		check(t, err)
		part := record.Department{ID: c.department, Name: "Scholing", Manager: c.manager.ID}
		if out, err = c.SaveDepartment(t.Context(), who, 0, part); err != nil || out.Proposed {
			t.Errorf("taking the deputy away: %+v %v", out, err)
		}
		if err := c.CloseDepartment(t.Context(), who, 0, c.department); keys(err) != "error.last_department" {
			t.Errorf("the last: %v", err)
		}
	})
}

// crewAdmin is the administrator of an office that has a crew.
func (o *office) crewAdmin(t *testing.T) complaint.Person {
	t.Helper()
	s, err := o.store.StaffByEmail(t.Context(), "admin@lsr.example")
	check(t, err)
	return s.Person()
}

// What was approved on the server, every director sees at the next log-in.
func TestApprovedOnTheServer(t *testing.T) {
	c := newOffice(t).crew(t)
	look, err := c.LookAt(t.Context(), c.director.Person())
	if err != nil || look == nil || !look.First || len(look.Staff) != 5 || len(look.Departments) != 1 {
		t.Fatalf("%+v %v", look, err)
	}
	check(t, c.Looked(t.Context(), c.director.Person(), c.office.now))
	if look, err = c.LookAt(t.Context(), c.director.Person()); err != nil || look != nil {
		t.Errorf("once more: %+v %v", look, err)
	}
	c.office.now = c.office.now.Add(1e9)
	_, err = c.ResetPassword(t.Context(), c.admin.Person(), c.helpdesk.ID)
	check(t, err)
	out, err := c.ApproveOnServer(t.Context(), c.waits(t).ID)
	if err != nil || out.Start == "" {
		t.Fatalf("%+v %v", out, err)
	}
	if look, err = c.LookAt(t.Context(), c.director.Person()); err != nil || look == nil || look.First || len(look.OnServer) != 1 {
		t.Errorf("%+v %v", look, err)
	}
	if look, err = c.LookAt(t.Context(), c.helpdesk.Person()); err != nil || look != nil {
		t.Errorf("the helpdesk: %+v %v", look, err)
	}
}

// An administrator who kept hold of an empty account is put out of it before it can
// read: by its first task, and as who takes in when the helpdesk cannot.
func TestFirstTaskPutsOutWhoWasIn(t *testing.T) {
	for name, propose := range map[string]func(c *crew, id complaint.Actor, f personnel.StaffForm) (personnel.Outcome, error){
		"a role": func(c *crew, id complaint.Actor, f personnel.StaffForm) (personnel.Outcome, error) {
			f.Roles = []complaint.Role{complaint.Helpdesk}
			return c.ChangeStaff(t.Context(), c.admin.Person(), id, 0, f)
		},
		"the fallback": func(c *crew, id complaint.Actor, _ personnel.StaffForm) (personnel.Outcome, error) {
			f, version := c.settings(t)
			f.Organisation.Fallback = string(id)
			return c.ChangeOrganisation(t.Context(), c.admin.Person(), version, f)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newOffice(t).crew(t)
			f := personnel.StaffForm{Name: "Els Bos", Email: "els@lsr.example", Days: record.Week}
			out, err := c.AddStaff(t.Context(), c.admin.Person(), 0, f)
			if err != nil || out.Start == "" || out.Proposed {
				t.Fatalf("%+v %v", out, err)
			}
			token, els, err := c.LogIn(t.Context(), f.Email, out.Start)
			check(t, err)
			c.withCodes()
			c.connects(t, els)
			_, err = propose(c, els.ID, f)
			check(t, err)
			done, err := c.Approve(t.Context(), c.director.Person(), c.waits(t).ID)
			if err != nil || done.Start == "" {
				t.Fatalf("%+v %v", done, err)
			}
			if _, _, err := c.Who(t.Context(), token); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("the session goes on: %v", err)
			}
			if _, _, err := c.LogIn(t.Context(), f.Email, out.Start); keys(err) != "error.login" {
				t.Errorf("the first start password works: %v", err)
			}
			if _, err := c.store.Factor(t.Context(), els.ID); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("the second factor of before works: %v", err)
			}
		})
	}
}
