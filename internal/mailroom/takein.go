package mailroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// TakeIn keeps a mail, exactly once: the mail itself, where it was found and what it
// seems to be go into the register in one transaction. The same bytes a second time
// change nothing but where they were found; a mail that is nearly the same is kept and
// marked. Nothing is refused: what cannot be read is there to be looked at.
func (r *Mailroom) TakeIn(ctx context.Context, raw []byte, from record.MailPlace) (taken record.Taken, err error) {
	defer wrap(&err, "take mail in")
	m := r.Open(raw)
	if taken, err = r.keep(ctx, m, raw, from); err != nil {
		return taken, err
	}
	if taken.New && taken.Kind == string(ConfirmationYes) {
		if err := r.settleYes(ctx, taken.ID); err != nil { // it waits, and a person decides
			r.Log.Error("mailroom: a yes waits for a person", "mail", taken.ID, "error", err)
		}
	}
	return taken, nil
}

// keep writes a mail. One that looks like another waits until that is written.
func (r *Mailroom) keep(ctx context.Context, m record.Mail, raw []byte, from record.MailPlace) (taken record.Taken, err error) {
	alike := r.alike(m)
	defer r.alikes.hold(alike...)()
	d, err := r.delivery(ctx, m, raw, alike)
	if err != nil {
		return taken, err
	}
	d.Place = from
	taken, err = r.Cupboard.TakeMail(ctx, d)
	taken.Kind = d.Mail.Codes.Kind
	return taken, err
}

func wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("mailroom: %s: %w", fmt.Sprintf(format, args...), *err)
	}
}

// delivery is all that is written of a mail.
func (r *Mailroom) delivery(ctx context.Context, m record.Mail, raw []byte, alike [][]byte) (d record.Delivery, err error) {
	sum := sha256.Sum256(raw)
	d.Raw = r.Index("mail bytes", hex.EncodeToString(sum[:]))
	d.Alike = alike
	known, ours, err := r.known(ctx, m, d.Alike)
	if err != nil {
		return d, err
	}
	judged := Judge(m, known)
	begun, err := r.Office.Begin()
	if err != nil {
		return d, err
	}
	at := r.receivedAt(m)
	i := record.Incoming{Incoming: complaint.Incoming{ID: begun.ID, Version: 1, State: complaint.MailWaits, ReceivedOn: calendar.Of(at), About: ours.Dossier},
		ReceivedAt: at, Size: int64(len(raw)), Twin: known.Twin, Keys: begun.Keys, Codes: codes(judged)}
	n := note{V: 1, Name: m.SenderName(), Address: firstAddress(m), Subject: m.Subject, Letter: ours.Letter, First: ours.Mail, Notice: ours.Notice}
	d.Returned = r.noticeBack(m, judged, ours)
	if n.Named, i.Orphan, err = r.named(ctx, m, judged.Own, known.ReturnedOurs); err != nil {
		return d, err
	}
	for _, id := range n.Named {
		i.Barred = append(i.Barred, r.hidden(id))
	}
	if err := r.barredToo(ctx, &i, ours.Mail); err != nil {
		return d, err
	}
	if err := r.barredFrom(ctx, &i, m); err != nil {
		return d, err
	}
	if d.File, d.Chunks, err = r.Office.SealOriginal(begun, original(raw, i.ReceivedOn)); err != nil {
		return d, err
	}
	i.Raw = d.File.ID
	if i.Sealed, err = r.Office.SealNote(begun, n); err != nil {
		return d, err
	}
	noteSum := sha256.Sum256(i.Sealed)
	i.Sum = noteSum[:]
	i.Mac, err = r.Office.Sealer.IncomingMac(i)
	d.Mail = i
	return d, err
}

// noticeBack says that word to an employee did not arrive, so that who manages sees whose
// address does not work; nil when the mail says nothing of the kind.
func (r *Mailroom) noticeBack(m record.Mail, j Judgement, ours Ours) *record.NoticeBack {
	if j.Kind != Bounce || ours.Notice == "" || m.Returned != nil && !hasFailed(m.Returned) {
		return nil
	}
	back := &record.NoticeBack{Notice: ours.Notice, At: r.now()}
	if m.Returned != nil {
		back.Status = m.Returned.Status
	}
	return back
}

// original is a mail as a file of its dossier; the day tells it from the others.
func original(raw []byte, on calendar.Date) office.Original {
	return office.Original{Name: mailName(on), Type: "message/rfc822", Content: raw}
}

func mailName(on calendar.Date) string { return "e-mail " + on.String() + ".eml" }

func codes(j Judgement) record.MailCodes {
	return record.MailCodes{Kind: string(j.Kind), Why: j.Why, Auto: j.Auto, Flags: j.Flags, Marker: j.Marker}
}

// oldest is how far back a moment in a mail is believed.
const oldest = 20 * 365 * 24 * time.Hour

// receivedAt is when our own mail server got the mail, as far as it says so; never later
// than now.
func (r *Mailroom) receivedAt(m record.Mail) time.Time {
	now := r.now()
	if at := m.ReceivedAt; !at.IsZero() && !at.After(now) && now.Sub(at) < oldest {
		return at.In(r.Zone)
	}
	return now
}

// alike gives the keyed hashes by which a second delivery is found: the Message-ID; and
// sender, date and text. Its Received headers differ, so that its bytes do too.
func (r *Mailroom) alike(m record.Mail) [][]byte {
	var hashes [][]byte
	if m.MessageID != "" {
		hashes = append(hashes, r.Index("mail id", m.MessageID))
	}
	if sender := m.Sender(); sender != "" && !m.Date.IsZero() {
		hashes = append(hashes, r.Index("mail text", sender, strconv.FormatInt(m.Date.Unix(), 10), m.Text))
	}
	return hashes
}

