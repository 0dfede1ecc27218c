package dossier

import (
	"net/http"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
)

// letterLine is a letter or e-mail in a dossier, with what can be done with it.
type letterLine struct {
	id, title, facts string
	chip             frame.Chip
	print            *page.Action // nil: this person may not, because it shows the name
	printLabel       string
	printIcon        page.IconName
	sent             *page.Action // nil: it went out, or somebody else says so
	sentOn           page.Field
	note             string
	mail             []letterButton // what can be done with an e-mail that does not go
}

// letterButton is a button with what it posts.
type letterButton struct {
	action page.Action
	button page.Button
}

// letterLines gives the letters: those with which something must be done still, because
// they did not go out or came back, and the others.
func (p *dossierPage) letterLines() (waiting, sent []letterLine) {
	for _, l := range slices.Backward(p.view.Letters) {
		if _, back := p.view.Returned[l.ID]; back || l.SentOn.IsZero() && l.LapsedOn.IsZero() && p.view.HeldHere(l) == "" {
			waiting = append(waiting, p.letterLine(l))
		} else {
			sent = append(sent, p.letterLine(l))
		}
	}
	return waiting, sent
}

func (p *dossierPage) letterLine(l record.Letter) letterLine {
	v, mail := p.voice, l.Channel == complaint.HowEmail
	line := letterLine{id: l.ID, title: p.coded("dossier.letter", string(l.Kind)), chip: p.letterChip(l),
		facts: v.Say(frame.YesNo(mail, "letters.mail", "letters.post"), "Date", p.day(l.MadeOn), "By", p.actor(l.MadeBy))}
	if !l.LapsedOn.IsZero() {
		line.note = v.Say(p.whyLapsed(l), "Date", p.day(l.LapsedOn))
		return line
	}
	if held := p.view.HeldHere(l); held != "" {
		line.note = v.Say("mail_held." + held)
		return line
	}
	if complaint.May(p.who, complaint.TaskOpenIdentity, p.view.Relation) && p.view.Allows(complaint.TaskOpenIdentity) {
		line.print, line.printIcon = &page.Action{URL: "/brieven/" + l.ID}, page.IconPrint
		if mail {
			line.printIcon = page.IconMail
		}
		line.printLabel = v.Say(frame.YesNo(mail, "letters.open_mail", frame.YesNo(l.Final == nil, "letters.print", "letters.print_again")))
	}
	m, known := p.view.Mails[l.ID]
	if known {
		line.note = line.chip.Under
	}
	if m.Reason == record.HeldPaper || !complaint.May(p.who, complaint.TaskPostLetter, p.view.Relation) {
		return line
	}
	if _, back := p.view.Returned[l.ID]; back {
		line.note, line.mail = v.Say("letters.came_back_next"), p.backButtons(l)
		return line
	}
	if p.view.MayUnpost(l) {
		undo := p.letterDoes(l, "postroom.undo", "", page.Quiet, page.IconUndo)
		undo.action.URL = frame.PostPath + "/verstuurd/ongedaan"
		undo.action.Hidden = append(undo.action.Hidden, page.Hidden{Name: "brief", Value: l.ID})
		line.mail = append(line.mail, undo)
	}
	if !l.SentOn.IsZero() {
		return line
	}
	if mail {
		line.mail = p.mailButtons(l, m, known)
	}
	if l.Kind == record.Answer && p.view.AnsweredOn.IsZero() {
		line.note = frame.JoinWords(line.note, v.Say("letters.answer_first"))
		return line
	}
	line.sent = &page.Action{URL: frame.DossierPath(p.view.ID) + "/brieven/" + l.ID + "/verstuurd", Hidden: porch.Carry(porch.NewKey(), p.view.Version)}
	line.sentOn = page.Field{ID: "op-" + l.ID, Name: "on", Label: v.Say(frame.YesNo(mail, "letters.mailed_on", "letters.posted_on")),
		Value: p.view.Today.String(), Min: l.MadeOn.String(), Max: p.view.Today.String()}
	if p.note.at == l.ID {
		line.sentOn.Value, line.sentOn.Error = p.note.typed.Raw("on"), p.mistakeAt("on")
	}
	return line
}

// letterDoes is a button that does something with a letter, and comes back to this page.
func (p *dossierPage) letterDoes(l record.Letter, key, path string, look page.ButtonKind, icon page.IconName) letterButton {
	hidden := append(porch.Carry(porch.NewKey(), 0), page.Hidden{Name: frame.FromDossier, Value: p.view.ID})
	return letterButton{page.Action{URL: "/brieven/" + l.ID + path, Hidden: hidden},
		page.Button{Label: p.voice.Say(key), Context: p.coded("dossier.letter", string(l.Kind)), Kind: look, Icon: icon}}
}

// backButtons are what can be done with what came back: an e-mail goes to the new address,
// or on paper.
func (p *dossierPage) backButtons(l record.Letter) (list []letterButton) {
	look := page.Primary
	if p.view.Returned[l.ID].NewAddress {
		list = append(list, p.letterDoes(l, "bounce.send_again", "/opnieuw", look, page.IconMail))
		look = page.Quiet
	}
	if l.Channel == complaint.HowEmail {
		list = append(list, p.letterDoes(l, "postroom.on_paper", "/op-papier", look, page.IconPrint))
	}
	return list
}

// mailButtons are what can be done with an e-mail that does not go by itself.
func (p *dossierPage) mailButtons(l record.Letter, m record.Message, known bool) (list []letterButton) {
	add := func(key, path string, icon page.IconName) {
		list = append(list, p.letterDoes(l, key, path, page.Quiet, icon))
	}
	again := frame.AgainLabel(m)
	if p.sends && known && again != "" {
		add(again, "/opnieuw", page.IconMail)
	}
	if frame.MayGoOnPaper(m, known) && (!p.sends || !known || again != "") {
		add("postroom.on_paper", "/op-papier", page.IconPrint)
	}
	return list
}

