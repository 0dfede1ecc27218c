package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
	"gehoor/internal/seal"
)

// The actions of log lines about quick cards. They carry the id of the card, which is
// that of the dossier when one is made of it.
const (
	ActionTakeCard  = "take_card"
	ActionReadCard  = "read_card"
	ActionListCards = "list_cards"
	ActionTryCard   = "try_card"
	ActionNameCard  = "name_on_card"
	ActionGiveCard  = "hand_over_card"
	ActionDropCard  = "drop_card"
	ActionWriteCard = "write_card_down"
)

// cardMatter is a card on the table, opened.
type cardMatter struct {
	record.Card
	note complaint.CardNote
}

// cardSight is which cards a person sees.
func (o *Office) cardSight(who complaint.Person) complaint.CardSight {
	return complaint.SeeCards(who, o.cardOwner(who.ID), o.Sealer.Hidden(who.ID))
}

// cardOwner is the keyed hash of who may see a card beside the helpdesk.
func (o *Office) cardOwner(staff complaint.Actor) []byte {
	return o.Safe.Index("card owner", string(staff))
}

// NewCard gives the id of a card that is about to be: it travels with the form, so that
// a double click makes one card.
func (o *Office) NewCard() string { return record.NewID() }

// TakeCard keeps who must be called back. A double click gives the card of the first.
func (o *Office) TakeCard(ctx context.Context, who complaint.Person, id string, note complaint.CardNote) (err error) {
	defer wrap(&err, "office: take card")
	if !complaint.MayReceive(who) {
		return &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	if id == "" {
		id = o.NewCard()
	}
	if !record.IsID(id) {
		return complaint.ErrNotFound
	}
	scene, err := o.cardScene(ctx, who)
	if err != nil {
		return err
	}
	if err := o.knownStaff(ctx, note.Concerned); err != nil {
		return err
	}
	var bad complaint.Mistakes
	if note.For != "" {
		if note.For, err = o.receiver(ctx, note.For); err != nil {
			return err
		}
		if note.For == "" {
			bad.Add("to", "error.choose_colleague")
		}
	}
	card := record.Card{CalledAt: o.now()}
	card.Card, err = note.Take(scene)
	if err := bad.Join(err); err != nil {
		return err
	}
	if err := bad.Err(); err != nil {
		return err
	}
	card.ID = id
	if card.Keys, err = o.Sealer.NewKeys(id); err != nil {
		return err
	}
	change, err := o.cardChange(who, cardMatter{card, note}, 0, ActionTakeCard, "")
	if err != nil {
		return err
	}
	if note.For != "" {
		change.NameNobody()
	}
	err = o.Cupboard.WriteCard(ctx, change)
	if err != nil && o.tookBefore(ctx, id, note) {
		return nil
	}
	return err
}

// tookBefore reports whether a card with this id and content stands there: a double
// click.
func (o *Office) tookBefore(ctx context.Context, id string, note complaint.CardNote) bool {
	first, err := o.Cupboard.Card(ctx, id, complaint.CardSight{All: true})
	if err != nil {
		return false
	}
	m, err := o.openCard(first)
	return err == nil && m.note.TakenBy == note.TakenBy && m.note.Number == note.Number && m.note.Name == note.Name && m.note.About == note.About
}

// cardStep is one task on a card that waits.
type cardStep struct {
	action  string
	input   string            // what was chosen: hashed for the request key
	intakes []complaint.Actor // whose kept intakes of it end
	do      func(*cardMatter, complaint.Scene) (complaint.Card, error)
}

// TryCard counts a call that nobody answered.
func (o *Office) TryCard(ctx context.Context, who complaint.Person, f Form) error {
	return o.onCard(ctx, who, f, cardStep{action: ActionTryCard, do: func(m *cardMatter, s complaint.Scene) (complaint.Card, error) {
		return m.Try(&m.note, s)
	}})
}

// NameOnCard says that a card is about an employee, who sees nothing of it from then on;
// what that person kept of an intake of it ends.
func (o *Office) NameOnCard(ctx context.Context, who complaint.Person, f Form, staff complaint.Actor) error {
	if staff != "" {
		if err := o.knownStaff(ctx, []complaint.Actor{staff}); err != nil {
			return err
		}
	}
	return o.onCard(ctx, who, f, cardStep{ActionNameCard, string(staff), []complaint.Actor{staff}, func(m *cardMatter, s complaint.Scene) (complaint.Card, error) {
		return m.Card.NameEmployee(&m.note, staff, s)
	}})
}

// HandOverCard gives a card to a colleague, because it is about the person who has it.
func (o *Office) HandOverCard(ctx context.Context, who complaint.Person, f Form, to complaint.Actor) error {
	receiver, err := o.receiver(ctx, to)
	if err != nil {
		return err
	}
	return o.onCard(ctx, who, f, cardStep{ActionGiveCard, string(to), []complaint.Actor{who.ID}, func(m *cardMatter, s complaint.Scene) (complaint.Card, error) {
		return m.Card.HandOver(&m.note, receiver, s)
	}})
}

// DropCard closes a card because the caller says that it is no complaint.
func (o *Office) DropCard(ctx context.Context, who complaint.Person, f Form, reason string) error {
	return o.onCard(ctx, who, f, cardStep{action: ActionDropCard, input: reason, do: func(m *cardMatter, s complaint.Scene) (complaint.Card, error) {
		return m.Drop(reason, s)
	}})
}

// onCard does a task on one card: look, ask the law, seal, write. The same request a
// second time is answered as the first, also when the card is out of sight since.
func (o *Office) onCard(ctx context.Context, who complaint.Person, f Form, step cardStep) (err error) {
	defer wrap(&err, "office: %s", step.action)
	var request []byte
	if f.Key != "" {
		request = o.Safe.Index("card request", f.Key, string(who.ID), step.action, f.Dossier, step.input)
	}
	if done, err := o.cardStepped(ctx, f.Dossier, request); done || err != nil {
		return err
	}
	err = o.stepCard(ctx, who, f, step, request)
	if err == nil {
		return nil
	}
	if done, lookErr := o.cardStepped(ctx, f.Dossier, request); done && lookErr == nil {
		return nil // the same request won
	}
	if errors.Is(err, record.ErrLost) {
		return &complaint.Error{Kind: complaint.Stale, Key: "error.stale"}
	}
	return err
}

// cardStepped reports whether a request was the last step on a card.
func (o *Office) cardStepped(ctx context.Context, id string, request []byte) (bool, error) {
	if len(request) == 0 {
		return false, nil
	}
	card, err := o.Cupboard.Card(ctx, id, complaint.CardSight{All: true})
	if complaint.IsKind(err, complaint.NotFound) {
		return false, nil
	}
	return err == nil && bytes.Equal(card.Request, request), err
}

func (o *Office) stepCard(ctx context.Context, who complaint.Person, f Form, step cardStep, request []byte) error {
	m, err := o.cardOnTheTable(ctx, who, f.Dossier)
	if err != nil {
		return err
	}
	if f.Seen > 0 && f.Seen != m.Version {
		return &complaint.Error{Kind: complaint.Stale, Key: "error.stale"}
	}
	scene, err := o.cardScene(ctx, who)
	if err != nil {
		return err
	}
	was := m.Version
	if m.Card.Card, err = step.do(&m, scene); err != nil {
		return err
	}
	change, err := o.cardChange(who, m, was, step.action, m.Reason)
	if err != nil {
		return err
	}
	if step.action == ActionGiveCard {
		change.NameNobody()
	}
	change.Card.Request, change.Intakes = request, step.intakes
	return o.Cupboard.WriteCard(ctx, change)
}

// cardOnTheTable loads a card for a task: what may not be seen does not exist.
func (o *Office) cardOnTheTable(ctx context.Context, who complaint.Person, id string) (cardMatter, error) {
	card, err := o.Cupboard.Card(ctx, id, o.cardSight(who))
	if err != nil {
		return cardMatter{}, err
	}
	own := string(card.Owner) == string(o.cardOwner(who.ID))
	if !complaint.May(who, complaint.TaskCard, complaint.Relation{TookIn: own}) {
		return cardMatter{}, complaint.ErrNotFound
	}
	return o.openCard(card)
}

func (o *Office) openCard(card record.Card) (cardMatter, error) {
	m := cardMatter{Card: card}
	if len(card.Sealed) == 0 {
		return m, nil // swept
	}
	return m, o.Sealer.OpenJSON(seal.ToBe(card.ID, card.Keys), record.CardText, "", card.Sealed, &m.note)
}

// cardChange seals a card and says who is barred from it.
func (o *Office) cardChange(who complaint.Person, m cardMatter, was int, action, reason string) (c record.CardChange, err error) {
	card := m.Card
	if card.Sealed, err = o.Sealer.SealJSON(seal.ToBe(card.ID, card.Keys), record.CardText, "", m.note); err != nil {
		return c, err
	}
	sum := sha256.Sum256(card.Sealed)
	owner := m.note.TakenBy
	if m.note.For != "" {
		owner = m.note.For
	}
	card.Sum, card.Owner, card.Barred, card.Request = sum[:], o.cardOwner(owner), nil, nil
	for _, staff := range m.note.Concerned {
		card.Barred = append(card.Barred, o.Sealer.Hidden(staff))
	}
	if card.Mac, err = o.Sealer.CardMac(card); err != nil {
		return c, err
	}
	line := record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: action, Dossier: card.ID, Reason: reason, Result: "done"}
	return record.CardChange{Card: card, Seen: was, Log: []record.LogLine{line}}, nil
}

