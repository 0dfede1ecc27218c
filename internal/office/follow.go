package office

import (
	"bytes"
	"context"
	"encoding/hex"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Visits keeps who outside showed a number and its code, for as long as they look.
type Visits interface {
	Visit(ctx context.Context, token []byte) (record.Visit, error)
	SaveVisit(ctx context.Context, v record.Visit) error
	EndVisit(ctx context.Context, token []byte) error
	SweepVisits(ctx context.Context, before time.Time) (int64, error)
}

// The actions of log lines about complainants who look at their own.
const (
	ActionFollow  = "follow"   // number and code were right
	ActionReadOwn = "read_own" // one's own letter, or name and address
)

const (
	visitIdle    = 30 * time.Minute // without a click
	visitLongest = 12 * time.Hour
)

// Follow begins a visit of who knows a number and its code, and gives its token.
func (o *Office) Follow(ctx context.Context, p Proof) (token string, err error) {
	defer wrap(&err, "office: follow")
	d, err := o.prove(ctx, "code", p, o.Safe.CodeHash, func(d record.Dossier) ([][]byte, error) {
		if len(d.Code) == 0 || !d.MayFollow() {
			return nil, nil
		}
		return [][]byte{d.Code}, nil
	})
	if err != nil {
		return "", err
	}
	if err := o.Cupboard.Log(ctx, record.LogLine{ID: record.NewID(), At: o.now(), Actor: complaint.ByComplainant, Action: ActionFollow, Dossier: d.ID, Result: "done"}); err != nil {
		return "", err
	}
	token = newToken()
	now := o.now()
	v := record.Visit{Token: o.visitToken(token), Dossier: d.ID, Made: now, Expires: now.Add(visitIdle)}
	v.Code = o.visitCode(v, d)
	return token, o.Cupboard.SaveVisit(ctx, v)
}

func (o *Office) visitToken(token string) []byte { return o.Safe.Index("follow visit", token) }

// visitCode ties a visit to its dossier and to the code that opened it: in another row it
// opens nothing, and with a new code no more.
func (o *Office) visitCode(v record.Visit, d record.Dossier) []byte {
	return o.Safe.Index("follow code", hex.EncodeToString(v.Token), d.ID, hex.EncodeToString(d.Code))
}

// Visitor tells whose visit a token is. An unknown or ended one is ErrNotFound, and so is
// one whose code was replaced.
func (o *Office) Visitor(ctx context.Context, token string) (who complaint.Person, err error) {
	defer wrap(&err, "office: visit")
	v, err := o.Cupboard.Visit(ctx, o.visitToken(token))
	if err != nil {
		return who, err
	}
	now := o.now()
	if !now.Before(v.Expires) {
		return who, complaint.ErrNotFound
	}
	own := complaint.Complainant(v.Dossier)
	d, err := o.Cupboard.Dossier(ctx, v.Dossier, o.sight(own))
	if err != nil {
		return who, err
	}
	if !bytes.Equal(v.Code, o.visitCode(v, d)) || !d.MayFollow() {
		return who, complaint.ErrNotFound
	}
	if later := now.Add(visitIdle); later.Sub(v.Expires) >= time.Minute && later.Before(v.Made.Add(visitLongest)) {
		v.Expires = later // not with every click: each is a write
		if err := o.Cupboard.SaveVisit(ctx, v); err != nil {
			return who, err
		}
	}
	return own, nil
}

// Leave ends a visit.
func (o *Office) Leave(ctx context.Context, token string) error {
	return o.Cupboard.EndVisit(ctx, o.visitToken(token))
}

// hasPage reports whether the complainant can look at a page of their own.
func (o *Office) hasPage(d record.Dossier) bool {
	return o.FollowURL != "" && len(d.Code) > 0 && d.MayFollow()
}

// sweepVisits forgets the visits that ended.
func (o *Office) sweepVisits(ctx context.Context) (int64, error) {
	return o.Cupboard.SweepVisits(ctx, o.now())
}
