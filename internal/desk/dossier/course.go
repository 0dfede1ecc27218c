package dossier

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// taskForm is one task of a dossier as a page with a form. All forms of a dossier are
// rows of taskForms; they share how they are shown, refused and carried out.
type taskForm struct {
	path   string         // last part of the address: /klachten/{id}/<path>
	task   complaint.Task // also names its sentences: task.<task>.…
	danger bool           // it cannot be undone: the page says so and the button is red
	upload bool           // the form has files
	leaves bool           // whoever does it sees the dossier no more
	// ask gives the questions. A field carries the name that the law uses for it, so
	// that a mistake finds its field by itself.
	ask func(s *sheet) []templ.Component
	// do reads what was typed and gives what is to be done with it.
	do func(s *sheet) deed
	// beside is what stands next to the form: the text, the term, the letter.
	beside func(ctx context.Context, o *office.Office, s *sheet) (templ.Component, error)
	// open breaks the seal and fills the form with what was in it; nil when nothing of
	// the form is sealed.
	open func(ctx context.Context, o *office.Office, s *sheet) error
	// prepare looks up what there is to choose from; nil when the dossier says it all.
	prepare func(ctx context.Context, o *office.Office, s *sheet) error
	// field gives the field of the form for a field of the law, where one question has
	// more than one place; nil when the names are the same.
	field func(s *sheet, law string) string
}

// deed carries a task out.
type deed func(ctx context.Context, o *office.Office) error

// sheet is a form in use: the dossier as it stands, and what was typed.
type sheet struct {
	*taskForm
	voice *words.Voice
	view  office.View
	who   complaint.Person
	names frame.People
	typed porch.Form
	// posted says that the form came back: it shows what was typed, and no proposals.
	posted  bool
	opened  bool // the seal is open: the form shows sealed details
	key     string
	seen    int
	kept    []office.Kept         // files that came in, now or with an earlier try
	wrong   complaint.Mistakes    // all that is wrong with what was typed
	refusal *complaint.Error      // why the task cannot be done
	note    dossierNote           // what was just done, when that led to this form
	draft   *office.Unsent        // what this person kept for the form; nil: nothing
	fields  map[string]page.Field // by name, as they were asked

	proposed   []office.Proposal  // who would handle it, by department
	candidates []office.Candidate // who else can
	receivers  []office.Receiver  // who can take the intake over
	ways       office.Ways        // by which ways a letter can go out
}

// The buttons of a form that do something else than carry it out.
const (
	doLook = "bekijk" // show the letter or the term with what was typed
	doOpen = "open"   // open the sealed details first
)

// form is what the office wants to know of a form.
func (s *sheet) form() office.Form {
	return office.Form{Dossier: s.view.ID, Seen: s.seen, Key: s.key}
}

// fill shows the form of a task for the first time.
func (d *Door) fill(t *taskForm) porch.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		s, err := d.newSheet(r, t)
		if err != nil {
			return err
		}
		if !s.view.Allows(t.task) {
			return d.showDossier(w, r, s.view, dossierNote{status: http.StatusConflict, refusal: s.voice.Say("refused.not_now")})
		}
		s.key, s.seen, s.note = porch.NewKey(), s.view.Version, whatHappened(r, s.view, d.Office.SendsMail())
		if err := d.takeDraft(r, s); err != nil {
			return err
		}
		if s.draft == nil && r.URL.Query().Get(frame.FromField) == frame.FromMail {
			s.takeMail()
		}
		return d.showSheet(w, r, http.StatusOK, s)
	}
}

// handIn carries a task out, or shows the form again with all that is wrong and all
// that was typed.
func (d *Door) handIn(t *taskForm) porch.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		s, err := d.newSheet(r, t)
		if err != nil {
			return err
		}
		if err := d.readSheet(r, s); err != nil {
			return d.refuseSheet(w, r, s, err)
		}
		if names := s.typed.All(porch.ChooseField); len(names) > 0 { // it comes back after logging in again
			s.wrong.Add("file", "error.choose_again", "Names", strings.Join(names, ", "))
			return d.showSheet(w, r, http.StatusUnprocessableEntity, s)
		}
		switch s.typed.Text(frame.DoField) {
		case doLook:
			return d.showSheet(w, r, http.StatusOK, s)
		case doOpen:
			return d.openSheet(w, r, s)
		case doKeep:
			return d.keepDraft(w, r, s)
		case doDrop, doDropped:
			return d.dropDraft(w, r, s)
		}
		s.opened = true // only an open form can be sent
		if err := s.carryOut(r.Context(), d.Office); err != nil {
			return d.refuseSheet(w, r, s, err)
		}
		if t.leaves {
			return porch.SeeOther(w, r, frame.Address(frame.WorkPath, frame.DoneField, t.path))
		}
		return porch.SeeOther(w, r, frame.Address(frame.DossierPath(s.view.ID), frame.DoneField, t.path))
	}
}

// openSheet breaks the seal and shows the form with what was in it.
func (d *Door) openSheet(w http.ResponseWriter, r *http.Request, s *sheet) error {
	if s.open == nil {
		return porch.ErrBadRequest
	}
	if err := s.open(r.Context(), d.Office, s); err != nil {
		return d.refuseSheet(w, r, s, err)
	}
	s.opened, s.seen = true, s.view.Version
	return d.showSheet(w, r, http.StatusOK, s)
}

