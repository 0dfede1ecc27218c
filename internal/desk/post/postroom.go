package post

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// The addresses of the post room.
const (
	postPrint    = frame.PostPath + "/print"
	postSent     = frame.PostPath + "/verstuurd"
	postUndo     = postSent + "/ongedaan"
	postReturned = frame.PostPath + "/terug"
	postSlip     = frame.PostPath + "/strookje"
)

// The fields of its forms.
const (
	pieceField = "brief" // a letter that was ticked
	freshField = "nieuw" // a letter on the page that was never printed
	doFresh    = "nieuw" // the button that prints those
)

// Routes lists the addresses of the post room.
func (d *Door) Routes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET " + frame.PostPath, Handler: d.postRoom},
		{Pattern: "POST " + postPrint, Handler: d.printBatch},
		{Pattern: "POST " + postSent, Handler: d.postBatch},
		{Pattern: "POST " + postUndo, Handler: d.undoPosting},
		{Pattern: "GET " + postSlip, Handler: d.slip},
		{Pattern: "GET " + postReturned, Handler: d.askReturned},
		{Pattern: "POST " + postReturned, Handler: d.cameBack},
		{Pattern: "POST /brieven/{letter}/opnieuw", Handler: d.sendAgain},
		{Pattern: "POST /brieven/{letter}/op-papier", Handler: d.onPaper},
	}
}

// postPage is the post room, in words.
type postPage struct {
	voice          *words.Voice
	room           office.PostRoom
	today          calendar.Date
	key            string
	wrong          frame.Wrong
	typed          porch.Form
	at             string // the form that came back: postPrint, postSent, postSlip or postReturned
	done           string
	undo           []string // letters that were just written down as posted
	refused        []office.Posted
	noAddress      *complaint.Dossier // whose letter or e-mail needs an address
	noAddressWhy   *complaint.Error
	first          string
	status         int
	letters, mails postList
	mail           record.IncomingCounts
	asked          []mailroom.Asking // questions to who wrote a mail that is no complaint
}

// postList is a form with letters to tick.
type postList struct {
	*postPage
	mail  bool
	posts []office.Post // may go out
	held  []office.Post
	next  string
}

// postRoom shows what waits to go out and what came back.
func (d *Door) postRoom(w http.ResponseWriter, r *http.Request) error {
	v, p := porch.Voice(r), &postPage{}
	gone, undo, err := d.Office.PostedToday(r.Context(), porch.Who(r).Person, r.URL.Query()[pieceField])
	if err != nil {
		return err
	}
	p.done, p.undo = postDone(v, r.URL.Query()), undo
	if len(gone) > 0 {
		p.done = v.Count("postroom.sent_done", len(gone))
	}
	return d.showPostRoom(w, r, p)
}

// postDone says what was just done.
func postDone(v *words.Voice, q url.Values) string {
	switch {
	case q.Get(frame.DoneField) == "terug":
		return v.Say("postroom.came_back_done")
	case q.Get(frame.DoneField) == frame.DoneUnposted:
		return v.Say("postroom.undo_done")
	case q.Get(frame.DoneField) == frame.DoneAgain:
		return v.Say("postroom.again_done")
	case q.Get(frame.DoneField) == frame.DonePaper:
		return v.Say("postroom.paper_done")
	}
	return ""
}

func (d *Door) showPostRoom(w http.ResponseWriter, r *http.Request, p *postPage) error {
	q := r.URL.Query()
	p.voice, p.today = porch.Voice(r), d.Office.Today()
	if p.key == "" {
		p.key = porch.NewKey()
	}
	var err error
	if p.room, err = d.Office.PostRoom(r.Context(), porch.Who(r).Person, q.Get("na"), q.Get("mail")); err != nil {
		return err
	}
	if p.mail, err = d.Mail.Count(r.Context(), porch.Who(r).Person); err != nil {
		return err
	}
	if p.asked, err = d.Mail.Asked(r.Context(), porch.Who(r).Person); err != nil {
		return err
	}
	p.letters = p.list(false, p.room.Letters, frame.Address(frame.PostPath, "na", p.room.NextLetters), p.room.NextLetters)
	p.mails = p.list(true, p.room.Mails, frame.Address(frame.PostPath, "mail", p.room.NextMails), p.room.NextMails)
	if q.Get("na")+q.Get("mail") != "" {
		p.first = frame.PostPath
	}
	if p.status == 0 {
		p.status = http.StatusOK
	}
	return d.Show(w, r, p.status, frame.Page{Title: p.voice.Say("nav.post"), Place: frame.PostPath, Failed: len(p.wrong) > 0, Body: postRoomBody(p)})
}

func (p *postPage) list(mail bool, posts []office.Post, next, more string) postList {
	l := postList{postPage: p, mail: mail}
	for _, post := range posts {
		if post.Held == "" {
			l.posts = append(l.posts, post)
		} else {
			l.held = append(l.held, post)
		}
	}
	if more != "" {
		l.next = next
	}
	return l
}

// name is a letter in words: what it is, and of which complaint.
func (p *postPage) name(post office.Post) string {
	return p.voice.Say("dossier.letter."+string(post.Kind)) + " " + post.Number
}

