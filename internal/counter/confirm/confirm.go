// Package confirm shows the one text of a complaint to who confirms it, by the link of an
// e-mail or the code of a slip, and takes the answer. Looking changes nothing: programs
// that look for bad links come first.
package confirm

import (
	"net/http"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// Door shows a text, and takes a yes or a no.
type Door struct{ frame.Rooms }

// Routes lists the addresses of confirming.
func (d *Door) Routes() []porch.Route {
	return []porch.Route{
		{Pattern: "GET " + frame.ConfirmTo + "{token}", Handler: d.show, Open: true},
		{Pattern: "POST " + frame.ConfirmTo + "{token}", Handler: d.answer, Open: true},
		{Pattern: "GET " + frame.SlipPath, Handler: d.askCode, Open: true},
		{Pattern: "POST " + frame.SlipPath, Handler: d.giveCode, Open: true},
	}
}

// The answers to a text.
const (
	answerField = "antwoord"
	saidField   = "said"
	answerYes   = "ja"
	answerNo    = "anders"
	answerOther = "niet-van-mij"

	noID = "anders" // the form of the no
)

// textPage is the text with what can be said to it.
type textPage struct {
	voice *words.Voice
	text  office.OwnText
	org   record.Organisation
	form  *frame.Answers
	url   string
	whose whose
	no    page.Field
	noFor bool   // the fold of the no stands open
	again bool   // the form comes back past the code of a slip
	left  string // what was typed, and can be sent here no more
}

// show shows what stands behind a link.
func (d *Door) show(w http.ResponseWriter, r *http.Request) error {
	return d.page(w, r, http.StatusOK, r.PathValue("token"), frame.NewAnswers(r))
}

func (d *Door) page(w http.ResponseWriter, r *http.Request, status int, token string, form *frame.Answers) error {
	v := porch.Voice(r)
	org, err := d.Personnel.Organisation(r.Context())
	if err != nil {
		return err
	}
	t, err := d.Office.TextBehind(r.Context(), token, isPerson(r))
	p := textPage{voice: v, text: t, org: org, form: form, url: frame.ConfirmTo + token, whose: whoseIs(v, t)}
	if complaint.IsKind(err, complaint.NotFound) {
		p.text.Standing, status = complaint.LinkGone, http.StatusNotFound
	} else if err != nil {
		return err
	}
	if t.Standing == complaint.LinkExpired && t.Pass {
		return d.slipAgain(w, r, form)
	}
	if t.Standing == complaint.LinkExpired {
		status = http.StatusGone
	}
	p.no = form.Ask(page.Field{Name: saidField, Label: v.Say("counter.confirm.no_q"), Voice: true})
	shown := frame.Page{Title: v.Say("counter.confirm.title"), Failed: form.Failed()}
	p.noFor, p.left, p.again = form.Posted, form.Typed.Text(saidField), form.Posted && r.URL.Path == frame.SlipPath
	if shown.Body = openPage(p); p.text.Standing != complaint.LinkOpen {
		text := ""
		shown.Title, text = p.done()
		shown.Body = donePage(p, shown.Title, text)
	}
	if shown.Typing = frame.CameBack(r, noID, p.url); p.text.Standing != complaint.LinkOpen || !p.text.MayCorrect {
		shown.Typing, shown.Steady = frame.Typing{}, form.Posted
	}
	return d.Show(w, r, status, shown)
}

// isPerson reports whether a visit does not say that a program came to look ahead.
func isPerson(r *http.Request) bool {
	for _, header := range []string{"Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"} {
		if strings.Contains(strings.ToLower(r.Header.Get(header)), "prefetch") || strings.Contains(strings.ToLower(r.Header.Get(header)), "preview") {
			return false
		}
	}
	return r.Method == http.MethodGet
}

// answer takes what was said to the text, and leads back to the page, which says so.
func (d *Door) answer(w http.ResponseWriter, r *http.Request) error {
	form, err := frame.ReadAnswers(r)
	if err != nil {
		return err
	}
	ctx, token := r.Context(), r.PathValue("token")
	said := form.Typed.Text(answerField)
	if porch.Switches(r) { // of the one form here in which somebody types
		said = answerNo
	}
	switch said {
	case answerYes:
		err = d.Office.SayYes(ctx, token, form.Key)
	case answerNo:
		if !form.Failed() {
			err = d.Office.SayNo(ctx, token, form.Key, form.Typed.Text(saidField))
		}
	case answerOther:
		err = d.Office.SayNotMine(ctx, token, form.Key)
	default:
		return porch.ErrBadRequest
	}
	if complaint.IsKind(err, complaint.Refused) || complaint.IsKind(err, complaint.UsedKey) || complaint.IsKind(err, complaint.NotFound) {
		if !form.Typed.Has(saidField) {
			return porch.SeeOther(w, r, frame.ConfirmTo+token) // something was said before: the page tells what
		}
		form.Key = porch.NewKey()
		return d.page(w, r, http.StatusConflict, token, form)
	}
	if err := form.Take(err); err != nil {
		return err
	}
	if form.Failed() {
		return d.page(w, r, http.StatusUnprocessableEntity, token, form)
	}
	return porch.SeeOther(w, r, frame.ConfirmTo+token)
}

// day writes a date with its year when that is another one.
func (p textPage) day(on calendar.Date) string { return p.voice.LongDate(on) }

// term says how long after a yes the answer goes.
func (p textPage) term() string {
	t := p.text.Term
	if t.N == 1 {
		return p.voice.Say("length.one." + string(t.Unit))
	}
	return p.voice.Say("length."+string(t.Unit), "N", t.N)
}

// stop says how to tell that there is no complaint after all.
func (p textPage) stop() string {
	v, tell := p.voice, p.voice.Say("counter.confirm.tell")
	if p.org.Phone != "" {
		tell = v.Say("counter.confirm.tell_phone", "Phone", p.org.Phone)
	}
	if p.whose.reader {
		return v.Say("counter.confirm.stop_reader", "Whose", p.whose.name, "Tell", tell) + " " + p.whose.ask
	}
	return v.Say("counter.confirm.stop", "Tell", tell)
}

// done says what became of the link: a heading and sentences.
func (p textPage) done() (title, text string) {
	v, t, key := p.voice, p.text, "counter.confirm.gone"
	switch {
	case t.Standing == complaint.LinkExpired:
		key = "counter.confirm.expired"
	case t.Standing == complaint.LinkUsed && t.Ended == complaint.LinkConfirmed:
		return p.confirmed()
	case t.Standing == complaint.LinkUsed && t.Ended == complaint.LinkCorrected && t.Said.Newer:
		return v.Say("counter.confirm.changed"), p.changed()
	case t.Standing == complaint.LinkUsed:
		key = "counter.confirm." + string(t.Ended)
	}
	return v.Say(key), v.Say(key+".text", "On", p.day(t.EndedOn), "Until", p.day(t.Until))
}

// confirmed says who said yes, and what comes of it.
func (p textPage) confirmed() (title, text string) {
	v, t, key := p.voice, p.text, "counter.confirm.confirmed"
	if t.Said.Own {
		key = "counter.confirm.confirmed_you"
	}
	title = v.Say(key, "On", p.day(t.EndedOn))
	if t.For == complaint.ReaderConfirms {
		return title, v.Say("counter.confirm.confirmed.reader")
	}
	if text = v.Say("counter.confirm.confirmed.text", "Number", t.Number); !t.Said.DueOn.IsZero() {
		text += " " + v.Say("form.sent.due", "Due", p.day(t.Said.DueOn))
	}
	return title, text
}

// changed says what happened since the text had to change.
func (p textPage) changed() string {
	v, t := p.voice, p.text
	text := v.Say("counter.confirm.changed.text", "On", p.day(t.EndedOn))
	if t.Said.ConfirmedOn.IsZero() {
		return text + " " + v.Say("counter.confirm.changed.link")
	}
	return text + " " + v.Say("counter.confirm.changed.confirmed", "On", p.day(t.Said.ConfirmedOn))
}
