package personnel

import (
	"context"
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// The names of the fields of an account.
const (
	FieldFunction = "function"
	FieldRoles    = "roles"
	FieldDays     = "days"
)

// StaffForm is what is typed about an account.
type StaffForm struct {
	Name, Email, Function, Phone string
	Roles                        []complaint.Role
	Days                         record.Weekdays
}

// check finds every mistake, and tidies what was typed.
func (f *StaffForm) check(m *complaint.Mistakes, people record.People, self complaint.Actor) {
	f.Name, f.Email = strings.Join(strings.Fields(f.Name), " "), normal(f.Email)
	text(m, FieldName, &f.Name, 120, true)
	text(m, FieldEmail, &f.Email, 254, true)
	text(m, FieldFunction, &f.Function, 120, false)
	text(m, FieldPhone, &f.Phone, 40, false)
	if f.Email != "" && !isEmail(f.Email) {
		m.Add(FieldEmail, "error.email")
	}
	if slices.ContainsFunc(people.Staff, func(s record.Staff) bool { return s.Email == f.Email && s.ID != self }) {
		m.Add(FieldEmail, "error.email_taken")
	}
	if f.Phone != "" && !isPhone(f.Phone) {
		m.Add(FieldPhone, "error.phone")
	}
	if len(without(f.Roles, complaint.Roles)) > 0 {
		m.Add(FieldRoles, "error.unknown_choice")
	}
	if len(f.Days) == 0 {
		m.Add(FieldDays, "error.days")
	}
	f.Roles = inOrder(f.Roles)
}

// AddStaff makes an account. Its roles wait for a second person, and only then does it
// get a start password: so nobody can take an account before it was looked at.
func (p *Personnel) AddStaff(ctx context.Context, who complaint.Person, seen int64, f StaffForm) (out Outcome, err error) {
	if err := mayManage(who); err != nil {
		return out, err
	}
	id := complaint.Actor(record.NewID())
	err = p.change(ctx, seen, func(people record.People) (c record.PeopleChange, err error) {
		var m complaint.Mistakes
		f.check(&m, people, id)
		if err := m.Err(); err != nil {
			return c, err
		}
		org, err := p.Organisation(ctx)
		if err != nil {
			return c, err
		}
		s := record.Staff{ID: id, Name: f.Name, Email: f.Email, Function: f.Function, Phone: f.Phone, Days: f.Days, Active: true,
			Password: []byte{}, MustChange: true, Language: org.FirstLanguage(), At: p.Now()}
		out = Outcome{ID: string(id), Proposed: len(f.Roles) > 0}
		c.Log = append(c.Log, p.about(who.ID, "add_staff", id))
		if out.Proposed {
			p.propose(&c, who.ID, record.Proposal{Kind: record.ProposeRoles, Staff: id, Roles: f.Roles})
		} else if out.Start, s.Password, err = p.newStart(); err != nil {
			return c, err
		}
		c.Staff = append(c.Staff, s)
		return c, nil
	})
	return out, err
}

// newStart makes a start password and its hash.
func (p *Personnel) newStart() (start string, hash []byte, err error) {
	start = p.Tokens.StartPassword()
	hash, err = p.Passwords.Hash(start)
	return start, hash, wrapped("start password", err)
}

// ChangeStaff changes an account. Roles that are taken away go at once; roles that are
// added wait for a second person.
func (p *Personnel) ChangeStaff(ctx context.Context, who complaint.Person, id complaint.Actor, seen int64, f StaffForm) (out Outcome, err error) {
	if err := mayManage(who); err != nil {
		return out, err
	}
	err = p.change(ctx, seen, func(people record.People) (c record.PeopleChange, err error) {
		was, known := people.Member(id)
		if !known {
			return c, complaint.ErrNotFound
		}
		if !was.Active { // what a closed account may do is decided when it opens again
			f.Roles = was.Roles
		}
		var m complaint.Mistakes
		f.check(&m, people, id)
		is := was
		is.Name, is.Email, is.Function, is.Phone, is.Days = f.Name, f.Email, f.Function, f.Phone, f.Days
		is.Roles = without(was.Roles, without(was.Roles, f.Roles))
		added := without(f.Roles, was.Roles)
		stillManages(&m, FieldRoles, people, is)
		if len(added) > 0 && waits(people, record.ProposeRoles, string(id)) {
			m.Add(FieldRoles, "error.proposal_waits")
		}
		if err := m.Err(); err != nil {
			return c, err
		}
		out = Outcome{ID: string(id), Proposed: len(added) > 0}
		if changed := changedFields(was, is); len(changed) > 0 {
			c.Staff = append(c.Staff, is)
			c.Log = append(c.Log, p.about(who.ID, "change_staff", id, changed...))
		}
		if !canHandle(is) {
			p.standsInNoMore(&c, people, who.ID, id)
		}
		if out.Proposed {
			p.propose(&c, who.ID, record.Proposal{Kind: record.ProposeRoles, Staff: id, Roles: added})
		}
		return c, nil
	})
	return out, err
}

// changedFields names what differs, never what stands there.
func changedFields(was, is record.Staff) []string {
	var names []string
	for _, f := range []struct {
		name string
		same bool
	}{
		{FieldName, was.Name == is.Name}, {FieldEmail, was.Email == is.Email}, {FieldFunction, was.Function == is.Function},
		{FieldPhone, was.Phone == is.Phone}, {FieldRoles, slices.Equal(was.Roles, is.Roles)},
		{FieldDays, slices.Equal(was.Days.All(), is.Days.All())},
	} {
		if !f.same {
			names = append(names, f.name)
		}
	}
	return names
}

// stillManages refuses to leave a department with a manager who cannot handle.
func stillManages(m *complaint.Mistakes, field string, people record.People, is record.Staff) {
	if canHandle(is) || !is.Active && field == FieldRoles {
		return
	}
	var names []string
	for _, d := range people.Departments {
		if d.Active && d.Manager == is.ID {
			names = append(names, d.Name)
		}
	}
	if len(names) > 0 {
		m.Add(field, "error.still_manages", "Departments", strings.Join(names, ", "))
	}
}

// CloseStaff closes an account: its sessions end, it stands in for nobody any more, and
// what was proposed for it lapses. The name stays in old dossiers.
func (p *Personnel) CloseStaff(ctx context.Context, who complaint.Person, id complaint.Actor, seen int64) error {
	if err := mayManage(who); err != nil {
		return err
	}
	return p.change(ctx, seen, func(people record.People) (c record.PeopleChange, err error) {
		s, known := people.Member(id)
		if !known || !s.Active {
			return c, complaint.ErrNotFound
		}
		s.Active = false
		var m complaint.Mistakes
		stillManages(&m, "", people, s)
		if err := m.Err(); err != nil {
			return c, err
		}
		c.Staff, c.EndSessions = []record.Staff{s}, []complaint.Actor{id}
		c.Log = append(c.Log, p.about(who.ID, "close_staff", id))
		p.standsInNoMore(&c, people, who.ID, id)
		for _, x := range people.Waiting {
			if slices.Contains(receivers(x), id) {
				c.Proposals = append(c.Proposals, p.decided(x, record.ProposalWithdrawn, who.ID))
			}
		}
		return c, nil
	})
}

// standsInNoMore takes somebody away as deputy: who may not handle reads nothing in
// somebody else's place either.
func (p *Personnel) standsInNoMore(c *record.PeopleChange, people record.People, by, id complaint.Actor) {
	for _, d := range people.Departments {
		if d.Deputy == id {
			d.Deputy = ""
			c.Departments = append(c.Departments, d)
			c.Log = append(c.Log, p.about(by, "change_department", id, d.ID, FieldDeputy))
		}
	}
}

// ReopenStaff opens a closed account again, when a second person approves: without any
// role left it may still handle complaints. Its owner then gets a new start password.
func (p *Personnel) ReopenStaff(ctx context.Context, who complaint.Person, id complaint.Actor, seen int64) (out Outcome, err error) {
	if err := mayManage(who); err != nil {
		return out, err
	}
	err = p.change(ctx, seen, func(people record.People) (c record.PeopleChange, err error) {
		s, known := people.Member(id)
		if !known {
			return c, complaint.ErrNotFound
		}
		if s.Active { // somebody else opened it meanwhile
			return c, errStale
		}
		out = Outcome{ID: string(id), Proposed: true}
		return c, p.proposeOnce(&c, people, who.ID, record.Proposal{Kind: record.ProposeRoles, Staff: id, Roles: s.Roles})
	})
	return out, err
}

// ResetPassword gives somebody a new start password when a second person approves. So it
// is for everybody: also who has no role left may handle complaints, or take them in, and
// whoever resets alone could take that account.
func (p *Personnel) ResetPassword(ctx context.Context, who complaint.Person, id complaint.Actor) (Outcome, error) {
	return p.reset(ctx, who, id, record.ProposePassword)
}

// ResetFactor takes somebody's second factor away, for who lost the telephone and the
// recovery codes; when a second person approves.
func (p *Personnel) ResetFactor(ctx context.Context, who complaint.Person, id complaint.Actor) (Outcome, error) {
	return p.reset(ctx, who, id, record.ProposeFactor)
}

func (p *Personnel) reset(ctx context.Context, who complaint.Person, id complaint.Actor, kind record.ProposalKind) (out Outcome, err error) {
	if err := mayManage(who); err != nil {
		return out, err
	}
	err = p.change(ctx, 0, func(people record.People) (c record.PeopleChange, err error) {
		s, known := people.Member(id)
		if !known || !s.Active {
			return c, complaint.ErrNotFound
		}
		out = Outcome{ID: string(id), Proposed: true}
		return c, p.proposeOnce(&c, people, who.ID, record.Proposal{Kind: kind, Staff: id})
	})
	return out, err
}

// start gives an account a new start password and ends its sessions.
func (p *Personnel) start(c *record.PeopleChange, out *Outcome, id complaint.Actor) error {
	start, hash, err := p.newStart()
	if err != nil {
		return err
	}
	out.Start = start
	c.Start = append(c.Start, record.StartPassword{Staff: id, Hash: hash})
	c.EndSessions = append(c.EndSessions, id)
	return nil
}
