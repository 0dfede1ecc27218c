package dossier

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
)

// nameForms name an employee concerned, who from then on sees nothing of the dossier.
func nameForms() []*taskForm {
	return []*taskForm{{path: "medewerker", task: complaint.TaskName, danger: true, ask: askEmployee, do: nameEmployee}}
}

func askEmployee(s *sheet) []templ.Component {
	var options []page.Option
	for id, c := range s.names.Staff {
		if !slices.Contains(s.view.Barred, id) {
			options = append(options, page.Option{Value: string(id), Label: strings.TrimSuffix(c.Name+", "+c.Function, ", ")})
		}
	}
	slices.SortFunc(options, func(a, b page.Option) int { return strings.Compare(a.Label, b.Label) })
	return []templ.Component{s.list("concerned", "", options, frame.Narrow), s.area("reason", "", frame.Rows(3))}
}

func nameEmployee(s *sheet) deed {
	staff, reason := complaint.Actor(s.typed.Text("concerned")), s.typed.Text("reason")
	return func(ctx context.Context, o *office.Office) error {
		return o.NameEmployee(ctx, s.who, s.form(), staff, reason)
	}
}
