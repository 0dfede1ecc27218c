package personnel_test

import (
	"slices"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/personnel"
	"gehoor/internal/record"
)

// grant is one way to give somebody something to read.
type grant struct {
	name     string
	receives func(c *crew) complaint.Actor
	propose  func(t *testing.T, c *crew) (personnel.Outcome, error)
	given    func(t *testing.T, c *crew) bool
}

// gives proposes a role for the helpdesk employee or for the director.
func gives(role complaint.Role, to func(c *crew) record.Staff) grant {
	return grant{name: string(role), receives: func(c *crew) complaint.Actor { return to(c).ID },
		propose: func(t *testing.T, c *crew) (personnel.Outcome, error) {
			f := form(to(c))
			f.Roles = append(f.Roles, role)
			return c.ChangeStaff(t.Context(), c.admin.Person(), to(c).ID, 0, f)
		},
		given: func(t *testing.T, c *crew) bool { return c.now(t, to(c).ID).Person().Is(role) }}
}

func theHelpdesk(c *crew) record.Staff { return c.helpdesk }
func theManager(c *crew) record.Staff  { return c.manager }

// saves proposes a department as it would become.
func saves(name string, receives func(c *crew) complaint.Actor, change func(c *crew, d *record.Department)) grant {
	return grant{name: name, receives: receives,
		propose: func(t *testing.T, c *crew) (personnel.Outcome, error) {
			d := record.Department{ID: c.department, Name: "Scholing", Manager: c.manager.ID}
			change(c, &d)
			return c.SaveDepartment(t.Context(), c.admin.Person(), 0, d)
		},
		given: func(t *testing.T, c *crew) bool {
			all, err := c.Departments(t.Context())
			check(t, err)
			want := record.Department{ID: c.department, Name: "Scholing", Manager: c.manager.ID, Active: true}
			change(c, &want)
			return slices.ContainsFunc(all, func(d record.Department) bool {
				return d.Name == want.Name && d.Manager == want.Manager && d.Deputy == want.Deputy
			})
		}}
}

func grants() []grant {
	director := func(c *crew) complaint.Actor { return c.director.ID }
	manager := func(c *crew) complaint.Actor { return c.manager.ID }
	helpdesk := func(c *crew) complaint.Actor { return c.helpdesk.ID }
	all := []grant{
		gives(complaint.Helpdesk, theManager), gives(complaint.Manager, theHelpdesk), gives(complaint.Director, theHelpdesk),
		gives(complaint.Quality, theHelpdesk), gives(complaint.Administrator, theHelpdesk),
		saves("a manager", director, func(c *crew, d *record.Department) { d.Manager = c.director.ID }),
		saves("a deputy", director, func(c *crew, d *record.Department) { d.Deputy = c.director.ID }),
		saves("a new name", manager, func(c *crew, d *record.Department) { d.Name = "Opleiding" }),
		saves("a new department", director, func(c *crew, d *record.Department) { *d = record.Department{Name: "Advies", Manager: c.director.ID} }),
		{"password", helpdesk, func(t *testing.T, c *crew) (personnel.Outcome, error) {
			return c.ResetPassword(t.Context(), c.admin.Person(), c.helpdesk.ID)
		}, func(t *testing.T, c *crew) bool { return c.now(t, c.helpdesk.ID).MustChange }},
		{"second factor", helpdesk, func(t *testing.T, c *crew) (personnel.Outcome, error) {
			return c.ResetFactor(t.Context(), c.admin.Person(), c.helpdesk.ID)
		}, func(t *testing.T, c *crew) bool {
			_, err := c.store.Factor(t.Context(), c.helpdesk.ID)
			return complaint.IsKind(err, complaint.NotFound)
		}},
		{"fallback", manager, func(t *testing.T, c *crew) (personnel.Outcome, error) {
			f, version := c.settings(t)
			f.Organisation.Fallback = string(c.manager.ID)
			return c.ChangeOrganisation(t.Context(), c.admin.Person(), version, f)
		}, func(t *testing.T, c *crew) bool {
			p, err := c.Person(t.Context(), c.now(t, c.manager.ID))
			check(t, err)
			return p.Fallback
		}},
		{"a closed account", helpdesk, func(t *testing.T, c *crew) (personnel.Outcome, error) {
			check(t, c.CloseStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, 0))
			return c.ReopenStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, 0)
		}, func(t *testing.T, c *crew) bool { return c.now(t, c.helpdesk.ID).Active }},
	}
	return append(all, withoutRoles()...)
}

