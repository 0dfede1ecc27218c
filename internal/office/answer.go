package office

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Answer releases an answer: its text is frozen and its letter made. sent, when it
// has a date, records at once that it went out.
func (o *Office) Answer(ctx context.Context, who complaint.Person, f Form, r complaint.Reply) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskAnswer, r, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := m.Release(r, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		if r.How == complaint.HowGeneral {
			return out, nil
		}
		order, ok, err := o.answerOrder(ctx, m, r)
		if err != nil {
			return out, err
		}
		if !ok {
			var bad complaint.Mistakes
			bad.Add("how", "error.no_way_to_reach")
			return out, bad
		}
		out.letters = append(out.letters, order)
		return out, nil
	}})
}

// answerOrder puts the frame around the handler's words.
func (o *Office) answerOrder(ctx context.Context, m *matter, r complaint.Reply) (record.Order, bool, error) {
	order, ok, err := o.order(ctx, m, record.Answer, r.How == complaint.HowEmail)
	if err != nil {
		return order, false, err
	}
	heading := func(key string) string { return o.Say(order.Language, key) }
	for _, s := range []record.Section{
		{Heading: heading("answer.points"), Paragraphs: paragraphs(r.Points)},
		{Heading: heading("answer.outcome"), Paragraphs: paragraphs(r.Outcome)},
		{Heading: heading("answer.measures"), Paragraphs: paragraphs(r.Measures)},
		{Heading: heading("answer.next"), Paragraphs: paragraphs(r.NextSteps)},
	} {
		if len(s.Paragraphs) > 0 {
			order.Facts.Body = append(order.Facts.Body, s)
		}
	}
	order.Facts.ReceivedOn = m.ReceivedOn
	order.Facts.SecondInstance, order.Facts.ExternalBody = m.scene.Rules.SecondInstance, m.scene.Rules.ExternalBody
	return order, ok, nil
}

// PreviewAnswer composes the letter beside the text, with "[naam en adres]" in the
// window: nothing is opened.
func (o *Office) PreviewAnswer(ctx context.Context, who complaint.Person, dossier string, r complaint.Reply) (record.Document, error) {
	m, err := o.onTheTable(ctx, who, dossier, complaint.TaskAnswer)
	if err != nil {
		return record.Document{}, err
	}
	order, _, err := o.answerOrder(ctx, m, r)
	if err != nil {
		return record.Document{}, err
	}
	order.Addressee, order.Salutation, order.To, order.Copy, order.TheirReference = nil, "", "", "", ""
	ownParagraph(m.org, &order)
	order.Look = m.org.Look()
	order.Mail, order.Preview, order.Date, order.Number = false, true, o.Today(), m.Number
	if len(order.Facts.Body) == 0 {
		order.Facts.Body = []record.Section{{Paragraphs: []string{"…"}}}
	}
	return o.Press.Compose(order)
}

// SendAnswer records that the released answer went out.
func (o *Office) SendAnswer(ctx context.Context, who complaint.Person, f Form, x complaint.Dispatch) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskSendAnswer, x, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := m.Answer(x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		letters, err := o.Cupboard.Letters(ctx, m.ID)
		if err != nil {
			return out, err
		}
		mails, err := o.mailsOf(ctx, m.ID)
		if err != nil {
			return out, err
		}
		d := after(m, events)
		for _, l := range letters {
			if l.Kind != record.Answer || !l.SentOn.IsZero() || !l.LapsedOn.IsZero() || x.On.IsZero() || mails[l.ID].Reason == record.HeldPaper {
				continue
			}
			sent, err := d.SendLetter(paper(l), x.On, m.scene)
			if err != nil {
				return out, err
			}
			out.events = append(out.events, sent...)
			out.posted = append(out.posted, record.Posting{Letter: l.ID, On: x.On})
		}
		return out, nil
	}})
}

// TakeBackAnswer gives a released answer back to its handler, as long as it did not go: its
// letter lapses, and the e-mail is taken out of the queue unless it is on its way, or a mail
// server perhaps took it.
func (o *Office) TakeBackAnswer(ctx context.Context, who complaint.Person, f Form, reason string) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskTakeBack, reason, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := m.TakeBack(reason, m.scene)
		if err != nil {
			return outcome{}, err
		}
		lapsed, err := o.lapsing(ctx, m, events)
		if err != nil {
			return outcome{}, err
		}
		mails, err := o.mailsOf(ctx, m.ID)
		out := outcome{events: events}
		for _, l := range lapsed {
			switch mail := mails[l.ID]; {
			case mail.State == record.MessageSending, mail.State == record.MessageSent:
				return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.answer_under_way"}
			case mail.Doubt:
				return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.answer_perhaps"}
			}
			out.stopped = append(out.stopped, l.ID)
		}
		return out, err
	}})
}
