package office

import (
	"context"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// CardView is a card as who calls back sees it.
type CardView struct {
	complaint.Card
	CalledAt time.Time
	Note     complaint.CardNote // empty once swept
	Swept    bool
	Overdue  bool
	Days     int // how many working days have begun since the call
}

func (o *Office) cardView(c record.Card, house calendar.Calendar) (CardView, error) {
	m, err := o.openCard(c)
	v := CardView{Card: c.Card, CalledAt: c.CalledAt.In(o.Zone), Note: m.note, Swept: len(c.Sealed) == 0, Overdue: c.IsOverdue(o.Today())}
	for day := house.NextWorkingDay(c.CalledOn); !day.After(o.Today()); v.Days++ {
		day = house.NextWorkingDay(day)
	}
	return v, err
}

// Cards lists the cards that wait, oldest first, without names and numbers: those are on
// the card.
func (o *Office) Cards(ctx context.Context, who complaint.Person) ([]CardView, error) {
	return o.cards(ctx, who, calendar.Date{})
}

// ClosedCards lists the cards that were closed in the days that their content is kept.
func (o *Office) ClosedCards(ctx context.Context, who complaint.Person) ([]CardView, error) {
	return o.cards(ctx, who, o.Today().AddDays(-complaint.CardKeptDays))
}

func (o *Office) cards(ctx context.Context, who complaint.Person, closedFrom calendar.Date) (list []CardView, err error) {
	defer wrap(&err, "office: list cards")
	if !complaint.MayReceive(who) {
		return nil, &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	found, err := o.Cupboard.Cards(ctx, o.cardSight(who), closedFrom)
	if err != nil {
		return nil, err
	}
	scene, err := o.cardScene(ctx, who)
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		v, err := o.cardView(c, scene.Calendars.House)
		if err != nil {
			return nil, err
		}
		v.Note.Name, v.Note.Number = "", ""
		list = append(list, v)
	}
	day := o.Today().String()
	return list, o.Cupboard.Log(ctx, record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: ActionListCards, Result: "done",
		Once: ActionListCards + "|" + string(who.ID) + "|" + day})
}

// Card shows a card with its name and number, and notes once a day that this person
// looked.
func (o *Office) Card(ctx context.Context, who complaint.Person, id string) (v CardView, err error) {
	defer wrap(&err, "office: card")
	m, err := o.cardOnTheTable(ctx, who, id)
	if err != nil {
		return v, err
	}
	line := record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: ActionReadCard, Dossier: id, Result: "done",
		Once: ActionReadCard + "|" + string(who.ID) + "|" + id + "|" + o.Today().String()}
	if err := o.Cupboard.Log(ctx, line); err != nil {
		return v, err
	}
	scene, err := o.cardScene(ctx, who)
	if err != nil {
		return v, err
	}
	return o.cardView(m.Card, scene.Calendars.House)
}

// CountCards gives how many callers wait, for who takes complaints in.
func (o *Office) CountCards(ctx context.Context, who complaint.Person) (record.CardCounts, error) {
	return o.Cupboard.CountCards(ctx, o.cardSight(who), o.Today())
}

// cardOf gives the card of which a dossier was made; nil when it was made otherwise.
func (o *Office) cardOf(ctx context.Context, dossier string) (*CardView, error) {
	c, err := o.Cupboard.Card(ctx, dossier, complaint.CardSight{All: true})
	if complaint.IsKind(err, complaint.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v := CardView{Card: c.Card, CalledAt: c.CalledAt.In(o.Zone), Swept: len(c.Sealed) == 0}
	if m, err := o.openCard(c); err != nil {
		return nil, err
	} else if !v.Swept {
		v.Note = complaint.CardNote{TakenBy: m.note.TakenBy, Tries: m.note.Tries} // the rest stands in the dossier
	}
	return &v, nil
}

// DraftFor gives the draft of the dossier that is made of a card: files are kept under its
// keys.
func (o *Office) DraftFor(ctx context.Context, who complaint.Person, card string) (Draft, error) {
	m, err := o.cardOnTheTable(ctx, who, card)
	if err == nil && m.State != complaint.CardWaits {
		err = &complaint.Error{Kind: complaint.Refused, Key: "refused.card_closed"}
	}
	return Draft{ID: m.ID, Keys: m.Keys}, err
}
