package dossier

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// dossierNote is what a page of a dossier says beside the dossier: what was just done,
// what was refused, or the name that was just opened.
type dossierNote struct {
	status   int // 0: 200
	done     string
	warning  string
	refusal  string
	identity *record.Identity
	alike    []page.Link

	wrong complaint.Mistakes // of the small form that came back
	at    string             // which form that is: atName, or the id of a letter or file
	typed porch.Form
}

// atName marks the form that opens the name.
const atName = "naam"

// dossierPage is a dossier in words.
type dossierPage struct {
	chronicle
	who    complaint.Person
	note   dossierNote
	postBy calendar.Date
	sends  bool // gehoor sends e-mail itself
	calls  bool // somebody is at the telephone: what may be said stands open
}

// dossier shows a dossier.
func (d *Door) dossier(w http.ResponseWriter, r *http.Request) error {
	view, err := d.Office.Look(r.Context(), porch.Who(r).Person, r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.showDossier(w, r, view, whatHappened(r, view, d.Office.SendsMail()))
}

// whatHappened says what was just done, as the address has it; sends: gehoor sends e-mail
// itself.
func whatHappened(r *http.Request, view office.View, sends bool) dossierNote {
	v, code := porch.Voice(r), r.URL.Query().Get(frame.DoneField)
	switch code {
	case "":
		return dossierNote{}
	case frame.DoneReceived:
		return dossierNote{done: v.Say("intake.done"), alike: frame.AlikeLinks(v, frame.Alike(r))}
	case "brief":
		return dossierNote{done: v.Say("letters.done")}
	case frame.DoneAdded:
		return dossierNote{done: v.Say("triage.added_done")}
	case frame.DoneAgain:
		return dossierNote{done: v.Say("postroom.again_done")}
	case frame.DoneUnposted:
		return dossierNote{done: v.Say("postroom.undo_done")}
	case frame.DonePaper:
		return dossierNote{done: v.Say("postroom.paper_done")}
	}
	for _, t := range taskForms() {
		if t.path == code {
			note := dossierNote{done: v.Say("task." + string(t.task) + ".done")}
			if t.task == complaint.TaskAnswer && sends && view.AnswerHow == complaint.HowEmail {
				note.done = v.Say("task.answer.done.goes")
			}
			if noLetterMade(t.task, view) {
				note.warning = v.Say("dossier.no_letter_made")
			}
			return note
		}
	}
	return dossierNote{}
}

// noLetterMade reports whether a task that writes to the complainant made no letter,
// because no address is known: somebody must call. A task is the events of one moment.
func noLetterMade(task complaint.Task, view office.View) bool {
	writes := []complaint.Task{complaint.TaskConfirm, complaint.TaskWithdraw, complaint.TaskPassOn, complaint.TaskNotAccept, complaint.TaskResolve}
	if !slices.Contains(writes, task) || view.Level == complaint.Nameless || len(view.Events) == 0 {
		return false
	}
	last := view.Events[len(view.Events)-1]
	return !slices.ContainsFunc(view.Events, func(e complaint.Event) bool {
		return e.At.Equal(last.At) && e.Kind == complaint.LetterMade
	})
}

func (d *Door) newDossierPage(r *http.Request, view office.View, note dossierNote) (*dossierPage, error) {
	names, err := d.People(r)
	if err != nil {
		return nil, err
	}
	org, err := d.Office.Organisation(r.Context())
	if err != nil {
		return nil, err
	}
	who := porch.Who(r).Person
	return &dossierPage{chronicle: chronicleOf(porch.Voice(r), names, view, who), who: who, note: note, postBy: postBy(view, org), sends: d.Office.SendsMail(),
		calls: r.URL.Query().Get(frame.CallsField) != ""}, nil
}

// showDossier draws a dossier with a note.
func (d *Door) showDossier(w http.ResponseWriter, r *http.Request, view office.View, note dossierNote) error {
	p, err := d.newDossierPage(r, view, note)
	if err != nil {
		return err
	}
	status := note.status
	if status == 0 {
		status = http.StatusOK
	}
	title := p.voice.Say("dossier.title", "Number", view.Number)
	return d.Show(w, r, status, frame.Page{Title: title, Place: frame.WorkPath, Failed: len(note.wrong) > 0, Body: dossierBody(p)})
}

// refuseOnDossier shows the dossier again when one of its small forms was refused, with
// what was typed.
func (d *Door) refuseOnDossier(w http.ResponseWriter, r *http.Request, view office.View, note dossierNote, err error) error {
	var many complaint.Mistakes
	var one *complaint.Error
	switch {
	case errors.As(err, &many):
		note.wrong, note.status = many, http.StatusUnprocessableEntity
	case !errors.As(err, &one) || one.Kind == complaint.NotFound || one.Key == "error.forbidden":
		return err
	default:
		note.refusal, note.status = porch.Voice(r).Say(one.Key, one.Args...), http.StatusConflict
	}
	return d.showDossier(w, r, view, note)
}

// mistakeAt gives what is wrong with a field of the form that came back.
func (p *dossierPage) mistakeAt(field string) string {
	for _, m := range p.note.wrong {
		if m.Field == field {
			return p.voice.Say(m.Key, m.Args...)
		}
	}
	return ""
}

// mistakes lists what is wrong, each with the place of its field.
func (p *dossierPage) mistakes() []page.FieldError {
	var list []page.FieldError
	for _, m := range p.note.wrong {
		line := page.FieldError{Text: p.voice.Say(m.Key, m.Args...)}
		switch {
		case m.Field == "on":
			line.ID, line.Label = "op-"+p.note.at, p.voice.Say("letters.posted_on")
		case p.note.at != "":
			line.ID, line.Label = p.remarkID(p.note.at), p.voice.Say("dossier.remark")
		}
		list = append(list, line)
	}
	return list
}

// remarkID is the id of the field that explains an opening.
func (p *dossierPage) remarkID(at string) string { return "waarom-" + at }

// remarkField asks for more about why a name or file is opened.
func (p *dossierPage) remarkField(at string) page.Field {
	f := page.Field{ID: p.remarkID(at), Name: "remark", Label: p.voice.Say("dossier.remark"), Optional: true}
	if p.note.at == at {
		f.Value, f.Error = p.note.typed.Raw("remark"), p.mistakeAt("remark")
		if f.Error == "" {
			f.Error = p.mistakeAt("reason")
		}
	}
	return f
}

// reasons are the buttons that open a name or a file.
func (p *dossierPage) reasons(context string) []page.Button {
	var buttons []page.Button
	for _, c := range p.view.Rules.OpeningReasons {
		buttons = append(buttons, page.Button{Label: p.voice.Label(c.Label), Context: context, Name: "reason", Value: c.Code})
	}
	return buttons
}

// may reports whether this person may do something with the dossier as it stands.
func (p *dossierPage) may(t complaint.Task) bool {
	return complaint.May(p.who, t, p.view.Relation) && p.view.Allows(t)
}

// heading is the title, or for who reads no texts the number.
func (p *dossierPage) heading() string {
	if p.view.Title == "" {
		return p.voice.Say("dossier.title", "Number", p.view.Number)
	}
	return p.view.Title
}

// concernedNames are the employees concerned, for who may know.
func (p *dossierPage) concernedNames() []string {
	if !p.mayName {
		return nil
	}
	var list []string
	for _, c := range p.view.Concerned {
		if name := p.concerned(c); !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	// What was typed, "Pim", says nothing more beside the name that was found for it.
	return slices.DeleteFunc(slices.Clone(list), func(name string) bool {
		return slices.ContainsFunc(list, func(whole string) bool { return whole != name && strings.Contains(whole, name) })
	})
}

// fileNote says what a file is, from when and from whom.
func (p *dossierPage) fileNote(a office.AttachmentView) string {
	return p.voice.Say("attach.note", "Date", p.day(a.On), "By", p.actor(a.By), "Size", p.bytesInWords(a.Size))
}