// known asks the register what it knows about a mail.
func (r *Mailroom) known(ctx context.Context, m record.Mail, alike [][]byte) (k Known, ours Ours, err error) {
	k.Register = true
	if k.Twin, err = r.Cupboard.Twin(ctx, alike); err != nil {
		return k, ours, err
	}
	staff, err := r.Cupboard.Staff(ctx)
	if err != nil {
		return k, ours, err
	}
	for _, s := range staff {
		k.Staff = append(k.Staff, s.Name)
	}
	org, err := r.Office.Organisation(ctx)
	if err != nil {
		return k, ours, err
	}
	if _, domain, ok := strings.Cut(org.Email, "@"); ok {
		k.Domains = []string{strings.ToLower(domain)}
	}
	return r.answered(ctx, m, k)
}

// Known gives what the register knows about a mail, for who asks how it is read; nothing is
// kept.
func (r *Mailroom) Known(ctx context.Context, m record.Mail) (k Known, err error) {
	defer wrap(&err, "what is known")
	k, _, err = r.known(ctx, m, r.alike(m))
	return k, err
}

// maxTokens bounds how many Message-IDs of one mail are looked up.
const maxTokens = 30

// answered looks whether a mail answers a message of ours, or brings one back.
func (r *Mailroom) answered(ctx context.Context, m record.Mail, k Known) (Known, Ours, error) {
	if r.FindOurs == nil {
		return k, Ours{}, nil
	}
	if m.Returned != nil && m.Returned.MessageID != "" {
		ours, found, err := r.FindOurs(ctx, m.Returned.MessageID)
		if err != nil || found {
			k.ReturnedOurs, k.ToStaff = found, ours.Notice != ""
			return k, ours, err
		}
	}
	tokens := slices.Concat(m.InReplyTo, m.References)
	slices.Reverse(tokens[min(len(m.InReplyTo), len(tokens)):]) // the newest reference stands last
	for _, id := range tokens[:min(len(tokens), maxTokens)] {
		ours, found, err := r.FindOurs(ctx, id)
		if err != nil {
			return k, ours, err
		}
		if !found {
			continue
		}
		k.ReturnedOurs = isDaemon(m) || m.Returned != nil
		if ours.Notice != "" {
			k.ToStaff = true
			return k, ours, nil
		}
		if ours.Mail != "" {
			k.Question = &Asked{}
			if sender := m.Sender(); sender != "" && string(r.Address(sender)) == string(ours.SentTo) {
				k.Question.To = sender
			}
			return k, ours, nil
		}
		asked, err := r.Office.AskedBy(ctx, ours.Dossier, ours.Letter)
		if err != nil {
			return k, ours, err
		}
		k.Answers = &Sent{Number: asked.Number, Confirmation: asked.Yes}
		if sender := m.Sender(); sender != "" && string(r.Address(sender)) == string(ours.SentTo) {
			k.Answers.To = sender
		}
		return k, ours, nil
	}
	return k, Ours{}, nil
}

// named gives the employees whom a mail, or a mail inside it, seems to name; orphan says
// that nobody is left who takes complaints in. A message of ours that came back names who
// signed it, and says nothing about that person.
func (r *Mailroom) named(ctx context.Context, m record.Mail, own string, returned bool) (named []complaint.Actor, orphan bool, err error) {
	staff, err := r.Cupboard.Staff(ctx)
	if err != nil {
		return nil, false, err
	}
	text := m.Subject + "\n" + withoutSalutation(own)
	for _, p := range m.Parts {
		if p.Type == "message/rfc822" {
			inner := r.Open(p.Content)
			if returned && m.Returned != nil && inner.MessageID == m.Returned.MessageID {
				continue
			}
			text += "\n" + inner.Subject + "\n" + inner.Text
		}
	}
	left, people := 0, namesIn(text, m.SenderName())
	for _, s := range staff {
		switch {
		case people.names(s.Name):
			named = append(named, s.ID)
		case s.Active && complaint.MayReceive(s.Person()):
			left++
		}
	}
	return named, left == 0 && len(named) > 0, nil
}

// barredFrom keeps a mail from who may see nothing of a dossier that it may be about: it
// names its number, or comes from the same person. When nobody is left who takes mail in, it
// is for who does so instead.
func (r *Mailroom) barredFrom(ctx context.Context, i *record.Incoming, m record.Mail) error {
	numbers := slices.Compact(slices.Sorted(slices.Values(numbered.FindAllString(m.Subject+"\n"+m.Text, -1))))
	tokens, err := r.Office.BarredFrom(ctx, numbers, m.Sender())
	if err != nil || len(tokens) == 0 {
		return err
	}
	i.Barred = withTokens(i.Barred, tokens)
	staff, err := r.Cupboard.Staff(ctx)
	left := slices.ContainsFunc(staff, func(s record.Staff) bool {
		return s.Active && complaint.MayReceive(s.Person()) && !hasToken(i.Barred, r.hidden(s.ID))
	})
	i.Orphan = i.Orphan || !left
	return err
}

func hasToken(tokens [][]byte, one []byte) bool {
	return slices.ContainsFunc(tokens, func(t []byte) bool { return string(t) == string(one) })
}

// withTokens adds what is not there yet.
func withTokens(tokens, more [][]byte) [][]byte {
	for _, t := range more {
		if !hasToken(tokens, t) {
			tokens = append(tokens, t)
		}
	}
	return tokens
}

func firstAddress(m record.Mail) string {
	if len(m.From) == 0 {
		return ""
	}
	return m.From[0].Address
}
