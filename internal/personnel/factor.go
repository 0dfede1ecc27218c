package personnel

import (
	"context"
	"errors"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Factors keeps second factors and recovery codes.
type Factors interface {
	Factor(ctx context.Context, id complaint.Actor) (record.Factor, error)
	BeginFactor(ctx context.Context, f record.Factor) error
	UseFactor(ctx context.Context, id complaint.Actor, step int64, hashes [][]byte, lines ...record.LogLine) error
	UseRecovery(ctx context.Context, id complaint.Actor, hash []byte, line record.LogLine) error
	RecoveryLeft(ctx context.Context, id complaint.Actor) (int, error)
	DropFactor(ctx context.Context, id complaint.Actor, line record.LogLine) error
}

// FieldCode is where a code is typed.
const FieldCode = "code"

// recoveryCodes is how many one gets, to print and put away.
const recoveryCodes = 8

// factorWorks reports whether codes can be asked at all: the house must be able to seal
// their secrets.
func (p *Personnel) factorWorks() bool {
	return p.Codes != nil && p.SealFactor != nil && p.OpenFactor != nil
}

// FactorState is how somebody's second factor stands.
type FactorState struct {
	Possible bool // codes can be used here
	Active   bool
	Asked    bool // the settings ask it of this person
	Left     int  // recovery codes
}

// FactorOf tells how somebody's second factor stands.
func (p *Personnel) FactorOf(ctx context.Context, staff record.Staff) (st FactorState, err error) {
	if !p.factorWorks() {
		return st, nil
	}
	st.Possible = true
	f, err := p.Cupboard.Factor(ctx, staff.ID)
	if err != nil && !complaint.IsKind(err, complaint.NotFound) {
		return st, wrapped("second factor", err)
	}
	st.Active = f.Active
	if st.Left, err = p.Cupboard.RecoveryLeft(ctx, staff.ID); err != nil {
		return st, wrapped("second factor", err)
	}
	org, err := p.Organisation(ctx)
	st.Asked = org.SecondFactor
	return st, err
}

// Secret gives the secret to put into an app: made when there is none, and the same
// until a code was given. Of a factor in use it is never shown again.
func (p *Personnel) Secret(ctx context.Context, staff record.Staff) ([]byte, error) {
	if !p.factorWorks() {
		return nil, complaint.ErrNotFound
	}
	f, err := p.Cupboard.Factor(ctx, staff.ID)
	if complaint.IsKind(err, complaint.NotFound) {
		sealed, err := p.SealFactor(string(staff.ID), p.Codes.NewSecret())
		if err != nil {
			return nil, wrapped("second factor", err)
		}
		if err := p.Cupboard.BeginFactor(ctx, record.Factor{Staff: staff.ID, Sealed: sealed, At: p.Now()}); err != nil {
			return nil, wrapped("second factor", err)
		}
		f, err = p.Cupboard.Factor(ctx, staff.ID)
		if err != nil {
			return nil, wrapped("second factor", err)
		}
	} else if err != nil {
		return nil, wrapped("second factor", err)
	}
	if f.Active {
		return nil, complaint.ErrNotFound
	}
	secret, err := p.OpenFactor(string(staff.ID), f.Sealed)
	return secret, wrapped("second factor", err)
}

// UseApp takes the first code of an app: from now on a code is asked at log-in. With an
// app in use it makes new recovery codes. They are shown once; only hashes are kept.
func (p *Personnel) UseApp(ctx context.Context, staff record.Staff, code string) (recovery []string, err error) {
	var hashes [][]byte
	for range recoveryCodes {
		text := p.Tokens.StartPassword()
		recovery, hashes = append(recovery, text), append(hashes, p.Tokens.Kept(text))
	}
	err = p.guess(ctx, staff.ID, func() error {
		return p.matches(ctx, staff.ID, code, hashes, p.line(staff.ID, "use_second_factor", "done"))
	})
	if err != nil {
		return nil, err
	}
	return recovery, nil
}

// matches checks the code of an app, and uses its step up.
func (p *Personnel) matches(ctx context.Context, id complaint.Actor, code string, hashes [][]byte, lines ...record.LogLine) error {
	if !p.factorWorks() {
		return complaint.ErrNotFound
	}
	f, err := p.Cupboard.Factor(ctx, id)
	if complaint.IsKind(err, complaint.NotFound) {
		return errCode()
	}
	if err != nil {
		return wrapped("second factor", err)
	}
	secret, err := p.OpenFactor(string(id), f.Sealed)
	if err != nil {
		return wrapped("second factor", err)
	}
	step, ok := p.Codes.Match(secret, code, p.Now())
	if !ok {
		return errCode()
	}
	err = p.Cupboard.UseFactor(ctx, id, step, hashes, lines...)
	if errors.Is(err, record.ErrLost) {
		return errCode()
	}
	return wrapped("second factor", err)
}

func errCode() error {
	return complaint.Mistakes{{Kind: complaint.Invalid, Field: FieldCode, Key: "error.login_code"}}
}

// guess slows down who tries codes, as log-in does: six digits are few.
func (p *Personnel) guess(ctx context.Context, id complaint.Actor, try func() error) error {
	key := p.Index("code", string(id))
	turn := &p.turns[int(key[0])%len(p.turns)]
	turn.Lock()
	defer turn.Unlock()
	tries, err := p.tries(ctx, key)
	var wait *complaint.Error
	if errors.As(err, &wait) && wait.Kind == complaint.Refused {
		return complaint.Mistakes{{Kind: complaint.Invalid, Field: FieldCode, Key: wait.Key, Args: wait.Args}}
	}
	if err != nil {
		return err
	}
	err = try()
	if err != nil && !complaint.IsKind(err, complaint.Invalid) {
		return err
	}
	if err == nil {
		tries.Failures = 0
	} else {
		tries.Failures++
		tries.Until = p.Now().Add(waitAfter(tries.Failures))
		if err := p.Cupboard.Log(ctx, p.line(id, "code_refused", "refused")); err != nil {
			return wrapped("second factor", err)
		}
	}
	if saved := p.Cupboard.SaveAttempt(ctx, tries); saved != nil {
		return wrapped("second factor", saved)
	}
	return err
}

// StopFactor ends one's own second factor, with the password, unless the settings ask
// for it.
func (p *Personnel) StopFactor(ctx context.Context, staff record.Staff, password string) error {
	st, err := p.FactorOf(ctx, staff)
	if err != nil {
		return err
	}
	if st.Asked {
		return &complaint.Error{Kind: complaint.Refused, Key: "error.factor_asked"}
	}
	var m complaint.Mistakes
	if err := p.oldPassword(ctx, &m, staff, password); err != nil {
		return err
	}
	for _, e := range m {
		e.Field = FieldPassword
	}
	if err := m.Err(); err != nil {
		return err
	}
	return wrapped("second factor", p.Cupboard.DropFactor(ctx, staff.ID, p.line(staff.ID, "stop_second_factor", "done")))
}

// lacksFactor reports whether somebody who is in must connect an app first: the settings
// may ask it since the log-in.
func (p *Personnel) lacksFactor(ctx context.Context, id complaint.Actor) (bool, error) {
	if !p.factorWorks() {
		return false, nil
	}
	org, err := p.Organisation(ctx)
	if err != nil || !org.SecondFactor {
		return false, err
	}
	f, err := p.Cupboard.Factor(ctx, id)
	if err != nil && !complaint.IsKind(err, complaint.NotFound) {
		return false, wrapped("second factor", err)
	}
	return !f.Active, nil
}

// What a session waits for before its owner is let in.
const (
	WaitsForCode = "code" // of the app in use
	WaitsForApp  = "app"  // an app must be connected first
)

// waitsFor tells what somebody with the right password has still to do.
func (p *Personnel) waitsFor(ctx context.Context, staff record.Staff) (string, error) {
	st, err := p.FactorOf(ctx, staff)
	switch {
	case err != nil || !st.Possible:
		return "", err
	case st.Active:
		return WaitsForCode, nil
	case st.Asked:
		return WaitsForApp, nil
	}
	return "", nil
}

// Halfway gives who gave a password and has still to give a code, and what is waited
// for; ErrNotFound for anybody else.
func (p *Personnel) Halfway(ctx context.Context, token string) (record.Staff, string, error) {
	s, err := p.Cupboard.Session(ctx, p.Tokens.Kept(token))
	if err != nil {
		return record.Staff{}, "", wrapped("session", err)
	}
	if s.Waits == "" || !p.Now().Before(s.Expires) {
		return record.Staff{}, "", complaint.ErrNotFound
	}
	staff, err := p.Cupboard.StaffByID(ctx, s.Staff)
	if err == nil && !staff.Active {
		err = complaint.ErrNotFound
	}
	return staff, s.Waits, wrapped("session", err)
}

// GiveCode lets somebody in who gave a password before: with a code of the app, or with
// a recovery code, which is then used up. Who had to connect an app gets recovery codes.
func (p *Personnel) GiveCode(ctx context.Context, token, code string) (fresh string, staff record.Staff, recovery []string, err error) {
	staff, waits, err := p.Halfway(ctx, token)
	if err != nil {
		return "", staff, nil, err
	}
	if waits == WaitsForApp {
		recovery, err = p.UseApp(ctx, staff, code)
	} else {
		err = p.guess(ctx, staff.ID, func() error { return p.anyCode(ctx, staff.ID, code) })
	}
	if err != nil {
		return "", staff, nil, err
	}
	if err := p.Cupboard.Log(ctx, p.line(staff.ID, "log_in", "done")); err != nil {
		return "", staff, nil, wrapped("log in", err)
	}
	fresh, session := p.session(staff.ID, "")
	err = p.Cupboard.ReplaceSession(ctx, p.Tokens.Kept(token), session)
	if errors.Is(err, record.ErrLost) {
		err = complaint.ErrNotFound
	}
	return fresh, staff, recovery, wrapped("log in", err)
}

// anyCode takes a code of the app, or a recovery code.
func (p *Personnel) anyCode(ctx context.Context, id complaint.Actor, code string) error {
	code = strings.ToLower(strings.TrimSpace(code))
	if len(strings.ReplaceAll(code, " ", "")) <= 8 {
		return p.matches(ctx, id, code, nil)
	}
	err := p.Cupboard.UseRecovery(ctx, id, p.Tokens.Kept(code), p.line(id, "use_recovery_code", "done"))
	if errors.Is(err, record.ErrLost) {
		return errCode()
	}
	return wrapped("recovery code", err)
}
