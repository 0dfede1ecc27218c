package procedure

import (
	"fmt"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

// minCloseAfter is the least number of days that a caller gets to say yes.
const minCloseAfter = 21

// contradictions refuses promises that are well written but cannot stand together.
func (r *reader) contradictions(rules complaint.Rules) {
	r.channelContradictions(rules)
	r.termContradictions(rules)
	r.confirmationContradictions(rules.Confirmation)
	r.extensionContradictions(rules.Extension)
	r.retentionContradictions(rules)
	if rules.TalkFirst && r.sound("talk_first", "subjects") && !hasSubject(rules.Subjects, complaint.AboutEmployee) {
		r.clash("talk_first", "is true, but no subject has the kind employee", "write false, or add that subject")
	}
	if a := rules.Anonymity; a.Default == complaint.Nameless && r.sound("anonymity.nameless") && !a.Nameless {
		r.clash("anonymity.default", "is nameless, but anonymity.nameless is false", "write confidential, or allow nameless complaints")
	}
	if r.sound("judgement") && len(rules.Judgement) == 1 {
		r.clash("judgement", "has one step", "write two or more, or leave it out: then the answer gives no judgement")
	}
	if r.sound("handler.fallback") && len(rules.Handler.Fallback) == 0 {
		r.clash("handler.fallback", "is empty", "write who handles when the manager cannot, like [director]")
	}
}

// sound reports whether all these keys are in the file and without a mistake.
func (r *reader) sound(keys ...string) bool {
	for _, key := range keys {
		if _, there := r.places[key]; !there || r.wrong[key] {
			return false
		}
	}
	return true
}

// clash refuses what a sound key says.
func (r *reader) clash(key, what, want string) {
	r.refuse(value{key: key, at: r.places[key]}, what, want)
}

func (r *reader) channelContradictions(rules complaint.Rules) {
	open := false
	for i, c := range rules.Channels {
		open = open || c.Enabled
		key := fmt.Sprintf("channels[%d].needs_confirmation", i+1)
		// An oral complaint is written by staff: without the caller's yes it would be
		// the employee's complaint.
		if c.Code == complaint.Phone && !c.NeedsConfirmation && r.sound(key) {
			r.clash(key, "is false for the telephone", "write true: what an employee wrote down counts only after the caller's yes")
		}
	}
	if !open && r.sound("channels") {
		r.clash("channels", "has no channel that is enabled", "switch at least one on")
	}
}

func (r *reader) termContradictions(rules complaint.Rules) {
	term := rules.Term
	// With the house calendar every closing day would move the date that was promised.
	if term.Roll == complaint.RollForward && term.Calendar == calendar.House {
		r.clash("term.roll", "is forward, but term.calendar is house", "write none, or use the statutory calendar: the organisation's own closing days never move its promise")
	}
	if !r.sound("term.n", "term.unit") {
		return
	}
	if r.sound("acknowledge.n", "acknowledge.unit") && days(rules.AcknowledgeWithin) > days(term.Term) {
		r.clash("acknowledge", "is longer than term", "acknowledge before the answer is due")
	}
	if r.sound("signals.before", "signals.before_post") && rules.Signals.Before+rules.Signals.BeforePost > workingDays(term.Term) {
		r.clash("signals", "come before the term has started", "take fewer working days than the term has")
	}
	if r.sound("target.post_lead_days") && rules.Target.PostLeadDays > workingDays(term.Term) {
		r.clash("target.post_lead_days", "is longer than term", "take fewer working days than the term has")
	}
}

func (r *reader) confirmationContradictions(c complaint.ConfirmationRule) {
	const key = "confirmation.reminders"
	if !r.sound(key) {
		return
	}
	if len(c.Reminders) < 2 {
		r.clash(key, fmt.Sprintf("has %d days", len(c.Reminders)), "write at least two, like [5, 10]")
		return
	}
	for i, day := range c.Reminders[1:] {
		if day <= c.Reminders[i] {
			r.clash(key, "is not in order", "write the days from early to late, each once")
			return
		}
	}
	if last := c.Reminders[len(c.Reminders)-1]; r.sound("confirmation.close_after") && c.CloseAfter <= last {
		r.clash("confirmation.close_after", fmt.Sprintf("is %d, but the last reminder comes on day %d", c.CloseAfter, last), "close later than the last reminder")
	}
}

func (r *reader) extensionContradictions(e complaint.ExtensionRule) {
	if !r.sound("extension.consent", "extension.notify") {
		return
	}
	switch {
	case e.Consent && e.Notify:
		r.clash("extension.notify", "is true, and so is extension.consent", "choose one: the complainant agrees, or is only told")
	case !e.Consent && !e.Notify:
		r.clash("extension.notify", "is false, and so is extension.consent", "choose one: nobody may move the date without a word")
	case e.Notify && e.Max.N == 0 && !r.wrong["extension.max"]:
		r.clash("extension", "has no max", "write max with n and unit: a date that moves without the complainant's yes needs a limit")
	}
}

// retentionContradictions refuses to forget a person who still waits for an answer.
func (r *reader) retentionContradictions(rules complaint.Rules) {
	if !r.sound("retention.n", "retention.unit", "term.n", "term.unit") || rules.Retention.From != complaint.RetainFromReceived {
		return
	}
	if days(rules.Retention.Term) <= days(rules.Term.Term)+days(rules.Extension.Max) {
		r.clash("retention", "ends before the answer is due", "keep the data longer, or count from closed")
	}
}

func hasSubject(subjects []complaint.SubjectRule, kind complaint.SubjectKind) bool {
	for _, s := range subjects {
		if s.Kind == kind {
			return true
		}
	}
	return false
}

// days gives about how many days a term takes, for comparing terms in other units.
func days(t calendar.Term) int {
	switch t.Unit {
	case calendar.WorkingDay:
		return t.N * 7 / 5
	case calendar.Week:
		return t.N * 7
	case calendar.Month:
		return t.N * 30
	case calendar.Year:
		return t.N * 365
	}
	return t.N
}

// workingDays gives about how many working days a term has.
func workingDays(t calendar.Term) int {
	if t.Unit == calendar.WorkingDay {
		return t.N
	}
	return days(t) * 5 / 7
}
