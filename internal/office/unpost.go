package office

import (
	"context"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// UnpostLetters takes back, for several letters, that they were posted: written down today
// by mistake. Each is a task of its own, and stands in the course.
func (o *Office) UnpostLetters(ctx context.Context, who complaint.Person, key string, letters []string) (done []Posted, err error) {
	defer wrap(&err, "office: unpost letters")
	if err := mayPost(who); err != nil {
		return nil, err
	}
	for _, id := range letters[:min(len(letters), postRows)] {
		p, err := o.piece(ctx, who, id)
		if err != nil {
			return done, err
		}
		refusal := o.unpost(ctx, who, Form{Dossier: p.Dossier, Key: key + "." + id}, id)
		if refusal != nil && !isRefusal(refusal) {
			return done, refusal
		}
		done = append(done, Posted{p, refusal})
	}
	return done, nil
}

func (o *Office) unpost(ctx context.Context, who complaint.Person, f Form, letter string) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskPostLetter, []string{"unpost", letter}, func(ctx context.Context, m *matter) (outcome, error) {
		l, err := o.Cupboard.Letter(ctx, letter, o.sight(who))
		if err != nil {
			return outcome{}, err
		}
		if l.Dossier != m.ID || l.Channel != complaint.HowPost {
			return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.not_now"}
		}
		recorded, err := o.recordedSent(ctx, m, letter)
		if err != nil {
			return outcome{}, err
		}
		events, err := m.UnsendLetter(paper(l), l.SentOn, recorded, m.scene)
		return outcome{events: events, unposted: []string{letter}}, err
	}})
}

// recordedSent is the day on which it was written down that a letter went out; zero when
// it was not, or when the letter came back: then it went.
func (o *Office) recordedSent(ctx context.Context, m *matter, letter string) (on calendar.Date, err error) {
	rows, err := o.Cupboard.Course(ctx, m.ID)
	if err != nil {
		return on, err
	}
	for _, row := range rows {
		open, err := complaint.DecodeOpen(row.Open)
		if err != nil {
			return on, err
		}
		e := complaint.Event{Kind: row.Kind, Open: open}
		switch {
		case open.Record != letter:
		case row.Kind == complaint.LetterSent:
			on = calendar.Of(row.At.In(o.Zone))
		case row.Kind == complaint.LetterUnsent, e.IsReturn():
			on = calendar.Date{}
		}
	}
	return on, nil
}

// UnpostableToday reports whether a letter was written down today as posted, so that it can
// be taken back.
func (v View) UnpostableToday(l record.Letter) bool {
	if l.SentOn.IsZero() || l.Channel != complaint.HowPost {
		return false
	}
	var on calendar.Date
	for _, e := range v.Events {
		if e.Kind == complaint.LetterSent && e.Open.Record == l.ID {
			on = calendar.Of(e.At)
		}
	}
	return on == v.Today
}
