package entry

import (
	"encoding/base32"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// codePath is where somebody gives a code who gave the password already.
const codePath = porch.LogInPath + "/code"

// codePage asks for a code; with a secret, an app must be connected first.
type codePage struct {
	q      *frame.Questions
	Secret []byte
	URI    string
	Hidden []page.Hidden
}

func (p codePage) field() page.Field {
	f := page.Field{Name: personnel.FieldCode, Label: p.q.Voice.Say("code.code"), Error: p.q.Wrong[personnel.FieldCode], Autocomplete: "one-time-code", Width: page.Width20, Autofocus: !p.q.Failed()}
	if len(p.Secret) == 0 {
		f.Hint = p.q.Voice.Say("code.code_hint")
	}
	return f
}

// carried are what a form keeps while somebody logs in: where to go, and what was typed.
func carried(back, kept string) []page.Hidden {
	return logInPage{Back: back, Again: porch.Again{Kept: kept}}.hidden()
}

func (e *Door) showCode(w http.ResponseWriter, r *http.Request) error {
	return e.codeForm(w, r, porch.Token(r), frame.NewQuestions(r), carried(porch.LocalPath(r.URL.Query().Get("terug")), ""))
}

// codeForm is the page for who is halfway; anybody else begins anew.
func (e *Door) codeForm(w http.ResponseWriter, r *http.Request, token string, q *frame.Questions, hidden []page.Hidden) error {
	staff, waits, err := e.Personnel.Halfway(r.Context(), token)
	if complaint.IsKind(err, complaint.NotFound) {
		return porch.SeeOther(w, r, porch.LogInPath)
	}
	if err != nil {
		return err
	}
	p := codePage{q: q, Hidden: hidden}
	if waits == personnel.WaitsForApp {
		if p.Secret, err = e.Personnel.Secret(r.Context(), staff); err != nil {
			return err
		}
		p.URI = e.otpauth(r, staff, p.Secret)
	}
	f := e.public(r, q.Voice.Say("code.title"))
	f.Failed = q.Failed()
	status := http.StatusOK
	if q.Failed() {
		status = http.StatusUnprocessableEntity
	}
	return porch.Show(w, r, status, codeTempl(f, p))
}

// otpauth is the secret as apps take it over.
func (e *Door) otpauth(r *http.Request, staff record.Staff, secret []byte) string {
	issuer := "gehoor"
	if org, err := e.Personnel.Organisation(r.Context()); err == nil && org.Name != "" {
		issuer = org.Name
	}
	query := url.Values{"secret": {plainSecret(secret)}, "issuer": {issuer}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+staff.Email) + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
}

func plainSecret(secret []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
}

// groupedSecret is the secret as one types it over: in groups of four.
func groupedSecret(secret []byte) string { return record.InFours(plainSecret(secret)) }

func (e *Door) giveCode(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	form, err := porch.ReadFormUpTo(r, porch.MaxAgain)
	if err := q.Wrong.Take(q.Voice, err); err != nil {
		return err
	}
	back, kept := porch.LocalPath(form.Raw("terug")), form.Raw("bewaard")
	token, staff, recovery, err := e.Personnel.GiveCode(r.Context(), porch.Token(r), form.Text(personnel.FieldCode))
	if complaint.IsKind(err, complaint.NotFound) {
		return porch.SeeOther(w, r, porch.LogInPath)
	}
	if err := q.Take(err); err != nil {
		return err
	}
	if q.Failed() {
		return e.codeForm(w, r, porch.Token(r), q, carried(back, kept))
	}
	porch.Remember(w, r, token)
	if len(recovery) == 0 {
		return e.letIn(w, r, staff, back, kept)
	}
	return porch.Show(w, r, http.StatusOK, recoveryTempl(e.public(r, q.Voice.Say("code.recovery")), recovery, homeFor(back), porch.Restore(kept, staff.ID)))
}

// letIn leads somebody on who is logged in now.
func (e *Door) letIn(w http.ResponseWriter, r *http.Request, staff record.Staff, back, kept string) error {
	again := porch.Restore(kept, staff.ID)
	switch {
	case staff.MustChange:
		return porch.SeeOther(w, r, porch.PasswordPath)
	case len(again) > 0:
		return porch.Show(w, r, http.StatusOK, e.againPage(r, back, again))
	case kept != "": // somebody else typed it: nothing of theirs is shown
		back = ""
	}
	return e.goIn(w, r, staff, back)
}

// ownFactor shows one's own second factor: how to begin with it, renew its recovery
// codes, or stop.
func (e *Door) ownFactor(w http.ResponseWriter, r *http.Request) error {
	return e.factorPage(w, r, frame.NewQuestions(r), frame.NewQuestions(r))
}

func (e *Door) factorPage(w http.ResponseWriter, r *http.Request, q, stop *frame.Questions) error {
	staff := porch.Who(r).Staff
	st, err := e.Personnel.FactorOf(r.Context(), staff)
	if err != nil {
		return err
	}
	if !st.Possible {
		return complaint.ErrNotFound
	}
	var parts []templ.Component
	code := codePage{q: q}
	if st.Active {
		parts = append(parts, frame.Para(q.Voice.Count("code.left", st.Left)),
			frame.Section("nieuw", q.Voice.Say("code.renew"), []templ.Component{codeAsk(frame.OwnFactorPath, code, q.Voice.Say("code.renew_send"))}))
		if !st.Asked {
			password := stop.Line(personnel.FieldPassword, "login.password", "", frame.OfType("password", "current-password"), func(f *page.Field) { f.Value = "" })
			parts = append(parts, frame.Section("stop", q.Voice.Say("code.stop"), []templ.Component{
				frame.ManagedForm(frame.OwnFactorPath+"/stop", nil, []templ.Component{password}, page.Button{Label: q.Voice.Say("code.stop"), Kind: page.Danger})}))
		}
	} else {
		if code.Secret, err = e.Personnel.Secret(r.Context(), staff); err != nil {
			return err
		}
		code.URI = e.otpauth(r, staff, code.Secret)
		parts = append(parts, codeAsk(frame.OwnFactorPath, code, q.Voice.Say("code.connect")))
	}
	mistakes := append(page.Mistakes(code.field()), stop.Mistakes()...)
	return e.ownPage(w, r, frame.Managed{Voice: q.Voice, Title: q.Voice.Say("code.own"), Meaning: q.Voice.Say("code.own_meaning"), Mistakes: mistakes, Parts: parts})
}

// ownPage draws a page below one's own account.
func (e *Door) ownPage(w http.ResponseWriter, r *http.Request, p frame.Managed) error {
	p.Back = frame.BackTo(p.Voice, "account.title", frame.AccountPath)
	if p.Done == "" {
		p.Done = frame.ManagedDone(p.Voice, r)
	}
	f, err := e.atWork(r, frame.Page{Title: p.Title, Place: frame.AccountPath, Failed: len(p.Mistakes) > 0})
	if err != nil {
		return err
	}
	status := http.StatusOK
	if len(p.Mistakes) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return porch.Show(w, r, status, frame.Whole(f, frame.ManagedPage(p)))
}

func (e *Door) useApp(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	recovery, err := e.Personnel.UseApp(r.Context(), porch.Who(r).Staff, q.Typed.Text(personnel.FieldCode))
	if err := q.Take(err); err != nil {
		return err
	}
	if q.Failed() {
		return e.factorPage(w, r, q, frame.NewQuestions(r))
	}
	f, err := e.atWork(r, frame.Page{Title: q.Voice.Say("code.recovery"), Place: frame.AccountPath})
	if err != nil {
		return err
	}
	return porch.Show(w, r, http.StatusOK, recoveryTempl(f, recovery, frame.AccountPath, nil))
}

func (e *Door) stopFactor(w http.ResponseWriter, r *http.Request) error {
	q := frame.NewQuestions(r)
	if err := q.Read(r); err != nil {
		return err
	}
	if err := q.Take(e.Personnel.StopFactor(r.Context(), porch.Who(r).Staff, q.Typed.Raw(personnel.FieldPassword))); err != nil {
		return err
	}
	if q.Failed() {
		return e.factorPage(w, r, frame.NewQuestions(r), q)
	}
	return porch.SeeOther(w, r, frame.Address(frame.AccountPath, frame.DoneField, "gestopt"))
}
