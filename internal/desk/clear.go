package desk

import (
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

func (d *Desk) clearRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET " + frame.ClearPath, Handler: d.clearing},
		{Pattern: "POST " + frame.ClearPath, Handler: d.clear},
	}
}

// clearing asks a director for which dossier which naming is undone. The page knows
// nothing of any dossier: number and name are what the director was told.
func (d *Desk) clearing(w http.ResponseWriter, r *http.Request) error {
	return d.clearPage(w, r, frame.NewQuestions(r), porch.NewKey())
}

func (d *Desk) clearPage(w http.ResponseWriter, r *http.Request, q *frame.Questions, key string) error {
	may, err := d.Office.MayClear(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	if !may {
		return complaint.ErrNotFound
	}
	names, err := d.People(r)
	if err != nil {
		return err
	}
	v := q.Voice
	var staff []page.Option
	for _, id := range names.Active() {
		staff = append(staff, page.Option{Value: string(id), Label: names.Name(id)})
	}
	fields := []templ.Component{
		frame.ParagraphNote(page.NoteWarn, "", v.Say("clear.warning")),
		q.Line("number", "clear.number", "", frame.Short),
		q.Choice("concerned", "clear.concerned", "", v.Say("common.choose"), staff, frame.Narrow),
		page.Textarea(v, q.Ask("reason", "clear.reason", "", frame.Rows(3))),
	}
	p := frame.Managed{Voice: v, Title: v.Say("clear.title"), Meaning: v.Say("clear.meaning"), Mistakes: q.Mistakes(), Back: frame.BackTo(v, "nav.work", frame.WorkPath)}
	if r.Method == http.MethodGet && r.URL.Query().Get(frame.DoneField) != "" {
		p.Done = v.Say("clear.done")
	}
	button := page.Button{Label: v.Say("clear.button"), Kind: page.Danger}
	p.Parts = []templ.Component{frame.ManagedForm(frame.ClearPath, porch.Carry(key, 0), fields, button)}
	status := http.StatusOK
	if q.Failed() {
		status = http.StatusUnprocessableEntity
	}
	return d.Show(w, r, status, frame.Page{Title: p.Title, Place: frame.ClearPath, Failed: q.Failed(), Body: frame.ManagedPage(p)})
}

// clear undoes a naming, or shows the form again.
func (d *Desk) clear(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	typed := q.Typed
	x := office.Clearing{Number: frame.DossierNumber(typed.Text("number"), d.Office.Today()), Staff: complaint.Actor(typed.Text("concerned")), Reason: typed.Text("reason")}
	if err := q.Take(d.Office.ClearEmployee(r.Context(), porch.Who(r).Person, typed.Key(), x)); err != nil {
		return err
	}
	if q.Failed() {
		return d.clearPage(w, r, q, porch.NewKey())
	}
	return porch.SeeOther(w, r, frame.Address(frame.ClearPath, frame.DoneField, "weg"))
}
