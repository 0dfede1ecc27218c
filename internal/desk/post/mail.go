package post

import (
	"errors"
	"net/http"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// sendAgain lets an e-mail go that was refused, held back or waits for its next try.
func (d *Door) sendAgain(w http.ResponseWriter, r *http.Request) error {
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	dossier, err := d.Office.SendAgain(r.Context(), porch.Who(r).Person, typed.Key()+"."+r.PathValue("letter"), r.PathValue("letter"))
	var why *complaint.Error
	if errors.As(err, &why) && why.Key == "refused.no_email_address" {
		return d.askAddress(w, r, dossier, why)
	}
	if err != nil {
		return err
	}
	return back(w, r, typed, dossier, frame.DoneAgain)
}

// onPaper makes a letter of an e-mail.
func (d *Door) onPaper(w http.ResponseWriter, r *http.Request) error {
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	letter := r.PathValue("letter")
	dossier, err := d.Office.OnPaper(r.Context(), porch.Who(r).Person, typed.Key()+"."+letter, letter)
	var why *complaint.Error
	if errors.As(err, &why) && why.Key == "refused.no_postal_address" {
		return d.askAddress(w, r, dossier, why)
	}
	if err != nil {
		return err
	}
	return back(w, r, typed, dossier, frame.DonePaper)
}

// askAddress shows the post room with where the address is missing that a letter or an
// e-mail needs.
func (d *Door) askAddress(w http.ResponseWriter, r *http.Request, dossier string, why *complaint.Error) error {
	v, err := d.Office.Look(r.Context(), porch.Who(r).Person, dossier)
	if err != nil {
		return err
	}
	return d.showPostRoom(w, r, &postPage{status: http.StatusConflict, noAddress: &v.Dossier, noAddressWhy: why})
}

// back leads to the page the button stood on.
func back(w http.ResponseWriter, r *http.Request, typed porch.Form, dossier, done string) error {
	path := frame.PostPath
	if typed.Text(frame.FromDossier) == dossier {
		path = frame.DossierPath(dossier)
	}
	return porch.SeeOther(w, r, frame.Address(path, frame.DoneField, done))
}

// againButton lets an e-mail go; ok is false when there is nothing to ask.
func againButton(l postList, post office.Post) (b page.Button, ok bool) {
	if !l.mail || post.Mail == nil || !l.room.Sends || post.Held != "" {
		return b, false
	}
	key := frame.AgainLabel(*post.Mail)
	if key == "" {
		return b, false
	}
	return page.Button{Label: l.voice.Say(key), Context: l.name(post), Kind: page.Quiet, Icon: page.IconMail, URL: "/brieven/" + post.ID + "/opnieuw"}, true
}

// paperButton makes a letter of an e-mail that does not go.
func paperButton(l postList, post office.Post) (b page.Button, ok bool) {
	if !l.mail || post.Held != "" || post.Mail != nil && !frame.MayGoOnPaper(*post.Mail, true) {
		return b, false
	}
	if l.room.Sends && post.Mail != nil && frame.AgainLabel(*post.Mail) == "" {
		return b, false // it goes in a moment
	}
	return page.Button{Label: l.voice.Say("postroom.on_paper"), Context: l.name(post), Kind: page.Quiet, Icon: page.IconPrint, URL: "/brieven/" + post.ID + "/op-papier"}, true
}

// paperKind makes paper the first choice for an e-mail that came back, unless there is
// another address to try.
func (p *postPage) paperKind(post office.Post) page.ButtonKind {
	if post.NewAddress {
		return page.Quiet
	}
	return page.Primary
}

// noMails is the key of what an empty list says.
func (l postList) noMails() string {
	return frame.YesNo(l.room.Sends, "postroom.all_sent", "postroom.no_mails")
}
