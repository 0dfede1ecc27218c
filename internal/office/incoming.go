package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Original is a file as somebody sent it: whatever it is, it is kept.
type Original struct {
	Name    string
	Type    string // by its content
	Content []byte
}

// KeepOriginal seals a file that came with a mail and keeps it for the dossier that is
// about to be. Unlike an upload it is never refused for its type: it is the mail's.
func (o *Office) KeepOriginal(ctx context.Context, who complaint.Person, d Draft, f Original) (Kept, error) {
	if !complaint.MayReceive(who) {
		return Kept{}, errForbidden()
	}
	return o.keepOriginal(ctx, toBe(d), f)
}

func (o *Office) keepOriginal(ctx context.Context, d record.Dossier, f Original) (Kept, error) {
	row, chunks, err := o.SealOriginal(Draft{ID: d.ID, Keys: d.Keys}, f)
	if err != nil {
		return Kept{}, err
	}
	for n, sealed := range chunks {
		if err := o.Cupboard.Chunk(ctx, row, n, sealed); err != nil {
			return Kept{}, err
		}
	}
	return Kept{ID: row.ID, Name: cleanName(f.Name), Size: row.Size}, o.Cupboard.Whole(ctx, row)
}

// SealOriginal seals a file in pieces under a dossier's identity key, and writes nothing.
func (o *Office) SealOriginal(d Draft, f Original) (row record.Attachment, chunks [][]byte, err error) {
	at := toBe(d)
	row = record.Attachment{ID: record.NewID(), Dossier: d.ID, Type: f.Type, Size: int64(len(f.Content)), At: o.now(), Actor: complaint.ByStaff}
	if row.Name, err = o.Sealer.Seal(at, record.FileName, row.ID, []byte(cleanName(f.Name))); err != nil {
		return row, nil, err
	}
	sum := sha256.New()
	for n := 0; n == 0 || n*chunkSize < len(f.Content); n++ {
		sealed, err := o.Sealer.SealChunk(at, row.ID, n, f.Content[n*chunkSize:min((n+1)*chunkSize, len(f.Content))])
		if err != nil {
			return row, nil, err
		}
		sum.Write(sealed)
		chunks = append(chunks, sealed)
	}
	row.SHA256 = sum.Sum(nil)
	row.Mac = o.Sealer.AttachmentMac(row)
	return row, chunks, nil
}

// OpenOriginal opens a kept file of which the caller holds the keys. Whoever calls it
// has asked whether it may be seen.
func (o *Office) OpenOriginal(ctx context.Context, d Draft, id string) ([]byte, error) {
	var whole bytes.Buffer
	err := o.Cupboard.EachChunk(ctx, id, func(n int, sealed []byte) error {
		plain, err := o.Sealer.OpenChunk(toBe(d), id, n, sealed)
		whole.Write(plain)
		return err
	})
	return whole.Bytes(), err
}

// Message is a mail of the complainant that belongs to a dossier.
type Message struct {
	On   calendar.Date // the day it came in
	Said string        // in the person's own words
	Mail Original      // as it came
	// Bounced is the letter of ours that the mail brings back; "" when it is the
	// complainant's own.
	Bounced string
	// Settles is the change by which the mail leaves the pile, written with the dossier.
	Settles func(dossier string) (*record.IncomingChange, error) `json:"-"`
}

// AddMessage puts a mail on a dossier's course: what was said, and the mail itself as a
// sealed file. The handler is told of what the complainant wrote.
func (o *Office) AddMessage(ctx context.Context, who complaint.Person, f Form, x Message) error {
	input := []string{x.On.String(), x.Said, x.Bounced}
	return o.carryOut(ctx, who, f, deed{complaint.TaskContact, input, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := o.messageEvents(ctx, m, x)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		if err := o.settle(ctx, m, &out, x); err != nil {
			return out, err
		}
		if x.Bounced != "" {
			return out, o.tellOfReturn(ctx, m, &out, x.Bounced, x.On)
		}
		return out, o.tellOfReply(ctx, m, &out, x.On)
	}})
}

// messageEvents is what a mail says of a dossier: the complainant's words, or that an
// e-mail of ours was not delivered.
func (o *Office) messageEvents(ctx context.Context, m *matter, x Message) ([]complaint.Event, error) {
	if x.Bounced == "" {
		return m.Written(x.On, x.Said, m.scene)
	}
	l, err := o.Cupboard.Letter(ctx, x.Bounced, o.sight(m.who))
	if err != nil {
		return nil, err
	}
	if l.Dossier != m.ID {
		return nil, &complaint.Error{Kind: complaint.Refused, Key: "refused.not_now"}
	}
	return m.Bounced(l.ID, x.On, x.Said, m.scene)
}

// tellOfReply gives whoever works on a dossier a signal that the complainant wrote, once
// a day.
func (o *Office) tellOfReply(ctx context.Context, m *matter, out *outcome, on calendar.Date) error {
	return o.tell(ctx, m, out, complaint.ReplyReceived, on)
}

// tellOfReturn gives the same signal of an answer that came back: it counts as given, and
// nobody read it. Of other letters the post room shows that they came back.
func (o *Office) tellOfReturn(ctx context.Context, m *matter, out *outcome, letter string, on calendar.Date) error {
	l, err := o.Cupboard.Letter(ctx, letter, all)
	if err != nil || l.Kind != record.Answer {
		return err
	}
	return o.tell(ctx, m, out, complaint.AnswerBack, on)
}

