package triage

import (
	"net/http"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// layoutPage is a mail as its writer arranged it.
type layoutPage struct {
	voice   *words.Voice
	subject string
	back    string
	inner   string // a page of its own, for a frame that may do nothing
}

// layout shows a mail as its writer arranged it, to who asks for it. The reading left nothing
// in it that acts or fetches; the frame around it may do nothing either.
func (d *Door) layout(w http.ResponseWriter, r *http.Request) error {
	view, err := d.Mail.Look(r.Context(), porch.Who(r).Person, r.PathValue("mail"))
	if err != nil {
		return err
	}
	part := r.URL.Query().Get(partField)
	m, err := d.Mail.InnerOf(view, part)
	if err != nil {
		return err
	}
	if m.Layout == "" {
		return complaint.ErrNotFound
	}
	v := porch.Voice(r)
	p := layoutPage{voice: v, subject: m.Subject, back: mailPath(view.ID), inner: page.Inert(v, m.Layout)}
	if part != "" {
		p.back = frame.Address(p.back, partField, part)
	}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: v.Say("triage.layout"), Place: frame.PostPath, Body: layoutBody(p)})
}

// layoutURL is where the mail that is shown stands as its writer arranged it.
func (p *mailPage) layoutURL() string {
	if p.part == "" {
		return mailPath(p.view.ID) + "/opmaak"
	}
	return frame.Address(mailPath(p.view.ID)+"/opmaak", partField, p.part)
}
