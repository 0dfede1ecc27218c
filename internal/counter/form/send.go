package form

import (
	"net/http"
	"slices"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

const (
	// soonest is how long it takes at least to read and fill in five steps.
	soonest = 15 * time.Second
	// oldest is after how long a form is looked over once more before it is sent.
	oldest = 24 * time.Hour
)

// send hands the form in. It is in when the next page says so: registered, or waiting for
// somebody to look at it.
func (d *Door) send(w http.ResponseWriter, r *http.Request, s *sheet) error {
	now := d.Office.Now()
	if last := latest(s.state.Began, s.state.Renewed); now.Sub(last) > oldest {
		s.state.Renewed, s.again = now, true
		return d.show(w, r, http.StatusOK, s, stepCheck)
	}
	leave, crowded := d.Porch.Pace.Enter(r)
	defer leave()
	var doubts []string
	if now.Sub(s.state.Began) < soonest {
		doubts = append(doubts, mailroom.TooFast)
	}
	if s.state.Trapped || s.posted.Has(trapField) {
		doubts = append(doubts, mailroom.Trapped)
	}
	if crowded {
		doubts = append(doubts, mailroom.Crowded)
	}
	if s.lacksCaller() {
		s.wrong["caller_name"] = s.voice.Say("error.required")
		return d.show(w, r, http.StatusUnprocessableEntity, s, stepWho)
	}
	in := d.intake(s)
	got, err := d.Mail.HandIn(r.Context(), complaint.Visitor(), office.Form{Key: s.state.Key}, in, doubts...)
	switch {
	case err == nil:
		return d.handed(w, r, s, in, got)
	case complaint.IsKind(err, complaint.UsedKey):
		s.wrong[""] = s.voice.Say("form.error.sent_before")
		return d.show(w, r, http.StatusConflict, s, stepCheck)
	case complaint.IsKind(err, complaint.Unavailable):
		s.wrong[""] = s.voice.Say("error.register_busy")
		return d.show(w, r, http.StatusServiceUnavailable, s, stepCheck)
	case s.lostFiles(err):
		return d.show(w, r, http.StatusUnprocessableEntity, s, stepStory)
	}
	if err := s.take(err); err != nil {
		return err
	}
	for at := stepStory; at < stepCheck; at++ { // the first step with mistakes
		if wrong := s.wrongOn(at); len(wrong) > 0 {
			s.wrong = wrong
			return d.show(w, r, http.StatusUnprocessableEntity, s, at)
		}
	}
	return d.show(w, r, http.StatusUnprocessableEntity, s, stepCheck)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// handed is what the page after sending shows. It travels in a cookie, sealed, for a
// quarter of an hour: in an address it would stay in the browser's history.
type handed struct {
	Number   string
	Code     string
	DueOn    calendar.Date
	Waits    bool
	Nameless bool
	Way      string // by which the answer comes
	At       time.Time
}

const cookieAge = 15 * time.Minute

// cookieName names the cookie. With TLS the browser itself sees that nobody else sets it.
func cookieName(r *http.Request) string {
	if porch.IsSecure(r) {
		return "__Host-klacht"
	}
	return "klacht"
}

func cookie(r *http.Request, value string, age time.Duration) *http.Cookie {
	return &http.Cookie{Name: cookieName(r), Value: value, Path: "/", MaxAge: int(age.Seconds()), HttpOnly: true, Secure: porch.IsSecure(r), SameSite: http.SameSiteLaxMode}
}

// tryCookie finds out, on the last step, whether the browser keeps cookies: without them
// the number stands on the answer to the form itself.
func (d *Door) tryCookie(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, cookie(r, "1", 2*time.Hour))
}

func (d *Door) handed(w http.ResponseWriter, r *http.Request, s *sheet, in office.Intake, got mailroom.Handed) error {
	h := handed{Number: got.Number, Code: in.Promise.Code, DueOn: got.DueOn, Waits: got.Waits, Nameless: in.Level == complaint.Nameless,
		Way: in.Identity.Way, At: d.Office.Now()}
	if _, err := r.Cookie(cookieName(r)); err != nil {
		return d.showHanded(w, r, &h)
	}
	sealed, err := d.Office.SealForm(handedForm, h)
	if err != nil {
		return err
	}
	http.SetCookie(w, cookie(r, sealed, cookieAge))
	return porch.SeeOther(w, r, sentPath)
}

// sent shows number, code and date, as long as the browser has them.
func (d *Door) sent(w http.ResponseWriter, r *http.Request) error {
	var h handed
	c, err := r.Cookie(cookieName(r))
	if err != nil || !d.Office.OpenForm(handedForm, c.Value, &h) || d.Office.Now().Sub(h.At) > cookieAge {
		return d.showHanded(w, r, nil)
	}
	return d.showHanded(w, r, &h)
}

func (d *Door) showHanded(w http.ResponseWriter, r *http.Request, h *handed) error {
	p := handedPage{voice: porch.Voice(r), handed: h, followAt: d.Office.FollowURL}
	if p.followAt == "" {
		p.followAt = p.voice.Say("counter.follow.title")
	}
	if h != nil { // the steps hold all that was typed: no Back leads there any more
		porch.ForgetPages(w)
	}
	var err error
	if p.org, err = d.Office.Organisation(r.Context()); err != nil {
		return err
	}
	if p.rules, err = d.Office.InForce(r.Context(), d.Office.Today()); err != nil {
		return err
	}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: p.voice.Say("form.sent.title"), Place: frame.FormPath, Steady: r.Method == http.MethodPost, Body: sentPage(p)})
}

// done forgets number and code on this computer, and all that was typed.
func (d *Door) done(w http.ResponseWriter, r *http.Request) error {
	porch.ForgetPages(w)
	http.SetCookie(w, cookie(r, "", -time.Second))
	return porch.SeeOther(w, r, frame.HomePath)
}

// handedPage is the page after sending.
type handedPage struct {
	voice  *words.Voice
	org    record.Organisation
	rules  complaint.Rules
	handed *handed // nil: not known here any more

	followAt string // the page to follow it on, in full where it is known: this page is printed
}

// keep says where the code can be found later.
func (p handedPage) keep() string {
	if p.handed.Nameless {
		return p.say("keep_nameless")
	}
	return p.say("keep")
}

func (p handedPage) say(key string, args ...any) string {
	return p.voice.Say("form.sent."+key, append(args, "Due", p.voice.WeekdayDate(p.due()), "Phone", p.org.Phone)...)
}

func (p handedPage) due() calendar.Date {
	if p.handed == nil {
		return calendar.Date{}
	}
	return p.handed.DueOn
}

// next is what happens now. Nothing is promised that the procedure does not say.
func (p handedPage) next() []string {
	var list []string
	switch h := p.handed; {
	case h.Waits:
		list = append(list, p.say("look"))
	case !h.Nameless && slices.Contains([]string{"letter", "email"}, h.Way):
		list = append(list, p.say("confirmation."+h.Way))
	}
	list = append(list, p.say("handled"))
	due := p.say("due")
	if p.handed.Way == "letter" {
		due += " " + p.say("due_letter")
	}
	if p.rules.Extension.Consent {
		due += " " + p.say("later")
	}
	return append(list, due)
}
