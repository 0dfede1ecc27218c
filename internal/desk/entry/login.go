package entry

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
	"gehoor/internal/personnel"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// Door is how one comes in: the pages for logging in, the first set-up, one's own
// account, and what the porch has to say.
type Door struct {
	Personnel *personnel.Personnel
	Porch     *porch.Porch
	Log       func(task string, err error) // tells of a failure that must not stop a page

	// Frame is that of the desk, for the pages of somebody who is at work.
	Frame func(r *http.Request, p frame.Page) (page.Frame, error)
	// Outside is that of the counter, for an error page that everybody may see.
	Outside func(r *http.Request, title string) (page.Frame, error)
}

const setUpPath = "/inrichten"

// Routes lists the addresses of the entry. All are open: who must be logged in is
// asked here.
func (e *Door) Routes() []frame.Route {
	p := e.Porch
	return []frame.Route{
		{Pattern: "GET " + porch.LogInPath, Handler: e.showLogIn, Open: true},
		{Pattern: "POST " + porch.LogInPath, Handler: p.LimitLogIn(e.logIn), Open: true},
		{Pattern: "POST " + frame.LogOutPath, Handler: e.logOut, Open: true},
		{Pattern: "GET " + porch.LanguagePath, Handler: e.speak, Open: true},
		{Pattern: "POST " + porch.LanguagePath, Handler: e.changeLanguage, Open: true},
		{Pattern: "GET " + porch.PasswordPath, Handler: p.LoggedIn(e.showPassword), Open: true},
		{Pattern: "POST " + porch.PasswordPath, Handler: p.LoggedIn(e.changePassword), Open: true},
		{Pattern: "GET " + codePath, Handler: e.showCode, Open: true},
		{Pattern: "POST " + codePath, Handler: p.LimitLogIn(e.giveCode), Open: true},
		{Pattern: "GET " + frame.AccountPath, Handler: p.Staff(e.account), Open: true},
		{Pattern: "POST " + frame.OwnNoticesPath, Handler: p.Staff(e.wantNotices), Open: true},
		{Pattern: "GET " + frame.OwnSessionsPath, Handler: p.Staff(e.ownSessions), Open: true},
		{Pattern: "POST " + frame.OwnSessionsPath + "/{session}/uit", Handler: p.Staff(e.endSession), Open: true},
		{Pattern: "POST " + frame.OwnSessionsPath + "/andere/uit", Handler: p.Staff(e.endOthers), Open: true},
		{Pattern: "GET " + frame.OwnFactorPath, Handler: p.Staff(e.ownFactor), Open: true},
		{Pattern: "POST " + frame.OwnFactorPath, Handler: p.Staff(e.useApp), Open: true},
		{Pattern: "POST " + frame.OwnFactorPath + "/stop", Handler: p.Staff(e.stopFactor), Open: true},
		{Pattern: "GET " + setUpPath, Handler: e.showSetUp, Open: true},
		{Pattern: "POST " + setUpPath, Handler: p.LimitLogIn(e.setUp), Open: true},
		{Pattern: "GET " + setUpSheetPath, Handler: e.setUpSheet, Open: true},
		{Pattern: "POST " + setUpSheetPath, Handler: p.LimitLogIn(e.confirmSheet), Open: true},
		{Pattern: "POST " + setUpSheetPath + "/later", Handler: e.sheetLater, Open: true},
	}
}

// Who tells the porch whose session token it is.
func Who(p *personnel.Personnel) func(ctx context.Context, token string) (porch.Visitor, error) {
	return func(ctx context.Context, token string) (porch.Visitor, error) {
		staff, _, err := p.Who(ctx, token)
		if err != nil {
			return porch.Visitor{}, err
		}
		person, err := p.Person(ctx, staff)
		return porch.Visitor{Staff: staff, Person: person}, err
	}
}

// logInPage is the log-in form.
type logInPage struct {
	Voice   *words.Voice
	Email   string
	Back    string      // where to go afterwards
	Again   porch.Again // a form that waits to be sent once more
	Over    bool        // a session ended
	New     bool        // the register was not set up yet
	Phone   string      // of the organisation, for who has a complaint
	Minutes int         // of silence after which a session ends
	Wrong   string
}

func (p logInPage) fields() []page.Field {
	return []page.Field{
		{Name: "email", Type: "email", Label: p.Voice.Say("login.email"), Value: p.Email, Error: p.Wrong, Autocomplete: "username", Autofocus: p.Wrong == ""},
		{Name: "password", Type: "password", Label: p.Voice.Say("login.password"), Hint: p.Voice.Say("login.password_hint"), Autocomplete: "current-password"},
	}
}

func (p logInPage) hidden() []page.Hidden {
	fields := []page.Hidden{{Name: "terug", Value: p.Back}}
	if p.Again.Kept != "" {
		fields = append(fields, page.Hidden{Name: "bewaard", Value: p.Again.Kept})
	}
	return fields
}

// newLogIn gives the log-in page as it is before anybody typed.
func (e *Door) newLogIn(r *http.Request) logInPage {
	idle := e.Personnel.Idle
	if idle == 0 {
		idle = time.Hour
	}
	p := logInPage{Voice: porch.Voice(r), Minutes: int(idle.Minutes())}
	if org, err := e.Personnel.Organisation(r.Context()); err == nil {
		p.Phone = org.Phone
	}
	return p
}

