package complaint

import "strings"

// FormKeptDays is how long a form that somebody goes on with later is kept.
const FormKeptDays = 14

// checkForm checks what only the form of the counter asks for: there is nobody who can
// ask what is missing, so that the words themselves must be there. Everything else may
// be filled in later.
func checkForm(m *Mistakes, r Receipt) {
	if r.Channel != Form {
		m.Add("channel", "error.choose")
	}
	for _, f := range []struct{ field, text string }{{"description", r.Description}, {"desired_outcome", r.DesiredOutcome}} {
		if strings.TrimSpace(f.text) == "" {
			m.Add(f.field, "error.required")
		}
	}
}

// TakeUp makes somebody of the helpdesk the one who received a complaint of the form:
// the register names a person, never a system.
func (d Dossier) TakeUp(s Scene) ([]Event, error) {
	if !d.Allows(TaskTakeUp) {
		return nil, refused("refused.taken_up")
	}
	return number(d, s.event(Supplemented, Open{ReceivedBy: s.Actor}, nil)), nil
}
