package office

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Why a letter must not go out any more.
const (
	HeldDied    = complaint.HeldDied
	HeldStopped = complaint.HeldStopped
	HeldLapsed  = complaint.HeldLapsed
)

// postRows is how many letters the post room shows, prints or posts at once.
const postRows = 100

// Post is a letter in the post room.
type Post struct {
	ID       string
	Dossier  string
	Number   string
	Kind     record.LetterKind
	MadeOn   calendar.Date
	SentOn   calendar.Date
	Printed  bool
	Late     bool          // an acknowledgement that should have gone out the day before
	Held     string        // why it must not go out; "" when it may
	Spoken   bool          // an answer that is also told: both days stand on the dossier's own form
	Answers  bool          // sending it is answering the complaint
	Returned calendar.Date // the day it came back; zero: it did not
	ByMail   bool          // it is an e-mail
	// NewAddress: of an e-mail that came back, where e-mail goes was changed since.
	NewAddress bool
	Mail       *record.Message // of an e-mail: how far it is; nil: it goes by hand
	refusal    error           // what says so to who posts it all the same
}

// PostRoom is what waits to go out, oldest first, and what came back.
type PostRoom struct {
	Letters, Mails         []Post
	NextLetters, NextMails string
	Returned               []Post
	Sends                  bool   // gehoor sends e-mail itself
	Sent                   []Post // e-mail that went today
}

