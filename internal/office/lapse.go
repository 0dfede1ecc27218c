package office

import (
	"context"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// lapsing gives the letters that lie here and lose their meaning by events: a newer text
// came, or who got the post does not get it now.
func (o *Office) lapsing(ctx context.Context, m *matter, events []complaint.Event) (lapsed []record.Letter, err error) {
	if !slices.ContainsFunc(events, complaint.Event.TakesBack) {
		return nil, nil
	}
	letters, err := o.Cupboard.Letters(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, l := range letters {
		if l.SentOn.IsZero() && l.LapsedOn.IsZero() && lapsesBy(m.Dossier.Dossier, events, paper(l)) {
			lapsed = append(lapsed, l)
		}
	}
	return lapsed, nil
}

func lapsesBy(d complaint.Dossier, events []complaint.Event, p complaint.Paper) bool {
	for _, e := range events {
		if d = d.Apply(e); d.Lapses(p, e) {
			return true
		}
	}
	return false
}

// makeAnew orders letters that lapse once more, with the same content, to whoever gets
// the post from now on. change may alter an order; nil leaves it.
func (o *Office) makeAnew(ctx context.Context, m *matter, out *outcome, letters []record.Letter, change func(*record.Order)) error {
	mails, err := o.mailsOf(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if mails[l.ID].Reason == record.HeldPaper { // its letter on paper is made anew
			continue
		}
		var old record.Order
		if err := o.Sealer.OpenJSON(m.Dossier, record.LetterFacts, l.ID, l.Params, &old); err != nil {
			return err
		}
		if old.Facts.ReaderFor != "" { // who reads along does not get the post
			out.letters = append(out.letters, old)
			continue
		}
		err := o.letterTo(ctx, m, out, l.Kind, func(order *record.Order) {
			postFor, opened := order.Facts.PostFor, order.Facts.NameOpened
			order.Facts, order.Hold = old.Facts, old.Hold
			order.Facts.PostFor, order.Facts.NameOpened = postFor, opened
			if change != nil {
				change(order)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// answerAnew makes the letter of a released answer once more when the one that was made
// lapsed before it went out: nobody can release an answer twice.
func (o *Office) answerAnew(ctx context.Context, m *matter, out *outcome) error {
	if m.ReleasedOn.IsZero() || !m.AnsweredOn.IsZero() {
		return nil
	}
	letters, err := o.Cupboard.Letters(ctx, m.ID)
	if err != nil {
		return err
	}
	letters = slices.DeleteFunc(letters, func(l record.Letter) bool { return l.Kind != record.Answer })
	if n := len(letters); n > 0 && !letters[n-1].LapsedOn.IsZero() {
		return o.makeAnew(ctx, m, out, letters[n-1:], nil)
	}
	return nil
}

// readdress makes what lapses by the events of an outcome anew, for whoever gets the post
// now. A code that lapsed is not sent again.
func (o *Office) readdress(ctx context.Context, m *matter, out *outcome, change func(*record.Order)) error {
	lapsed, err := o.lapsing(ctx, m, out.events)
	if err != nil {
		return err
	}
	lapsed = slices.DeleteFunc(lapsed, func(l record.Letter) bool { return l.Kind == record.NewCode })
	return o.makeAnew(ctx, m, out, lapsed, change)
}
