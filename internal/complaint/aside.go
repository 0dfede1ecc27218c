package complaint

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
	var m Mistakes
	if staff == "" || staff == s.Actor {
		m.Add("concerned", "error.choose")
	}
	sealed := Sealed{Concerned: Hide(string(staff)), Explanation: m.required("reason", reason, MaxText)}
	return number(d, s.event(EmployeeCleared, Open{}, sealed)), m.Err()
}
