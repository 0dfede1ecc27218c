package intake

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// mailField carries which mail of the post room the complaint is made of.
const mailField = "mail"

// ccField carries who else stands on that mail: somebody chooses whether they get ours.
const ccField = "cc"

// mail is that mail, or "".
func (s *intakeSheet) mail() string {
	if s.channel != complaint.Email {
		return ""
	}
	return s.typed.Text(mailField)
}

// mailLink leads to the mail.
func (s *intakeSheet) mailLink() string { return frame.MailPath + "/" + url.PathEscape(s.mail()) }

// takeMail fills the form with a mail: the day it came in, who wrote it, and what. All of
// it can be changed, because the writer may have sent it through a colleague.
func (d *Door) takeMail(r *http.Request, s *intakeSheet, id string) error {
	who := porch.Who(r).Person
	v, err := d.Mail.Look(r.Context(), who, id)
	if err != nil {
		return err
	}
	if s.draft, err = d.Mail.DraftOf(r.Context(), who, id); err != nil {
		return err
	}
	writer, passedOn := d.Mail.WriterOf(v)
	set := func(field, value string) { s.typed.Values.Set(field, value) }
	set(mailField, id)
	set("received_on", v.ReceivedOn.String())
	set("name", writer.Name)
	set("email", writer.Address)
	set("description", v.Own)
	if passedOn != "" {
		set("first_heard", passedOn)
	}
	if len(v.Named) > 0 {
		set("subject", string(complaint.AboutEmployee))
		set("concerned_staff", string(v.Named[0]))
	}
	org, err := d.Office.Organisation(r.Context())
	if err != nil {
		return err
	}
	s.typed.Values[ccField] = others(v.Mail.Cc, writer.Address, org.Email)
	shorten(s.typed.Values)
	return nil
}

// others gives the addresses on CC that are neither the writer's nor ours.
func others(cc []record.Mailbox, writer, ours string) (list []string) {
	for _, b := range cc {
		own := strings.EqualFold(b.Address, writer) || strings.EqualFold(b.Address, ours)
		if b.Address != "" && !own && !slices.Contains(list, b.Address) {
			list = append(list, b.Address)
		}
	}
	return list
}

// copyTo asks who of those on CC gets our e-mail too: nobody, unless somebody chooses so.
func (s *intakeSheet) copyTo() page.Field {
	f := s.field("copy")
	f.Options = []page.Option{{Value: "niemand", Label: s.voice.Say("intake.copy.nobody")}}
	for _, address := range s.typed.All(ccField) {
		f.Options = append(f.Options, page.Option{Value: address, Label: address})
	}
	if f.Value == "" {
		f.Value = "niemand"
	}
	return f
}

// takeUp hands the intake to the office, with the mail that it is made of.
func (d *Door) takeUp(ctx context.Context, who complaint.Person, s *intakeSheet, in office.Intake) (office.Received, error) {
	if id := s.mail(); id != "" {
		return d.Mail.Register(ctx, who, office.Form{Key: s.key}, id, in)
	}
	return d.Office.Receive(ctx, who, office.Form{Key: s.key}, in)
}

// check names what is wrong with an intake, and takes nothing in.
func (d *Door) check(ctx context.Context, who complaint.Person, s *intakeSheet, in office.Intake) error {
	if id := s.mail(); id != "" {
		return d.Mail.Check(ctx, who, id, in)
	}
	return d.Office.CheckIntake(ctx, who, in)
}
