package confirm

import (
	"net/http"

	"gehoor/internal/counter/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// slipID is that form, for a switch of language.
const slipID = "strookje"

// slipForm asks for the number and the code of a slip.
type slipForm struct {
	voice        *words.Voice
	phone        string
	form         *frame.Answers
	number, code page.Field
	follows      bool   // there is a page to follow a complaint on
	late         bool   // the text was open too long
	kept         string // what was typed there and not sent: see porch.Typed
}

func (p slipForm) hidden() []page.Hidden {
	list := p.form.Hidden()
	if p.kept != "" {
		list = append(list, page.Hidden{Name: frame.KeptField, Value: p.kept})
	}
	return list
}

func (d *Door) askCode(w http.ResponseWriter, r *http.Request) error {
	return d.slipPage(w, r, http.StatusOK, slipForm{form: frame.NewAnswers(r)})
}

// slipAgain asks for number and code once more; what must change in the text goes along.
func (d *Door) slipAgain(w http.ResponseWriter, r *http.Request, sent *frame.Answers) error {
	p := slipForm{form: frame.NewAnswers(r), late: true}
	if sent.Typed.Has(saidField) {
		p.kept = sent.Typed.Kept()
	}
	return d.slipPage(w, r, http.StatusUnauthorized, p)
}

func (d *Door) slipPage(w http.ResponseWriter, r *http.Request, status int, p slipForm) error {
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	p.voice, p.phone, p.follows = v, org.Phone, d.Office.FollowURL != ""
	p.number = p.form.Ask(page.Field{Name: "number", Label: v.Say("counter.slip.number"), Hint: v.Say("counter.slip.number_hint"), Width: page.Width20, InputMode: "numeric"})
	p.code = p.form.Ask(page.Field{Name: "code", Label: v.Say("counter.slip.code"), Hint: v.Say("counter.slip.code_hint"), Width: page.Width20, InputMode: "numeric"})
	p.code.Value = "" // a code is typed anew
	return d.Show(w, r, status, frame.Page{Title: v.Say("counter.slip.title"), Failed: p.form.Failed(), Typing: frame.CameBack(r, slipID, frame.SlipPath), Body: slipPage(p)})
}

// giveCode leads who knows number and code to the page of the text.
func (d *Door) giveCode(w http.ResponseWriter, r *http.Request) error {
	form := frame.NewAnswers(r)
	if err := form.Fill(porch.ReadFormUpTo(r, porch.MaxAgain)); err != nil {
		return err
	}
	kept := form.Typed.Raw(frame.KeptField)
	var token string
	status, err := form.Prove(func() (err error) {
		token, err = d.Office.ProveSlip(r.Context(), office.Proof{Number: form.Typed.Text("number"), Code: form.Typed.Text("code"), From: porch.Client(r)})
		return err
	})
	if err != nil {
		return err
	} else if status != http.StatusOK {
		return d.slipPage(w, r, status, slipForm{form: form, late: kept != "", kept: kept})
	}
	if kept == "" {
		return porch.SeeOther(w, r, frame.ConfirmTo+token)
	}
	again := frame.NewAnswers(r)
	if err := again.Fill(porch.Typed(kept), nil); err != nil {
		return err
	}
	return d.page(w, r, http.StatusOK, token, again)
}