func (e *Door) showLogIn(w http.ResponseWriter, r *http.Request) error {
	back := porch.LocalPath(r.URL.Query().Get("terug"))
	if porch.Who(r).Person.ID != "" {
		return porch.SeeOther(w, r, homeFor(back))
	}
	done, err := e.Personnel.IsSetUp(r.Context())
	if err != nil {
		return err
	}
	p := e.newLogIn(r)
	p.Back, p.New, p.Over = back, !done, porch.Token(r) != ""
	return porch.Show(w, r, http.StatusOK, e.logInPage(r, p))
}

// homeFor gives the page to go to after logging in.
func homeFor(back string) string {
	if back = porch.LocalPath(back); back == "/" || back == porch.LogInPath || back == porch.PasswordPath {
		return frame.WorkPath
	}
	return back
}

func (e *Door) logIn(w http.ResponseWriter, r *http.Request) error {
	form, err := porch.ReadFormUpTo(r, porch.MaxAgain)
	if err != nil && !complaint.IsKind(err, complaint.Invalid) {
		return err
	}
	token, staff, err := e.Personnel.LogIn(r.Context(), form.Text("email"), form.Raw("password"))
	back, kept := porch.LocalPath(form.Raw("terug")), form.Raw("bewaard")
	var no *complaint.Error
	if errors.As(err, &no) && (no.Kind == complaint.Invalid || no.Kind == complaint.Refused) {
		p := e.newLogIn(r)
		p.Email, p.Back, p.Again, p.Wrong = form.Text("email"), back, porch.Again{URL: back, Kept: kept}, p.Voice.Say(no.Key, no.Args...)
		return porch.Show(w, r, statusOf(no), e.logInPage(r, p))
	}
	if err != nil {
		return err
	}
	porch.Remember(w, r, token)
	_, _, err = e.Personnel.Halfway(r.Context(), token)
	if err == nil {
		return e.codeForm(w, r, token, frame.NewQuestions(r), carried(back, kept))
	}
	if !complaint.IsKind(err, complaint.NotFound) {
		return err
	}
	return e.letIn(w, r, staff, back, kept)
}

// goIn leads somebody who just logged in to the page they came for; a director who has
// grants to look at sees those first.
func (e *Door) goIn(w http.ResponseWriter, r *http.Request, staff record.Staff, back string) error {
	look, err := e.Personnel.LookAt(r.Context(), staff.Person())
	if err != nil {
		return err
	}
	if look != nil {
		return porch.SeeOther(w, r, frame.GrantsPath)
	}
	return porch.SeeOther(w, r, homeFor(back))
}

func statusOf(no *complaint.Error) int {
	if no.Kind == complaint.Refused {
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

func (e *Door) logOut(w http.ResponseWriter, r *http.Request) error {
	if token := porch.Token(r); token != "" {
		if err := e.Personnel.LogOut(r.Context(), token); err != nil {
			return err
		}
	}
	porch.Forget(w, r)
	return porch.SeeOther(w, r, porch.LogInPath)
}

// Problem is an error page: in the frame of the desk for who is at work and in that of the
// counter for everybody else, as long as the register answers.
func (e *Door) Problem(r *http.Request, p porch.Problem) porch.Component {
	if porch.Who(r).Person.ID != "" && p.Status < http.StatusInternalServerError {
		if f, err := e.atWork(r, frame.Page{Title: p.Title}); err == nil {
			return problemPage(f, p)
		}
	}
	if e.Outside != nil && p.Status < http.StatusInternalServerError {
		if f, err := e.Outside(r, p.Title); err == nil {
			return problemPage(f, p)
		}
	}
	return problemPage(e.public(r, p.Title), p)
}

// LogInAgain is the log-in page for who posted a form after the session ended.
func (e *Door) LogInAgain(r *http.Request, a porch.Again) porch.Component {
	p := e.newLogIn(r)
	p.Back, p.Again, p.Over = a.URL, a, true
	return e.logInPage(r, p)
}

func (e *Door) logInPage(r *http.Request, p logInPage) porch.Component {
	f := e.public(r, p.Voice.Say("login.title"))
	f.Failed = p.Wrong != ""
	return logInTempl(f, p)
}

// chosen names the files that must be chosen again.
func chosen(fields []page.Hidden) string {
	var names []string
	for _, f := range fields {
		if f.Name == porch.ChooseField {
			names = append(names, f.Value)
		}
	}
	return strings.Join(names, ", ")
}

// againPage offers to send once more what was typed before the session ended.
func (e *Door) againPage(r *http.Request, url string, fields []page.Hidden) porch.Component {
	return againTempl(e.public(r, porch.Voice(r).Say("login.again_title")), url, fields)
}

// public is the frame of the pages for who is not at work: the name of the
// organisation and nothing else.
func (e *Door) public(r *http.Request, title string) page.Frame {
	f := page.Frame{Voice: porch.Voice(r), Title: title, Languages: porch.Languages(r), Mast: page.Mast{Sub: porch.Voice(r).Say("common.complaints")}}
	org, err := e.Personnel.Organisation(r.Context())
	if err != nil { // an error page must come even when the register does not answer
		e.tell("organisation", err)
	}
	f.Dress(org)
	return f
}

func (e *Door) tell(task string, err error) {
	if e.Log != nil {
		e.Log(task, err)
	}
}