// chip is the state of a letter in the post room.
func (p *postPage) chip(post office.Post, mail bool) frame.Chip {
	v := p.voice
	if mail && post.Held == "" && post.Mail != nil {
		chip := frame.MailChip(v, *post.Mail, p.today, p.room.Sends)
		if post.Late && chip.Kind != page.ChipLate && post.Mail.State != record.MessageSent {
			chip = frame.Chip{Kind: page.ChipLate, Text: v.Say("postroom.late"), Under: frame.JoinWords(chip.Text+".", chip.Under)}
		}
		return chip
	}
	switch {
	case !post.Returned.IsZero():
		return frame.Chip{Kind: page.ChipLate, Icon: page.IconUndo, Text: v.Say(frame.YesNo(post.ByMail, "letters.mail_came_back", "postroom.returned_on"), "Date", v.ShortDate(post.Returned))}
	case post.Held != "":
		return frame.Chip{Kind: page.ChipPlain, Icon: page.IconCross, Text: v.Say("postroom.held." + post.Held)}
	case !post.SentOn.IsZero():
		return frame.Chip{Kind: page.ChipDone, Text: v.Say("postroom.posted_on", "Date", v.ShortDate(post.SentOn))}
	case post.Late:
		return frame.Chip{Kind: page.ChipLate, Text: v.Say("postroom.late")}
	case mail:
		return frame.Chip{Kind: page.ChipWait, Icon: page.IconMail, Text: v.Say(frame.YesNo(p.room.Sends, "mail_state.by_hand", "postroom.waits_for_server"))}
	case !post.Printed:
		return frame.Chip{Kind: page.ChipSoon, Icon: page.IconPrint, Text: v.Say("postroom.not_printed")}
	}
	return frame.Chip{Kind: page.ChipWait, Icon: page.IconMail, Text: v.Say("postroom.printed")}
}

// table lists letters, each to be ticked unless its day stands on a form of its own.
func (l postList) table() page.Table {
	v := l.voice
	t := page.Table{Caption: v.Say(frame.YesNo(l.mail, "postroom.mails", "postroom.letters")), Columns: []page.Column{
		{Label: v.Say("postroom.what")}, {Label: v.Say("register.state"), First: true}, {Label: v.Say("postroom.made_on")},
		{Label: v.Say("work.complaint")}, {Label: v.Say("postroom.do")}}}
	for _, post := range l.posts {
		chip := l.chip(post, l.mail)
		first := page.Cell{Body: tickPost(l, post)}
		if post.Spoken {
			first = page.Cell{Text: l.name(post), Small: v.Say("postroom.spoken")}
		}
		t.Rows = append(t.Rows, page.Row{first,
			{Body: postState(chip)},
			{Text: frame.ShortDay(v, post.MadeOn)},
			{Text: post.Number, Href: frame.DossierPath(post.Dossier)},
			{Body: openPost(l, post)},
		})
	}
	return t
}

// isTicked reports whether a letter was ticked in the form that came back.
func (l postList) isTicked(post office.Post) bool {
	return slices.Contains(l.typed.All(pieceField), post.ID)
}

// fresh are the letters on the page that were never printed.
func (l postList) fresh() []office.Post {
	return slices.DeleteFunc(slices.Clone(l.posts), func(p office.Post) bool { return p.Printed })
}

// dayField asks on which day the ticked letters went out.
func (l postList) dayField() page.Field {
	id := frame.YesNo(l.mail, "mail-op", "op")
	f := page.Field{ID: id, Name: "on", Label: l.voice.Say(frame.YesNo(l.mail, "letters.mailed_on", "letters.posted_on")), Value: l.today.String(), Max: l.today.String()}
	if l.at == postSent && l.isMine() {
		f.Value, f.Error = l.typed.Raw("on"), l.wrong["on"]
	}
	return f
}

// isMine reports whether the form that came back is this one.
func (l postList) isMine() bool { return l.typed.Has("mail") == l.mail }

// numberField asks for the number of a complaint.
func (p *postPage) numberField(at, id string) page.Field {
	f := page.Field{ID: id, Name: "nummer", Label: p.voice.Say("work.number"), Width: page.Width20}
	if p.at == at {
		f.Value, f.Error = p.typed.Raw("nummer"), p.wrong["nummer"]
	}
	return f
}

// mistakes are the lines above the page.
func (p *postPage) mistakes() []page.FieldError {
	var list []page.FieldError
	for _, f := range []page.Field{p.letters.dayField(), p.mails.dayField(), p.numberField(postSlip, "strookje"), p.numberField(postReturned, "terug")} {
		list = append(list, page.Mistakes(f)...)
	}
	if text := p.wrong[pieceField]; text != "" {
		list = append(list, page.FieldError{Text: text})
	}
	return list
}

// refusePost shows the post room again with what is wrong.
func (d *Door) refusePost(w http.ResponseWriter, r *http.Request, at string, typed porch.Form, field, key string) error {
	return d.showPostRoom(w, r, &postPage{at: at, typed: typed, key: typed.Key(), status: http.StatusUnprocessableEntity,
		wrong: frame.Wrong{field: porch.Voice(r).Say(key)}})
}

