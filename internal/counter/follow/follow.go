// Package follow is the complainant's own page, for who knows the number and the code: where
// the complaint is, what was sent, who opened the name, and what can be said to us.
package follow

import (
	"net/http"

	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// Door is the page to follow a complaint on.
type Door struct{ frame.Rooms }

// The addresses below the page.
const (
	leavePath   = frame.FollowPath + "/uit"
	messagePath = frame.FollowPath + "/bericht"
	settlePath  = frame.FollowPath + "/uitstel"
	stopPath    = frame.FollowPath + "/stoppen"
	detailsPath = frame.FollowPath + "/gegevens"
	solvedPath  = frame.FollowPath + "/opgelost"
	letterPath  = frame.FollowPath + "/brieven/"
)

// Routes lists the addresses of following. All are open: who showed a code is asked here.
func (d *Door) Routes() []porch.Route {
	return []porch.Route{
		{Pattern: "GET " + frame.FollowPath, Handler: d.show, Open: true},
		{Pattern: "POST " + frame.FollowPath, Handler: d.enter, Open: true},
		{Pattern: "POST " + leavePath, Handler: d.leave, Open: true},
		{Pattern: "POST " + messagePath, Handler: d.visiting(d.write), Open: true},
		{Pattern: "POST " + settlePath, Handler: d.visiting(d.settle), Open: true},
		{Pattern: "GET " + stopPath, Handler: d.visiting(d.askStop), Open: true},
		{Pattern: "POST " + stopPath, Handler: d.visiting(d.stop), Open: true},
		{Pattern: "GET " + detailsPath, Handler: d.visiting(d.askDetails), Open: true},
		{Pattern: "POST " + detailsPath, Handler: d.visiting(d.change), Open: true},
		{Pattern: "POST " + solvedPath, Handler: d.visiting(d.solved), Open: true},
		{Pattern: "POST " + letterPath + "{letter}", Handler: d.visiting(d.letter), Open: true},
	}
}

// visit is somebody who showed number and code, with the form they sent.
type visit struct {
	who  complaint.Person
	form *frame.Answers
}

// handler answers somebody who showed number and code.
type handler func(w http.ResponseWriter, r *http.Request, x visit) error

// visiting lets in who showed number and code. Who did not, or came too late, gives them
// first; a message that was typed goes along.
func (d *Door) visiting(h handler) porch.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		who, err := d.visitor(r)
		if complaint.IsKind(err, complaint.NotFound) {
			if r.Method != http.MethodPost {
				return porch.SeeOther(w, r, frame.FollowPath)
			}
			return d.tooLate(w, r)
		}
		if err != nil {
			return err
		}
		return h(w, r, visit{who: who, form: frame.NewAnswers(r)})
	}
}

// cookie is the name of the cookie with the visit's token. It is there only for who showed
// a code. With TLS the browser itself sees that nobody else sets it.
func cookie(r *http.Request) string {
	if porch.IsSecure(r) {
		return "__Host-gehoor-volgen"
	}
	return "gehoor-volgen"
}

