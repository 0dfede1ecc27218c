package complaint

import "slices"

// The kinds of letters about whose going out the law decides something of their own.
const (
	LetterAcknowledgement = "acknowledgement"
	LetterAnswer          = "answer"
	letterText            = "confirmation_text" // on paper it counts as sent when it is posted
	LetterWithdrawn       = "withdrawn"
	LetterSaid            = "said"             // what the complainant said about name or post
	LetterNewCode         = "new_code"         // the old code works no more
	LetterToEmployee      = "employee_outcome" // to the employee concerned
	LetterCondolence      = "condolence"       // to a relative
)

// Why a letter must not go out any more.
const (
	HeldDied    = "died"    // the complainant died: no post
	HeldStopped = "stopped" // it speaks of a course that the complainant ended, or answers what ended otherwise
	HeldLapsed  = "lapsed"  // it lost its meaning while it lay here
)

// SpeakOfTheCourse are the letters that say what happens next with a complaint: once it is
// withdrawn they stay here, and go out after all when that is disputed.
var SpeakOfTheCourse = []string{LetterAcknowledgement, letterText, "reminder", "reading_control", "passed_to_manager", "extension_proposed", "extension_agreed", "talk_first"}

// ToSomebodyElse reports whether a letter goes to somebody for whom it is not "your
// complaint".
func (p Paper) ToSomebodyElse() bool { return p.Kind == LetterToEmployee || p.Kind == LetterCondolence }

// Held says why a letter that did not go out must stay here, or "". Everything that lets
// a letter out asks it: the post room, printing, sending.
func (d Dossier) Held(p Paper) string {
	switch {
	case p.Lapsed || d.Lapsed(p.Text):
		return HeldLapsed
	// What was for the complainant lapsed at the death; that a relative stops it is told
	// to that relative.
	case d.StopsPost() && !p.ToSomebodyElse() && p.Kind != LetterWithdrawn:
		return HeldDied
	case p.Kind == LetterAnswer && d.AnsweredOn.IsZero() && !d.Allows(TaskSendAnswer):
		return HeldStopped
	case d.State == IsWithdrawn && slices.Contains(SpeakOfTheCourse, p.Kind):
		return HeldStopped
	}
	return ""
}

// MayGoOut refuses a letter that must stay here.
func (d Dossier) MayGoOut(p Paper) error {
	switch d.Held(p) {
	case HeldLapsed:
		return refused("refused.letter_lapsed")
	case HeldDied:
		return refused("refused.post_died")
	case HeldStopped:
		return refused("refused.post_stopped")
	}
	return nil
}

// TakesBack reports whether an event can make letters that lie here lapse.
func (e Event) TakesBack() bool {
	switch e.Kind {
	case Worded, ComplainantDied, ReaderRevoked, CodeReplaced, AnswerTakenBack:
		return true
	case IdentityChanged:
		return slices.Contains(e.Open.Fields, "deputy")
	}
	return false
}

// Lapses reports whether an event makes a letter lapse that lies here; d is the dossier
// after it. Who got the post may not get it now, and a code may work no more.
func (d Dossier) Lapses(p Paper, e Event) bool {
	if !e.TakesBack() || p.ToSomebodyElse() {
		return false
	}
	switch e.Kind {
	case Worded:
		return d.Lapsed(p.Text)
	case ReaderRevoked: // the text waits to be sent to somebody else
		return p.Text > 0
	case AnswerTakenBack:
		return p.Kind == LetterAnswer
	case CodeReplaced:
		return p.Kind == LetterAcknowledgement || p.Kind == LetterNewCode
	case IdentityChanged: // what only the complainant hears never goes to a deputy
		return p.Kind != LetterSaid && p.Kind != LetterNewCode
	}
	return true
}

// applyDied stops reminders. A text that was still to be posted is to be sent anew, should
// a relative go on.
func applyDied(d *Dossier, o Open) {
	if d.TextLiesHere() {
		d.State, d.SentVersion, d.SentHow = Drafted, 0, ""
	}
	d.DiedOn, d.RemindOn = o.On, nil
}

// applyLetterMade counts. The answer goes out as its latest letter does: to a relative it
// is on paper.
func applyLetterMade(d *Dossier, o Open) {
	d.Letters++
	if o.Letter == LetterAnswer && d.AnsweredOn.IsZero() && d.AnswerHow != HowSpoken {
		d.AnswerHow = o.How
	}
}
