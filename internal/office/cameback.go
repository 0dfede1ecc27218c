package office

import (
	"context"
	"slices"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Back is a letter, or e-mail, that came back.
type Back struct {
	On         calendar.Date
	NewAddress bool // of an e-mail: where e-mail goes was changed since
	kind       string
	mail       bool
}

// cameBack gives the letters of a dossier that came back, for which no other way was found
// yet: the complainant was reached, or it was made again, on paper or for a new address.
func (o *Office) cameBack(ctx context.Context, dossier string) (map[string]Back, error) {
	rows, err := o.Cupboard.Course(ctx, dossier)
	if err != nil {
		return nil, err
	}
	list, kinds := map[string]Back{}, map[string]string{}
	var onPage time.Time // when the complainant changed the address on the own page
	for _, row := range rows {
		open, err := complaint.DecodeOpen(row.Open)
		if err != nil {
			return nil, err
		}
		e := complaint.Event{Kind: row.Kind, At: row.At, Open: open}
		if e.Kind == complaint.IdentityChanged && e.Open.How == complaint.HowPage {
			onPage = e.At
		}
		if e.Kind == complaint.LetterMade {
			if e.Open.Letter == string(record.WhatYouSaid) && e.At.Equal(onPage) {
				continue // it tells an address where they are no more, and settles nothing
			}
			kinds[e.Open.Record] = e.Open.Letter
		}
		if e.IsReturn() {
			if kind, matters := kinds[e.Open.Record]; matters {
				list[e.Open.Record] = Back{On: e.Open.On, kind: kind, mail: e.Open.How == complaint.HowEmail}
			}
			continue
		}
		for letter, b := range list {
			if b.NewAddress = b.NewAddress || b.mail && movesMail(e); b.settledBy(e) {
				delete(list, letter)
			} else {
				list[letter] = b
			}
		}
	}
	return list, nil
}

// movesMail reports whether an event changes where e-mail goes.
func movesMail(e complaint.Event) bool {
	return e.Kind == complaint.IdentityChanged && slices.ContainsFunc([]string{"email", "reader", "deputy", "relative"}, func(field string) bool { return slices.Contains(e.Open.Fields, field) })
}

// settledBy reports whether nothing has to be done any more about what came back. With an
// address for its letter, an e-mail has still to be told.
func (b Back) settledBy(e complaint.Event) bool {
	if e.Kind == complaint.LetterMade {
		return e.Open.Letter == b.kind && (e.Open.How == complaint.HowPost || b.NewAddress)
	}
	return e.FindsAnotherWay() && !(b.mail && e.Kind == complaint.IdentityChanged)
}

// madeAgain makes what came back as an e-mail once more: with the same words, on paper or
// to the address that e-mail goes to now.
func (o *Office) madeAgain(ctx context.Context, m *matter, l record.Letter, onPaper bool) (outcome, error) {
	list, err := o.cameBack(ctx, m.ID)
	if err != nil {
		return outcome{}, err
	}
	if b, is := list[l.ID]; !is || !l.LapsedOn.IsZero() || !onPaper && !b.NewAddress {
		return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.not_now"}
	}
	if err := m.MayGoOut(paper(l)); err != nil {
		return outcome{}, err
	}
	remake := o.mailOrder
	if onPaper {
		remake = o.paperOrder
	}
	order, err := remake(ctx, m, l)
	return outcome{letters: []record.Order{order}}, err
}

// mailOrder is an e-mail's order, to whom it would go now. Somebody asked for it: it goes,
// also when another of its kind went before.
func (o *Office) mailOrder(ctx context.Context, m *matter, l record.Letter) (order record.Order, err error) {
	if err := o.Sealer.OpenJSON(m.Dossier, record.LetterFacts, l.ID, l.Params, &order); err != nil {
		return order, err
	}
	who, err := o.addressee(ctx, m)
	if err != nil {
		return order, err
	}
	now, ok, err := o.order(ctx, m, l.Kind, true)
	if err != nil {
		return order, err
	}
	if order.Facts.ReaderFor != "" {
		ok = toReader(&now, who)
	}
	if !ok {
		return order, &complaint.Error{Kind: complaint.Refused, Key: "refused.no_email_address"}
	}
	order.Asked, order.To, order.Copy, order.Thread, order.Salutation, order.Facts.PostFor = true, now.To, now.Copy, now.Thread, now.Salutation, now.Facts.PostFor
	return order, nil
}
