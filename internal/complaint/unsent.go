package complaint

import (
	"slices"

	"gehoor/internal/calendar"
)

// UnsendLetter records that a letter was not posted after all. An answer is not answered
// then, and a text that awaits a yes lies here again with the reminders that it had.
func (d Dossier) UnsendLetter(p Paper, sentOn calendar.Date, course []Event, s Scene) ([]Event, error) {
	if err := d.MayUnsend(p, sentOn, course, s.Today()); err != nil {
		return nil, err
	}
	open := p.open()
	open.ForDate = sentOn
	if p.Kind == letterText {
		open.RemindOn = d.remindersMoved(-p.MadeOn.DaysUntil(sentOn))
	}
	return number(d, s.event(LetterUnsent, open, nil)), nil
}

// MayUnsend refuses to take back that a letter was posted on a day, unless that was written
// down by mistake, today, and it may lie here again: nothing followed from it, and nothing
// happened by which it would have lapsed here. course has the times of the organisation.
func (d Dossier) MayUnsend(p Paper, sentOn calendar.Date, course []Event, today calendar.Date) error {
	sent, since := WrittenDown(course, p.ID)
	switch {
	case p.Channel != HowPost || sentOn.IsZero() || sent.Kind == "" || calendar.Of(sent.At) != today:
		return refused("refused.unsend_today")
	case p.Kind == LetterAnswer && (d.State != IsAnswered || d.AnsweredOn != sentOn || d.AnswerHow == HowSpoken),
		p.Kind == letterText && (d.State != Awaiting || d.SentOn != sentOn || p.Text != d.SentVersion),
		slices.ContainsFunc(since, func(e Event) bool { return d.Lapses(p, e) }):
		return refused("refused.unsend_overtaken")
	}
	return nil
}

// WrittenDown is the event by which a letter counts as gone, and what happened since. It is
// empty when there is none, and when the letter came back: then it went.
func WrittenDown(course []Event, letter string) (sent Event, since []Event) {
	for i, e := range course {
		switch {
		case e.Open.Record != letter:
		case e.Kind == LetterSent:
			sent, since = e, course[i+1:]
		case e.Kind == LetterUnsent, e.IsReturn():
			sent, since = Event{}, nil
		}
	}
	return sent, since
}

func applyLetterUnsent(d *Dossier, o Open) {
	if o.Letter == letterText {
		d.SentOn = calendar.Date{}
		if len(o.RemindOn) > 0 {
			d.RemindOn = o.RemindOn
		}
	}
	if o.Letter == LetterAnswer {
		d.State, d.AnsweredOn = InHandling, calendar.Date{}
		if !d.Extension.ProposedOn.IsZero() && d.Extension.Settled == "" {
			d.State = ExtensionProposed
		}
	}
}

// Unsent gives what a course says to have gone that did not: the letters, and by the day
// the answers with them.
func Unsent(course []Event) (gone func(Event) bool) {
	sent, mistaken := map[string]int{}, map[int]bool{}
	for i, e := range course {
		switch e.Kind {
		case LetterSent:
			sent[e.Open.Record] = i
		case LetterUnsent:
			mistaken[course[sent[e.Open.Record]].Version] = true
			for j := i - 1; e.Open.Letter == LetterAnswer && j >= 0; j-- {
				if course[j].Kind == Answered {
					mistaken[course[j].Version] = true
					break
				}
			}
		}
	}
	return func(e Event) bool { return mistaken[e.Version] }
}
