package triage

import (
	"net/http"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/porch"
)

// refuse shows the mail again with what is wrong.
func (d *Door) refuse(w http.ResponseWriter, r *http.Request, typed porch.Form, wrong frame.Wrong) error {
	return d.show(w, r, &mailPage{status: http.StatusUnprocessableEntity, typed: typed, key: typed.Key(), wrong: wrong})
}

// settled shows a mail that somebody else settled meanwhile; any other error is for the
// gate.
func (d *Door) settled(w http.ResponseWriter, r *http.Request, typed porch.Form, err error) error {
	wrong := frame.Wrong{}
	if err := wrong.Take(porch.Voice(r), err); err == nil {
		return d.refuse(w, r, typed, wrong)
	}
	if complaint.IsKind(err, complaint.Stale) || complaint.IsKind(err, complaint.Refused) {
		view, lookErr := d.Mail.Look(r.Context(), porch.Who(r).Person, r.PathValue("mail"))
		if lookErr == nil && view.State != complaint.MailWaits {
			wrong.Add("", porch.Voice(r).Say("refused.mail_settled"))
			return d.show(w, r, &mailPage{status: http.StatusConflict, typed: typed, wrong: wrong})
		}
	}
	return err
}

// further are the forms that a mail may lead to, once it is part of a dossier.
var further = []string{"bevestigen", "verbeteren", "uitstel-antwoord", "intrekken"}

// addTo makes a mail part of a dossier that is there, and leads on.
func (d *Door) addTo(w http.ResponseWriter, r *http.Request) error {
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	who, v, id := porch.Who(r).Person, porch.Voice(r), r.PathValue("mail")
	if _, err := d.Mail.Look(r.Context(), who, id); err != nil {
		return err
	}
	dossier, found := d.ByNumber(r, frame.DossierNumber(typed.Text("nummer"), d.Office.Today()))
	if !found {
		return d.refuse(w, r, typed, frame.Wrong{"nummer": v.Say("postroom.no_such_number")})
	}
	err = d.Mail.AddTo(r.Context(), who, office.Form{Dossier: dossier, Key: typed.Key()}, id, v.Say("triage.no_text"))
	if err != nil {
		return d.settled(w, r, typed, err)
	}
	path := frame.DossierPath(dossier)
	if next := typed.Text("verder"); slices.Contains(further, next) {
		return porch.SeeOther(w, r, frame.Address(path+"/"+next, frame.FromField, frame.FromMail))
	}
	return porch.SeeOther(w, r, frame.Address(path, frame.DoneField, frame.DoneAdded))
}

// dismiss settles a mail that is no complaint.
func (d *Door) dismiss(w http.ResponseWriter, r *http.Request) error {
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	who, id := porch.Who(r).Person, r.PathValue("mail")
	if err := d.Mail.Dismiss(r.Context(), who, id, typed.Text("reason"), typed.Ticked(askField, "")); err != nil {
		return d.settled(w, r, typed, err)
	}
	if complaint.AsksBack(typed.Text("reason")) { // the sender decides: the page says how to ask
		return porch.SeeOther(w, r, frame.Address(mailPath(id), frame.DoneField, doneDismissed))
	}
	return porch.SeeOther(w, r, frame.Address(frame.MailPath, frame.DoneField, doneDismissed))
}

// putBack lets a mail wait again.
func (d *Door) putBack(w http.ResponseWriter, r *http.Request) error {
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	id := r.PathValue("mail")
	if err := d.Mail.PutBack(r.Context(), porch.Who(r).Person, id); err != nil {
		return d.settled(w, r, typed, err)
	}
	return porch.SeeOther(w, r, frame.Address(mailPath(id), frame.DoneField, donePutBack))
}
