package office

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Forward makes someone the handler; tell also sends the complainant a letter.
func (o *Office) Forward(ctx context.Context, who complaint.Person, f Form, x complaint.Forwarding, tell bool) error {
	input := struct {
		complaint.Forwarding
		Tell bool
	}{x, tell}
	return o.carryOut(ctx, who, f, deed{complaint.TaskForward, input, func(ctx context.Context, m *matter) (outcome, error) {
		barred, err := o.barred(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		x.Barred = barred
		if err := o.checkHandler(ctx, x); err != nil {
			return outcome{}, err
		}
		events, err := m.Forward(x, m.scene)
		if err != nil || !tell {
			return outcome{events: events}, err
		}
		handler, err := o.staffContact(ctx, x.Handler)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		return out, o.letterTo(ctx, m, &out, record.PassedToManager, func(order *record.Order) {
			order.Facts.Handler, order.Facts.DueOn, order.Facts.ReceivedOn = handler, m.DueOn, m.ReceivedOn
		})
	}})
}

// barred gives the staff who see nothing of the dossier.
func (o *Office) barred(ctx context.Context, m *matter) ([]complaint.Actor, error) {
	tokens, err := o.Cupboard.Barred(ctx, m.ID)
	if err != nil || len(tokens) == 0 {
		return nil, err
	}
	hidden := map[string]bool{}
	for _, t := range tokens {
		hidden[string(t)] = true
	}
	staff, err := o.Cupboard.Staff(ctx)
	if err != nil {
		return nil, err
	}
	var barred []complaint.Actor
	for _, s := range staff {
		if hidden[string(o.hidden(s.ID))] {
			barred = append(barred, s.ID)
		}
	}
	return barred, nil
}

// checkHandler sees that the handler may handle: an active manager, deputy or
// director.
func (o *Office) checkHandler(ctx context.Context, x complaint.Forwarding) error {
	if x.Handler == "" {
		return nil // the law says so
	}
	var bad complaint.Mistakes
	s, err := o.Cupboard.StaffByID(ctx, x.Handler)
	if complaint.IsKind(err, complaint.NotFound) {
		bad.Add("handler", "error.choose")
		return bad
	}
	if err != nil {
		return err
	}
	departments, err := o.Cupboard.Departments(ctx)
	if err != nil {
		return err
	}
	p, known := s.Person(), false
	for _, d := range departments {
		known = known || d.ID == x.Department && d.Active
	}
	if !known && x.Department != "" {
		bad.Add("department", "error.choose")
	}
	if !p.Is(complaint.Manager) && !p.Is(complaint.Director) {
		bad.Add("handler", "error.handler_not_possible")
	}
	return bad.Err()
}

// Extend proposes a later date and tells the complainant. When the procedure asks no
// consent, the same letter tells the new date.
func (o *Office) Extend(ctx context.Context, who complaint.Person, f Form, p complaint.Proposal) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskExtend, p, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := m.Extend(p, m.scene)
		if err != nil {
			return outcome{}, err
		}
		kind := record.ExtensionProposed
		if !m.scene.Rules.Extension.Consent {
			kind = record.ExtensionAgreed
		}
		out := outcome{events: events}
		if p.How == complaint.HowPhone && kind == record.ExtensionProposed {
			return out, nil // told by telephone: no letter says it again
		}
		return out, o.letterTo(ctx, m, &out, kind, func(order *record.Order) {
			order.Facts.Reason, order.Facts.DueOn, order.Facts.ProposedOn = p.Explanation, m.DueOn, p.Date
			order.Facts.AgreedOn, order.Facts.SaidOn = p.Date, p.On
		})
	}})
}

// SettleExtension records the complainant's answer to a proposal. A yes by telephone
// always sends "Wij spraken af: uiterlijk …".
func (o *Office) SettleExtension(ctx context.Context, who complaint.Person, f Form, x complaint.Settlement) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskSettle, x, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := m.SettleExtension(x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		d := after(m, events)
		if x.How != complaint.HowPhone || d.DueOn == m.DueOn {
			return out, nil
		}
		return out, o.letterTo(ctx, m, &out, record.ExtensionAgreed, func(order *record.Order) {
			order.Facts.AgreedOn, order.Facts.SaidOn, order.Facts.DueOn = d.DueOn, x.On, m.DueOn
		})
	}})
}

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
	order.Addressee, order.Salutation, order.To, order.TheirReference = nil, "", "", ""
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
		d := after(m, events)
		for _, l := range letters {
			if l.Kind != record.Answer || !l.SentOn.IsZero() || x.On.IsZero() {
				continue
			}
			sent, err := d.SendLetter(l.ID, string(l.Kind), l.Channel, x.On, l.MadeOn, m.scene)
			if err != nil {
				return out, err
			}
			out.events = append(out.events, sent...)
			out.posted = append(out.posted, record.Posting{Letter: l.ID, On: x.On})
		}
		return out, nil
	}})
}

// Close settles an answered complaint.
func (o *Office) Close(ctx context.Context, who complaint.Person, f Form, c complaint.Closing) error {
	return o.plain(ctx, who, f, complaint.TaskClose, c, func(m *matter) ([]complaint.Event, error) { return m.Close(c, m.scene) })
}

// CloseUnconfirmed ends a telephone complaint that nobody confirmed.
func (o *Office) CloseUnconfirmed(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.plain(ctx, who, f, complaint.TaskUnconfirmed, x, func(m *matter) ([]complaint.Event, error) { return m.CloseUnconfirmed(x, m.scene) })
}

// Withdraw stops the complaint for the complainant, and says so in a letter.
func (o *Office) Withdraw(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.end(ctx, who, f, complaint.TaskWithdraw, record.Withdrawn, x, complaint.Dossier.Withdraw)
}

// PassOn sends the complaint to another body.
func (o *Office) PassOn(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.end(ctx, who, f, complaint.TaskPassOn, record.PassedOn, x, complaint.Dossier.PassOn)
}

// NotAccept says that the procedure is not for this.
func (o *Office) NotAccept(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.end(ctx, who, f, complaint.TaskNotAccept, record.NotAccepted, x, complaint.Dossier.NotAccept)
}

// Resolve ends a complaint that was solved by talking.
func (o *Office) Resolve(ctx context.Context, who complaint.Person, f Form, x complaint.End) error {
	return o.end(ctx, who, f, complaint.TaskResolve, record.ResolvedInformally, x, complaint.Dossier.Resolve)
}

// end is what the endings with a letter share.
func (o *Office) end(ctx context.Context, who complaint.Person, f Form, task complaint.Task, kind record.LetterKind, x complaint.End,
	decide func(complaint.Dossier, complaint.End, complaint.Scene) ([]complaint.Event, error)) error {
	return o.carryOut(ctx, who, f, deed{task, x, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := decide(m.Dossier.Dossier, x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		return out, o.letterTo(ctx, m, &out, kind, func(order *record.Order) {
			fact := &order.Facts
			fact.SaidOn, fact.ReceivedOn, fact.DueOn, fact.PassedTo = x.On, m.ReceivedOn, m.DueOn, x.Where
			fact.ExternalBody = m.scene.Rules.ExternalBody
			if kind == record.NotAccepted || kind == record.PassedOn {
				fact.Reason = x.Said
			} else if kind == record.ResolvedInformally {
				fact.Outcome = x.Said
			}
		})
	}})
}
