package personnel

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

const (
	freeTries   = 3                // failures before waiting begins
	longestWait = 15 * time.Minute // nobody is locked out for good: that would help who wants to
	forgotten   = 24 * time.Hour   // after which a failure no longer counts
)

// errLogIn is the one answer to a wrong name and to a wrong password.
func errLogIn() error {
	return &complaint.Error{Kind: complaint.Invalid, Field: "email", Key: "error.login"}
}

// LogIn checks name and password and begins a session; it may still wait for a code (see
// Halfway). A name that does not exist gets
// the same answer, in about the same time, and is slowed down alike.
func (p *Personnel) LogIn(ctx context.Context, email, password string) (token string, staff record.Staff, err error) {
	email = normal(email)
	key := p.Index("log-in", email)
	turn := &p.turns[int(key[0])%len(p.turns)]
	turn.Lock() // so that a hundred tries at once are counted as a hundred
	defer turn.Unlock()

	tries, err := p.tries(ctx, key)
	if err != nil {
		return "", staff, err
	}
	staff, ok, err := p.check(ctx, email, password)
	if err != nil {
		return "", record.Staff{}, err
	}
	if !ok {
		return "", record.Staff{}, p.failed(ctx, tries, staff.ID)
	}
	if tries.Failures > 0 {
		if err := p.Cupboard.SaveAttempt(ctx, record.Attempt{Key: key}); err != nil {
			return "", record.Staff{}, fmt.Errorf("personnel: log in: %w", err)
		}
	}
	token, err = p.begin(ctx, staff)
	return token, staff, err
}

// tries gives the failures of a name, or refuses while it must wait.
func (p *Personnel) tries(ctx context.Context, key []byte) (record.Attempt, error) {
	tries, err := p.Cupboard.Attempt(ctx, key)
	if err != nil {
		return tries, fmt.Errorf("personnel: log in: %w", err)
	}
	now := p.Now()
	if wait := tries.Until.Sub(now); wait > 0 {
		return tries, errWait(wait)
	}
	if now.Sub(tries.Until) > forgotten {
		tries.Failures = 0
	}
	return tries, nil
}

// errWait says how long to wait: in minutes, or "a moment".
func errWait(wait time.Duration) error {
	if wait <= time.Minute {
		return &complaint.Error{Kind: complaint.Refused, Field: "email", Key: "error.login_moment"}
	}
	return &complaint.Error{Kind: complaint.Refused, Field: "email", Key: "error.login_wait",
		Args: []any{"Minutes", int(math.Ceil(wait.Minutes()))}}
}

// check looks at name and password, and takes as long for a name that is not there. A
// hash with old parameters is made anew.
func (p *Personnel) check(ctx context.Context, email, password string) (record.Staff, bool, error) {
	staff, err := p.Cupboard.StaffByEmail(ctx, email)
	switch {
	case complaint.IsKind(err, complaint.NotFound):
		p.Passwords.Waste(password)
		return record.Staff{}, false, nil
	case err != nil:
		return record.Staff{}, false, fmt.Errorf("personnel: log in: %w", err)
	}
	ok, stale := p.Passwords.Verify(staff.Password, password)
	if !ok || !staff.Active {
		return staff, false, nil
	}
	if stale {
		if err := p.renew(ctx, staff, password); err != nil {
			return staff, false, err
		}
	}
	return staff, true, nil
}

// renew hashes a password with today's parameters.
func (p *Personnel) renew(ctx context.Context, staff record.Staff, password string) error {
	hash, err := p.Passwords.Hash(password)
	if err != nil {
		return fmt.Errorf("personnel: log in: %w", err)
	}
	if err := p.Cupboard.SavePassword(ctx, staff.ID, staff.Password, hash, staff.MustChange); err != nil {
		return fmt.Errorf("personnel: log in: %w", err)
	}
	return nil
}

// failed counts a failure. From the third on the name waits: 1, 2, 4 … seconds, at
// most a quarter of an hour.
func (p *Personnel) failed(ctx context.Context, tries record.Attempt, staff complaint.Actor) error {
	tries.Failures++
	tries.Until = p.Now().Add(waitAfter(tries.Failures))
	if err := p.Cupboard.SaveAttempt(ctx, tries); err != nil {
		return fmt.Errorf("personnel: log in: %w", err)
	}
	if err := p.Cupboard.Log(ctx, p.line(staff, "log_in_refused", "refused")); err != nil {
		return fmt.Errorf("personnel: log in: %w", err)
	}
	return errLogIn()
}

