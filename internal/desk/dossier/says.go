package dossier

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// saysPath is the page that leads to the forms for what the complainant says.
func saysPath(id string) string { return frame.DossierPath(id) + "/wat-de-klager-zegt" }

// sayings are those forms, grouped as who listens looks for them.
type sayings struct {
	group string
	tasks []complaint.Task
}

func allSayings() []sayings {
	return []sayings{
		{"text", []complaint.Task{complaint.TaskConfirm, complaint.TaskCorrect, complaint.TaskRevokeReader}},
		{"date", []complaint.Task{complaint.TaskSettle}},
		{"course", []complaint.Task{complaint.TaskDispute, complaint.TaskWithdraw, complaint.TaskStepOut}},
		{"people", []complaint.Task{complaint.TaskIdentity, complaint.TaskLevel, complaint.TaskDeputy, complaint.TaskReplaceCode}},
		{"other", []complaint.Task{complaint.TaskContact}},
	}
}

// says shows what can be written down of what the complainant says: only what this
// person may do, and can now.
func (d *Door) says(w http.ResponseWriter, r *http.Request) error {
	who, v := porch.Who(r).Person, porch.Voice(r)
	view, err := d.Office.Look(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return err
	}
	if !complaint.May(who, complaint.TaskContact, view.Relation) {
		return frame.ErrForbidden
	}
	var parts []templ.Component
	for _, g := range allSayings() {
		var rows []templ.Component
		for _, t := range g.tasks {
			if slices.Contains(view.May, t) {
				rows = append(rows, saidRow(v, sayingOf(v, view, t)))
			}
		}
		if len(rows) > 0 {
			parts = append(parts, frame.Section("groep-"+g.group, v.Say("says.group."+g.group), rows))
		}
	}
	m := frame.Managed{Voice: v, Title: v.Say("says.title"), Meaning: v.Say("says.meaning"), Back: frame.BackTo(v, "says.back", frame.DossierPath(view.ID)), Parts: parts}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: m.Title + " - " + view.Number, Place: frame.WorkPath, Body: frame.ManagedPage(m)})
}

// saying is one thing the complainant can say.
type saying struct {
	aloud, letter string // what to say, and what is sent because of it
	form          page.Button
}

func sayingOf(v *words.Voice, view office.View, t complaint.Task) saying {
	key := "says." + string(t) + ".aloud"
	if own := key + "." + string(view.State); v.Has(own) {
		key = own
	}
	return saying{
		aloud:  v.Say(key, "Proposed", v.WeekdayDate(view.Extension.ProposedOn), "Due", v.WeekdayDate(view.DueOn)),
		letter: v.Say("says." + string(t) + ".letter"),
		form:   page.Button{Label: v.Say("task." + string(t)), Href: frame.DossierPath(view.ID) + "/" + formOf(t).path, Icon: taskIcon(t)},
	}
}
