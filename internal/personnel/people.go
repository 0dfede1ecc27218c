package personnel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// People keeps staff, departments, proposals and absence.
type People interface {
	People(ctx context.Context) (record.People, error)
	WritePeople(ctx context.Context, c record.PeopleChange) error
	Decided(ctx context.Context, since time.Time) ([]record.Proposal, error)
	GrantsSeen(ctx context.Context, id complaint.Actor) (time.Time, error)
	SawGrants(ctx context.Context, id complaint.Actor, at time.Time, line record.LogLine) error
}

var (
	errForbidden = &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	errStale     = &complaint.Error{Kind: complaint.Stale, Key: "error.people_stale"}
)

// Outcome is what a task about people led to.
type Outcome struct {
	ID       string // of the account or department
	Proposed bool   // a part waits until a second person approves
	Start    string // a start password, shown once and kept nowhere
}

// Local gives a moment on the organisation's clock.
func (p *Personnel) Local(at time.Time) time.Time {
	if p.Zone == nil {
		return at
	}
	return at.In(p.Zone)
}

// Today is the local date.
func (p *Personnel) Today() calendar.Date { return calendar.Of(p.Local(p.Now())) }

// mayManage lets only administrators change people and settings.
func mayManage(who complaint.Person) error {
	if !complaint.May(who, complaint.TaskStaff, complaint.Relation{}) {
		return errForbidden
	}
	return nil
}

// Crew gives everything about staff, for who manages it.
func (p *Personnel) Crew(ctx context.Context, who complaint.Person) (record.People, error) {
	if err := mayManage(who); err != nil {
		return record.People{}, err
	}
	people, err := p.Cupboard.People(ctx)
	if err != nil {
		return people, fmt.Errorf("personnel: people: %w", err)
	}
	return people, nil
}

// change decides on what stands in the register and writes that. When somebody else
// wrote first it decides again; a form that was made from an older picture (seen) is
// refused instead. A form without one gives 0.
func (p *Personnel) change(ctx context.Context, seen int64, decide func(record.People) (record.PeopleChange, error)) error {
	const tries = 5
	for range tries {
		people, err := p.Cupboard.People(ctx)
		if err != nil {
			return fmt.Errorf("personnel: people: %w", err)
		}
		if seen != 0 && seen != people.Revision {
			return errStale
		}
		c, err := decide(people)
		if err != nil {
			return err
		}
		if err := staysManaged(people, c); err != nil {
			return err
		}
		c.Seen = people.Revision
		err = p.Cupboard.WritePeople(ctx, c)
		if err == nil || !errors.Is(err, record.ErrLost) {
			return wrapped("people", err)
		}
	}
	return errStale
}

// wrapped names the task, but leaves mistakes and refusals to be found.
func wrapped(task string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("personnel: %s: %w", task, err)
}

// staysManaged refuses to take away the last administrator or director: then nobody
// could approve anything any more.
func staysManaged(people record.People, c record.PeopleChange) error {
	var m complaint.Mistakes
	for _, role := range []complaint.Role{complaint.Administrator, complaint.Director} {
		before, after := 0, 0
		for _, s := range people.Staff {
			if s.Person().Is(role) {
				before++
			}
			if i := slices.IndexFunc(c.Staff, func(x record.Staff) bool { return x.ID == s.ID }); i >= 0 {
				s = c.Staff[i]
			}
			if s.Person().Is(role) {
				after++
			}
		}
		if before > 0 && after == 0 {
			m.Add(FieldRoles, "error.last_"+string(role))
		}
	}
	return m.Err()
}

// about is a log line on somebody's account, a department or a proposal: ids and codes.
func (p *Personnel) about(actor complaint.Actor, action string, whom complaint.Actor, reason ...string) record.LogLine {
	l := p.line(actor, action, "done")
	l.OnBehalf, l.Reason = whom, strings.Join(reason, " ")
	return l
}

// inOrder gives roles in the order of the permission table, each once.
func inOrder(roles []complaint.Role) []complaint.Role {
	var all []complaint.Role
	for _, r := range complaint.Roles {
		if slices.Contains(roles, r) {
			all = append(all, r)
		}
	}
	return all
}

// without gives the roles of a that b does not have.
func without(a, b []complaint.Role) []complaint.Role {
	return slices.DeleteFunc(slices.Clone(a), func(r complaint.Role) bool { return slices.Contains(b, r) })
}

// canHandle reports whether somebody may be made manager or deputy.
func canHandle(s record.Staff) bool {
	return s.Person().Is(complaint.Manager) || s.Person().Is(complaint.Director)
}
