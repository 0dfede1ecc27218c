package complaint

import (
	"strings"

	"gehoor/internal/calendar"
)

// Hearing is what was put before the employee concerned, and what came back.
type Hearing struct {
	On        calendar.Date
	Told      bool   // the complainant was told beforehand that the employee hears what it is about
	Statement string // without the complainant's identity
	Support   string // who stood by the employee
	Reaction  string
	Read      string // what the employee says of the record: Agrees, Remarks, NoReaction
}

// What the employee says of the record.
const (
	Agrees     = "agrees"
	Remarks    = "remarks"
	NoReaction = "no_reaction"
)

// PutBefore records that the complaint was put before the employee: for fairness,
// without the complainant's name.
func (d Dossier) PutBefore(h Hearing, s Scene) ([]Event, error) {
	if !d.State.IsRunning() || d.Handler == "" {
		return nil, refused("refused.not_in_handling")
	}
	if !d.isAbout(AboutEmployee) {
		return nil, refused("refused.not_about_employee")
	}
	var m Mistakes
	m.day("on", h.On, d.ReceivedOn, s)
	if !h.Told {
		m.Add("told", "error.tell_complainant_first")
	}
	oneOf(&m, "read", h.Read, Agrees, Remarks, NoReaction)
	sealed := Sealed{
		Text:        m.required("statement", h.Statement, MaxText),
		Present:     m.text("support", h.Support, MaxLine),
		Explanation: m.text("reaction", h.Reaction, MaxText),
	}
	if h.Read != NoReaction && sealed[Explanation].IsEmpty() {
		m.Add("reaction", "error.required")
	}
	return number(d, s.event(PutBefore, Open{On: h.On, Outcome: h.Read}, sealed)), m.Err()
}

// AskSecondReader lets a colleague read the text and the draft of the answer.
func (d Dossier) AskSecondReader(reader Actor, draft string, s Scene) ([]Event, error) {
	if d.State != InHandling && d.State != ExtensionProposed || !d.ReleasedOn.IsZero() {
		return nil, refused("refused.not_in_handling")
	}
	var m Mistakes
	if reader == "" || reader == s.Actor {
		m.Add("reader", "error.choose_colleague")
	}
	sealed := Sealed{Answer: m.required("draft", draft, MaxText)}
	return number(d, s.event(SecondReaderAsked, Open{Reader: reader}, sealed)), m.Err()
}

// ReadAlong is the second reader's remark.
func (d Dossier) ReadAlong(remark string, s Scene) ([]Event, error) {
	if d.SecondReader != s.Actor {
		return nil, refused("refused.not_second_reader")
	}
	var m Mistakes
	sealed := Sealed{Text: m.required("text", remark, MaxText)}
	return number(d, s.event(SecondRead, Open{}, sealed)), m.Err()
}

// TellEmployee checks the outcome that the handler types for the employee concerned.
// hidden are the complainant's own details: none of them may stand in it.
func (d Dossier) TellEmployee(outcome string, hidden ...string) error {
	if !d.Allows(TaskTellEmployee) {
		return refused("refused.not_now")
	}
	var m Mistakes
	m.required("outcome", outcome, MaxText)
	typed := strings.Join(words(outcome), " ")
	for _, h := range hidden {
		if h = strings.Join(words(h), " "); len(h) > 2 && strings.Contains(" "+typed+" ", " "+h+" ") {
			m.Add("outcome", "error.outcome_has_name")
			break
		}
	}
	return m.Err()
}
