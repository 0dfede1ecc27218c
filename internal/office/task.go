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
	source   *matter // of a new dossier: another one from the same letter
	// Of a complaint by e-mail: the Message-IDs its acknowledgement goes on with, and that a
	// machine wrote it, which gets none by itself.
	thread    []string
	automatic bool
	told      string         // the code that who complains was given already; "": none
	task      complaint.Task // what who is doing; "" when the dossier is only touched along
}

// outcome is what a task decided.
type outcome struct {
	events    []complaint.Event
	letters   []record.Order // each becomes a letter and an event
	identity  *record.Identity
	barred    []complaint.Actor
	cleared   []complaint.Actor // barred no longer
	also      *also             // what the task writes to a second dossier
	posted    []record.Posting
	lapsed    []string
	messages  []record.Message  // of letters that were made before
	onPaper   []string          // letters whose e-mail goes on paper instead
	unposted  []string          // letters that were not posted after all
	stopped   []string          // lapsed letters that must not be on their way
	delivered *record.Delivered // the e-mail that went
	links     []string
	reminded  *record.Reminder
	code      string           // a new code for the complainant
	link      *record.LinksEnd // the link by which somebody came, and how it ended
	codeHash  []byte           // or only its hash, of one that was given already
	card      *record.CardChange
	incoming  *record.IncomingChange
	log       []record.LogLine
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
func (o *Office) carryOut(ctx context.Context, who complaint.Person, f Form, t deed) error {
	return o.decide(ctx, who, f, t, o.onTheTable)
}

// carryOutBlind does a task for somebody who may do it without seeing the dossier.
func (o *Office) carryOutBlind(ctx context.Context, who complaint.Person, f Form, t deed) error {
	return o.decide(ctx, who, f, t, func(ctx context.Context, who complaint.Person, id string, task complaint.Task) (*matter, error) {
		return o.load(ctx, who, id, task, blind(o.sight(who)))
	})
}

// decide loads the matter, asks the law and writes, again when another task wrote first.
func (o *Office) decide(ctx context.Context, who complaint.Person, f Form, t deed,
	load func(context.Context, complaint.Person, string, complaint.Task) (*matter, error)) (err error) {
	defer wrap(&err, "office: %s", t.task)
	hash, err := o.hashInput(who, t, f.Dossier)
	if err != nil {
		return err
	}
	request := record.Request{Key: f.Key, Actor: who.ID, Hash: hash}
	for range maxRaces {
		if done, err := o.doneBefore(ctx, request); done || err != nil {
			return err
		}
		err := o.attempt(ctx, who, f, t, request, load)
		var again *record.Repeated
		if errors.As(err, &again) {
			return nil
		}
		if errors.Is(err, record.ErrLost) {
			continue
		}
		if err != nil { // perhaps refused because the same request was carried out meanwhile
			if done, lookErr := o.doneBefore(ctx, request); done && lookErr == nil {
				return nil
			}
		}
		return err
	}
	return &complaint.Error{Kind: complaint.Unavailable, Key: "error.register_busy"}
}

// attempt decides once on what stands there now, and writes.
func (o *Office) attempt(ctx context.Context, who complaint.Person, f Form, t deed, request record.Request,
	load func(context.Context, complaint.Person, string, complaint.Task) (*matter, error)) error {
	m, err := load(ctx, who, f.Dossier, t.task)
	if err != nil {
		return err
	}
	if f.Seen > 0 && f.Seen < m.LastStep {
		return &complaint.Error{Kind: complaint.Stale, Key: "error.stale"}
	}
	out, err := t.do(ctx, m)
	if err != nil || len(out.events) == 0 && len(out.letters) == 0 {
		return err
	}
	return o.write(ctx, m, out, request, false)
}

// wrap adds what was being done to an error, but leaves refusals as they are for errors.As.
func wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}

// hashInput gives a keyed hash of what was typed: a plain one would let a thief of the
// register check a guess.
func (o *Office) hashInput(who complaint.Person, t deed, dossier string) ([]byte, error) {
	text, err := json.Marshal(t.input)
	if err != nil {
		return nil, fmt.Errorf("office: %w", err)
	}
	return o.Safe.Index("request", string(who.ID), string(t.task), dossier, string(text)), nil
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
	// A masked event does not say who acted; the keyed hash does.
	if first.Actor != r.Actor && first.Actor != complaint.ByStaff || string(first.Hash) != string(r.Hash) {
		return "", false, &complaint.Error{Kind: complaint.UsedKey, Key: "error.used_key"}
	}
	return dossier, true, nil
}

// onTheTable loads a dossier for a task: what may not be seen does not exist, and
// what may be seen but not done is refused.
func (o *Office) onTheTable(ctx context.Context, who complaint.Person, id string, task complaint.Task) (*matter, error) {
	return o.load(ctx, who, id, task, o.sight(who))
}

