package entry

import (
	"net/http"

	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

// doneNotices says that the wish for e-mail was kept.
const doneNotices = "mail"

// notices asks whether somebody wants word of work by e-mail.
func (p accountPage) notices() page.Field {
	f := page.Field{Name: "mail", Label: p.Voice.Say("notice.want"), Hint: p.Voice.Say("notice.want_hint"), Value: "ja", Inline: true}
	if p.Off {
		f.Hint = p.Voice.Say("notice.off_hint")
	}
	if p.Staff.Quiet {
		f.Value = "nee"
	}
	f.Options = []page.Option{{Value: "ja", Label: p.Voice.Say("common.yes")}, {Value: "nee", Label: p.Voice.Say("common.no")}}
	return f
}

// wantNotices keeps whether somebody wants word of work by e-mail.
func (e *Door) wantNotices(w http.ResponseWriter, r *http.Request) error {
	form, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	if err := e.Personnel.WantNotices(r.Context(), porch.Who(r).Person, form.Text("mail") != "nee"); err != nil {
		return err
	}
	return porch.SeeOther(w, r, frame.Address(frame.AccountPath, frame.DoneField, doneNotices))
}
