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
	ask := func(name, value, kind, fill string, width page.Width) {
		p.fields = append(p.fields, x.form.Ask(page.Field{Name: name, Label: v.Say("counter.follow.details." + name), Value: value, Type: kind, Autocomplete: fill, Width: width}))
	}
	ask("street", now.Street, "", "address-line1", page.Full)
	ask("house", now.House, "", "", page.Width7)
	ask("postcode", now.Postcode, "", "postal-code", page.Width7)
	ask("town", now.Town, "", "address-level2", page.Width20)
	ask("country", now.Country, "", "country-name", page.Width20)
	ask("phone", now.Phone, "tel", "tel", page.Width20)
	ask("mobile", now.Mobile, "tel", "", page.Width20)
	ask("email", now.Email, "email", "email", page.Full)
	p.way = x.form.Ask(page.Field{Name: "way", Label: v.Say("counter.follow.details.way"), Value: now.Way, Title: true})
	for _, way := range []string{"letter", "email", "phone"} {
		if way != "phone" || now.Way == way { // reading aloud is arranged by telephone
			p.way.Options = append(p.way.Options, page.Option{Value: way, Label: v.Say("counter.follow.details.way." + way)})
		}
	}
	return d.Show(w, r, status, frame.Page{Title: v.Say("counter.follow.details.title"), Failed: x.form.Failed(), Steady: x.form.Posted, Body: detailsForm(p)})
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
