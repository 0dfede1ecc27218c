package office

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
	"gehoor/internal/seal"
)

// Typed is a form as it was left: its fields by name.
type Typed map[string][]string

// typedText is how a draft is written down before it is sealed.
type typedText struct {
	V      int   `json:"v"`
	Fields Typed `json:"fields"`
}

// maxDraft is how many bytes of one form are kept.
const maxDraft = 4 << 20

// Unsent is what somebody typed for a task and kept.
type Unsent struct {
	Number string // of the dossier; in a list
	Task   complaint.Task
	Fields Typed
	Seen   int           // the version of the dossier that the form showed
	At     time.Time     // when it was kept
	Until  calendar.Date // the last day that it waits
	Broken bool          // it cannot be opened: somebody changed it in the register
}

// KeepDraft keeps what was typed for a task, sealed under the dossier's content key, in
// the place of what this person kept for it before.
func (o *Office) KeepDraft(ctx context.Context, who complaint.Person, f Form, task complaint.Task, typed Typed) (err error) {
	defer wrap(&err, "office: keep draft of %s", task)
	if !task.HasDraft() {
		return &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	for range maxRaces {
		m, err := o.onTheTable(ctx, who, f.Dossier, task)
		if err != nil {
			return err
		}
		d := record.Draft{Dossier: m.ID, Owner: who.ID, Task: task, Seen: f.Seen, At: o.now()}
		if d.Sealed, err = o.sealTyped(m.Dossier, record.DraftText, draftOf(who, task), typed); err != nil {
			return err
		}
		if err = o.Cupboard.KeepDraft(ctx, d, m.Version, o.sight(who)); !errors.Is(err, record.ErrLost) {
			return err
		}
	}
	return &complaint.Error{Kind: complaint.Unavailable, Key: "error.register_busy"}
}

// draftOf is part of what a draft is sealed with: put in another person's place, or
// under another task, it does not open.
func draftOf(who complaint.Person, task complaint.Task) string {
	return string(who.ID) + "/" + string(task)
}

func (o *Office) sealTyped(d record.Dossier, purpose, rec string, typed Typed) ([]byte, error) {
	plain, err := json.Marshal(typedText{V: 1, Fields: typed})
	if err != nil {
		return nil, err
	}
	if len(plain) > maxDraft {
		return nil, &complaint.Error{Kind: complaint.Invalid, Key: "error.form_too_large"}
	}
	return o.Sealer.Seal(d, purpose, rec, plain)
}

// DraftOf gives what this person kept for a task, or nil.
func (o *Office) DraftOf(ctx context.Context, who complaint.Person, dossier string, task complaint.Task) (u *Unsent, err error) {
	defer wrap(&err, "office: draft of %s", task)
	m, err := o.onTheTable(ctx, who, dossier, task)
	if err != nil {
		return nil, err
	}
	d, err := o.Cupboard.Draft(ctx, dossier, task, o.sight(who))
	if complaint.IsKind(err, complaint.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	u = o.unsent(d)
	var text typedText
	if err := o.Sealer.OpenJSON(m.Dossier, record.DraftText, draftOf(who, task), d.Sealed, &text); err != nil {
		u.Broken = true
		o.Log.Error("a draft cannot be opened", "dossier", dossier, "task", string(task), "error", err)
	}
	u.Fields = text.Fields
	return u, nil
}

func (o *Office) unsent(d record.Draft) *Unsent {
	at := d.At.In(o.Zone)
	return &Unsent{Task: d.Task, Seen: d.Seen, At: at, Until: complaint.DraftUntil(calendar.Of(at))}
}

// DropDraft throws away what this person kept for a task.
func (o *Office) DropDraft(ctx context.Context, who complaint.Person, dossier string, task complaint.Task) (err error) {
	defer wrap(&err, "office: drop draft of %s", task)
	return o.Cupboard.DropDraft(ctx, who.ID, dossier, task)
}

// Drafts gives for each dossier what this person kept for it and may still do, without
// the texts.
func (o *Office) Drafts(ctx context.Context, who complaint.Person) (map[string][]Unsent, error) {
	list, err := o.Cupboard.Drafts(ctx, o.sight(who))
	if err != nil {
		return nil, err
	}
	own := map[string][]Unsent{}
	for _, d := range list {
		if r := complaint.Relate(who, d.Of.Dossier, false, o.Today()); complaint.May(who, d.Task, r) && d.Of.Allows(d.Task) {
			u := o.unsent(d.Draft)
			u.Number = d.Of.Number
			own[d.Dossier] = append(own[d.Dossier], *u)
		}
	}
	return own, nil
}

// UnsentIntake is a new complaint that somebody kept and did not take in yet.
type UnsentIntake struct {
	Draft    Draft
	Channel  complaint.Channel
	CalledOn calendar.Date // when somebody called or wrote
	At       time.Time
	Until    calendar.Date // the last day that it waits
	Late     bool          // it waits longer than a working day
	Ending   bool          // it is thrown away within two days
	Fields   Typed
	Broken   bool
}

// endingDays is how many days before its end a kept complaint says so.
const endingDays = 2

// KeepIntake keeps a new complaint, sealed under the identity key of the dossier that it
// will be. It does not count as received: nothing is checked, no term begins. calledOn
// is the day somebody called or wrote; without one it is today.
func (o *Office) KeepIntake(ctx context.Context, who complaint.Person, d Draft, channel complaint.Channel, calledOn calendar.Date, typed Typed) (err error) {
	defer wrap(&err, "office: keep intake")
	if !complaint.May(who, complaint.TaskReceive, complaint.Relation{}) {
		return &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	if calledOn.IsZero() || calledOn.After(o.Today()) {
		calledOn = o.Today()
	}
	row := record.IntakeDraft{ID: d.ID, Owner: who.ID, Channel: channel, CalledOn: calledOn, At: o.now(), Keys: d.Keys}
	if row.Sealed, err = o.sealTyped(toBe(d), record.IntakeText, string(who.ID), typed); err != nil {
		return err
	}
	return o.Cupboard.KeepIntake(ctx, row, o.cardSight(who))
}

// toBe is the dossier that a draft will be.
func toBe(d Draft) record.Dossier {
	return seal.ToBe(d.ID, d.Keys)
}

// Intakes gives the new complaints that this person kept, the oldest call first.
func (o *Office) Intakes(ctx context.Context, who complaint.Person) (list []UnsentIntake, err error) {
	defer wrap(&err, "office: intakes")
	if !complaint.May(who, complaint.TaskReceive, complaint.Relation{}) {
		return nil, nil
	}
	rows, err := o.Cupboard.Intakes(ctx, who.ID)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	org, err := o.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	today := o.Today()
	for _, row := range rows {
		u := UnsentIntake{Draft: Draft{ID: row.ID, Keys: row.Keys}, Channel: row.Channel, CalledOn: row.CalledOn, At: row.At.In(o.Zone)}
		u.Until = complaint.IntakeDraftUntil(calendar.Of(u.At))
		u.Late = complaint.IntakeWaitsLong(u.CalledOn, today, calendars(org))
		u.Ending = u.Until.AddDays(-endingDays).Before(today)
		var text typedText
		if err := o.Sealer.OpenJSON(toBe(u.Draft), record.IntakeText, string(who.ID), row.Sealed, &text); err != nil {
			u.Broken = true
			o.Log.Error("a kept complaint cannot be opened", "draft", row.ID, "error", err)
		}
		u.Fields = text.Fields
		list = append(list, u)
	}
	return list, nil
}

// IntakeOf gives one new complaint that this person kept, or complaint.ErrNotFound.
func (o *Office) IntakeOf(ctx context.Context, who complaint.Person, id string) (UnsentIntake, error) {
	list, err := o.Intakes(ctx, who)
	if err != nil {
		return UnsentIntake{}, err
	}
	for _, u := range list {
		if u.Draft.ID == id {
			return u, nil
		}
	}
	return UnsentIntake{}, complaint.ErrNotFound
}

// DropIntake throws away a new complaint that this person kept, with its files.
func (o *Office) DropIntake(ctx context.Context, who complaint.Person, id string) (err error) {
	defer wrap(&err, "office: drop intake")
	return o.Cupboard.DropIntake(ctx, who.ID, id)
}

// sweepDrafts removes drafts that waited long enough: the whole of their last day they
// are there.
func (o *Office) sweepDrafts(ctx context.Context) (int64, error) {
	today := o.Today()
	return o.Cupboard.SweepDrafts(ctx, o.begin(today.AddDays(-complaint.DraftDays)), o.begin(today.AddDays(-complaint.IntakeDraftDays)))
}

// begin is the first moment of a local day.
func (o *Office) begin(day calendar.Date) time.Time {
	year, month, n := day.Date()
	return time.Date(year, month, n, 0, 0, 0, 0, o.Zone)
}
