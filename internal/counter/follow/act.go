package follow

import (
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// filesField carries the files of a message that was refused: an id and a name each.
const filesField = "bestanden"

// write takes a message, with or without files. Each file is sealed as it comes in.
func (d *Door) write(w http.ResponseWriter, r *http.Request, x visit) error {
	leave, _ := d.Porch.Pace.Enter(r)
	defer leave()
	var p ownPage
	wrong := func(text string) { x.form.Wrong[frame.FileField] = text }
	typed, err := porch.ReadUpload(r, func(form porch.Form, f porch.File) error {
		switch {
		case len(p.kept)+len(form.All(filesField)) >= frame.MostFiles:
			wrong(x.form.Voice.Count("form.error.files", frame.MostFiles))
			return nil
		case !d.Porch.Pace.TakesFile(r, 0):
			wrong(x.form.Voice.Say("form.error.files_later"))
			return nil
		}
		kept, err := d.Office.KeepOwn(r.Context(), x.who, f.Name, f.Body)
		d.Porch.Pace.TakesFile(r, kept.Size)
		if err != nil {
			return frame.WrongFile(x.form.Voice, x.form.Wrong, kept.Name, err)
		}
		p.kept = append(p.kept, kept)
		return nil
	})
	var large *http.MaxBytesError
	if errors.As(err, &large) && typed.Key() != "" { // the files stand last: all that was typed is in
		wrong(x.form.Voice.Say("error.form_too_large"))
		err = nil
	}
	p.kept = append(p.kept, keptFiles(typed)...)
	if err = x.form.Fill(typed, err); err != nil {
		return err
	}
	if !x.form.Failed() {
		err = d.Office.Write(r.Context(), x.who, office.Form{Key: x.form.Key}, office.OwnMessage{Said: typed.Text("said"), Files: p.kept})
	}
	if complaint.IsKind(err, complaint.NotFound) && len(p.kept) > 0 { // they lay too long and were swept
		p.kept, err = nil, nil
		wrong(x.form.Voice.Say("form.error.files_gone"))
	}
	if err != nil || x.form.Failed() {
		return d.refused(w, r, x, p, err)
	}
	return d.back(w, r, "bericht")
}

// keptFiles are the files that a form carries along.
func keptFiles(form porch.Form) (list []office.Kept) {
	for _, line := range form.All(filesField) {
		parts := strings.SplitN(line, " ", 3)
		if len(parts) == 3 {
			size, _ := strconv.ParseInt(parts[1], 10, 64)
			list = append(list, office.Kept{ID: parts[0], Size: size, Name: parts[2]})
		}
	}
	return list
}

// settle takes the answer to a proposal for a later date: the button's own words, and what
// was typed beside it.
func (d *Door) settle(w http.ResponseWriter, r *http.Request, x visit) (err error) {
	if x.form, err = frame.ReadAnswers(r); err != nil {
		return err
	}
	typed := x.form.Typed
	answer := complaint.Settlement{Answer: typed.Text("answer"), On: d.Office.Today(), How: complaint.HowPage}
	if answer.Answer == complaint.NoneYet { // that is no answer of theirs
		return porch.ErrBadRequest
	}
	if answer.Answer == complaint.OtherDate {
		answer.Date, _ = calendar.Parse(typed.Text("date")) // no date is not one of those that can be chosen
	}
	answer.Said = inWords(x.form.Voice, answer, typed.Text("why"))
	if !x.form.Failed() {
		err = x.form.Take(d.Office.SettleExtension(r.Context(), x.who, office.Form{Dossier: x.who.Own, Key: x.form.Key}, answer))
		delete(x.form.Wrong, "said") // made of what was chosen: the field of that name is the message's
	}
	if err != nil || x.form.Failed() {
		return d.refused(w, r, x, ownPage{}, err)
	}
	return d.back(w, r, "uitstel")
}

// settleAnswers are what can be answered to a later date.
var settleAnswers = []string{complaint.Agreed, complaint.OtherDate, complaint.RefusedIt}

// inWords is an answer as the complainant gave it: the words of what was chosen, and those
// that were typed.
func inWords(v *words.Voice, x complaint.Settlement, why string) string {
	said := ""
	switch {
	case x.Answer == complaint.OtherDate && !x.Date.IsZero():
		said = v.Say("counter.follow.settle.until", "Date", v.LongDate(x.Date))
	case slices.Contains(settleAnswers, x.Answer):
		said = v.Say("counter.follow.settle." + x.Answer)
	}
	return strings.TrimSpace(said + "\n" + why)
}

// stopPage asks again before a complaint stops.
type stopPage struct {
	ownPage
	why page.Field
}

func (d *Door) askStop(w http.ResponseWriter, r *http.Request, x visit) error {
	return d.stopPage(w, r, http.StatusOK, x)
}

func (d *Door) stopPage(w http.ResponseWriter, r *http.Request, status int, x visit) error {
	v := porch.Voice(r)
	own, err := d.Office.LookAtOwn(r.Context(), x.who)
	if err != nil {
		return err
	}
	if own.State == complaint.IsWithdrawn { // that is no mistake
		x.form.Key = porch.NewKey()
		return d.ownWith(w, r, status, x, ownPage{done: v.Say("counter.follow.stopped", "On", v.LongDate(own.ClosedOn))})
	}
	if !own.Can(complaint.TaskWithdraw) {
		return d.refused(w, r, x, ownPage{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.not_now"})
	}
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	p := stopPage{ownPage: ownPage{voice: v, own: own, org: org, form: x.form, unsent: x.unsent}}
	p.why = x.form.Ask(page.Field{Name: "why", Label: v.Say("counter.follow.stop.why"), Optional: true, Voice: true, Rows: 3})
	return d.Show(w, r, status, frame.Page{Title: v.Say("counter.follow.stop.title"), Failed: x.form.Failed(), Typing: frame.CameBack(r, stopID, stopPath), Body: stopForm(p)})
}

// stop ends the complaint because the complainant says so, for the second time.
func (d *Door) stop(w http.ResponseWriter, r *http.Request, x visit) (err error) {
	if x.form, err = frame.ReadAnswers(r); err != nil {
		return err
	}
	said := strings.TrimSpace(porch.Voice(r).Say("counter.follow.stop.do") + "\n" + x.form.Typed.Text("why"))
	if !x.form.Failed() {
		err = d.Office.Withdraw(r.Context(), x.who, office.Form{Dossier: x.who.Own, Key: x.form.Key},
			complaint.End{On: d.Office.Today(), How: complaint.HowPage, Said: said})
	}
	if complaint.IsKind(err, complaint.Invalid) || x.form.Failed() {
		if err := x.form.Take(err); err != nil {
			return err
		}
		return d.stopPage(w, r, http.StatusUnprocessableEntity, x)
	}
	if complaint.IsKind(err, complaint.Refused) { // it stopped in another way, meanwhile: the page says so
		return d.stopPage(w, r, http.StatusConflict, x)
	}
	if err != nil {
		return d.refused(w, r, x, ownPage{}, err)
	}
	return d.back(w, r, stopped)
}

// solved takes the answer to "was this solved?".
func (d *Door) solved(w http.ResponseWriter, r *http.Request, x visit) (err error) {
	if x.form, err = frame.ReadAnswers(r); err != nil {
		return err
	}
	answer := x.form.Typed.Text("answer")
	if answer != "ja" && answer != "nee" {
		return porch.ErrBadRequest
	}
	err = d.Office.SaySolved(r.Context(), x.who, office.Form{Key: x.form.Key}, answer == "ja", porch.Voice(r).Say("counter.follow.solved."+answer))
	if err != nil {
		return d.refused(w, r, x, ownPage{}, err)
	}
	return d.back(w, r, "opgelost_"+answer)
}

// letter gives a letter to the complainant: always to keep, never to be shown by the
// browser in our name.
func (d *Door) letter(w http.ResponseWriter, r *http.Request, x visit) error {
	sheet, err := d.Office.OwnLetter(r.Context(), x.who, r.PathValue("letter"))
	if err != nil {
		return err
	}
	kind, name := "application/pdf", sheet.Number+".pdf"
	if sheet.Mail {
		kind, name = "text/plain; charset=utf-8", sheet.Number+".txt"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(sheet.Bytes)))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, _ = w.Write(sheet.Bytes) // a visitor who left is no failure
	return nil
}