// whyLapsed names the sentence that says why a letter lapsed.
func (p *dossierPage) whyLapsed(l record.Letter) string {
	switch {
	case p.view.Lapsed(l.Text):
		return "letters.lapsed_why"
	case !p.view.DiedOn.IsZero() && !l.LapsedOn.Before(p.view.DiedOn):
		return "letters.lapsed_died"
	case l.Kind == record.Answer && slices.ContainsFunc(p.view.Events, func(e complaint.Event) bool { return e.Kind == complaint.AnswerTakenBack && e.Open.On == l.LapsedOn }):
		return "letters.lapsed_back"
	}
	return "letters.lapsed_other"
}

// letterChip is the state of a letter: what must still be done with it.
func (p *dossierPage) letterChip(l record.Letter) frame.Chip {
	v := p.voice
	back, cameBack := p.view.Returned[l.ID]
	switch {
	case cameBack:
		return frame.Chip{Kind: page.ChipLate, Icon: page.IconUndo, Text: v.Say(frame.YesNo(l.Channel == complaint.HowEmail, "letters.mail_came_back", "letters.post_came_back"), "Date", p.day(back.On))}
	case !l.SentOn.IsZero():
		chip := frame.Chip{Kind: page.ChipDone, Text: v.Say("letters.sent", "Date", p.day(l.SentOn))}
		if p.view.Mails[l.ID].Doubt {
			chip.Under = v.Say("mail_state.doubt")
		}
		return chip
	case !l.LapsedOn.IsZero():
		return frame.Chip{Kind: page.ChipPlain, Icon: page.IconCross, Text: v.Say("letters.lapsed")}
	case p.view.HeldHere(l) != "":
		return frame.Chip{Kind: page.ChipPlain, Icon: page.IconCross, Text: v.Say("postroom.held." + p.view.HeldHere(l))}
	case l.Channel == complaint.HowEmail && (p.sends || p.view.Mails[l.ID].Reason == record.HeldPaper) && p.view.Mails[l.ID].State != "":
		return frame.MailChip(v, p.view.Mails[l.ID], p.view.Today, p.sends)
	case l.Channel == complaint.HowEmail:
		return frame.Chip{Kind: page.ChipSoon, Icon: page.IconMail, Text: v.Say("letters.not_sent")}
	case l.Final == nil:
		return frame.Chip{Kind: page.ChipSoon, Icon: page.IconPrint, Text: v.Say("letters.not_printed")}
	}
	return frame.Chip{Kind: page.ChipWait, Icon: page.IconMail, Text: v.Say("letters.printed")}
}

// printLetter gives a letter for the printer, or the e-mail to copy. It shows the
// name, so that the office writes it down as an opening first.
func (d *Door) printLetter(w http.ResponseWriter, r *http.Request) error {
	who := porch.Who(r).Person
	if _, err := porch.ReadForm(r); err != nil {
		return err
	}
	id := r.PathValue("letter")
	sheet, err := d.Office.PrintLetter(r.Context(), who, id)
	if err != nil {
		return err
	}
	if sheet.Mail {
		return d.showMail(w, r, id, sheet)
	}
	frame.GivePDF(w, frame.FileName(sheet.Number, porch.Voice(r).Say("dossier.letter."+string(sheet.Kind)))+".pdf", sheet.Bytes)
	return nil
}

// mailPage is an e-mail to copy into the mail program of the helpdesk.
type mailPage struct {
	dossierPage
	sheet office.Sheet
	line  letterLine
}

func (d *Door) showMail(w http.ResponseWriter, r *http.Request, id string, sheet office.Sheet) error {
	who := porch.Who(r).Person
	dossier, err := d.Office.Find(r.Context(), who, sheet.Number)
	if err != nil {
		return err
	}
	view, err := d.Office.Look(r.Context(), who, dossier)
	if err != nil {
		return err
	}
	p, err := d.newDossierPage(r, view, dossierNote{})
	if err != nil {
		return err
	}
	m := mailPage{dossierPage: *p, sheet: sheet}
	for _, l := range view.Letters {
		if l.ID == id {
			m.line = p.letterLine(l)
		}
	}
	title := p.voice.Say("letters.mail_title") + " - " + sheet.Number
	return d.Show(w, r, http.StatusOK, frame.Page{Title: title, Place: frame.WorkPath, Body: mailBody(m)})
}

// letterWentOut records on which day a letter was posted or an e-mail sent.
func (d *Door) letterWentOut(w http.ResponseWriter, r *http.Request) error {
	who, letter := porch.Who(r).Person, r.PathValue("letter")
	view, err := d.Office.Look(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return err
	}
	typed, err := porch.ReadForm(r)
	if err != nil {
		return d.refuseOnDossier(w, r, view, dossierNote{at: letter, typed: typed}, err)
	}
	on, err := calendar.Parse(typed.Text("on"))
	if err != nil {
		err = complaint.Mistakes{{Kind: complaint.Invalid, Field: "on", Key: "error.not_a_date"}}
		return d.refuseOnDossier(w, r, view, dossierNote{at: letter, typed: typed}, err)
	}
	form := office.Form{Dossier: view.ID, Seen: typed.Seen(), Key: typed.Key()}
	if err := d.Office.LetterWentOut(r.Context(), who, form, letter, on); err != nil {
		return d.refuseOnDossier(w, r, view, dossierNote{at: letter, typed: typed}, err)
	}
	return porch.SeeOther(w, r, frame.Address(frame.DossierPath(view.ID), frame.DoneField, "brief"))
}
