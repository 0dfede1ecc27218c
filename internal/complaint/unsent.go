package complaint

import "gehoor/internal/calendar"

// UnsendLetter records that a letter was not posted after all: it was written down by
// mistake, today. sentOn is the day that was written down, recordedOn when that was done. An
// answer is not answered then, and a text that awaits a yes lies here again with the
// reminders that it had.
func (d Dossier) UnsendLetter(p Paper, sentOn, recordedOn calendar.Date, s Scene) ([]Event, error) {
	switch {
	case sentOn.IsZero() || recordedOn != s.Today():
		return nil, refused("refused.unsend_today")
	case p.Kind == LetterAnswer && (d.State != IsAnswered || d.AnsweredOn != sentOn || d.AnswerHow == HowSpoken),
		p.Kind == letterText && (d.State != Awaiting || d.SentOn != sentOn || p.Text != d.SentVersion):
		return nil, refused("refused.unsend_overtaken")
	}
	open := p.open()
	open.ForDate = sentOn
	if p.Kind == letterText {
		open.RemindOn = d.remindersMoved(-p.MadeOn.DaysUntil(sentOn))
	}
	return number(d, s.event(LetterUnsent, open, nil)), nil
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
