package office

import (
	"context"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Note writes an internal note.
func (o *Office) Note(ctx context.Context, who complaint.Person, f Form, text string) error {
	return o.plain(ctx, who, f, complaint.TaskNote, text, func(m *matter) ([]complaint.Event, error) { return m.Note(text, m.scene) })
}

// Contact records a conversation, a message, or a try.
func (o *Office) Contact(ctx context.Context, who complaint.Person, f Form, c complaint.Contact) error {
	return o.plain(ctx, who, f, complaint.TaskContact, c, func(m *matter) ([]complaint.Event, error) {
		if c.How == complaint.HowPage && !o.hasPage(m.Dossier) {
			return nil, complaint.Mistakes{{Kind: complaint.Invalid, Field: "how", Key: "error.no_page"}}
		}
		return m.Contacted(c, m.scene)
	})
}

// Act records an action taken or promised.
func (o *Office) Act(ctx context.Context, who complaint.Person, f Form, a complaint.Act) error {
	return o.plain(ctx, who, f, complaint.TaskAct, a, func(m *matter) ([]complaint.Event, error) { return m.Act(a, m.scene) })
}

// EndTalk records what came of talking with the employee.
func (o *Office) EndTalk(ctx context.Context, who complaint.Person, f Form, on calendar.Date, result string) error {
	input := struct {
		On     calendar.Date
		Result string
	}{on, result}
	return o.plain(ctx, who, f, complaint.TaskTalk, input, func(m *matter) ([]complaint.Event, error) { return m.EndTalk(on, result, m.scene) })
}

// Supplement fills in what was missing at intake.
func (o *Office) Supplement(ctx context.Context, who complaint.Person, f Form, member complaint.Member, category string) error {
	input := []string{string(member), category}
	return o.plain(ctx, who, f, complaint.TaskSupplement, input, func(m *matter) ([]complaint.Event, error) {
		return m.Supplement(member, category, m.scene)
	})
}

// NameEmployee names an employee concerned: from then on that person sees nothing of
// the dossier, in lists, by id or in the log. When nobody of the helpdesk is left, the
// fallback of the settings takes the intake over, or a director.
func (o *Office) NameEmployee(ctx context.Context, who complaint.Person, f Form, staff complaint.Actor, reason string) error {
	input := []string{string(staff), reason}
	return o.carryOut(ctx, who, f, deed{complaint.TaskName, input, func(ctx context.Context, m *matter) (outcome, error) {
		if _, err := o.Cupboard.StaffByID(ctx, staff); complaint.IsKind(err, complaint.NotFound) {
			staff = ""
		} else if err != nil {
			return outcome{}, err
		}
		next, err := o.afterTheHelpdesk(ctx, m, staff)
		if err != nil {
			return outcome{}, err
		}
		events, err := m.Name(staff, reason, next, m.scene)
		return outcome{events: events, barred: []complaint.Actor{staff}}, err
	}})
}

// afterTheHelpdesk is who takes the intake over when naming staff leaves nobody of the
// helpdesk who may see the dossier; otherwise nobody.
func (o *Office) afterTheHelpdesk(ctx context.Context, m *matter, staff complaint.Actor) (complaint.Actor, error) {
	p, err := o.meet(ctx)
	if err != nil {
		return "", err
	}
	barred, err := o.barred(ctx, m)
	if err != nil {
		return "", err
	}
	barred = append(barred, staff)
	if len(without(p.having(complaint.Helpdesk), barred)) > 0 {
		return "", nil
	}
	next := p.instead(barred, complaint.Actor(m.org.Fallback))
	if len(next) == 0 || slices.Contains(next, m.ReceivedBy) {
		return "", nil
	}
	return next[0], nil
}

// LetterWentOut records that a letter was posted, or a message sent, on a day.
func (o *Office) LetterWentOut(ctx context.Context, who complaint.Person, f Form, letter string, on calendar.Date) error {
	input := []string{letter, on.String()}
	return o.carryOut(ctx, who, f, deed{complaint.TaskPostLetter, input, func(ctx context.Context, m *matter) (outcome, error) {
		l, err := o.Cupboard.Letter(ctx, letter, o.sight(who))
		if err != nil {
			return outcome{}, err
		}
		if l.Dossier != m.ID || !l.SentOn.IsZero() || l.Kind == record.Answer && m.AnsweredOn.IsZero() {
			return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.not_now"}
		}
		events, err := m.SendLetter(paper(l), on, m.scene)
		return outcome{events: events, posted: []record.Posting{{Letter: l.ID, On: on}}}, err
	}})
}
