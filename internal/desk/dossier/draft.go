package dossier

import (
	"maps"
	"net/http"
	"net/url"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// The buttons of a draft: keep what was typed, throw it away, and the answer to the
// question whether that is meant.
const (
	doKeep    = "concept"
	doDrop    = "gooi-weg"
	doDropped = "gooi-weg-ja"
)

// hasDraft reports whether what is typed in the form may be kept and finished later.
func (t *taskForm) hasDraft() bool { return t.task.HasDraft() && !t.upload && t.open == nil }

// takeDraft fills the form with what this person kept for it.
func (d *Door) takeDraft(r *http.Request, s *sheet) (err error) {
	if !s.hasDraft() {
		return nil
	}
	if s.draft, err = d.Office.DraftOf(r.Context(), s.who, s.view.ID, s.task); err != nil || s.draft == nil {
		return err
	}
	if !s.draft.Broken {
		s.typed, s.posted = porch.Form{Values: url.Values(s.draft.Fields)}, true
	}
	if r.URL.Query().Get(frame.DoneField) == doKeep {
		s.note.done = s.voice.Say("draft.kept")
	}
	return nil
}

// keepDraft keeps what was typed, and shows the form with it.
func (d *Door) keepDraft(w http.ResponseWriter, r *http.Request, s *sheet) error {
	typed := office.Typed(maps.Clone(s.typed.Values))
	for _, field := range []string{porch.KeyField, porch.SeenField, page.OwnerField, frame.DoField} {
		delete(typed, field)
	}
	if err := d.Office.KeepDraft(r.Context(), s.who, s.form(), s.task, typed); err != nil {
		return d.refuseSheet(w, r, s, err)
	}
	return porch.SeeOther(w, r, frame.Address(s.address(), frame.DoneField, doKeep))
}

// dropDraft throws a draft away, after asking.
func (d *Door) dropDraft(w http.ResponseWriter, r *http.Request, s *sheet) error {
	if s.typed.Text(frame.DoField) == doDropped {
		if err := d.Office.DropDraft(r.Context(), s.who, s.view.ID, s.task); err != nil {
			return err
		}
		return porch.SeeOther(w, r, s.address())
	}
	title := s.title() + " - " + s.view.Number
	return d.Show(w, r, http.StatusOK, frame.Page{Title: title, Place: frame.WorkPath, Body: frame.DropDraft(frame.Dropping{Voice: s.voice,
		Back: page.Link{Label: s.title(), Href: s.address()}, URL: s.address(), Button: page.Button{Label: s.voice.Say("draft.drop_sure"), Kind: page.Danger, Name: frame.DoField, Value: doDropped}})})
}

// address is that of the form.
func (s *sheet) address() string { return frame.DossierPath(s.view.ID) + "/" + s.path }

// draftButton keeps what was typed.
func (s *sheet) draftButton() page.Button {
	return page.Button{Label: s.voice.Say("draft.keep"), Name: frame.DoField, Value: doKeep}
}

// draftNote says whose draft stands in the form and until when.
func (s *sheet) draftNote() frame.DraftNote {
	n := frame.DraftNote{Voice: s.voice, Title: s.voice.Say("draft.of", "Moment", s.voice.Moment(s.draft.At)),
		Text: s.voice.Say("draft.until", "Until", s.voice.WeekdayDate(s.draft.Until)), URL: s.address(),
		Drop: page.Button{Label: s.voice.Say("draft.drop"), Name: frame.DoField, Value: doDrop}}
	if s.draft.Broken {
		n.Text = s.voice.Say("draft.broken")
	}
	return n
}

// DraftLink leads to the form of a task in which a draft waits.
func DraftLink(dossier string, task complaint.Task) string {
	if t := formOf(task); t != nil {
		return frame.DossierPath(dossier) + "/" + t.path
	}
	return frame.DossierPath(dossier)
}