func setCookie(w http.ResponseWriter, r *http.Request, token string) {
	c := &http.Cookie{Name: cookie(r), Value: token, Path: "/", HttpOnly: true, Secure: porch.IsSecure(r), SameSite: http.SameSiteStrictMode}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

func token(r *http.Request) string {
	if c, err := r.Cookie(cookie(r)); err == nil {
		return c.Value
	}
	return ""
}

func (d *Door) visitor(r *http.Request) (complaint.Person, error) {
	if token(r) == "" {
		return complaint.Person{}, complaint.ErrNotFound
	}
	return d.Office.Visitor(r.Context(), token(r))
}

// show shows the complaint, or asks for number and code.
func (d *Door) show(w http.ResponseWriter, r *http.Request) error {
	who, err := d.visitor(r)
	switch {
	case complaint.IsKind(err, complaint.NotFound):
		if token(r) != "" {
			setCookie(w, r, "")
		}
		return d.ask(w, r, http.StatusOK, askPage{form: frame.NewAnswers(r)})
	case err != nil:
		return err
	}
	return d.own(w, r, http.StatusOK, visit{who: who, form: frame.NewAnswers(r)})
}

// askPage asks for number and code.
type askPage struct {
	voice        *words.Voice
	phone        string
	form         *frame.Answers
	number, code page.Field
	late         bool   // the visit was over
	kept         string // a message that was typed and not sent
}

// keptField carries a message that could not be sent, past number and code.
const keptField = "bewaard"

func (d *Door) ask(w http.ResponseWriter, r *http.Request, status int, p askPage) error {
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	v := porch.Voice(r)
	p.voice, p.phone = v, org.Phone
	p.number = p.form.Ask(page.Field{Name: "number", Label: v.Say("counter.slip.number"), Hint: v.Say("counter.slip.number_hint"), Width: page.Width20, InputMode: "numeric"})
	p.code = p.form.Ask(page.Field{Name: "code", Label: v.Say("counter.follow.code"), Hint: v.Say("counter.follow.code_hint"), Width: page.Width20, InputMode: "numeric"})
	p.code.Value = "" // a code is typed anew
	return d.Show(w, r, status, frame.Page{Title: v.Say("counter.follow.title"), Place: frame.FollowPath, Failed: p.form.Failed(), Body: askFor(p)})
}

// enter takes number and code.
func (d *Door) enter(w http.ResponseWriter, r *http.Request) error {
	form, err := frame.ReadAnswers(r)
	if err != nil {
		return err
	}
	kept := form.Typed.Raw(keptField)
	token, err := d.Office.Follow(r.Context(), office.Proof{Number: form.Typed.Text("number"), Code: form.Typed.Text("code"), From: porch.Client(r)})
	if status, err := form.Proved(err); err != nil {
		return err
	} else if status != http.StatusOK {
		return d.ask(w, r, status, askPage{form: form, kept: kept})
	}
	setCookie(w, r, token)
	if kept == "" {
		return porch.SeeOther(w, r, frame.FollowPath)
	}
	who, err := d.Office.Visitor(r.Context(), token)
	if err != nil {
		return err
	}
	x := visit{who: who, form: frame.NewAnswers(r)}
	x.form.Posted, x.form.Typed.Values = true, map[string][]string{"said": {kept}}
	return d.own(w, r, http.StatusOK, x)
}

// tooLate asks for number and code again, and keeps what was typed.
func (d *Door) tooLate(w http.ResponseWriter, r *http.Request) error {
	form, err := porch.ReadUpload(r, func(porch.Form, porch.File) error { return nil })
	if err != nil && !complaint.IsKind(err, complaint.Invalid) {
		return err
	}
	setCookie(w, r, "")
	return d.ask(w, r, http.StatusUnauthorized, askPage{form: frame.NewAnswers(r), late: true, kept: form.Text("said")})
}

// leave ends the visit.
func (d *Door) leave(w http.ResponseWriter, r *http.Request) error {
	if t := token(r); t != "" {
		if err := d.Office.Leave(r.Context(), t); err != nil {
			return err
		}
	}
	setCookie(w, r, "")
	return porch.SeeOther(w, r, frame.FollowPath)
}

// ownPage is the complaint on its own page.
type ownPage struct {
	voice    *words.Voice
	org      record.Organisation
	own      office.Own
	form     *frame.Answers
	done     string        // what was just done, in words
	kept     []office.Kept // files of a message that was refused
	settling bool          // the answer to a proposal came back with mistakes
}

// doneField tells, in the address, what was just done: a code of ours.
const doneField = "gedaan"

func (d *Door) own(w http.ResponseWriter, r *http.Request, status int, x visit) error {
	return d.ownWith(w, r, status, x, ownPage{})
}

func (d *Door) ownWith(w http.ResponseWriter, r *http.Request, status int, x visit, p ownPage) error {
	var err error
	if p.own, err = d.Office.LookAtOwn(r.Context(), x.who); err != nil {
		return err
	}
	if p.org, err = d.Personnel.Organisation(r.Context()); err != nil {
		return err
	}
	p.voice, p.form = porch.Voice(r), x.form
	done := r.URL.Query().Get(doneField)
	if key := "counter.follow.done." + done; p.voice.Has(key) && p.isTrue(done) {
		p.done = p.voice.Say(key)
	}
	body := ownComplaint(p)
	return d.Show(w, r, status, frame.Page{Title: p.voice.Say("counter.follow.title"), Place: frame.FollowPath, Failed: x.form.Failed(), Body: body})
}

// isTrue reports whether what an address says was done fits the complaint: anybody can
// send an address.
func (p ownPage) isTrue(done string) bool {
	switch done {
	case "gestopt":
		return p.own.State == complaint.IsWithdrawn
	case "opgelost_ja":
		return p.own.Solved == complaint.ContactSolved
	case "opgelost_nee":
		return p.own.Solved == complaint.ContactUnsolved
	}
	return true
}

// back leads to the page after something was done.
func (d *Door) back(w http.ResponseWriter, r *http.Request, done string) error {
	return porch.SeeOther(w, r, frame.FollowPath+"?"+doneField+"="+done)
}

// refused says what cannot be done now, on the page as it stands; other errors come back.
func (d *Door) refused(w http.ResponseWriter, r *http.Request, x visit, p ownPage, err error) error {
	if complaint.IsKind(err, complaint.Refused) || complaint.IsKind(err, complaint.Stale) || complaint.IsKind(err, complaint.UsedKey) {
		x.form.Whole, x.form.Key = porch.Voice(r).Say("counter.follow.not_now"), porch.NewKey()
		return d.ownWith(w, r, http.StatusConflict, x, p)
	}
	if err := x.form.Take(err); err != nil {
		return err
	}
	return d.ownWith(w, r, http.StatusUnprocessableEntity, x, p)
}
