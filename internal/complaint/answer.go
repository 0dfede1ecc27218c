package complaint

import (
	"encoding/json"
	"strings"

	"gehoor/internal/calendar"
)

// AnswerText is the answer as the handler typed it: nothing that nobody typed.
type AnswerText struct {
	Points    string `json:"points"`   // what was told, and what we think of it
	Outcome   string `json:"outcome"`  // what the complainant wants
	Measures  string `json:"measures"` // what was done and will be done, by whom, before when
	NextSteps string `json:"next,omitempty"`
}

// Reply is an answer, ready to go.
type Reply struct {
	AnswerText
	How       string // HowPost, HowEmail, HowSpoken (and posted too), HowGeneral
	Judgement string // only when the procedure has a scale
	Action    string // the action taken, item 6 of the register
	Unheard   string // about an employee who was not heard: why not
}

// Release freezes the answer: its letter is made and may be sent.
func (d Dossier) Release(r Reply, s Scene) ([]Event, error) {
	if d.State != InHandling && d.State != ExtensionProposed {
		return nil, refused("refused.not_in_handling")
	}
	if !d.ReleasedOn.IsZero() {
		return nil, refused("refused.already_released")
	}
	if d.StopsPost() {
		return nil, refused("refused.post_died")
	}
	var m Mistakes
	m.required("points", r.Points, MaxText)
	m.required("outcome", r.Outcome, MaxText)
	m.required("measures", r.Measures, MaxText)
	m.text("next", r.NextSteps, MaxText)
	allowed := []string{HowPost, HowEmail, HowSpoken}
	if d.Level == Nameless {
		allowed = []string{HowGeneral}
	}
	oneOf(&m, "how", r.How, allowed...)
	if len(s.Rules.Judgement) > 0 && !HasChoice(s.Rules.Judgement, r.Judgement) {
		m.Add("judgement", "error.choose")
	}
	if len(s.Rules.Judgement) == 0 && r.Judgement != "" {
		m.Add("judgement", "error.no_scale")
	}
	action := m.text("action", r.Action, MaxText)
	var unheard Private
	if d.NeedsHearing() {
		unheard = m.required("unheard", r.Unheard, MaxText)
	}
	if m.Err() != nil {
		return nil, m
	}
	body, err := json.Marshal(r.AnswerText)
	if err != nil {
		return nil, err
	}
	var events []Event
	if !action.IsEmpty() {
		events = append(events, s.event(ActionTaken, Open{On: s.Today()}, Sealed{Text: action}))
	}
	open := Open{On: s.Today(), How: r.How, Outcome: r.Judgement}
	return number(d, append(events, s.event(AnswerReleased, open, Sealed{Answer: Hide(string(body)), Explanation: unheard}))...), nil
}

// TakeBack gives a released answer back to its handler: it did not go yet, and is written
// anew. What was done because of it stays in the course.
func (d Dossier) TakeBack(reason string, s Scene) ([]Event, error) {
	if !d.Allows(TaskTakeBack) {
		return nil, refused("refused.not_released")
	}
	var m Mistakes
	return number(d, s.event(AnswerTakenBack, Open{On: s.Today()}, Sealed{Explanation: m.text("reason", reason, MaxText)})), m.Err()
}

// NeedsHearing reports whether this is about an employee before whom it was not put:
// answering it all the same needs a reason.
func (d Dossier) NeedsHearing() bool { return d.isAbout(AboutEmployee) && d.HeardOn.IsZero() }

// ReadAnswer gives the answer back from its sealed form.
func ReadAnswer(p Private) (AnswerText, error) {
	var t AnswerText
	err := json.NewDecoder(strings.NewReader(Reveal(p))).Decode(&t)
	return t, err
}

// Dispatch is the moment an answer went out.
type Dispatch struct {
	On       calendar.Date // the day of sending or posting
	SpokenOn calendar.Date // with HowSpoken: the day it was told; the earlier of the two counts
}

// Answer records that the released answer went out. Answered on is the date of
// sending or posting; so the promise reads "wij sturen ons antwoord uiterlijk …".
func (d Dossier) Answer(x Dispatch, s Scene) ([]Event, error) {
	if d.ReleasedOn.IsZero() || !d.State.IsRunning() {
		return nil, refused("refused.not_released")
	}
	if d.StopsPost() {
		return nil, refused("refused.post_died")
	}
	var m Mistakes
	on := x.On
	if d.AnswerHow == HowSpoken {
		m.day("spoken_on", x.SpokenOn, d.FiledOn, s)
		if !x.SpokenOn.IsZero() && x.SpokenOn.Before(on) {
			on = x.SpokenOn
		}
		m.day("on", x.On, d.FiledOn, s)
	} else {
		m.day("on", x.On, d.ReleasedOn, s)
	}
	return number(d, s.event(Answered, Open{On: on, How: d.AnswerHow}, nil)), m.Err()
}