func (o *Office) tell(ctx context.Context, m *matter, out *outcome, of complaint.Occasion, on calendar.Date) error {
	if done, err := o.Cupboard.WasReminded(ctx, m.ID, of, on); done || err != nil {
		return err
	}
	people, err := o.meet(ctx)
	if err != nil {
		return err
	}
	rota := people.rota()
	if rota.Barred, err = o.barred(ctx, m); err != nil {
		return err
	}
	d := after(m, out.events)
	out.events = append(out.events, d.Remind(of, on, d.Tells(of, o.Today(), rota), m.scene)...)
	out.reminded = &record.Reminder{Occasion: of, ForDate: on.String()}
	return nil
}

// settle keeps the mail with the dossier and takes it off the pile.
func (o *Office) settle(ctx context.Context, m *matter, out *outcome, x Message) error {
	kept, err := o.keepOriginal(ctx, m.Dossier, x.Mail)
	if err != nil {
		return err
	}
	if err := o.attachAll(ctx, m, out, []string{kept.ID}); err != nil {
		return err
	}
	out.incoming, err = x.Settles(m.ID)
	return err
}

// ConfirmByMail files an oral complaint because of a reply that says yes and nothing
// more: nobody of the office has to read it. Who may see the dossier is not asked,
// because nobody does it; everything else the law asks as it asks an employee.
func (o *Office) ConfirmByMail(ctx context.Context, dossier string, c complaint.Confirmation, x Message) (err error) {
	defer wrap(&err, "office: confirm by mail")
	for range maxRaces {
		err = o.confirmByMail(ctx, dossier, c, x)
		if !errors.Is(err, record.ErrLost) {
			return err
		}
	}
	return &complaint.Error{Kind: complaint.Unavailable, Key: "error.register_busy"}
}

func (o *Office) confirmByMail(ctx context.Context, dossier string, c complaint.Confirmation, x Message) error {
	d, err := o.Cupboard.Dossier(ctx, dossier, all)
	if err != nil {
		return err
	}
	org, err := o.Organisation(ctx)
	if err != nil {
		return err
	}
	scene, err := o.scene(ctx, complaint.ByComplainant, d.Procedure, org)
	if err != nil {
		return err
	}
	m := &matter{Dossier: d, who: complaint.Person{ID: complaint.ByStaff}, scene: scene, org: org, task: complaint.TaskConfirm}
	events, err := m.Confirm(c, m.scene)
	if err != nil {
		return err
	}
	out := outcome{events: events}
	text, err := o.wording(ctx, m)
	if err != nil {
		return err
	}
	if err := o.acknowledge(ctx, m, &out, after(m, events), text); err != nil {
		return err
	}
	if err := o.settle(ctx, m, &out, x); err != nil {
		return err
	}
	return o.write(ctx, m, out, record.Request{}, false)
}

// mostNumbers bounds how many numbers of one mail are looked up.
const mostNumbers = 20

// BarredFrom gives the keyed hashes of who may see nothing of what a mail may be about: the
// dossiers and forms that wait whose number it names, the newest when there are many, and the
// dossiers of the person it comes from. numbers are in order.
func (o *Office) BarredFrom(ctx context.Context, numbers []string, address string) (tokens [][]byte, err error) {
	defer wrap(&err, "office: who is barred from what a mail may be about")
	var dossiers []record.Dossier
	for _, number := range numbers[max(0, len(numbers)-mostNumbers):] {
		d, found, err := o.numbered(ctx, number)
		if err != nil {
			return nil, err
		}
		if found {
			dossiers = append(dossiers, d)
			continue
		}
		form, err := o.Cupboard.IncomingNumbered(ctx, number)
		if err != nil && !complaint.IsKind(err, complaint.NotFound) {
			return nil, err
		}
		tokens = append(tokens, form.Barred...)
	}
	if key := o.emailKey(address); key != nil {
		found, err := o.Cupboard.FoundBy(ctx, all, [][]byte{key})
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			dossiers = append(dossiers, f.Dossier)
		}
	}
	for _, d := range dossiers {
		more, err := o.Cupboard.Barred(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, more...)
	}
	return tokens, nil
}

// Asked is a message of ours that somebody answers.
type Asked struct {
	Dossier string
	Number  string
	Yes     bool // it asks for a yes to the latest text, and nobody gave one yet
	Reader  bool // the text went to who reads it along
}

// AskedBy says what a letter of a dossier asks. Only ids and codes are told: it is for
// matching mail that comes in.
func (o *Office) AskedBy(ctx context.Context, dossier, letter string) (a Asked, err error) {
	defer wrap(&err, "office: what a letter asks")
	d, err := o.Cupboard.Dossier(ctx, dossier, all)
	if err != nil {
		return a, err
	}
	a = Asked{Dossier: d.ID, Number: d.Number, Reader: d.SentHow == complaint.HowReader}
	if d.State != complaint.Awaiting || d.SentVersion != d.TextVersion {
		return a, nil
	}
	letters, err := o.Cupboard.Letters(ctx, dossier)
	for _, l := range letters { // the oldest first: an older text asks nothing any more
		switch {
		case l.Kind == record.ConfirmationText:
			a.Yes = l.ID == letter
		case l.ID == letter && l.Kind == record.ConfirmationReminder:
			a.Yes = true
		}
	}
	return a, err
}

// SealNote seals what is known of a mail under its identity key.
func (o *Office) SealNote(d Draft, note any) ([]byte, error) {
	return o.Sealer.SealJSON(toBe(d), record.MailNote, "", note)
}

// OpenNote opens what SealNote sealed.
func (o *Office) OpenNote(d Draft, sealed []byte, note any) error {
	return o.Sealer.OpenJSON(toBe(d), record.MailNote, "", sealed, note)
}