// printBatch gives the ticked letters, or all that were never printed, as one file:
// letters as a PDF, e-mails as a text.
func (d *Door) printBatch(w http.ResponseWriter, r *http.Request) error {
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	ids := typed.All(pieceField)
	if typed.Text(frame.DoField) == doFresh {
		ids = typed.All(freshField)
	}
	if len(ids) == 0 {
		return d.refusePost(w, r, postPrint, typed, pieceField, "postroom.tick_one")
	}
	v, today := porch.Voice(r), d.Office.Today()
	batch, err := d.Office.PrintLetters(r.Context(), porch.Who(r).Person, ids, office.Naming{
		Title: v.Say("postroom.batch", "Date", v.Date(today)), Language: v.Lang(),
		Letter: func(n int, s office.Sheet) string {
			name := strconv.Itoa(n) + ". " + v.Say("dossier.letter."+string(s.Kind)) + " " + s.Number
			if s.Mail {
				name += "\n" + v.Say("postroom.mail_head", "To", mailTo(s), "Subject", s.Subject)
			}
			return name
		}})
	if err != nil {
		return err
	}
	if !batch.Mail {
		frame.GivePDF(w, v.Say("postroom.file")+"-"+today.String()+".pdf", batch.Bytes)
		return nil
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(batch.Bytes)))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": v.Say("postroom.file_mails") + "-" + today.String() + ".txt"}))
	_, _ = w.Write(batch.Bytes) // a visitor who left is no failure
	return nil
}

// postBatch records on which day the ticked letters went out.
func (d *Door) postBatch(w http.ResponseWriter, r *http.Request) error {
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	on, dayErr := calendar.Parse(typed.Text("on"))
	switch {
	case len(typed.All(pieceField)) == 0:
		return d.refusePost(w, r, postSent, typed, pieceField, "postroom.tick_one")
	case dayErr != nil:
		return d.refusePost(w, r, postSent, typed, "on", "error.not_a_date")
	case on.After(d.Office.Today()):
		return d.refusePost(w, r, postSent, typed, "on", "error.future_date")
	}
	results, err := d.Office.PostLetters(r.Context(), porch.Who(r).Person, typed.Key(), typed.All(pieceField), on)
	if err != nil {
		return err
	}
	refused := slices.DeleteFunc(slices.Clone(results), func(p office.Posted) bool { return p.Err == nil })
	done := len(results) - len(refused)
	if len(refused) == 0 {
		return porch.SeeOther(w, r, frame.PostPath+"?"+url.Values{pieceField: typed.All(pieceField)}.Encode())
	}
	p := &postPage{refused: refused, status: http.StatusConflict}
	if done > 0 {
		p.done = porch.Voice(r).Count("postroom.sent_done", done)
	}
	return d.showPostRoom(w, r, p)
}

// undoPosting takes back that letters were posted, of the batch or of one dossier.
func (d *Door) undoPosting(w http.ResponseWriter, r *http.Request) error {
	typed, err := porch.ReadForm(r)
	if err != nil {
		return err
	}
	results, err := d.Office.UnpostLetters(r.Context(), porch.Who(r).Person, typed.Key(), typed.All(pieceField))
	if err != nil {
		return err
	}
	if refused := slices.DeleteFunc(slices.Clone(results), func(p office.Posted) bool { return p.Err == nil }); len(refused) > 0 {
		return d.showPostRoom(w, r, &postPage{refused: refused, status: http.StatusConflict})
	}
	dossier := ""
	if len(results) > 0 {
		dossier = results[0].Dossier
	}
	return back(w, r, typed, dossier, frame.DoneUnposted)
}

// reason says why a letter was not recorded as sent.
func (p *postPage) reason(x office.Posted) string {
	var one *complaint.Error
	var many complaint.Mistakes
	if errors.As(x.Err, &many) && len(many) > 0 {
		one = many[0]
	} else if !errors.As(x.Err, &one) {
		return ""
	}
	return p.voice.Say(one.Key, one.Args...)
}

// typedNumber reads the number that was typed in an address, and finds its dossier.
func (d *Door) typedNumber(r *http.Request) (typed porch.Form, id, number string) {
	typed = porch.Form{Values: r.URL.Query()}
	number = frame.DossierNumber(typed.Text("nummer"), d.Office.Today())
	id, _ = d.ByNumber(r, number)
	return typed, id, number
}

// slip leads from a slip that came in to the form that records the yes on it.
func (d *Door) slip(w http.ResponseWriter, r *http.Request) error {
	if !frame.MayReceive(porch.Who(r).Person) {
		return frame.ErrForbidden
	}
	typed, id, _ := d.typedNumber(r)
	if id == "" {
		return d.refusePost(w, r, postSlip, typed, "nummer", "postroom.no_such_number")
	}
	return porch.SeeOther(w, r, frame.DossierPath(id)+"/bevestigen")
}

// mailTo is to whom an e-mail is copied by hand.
func mailTo(s office.Sheet) string {
	if s.Copy == "" {
		return s.To
	}
	return s.To + " (CC: " + s.Copy + ")"
}
