package triage

import (
	"net/http"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// concernedName is the field of the employees whom a form is about.
const concernedName = "concerned"

// accept registers a form that waited for a look.
func (d *Door) accept(w http.ResponseWriter, r *http.Request) error {
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	var about []complaint.Actor
	for _, id := range typed.All(concernedName) {
		about = append(about, complaint.Actor(id))
	}
	got, err := d.Mail.Accept(r.Context(), porch.Who(r).Person, office.Form{Key: typed.Key()}, r.PathValue("mail"), about...)
	if err != nil {
		return d.settled(w, r, typed, err)
	}
	return porch.SeeOther(w, r, frame.Address(frame.DossierPath(got.Dossier), frame.DoneField, frame.DoneReceived))
}

// isForm reports whether it came by the form of the counter.
func (p *mailPage) isForm() bool { return p.view.Codes.Kind == string(mailroom.Form) }

// sender is who sent a form, as it says.
func (p *mailPage) sender() []page.Pair {
	v, in := p.voice, p.view.Form
	var pairs []page.Pair
	add := func(key, value string) {
		if strings.TrimSpace(value) != "" {
			pairs = append(pairs, page.Pair{Term: v.Say(key), Value: value})
		}
	}
	if in.Level == complaint.Nameless {
		add("triage.from", v.Say("level.nameless"))
	} else {
		i := in.Identity
		add("triage.from", i.Name)
		add("triage.form.address", strings.Join(i.Window()[min(1, len(i.Window())):], "\n"))
		add("triage.form.phone", i.Phone)
		add("triage.form.email", i.Email)
		add("triage.form.caller", strings.Trim(i.Caller.Name+", "+i.Caller.Relation, ", "))
	}
	add("triage.received", v.Moment(p.view.ReceivedAt))
	add("triage.form.about", in.Title)
	add("triage.form.concerned", in.ConcernedN)
	if len(in.Files) > 0 {
		add("triage.files", v.Count("triage.form.files", len(in.Files)))
	}
	return pairs
}
