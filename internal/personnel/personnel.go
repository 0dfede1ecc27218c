// Package personnel is about the people who work with the register: logging in, who
// they are, the first set-up, and their own account.
//
// What is logged names people by their ids only. Proofs (hashing, tokens) are made in
// the room access and handed over in the fields of Personnel.
package personnel

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Accounts keeps the people.
type Accounts interface {
	Staff(ctx context.Context) ([]record.Staff, error)
	StaffByID(ctx context.Context, id complaint.Actor) (record.Staff, error)
	StaffByEmail(ctx context.Context, email string) (record.Staff, error)
	SavePassword(ctx context.Context, id complaint.Actor, was, is []byte, mustChange bool) error
	ReplacePassword(ctx context.Context, id complaint.Actor, was, is, session []byte, line record.LogLine) error
	SaveLanguage(ctx context.Context, id complaint.Actor, language string) error
	SaveQuiet(ctx context.Context, id complaint.Actor, quiet bool) error
	Departments(ctx context.Context) ([]record.Department, error)
}

// Sessions keeps who is logged in, and who tries to.
type Sessions interface {
	SaveSession(ctx context.Context, s record.Session) error
	SeenSession(ctx context.Context, s record.Session) error
	Session(ctx context.Context, token []byte) (record.Session, error)
	EndSessions(ctx context.Context, token []byte, before time.Time) error
	EndSessionsOf(ctx context.Context, id complaint.Actor, except []byte) error
	SessionsOf(ctx context.Context, id complaint.Actor, now time.Time) ([]record.Session, error)
	EndSession(ctx context.Context, id complaint.Actor, session string) error
	ReplaceSession(ctx context.Context, token []byte, s record.Session) error
	Attempt(ctx context.Context, key []byte) (record.Attempt, error)
	SaveAttempt(ctx context.Context, a record.Attempt) error
	ForgetAttempts(ctx context.Context, before time.Time) error
}

// Settings keeps how the organisation works.
type Settings interface {
	SetUp(ctx context.Context, u record.SetUp) error
	IsSetUp(ctx context.Context) (bool, error)
	Setting(ctx context.Context, name string) (string, error)
	Procedures(ctx context.Context) ([]record.ProcedureFile, error)
	Log(ctx context.Context, lines ...record.LogLine) error
}

// Cupboard is the store, as personnel uses it.
type Cupboard interface {
	Accounts
	Sessions
	Settings
	People
	Absences
	History
	Factors
	Takers
}

// Takers knows who has to take in what nobody else may.
type Takers interface {
	OrphansWait(ctx context.Context, hidden, instead []byte) (bool, error)
	TookIn(ctx context.Context, staff complaint.Actor) (bool, error)
}

// Passwords hashes and checks passwords. Waste takes as long as Verify, for a name
// without an account.
type Passwords interface {
	Hash(password string) ([]byte, error)
	Verify(hash []byte, password string) (ok, stale bool)
	Waste(password string)
}

// Tokens makes secrets to hand out. Of a token only what Kept gives is kept.
type Tokens interface {
	New() (token string, kept []byte)
	Kept(token string) []byte
	StartPassword() string
}

// Codes makes secrets for an app on a telephone, and knows its codes.
type Codes interface {
	NewSecret() []byte
	Match(secret []byte, code string, at time.Time) (step int64, ok bool)
}

// Guard knows the token that opens the first set-up.
type Guard interface{ Fits(token string) bool }

// Personnel does the tasks of people and their accounts.
type Personnel struct {
	Cupboard  Cupboard
	Passwords Passwords
	Tokens    Tokens
	Guard     Guard // nil: nobody can set up
	Codes     Codes // nil: no second factor
	Keys      Keys  // nil: no recovery sheet can be shown
	// SealFactor and OpenFactor seal the secret of somebody's second factor; nil: none.
	SealFactor func(staff string, plain []byte) ([]byte, error)
	OpenFactor func(staff string, sealed []byte) ([]byte, error)
	Index      func(purpose string, parts ...string) []byte
	Rules      func(text []byte) (complaint.Rules, error) // reads a procedure file
	Now        func() time.Time
	Zone       *time.Location // whose days count; nil: that of Now
	Idle       time.Duration  // silence after which a session ends; 0 = an hour
	Longest    time.Duration  // after which any session ends; 0 = 12 hours

	turns [64]sync.Mutex // log-ins of one name go one after the other
	setUp closing
}

func (p *Personnel) idle() time.Duration {
	if p.Idle == 0 {
		return time.Hour
	}
	return p.Idle
}

func (p *Personnel) longest() time.Duration {
	if p.Longest == 0 {
		return 12 * time.Hour
	}
	return p.Longest
}

// Organisation gives the settings in force; a register that was not set up has none.
func (p *Personnel) Organisation(ctx context.Context) (record.Organisation, error) {
	var org record.Organisation
	text, err := p.Cupboard.Setting(ctx, record.SettingOrganisation)
	if complaint.IsKind(err, complaint.NotFound) {
		return org, nil
	}
	if err != nil {
		return org, fmt.Errorf("personnel: %w", err)
	}
	if err := json.Unmarshal([]byte(text), &org); err != nil {
		return org, fmt.Errorf("personnel: setting %s: %w", record.SettingOrganisation, err)
	}
	return org, nil
}

// Person gives an account as the law sees it, with what the settings add and for whom
// it stands in today.
func (p *Personnel) Person(ctx context.Context, staff record.Staff) (complaint.Person, error) {
	who := staff.Person()
	if who.ID == "" {
		return who, nil
	}
	org, err := p.Organisation(ctx)
	if err != nil {
		return complaint.Person{}, err
	}
	if who.Fallback, err = p.fallsBack(ctx, who, org); err != nil {
		return complaint.Person{}, err
	}
	who.StandsFor, err = p.standsFor(ctx, who.ID)
	return who, err
}

// Colleague is what everybody may know of an account.
type Colleague struct {
	Name, Function string
	Roles          []complaint.Role
	Active         bool
	AbsentUntil    calendar.Date // the last day of an absence of today; zero when present
}

// Colleagues gives all accounts by id, the inactive ones too: their names stand in
// old dossiers.
func (p *Personnel) Colleagues(ctx context.Context) (map[complaint.Actor]Colleague, error) {
	staff, err := p.Cupboard.Staff(ctx)
	if err != nil {
		return nil, fmt.Errorf("personnel: colleagues: %w", err)
	}
	absent, err := p.Absent(ctx)
	if err != nil {
		return nil, err
	}
	all := make(map[complaint.Actor]Colleague, len(staff))
	for _, s := range staff {
		all[s.ID] = Colleague{Name: s.Name, Function: s.Function, Roles: s.Roles, Active: s.Active, AbsentUntil: absent[s.ID]}
	}
	return all, nil
}

// Departments gives the departments that handle complaints now, by name.
func (p *Personnel) Departments(ctx context.Context) ([]record.Department, error) {
	all, err := p.Cupboard.Departments(ctx)
	if err != nil {
		return nil, fmt.Errorf("personnel: departments: %w", err)
	}
	var active []record.Department
	for _, d := range all {
		if d.Active {
			active = append(active, d)
		}
	}
	return active, nil
}

// line makes a log line: ids only.
func (p *Personnel) line(actor complaint.Actor, action, result string) record.LogLine {
	return record.LogLine{ID: record.NewID(), At: p.Now(), Actor: actor, Action: action, Result: result}
}
