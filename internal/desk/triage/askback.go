package triage

import (
	"mime"
	"net/http"
	"strconv"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/mailroom"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// askField is the tick that the sender is asked whether a complaint was meant.
const askField = "vraag"

// askTick asks whether the sender is asked; there is nobody to ask when a machine wrote.
func (p *mailPage) askTick() page.Field {
	f := page.Field{Name: askField, Label: p.voice.Say("askback.tick"), Hint: p.voice.Say("askback.tick_hint"), Value: "ja", Checked: true}
	if p.typed.Values != nil {
		f.Checked = p.typed.Ticked(askField, "")
	}
	return f
}

// canAsk reports whether gehoor can ask the sender.
func (p *mailPage) canAsk() bool { return p.view.CanAsk() && p.canSend }

// asksBack reports whether this mail is of the kind whose sender decides.
func (p *mailPage) asksBack() bool {
	return p.view.State == complaint.MailNoComplaint && complaint.AsksBack(p.view.Reason)
}

// questionChip says how far the question is.
func (p *mailPage) questionChip() frame.Chip {
	return frame.MailChip(p.voice, *p.view.Question, p.today, p.sends)
}

// askButton lets the question go, when it does not go by itself.
func (p *mailPage) askButton() (page.Button, bool) {
	if p.view.Question == nil {
		return page.Button{Label: p.voice.Say("askback.send"), Icon: page.IconMail}, p.view.Kept && p.canAsk()
	}
	key := frame.AgainLabel(*p.view.Question)
	return page.Button{Label: p.voice.Say(key), Icon: page.IconMail}, key != ""
}

// answersUs says which earlier mail this one answers our question about, when that can
// still become a complaint.
func (p *mailPage) answersUs() bool {
	return p.view.First != nil && p.waits() && !p.isBounce()
}

// takesFirst reports whether the complaint can be made of the earlier mail.
func (p *mailPage) takesFirst() bool {
	return p.view.First.Kept && (p.view.First.State == complaint.MailNoComplaint || p.view.First.State == complaint.MailWaits)
}

// ask asks the sender of a mail whether a complaint was meant, or lets the question go
// again.
func (d *Door) ask(w http.ResponseWriter, r *http.Request) error {
	if _, err := porch.ReadForm(r); err != nil {
		return err
	}
	id := r.PathValue("mail")
	if err := d.Mail.Ask(r.Context(), porch.Who(r).Person, id); err != nil {
		return err
	}
	return porch.SeeOther(w, r, frame.Address(mailPath(id), frame.DoneField, doneAsked))
}

// question gives the question as a text, to print or to copy.
func (d *Door) question(w http.ResponseWriter, r *http.Request) error {
	body, err := d.Mail.QuestionText(r.Context(), porch.Who(r).Person, r.PathValue("mail"))
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	text := []byte(v.Say("postroom.mail_head", "To", body.Parcel.To, "Subject", body.Subject) + "\n\n" + body.Text + "\n")
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(text)))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": v.Say("askback.file") + ".txt"}))
	_, _ = w.Write(text) // a visitor who left is no failure
	return nil
}

// meant takes the first mail back, because its sender says that it is a complaint, and
// leads to the form that makes one of it.
func (d *Door) meant(w http.ResponseWriter, r *http.Request) error {
	if _, err := porch.ReadForm(r); err != nil {
		return err
	}
	first, err := d.Mail.TakeFirst(r.Context(), porch.Who(r).Person, r.PathValue("mail"))
	if err != nil {
		return err
	}
	if first.Codes.Kind == string(mailroom.Form) { // it has its words already
		return porch.SeeOther(w, r, frame.Address(mailPath(first.ID), frame.DoneField, donePutBack))
	}
	return porch.SeeOther(w, r, frame.Address(frame.IntakePath+"/e-mail", "mail", first.ID))
}
