package desk

import (
	"encoding/base32"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// codePath is where somebody gives a code who gave the password already.
const codePath = porch.LogInPath + "/code"

// codePage asks for a code; with a secret, an app must be connected first.
type codePage struct {
	q      *questions
	Secret []byte
	URI    string
	Hidden []page.Hidden
}

func (p codePage) field() page.Field {
	f := page.Field{Name: personnel.FieldCode, Label: p.q.v.Say("code.code"), Error: p.q.wrong[personnel.FieldCode], Autocomplete: "one-time-code", Width: page.Width20, Autofocus: !p.q.failed()}
	if len(p.Secret) == 0 {
		f.Hint = p.q.v.Say("code.code_hint")
	}
	return f
}

// carried are what a form keeps while somebody logs in: where to go, and what was typed.
func carried(back, kept string) []page.Hidden {
	return logInPage{Back: back, Again: porch.Again{Kept: kept}}.hidden()
}

func (e *Entry) showCode(w http.ResponseWriter, r *http.Request) error {
	return e.codeForm(w, r, porch.Token(r), newQuestions(r), carried(porch.LocalPath(r.URL.Query().Get("terug")), ""))
}

// codeForm is the page for who is halfway; anybody else begins anew.
func (e *Entry) codeForm(w http.ResponseWriter, r *http.Request, token string, q *questions, hidden []page.Hidden) error {
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
	f := e.public(r, q.v.Say("code.title"))
	f.Failed = q.failed()
	status := http.StatusOK
	if q.failed() {
		status = http.StatusUnprocessableEntity
	}
	return porch.Show(w, r, status, codeTempl(f, p))
}

// otpauth is the secret as apps take it over.
func (e *Entry) otpauth(r *http.Request, staff record.Staff, secret []byte) string {
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
func groupedSecret(secret []byte) string {
	text := plainSecret(secret)
	var groups []string
	for len(text) > 4 {
		groups, text = append(groups, text[:4]), text[4:]
	}
	return strings.Join(append(groups, text), " ")
}

func (e *Entry) giveCode(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	form, err := porch.ReadFormUpTo(r, porch.MaxAgain)
	if err := q.wrong.take(q.v, err); err != nil {
		return err
	}
	back, kept := porch.LocalPath(form.Raw("terug")), form.Raw("bewaard")
	token, staff, recovery, err := e.Personnel.GiveCode(r.Context(), porch.Token(r), form.Text(personnel.FieldCode))
	if complaint.IsKind(err, complaint.NotFound) {
		return porch.SeeOther(w, r, porch.LogInPath)
	}
	if err := q.take(err); err != nil {
		return err
	}
	if q.failed() {
		return e.codeForm(w, r, porch.Token(r), q, carried(back, kept))
	}
	porch.Remember(w, r, token)
	if len(recovery) == 0 {
		return e.letIn(w, r, staff, back, kept)
	}
	return porch.Show(w, r, http.StatusOK, recoveryTempl(e.public(r, q.v.Say("code.recovery")), recovery, homeFor(back), porch.Restore(kept, staff.ID)))
}

// letIn leads somebody on who is logged in now.
func (e *Entry) letIn(w http.ResponseWriter, r *http.Request, staff record.Staff, back, kept string) error {
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
func (e *Entry) ownFactor(w http.ResponseWriter, r *http.Request) error {
	return e.factorPage(w, r, newQuestions(r), newQuestions(r))
}

func (e *Entry) factorPage(w http.ResponseWriter, r *http.Request, q, stop *questions) error {
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
		parts = append(parts, para(q.v.Count("code.left", st.Left)),
			manageSection("nieuw", q.v.Say("code.renew"), []templ.Component{codeAsk(ownFactorPath, code, q.v.Say("code.renew_send"))}))
		if !st.Asked {
			password := stop.line(personnel.FieldPassword, "login.password", "", ofType("password", "current-password"), func(f *page.Field) { f.Value = "" })
			parts = append(parts, manageSection("stop", q.v.Say("code.stop"), []templ.Component{
				manageForm(ownFactorPath+"/stop", nil, []templ.Component{password}, page.Button{Label: q.v.Say("code.stop"), Kind: page.Danger})}))
		}
	} else {
		if code.Secret, err = e.Personnel.Secret(r.Context(), staff); err != nil {
			return err
		}
		code.URI = e.otpauth(r, staff, code.Secret)
		parts = append(parts, codeAsk(ownFactorPath, code, q.v.Say("code.connect")))
	}
	mistakes := append(page.Mistakes(code.field()), stop.mistakes()...)
	return e.ownPage(w, r, managed{Voice: q.v, Title: q.v.Say("code.own"), Meaning: q.v.Say("code.own_meaning"), Mistakes: mistakes, Parts: parts})
}

// ownPage draws a page below one's own account.
func (e *Entry) ownPage(w http.ResponseWriter, r *http.Request, p managed) error {
	p.Back = backTo(p.Voice, "account.title", accountPath)
	if p.Done == "" {
		p.Done = manageDone(p.Voice, r)
	}
	f, err := e.atWork(r, staffPage{Title: p.Title, Place: accountPath, Failed: len(p.Mistakes) > 0})
	if err != nil {
		return err
	}
	status := http.StatusOK
	if len(p.Mistakes) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return porch.Show(w, r, status, inFrame(f, managedTempl(p)))
}

func (e *Entry) useApp(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	if err := q.read(r); err != nil {
		return err
	}
	recovery, err := e.Personnel.UseApp(r.Context(), porch.Who(r).Staff, q.typed.Text(personnel.FieldCode))
	if err := q.take(err); err != nil {
		return err
	}
	if q.failed() {
		return e.factorPage(w, r, q, newQuestions(r))
	}
	f, err := e.atWork(r, staffPage{Title: q.v.Say("code.recovery"), Place: accountPath})
	if err != nil {
		return err
	}
	return porch.Show(w, r, http.StatusOK, recoveryTempl(f, recovery, accountPath, nil))
}

func (e *Entry) stopFactor(w http.ResponseWriter, r *http.Request) error {
	q := newQuestions(r)
	if err := q.read(r); err != nil {
		return err
	}
	if err := q.take(e.Personnel.StopFactor(r.Context(), porch.Who(r).Staff, q.typed.Raw(personnel.FieldPassword))); err != nil {
		return err
	}
	if q.failed() {
		return e.factorPage(w, r, newQuestions(r), q)
	}
	return porch.SeeOther(w, r, address(accountPath, doneField, "gestopt"))
}
