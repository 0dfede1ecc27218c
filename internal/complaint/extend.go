package complaint

import "gehoor/internal/calendar"

// Proposal is a later date, as the handler tells it to the complainant.
type Proposal struct {
	Reason      string        // a code of the procedure
	Explanation string        // in the handler's words; goes into the letter
	On          calendar.Date // when the complainant was told
	How         string        // HowPost, HowEmail, HowPhone
	Date        calendar.Date // the proposed date
}

// Extend proposes a later date. The due date moves only on agreement, unless the
// procedure lets the organisation extend by telling it.
func (d Dossier) Extend(p Proposal, s Scene) ([]Event, error) {
	if d.State != InHandling {
		return nil, refused("refused.not_in_handling")
	}
	if d.StopsPost() {
		return nil, refused("refused.post_died")
	}
	var m Mistakes
	if !HasChoice(s.Rules.Extension.Reasons, p.Reason) {
		m.Add("reason", "error.choose")
	}
	m.day("on", p.On, d.FiledOn, s)
	oneOf(&m, "how", p.How, HowPost, HowEmail, HowPhone)
	if p.How != HowPhone && !p.On.IsZero() && p.On != s.Today() {
		m.Add("on", "error.told_today") // this task writes the letter: it cannot have gone before
	}
	d.checkLaterDate(&m, "date", p.Date, s)
	sealed := Sealed{Explanation: m.required("explanation", p.Explanation, MaxText)}
	if m.Err() != nil {
		return nil, m
	}
	open := Open{On: p.On, How: p.How, Reason: p.Reason, ProposedOn: p.Date}
	events := []Event{s.event(ExtensionAsked, open, sealed)}
	if !s.Rules.Extension.Consent {
		events = append(events, s.settled(d, Settlement{Answer: Notified, On: p.On, How: p.How}, p.Date, nil))
	}
	return number(d, events...), nil
}

// checkLaterDate checks a date to which the term would move.
func (d Dossier) checkLaterDate(m *Mistakes, field string, date calendar.Date, s Scene) {
	limit := s.Rules.latest(d.OriginalDueOn, s.Calendars)
	switch {
	case date.IsZero():
		m.Add(field, "error.required")
	case !date.After(d.DueOn):
		m.Add(field, "error.not_later", "Date", d.DueOn)
	case date.Before(s.Today()):
		m.Add(field, "error.past_date")
	case !limit.IsZero() && date.After(limit):
		m.Add(field, "error.too_late", "Date", limit)
	}
}

// Settlement is what the complainant said to a proposal.
type Settlement struct {
	Answer string        // Agreed, OtherDate, RefusedIt, NoneYet
	On     calendar.Date // when it was said
	How    string        // HowPost, HowEmail, HowPhone
	Date   calendar.Date // with OtherDate: the date agreed
	Said   string        // in the person's own words
}

// The answers to a proposal.
const (
	Agreed    = "agreed"
	OtherDate = "other"
	RefusedIt = "refused"
	NoneYet   = "none"     // no answer came; the old date stays
	Notified  = "notified" // the procedure asks no consent
)

// SettleExtension records the complainant's answer. Only an agreement moves the due
// date; agreed after the old due date, it stays visible that it was late.
func (d Dossier) SettleExtension(x Settlement, s Scene) ([]Event, error) {
	if d.State != ExtensionProposed {
		return nil, refused("refused.no_proposal")
	}
	var m Mistakes
	oneOf(&m, "answer", x.Answer, Agreed, OtherDate, RefusedIt, NoneYet)
	m.day("on", x.On, d.Extension.ToldOn, s)
	sealed := Sealed{}
	if x.Answer == NoneYet {
		x.How = ""
	} else {
		m.way("how", x.How, s, HowPost, HowEmail, HowPhone)
		sealed[Text] = m.required("said", x.Said, MaxText)
	}
	var moved calendar.Date
	switch x.Answer {
	case Agreed:
		moved = d.Extension.ProposedOn
	case OtherDate:
		moved = x.Date
		from, to := d.OtherDates(s.Today())
		if s.Actor.IsOutside() && (x.Date.Before(from) || x.Date.After(to)) { // nobody of ours agreed to that
			m.Add("date", "error.between", "From", from, "To", to)
		} else {
			d.checkLaterDate(&m, "date", x.Date, s)
		}
	}
	if m.Err() != nil {
		return nil, m
	}
	return number(d, s.settled(d, x, moved, sealed)), nil
}

// OtherDates are the first and the last day that the complainant can choose instead of the
// proposed one.
func (d Dossier) OtherDates(today calendar.Date) (from, to calendar.Date) {
	if from = d.DueOn.AddDays(1); from.Before(today) {
		from = today
	}
	return from, d.Extension.ProposedOn
}

// settled records an answer; moved is the new due date, or zero.
func (s Scene) settled(d Dossier, x Settlement, moved calendar.Date, sealed Sealed) Event {
	open := Open{Outcome: x.Answer, On: x.On, How: x.How}
	if !moved.IsZero() {
		open.DueOn = moved
		open.TargetOn = s.Rules.TargetOn(moved, s.Calendars)
		open.SignalOn = s.signalOn(moved, d.Channel)
	}
	return s.event(ExtensionSettled, open, sealed)
}
