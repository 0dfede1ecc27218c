package personnel

import (
	"bytes"
	"context"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// halfwayTime is how long somebody may take to give a code.
const halfwayTime = 10 * time.Minute

// session makes a session and its token.
func (p *Personnel) session(staff complaint.Actor, waits string) (string, record.Session) {
	now := p.Now()
	token, kept := p.Tokens.New()
	s := record.Session{Token: kept, ID: record.NewID(), Staff: staff, Made: now, Seen: now, Expires: p.ends(now, now), Waits: waits}
	if waits != "" {
		s.Expires = now.Add(halfwayTime)
	}
	return token, s
}

// OwnSession is a log-in as its owner sees it.
type OwnSession struct {
	ID         string
	Made, Seen time.Time
	Current    bool
}

// SessionsOf gives one's own log-ins; token is that of now.
func (p *Personnel) SessionsOf(ctx context.Context, staff complaint.Actor, token string) ([]OwnSession, error) {
	list, err := p.Cupboard.SessionsOf(ctx, staff, p.Now())
	if err != nil {
		return nil, wrapped("sessions", err)
	}
	var own []OwnSession
	for _, s := range list {
		if s.Waits == "" {
			own = append(own, OwnSession{ID: s.ID, Made: s.Made, Seen: s.Seen, Current: bytes.Equal(s.Token, p.Tokens.Kept(token))})
		}
	}
	return own, nil
}

// EndSession logs out one of one's own log-ins. One that ended already is no mistake.
func (p *Personnel) EndSession(ctx context.Context, staff complaint.Actor, id string) error {
	if err := p.Cupboard.EndSession(ctx, staff, id); err != nil {
		return wrapped("sessions", err)
	}
	return wrapped("sessions", p.Cupboard.Log(ctx, p.line(staff, "end_session", "done")))
}

// EndOtherSessions logs out everywhere but here.
func (p *Personnel) EndOtherSessions(ctx context.Context, staff complaint.Actor, token string) error {
	if err := p.Cupboard.EndSessionsOf(ctx, staff, p.Tokens.Kept(token)); err != nil {
		return wrapped("sessions", err)
	}
	return wrapped("sessions", p.Cupboard.Log(ctx, p.line(staff, "end_other_sessions", "done")))
}
