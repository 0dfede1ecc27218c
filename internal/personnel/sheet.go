package personnel

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// KeyRow is a row of the recovery sheet: half a key, in groups. It is a secret that is
// shown and goes nowhere else.
type KeyRow struct {
	Number, Of int
	Key        string // "root", "epoch 1"
	Groups     []string
}

// Keys knows the key file as its recovery sheet shows it.
type Keys interface {
	Rows() []KeyRow
	IsLastGroup(typed string) bool
	Fingerprint() string
	Epoch() uint32 // the newest: with a new one the sheet changes
}

// FieldGroup is where the last group of the sheet is typed back.
const FieldGroup = "group"

// sheetTime is how long the sheet can be seen after set-up with the printed address.
const sheetTime = time.Hour

// kept is the setting that says which sheet somebody printed and could read.
type kept struct {
	Key   string `json:"key"` // fingerprint
	Epoch uint32 `json:"epoch"`
}

// SheetState tells whether the recovery sheet was printed and read back.
type SheetState struct {
	Possible    bool // there is a key file here whose sheet can be shown
	Confirmed   bool // of the keys there are now
	Outdated    bool // an older one was: a new epoch began since
	By          complaint.Actor
	At          time.Time
	Fingerprint string
}

// SheetState tells how the recovery sheet stands, for who manages.
func (p *Personnel) SheetState(ctx context.Context, who complaint.Person) (SheetState, error) {
	if err := mayManage(who); err != nil {
		return SheetState{}, err
	}
	st, _, err := p.sheetState(ctx)
	return st, err
}

// SheetIsDue reports whether somebody who manages should be told that the recovery
// sheet was never printed; false for anybody else.
func (p *Personnel) SheetIsDue(ctx context.Context, who complaint.Person) (bool, error) {
	if p.Keys == nil || mayManage(who) != nil {
		return false, nil
	}
	st, _, err := p.sheetState(ctx)
	return st.Possible && !st.Confirmed, err
}

func (p *Personnel) sheetState(ctx context.Context) (st SheetState, last record.Setting, err error) {
	if p.Keys == nil {
		return st, last, nil
	}
	st.Possible, st.Fingerprint = true, p.Keys.Fingerprint()
	all, err := p.Cupboard.SettingHistory(ctx, record.SettingSheet)
	if err != nil || len(all) == 0 {
		return st, last, wrapped("recovery sheet", err)
	}
	var k kept
	last = all[0]
	if err := json.Unmarshal([]byte(last.Value), &k); err != nil {
		return st, last, wrapped("recovery sheet", err)
	}
	st.By, st.At = last.Actor, last.At
	st.Confirmed = k == kept{st.Fingerprint, p.Keys.Epoch()}
	st.Outdated = !st.Confirmed
	return st, last, nil
}

// ShowSheet gives the recovery sheet to an administrator who types the password again,
// and the code where one is in use. One that was confirmed is not shown again: then
// printing it is for who has the server. The log line is written first.
func (p *Personnel) ShowSheet(ctx context.Context, staff record.Staff, password, code string) ([]KeyRow, error) {
	who := staff.Person()
	st, err := p.SheetState(ctx, who)
	switch {
	case err != nil:
		return nil, err
	case !st.Possible:
		return nil, complaint.ErrNotFound
	case st.Confirmed:
		return nil, &complaint.Error{Kind: complaint.Refused, Key: "error.sheet_confirmed"}
	}
	if err := p.provesAgain(ctx, staff, password, code); err != nil {
		return nil, err
	}
	if err := p.Cupboard.Log(ctx, p.line(who.ID, "show_sheet", "done")); err != nil {
		return nil, wrapped("recovery sheet", err)
	}
	return p.Keys.Rows(), nil
}

// provesAgain asks who is in to prove once more who it is.
func (p *Personnel) provesAgain(ctx context.Context, staff record.Staff, password, code string) error {
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
	factor, err := p.FactorOf(ctx, staff)
	if err != nil || !factor.Active {
		return err
	}
	return p.guess(ctx, staff.ID, func() error { return p.anyCode(ctx, staff.ID, code) })
}

