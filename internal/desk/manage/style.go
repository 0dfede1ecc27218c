package manage

import (
	"io"
	"net/http"

	"github.com/a-h/templ"

	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

const stylePath = settingsPath + "/huisstijl"

func (d *Door) styleRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET " + stylePath, Handler: d.style},
		{Pattern: "POST " + stylePath, Handler: d.saveStyle},
		{Pattern: "POST " + stylePath + "/terug", Handler: d.leaveStyle},
	}
}

func (d *Door) style(w http.ResponseWriter, r *http.Request) error {
	return d.stylePage(w, r, frame.NewQuestions(r))
}

// stylePage asks for a logo and two colours; what is there now stands above.
func (d *Door) stylePage(w http.ResponseWriter, r *http.Request, q *frame.Questions) error {
	org, version, err := d.Personnel.Settings(r.Context(), porch.Who(r).Person)
	if err != nil {
		return err
	}
	v := q.Voice
	file := q.Ask(personnel.FieldLogo, "style.logo", "", frame.Optional, frame.Hint(v.Say("style.logo_hint")), func(f *page.Field) { f.Accept = "image/png,image/jpeg" })
	fields := []templ.Component{
		page.FileInput(v, file),
		q.Line(personnel.FieldAccent, "style.accent", org.Accent, frame.Optional, frame.Narrow, frame.Hint(v.Say("style.accent_hint", "Own", record.OwnAccent))),
		q.Line(personnel.FieldAccentDark, "style.accent_dark", org.AccentDark, frame.Optional, frame.Narrow, frame.Hint(v.Say("style.accent_dark_hint", "Own", record.OwnAccentDark))),
	}
	form := uploadForm(stylePath, []page.Hidden{{Name: versionField, Value: version}}, fields, page.Button{Label: v.Say("button.save"), Kind: page.Primary})
	parts := []templ.Component{form}
	if org.Logo != "" {
		parts = append([]templ.Component{ownLogo(v.Say("style.logo_now"), org)}, parts...)
	}
	if org.Logo != "" || org.Accent != "" || org.AccentDark != "" {
		parts = append(parts, frame.PressForm(frame.Pressing{URL: stylePath + "/terug", Press: v.Say("style.undo"), Label: v.Say("style.undo"), Text: v.Say("style.undo_text"), Icon: page.IconUndo, Fold: true}))
	}
	return d.showManaged(w, r, frame.Managed{Voice: v, Title: v.Say("style.title"), Meaning: v.Say("style.meaning"), Place: settingsPath,
		Back: frame.BackTo(v, "people.settings", settingsPath), Mistakes: q.Mistakes(), Parts: parts})
}

func (d *Door) saveStyle(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	var logo []byte
	form, err := porch.ReadUpload(r, func(_ porch.Form, file porch.File) (err error) {
		if file.Field == personnel.FieldLogo { // one byte more than may: the task says what is wrong
			logo, err = io.ReadAll(io.LimitReader(file.Body, personnel.MostLogoBytes+1))
		}
		return err
	})
	q.Typed, q.Posted = form, true
	if err := q.Take(err); err != nil {
		return err
	}
	if !q.Failed() {
		f := personnel.StyleForm{Accent: form.Text(personnel.FieldAccent), AccentDark: form.Text(personnel.FieldAccentDark), Logo: logo}
		if err := q.Take(d.Personnel.ChangeStyle(r.Context(), porch.Who(r).Person, form.Text(versionField), f)); err != nil {
			return err
		}
	}
	if q.Failed() {
		return d.stylePage(w, r, q)
	}
	return porch.SeeOther(w, r, frame.Address(stylePath, frame.DoneField, "bewaard"))
}

func (d *Door) leaveStyle(w http.ResponseWriter, r *http.Request) error {
	if _, err := porch.ReadForm(r); err != nil {
		return err
	}
	if err := d.Personnel.LeaveStyle(r.Context(), porch.Who(r).Person); err != nil {
		return err
	}
	return porch.SeeOther(w, r, frame.Address(stylePath, frame.DoneField, "bewaard"))
}
