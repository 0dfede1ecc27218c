package complaint

import "slices"

// HandOver gives the intake to a colleague, because it is about the person who took it
// in. From then on that person sees nothing of it; the colleague is who received it.
func (d Dossier) HandOver(to Actor, reason string, s Scene) ([]Event, error) {
	if !d.State.IsUnconfirmed() && d.State != IsFiled {
		return nil, refused("refused.intake_is_over")
	}
	var m Mistakes
	if to == "" || to == s.Actor {
		m.Add("to", "error.choose_colleague")
	}
	sealed := Sealed{Who: Hide(string(s.Actor)), Explanation: m.required("reason", reason, MaxText)}
	return number(d, s.masked(IntakeHandedOver, Open{ReceivedBy: to}, sealed)), m.Err()
}

// StepAside takes the handler out of the dossier: somebody else must be asked.
func (d Dossier) StepAside(reason string, s Scene) ([]Event, error) {
	if !d.State.IsRunning() || d.Handler != s.Actor {
		return nil, refused("refused.not_handler")
	}
	var m Mistakes
	sealed := Sealed{Who: Hide(string(s.Actor)), Explanation: m.required("reason", reason, MaxText)}
	return number(d, s.masked(SteppedAside, Open{}, sealed)), m.Err()
}

// ClearEmployee undoes the naming of an employee, with a reason; never by that person.
func (d Dossier) ClearEmployee(staff Actor, reason string, s Scene) ([]Event, error) {
	sealed, err := clearing(staff, reason, s.Actor)
	return number(d, s.event(EmployeeCleared, Open{}, sealed)), err
}

// CheckClearing names the mistakes in undoing a naming that need no dossier to be seen.
// They are told before one is looked up: what is refused then says nothing about any.
func CheckClearing(number string, staff Actor, reason string, by Actor) error {
	var m Mistakes
	if number == "" {
		m.Add("number", "error.required")
	}
	_, err := clearing(staff, reason, by)
	if err := m.Join(err); err != nil {
		return err
	}
	return m.Err()
}

func clearing(staff Actor, reason string, by Actor) (Sealed, error) {
	var m Mistakes
	if staff == "" || staff == by {
		m.Add("concerned", "error.choose")
	}
	return Sealed{Concerned: Hide(string(staff)), Explanation: m.required("reason", reason, MaxText)}, m.Err()
}

// Bars are who sees nothing of a dossier, and why.
type Bars struct {
	Named []Actor // as an employee concerned: that can be undone
	Left  []Actor // who stepped aside or handed over, for good
}

// BarredBy gives whom a course bars. The step that a naming takes for the one who is
// named has no reason of its own, and goes with the naming.
func BarredBy(course []Event) Bars {
	var b Bars
	for _, e := range course {
		named, who := Actor(Reveal(e.Sealed[Concerned])), Actor(Reveal(e.Sealed[Who]))
		switch e.Kind {
		case EmployeeNamed:
			b.Named = with(b.Named, named)
		case EmployeeCleared:
			b.Named = slices.DeleteFunc(b.Named, func(a Actor) bool { return a == named })
		case IntakeHandedOver, SteppedAside:
			if !e.Sealed[Explanation].IsEmpty() {
				b.Left = with(b.Left, who)
			}
		}
	}
	return b
}

func with(list []Actor, a Actor) []Actor {
	if slices.Contains(list, a) {
		return list
	}
	return append(list, a)
}