func waitAfter(failures int) time.Duration {
	if failures < freeTries {
		return 0
	}
	return min(time.Second<<min(failures-freeTries, 20), longestWait)
}

// begin writes the log line first, then the session. One that waits for a code is no
// log-in yet.
func (p *Personnel) begin(ctx context.Context, staff record.Staff) (string, error) {
	waits, err := p.waitsFor(ctx, staff)
	if err != nil {
		return "", err
	}
	action := "log_in"
	if waits != "" {
		action = "log_in_halfway"
	}
	if err := p.Cupboard.Log(ctx, p.line(staff.ID, action, "done")); err != nil {
		return "", fmt.Errorf("personnel: log in: %w", err)
	}
	if err := p.Sweep(ctx); err != nil {
		return "", err
	}
	token, session := p.session(staff.ID, waits)
	if err := p.Cupboard.SaveSession(ctx, session); err != nil {
		return "", fmt.Errorf("personnel: log in: %w", err)
	}
	return token, nil
}

// ends tells when a session ends that was made and last seen at these moments.
func (p *Personnel) ends(made, seen time.Time) time.Time {
	idle, longest := seen.Add(p.idle()), made.Add(p.longest())
	if idle.Before(longest) {
		return idle
	}
	return longest
}

// Who tells whose session a token is. An unknown, ended or expired one is
// ErrNotFound, and so is one of a person whose account was closed, or of whom the
// settings ask a code since.
func (p *Personnel) Who(ctx context.Context, token string) (record.Staff, record.Session, error) {
	none := record.Session{}
	session, err := p.Cupboard.Session(ctx, p.Tokens.Kept(token))
	if err != nil {
		return record.Staff{}, none, fmt.Errorf("personnel: session: %w", err)
	}
	now := p.Now()
	if !now.Before(session.Expires) || session.Waits != "" {
		return record.Staff{}, none, complaint.ErrNotFound
	}
	staff, err := p.Cupboard.StaffByID(ctx, session.Staff)
	if err != nil {
		return record.Staff{}, none, fmt.Errorf("personnel: session: %w", err)
	}
	if !staff.Active {
		return record.Staff{}, none, complaint.ErrNotFound
	}
	if lacks, err := p.lacksFactor(ctx, staff.ID); err != nil {
		return record.Staff{}, none, err
	} else if lacks {
		return record.Staff{}, none, complaint.ErrNotFound
	}
	if now.Sub(session.Seen) >= time.Minute { // not with every request: each is a write
		session.Seen, session.Expires = now, p.ends(session.Made, now)
		if err := p.Cupboard.SeenSession(ctx, session); err != nil {
			return record.Staff{}, none, fmt.Errorf("personnel: session: %w", err)
		}
	}
	return staff, session, nil
}

// LogOut ends a session. One that ended already is no mistake.
func (p *Personnel) LogOut(ctx context.Context, token string) error {
	kept := p.Tokens.Kept(token)
	session, err := p.Cupboard.Session(ctx, kept)
	if complaint.IsKind(err, complaint.NotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("personnel: log out: %w", err)
	}
	if err := p.Cupboard.EndSessions(ctx, kept, p.Now()); err != nil {
		return fmt.Errorf("personnel: log out: %w", err)
	}
	if err := p.Cupboard.Log(ctx, p.line(session.Staff, "log_out", "done")); err != nil {
		return fmt.Errorf("personnel: log out: %w", err)
	}
	return nil
}

// Sweep deletes sessions that ended and failures that no longer count. Every log-in
// does it too.
func (p *Personnel) Sweep(ctx context.Context) error {
	now := p.Now()
	if err := p.Cupboard.EndSessions(ctx, []byte{}, now); err != nil {
		return fmt.Errorf("personnel: sweep: %w", err)
	}
	if err := p.Cupboard.ForgetAttempts(ctx, now.Add(-forgotten)); err != nil {
		return fmt.Errorf("personnel: sweep: %w", err)
	}
	return nil
}

// normal is the form in which e-mail addresses are kept and compared.
func normal(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
