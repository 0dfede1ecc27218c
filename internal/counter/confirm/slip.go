package confirm

import (
	"net/http"

	"gehoor/internal/counter/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// slipForm asks for the number and the code of a slip.
type slipForm struct {
	voice        *words.Voice
	phone        string
	form         *frame.Answers
	number, code page.Field
}

func (d *Door) askCode(w http.ResponseWriter, r *http.Request) error {
	return d.slipPage(w, r, http.StatusOK, frame.NewAnswers(r))
}

func (d *Door) slipPage(w http.ResponseWriter, r *http.Request, status int, form *frame.Answers) error {
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	p := slipForm{voice: v, phone: org.Phone, form: form,
		number: form.Ask(page.Field{Name: "number", Label: v.Say("counter.slip.number"), Hint: v.Say("counter.slip.number_hint"), Width: page.Width20, InputMode: "numeric"}),
		code:   form.Ask(page.Field{Name: "code", Label: v.Say("counter.slip.code"), Hint: v.Say("counter.slip.code_hint"), Width: page.Width20, InputMode: "numeric"})}
	p.code.Value = "" // a code is typed anew
	return d.Show(w, r, status, frame.Page{Title: v.Say("counter.slip.title"), Failed: form.Failed(), Body: slipPage(p)})
}

// giveCode leads who knows number and code to the page of the text.
func (d *Door) giveCode(w http.ResponseWriter, r *http.Request) error {
	form, err := frame.ReadAnswers(r)
	if err != nil {
		return err
	}
	proof := office.Proof{Number: form.Typed.Text("number"), Code: form.Typed.Text("code"), From: porch.Client(r)}
	token, err := d.Office.ProveSlip(r.Context(), proof)
	if status, err := form.Proved(err); err != nil {
		return err
	} else if status != http.StatusOK {
		return d.slipPage(w, r, status, form)
	}
	return porch.SeeOther(w, r, frame.ConfirmTo+token)
}