// cardScene is where and when a card is written: no procedure has a word in it.
func (o *Office) cardScene(ctx context.Context, who complaint.Person) (complaint.Scene, error) {
	org, err := o.Organisation(ctx)
	return complaint.Scene{Now: o.now(), Actor: who.ID, Calendars: calendars(org)}, err
}

// knownStaff refuses an employee who is no account.
func (o *Office) knownStaff(ctx context.Context, staff []complaint.Actor) error {
	for _, id := range staff {
		if _, err := o.Cupboard.StaffByID(ctx, id); complaint.IsKind(err, complaint.NotFound) {
			return complaint.Mistakes{{Kind: complaint.Invalid, Field: "concerned", Key: "error.choose"}}
		} else if err != nil {
			return err
		}
	}
	return nil
}

// receiver gives the id of an active colleague who takes complaints in, or "" when there
// is none with that id.
func (o *Office) receiver(ctx context.Context, id complaint.Actor) (complaint.Actor, error) {
	s, err := o.Cupboard.StaffByID(ctx, id)
	if complaint.IsKind(err, complaint.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	org, err := o.Organisation(ctx)
	if err != nil {
		return "", err
	}
	person := s.Person()
	person.Fallback = person.ID != "" && string(id) == org.Fallback
	if !complaint.MayReceive(person) {
		return "", nil
	}
	return id, nil
}

// takeCardUp puts the card of an intake on the table: the dossier takes its id and keys,
// and whom it is about.
func (o *Office) takeCardUp(ctx context.Context, who complaint.Person, in *Intake) error {
	if in.Card == "" {
		return nil
	}
	m, err := o.cardOnTheTable(ctx, who, in.Card)
	if err != nil {
		return err
	}
	in.card = &m
	in.Draft = Draft{ID: m.ID, Keys: m.Keys}
	for _, staff := range m.note.Concerned {
		if !slices.Contains(in.ConcernedStaff, staff) {
			in.ConcernedStaff = append(in.ConcernedStaff, staff)
		}
	}
	return nil
}

// writeCardDown closes the card of an intake, in the same change as the dossier.
func (o *Office) writeCardDown(in *Intake, s complaint.Scene) (*record.CardChange, error) {
	if in.card == nil {
		return nil, nil
	}
	m := *in.card
	was := m.Version
	var err error
	if m.Card.Card, err = m.WriteDown(in.ReceivedOn, s); err != nil {
		return nil, err
	}
	change, err := o.cardChange(complaint.Person{ID: s.Actor}, m, was, ActionWriteCard, "")
	return &change, err
}
