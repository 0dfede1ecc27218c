package dossier

import (
	"context"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
)

// takeUpForms is who of the helpdesk receives a complaint of the counter's form.
func takeUpForms() []*taskForm {
	return []*taskForm{{path: "aannemen", task: complaint.TaskTakeUp, ask: askNothing, do: takeUp, beside: textBesideIfAny}}
}

// askNothing leaves a form with its button only.
func askNothing(*sheet) []templ.Component { return nil }

func takeUp(s *sheet) deed {
	return func(ctx context.Context, o *office.Office) error { return o.TakeUp(ctx, s.who, s.form()) }
}
