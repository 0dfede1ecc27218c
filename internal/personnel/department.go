package personnel

import (
	"context"
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// The names of the fields of a department.
const (
	FieldManager = "manager"
	FieldDeputy  = "deputy"
)

// checkDepartment finds every mistake, and tidies what was typed.
func checkDepartment(m *complaint.Mistakes, people record.People, d *record.Department) {
	d.Name = strings.Join(strings.Fields(d.Name), " ")
	text(m, FieldName, &d.Name, 80, true)
	if slices.ContainsFunc(people.Departments, func(x record.Department) bool { return x.ID != d.ID && strings.EqualFold(x.Name, d.Name) }) {
		m.Add(FieldName, "error.department_twice")
	}
	if manager, _ := people.Member(d.Manager); d.Manager == "" {
		m.Add(FieldManager, "error.choose")
	} else if !canHandle(manager) {
		m.Add(FieldManager, "error.cannot_manage")
	}
	switch deputy, _ := people.Member(d.Deputy); {
	case d.Deputy == "":
	case d.Deputy == d.Manager:
		m.Add(FieldDeputy, "error.deputy_is_manager")
	case !canHandle(deputy):
		m.Add(FieldDeputy, "error.cannot_manage")
	}
}

// SaveDepartment makes (without an id) or changes a department. It decides who reads
// complaints, so it waits for a second person; only taking the deputy away does not.
func (p *Personnel) SaveDepartment(ctx context.Context, who complaint.Person, seen int64, d record.Department) (out Outcome, err error) {
	if err := mayManage(who); err != nil {
		return out, err
	}
	d.Active = true
	fresh := d.ID == ""
	if fresh {
		d.ID = record.NewID()
	}
	err = p.change(ctx, seen, func(people record.People) (c record.PeopleChange, err error) {
		was, known := people.Part(d.ID)
		if !fresh && !known {
			return c, complaint.ErrNotFound
		}
		var m complaint.Mistakes
		checkDepartment(&m, people, &d)
		if err := m.Err(); err != nil {
			return c, err
		}
		out = Outcome{ID: d.ID}
		lessDeputy := was
		lessDeputy.Deputy = ""
		switch d {
		case was:
			return c, nil
		case lessDeputy:
			c.Departments = append(c.Departments, d)
			c.Log = append(c.Log, p.about(who.ID, "change_department", was.Deputy, d.ID, FieldDeputy))
			return c, nil
		}
		out.Proposed = true
		return c, p.proposeOnce(&c, people, who.ID, record.Proposal{Kind: record.ProposeDepartment, Department: d})
	})
	return out, err
}

// CloseDepartment takes a department out of use. Its dossiers keep their handler; what
// was proposed for it lapses.
func (p *Personnel) CloseDepartment(ctx context.Context, who complaint.Person, seen int64, id string) error {
	if err := mayManage(who); err != nil {
		return err
	}
	return p.change(ctx, seen, func(people record.People) (c record.PeopleChange, err error) {
		d, known := people.Part(id)
		if !known || !d.Active {
			return c, complaint.ErrNotFound
		}
		others := slices.ContainsFunc(people.Departments, func(x record.Department) bool { return x.Active && x.ID != id })
		if !others {
			return c, complaint.Mistakes{{Kind: complaint.Invalid, Key: "error.last_department"}}
		}
		d.Active = false
		c.Departments = append(c.Departments, d)
		c.Log = append(c.Log, p.about(who.ID, "close_department", "", d.ID))
		for _, x := range people.Waiting {
			if x.Kind == record.ProposeDepartment && x.Department.ID == id {
				c.Proposals = append(c.Proposals, p.decided(x, record.ProposalWithdrawn, who.ID))
			}
		}
		return c, nil
	})
}