// ConfirmSheet keeps that the sheet was printed and can be read: the last group was
// typed back from it.
func (p *Personnel) ConfirmSheet(ctx context.Context, who complaint.Person, typed string) error {
	if err := mayManage(who); err != nil {
		return err
	}
	return p.confirmSheet(ctx, who.ID, typed)
}

func (p *Personnel) confirmSheet(ctx context.Context, by complaint.Actor, typed string) error {
	if p.Keys == nil {
		return complaint.ErrNotFound
	}
	if typed == "" {
		return complaint.Mistakes{{Kind: complaint.Invalid, Field: FieldGroup, Key: "error.required"}}
	}
	if !p.Keys.IsLastGroup(typed) {
		return complaint.Mistakes{{Kind: complaint.Invalid, Field: FieldGroup, Key: "error.sheet_group"}}
	}
	st, last, err := p.sheetState(ctx)
	if err != nil || st.Confirmed {
		return err
	}
	value, err := json.Marshal(kept{st.Fingerprint, p.Keys.Epoch()})
	if err != nil {
		return wrapped("recovery sheet", err)
	}
	next := record.Setting{ID: record.NewID(), Name: record.SettingSheet, Value: string(value), At: p.after(last.At), Actor: by}
	err = p.Cupboard.ReplaceSetting(ctx, last.ID, next, p.line(by, "confirm_sheet", "done"))
	if errors.Is(err, record.ErrLost) { // a double click: the other one did it
		return nil
	}
	return wrapped("recovery sheet", err)
}

// after is now, or just after a moment when the clock stood still: the newest version
// of a setting is the one in force.
func (p *Personnel) after(last time.Time) time.Time {
	if now := p.Now(); now.After(last) {
		return now
	}
	return last.Add(time.Microsecond)
}

// SheetAtSetUp gives the recovery sheet to who just set the register up, with the
// printed token, until it was confirmed or put off. The log line is written first.
func (p *Personnel) SheetAtSetUp(ctx context.Context, token string) ([]KeyRow, SheetState, error) {
	by, st, err := p.settingUp(ctx, token)
	if err != nil {
		return nil, st, err
	}
	if err := p.Cupboard.Log(ctx, p.line(by, "show_sheet", "done")); err != nil {
		return nil, st, wrapped("recovery sheet", err)
	}
	return p.Keys.Rows(), st, nil
}

// MaySheetAtSetUp refuses, as what does not exist, when SheetAtSetUp would.
func (p *Personnel) MaySheetAtSetUp(ctx context.Context, token string) error {
	_, _, err := p.settingUp(ctx, token)
	return err
}

// ConfirmSheetAtSetUp is ConfirmSheet for who just set the register up. Once done, a
// double click is no mistake.
func (p *Personnel) ConfirmSheetAtSetUp(ctx context.Context, token, typed string) error {
	by, _, err := p.settingUp(ctx, token)
	if err != nil {
		return err
	}
	return p.confirmSheet(ctx, by, typed)
}

// SheetLater puts the sheet off: administrators are told until it was done.
func (p *Personnel) SheetLater(ctx context.Context, token string) error {
	by, _, err := p.settingUp(ctx, token)
	if complaint.IsKind(err, complaint.NotFound) && p.fits(token) {
		return nil // put off by a first click, or confirmed
	}
	if err != nil {
		return err
	}
	p.setUp.mu.Lock()
	p.setUp.sheetUntil = time.Time{}
	p.setUp.mu.Unlock()
	return wrapped("recovery sheet", p.Cupboard.Log(ctx, p.line(by, "sheet_later", "done")))
}

// settingUp gives who just set the register up with the printed token, as long as the
// sheet has not been confirmed or put off; ErrNotFound for anybody else.
func (p *Personnel) settingUp(ctx context.Context, token string) (complaint.Actor, SheetState, error) {
	if !p.fits(token) || p.Keys == nil {
		return "", SheetState{}, complaint.ErrNotFound
	}
	p.setUp.mu.Lock()
	by, until := p.setUp.by, p.setUp.sheetUntil
	p.setUp.mu.Unlock()
	if by == "" || !p.Now().Before(until) {
		return "", SheetState{}, complaint.ErrNotFound
	}
	st, _, err := p.sheetState(ctx)
	if err == nil && st.Confirmed {
		err = complaint.ErrNotFound
	}
	return by, st, err
}
