package triage

import (
	"net/http"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/mailroom"
	"gehoor/internal/page"
	"gehoor/internal/porch"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// listPage is the pile, in words.
type listPage struct {
	voice     *words.Voice
	today     calendar.Date
	waiting   []mailroom.Line
	settled   []mailroom.Line
	mailboxes []record.MailboxState
	counts    record.IncomingCounts
	done      string
	first     string
	next      string
}

// list shows the mails that wait, the oldest first, and what was settled lately.
func (d *Door) list(w http.ResponseWriter, r *http.Request) error {
	ctx, who, q := r.Context(), porch.Who(r).Person, r.URL.Query()
	p := listPage{voice: porch.Voice(r), today: d.Mail.Today()}
	var more bool
	var err error
	if p.waiting, more, err = d.Mail.List(ctx, who, q.Get("na")); err != nil {
		return err
	}
	if p.settled, err = d.Mail.Settled(ctx, who); err != nil {
		return err
	}
	if p.mailboxes, err = d.Mail.Mailboxes(ctx, who); err != nil {
		return err
	}
	if p.counts, err = d.Mail.Count(ctx, who); err != nil {
		return err
	}
	if q.Get("na") != "" {
		p.first = frame.MailPath
	}
	if more {
		p.next = frame.Address(frame.MailPath, "na", p.waiting[len(p.waiting)-1].ID)
	}
	if key := "triage.done." + q.Get(frame.DoneField); p.voice.Has(key) {
		p.done = p.voice.Say(key)
	}
	return d.Show(w, r, http.StatusOK, frame.Page{Title: p.voice.Say("triage.title"), Place: frame.PostPath, Body: listBody(p)})
}

// kind says what a mail seems to be, as a chip.
func kind(v *words.Voice, c record.MailCodes) frame.Chip {
	chip := frame.Chip{Kind: page.ChipPlain, Icon: page.IconMail, Text: v.Say("mail.kind." + c.Kind)}
	switch mailroom.Kind(c.Kind) {
	case mailroom.Complaint:
		chip.Kind, chip.Icon = page.ChipSoon, page.IconPen
	case mailroom.Reply, mailroom.ConfirmationUnclear, mailroom.ConfirmationYes:
		chip.Kind, chip.Icon = page.ChipWait, page.IconSpeech
	case mailroom.Bounce:
		chip.Kind, chip.Icon = page.ChipLate, page.IconUndo
	}
	return chip
}

// urgent are the flags that the list shows: what to know before opening a mail.
var urgent = []string{"employee_complaint", "names_employee", "suspected_duplicate", "confidential_request", "accessibility_need", "representative",
	"two_complaints", "avg_request", "bsn_suspect", "health_data", "not_fully_read", "attachment_only", "spam"}

// flags puts flags into words. A flag that has none is a hint for the program.
func flags(v *words.Voice, codes []string, only []string) []string {
	var list []string
	for _, code := range codes {
		if code == "names_employee" && slices.Contains(codes, "employee_complaint") {
			continue
		}
		if key := "mail.flag." + code; v.Has(key) && (only == nil || slices.Contains(only, code)) {
			list = append(list, v.Say(key))
		}
	}
	return list
}

// lateDays is after how many days a mail that nobody judged is late: what it asks was
// promised on the day itself.
const lateDays = 1

// age says how long a mail waits.
func age(v *words.Voice, day, today calendar.Date) frame.Chip {
	days := max(0, day.DaysUntil(today))
	switch {
	case days == 0:
		return frame.Chip{Kind: page.ChipOK, Text: v.Say("triage.today")}
	case days <= lateDays:
		return frame.Chip{Kind: page.ChipSoon, Text: v.Say("triage.yesterday")}
	}
	return frame.Chip{Kind: page.ChipLate, Text: v.Count("triage.days", days)}
}

// from names the sender of a mail, as far as it says so.
func (p listPage) from(l mailroom.Line) string {
	switch {
	case l.Broken:
		return p.voice.Say("triage.broken")
	case l.Name != "" && l.Address != "":
		return l.Name + " <" + l.Address + ">"
	case l.Name+l.Address != "":
		return l.Name + l.Address
	}
	return p.voice.Say("triage.no_sender")
}

func subject(v *words.Voice, l mailroom.Line) string {
	if l.Subject == "" {
		return v.Say("triage.no_subject")
	}
	return l.Subject
}

func (p listPage) table() page.Table {
	v := p.voice
	t := page.Table{Caption: v.Say("triage.waiting"), Columns: []page.Column{{Label: v.Say("triage.mail")}, {Label: v.Say("triage.waits"), First: true},
		{Label: v.Say("triage.seems")}, {Label: v.Say("triage.look_out")}}}
	for _, l := range p.waiting {
		chip, waits := kind(v, l.Codes), age(v, l.ReceivedOn, p.today)
		t.Rows = append(t.Rows, page.Row{
			{Text: subject(v, l), Href: mailPath(l.ID), Small: p.from(l)},
			{Body: page.Chip(waits.Kind, waits.Icon, waits.Text), Small: v.Moment(l.ReceivedAt)},
			{Body: page.Chip(chip.Kind, chip.Icon, chip.Text), Small: why(v, l.Codes.Why)},
			{Body: flagChips(flags(v, l.Codes.Flags, urgent))},
		})
	}
	return t
}

func why(v *words.Voice, codes []string) string {
	text := ""
	for _, code := range codes {
		text = frame.JoinLines(text, v.Say("mail.why."+code))
	}
	return text
}

// became says what a mail turned out to be.
func (p listPage) became(l mailroom.Line) string {
	v := p.voice
	if l.State == complaint.MailNoComplaint {
		return v.Say("triage.became.no_complaint", "Reason", v.Say("triage.reason."+l.Reason))
	}
	return v.Say("triage.became." + string(l.State))
}

func (p listPage) settledTable() page.Table {
	v := p.voice
	t := page.Table{Caption: v.Say("triage.settled"), Columns: []page.Column{{Label: v.Say("triage.mail")}, {Label: v.Say("triage.became"), First: true}, {Label: v.Say("triage.settled_on")}}}
	for _, l := range p.settled {
		first := page.Cell{Text: v.Say("triage.of", "Moment", v.Moment(l.ReceivedAt)), Href: mailPath(l.ID)}
		if l.Kept {
			first = page.Cell{Text: subject(v, l), Href: mailPath(l.ID), Small: p.from(l)}
		}
		row := page.Row{first, {Text: p.became(l)}, {Text: v.ShortDate(l.ClosedOn)}}
		if l.Dossier != "" {
			row[1].Href = frame.DossierPath(l.Dossier)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// mailboxText says how reading a mailbox goes.
func (p listPage) mailboxText(m record.MailboxState) string {
	v := p.voice
	if m.ReadAt.IsZero() {
		return v.Say("triage.mailbox.never", "Mailbox", m.Mailbox)
	}
	return v.Say("triage.mailbox.read", "Mailbox", m.Mailbox, "Moment", v.Moment(m.ReadAt))
}

// remedy says what to do about a mailbox that cannot be read.
func (p listPage) remedy(m record.MailboxState) string {
	key := "triage.fault." + m.Fault
	if !p.voice.Has(key) {
		key = "triage.fault.other"
	}
	what := "triage.mailbox.failed"
	if m.Fault == "folder" { // only moving fails
		what = "triage.mailbox.unmoved"
	}
	return p.voice.Say(what, "Moment", p.voice.Moment(m.FailedAt)) + " " + p.voice.Say(key)
}

// oldest says since when the oldest mail waits.
func (p listPage) oldest() string {
	if p.counts.Waiting == 0 {
		return p.voice.Say("triage.meaning")
	}
	return p.voice.Count("triage.count", p.counts.Waiting, "Moment", p.voice.WeekdayDate(calendar.Of(p.counts.Oldest))) + " " + p.voice.Say("triage.meaning")
}
