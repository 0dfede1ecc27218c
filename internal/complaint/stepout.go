package complaint

import "gehoor/internal/calendar"

// SteppingOut is one of several complainants who goes on no longer. The complaint goes
// on with the others, and still counts as one.
type SteppingOut struct {
	Name string        // who; it stays out of the course
	On   calendar.Date // when it was said
	How  string        // HowPost, HowEmail, HowPhone
	Said string        // in the person's own words
	Told bool          // the contact of the group was told
}

// SteppedOut marks the change of identity by which one of several stepped out.
const SteppedOut = "stepped_out"

// StepOut records that one of several complainants steps out; the new version of the
// identity no longer names that person.
func (d Dossier) StepOut(x SteppingOut, lacks bool, s Scene) ([]Event, error) {
	if !d.State.IsOpen() {
		return nil, refused("refused.already_ended")
	}
	var m Mistakes
	m.day("on", x.On, d.ReceivedOn, s)
	oneOf(&m, "how", x.How, HowPost, HowEmail, HowPhone)
	if !x.Told {
		m.Add("told", "error.tell_contact")
	}
	open := Open{On: x.On, How: x.How, Outcome: SteppedOut, Fields: []string{"others"}}
	if lacks {
		open.Lacks = []Item{ItemIdentity}
	}
	return number(d, s.event(IdentityChanged, open, Sealed{Text: m.required("said", x.Said, MaxText)})), m.Err()
}
