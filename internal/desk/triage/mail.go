package triage

import (
	"cmp"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

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

// mailPage is one mail, in words.
type mailPage struct {
	voice *words.Voice
	view  mailroom.View
	shown record.Mail // the mail, or one inside it
	part  string      // which: "" is the mail itself
	names frame.People
	about *office.View // the dossier that it seems to answer, when the visitor sees it
	key   string
	typed porch.Form
	wrong frame.Wrong
	done  string
	org   record.Organisation
	today calendar.Date
	sends bool // gehoor sends e-mail itself
	// canSend says that there is an address to send from.
	canSend  bool
	question string // the words of the question to the sender
	status   int
}

// mail shows one mail: who wrote, what it says, what came with it, and what can be done.
func (d *Door) mail(w http.ResponseWriter, r *http.Request) error {
	return d.show(w, r, &mailPage{status: http.StatusOK})
}

func (d *Door) show(w http.ResponseWriter, r *http.Request, p *mailPage) error {
	ctx, who, q := r.Context(), porch.Who(r).Person, r.URL.Query()
	p.voice, p.part = porch.Voice(r), q.Get(partField)
	var err error
	if p.view, err = d.Mail.Look(ctx, who, r.PathValue("mail")); err != nil {
		return err
	}
	if p.shown, err = d.Mail.InnerOf(p.view, p.part); err != nil {
		return err
	}
	if p.names, err = d.People(r); err != nil {
		return err
	}
	if p.org, err = d.Office.Organisation(ctx); err != nil {
		return err
	}
	p.today, p.sends, p.canSend = d.Office.Today(), d.Office.SendsMail(), d.Office.HasSender(p.org)
	id := cmp.Or(p.view.Dossier, p.view.About)
	if id == "" && p.view.First != nil {
		id = p.view.First.Dossier
	}
	if id != "" {
		about, err := d.Office.Look(ctx, who, id)
		switch {
		case err == nil:
			p.about = &about
		case !complaint.IsKind(err, complaint.NotFound) && !complaint.IsKind(err, complaint.Refused):
			return err
		}
	}
	p.question = d.Office.QuestionText(p.org, p.view.ReceivedOn, p.view.Number)
	if p.key == "" {
		p.key = porch.NewKey()
	}
	if key := "triage.done." + q.Get(frame.DoneField); p.voice.Has(key) {
		p.done = p.voice.Say(key)
	}
	return d.Show(w, r, p.status, frame.Page{Title: p.voice.Say("triage.one"), Place: frame.PostPath, Failed: len(p.wrong) > 0, Body: mailBody(p)})
}

// waits reports whether the mail still has to be judged.
func (p *mailPage) waits() bool { return p.view.State == complaint.MailWaits }

// title is the subject, or that there is none.
func (p *mailPage) title() string {
	switch {
	case p.isForm():
		return p.voice.Say("triage.form.title")
	case !p.view.Kept:
		return p.voice.Say("triage.of", "Moment", p.voice.Moment(p.view.ReceivedAt))
	case p.shown.Subject == "":
		return p.voice.Say("triage.no_subject")
	}
	return p.shown.Subject
}

// boxes writes mailboxes of a header as people read them.
func boxes(list []record.Mailbox) string {
	var lines []string
	for _, b := range list {
		switch {
		case b.Name != "" && b.Address != "":
			lines = append(lines, b.Name+" <"+b.Address+">")
		case b.Name+b.Address != "":
			lines = append(lines, b.Name+b.Address)
		}
	}
	return strings.Join(lines, "\n")
}

// facts are who wrote to whom, and when.
func (p *mailPage) facts() []page.Pair {
	v, m := p.voice, p.shown
	pairs := []page.Pair{{Term: v.Say("triage.from"), Value: cmp.Or(boxes(m.From), v.Say("triage.no_sender"))}}
	add := func(key, value string) {
		if value != "" {
			pairs = append(pairs, page.Pair{Term: v.Say(key), Value: value})
		}
	}
	if len(m.ReplyTo) > 0 && boxes(m.ReplyTo) != boxes(m.From) {
		add("triage.reply_to", boxes(m.ReplyTo))
	}
	add("triage.to", boxes(m.To))
	add("triage.cc", boxes(m.Cc))
	if !m.Date.IsZero() {
		add("triage.sent", v.Moment(m.Date.In(p.view.ReceivedAt.Location())))
	}
	if p.part == "" {
		add("triage.received", v.Moment(p.view.ReceivedAt))
	}
	return pairs
}

// own is what the sender wrote; the rest of the text is folded away, and never lost.
func (p *mailPage) own() (text string, folded bool) {
	if p.part != "" {
		return p.shown.Text, false
	}
	return p.view.Own, p.view.Quote
}

// named are the employees that the mail seems to name.
func (p *mailPage) named() string {
	var names []string
	for _, id := range p.view.Named {
		names = append(names, p.names.Name(id))
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// files lists what came with the mail: as downloads, mails inside it as pages.
func (p *mailPage) files() []page.File {
	var list []page.File
	for i, f := range p.shown.Parts {
		at := strings.TrimPrefix(p.part+"."+strconv.Itoa(i+1), ".")
		file := page.File{Name: f.Name, Href: frame.Address(mailPath(p.view.ID)+"/bestand", partField, at), Note: f.Type + ", " + size(len(f.Content))}
		if f.Type == "message/rfc822" {
			file.Href, file.Icon = frame.Address(mailPath(p.view.ID), partField, at), page.IconMail
			file.Note = p.voice.Say("triage.inner") + ", " + size(len(f.Content))
		}
		if f.Declared != "" && f.Declared != f.Type {
			file.Note += ". " + p.voice.Say("triage.declared", "Type", f.Declared)
		}
		list = append(list, file)
	}
	return list
}

func size(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", max(1, n>>10))
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// file gives a stranger's file: always to keep, never to be shown here.
func (d *Door) file(w http.ResponseWriter, r *http.Request) error {
	f, err := d.Mail.File(r.Context(), porch.Who(r).Person, r.PathValue("mail"), r.URL.Query().Get(partField))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Length", strconv.FormatInt(f.Content.Size(), 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	_, _ = f.Content.WriteTo(w) // a visitor who left is no failure
	return nil
}

// numberField asks of which complaint the mail is part.
func (p *mailPage) numberField() page.Field {
	f := page.Field{Name: "nummer", Label: p.voice.Say("work.number"), Width: page.Width20, Value: p.typed.Raw("nummer"), Error: p.wrong["nummer"]}
	if p.about != nil && f.Value == "" && p.waits() && !p.view.ToStaff {
		f.Value = p.about.Number
	}
	return f
}

// concernedField asks which of the employees that a form seems to name it is about. Who was
// named in so many words is ticked.
func (p *mailPage) concernedField() page.Field {
	f := page.Field{Name: concernedName, Label: p.voice.Say("triage.form.about_whom"), Hint: p.voice.Say("triage.form.about_whom.hint"), Error: p.wrong[concernedName]}
	asked := p.view.Named
	if p.isAboutSomeone() { // everybody who works here may be meant
		f.Hint, asked = p.voice.Say("triage.form.about_someone.hint"), p.names.Active()
	}
	for _, id := range asked {
		f.Options = append(f.Options, page.Option{Value: string(id), Label: p.names.Name(id)})
	}
	if p.isAboutSomeone() {
		f.Options = append(f.Options, page.Option{Value: string(mailroom.Nobody), Label: p.voice.Say("triage.form.nobody")})
	}
	if f.Values = p.typed.All(concernedName); p.typed.Values == nil {
		for _, id := range p.view.Form.ConcernedStaff {
			f.Values = append(f.Values, string(id))
		}
	}
	return f
}

// isAboutSomeone reports whether a form is about an employee whom we do not recognise.
func (p *mailPage) isAboutSomeone() bool {
	return slices.Contains(p.view.Codes.Why, mailroom.NamesSomeone)
}

// reasonField asks what the mail is, when it is no complaint.
func (p *mailPage) reasonField() page.Field {
	f := page.Field{Name: "reason", Label: p.voice.Say("triage.reason"), Hint: p.voice.Say("triage.reason.hint"), Value: p.typed.Raw("reason"), Error: p.wrong["reason"]}
	for _, code := range complaint.MailReasons {
		f.Options = append(f.Options, page.Option{Value: code, Label: p.voice.Say("triage.reason." + code)})
	}
	return f
}

// next are the forms to which an answer to a message of ours leads.
func (p *mailPage) next() []page.Button {
	if p.about == nil || p.view.Dossier != "" || p.view.ToStaff {
		return nil
	}
	if p.isBounce() { // a machine asks for nothing
		return []page.Button{{Label: p.voice.Say("triage.bounced.button"), Kind: page.Primary, Icon: page.IconUndo}}
	}
	var list []page.Button
	for _, x := range []struct {
		task complaint.Task
		path string
	}{{complaint.TaskConfirm, "bevestigen"}, {complaint.TaskCorrect, "verbeteren"}, {complaint.TaskSettle, "uitstel-antwoord"}} {
		if p.about.Allows(x.task) {
			list = append(list, page.Button{Label: p.voice.Say("task." + string(x.task)), Name: "verder", Value: x.path})
		}
	}
	add := page.Button{Label: p.voice.Say("triage.only_add"), Kind: page.Quiet}
	if len(list) > 0 {
		return append(list, add)
	}
	add.Kind = page.Primary // we asked nothing: most who write have something to add
	list = append(list, add)
	if p.about.Allows(complaint.TaskWithdraw) {
		list = append(list, page.Button{Label: p.voice.Say("task." + string(complaint.TaskWithdraw)), Name: "verder", Value: "intrekken", Kind: page.Quiet})
	}
	return list
}

// newKind makes a new complaint the first choice, unless the mail answers one of ours.
func (p *mailPage) newKind() page.ButtonKind {
	if p.answersUs() || len(p.next()) > 0 {
		return page.Quiet
	}
	return page.Primary
}

// isBounce reports whether the mail says that one of ours did not arrive.
func (p *mailPage) isBounce() bool { return mailroom.Kind(p.view.Codes.Kind) == mailroom.Bounce }

// answer is what the sender of a mail that is no complaint can be told: the sender
// decides. A machine is told nothing.
func (p *mailPage) answer() string {
	if !p.asksBack() || !p.view.Sender() {
		return ""
	}
	return p.question
}

// loop says why no answer may go to the sender by itself.
func (p *mailPage) loop() []string {
	var list []string
	for _, code := range p.view.Codes.Auto {
		list = append(list, p.voice.Say("mail.auto."+code))
	}
	return list
}