// mayPost refuses who does not work in the post room.
func mayPost(who complaint.Person) error {
	if !complaint.May(who, complaint.TaskReceive, complaint.Relation{}) {
		return &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	return nil
}

// PostRoom shows what waits. Nothing is opened: it names kinds, numbers and days.
func (o *Office) PostRoom(ctx context.Context, who complaint.Person, afterLetter, afterMail string) (room PostRoom, err error) {
	defer wrap(&err, "office: post room")
	if err := mayPost(who); err != nil {
		return room, err
	}
	if room.Letters, room.NextLetters, err = o.waiting(ctx, who, complaint.HowPost, afterLetter); err != nil {
		return room, err
	}
	if room.Mails, room.NextMails, err = o.waiting(ctx, who, complaint.HowEmail, afterMail); err != nil {
		return room, err
	}
	if room.Returned, err = o.returned(ctx, who); err != nil {
		return room, err
	}
	room.Sends = o.SendsMail()
	room.Sent, err = o.sentToday(ctx, who)
	return room, err
}

// CountPost counts what waits, for the menu.
func (o *Office) CountPost(ctx context.Context, who complaint.Person) (int, error) {
	return o.Cupboard.CountWaiting(ctx, o.sight(who))
}

func (o *Office) waiting(ctx context.Context, who complaint.Person, channel, after string) ([]Post, string, error) {
	org, err := o.Organisation(ctx)
	if err != nil {
		return nil, "", err
	}
	pieces, next, err := o.Cupboard.Waiting(ctx, o.sight(who), record.Waiting{Channel: channel, Limit: postRows, After: after})
	if err != nil {
		return nil, "", err
	}
	today, house := o.Today(), calendars(org).House
	var list []Post
	for _, p := range pieces {
		d := p.Dossier.Dossier
		if p.Message != nil {
			*p.Message = o.local(*p.Message)
		}
		if !complaint.May(who, complaint.TaskPostLetter, complaint.Relate(who, d, false, today)) {
			continue
		}
		list = append(list, Post{ID: p.Letter.ID, Dossier: d.ID, Number: d.Number, Kind: p.Letter.Kind, MadeOn: p.Letter.MadeOn, Printed: p.Printed, Mail: p.Message,
			Late: isLate(p.Letter.Kind, d, today, house), Held: held(p.Letter, d), Spoken: isAnswer(p.Letter.Kind, d) && d.AnswerHow == complaint.HowSpoken})
	}
	return list, next, nil
}

// sentToday gives the e-mail that went today, the latest first.
func (o *Office) sentToday(ctx context.Context, who complaint.Person) (list []Post, err error) {
	pieces, err := o.Cupboard.SentMail(ctx, o.sight(who), o.midnight(), postRows)
	for _, p := range pieces {
		m := o.local(*p.Message)
		list = append(list, Post{ID: p.Letter.ID, Dossier: p.Dossier.ID, Number: p.Dossier.Number, Kind: p.Letter.Kind, MadeOn: p.Letter.MadeOn, Mail: &m})
	}
	return list, err
}

// isLate reports whether an acknowledgement still lies here on the next working day
// after the complaint reached the helpdesk; a caller's, after it was filed.
func isLate(kind record.LetterKind, d complaint.Dossier, today calendar.Date, house calendar.Calendar) bool {
	if kind != record.Acknowledgement {
		return false
	}
	from := d.ReachedOn
	if from.IsZero() {
		from = d.ReceivedOn
	}
	if d.FiledOn.After(from) {
		from = d.FiledOn
	}
	return !today.Before(house.After(from, calendar.Term{N: 1, Unit: calendar.WorkingDay}))
}

// isAnswer reports whether a letter is the answer whose sending counts as answering.
func isAnswer(kind record.LetterKind, d complaint.Dossier) bool {
	return kind == record.Answer && d.AnsweredOn.IsZero()
}

// held says why a letter must stay here.
func held(l record.Letter, d complaint.Dossier) string { return d.Held(paper(l)) }

// mayPrint refuses a letter that must stay here; what went out may be printed again.
func mayPrint(l record.Letter, d complaint.Dossier) error {
	if !l.SentOn.IsZero() {
		return nil
	}
	return d.MayGoOut(paper(l))
}

// Posted is one letter of several that were posted together.
type Posted struct {
	Post
	Err error // a refusal; nil when it was recorded
}

// PostLetters records for several letters that they went out on a day, each as a task
// of its own. An answer is recorded as sent, so that answered on is that day.
func (o *Office) PostLetters(ctx context.Context, who complaint.Person, key string, letters []string, on calendar.Date) (done []Posted, err error) {
	defer wrap(&err, "office: post letters")
	return o.eachLetter(ctx, who, key, letters, func(f Form, p Post) error { return o.postOne(ctx, who, f, p, on) })
}

// eachLetter does a task with each of several letters. A refusal of one leaves the others as
// they are.
func (o *Office) eachLetter(ctx context.Context, who complaint.Person, key string, letters []string, do func(Form, Post) error) (done []Posted, err error) {
	if err := mayPost(who); err != nil {
		return nil, err
	}
	for _, id := range letters[:min(len(letters), postRows)] {
		p, err := o.piece(ctx, who, id)
		if err != nil {
			return done, err
		}
		refusal := do(Form{Dossier: p.Dossier, Key: key + "." + id}, p)
		if refusal != nil && !isRefusal(refusal) {
			return done, refusal
		}
		done = append(done, Posted{p, refusal})
	}
	return done, nil
}

// isRefusal reports whether err is something to tell a person, and not a fault.
func isRefusal(err error) bool {
	return complaint.IsKind(err, complaint.Refused) || complaint.IsKind(err, complaint.Invalid) || complaint.IsKind(err, complaint.UsedKey)
}

func (o *Office) postOne(ctx context.Context, who complaint.Person, f Form, p Post, on calendar.Date) error {
	switch {
	case p.SentOn == on && !on.IsZero(): // a double click, or a colleague was first
		return nil
	case !p.SentOn.IsZero():
		return &complaint.Error{Kind: complaint.Refused, Key: "refused.post_sent"}
	case p.refusal != nil:
		return p.refusal
	case p.Spoken:
		return &complaint.Error{Kind: complaint.Refused, Key: "refused.post_spoken"}
	case p.Answers:
		return o.SendAnswer(ctx, who, f, complaint.Dispatch{On: on})
	}
	return o.LetterWentOut(ctx, who, f, p.ID, on)
}

// piece looks one letter up, through the eyes of who.
func (o *Office) piece(ctx context.Context, who complaint.Person, id string) (Post, error) {
	l, err := o.Cupboard.Letter(ctx, id, o.sight(who))
	if err != nil {
		return Post{}, err
	}
	d, err := o.Cupboard.Dossier(ctx, l.Dossier, o.sight(who))
	if err != nil {
		return Post{}, err
	}
	return Post{ID: l.ID, Dossier: d.ID, Number: d.Number, Kind: l.Kind, MadeOn: l.MadeOn, SentOn: l.SentOn, Printed: l.Final != nil, ByMail: l.Channel == complaint.HowEmail,
		Held: held(l, d.Dossier), refusal: d.MayGoOut(paper(l)), Answers: isAnswer(l.Kind, d.Dossier), Spoken: isAnswer(l.Kind, d.Dossier) && d.AnswerHow == complaint.HowSpoken}, nil
}

// Batch is several letters for the printer, or several e-mails to copy.
type Batch struct {
	Mail  bool
	Bytes []byte // of a PDF; of a text for e-mails
}

// Naming says, in words, how a batch and each letter in it are called.
type Naming struct {
	Title    string
	Language string
	Letter   func(n int, s Sheet) string
}

// PrintLetters gives several letters as one PDF, or several e-mails as one text. Every
// letter is noted as an opening first. What is kept of each stays as it was.
func (o *Office) PrintLetters(ctx context.Context, who complaint.Person, letters []string, name Naming) (batch Batch, err error) {
	defer wrap(&err, "office: print letters")
	if err := mayPost(who); err != nil {
		return batch, err
	}
	letters = letters[:min(len(letters), postRows)]
	if batch.Mail, err = o.sameWay(ctx, who, letters); err != nil {
		return batch, err
	}
	sheaf := record.Sheaf{Title: name.Title, Language: name.Language}
	var mails bytes.Buffer
	for i, id := range letters {
		sheet, err := o.PrintLetter(ctx, who, id)
		if err != nil {
			return batch, err
		}
		if batch.Mail {
			fmt.Fprintf(&mails, "%s\n\n%s\n\n\n", name.Letter(i+1, sheet), sheet.Bytes)
			continue
		}
		sheaf.Letters = append(sheaf.Letters, record.Printed{Name: name.Letter(i+1, sheet), PDF: sheet.Bytes})
	}
	switch {
	case batch.Mail:
		batch.Bytes = mails.Bytes()
		return batch, nil
	case len(sheaf.Letters) == 1: // by itself it is as it is kept
		batch.Bytes = sheaf.Letters[0].PDF
		return batch, nil
	}
	batch.Bytes, err = o.Press.Join(sheaf)
	return batch, err
}

// sameWay looks all letters of a batch up before any is opened: they go out by the same
// channel. mail says by which.
func (o *Office) sameWay(ctx context.Context, who complaint.Person, letters []string) (mail bool, err error) {
	for i, id := range letters {
		l, err := o.Cupboard.Letter(ctx, id, o.sight(who))
		if err != nil {
			return false, err
		}
		d, err := o.Cupboard.Dossier(ctx, l.Dossier, o.sight(who))
		if err != nil {
			return false, err
		}
		if err := mayPrint(l, d.Dossier); err != nil {
			return false, err
		}
		if isMail := l.Channel == complaint.HowEmail; i == 0 {
			mail = isMail
		} else if isMail != mail {
			return false, &complaint.Error{Kind: complaint.Refused, Key: "refused.post_mixed"}
		}
	}
	return mail, nil
}

// SentPost gives the letters of a dossier that were posted, the latest first: one of
// them may have come back.
func (o *Office) SentPost(ctx context.Context, who complaint.Person, dossier string) (list []Post, err error) {
	defer wrap(&err, "office: sent post")
	m, err := o.onTheTable(ctx, who, dossier, complaint.TaskContact)
	if err != nil {
		return nil, err
	}
	letters, err := o.Cupboard.Letters(ctx, m.ID)
	for i := len(letters) - 1; i >= 0; i-- {
		if l := letters[i]; !l.SentOn.IsZero() && l.Channel == complaint.HowPost {
			list = append(list, Post{ID: l.ID, Dossier: m.ID, Number: m.Number, Kind: l.Kind, MadeOn: l.MadeOn, SentOn: l.SentOn, Printed: true})
		}
	}
	return list, err
}

// LetterCameBack records that the post brought a letter back, as a contact on the
// dossier that names the letter. said is what stands in the course.
func (o *Office) LetterCameBack(ctx context.Context, who complaint.Person, f Form, letter string, on calendar.Date, said string) error {
	input := []string{"returned", letter, on.String(), said}
	return o.carryOut(ctx, who, f, deed{complaint.TaskContact, input, func(ctx context.Context, m *matter) (outcome, error) {
		l, err := o.Cupboard.Letter(ctx, letter, o.sight(who))
		if err != nil {
			return outcome{}, err
		}
		if l.Dossier != m.ID || l.SentOn.IsZero() || l.Channel != complaint.HowPost {
			return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.not_now"}
		}
		events, err := m.LetterBack(l.ID, on, l.SentOn, said, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		return out, o.tellOfReturn(ctx, m, &out, l.ID, on)
	}})
}

// recentDays is how long after closing returned post is still shown.
const recentDays = 60

// returned gives the letters that came back and for which no other way was found yet.
func (o *Office) returned(ctx context.Context, who complaint.Person) (list []Post, err error) {
	today := o.Today()
	ids, err := o.Cupboard.WithReturned(ctx, o.sight(who), record.Recent{ReceivedFrom: today.AddMonths(-24), ClosedFrom: today.AddDays(-recentDays)})
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		back, err := o.cameBack(ctx, id)
		if err != nil {
			return nil, err
		}
		for letter, b := range back {
			p, err := o.piece(ctx, who, letter)
			if err != nil {
				return nil, err
			}
			p.Returned, p.NewAddress = b.On, b.NewAddress
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b Post) int { return cmp.Or(a.Returned.Compare(b.Returned), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}
