// Package follow is the complainant's own page, for who knows the number and the code: where
// the complaint is, what was sent, who opened the name, and what can be said to us.
package follow

import (
	"net/http"
	"slices"
	"time"

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

// The forms of these pages that a switch of language takes along.
const (
	enterID   = "nummer-en-code"
	messageID = "nieuw-bericht"
	settleID  = "ander-uitstel"
	stopID    = "stop"
	detailsID = "uw-gegevens"
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
	who    complaint.Person
	form   *frame.Answers
	unsent *unsent // the form was sent when the visit was over
}

// handler answers somebody who showed number and code.
type handler func(w http.ResponseWriter, r *http.Request, x visit) error

// visiting lets in who showed number and code. Who did not, or came too late, gives them
// first; what was typed goes along.
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
	voice  *words.Voice
	org    record.Organisation
	own    office.Own
	form   *frame.Answers
	unsent *unsent       // the visit was over when the form was sent
	done   string        // what was just done, in words
	kept   []office.Kept // files of a message that was refused
	fields struct{ answer, why, said, file page.Field }
}

// isWritten reports whether letters reach who complains.
func (p ownPage) isWritten() bool { return p.own.Level != complaint.Nameless }

// doneField tells, in the address, what was just done: a code of ours.
const (
	doneField = "gedaan"
	stopped   = "gestopt"
)

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
	p.voice, p.form, p.unsent = porch.Voice(r), x.form, x.unsent
	done := r.URL.Query().Get(doneField)
	if key := "counter.follow.done." + done; p.voice.Has(key) && p.isTrue(done, d.Office.Now()) {
		p.done = p.voice.Say(key)
		if done == stopped && p.isWritten() {
			p.done += " " + p.voice.Say("counter.follow.stop.told")
		}
	}
	p.ask()
	typing, body := p.typing(r), ownComplaint(p)
	return d.Show(w, r, status, frame.Page{Title: p.voice.Say("counter.follow.title"), Place: frame.FollowPath, Failed: x.form.Failed(), Typing: typing, Steady: x.form.Posted && typing.Form == "", Body: body})
}

// typing is the form of the page that came back; nothing, when it does not stand here now.
func (p ownPage) typing(r *http.Request) frame.Typing {
	sent := r.URL.Path
	if p.unsent != nil {
		sent = p.unsent.url
	}
	switch {
	case sent == settlePath && p.own.Can(complaint.TaskSettle):
		return frame.CameBack(r, settleID, settlePath)
	case sent == messagePath && p.own.Can(complaint.TaskContact):
		return frame.CameBack(r, messageID, messagePath)
	}
	return frame.Typing{}
}

// isTrue reports whether what an address says was just done is so: anybody can send an
// address, and a browser keeps it.
func (p ownPage) isTrue(done string, now time.Time) bool {
	switch done {
	case stopped:
		return p.own.State == complaint.IsWithdrawn
	case "opgelost_ja":
		return p.own.Solved == complaint.ContactSolved
	case "opgelost_nee":
		return p.own.Solved == complaint.ContactUnsolved
	}
	return slices.ContainsFunc(p.own.Events, func(e office.OwnEvent) bool {
		return e.Actor == complaint.ByComplainant && now.Sub(e.At) < lately && slices.Contains(doneBy[done], e.Kind)
	})
}

// lately is how long a page says that something was just done.
const lately = 10 * time.Minute

// doneBy are the events that what was done left behind.
var doneBy = map[string][]complaint.Kind{
	"bericht":  {complaint.ContactMade, complaint.AttachmentAdded},
	"uitstel":  {complaint.ExtensionSettled},
	"gegevens": {complaint.IdentityChanged},
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
