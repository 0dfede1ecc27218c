package dossier

import (
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
)

// Routes lists the addresses of a dossier, its tasks, its letters and its files.
func (d *Door) Routes() []frame.Route {
	one := frame.DossierPath("{id}")
	routes := []frame.Route{
		{Pattern: "GET " + one, Handler: d.dossier},
		{Pattern: "GET " + one + "/afdruk", Handler: d.printDossier},
		{Pattern: "POST " + one + "/afdruk", Handler: d.givePDF},
		{Pattern: "GET " + saysPath("{id}"), Handler: d.says},
		{Pattern: "POST " + one + "/naam", Handler: d.openName},
		{Pattern: "POST " + one + "/brieven/{letter}/verstuurd", Handler: d.letterWentOut},
		{Pattern: "POST /brieven/{letter}", Handler: d.printLetter},
		{Pattern: "POST /bijlagen/{file}", Handler: d.download},
	}
	for _, t := range taskForms() {
		routes = append(routes,
			frame.Route{Pattern: "GET " + one + "/" + t.path, Handler: d.fill(t)},
			frame.Route{Pattern: "POST " + one + "/" + t.path, Handler: d.handIn(t)})
	}
	return routes
}

// taskForms lists every form of a dossier.
func taskForms() []*taskForm {
	return slices.Concat(takeUpForms(), wordForms(), confirmForms(), forwardForms(), extendForms(), answerForms(), closeForms(),
		endingForms(), noteForms(), identityForms(), attachForms(), nameForms(), hardForms(), saidForms())
}

// formOf gives the form of a task.
func formOf(task complaint.Task) *taskForm {
	for _, t := range taskForms() {
		if t.task == task {
			return t
		}
	}
	return nil
}
