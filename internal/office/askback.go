package office

import (
	"context"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Question is what who wrote a mail that is no complaint is asked: did you mean one?
type Question struct {
	Mail       Draft // the mail, with its keys
	To         string
	ReceivedOn calendar.Date
	Form       string // the number of a form of the counter, that is asked about; "" of a mail
	InReplyTo  string
	References []string
}

// AskBack makes the question to who wrote a mail, as an e-mail in the thread of that mail;
// nil when nobody said from which address e-mail goes, or the address takes none.
func (o *Office) AskBack(ctx context.Context, q Question) (*record.Notice, error) {
	org, err := o.Organisation(ctx)
	if err != nil || o.Mail == nil || o.mailFrom(org) == "" {
		return nil, err
	}
	lang, from, id := org.FirstLanguage(), o.mailFrom(org), record.NewID()
	text, subject := o.QuestionText(org, q.ReceivedOn, q.Form), o.Say(lang, "askback.subject")
	if q.Form != "" {
		subject = o.Say(lang, "askback.subject_form", "Number", q.Form)
	}
	out := record.Outgoing{FromName: org.Name, From: from, To: q.To, Subject: subject, Text: text + "\n", MessageID: o.messageID(id, from),
		References: q.References, Automatic: record.AutoReplied, Language: lang, Date: o.now()}
	if q.InReplyTo != "" {
		out.InReplyTo = []string{q.InReplyTo}
	}
	n := o.newNotice(id, complaint.NoticeAskBack, o.Safe.Index("notice", "ask back", q.Mail.ID), out.MessageID)
	n.Incoming, n.SentTo = q.Mail.ID, o.emailKey(q.To)
	return o.composeNotice(toBe(q.Mail), n, record.NoticeBody{V: 1, Subject: subject, Text: text}, out)
}

// QuestionText is the question in words, about a mail, or about the form with a number. What is
// not known of the organisation is not promised.
func (o *Office) QuestionText(org record.Organisation, receivedOn calendar.Date, form string) string {
	lang := org.FirstLanguage()
	how := o.Say(lang, "askback.answer")
	if org.Phone != "" {
		how = o.Say(lang, "askback.answer_or_call", "Phone", org.Phone)
	}
	key := "askback.text"
	if form != "" {
		key = "askback.text_form"
	}
	return o.Say(lang, key, "Date", receivedOn, "Number", form, "How", how, "Organisation", org.Name)
}

// OpenQuestion opens the question of a mail, to show or print it.
func (o *Office) OpenQuestion(mail Draft, n record.Notice) (body record.NoticeBody, err error) {
	return body, o.Sealer.OpenJSON(toBe(mail), record.NoticeText, n.ID, n.Sealed, &body)
}

// questionKeys gives the keys under which a question is sealed: those of its mail, until
// they went along with a dossier or were swept.
func (o *Office) questionKeys(ctx context.Context, n record.Notice) (record.Dossier, error) {
	i, err := o.Cupboard.Incoming(ctx, n.Incoming, complaint.MailSight{All: true})
	if err == nil && len(i.Keys.Identity) == 0 {
		err = complaint.ErrNotFound
	}
	return toBe(Draft{ID: i.ID, Keys: i.Keys}), err
}

// questionStays settles a question that must not go: the mail was judged anew, it waited
// too long for a mail server, or the address got enough for today.
func (o *Office) questionStays(ctx context.Context, n *record.Notice) (bool, error) {
	i, err := o.Cupboard.Incoming(ctx, n.Incoming, complaint.MailSight{All: true})
	if err != nil {
		return true, err
	}
	if i.State != complaint.MailNoComplaint {
		return true, o.dropNotice(ctx, *n)
	}
	if n.Reason == record.Asked {
		return false, nil
	}
	if n.Attempts == 1 && n.At.Sub(n.Since) > tryFor {
		n.State, n.Reason = record.MessageFailed, record.HeldOld
		return true, o.Cupboard.SettleNotice(ctx, *n)
	}
	reason, err := o.enough(ctx, n.SentTo, n.ID, n.Incoming)
	if err != nil || reason == "" {
		return false, err
	}
	n.State, n.Reason = record.MessageHeld, reason
	return true, o.Cupboard.SettleNotice(ctx, *n)
}
