package intake

import (
	"maps"
	"net/http"
	"net/url"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// The buttons of a draft of a new complaint.
const (
	keepDraft    = "concept"
	dropDraft    = "gooi-weg"
	dropDraftNow = "gooi-weg-ja"
)

// DraftLink leads to the form in which a kept complaint stands.
func DraftLink(u office.UnsentIntake) string {
	return frame.Address(pathOf(u.Channel), draftField, u.Draft.ID)
}

// takeUnsent fills the form with what this person kept.
func (d *Door) takeUnsent(r *http.Request, s *intakeSheet, id string) error {
	u, err := d.Office.IntakeOf(r.Context(), porch.Who(r).Person, id)
	if err != nil {
		return err
	}
	if u.Channel != s.channel {
		return complaint.ErrNotFound
	}
	s.draft, s.unsent = u.Draft, &u
	if !u.Broken {
		s.typed = porch.Form{Values: url.Values(u.Fields)}
	}
	s.files = keptIn(s.typed)
	if r.URL.Query().Get(frame.DoneField) == keepDraft {
		s.done = s.voice.Say("draft.intake_kept")
	}
	return nil
}

// keepUnsent keeps what was typed and the files that came along. Nothing is checked: it
// is no complaint yet.
func (d *Door) keepUnsent(w http.ResponseWriter, r *http.Request, s *intakeSheet) error {
	typed := office.Typed(maps.Clone(s.typed.Values))
	for _, field := range []string{porch.KeyField, draftField, page.OwnerField, frame.DoField} {
		delete(typed, field)
	}
	delete(typed, filesField)
	for _, f := range s.files {
		typed[filesField] = append(typed[filesField], f.value())
	}
	calledOn, err := calendar.Parse(s.typed.Text("received_on"))
	if err != nil {
		calledOn = calendar.Date{} // not a day: it was typed today
	}
	err = d.Office.KeepIntake(r.Context(), porch.Who(r).Person, s.draft, s.channel, calledOn, typed)
	if complaint.IsKind(err, complaint.NotFound) { // it became a dossier meanwhile
		_, err = d.receivedBefore(r.Context(), porch.Who(r).Person, s, err)
		if complaint.IsKind(err, complaint.NotFound) { // or a card that this person sees no more
			s.wrong.Add("", s.voice.Say("error.intake_not_kept"))
			err = nil
		}
		if err == nil {
			return d.showIntake(w, r, http.StatusConflict, s)
		}
	}
	if err != nil {
		return err
	}
	return porch.SeeOther(w, r, frame.Address(pathOf(s.channel), draftField, s.draft.ID, frame.DoneField, keepDraft))
}

// dropUnsent throws a kept complaint away, after asking.
func (d *Door) dropUnsent(w http.ResponseWriter, r *http.Request, s *intakeSheet) error {
	if s.typed.Text(frame.DoField) == dropDraftNow {
		if err := d.Office.DropIntake(r.Context(), porch.Who(r).Person, s.draft.ID); err != nil {
			return err
		}
		return porch.SeeOther(w, r, frame.WorkPath)
	}
	title := s.voice.Say("intake.title." + string(s.channel))
	back := page.Link{Label: title, Href: frame.Address(pathOf(s.channel), draftField, s.draft.ID)}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: title, Body: frame.DropDraft(frame.Dropping{Voice: s.voice, Back: back, URL: pathOf(s.channel),
		Hidden: []page.Hidden{{Name: draftField, Value: packDraft(s.draft)}},
		Button: page.Button{Label: s.voice.Say("draft.drop_sure"), Kind: page.Danger, Name: frame.DoField, Value: dropDraftNow}})})
}

// keepButton keeps what was typed, without taking it in.
func (s *intakeSheet) keepButton() page.Button {
	return page.Button{Label: s.voice.Say("draft.keep"), Kind: page.Quiet, Name: frame.DoField, Value: keepDraft}
}

// unsentNote says since when the complaint waits, and until when.
func (s *intakeSheet) unsentNote() frame.DraftNote {
	u, say := s.unsent, s.voice.Say
	n := frame.DraftNote{Voice: s.voice, Late: u.Late, Title: say("draft.of", "Moment", s.voice.Moment(u.At)), URL: pathOf(s.channel),
		Hidden: []page.Hidden{{Name: draftField, Value: packDraft(u.Draft)}}, Drop: page.Button{Label: say("draft.drop"), Name: frame.DoField, Value: dropDraft}}
	n.Text = say("draft.intake_until", "Called", s.voice.WeekdayDate(u.CalledOn), "Until", s.voice.WeekdayDate(u.Until))
	if u.Broken {
		n.Text = say("draft.broken")
	}
	return n
}
