package personnel

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// SetUp is what is typed at the first set-up.
type SetUp struct {
	Key          string // request key: a double click gets the same answer
	Language     string // in which everybody is spoken to at first
	Organisation record.Organisation
	Procedure    string // id
	Retention    string // months after closing, or "other"
	Months       string // when other
	Departments  []SetUpDepartment

	Administrator   SetUpPerson
	Password, Again string // of the administrator, who fills this in
	Director        SetUpPerson
	Helpdesk        []SetUpPerson
}

// SetUpPerson is somebody who gets an account.
type SetUpPerson struct{ Name, Email string }

func (p SetUpPerson) empty() bool { return p.Name == "" && p.Email == "" }

// SetUpDepartment is a department with who handles its complaints.
type SetUpDepartment struct {
	Name            string
	Manager, Deputy SetUpPerson
}

func (d SetUpDepartment) empty() bool {
	return d.Name == "" && d.Manager.empty() && d.Deputy.empty()
}

// Grant is what one person may do from now on, with the start password to hand over.
// A start password is shown once and stands nowhere.
type Grant struct {
	Name, Email   string
	Roles         []complaint.Role
	Manages       []string // names of departments
	StandsIn      []string
	StartPassword string // "" for who chose a password
}

// remembered is how long the page with start passwords can be shown again to the same
// form: a double click or a reload must not lose them.
const remembered = 10 * time.Minute

// closing remembers, in memory only, what the set-up that just closed granted.
type closing struct {
	mu     sync.Mutex
	key    string
	typed  [sha256.Size]byte
	until  time.Time
	grants []Grant

	by         complaint.Actor // the administrator who set it up
	sheetUntil time.Time       // until when the recovery sheet can be seen; zero: put off
}

// MaySetUp refuses, as what does not exist, unless the token is the printed one and
// the register was not set up yet.
func (p *Personnel) MaySetUp(ctx context.Context, token string) error {
	if !p.fits(token) {
		return complaint.ErrNotFound
	}
	done, err := p.Cupboard.IsSetUp(ctx)
	if err != nil {
		return fmt.Errorf("personnel: set up: %w", err)
	}
	if done {
		return complaint.ErrNotFound
	}
	return nil
}

func (p *Personnel) fits(token string) bool { return p.Guard != nil && p.Guard.Fits(token) }

// IsSetUp reports whether the first set-up was done.
func (p *Personnel) IsSetUp(ctx context.Context) (bool, error) { return p.Cupboard.IsSetUp(ctx) }

// SetUp makes a register ready for work, once: the organisation, its procedure,
// departments and people. One person may grant here; so it gives every grant, to show
// and to hand over, and logs each. The same form again gets the same answer.
func (p *Personnel) SetUp(ctx context.Context, token string, in SetUp) ([]Grant, error) {
	if !p.fits(token) {
		return nil, complaint.ErrNotFound
	}
	p.setUp.mu.Lock()
	defer p.setUp.mu.Unlock()
	typed := fingerprint(in)
	if c := &p.setUp; c.key != "" && c.key == in.Key && c.typed == typed && p.Now().Before(c.until) {
		return c.grants, nil
	}
	if err := p.MaySetUp(ctx, token); err != nil {
		return nil, err
	}
	if err := p.checkSetUp(ctx, &in); err != nil {
		return nil, err
	}
	crew, err := p.hire(in)
	if err != nil {
		return nil, err
	}
	written, err := p.written(in, crew)
	if err != nil {
		return nil, err
	}
	if err := p.Cupboard.SetUp(ctx, written); err != nil {
		return nil, fmt.Errorf("personnel: set up: %w", err)
	}
	c := &p.setUp
	c.key, c.typed, c.until, c.grants = in.Key, typed, p.Now().Add(remembered), crew.grants()
	c.by, c.sheetUntil = crew.order[0].staff.ID, p.Now().Add(sheetTime)
	return c.grants, nil
}

func fingerprint(in SetUp) [sha256.Size]byte {
	var all bytes.Buffer
	fmt.Fprintf(&all, "%#v", in)
	return sha256.Sum256(all.Bytes())
}

