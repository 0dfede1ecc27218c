package mailroom

import (
	"context"
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// The actions of log lines about mails. They carry the id of the mail, which is that of
// the dossier when one is made of it.
const (
	ActionList     = "list_mails"
	ActionRead     = "read_mail"
	ActionFile     = "open_mail_file"
	ActionRegister = "register_mail"
	ActionAdd      = "add_mail"
	ActionDismiss  = "dismiss_mail"
	ActionPutBack  = "put_back_mail"
)

// onTheTable loads a mail for a task: what may not be seen does not exist.
func (r *Mailroom) onTheTable(ctx context.Context, who complaint.Person, id string) (record.Incoming, error) {
	if !complaint.MayReceive(who) {
		return record.Incoming{}, &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	return r.Cupboard.Incoming(ctx, id, r.sight(who))
}

func (r *Mailroom) line(who complaint.Actor, action, mail, reason string) record.LogLine {
	return record.LogLine{ID: record.NewID(), At: r.now(), Actor: who, Action: action, Dossier: mail, Reason: reason, Result: "done"}
}

// change signs a mail as a task left it.
func (r *Mailroom) change(settled record.Incoming, seen int, line record.LogLine) (*record.IncomingChange, error) {
	var err error
	settled.Mac, err = r.Office.Sealer.IncomingMac(settled)
	return &record.IncomingChange{Mail: settled, Seen: seen, Log: []record.LogLine{line}}, err
}

// wentAlong leaves nothing of a mail on the pile: its dossier has it.
func wentAlong(i record.Incoming) record.Incoming {
	i.Raw, i.Keys, i.Sealed = "", record.Keys{}, nil
	return i
}

// Register makes a dossier of a mail. The mail as it came and the files in it become the
// dossier's sealed files; from then on the mail is part of it. A double click gives the
// dossier of the first.
func (r *Mailroom) Register(ctx context.Context, who complaint.Person, f office.Form, id string, in office.Intake) (got office.Received, err error) {
	defer wrap(&err, "register mail")
	i, err := r.onTheTable(ctx, who, id)
	if err != nil {
		return got, err
	}
	if i.Codes.Kind == string(Form) { // it has its words already: see Accept
		return got, complaint.ErrNotFound
	}
	if in.Draft.ID != i.ID { // a form that lost its draft
		in.Draft = draft(i)
	}
	if i.State != complaint.MailWaits { // the same request is given its first result, any other one is refused
		in.Mail = &record.IncomingChange{Mail: i, Seen: -1}
		return r.Office.Receive(ctx, who, f, in)
	}
	in.Draft = draft(i)
	settled := i
	var late complaint.Mistakes
	if settled.Incoming, err = i.Incoming.Register(in.ReceivedOn, r.scene(who.ID)); late.Join(err) != nil {
		return got, err
	}
	if err := late.Join(r.Office.CheckIntake(ctx, who, in)); err != nil {
		return got, err
	}
	if err := late.Err(); err != nil {
		return got, err
	}
	m, err := r.openMail(ctx, i)
	if err != nil {
		return got, err
	}
	goOnWith(m, &in)
	files, err := r.keepFiles(ctx, who, i, m)
	if err != nil {
		return got, err
	}
	in.Files = slices.Concat([]string{i.Raw}, files, in.Files)
	actor := who.ID
	if in.HandTo != "" { // nothing open says who handed it over
		actor = complaint.ByStaff
	}
	if in.Mail, err = r.change(wentAlong(settled), i.Version, r.line(actor, ActionRegister, i.ID, "")); err != nil {
		return got, err
	}
	return r.Office.Receive(ctx, who, f, in)
}

// Check names all that is wrong with the intake of a mail, and takes nothing in.
func (r *Mailroom) Check(ctx context.Context, who complaint.Person, id string, in office.Intake) error {
	i, err := r.onTheTable(ctx, who, id)
	if err != nil {
		return err
	}
	if i.State == complaint.MailWaits {
		in.Draft = draft(i)
	}
	return r.Office.CheckIntake(ctx, who, in)
}

// openMail reads a mail as it came.
func (r *Mailroom) openMail(ctx context.Context, i record.Incoming) (record.Mail, error) {
	raw, err := r.Office.OpenOriginal(ctx, draft(i), i.Raw)
	if err != nil {
		return record.Mail{}, err
	}
	return r.Open(raw), nil
}

// goOnWith lets the acknowledgement go on in the conversation of a mail, and waits with it
// when a machine wrote the mail. To another address than the sender's it is a message of
// its own: a colleague may have handed the mail over.
func goOnWith(m record.Mail, in *office.Intake) {
	const longest = 10
	if sender := m.Sender(); sender == "" || sender != strings.ToLower(strings.TrimSpace(in.Identity.Email)) {
		return
	}
	in.Automatic = Judge(m, Known{}).IsAuto()
	if m.MessageID != "" {
		in.Thread = append(slices.Clone(m.References[max(0, len(m.References)-longest+1):]), m.MessageID)
	}
}

// keepFiles keeps the files in a mail as files of the dossier that is about to be.
func (r *Mailroom) keepFiles(ctx context.Context, who complaint.Person, i record.Incoming, m record.Mail) (ids []string, err error) {
	for _, p := range m.Parts {
		kept, err := r.Office.KeepOriginal(ctx, who, draft(i), office.Original{Name: p.Name, Type: p.Type, Content: p.Content})
		if err != nil {
			return nil, err
		}
		ids = append(ids, kept.ID)
	}
	return ids, nil
}

// AddTo puts a mail on the course of a dossier that is there: what its sender wrote, and
// the mail as a sealed file. empty is what stands there when the mail has no text.
func (r *Mailroom) AddTo(ctx context.Context, who complaint.Person, f office.Form, id, empty string) (err error) {
	defer wrap(&err, "add mail to a dossier")
	i, err := r.onTheTable(ctx, who, id)
	if err != nil {
		return err
	}
	if i.Codes.Kind == string(Form) {
		return complaint.ErrNotFound
	}
	if i.State == complaint.MailAdded && i.Dossier == f.Dossier {
		return nil // a double click
	}
	if _, err := i.Incoming.AddTo(f.Dossier, r.scene(who.ID)); err != nil {
		return err
	}
	raw, err := r.Office.OpenOriginal(ctx, draft(i), i.Raw)
	if err != nil {
		return err
	}
	x := office.Message{On: i.ReceivedOn, Said: said(ownText(r.Open(raw)), empty), Mail: original(raw, i.ReceivedOn), Settles: r.adding(i, who.ID)}
	if i.Codes.Kind == string(Bounce) && f.Dossier == i.About {
		var n note
		if err := r.Office.OpenNote(draft(i), i.Sealed, &n); err != nil {
			return err
		}
		x.Bounced, x.Said = n.Letter, notDelivered(r.Open(raw), empty)
	}
	return r.Office.AddMessage(ctx, who, f, x)
}

// notDelivered is what a report that a mail did not arrive says, for the course: the code of
// the failure. Its words name the address, which stands under the name's own seal.
func notDelivered(m record.Mail, empty string) string {
	if m.Returned == nil || m.Returned.Status == "" {
		return empty
	}
	return m.Returned.Status
}

// adding gives the change by which a mail becomes part of a dossier that is there.
func (r *Mailroom) adding(i record.Incoming, who complaint.Actor) func(string) (*record.IncomingChange, error) {
	return func(dossier string) (*record.IncomingChange, error) {
		settled, seen, raw := i, i.Version, i.Raw
		var err error
		if settled.Incoming, err = i.Incoming.AddTo(dossier, r.scene(who)); err != nil {
			return nil, err
		}
		c, err := r.change(wentAlong(settled), seen, r.line(who, ActionAdd, dossier, ""))
		c.Drop = raw
		return c, err
	}
}

// said is a text as a dossier holds it. The whole mail is kept beside it.
func said(own, empty string) string {
	if own = strings.TrimSpace(own); own == "" {
		return empty
	}
	if runes := []rune(own); len(runes) > complaint.MaxText {
		return string(runes[:complaint.MaxText-1]) + "…"
	}
	return own
}

// Dismiss settles a mail that is no complaint, for a reason. It can be read and put back
// for some time.
// With ask, its sender is asked whether it was meant as one, when there is somebody to ask.
func (r *Mailroom) Dismiss(ctx context.Context, who complaint.Person, id, reason string, ask bool) (err error) {
	defer wrap(&err, "dismiss mail")
	var question *record.Notice
	if ask && complaint.AsksBack(reason) {
		if question, err = r.question(ctx, who, id); err != nil {
			return err
		}
	}
	err = r.decide(ctx, who, id, ActionDismiss, reason, question, func(i complaint.Incoming) (complaint.Incoming, error) {
		return i.Dismiss(reason, r.scene(who.ID))
	})
	if err != nil || !ask || question != nil || !complaint.AsksBack(reason) {
		return err
	}
	return r.askOnceMore(ctx, who, id)
}

// PutBack lets a mail wait again that was settled as no complaint.
func (r *Mailroom) PutBack(ctx context.Context, who complaint.Person, id string) (err error) {
	defer wrap(&err, "put mail back")
	return r.decide(ctx, who, id, ActionPutBack, "", nil, complaint.Incoming.PutBack)
}

func (r *Mailroom) decide(ctx context.Context, who complaint.Person, id, action, reason string, question *record.Notice, do func(complaint.Incoming) (complaint.Incoming, error)) error {
	i, err := r.onTheTable(ctx, who, id)
	if err != nil {
		return err
	}
	if i.Raw == "" && i.State == complaint.MailNoComplaint {
		return &complaint.Error{Kind: complaint.Refused, Key: "refused.mail_gone"}
	}
	settled := i
	if settled.Incoming, err = do(i.Incoming); err != nil {
		return err
	}
	c, err := r.change(settled, i.Version, r.line(who.ID, action, i.ID, reason))
	if err != nil {
		return err
	}
	if question != nil {
		c.Notices = []record.Notice{*question}
	}
	return r.Cupboard.WriteIncoming(ctx, *c)
}

// SettleAll files the complaints to which a mail says yes, when that was not done as the
// mail came in: the program may have been stopped in between.
func (r *Mailroom) SettleAll(ctx context.Context) (err error) {
	defer wrap(&err, "settle what says yes")
	ids, err := r.Cupboard.Settling(ctx, string(ConfirmationYes))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := r.settleYes(ctx, id); err != nil {
			r.Log.Warn("mailroom: a yes waits for a person", "mail", id, "error", err)
		}
	}
	return nil
}

// settleYes files the complaint to which a mail says yes and nothing more: it answers
// the latest text and comes from whom we asked. Whatever else the law says, the mail
// waits for a person.
func (r *Mailroom) settleYes(ctx context.Context, id string) error {
	i, err := r.Cupboard.Incoming(ctx, id, complaint.MailSight{All: true})
	if err != nil || i.State != complaint.MailWaits {
		return err
	}
	raw, err := r.Office.OpenOriginal(ctx, draft(i), i.Raw)
	if err != nil {
		return err
	}
	m := r.Open(raw)
	known, ours, err := r.answered(ctx, m, Known{Register: true})
	if err != nil || known.Answers == nil || Judge(m, known).Kind != ConfirmationYes {
		return err
	}
	asked, err := r.Office.AskedBy(ctx, ours.Dossier, ours.Letter)
	if err != nil {
		return err
	}
	c := complaint.Confirmation{How: complaint.HowReply, On: i.ReceivedOn, By: complaint.CallerConfirms, Said: saidYes(ownText(m))}
	if asked.Reader {
		c.By = complaint.ReaderConfirms
	}
	x := office.Message{On: i.ReceivedOn, Said: c.Said, Mail: original(raw, i.ReceivedOn), Settles: r.adding(i, complaint.ByComplainant)}
	return r.Office.ConfirmByMail(ctx, ours.Dossier, c, x)
}

// Sweep takes the content of mails that were settled as no complaint long ago. It gives
// their number.
func (r *Mailroom) Sweep(ctx context.Context) (int64, error) {
	return r.Cupboard.SweepIncoming(ctx, r.Today().AddDays(-complaint.MailKeptDays), r.Office.Sealer.IncomingMac)
}
