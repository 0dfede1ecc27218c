package post

import (
	"gehoor/internal/desk/frame"
	"gehoor/internal/page"
)

// askedTable lists the questions to who wrote a mail that is no complaint: how far each is,
// and no names.
// What can be done with one stands on the page of the mail.
func (p *postPage) askedTable() page.Table {
	v := p.voice
	t := page.Table{Caption: v.Say("askback.title"), Columns: []page.Column{{Label: v.Say("triage.mail")}, {Label: v.Say("register.state"), First: true}}}
	for _, a := range p.asked {
		chip := frame.MailChip(v, a.Message, p.today, p.room.Sends)
		t.Rows = append(t.Rows, page.Row{{Text: v.Say("triage.of", "Moment", v.Moment(a.ReceivedAt)), Href: frame.MailPath + "/" + a.Mail}, {Body: postState(chip)}})
	}
	return t
}