// member is one account while it is put together: roles add up.
type member struct {
	staff    record.Staff
	start    string
	manages  []string
	standsIn []string
}

// crew are all accounts, in the order in which they were named.
type crew struct {
	byEmail map[string]*member
	order   []*member
	departs []record.Department
}

// take gives the account of a person a role; the same e-mail address is one account.
func (c *crew) take(p SetUpPerson, role complaint.Role) *member {
	m, known := c.byEmail[p.Email]
	if !known {
		m = &member{staff: record.Staff{ID: complaint.Actor(record.NewID()), Name: p.Name, Email: p.Email, Active: true}}
		c.byEmail[p.Email] = m
		c.order = append(c.order, m)
	}
	if !slices.Contains(m.staff.Roles, role) {
		m.staff.Roles = append(m.staff.Roles, role)
	}
	return m
}

// hire makes the accounts and the departments. Everybody but the administrator gets a
// start password.
func (p *Personnel) hire(in SetUp) (*crew, error) {
	c := &crew{byEmail: map[string]*member{}}
	admin := c.take(in.Administrator, complaint.Administrator)
	c.take(in.Director, complaint.Director)
	for _, h := range in.Helpdesk {
		c.take(h, complaint.Helpdesk)
	}
	for _, d := range in.Departments {
		row := record.Department{ID: record.NewID(), Name: d.Name, Active: true}
		m := c.take(d.Manager, complaint.Manager)
		m.manages, row.Manager = append(m.manages, d.Name), m.staff.ID
		if !d.Deputy.empty() {
			m := c.take(d.Deputy, complaint.Manager)
			m.standsIn, row.Deputy = append(m.standsIn, d.Name), m.staff.ID
		}
		c.departs = append(c.departs, row)
	}
	for _, m := range c.order {
		password := in.Password
		if m != admin {
			m.start = p.Tokens.StartPassword()
			password = m.start
		}
		hash, err := p.Passwords.Hash(password)
		if err != nil {
			return nil, fmt.Errorf("personnel: set up: %w", err)
		}
		m.staff.Password, m.staff.MustChange, m.staff.Language, m.staff.At = hash, m.start != "", in.Language, p.Now()
		slices.SortFunc(m.staff.Roles, func(a, b complaint.Role) int {
			return slices.Index(complaint.Roles, a) - slices.Index(complaint.Roles, b)
		})
	}
	return c, nil
}

func (c *crew) grants() []Grant {
	var all []Grant
	for _, m := range c.order {
		all = append(all, Grant{Name: m.staff.Name, Email: m.staff.Email, Roles: m.staff.Roles,
			Manages: m.manages, StandsIn: m.standsIn, StartPassword: m.start})
	}
	return all
}

// written is what the register keeps of a set-up. Each grant has a log line: by whom
// (actor), to whom (on behalf of), which roles (reason).
func (p *Personnel) written(in SetUp, c *crew) (record.SetUp, error) {
	admin := c.order[0].staff.ID
	in.Organisation.Procedures = []record.InForce{{Procedure: in.Procedure}}
	value, err := json.Marshal(in.Organisation)
	if err != nil {
		return record.SetUp{}, fmt.Errorf("personnel: set up: %w", err)
	}
	out := record.SetUp{
		Departments: c.departs,
		Setting:     record.Setting{ID: record.NewID(), Name: record.SettingOrganisation, Value: string(value), At: p.Now(), Actor: admin},
		Log:         []record.LogLine{p.line(admin, "set_up", "done")},
	}
	for _, m := range c.order {
		out.Staff = append(out.Staff, m.staff)
		grant := p.line(admin, "grant", "done")
		grant.OnBehalf, grant.Reason = m.staff.ID, roleCodes(m.staff.Roles)
		out.Log = append(out.Log, grant)
	}
	return out, nil
}

func roleCodes(roles []complaint.Role) string {
	var all string
	for _, r := range roles {
		all += " " + string(r)
	}
	return all[1:]
}