func (o *Office) load(ctx context.Context, who complaint.Person, id string, task complaint.Task, sight complaint.Sight) (*matter, error) {
	d, err := o.Cupboard.Dossier(ctx, id, sight)
	if err != nil {
		return nil, err
	}
	// The register's WHERE has left out what bars this person.
	relation := complaint.Relate(who, d.Dossier, false, o.Today())
	if task == complaint.TaskClear {
		if relation.NextInLine, err = o.isNextInLine(ctx, who, d); err != nil {
			return nil, err
		}
	}
	if !complaint.May(who, task, relation) {
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
	return &matter{Dossier: d, who: who, scene: scene, org: org, task: task}, nil
}

// scene is where and when a task takes place, under the dossier's own rules.
func (o *Office) scene(ctx context.Context, actor complaint.Actor, pin complaint.Pin, org record.Organisation) (complaint.Scene, error) {
	rules, err := o.pinned(ctx, pin)
	if err != nil {
		return complaint.Scene{}, err
	}
	return complaint.Scene{Now: o.now(), Actor: actor, Rules: rules, Calendars: calendars(org)}, nil
}

// write turns an outcome into a Change (and one for the other dossier it touches) and
// hands them to the register: one transaction.
func (o *Office) write(ctx context.Context, m *matter, out outcome, r record.Request, isNew bool) error {
	if !isNew {
		lapsed, err := o.lapsing(ctx, m, out.events)
		if err != nil {
			return err
		}
		for _, l := range lapsed {
			out.lapsed = append(out.lapsed, l.ID)
		}
	}
	c, err := o.change(m, out)
	if err != nil {
		return err
	}
	c.Request, c.New = r, isNew
	if c.Notices, err = o.notices(ctx, m, out); err != nil {
		return err
	}
	if out.also == nil {
		return o.Cupboard.Write(ctx, c)
	}
	other, err := o.change(out.also.matter, out.also.outcome)
	if err != nil {
		return err
	}
	if other.Notices, err = o.notices(ctx, out.also.matter, out.also.outcome); err != nil {
		return err
	}
	return o.Cupboard.Write(ctx, c, other)
}

// change turns an outcome into what is written of one dossier.
func (o *Office) change(m *matter, out outcome) (record.Change, error) {
	c := record.Change{Seen: m.Version, Posted: out.posted, Lapsed: out.lapsed, LapsedOn: m.scene.Today(), Links: out.links, Reminded: out.reminded,
		Card: out.card, Incoming: out.incoming, Log: out.log, Messages: out.messages, OnPaper: out.onPaper, Unposted: out.unposted, Stopped: out.stopped, Delivered: out.delivered}
	d := m.Dossier
	events := out.events
	state := d.Dossier
	for _, e := range events {
		state = state.Apply(e)
		c.CameBack = c.CameBack || e.IsReturn()
		c.GoesOn = c.GoesOn || e.Kind == complaint.WithdrawalDisputed
	}
	c.LinksEnd = linksEnd(events, m.scene.Now, out.link)
	for _, order := range out.letters {
		made, err := o.makeLetter(m, state, order)
		if err != nil {
			return c, err
		}
		c.Letters = append(c.Letters, made.letter)
		c.Messages = append(c.Messages, made.messages...)
		c.TextLinks = append(c.TextLinks, made.links...)
		events = append(events, made.events...)
		for _, e := range made.events {
			state = state.Apply(e)
		}
	}
	for _, e := range events {
		row, err := o.Sealer.SealEvent(d, e, d.LastMac)
		if err != nil {
			return c, err
		}
		c.Events = append(c.Events, row)
		d.LastMac = row.Mac
		if title, ok := e.Sealed[complaint.Title]; ok && !title.IsEmpty() {
			if d.Title, err = o.Sealer.Seal(d, record.TitleText, "", []byte(complaint.Reveal(title))); err != nil {
				return c, err
			}
		}
	}
	c.Drafts = record.DraftEnd{Owner: m.who.ID, Task: m.task, Of: out.barred, All: m.State.IsOpen() && !state.State.IsOpen()}
	state.ID, d.Dossier = d.ID, state
	if out.code != "" {
		d.Code = o.Safe.CodeHash(d.Number, out.code)
	} else if out.codeHash != nil {
		d.Code = out.codeHash
	}
	if err := o.sealIdentity(&c, d, out.identity, m); err != nil {
		return c, err
	}
	for _, staff := range out.barred {
		c.Barred = append(c.Barred, o.Sealer.Hidden(staff))
	}
	for _, staff := range out.cleared {
		c.Cleared = append(c.Cleared, o.Sealer.Hidden(staff))
	}
	var err error
	if d.Mac, err = o.Sealer.DossierMac(d); err != nil {
		return c, err
	}
	c.Dossier = d
	return c, nil
}

// plain is a task that only asks the law: no letter, no identity.
func (o *Office) plain(ctx context.Context, who complaint.Person, f Form, task complaint.Task, input any, decide func(*matter) ([]complaint.Event, error)) error {
	return o.carryOut(ctx, who, f, deed{task, input, func(_ context.Context, m *matter) (outcome, error) {
		events, err := decide(m)
		return outcome{events: events}, err
	}})
}
