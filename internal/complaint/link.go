package complaint

import "gehoor/internal/calendar"

// Link names another dossier and what it is to this one.
type Link struct {
	Dossier string `json:"dossier"`
	How     string `json:"how"`
}

// What another dossier may be.
const (
	FollowUpOf = "follow_up_of" // this one follows on the other
	FollowedBy = "followed_by"
	SameSource = "same_source" // one letter, two dossiers
	Duplicate  = "duplicate"
)

// Backwards gives what this dossier is to the other.
func Backwards(how string) string {
	switch how {
	case FollowUpOf:
		return FollowedBy
	case FollowedBy:
		return FollowUpOf
	}
	return how
}

// LinkTo links this dossier with another. Neither's dates change.
func (d Dossier) LinkTo(other, how string, s Scene) ([]Event, error) {
	var m Mistakes
	oneOf(&m, "how", how, FollowUpOf, FollowedBy, SameSource, Duplicate)
	if other == "" || other == d.ID {
		m.Add("number", "error.other_dossier")
	}
	for _, l := range d.Links {
		if l.Dossier == other {
			m.Add("number", "error.linked_already")
		}
	}
	return number(d, s.event(Linked, Open{Record: other, How: how}, nil)), m.Err()
}

// CallError says that this was registered in error: a test, or a double. A second
// person must agree before it counts.
func (d Dossier) CallError(reason string, s Scene) ([]Event, error) {
	if !d.State.IsOpen() {
		return nil, refused("refused.already_ended")
	}
	var m Mistakes
	sealed := Sealed{Explanation: m.required("reason", reason, MaxText)}
	if d.ErrorBy == s.Actor {
		return nil, refused("refused.second_person")
	}
	outcome := "proposed"
	if d.ErrorBy != "" {
		outcome = "agreed"
	}
	return number(d, s.event(RegisteredInError, Open{On: s.Today(), Outcome: outcome, Reader: s.Actor}, sealed)), m.Err()
}

func applyInError(d *Dossier, o Open) {
	if o.Outcome == "agreed" {
		d.end(InError, o)
		return
	}
	d.ErrorBy = o.Reader
}

// Amendment is what was registered wrongly, as it should be. Zero values stay as they are.
type Amendment struct {
	ReceivedOn calendar.Date
	Subjects   []SubjectKind
	Member     Member
	Department string
	Title      string
	Reason     string
}

// Amend corrects registered facts, with the reason. The receipt date of a complaint
// that is not filed may be corrected; after closing the settled date stays.
func (d Dossier) Amend(a Amendment, s Scene) ([]Event, error) {
	if d.State == InError {
		return nil, refused("refused.already_ended")
	}
	var m Mistakes
	open := Open{Subjects: a.Subjects, Member: a.Member, Department: a.Department, ReceivedOn: a.ReceivedOn}
	if !a.ReceivedOn.IsZero() {
		m.day("received_on", a.ReceivedOn, calendar.Date{}, s)
		open.ForDate = d.ReceivedOn
		if !d.FiledOn.IsZero() {
			m.Add("received_on", "error.filed_already")
		}
		pin := s.Rules.Pin()
		open.Procedure = &pin
		open.RemindOn = d.remindersMoved(d.ReceivedOn.DaysUntil(a.ReceivedOn))
	}
	if a.Member != "" {
		oneOf(&m, "member", a.Member, MemberYes, MemberNo, MemberUnknown)
	}
	for _, k := range a.Subjects {
		oneOf(&m, "subject", k, AboutProduct, AboutService, AboutEmployee, AboutOther)
	}
	sealed := Sealed{Title: m.text("title", a.Title, MaxTitle), Explanation: m.required("reason", a.Reason, MaxText)}
	if len(a.Subjects) == 0 && a.Member == "" && a.Department == "" && a.ReceivedOn.IsZero() && sealed[Title].IsEmpty() {
		m.Add("", "error.nothing_changed")
	}
	return number(d, s.event(Corrected, open, sealed)), m.Err()
}

// remindersMoved gives the reminders that are to come, some days later or earlier. The
// days that a letter lay here stay in them; who gets no reminders gets none by this.
func (d Dossier) remindersMoved(days int) []calendar.Date {
	if d.StopsPost() {
		return nil
	}
	var moved []calendar.Date
	for _, day := range d.RemindOn {
		moved = append(moved, day.AddDays(days))
	}
	return moved
}

func applyCorrected(d *Dossier, o Open) {
	if len(o.Subjects) > 0 {
		d.Subjects = o.Subjects
	}
	if o.Member != "" {
		d.Member = o.Member
	}
	if o.Department != "" {
		d.Department = o.Department
	}
	if !o.ReceivedOn.IsZero() {
		d.ReceivedOn, d.RemindOn = o.ReceivedOn, o.RemindOn
		d.ReachedOn = maxDate(d.ReachedOn, o.ReceivedOn)
		if o.Procedure != nil {
			d.Procedure = *o.Procedure
		}
	}
}

func maxDate(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}
