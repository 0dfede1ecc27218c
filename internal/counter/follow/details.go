package follow

import (
	"net/http"

	"gehoor/internal/counter/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/words"
)

// detailsPage asks how to reach the complainant.
type detailsPage struct {
	voice  *words.Voice
	phone  string
	form   *frame.Answers
	unsent *unsent
	name   string
	fields []page.Field
	way    page.Field
}

func (d *Door) askDetails(w http.ResponseWriter, r *http.Request, x visit) error {
	return d.detailsPage(w, r, http.StatusOK, x)
}

func (d *Door) detailsPage(w http.ResponseWriter, r *http.Request, status int, x visit) error {
	v := porch.Voice(r)
	now, _, err := d.Office.LookAtDetails(r.Context(), x.who)
	if err != nil {
		return d.refused(w, r, x, ownPage{}, err)
	}
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	p := detailsPage{voice: v, phone: org.Phone, form: x.form, unsent: x.unsent, name: now.Name}
	ask := func(f page.Field) {
		f.Label = v.Say("form." + f.Name) // the words of the form
		for _, hint := range []string{"form." + f.Name + ".hint", "counter.follow.details." + f.Name + ".hint"} {
			if v.Has(hint) {
				f.Hint = v.Say(hint)
			}
		}
		p.fields = append(p.fields, x.form.Ask(f))
	}
	ask(page.Field{Name: "street", Value: now.Street, Autocomplete: "address-line1", Width: page.Full})
	ask(page.Field{Name: "house", Value: now.House, Width: page.Width7})
	ask(page.Field{Name: "postcode", Value: now.Postcode, Autocomplete: "postal-code", Width: page.Width7})
	ask(page.Field{Name: "town", Value: now.Town, Autocomplete: "address-level2", Width: page.Width20})
	ask(page.Field{Name: "country", Value: now.Country, Autocomplete: "country-name", Width: page.Width20, Optional: true})
	ask(page.Field{Name: "phone", Value: now.Phone, Type: "tel", Autocomplete: "tel", Width: page.Width20, Optional: true})
	ask(page.Field{Name: "mobile", Value: now.Mobile, Type: "tel", Width: page.Width20, Optional: true})
	ask(page.Field{Name: "email", Value: now.Email, Type: "email", Autocomplete: "email", Width: page.Full})
	p.way = x.form.Ask(page.Field{Name: "way", Label: v.Say("counter.follow.details.way"), Value: now.Way, Title: true})
	for _, way := range []string{"letter", "email", "phone"} {
		if way != "phone" || now.Way == way { // reading aloud is arranged by telephone
			p.way.Options = append(p.way.Options, page.Option{Value: way, Label: v.Say("counter.follow.details.way." + way)})
		}
	}
	return d.Show(w, r, status, frame.Page{Title: v.Say("counter.follow.details.title"), Failed: x.form.Failed(), Typing: frame.CameBack(r, detailsID, detailsPath), Body: detailsForm(p)})
}

// change takes new details.
func (d *Door) change(w http.ResponseWriter, r *http.Request, x visit) (err error) {
	if x.form, err = frame.ReadAnswers(r); err != nil {
		return err
	}
	t := x.form.Typed
	if !x.form.Failed() {
		err = d.Office.ChangeDetails(r.Context(), x.who, office.Form{Key: x.form.Key}, office.OwnDetails{Street: t.Text("street"), House: t.Text("house"),
			Postcode: t.Text("postcode"), Town: t.Text("town"), Country: t.Text("country"), Phone: t.Text("phone"), Mobile: t.Text("mobile"),
			Email: t.Text("email"), Way: t.Text("way")})
	}
	if err == nil && !x.form.Failed() {
		return d.back(w, r, "gegevens")
	}
	if takeErr := x.form.Take(err); takeErr != nil {
		return d.refused(w, r, x, ownPage{}, takeErr)
	}
	return d.detailsPage(w, r, http.StatusUnprocessableEntity, x)
}