// isSealed reports whether the form must be opened before it can be filled in.
func (s *sheet) isSealed() bool { return s.open != nil && !s.opened }

// newSheet looks at the dossier for a form; what may not be seen does not exist, and who
// may see but not do gets no form, filled in or not.
func (d *Door) newSheet(r *http.Request, t *taskForm) (*sheet, error) {
	who := porch.Who(r).Person
	view, err := d.Office.Look(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !complaint.May(who, t.task, view.Relation) {
		return nil, frame.ErrForbidden
	}
	names, err := d.People(r)
	s := &sheet{taskForm: t, voice: porch.Voice(r), view: view, who: who, names: names, fields: map[string]page.Field{}}
	if err != nil || t.prepare == nil || !complaint.May(who, t.task, view.Relation) || !view.Allows(t.task) {
		return s, err
	}
	return s, t.prepare(r.Context(), d.Office, s)
}

// readSheet takes what was typed, and the files that came along.
func (d *Door) readSheet(r *http.Request, s *sheet) (err error) {
	s.posted = true
	if s.upload {
		s.typed, err = d.readFiles(r, s)
	} else {
		s.typed, err = porch.ReadForm(r)
	}
	if s.key, s.seen = s.typed.Key(), s.typed.Seen(); s.key == "" {
		s.key = porch.NewKey()
	}
	return err
}

// carryOut does the task, unless something typed cannot be read: a date that nobody
// can read would count as left empty.
func (s *sheet) carryOut(ctx context.Context, o *office.Office) error {
	act := s.do(s)
	if err := s.wrong.Err(); err != nil {
		return err
	}
	return act(ctx, o)
}

// refuseSheet shows a form again, or gives the error to the gate when no form can
// help: the dossier does not exist for this person, the task is not theirs, or
// something broke.
func (d *Door) refuseSheet(w http.ResponseWriter, r *http.Request, s *sheet, err error) error {
	var many complaint.Mistakes
	var one *complaint.Error
	switch {
	case errors.As(err, &many):
		s.wrong = many
		return d.showSheet(w, r, http.StatusUnprocessableEntity, s)
	case !errors.As(err, &one) || one.Kind == complaint.NotFound || one.Key == "error.forbidden":
		return err
	case one.Kind == complaint.Invalid:
		s.wrong = complaint.Mistakes{one}
		return d.showSheet(w, r, http.StatusUnprocessableEntity, s)
	}
	s.refusal = one
	if one.Kind == complaint.UsedKey {
		s.key = porch.NewKey() // the first form was carried out: sending again is a new one
	}
	if one.Kind == complaint.Unavailable {
		return d.showSheet(w, r, http.StatusServiceUnavailable, s)
	}
	return d.showSheet(w, r, http.StatusConflict, s)
}

// showSheet draws the form with what stands beside it.
func (d *Door) showSheet(w http.ResponseWriter, r *http.Request, status int, s *sheet) error {
	p := sheetPage{sheet: s, questions: s.ask(s), meanwhile: s.meanwhile()}
	if s.beside != nil {
		var err error
		if p.beside, err = s.beside(r.Context(), d.Office, s); err != nil {
			return err
		}
	}
	p.mistakes = s.summary()
	if s.refusal != nil {
		s.seen = s.view.Version // what happened meanwhile now stands on the page
	}
	p.hidden = porch.Carry(s.key, s.seen)
	title := s.title() + " - " + s.view.Number
	return d.Show(w, r, status, frame.Page{Title: title, Place: frame.WorkPath, Failed: len(s.wrong) > 0, Body: sheetOf(p)})
}

// sheetPage is what the template of a form needs.
type sheetPage struct {
	*sheet
	questions []templ.Component
	beside    templ.Component
	mistakes  []page.FieldError
	meanwhile []page.Entry
	hidden    []page.Hidden
}

// meanwhile gives the steps since the version that a refused form, or a draft, had seen.
func (s *sheet) meanwhile() []page.Entry {
	since := s.seen
	if s.draft != nil {
		since = s.draft.Seen
	} else if s.refusal == nil {
		return nil
	}
	if since == 0 {
		return nil
	}
	var entries []page.Entry
	for _, e := range s.view.Events {
		if e.Version > since && e.Kind.IsStep() {
			entries = append(entries, s.chronicle().entry(e))
		}
	}
	return entries
}

// summary lists the mistakes, each with its field where the form has one.
func (s *sheet) summary() []page.FieldError {
	var list []page.FieldError
	for _, m := range s.wrong {
		line := page.FieldError{Text: s.voice.Say(m.Key, m.Args...)}
		if f, ok := s.fields[s.at(m.Field)]; ok {
			line.ID, line.Label = f.ID, f.Label
		}
		list = append(list, line)
	}
	return list
}

// reveal gives the text of an event, to who reads texts: the office opened it for
// nobody else. It is the one place in the desk where a text becomes plain.
func reveal(p complaint.Private) string { return complaint.Reveal(p) }

// told gives one text of an event.
func told(e complaint.Event, f complaint.Field) string { return reveal(e.Sealed[f]) }