// withoutRoles are grants to who has no role any more: such a person may still handle
// complaints from before.
func withoutRoles() []grant {
	strip := func(t *testing.T, c *crew) {
		f := form(c.helpdesk)
		f.Roles = nil
		_, err := c.ChangeStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, 0, f)
		check(t, err)
	}
	helpdesk := func(c *crew) complaint.Actor { return c.helpdesk.ID }
	return []grant{
		{"password without a role", helpdesk, func(t *testing.T, c *crew) (personnel.Outcome, error) {
			strip(t, c)
			return c.ResetPassword(t.Context(), c.admin.Person(), c.helpdesk.ID)
		}, func(t *testing.T, c *crew) bool { return c.now(t, c.helpdesk.ID).MustChange }},
		{"a closed account without a role", helpdesk, func(t *testing.T, c *crew) (personnel.Outcome, error) {
			strip(t, c)
			check(t, c.CloseStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, 0))
			return c.ReopenStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, 0)
		}, func(t *testing.T, c *crew) bool { return c.now(t, c.helpdesk.ID).Active }},
	}
}

// TestGrantsTakeTwo goes through every grant: nothing is given before an active
// administrator or director, neither who proposed it nor who gets it, approves.
func TestGrantsTakeTwo(t *testing.T) {
	for _, g := range grants() {
		t.Run(g.name, func(t *testing.T) {
			c := newOffice(t).crew(t)
			c.withCodes()
			c.connects(t, c.helpdesk)
			out, err := g.propose(t, c)
			if err != nil || !out.Proposed || out.Start != "" {
				t.Fatalf("%+v %v", out, err)
			}
			x := c.waits(t)
			if g.given(t, c) {
				t.Error("given before anybody approved")
			}
			receiver := c.now(t, g.receives(c))
			receiver.Active = true // at worst
			receiver.Roles = append(receiver.Roles, complaint.Administrator)
			closed := c.other
			closed.Active = false
			for name, who := range map[string]record.Staff{"the proposer": c.admin, "the receiver": receiver, "the helpdesk": c.helpdesk,
				"a manager": c.manager, "a closed account": closed, "nobody": {}} {
				if _, err := c.Approve(t.Context(), who.Person(), x.ID); keys(err) != "error.second_person" {
					t.Errorf("%s approves: %v", name, err)
				}
			}
			if g.given(t, c) {
				t.Error("given after a refusal")
			}
			_, err = c.Approve(t.Context(), c.other.Person(), x.ID)
			check(t, err)
			if !g.given(t, c) {
				t.Error("approved, and not given")
			}
		})
	}
}

// A director approves what is not for a director.
func TestDirectorApproves(t *testing.T) {
	for _, g := range grants() {
		t.Run(g.name, func(t *testing.T) {
			c := newOffice(t).crew(t)
			_, err := g.propose(t, c)
			check(t, err)
			want := ""
			if g.receives(c) == c.director.ID {
				want = "error.second_person"
			}
			if _, err := c.Approve(t.Context(), c.director.Person(), c.waits(t).ID); keys(err) != want {
				t.Errorf("%v, want %q", err, want)
			}
		})
	}
}

// Who may not handle any more stands in for nobody.
func TestDeputyWithoutTheTask(t *testing.T) {
	c := newOffice(t).crew(t)
	f := form(c.director)
	c.deputise(t)
	f.Roles = []complaint.Role{complaint.Director, complaint.Quality}
	_, err := c.ChangeStaff(t.Context(), c.admin.Person(), c.director.ID, 0, f)
	check(t, err)
	check(t, c.Refuse(t.Context(), c.other.Person(), c.waits(t).ID))
	boss := c.hire(t, "boss@lsr.example", complaint.Director)
	f = form(boss)
	f.Roles = nil
	_, err = c.SaveDepartment(t.Context(), c.admin.Person(), 0, record.Department{ID: c.department, Name: "Scholing", Manager: c.manager.ID, Deputy: boss.ID})
	check(t, err)
	_, err = c.Approve(t.Context(), c.other.Person(), c.waits(t).ID)
	check(t, err)
	check(t, c.BeAbsent(t.Context(), c.manager.Person(), record.Absence{Staff: c.manager.ID, From: c.Today(), To: c.Today()}))
	if got := c.standsFor(t, boss); len(got) != 1 {
		t.Fatalf("before: %v", got)
	}
	_, err = c.ChangeStaff(t.Context(), c.admin.Person(), boss.ID, 0, f)
	check(t, err)
	if got := c.standsFor(t, c.now(t, boss.ID)); len(got) != 0 {
		t.Errorf("without the task: %v", got)
	}
}
