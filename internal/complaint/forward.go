package complaint

import "slices"

// AboutHelpdesk is the category of a complaint about the helpdesk as a service: it is
// taken in as usual, and nobody of the helpdesk handles it.
const AboutHelpdesk = "helpdesk"

// Forwarding sends a filed complaint to who handles it.
type Forwarding struct {
	Department string
	Handler    Actor
	// Barred are the people who may never handle this dossier: employees concerned and
	// who stepped aside.
	Barred []Actor
	// Warned are deputies and subordinates of those: they handle after a warning only.
	Warned []Actor
	// AtHelpdesk: the handler works at the helpdesk.
	AtHelpdesk bool
	Anyway     bool // the warning was read
	// IsDirector: the handler is a director, who may handle for any department.
	IsDirector bool
	Remark     string
}

// Forward makes someone the handler. It may be done again while the term runs.
func (d Dossier) Forward(f Forwarding, s Scene) ([]Event, error) {
	if !d.State.IsRunning() {
		return nil, refused("refused.not_running")
	}
	var m Mistakes
	if f.Department == "" {
		m.Add("department", "error.choose")
	}
	if f.Handler == "" {
		m.Add("handler", "error.choose")
	}
	for _, b := range f.Barred {
		if b == f.Handler {
			m.Add("handler", "error.handler_not_possible")
		}
	}
	if slices.Contains(f.Warned, f.Handler) && !f.Anyway {
		m.Add("handler", "error.deputy_of_barred")
	}
	if d.Category == AboutHelpdesk && f.AtHelpdesk {
		m.Add("handler", "error.helpdesk_itself")
	}
	sealed := Sealed{Text: m.text("remark", f.Remark, MaxText)}
	open := Open{Department: f.Department, Handler: f.Handler, On: s.Today()}
	return number(d, s.event(Forwarded, open, sealed)), m.Err()
}

// WentTo is the department to which the last complaint about the same went: of the same
// category, else about the same product or service. Earlier ones stand newest first. Whom it
// is about says nothing of a department.
func (d Dossier) WentTo(earlier []Dossier) (department string) {
	alike := []func(Dossier) bool{
		func(e Dossier) bool { return d.Category != "" && e.Category == d.Category },
		func(e Dossier) bool {
			return slices.ContainsFunc(d.Subjects, func(k SubjectKind) bool {
				return (k == AboutProduct || k == AboutService) && slices.Contains(e.Subjects, k)
			})
		},
	}
	for _, is := range alike {
		for _, e := range earlier {
			if e.Handler != "" && e.Department != "" && is(e) {
				return e.Department
			}
		}
	}
	return ""
}
