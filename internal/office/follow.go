package office

import (
	"bytes"
	"context"
	"encoding/hex"
	"time"

	"gehoor/internal/calendar"
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

// Follow begins a visit of who knows a number and its code, and gives its token. Of a form
// that nobody took in yet there is nothing to visit: then it says how that stands.
func (o *Office) Follow(ctx context.Context, p Proof) (token string, form *HeldForm, err error) {
	defer wrap(&err, "office: follow")
	var d record.Dossier
	err = o.prove(ctx, followCode, p, o.Safe.CodeHash, func(number string) (right [][]byte, err error) {
		found := false
		if d, found, err = o.numbered(ctx, number); err != nil {
			return nil, err
		}
		if !found {
			form, right, err = o.heldForm(ctx, number)
			return right, err
		}
		if len(d.Code) == 0 || !d.MayFollow() {
			return nil, nil
		}
		return [][]byte{d.Code}, nil
	})
	if err != nil {
		return "", nil, err
	}
	line := record.LogLine{ID: record.NewID(), At: o.now(), Actor: complaint.ByComplainant, Action: ActionFollow, Dossier: d.ID, Result: "done"}
	if form != nil {
		line.Dossier = form.ID
		return "", form, o.Cupboard.Log(ctx, line)
	}
	if err := o.Cupboard.Log(ctx, line); err != nil {
		return "", nil, err
	}
	token = newToken()
	now := o.now()
	v := record.Visit{Token: o.visitToken(token), Dossier: d.ID, Made: now, Expires: now.Add(visitIdle)}
	v.Code = o.visitCode(v, d)
	return token, nil, o.Cupboard.SaveVisit(ctx, v)
}

// HeldForm is a form of the counter that is no dossier: somebody must look at it first, or
// thought that it is no complaint.
type HeldForm struct {
	complaint.Incoming
	Number string
	DueOn  calendar.Date // by when it is answered, if it is a complaint
}

// FormNote is what the note of a form holds for who sent it.
type FormNote struct {
	Code []byte `json:"code,omitempty"` // its slow keyed hash
}

// heldForm finds a form that is no dossier by the number that was told, with the hash of its
// code. One whose words were swept is gone.
func (o *Office) heldForm(ctx context.Context, number string) (*HeldForm, [][]byte, error) {
	i, err := o.Cupboard.IncomingNumbered(ctx, number)
	if complaint.IsKind(err, complaint.NotFound) || err == nil && len(i.Sealed) == 0 {
		return nil, nil, nil
	}
	var n FormNote
	if err == nil {
		err = o.OpenNote(Draft{ID: i.ID, Keys: i.Keys}, i.Sealed, &n)
	}
	if err != nil || len(n.Code) == 0 {
		return nil, nil, err
	}
	h := &HeldForm{Incoming: i.Incoming, Number: number}
	h.DueOn, err = o.DueOn(ctx, i.ReceivedOn)
	return h, [][]byte{n.Code}, err
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
