package dossier

import (
	"context"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
)

// groupField carries the opened names of a group through a refused form.
const groupField = "namen"

// openNames opens the seal and gives the names of who complain together.
func openNames(ctx context.Context, o *office.Office, s *sheet) error {
	x, err := readOpening(s.typed)
	if err != nil {
		return err
	}
	who, err := o.OpenIdentity(ctx, s.who, s.view.ID, x)
	if err != nil {
		return err
	}
	s.typed.Values = map[string][]string{groupField: who.Names(), "on": {s.view.Today.String()}}
	return nil
}

// askSteppingOut asks who goes on no longer, with the seal open.
func askSteppingOut(s *sheet) []templ.Component {
	if s.isSealed() {
		return askDetails(s)
	}
	names := s.typed.All(groupField)
	if len(names) == 0 {
		return []templ.Component{page.Nothing(s.say("nobody"))}
	}
	var options []page.Option
	for _, name := range names {
		options = append(options, page.Option{Value: name, Label: name})
	}
	return []templ.Component{
		carried(groupField, names), s.list("name", "", options, frame.Narrow), s.endedOn(),
		s.radios("how", "", s.options("how", complaint.HowPhone, complaint.HowPost, complaint.HowEmail), frame.InOneRow),
		s.area("said", "", frame.Rows(3)), s.tick("told", false),
	}
}

func stepOut(s *sheet) deed {
	x := complaint.SteppingOut{Name: s.typed.Text("name"), On: s.day("on"), How: s.typed.Text("how"), Said: s.typed.Text("said"), Told: s.typed.Ticked("told", "")}
	return func(ctx context.Context, o *office.Office) error { return o.StepOut(ctx, s.who, s.form(), x) }
}
