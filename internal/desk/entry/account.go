package entry

import (
	"net/http"

	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// accountPage shows who somebody is here.
type accountPage struct {
	Voice *words.Voice
	Staff record.Staff
	Done  string
	Code  bool // a second factor can be used
	Off   bool // the organisation sends no word of work
}

func (p accountPage) facts() []page.Pair {
	pairs := []page.Pair{
		{Term: p.Voice.Say("account.name"), Value: p.Staff.Name},
		{Term: p.Voice.Say("account.email"), Value: p.Staff.Email},
		{Term: p.Voice.Say("account.roles"), Value: roleNames(p.Voice, p.Staff)},
	}
	if p.Staff.Function != "" {
		pairs = append(pairs, page.Pair{Term: p.Voice.Say("account.function"), Value: p.Staff.Function})
	}
	return pairs
}

// ways lead to what somebody can change of how they log in.
func (p accountPage) ways() []page.Button {
	buttons := []page.Button{{Label: p.Voice.Say("account.password"), Href: porch.PasswordPath}, {Label: p.Voice.Say("session.title"), Href: frame.OwnSessionsPath}}
	if p.Code {
		buttons = append(buttons, page.Button{Label: p.Voice.Say("code.own"), Href: frame.OwnFactorPath})
	}
	return buttons
}

func roleNames(v *words.Voice, s record.Staff) string {
	s.Function = ""
	return frame.Function(v, s)
}

func (p accountPage) language() page.Field {
	f := page.Field{Name: "language", Label: p.Voice.Say("account.language"), Value: p.Voice.Lang(), Inline: true}
	for _, lang := range words.Languages() {
		f.Options = append(f.Options, page.Option{Value: lang, Label: p.Voice.Say("language." + lang)})
	}
	return f
}

func (e *Door) account(w http.ResponseWriter, r *http.Request) error {
	p := accountPage{Voice: porch.Voice(r), Staff: porch.Who(r).Staff}
	if r.URL.Query().Get("gedaan") == "wachtwoord" {
		p.Done = p.Voice.Say("account.saved")
	} else if r.URL.Query().Get(frame.DoneField) == "gestopt" {
		p.Done = p.Voice.Say("code.stopped")
	}
	if r.URL.Query().Get(frame.DoneField) == doneNotices {
		p.Done = p.Voice.Say("notice.saved")
	}
	org, err := e.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	p.Off = org.NoNotices
	factor, err := e.Personnel.FactorOf(r.Context(), p.Staff)
	if err != nil {
		return err
	}
	p.Code = factor.Possible
	f, err := e.atWork(r, frame.Page{Title: p.Voice.Say("account.title"), Place: frame.AccountPath})
	if err != nil {
		return err
	}
	return porch.Show(w, r, http.StatusOK, accountTempl(f, p))
}

// atWork is the frame of the desk; without a desk around it, the public one.
func (e *Door) atWork(r *http.Request, p frame.Page) (page.Frame, error) {
	if e.Frame == nil {
		f := e.public(r, p.Title)
		f.Failed = p.Failed
		return f, nil
	}
	return e.Frame(r, p)
}

// speak keeps the choice of language in the visitor's own browser, and changes
// nothing here: so it may be a link.
func (e *Door) speak(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	porch.Speak(w, r, q.Get("lang"))
	return porch.SeeOther(w, r, q.Get("terug"))
}

// changeLanguage keeps it in the account.
func (e *Door) changeLanguage(w http.ResponseWriter, r *http.Request) error {
	form, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	lang := form.Text("language")
	if who := porch.Who(r).Person; who.ID != "" {
		if err := e.Personnel.ChangeLanguage(r.Context(), who, lang); err != nil {
			return err
		}
	}
	porch.Speak(w, r, lang)
	return porch.SeeOther(w, r, form.Raw("terug"))
}

// passwordPage is the form for another password.
type passwordPage struct {
	Voice *words.Voice
	First bool // the password of now is a start password
	wrong frame.Wrong
}

func (p passwordPage) title() string {
	if p.First {
		return p.Voice.Say("password.first_title")
	}
	return p.Voice.Say("password.title")
}

func (p passwordPage) fields() []page.Field {
	old := p.Voice.Say("password.old")
	if p.First {
		old = p.Voice.Say("password.old_first")
	}
	fields := []page.Field{
		{Name: "old", ID: "old_password", Label: old, Autocomplete: "current-password"},
		{Name: "password", Label: p.Voice.Say("password.new"), Hint: p.Voice.Say("password.new_hint"), Autocomplete: "new-password"},
		{Name: "password_again", Label: p.Voice.Say("password.again"), Autocomplete: "new-password"},
	}
	for i := range fields {
		f := &fields[i]
		f.Type, f.Error = "password", p.wrong[f.Name]
	}
	fields[0].Name = "old_password" // never kept, should the session end meanwhile
	return fields
}

func (e *Door) showPassword(w http.ResponseWriter, r *http.Request) error {
	return e.passwordForm(w, r, http.StatusOK, nil)
}

func (e *Door) passwordForm(w http.ResponseWriter, r *http.Request, status int, bad frame.Wrong) error {
	staff := porch.Who(r).Staff
	p := passwordPage{Voice: porch.Voice(r), First: staff.MustChange, wrong: bad}
	f := e.public(r, p.title())
	if !p.First {
		var err error
		if f, err = e.atWork(r, frame.Page{Title: p.title(), Place: frame.AccountPath}); err != nil {
			return err
		}
	}
	f.Failed = len(bad) > 0
	return porch.Show(w, r, status, passwordTempl(f, p))
}

func (e *Door) changePassword(w http.ResponseWriter, r *http.Request) error {
	form, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	staff := porch.Who(r).Staff
	err = e.Personnel.ChangePassword(r.Context(), staff, porch.Token(r),
		personnel.NewPassword{Old: form.Raw("old_password"), New: form.Raw("password"), Again: form.Raw("password_again")})
	bad := frame.Wrong{}
	if err := bad.Take(porch.Voice(r), err); err != nil {
		return err
	}
	switch {
	case len(bad) > 0:
		return e.passwordForm(w, r, http.StatusUnprocessableEntity, bad)
	case staff.MustChange:
		return e.goIn(w, r, staff, frame.WorkPath)
	}
	return porch.SeeOther(w, r, frame.AccountPath+"?gedaan=wachtwoord")
}
