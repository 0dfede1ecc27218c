package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// matter is a dossier on the table: what a task decides on.
type matter struct {
	record.Dossier
	who      complaint.Person
	scene    complaint.Scene
	org      record.Organisation
	identity *record.Identity
}

// outcome is what a task decided.
type outcome struct {
	events   []complaint.Event
	letters  []record.Order // each becomes a letter and an event
	identity *record.Identity
	barred   []complaint.Actor
	posted   []record.Posting
	links    []string
	reminded *record.Reminder
	code     string // a new code for the complainant
	log      []record.LogLine
}

// deed is one task on one dossier: who may, and what follows.
type deed struct {
	task  complaint.Task
	input any // what was typed: hashed for the request key
	do    func(ctx context.Context, m *matter) (outcome, error)
}

// maxRaces bounds how often a task is decided again after losing a race. Notes of
// colleagues do not make a form stale; they only cost another round.
const maxRaces = 8

// carryOut does a task: look, ask the law, decide, write. A double click gets the
// first result; a form that steps have overtaken is refused as stale.
func (o *Office) carryOut(ctx context.Context, who complaint.Person, f Form, t deed) (err error) {
	defer wrap(&err, "office: %s", t.task)
	hash, err := o.hashInput(t)
	if err != nil {
		return err
	}
	request := record.Request{Key: f.Key, Actor: who.ID, Hash: hash}
	for range maxRaces {
		if done, err := o.doneBefore(ctx, request); done || err != nil {
			return err
		}
		m, err := o.onTheTable(ctx, who, f.Dossier, t.task)
		if err != nil {
			return err
		}
		if f.Seen > 0 && f.Seen < m.LastStep {
			return &complaint.Error{Kind: complaint.Stale, Key: "error.stale"}
		}
		out, err := t.do(ctx, m)
		if err != nil {
			return err
		}
		if len(out.events) == 0 && len(out.letters) == 0 {
			return nil
		}
		err = o.write(ctx, m, out, request, false)
		var again *record.Repeated
		if errors.As(err, &again) {
			return nil
		}
		if !errors.Is(err, record.ErrLost) {
			return err
		}
	}
	return &complaint.Error{Kind: complaint.Unavailable, Key: "error.register_busy"}
}

// wrap adds what was being done to an error, but leaves refusals as they are for errors.As.
func wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}

// hashInput gives a keyed hash of what was typed: a plain one would let a thief of the
// register check a guess.
func (o *Office) hashInput(t deed) ([]byte, error) {
	text, err := json.Marshal(t.input)
	if err != nil {
		return nil, fmt.Errorf("office: %w", err)
	}
	return o.Safe.Index("request", string(t.task), string(text)), nil
}

// doneBefore reports whether a request was carried out already, and refuses a key
// that was used with other content.
func (o *Office) doneBefore(ctx context.Context, r record.Request) (bool, error) {
	_, done, err := o.firstResult(ctx, r)
	return done, err
}

func (o *Office) firstResult(ctx context.Context, r record.Request) (dossier string, done bool, err error) {
	if r.Key == "" {
		return "", false, nil
	}
	dossier, first, err := o.Cupboard.Requested(ctx, r.Key)
	if complaint.IsKind(err, complaint.NotFound) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	if first.Actor != r.Actor || string(first.Hash) != string(r.Hash) {
		return "", false, &complaint.Error{Kind: complaint.UsedKey, Key: "error.used_key"}
	}
	return dossier, true, nil
}

// onTheTable loads a dossier for a task: what may not be seen does not exist, and
// what may be seen but not done is refused.
func (o *Office) onTheTable(ctx context.Context, who complaint.Person, id string, task complaint.Task) (*matter, error) {
	d, err := o.Cupboard.Dossier(ctx, id, o.sight(who))
	if err != nil {
		return nil, err
	}
	// The register's WHERE has left out what bars this person.
	if !complaint.May(who, task, complaint.Relate(who, d.Dossier, false, o.Today())) {
		return nil, &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	if !d.Allows(task) {
		return nil, &complaint.Error{Kind: complaint.Refused, Key: "refused.not_now"}
	}
	org, err := o.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	scene, err := o.scene(ctx, who.ID, d.Procedure, org)
	if err != nil {
		return nil, err
	}
	return &matter{Dossier: d, who: who, scene: scene, org: org}, nil
}

// scene is where and when a task takes place, under the dossier's own rules.
func (o *Office) scene(ctx context.Context, actor complaint.Actor, pin complaint.Pin, org record.Organisation) (complaint.Scene, error) {
	rules, err := o.pinned(ctx, pin)
	if err != nil {
		return complaint.Scene{}, err
	}
	return complaint.Scene{Now: o.now(), Actor: actor, Rules: rules, Calendars: calendars(org)}, nil
}

// write turns an outcome into one Change and hands it to the register.
func (o *Office) write(ctx context.Context, m *matter, out outcome, r record.Request, isNew bool) error {
	c := record.Change{Request: r, New: isNew, Seen: m.Version, Posted: out.posted, Links: out.links, Reminded: out.reminded, Log: out.log}
	d := m.Dossier
	events := out.events
	state := d.Dossier
	for _, e := range events {
		state = state.Apply(e)
	}
	for _, order := range out.letters {
		l, made, err := o.makeLetter(m, state, order)
		if err != nil {
			return err
		}
		c.Letters = append(c.Letters, l)
		events = append(events, made...)
		for _, e := range made {
			state = state.Apply(e)
		}
	}
	for _, e := range events {
		row, err := o.sealEvent(d, e, d.LastMac)
		if err != nil {
			return err
		}
		c.Events = append(c.Events, row)
		d.LastMac = row.Mac
		if title, ok := e.Sealed[complaint.Title]; ok && !title.IsEmpty() {
			if d.Title, err = o.seal(d, record.TitleText, "", []byte(complaint.Reveal(title))); err != nil {
				return err
			}
		}
	}
	state.ID, d.Dossier = d.ID, state
	if out.code != "" {
		d.Code = o.Safe.CodeHash(d.Number, out.code)
	}
	if err := o.sealIdentity(&c, d, out.identity, m); err != nil {
		return err
	}
	for _, staff := range out.barred {
		c.Barred = append(c.Barred, o.hidden(staff))
	}
	var err error
	if d.Mac, err = o.dossierMac(d); err != nil {
		return err
	}
	c.Dossier = d
	return o.Cupboard.Write(ctx, c)
}

// plain is a task that only asks the law: no letter, no identity.
func (o *Office) plain(ctx context.Context, who complaint.Person, f Form, task complaint.Task, input any, decide func(*matter) ([]complaint.Event, error)) error {
	return o.carryOut(ctx, who, f, deed{task, input, func(_ context.Context, m *matter) (outcome, error) {
		events, err := decide(m)
		return outcome{events: events}, err
	}})
}
