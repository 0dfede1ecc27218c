package office

import (
	"context"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Ways are the ways by which a letter can go to whoever gets the post.
type Ways struct {
	Mail, Post bool
	MailIsDead bool // an e-mail to this address came back
}

// Ways says how a letter of a task can go out. Nothing of the address is told.
func (o *Office) Ways(ctx context.Context, who complaint.Person, dossier string, task complaint.Task, kind record.LetterKind) (w Ways, err error) {
	defer wrap(&err, "office: ways")
	m, err := o.onTheTable(ctx, who, dossier, task)
	if err != nil {
		return w, err
	}
	to, err := o.addressee(ctx, m)
	if err != nil {
		return w, err
	}
	to, _ = forLetter(to, kind)
	addresses := []string{to.Email}
	if kind.AsksForYes() {
		addresses = append(addresses, to.Reader.Email)
	}
	w = Ways{Mail: to.Email != "", Post: to.HasAddress()}
	w.MailIsDead, err = o.mailIsDead(ctx, m.Dossier, addresses)
	return w, err
}

// mailIsDead reports whether an e-mail to one of these addresses came back.
func (o *Office) mailIsDead(ctx context.Context, d record.Dossier, addresses []string) (bool, error) {
	course, err := o.openCourse(ctx, d)
	if err != nil {
		return false, err
	}
	mails, err := o.mailsOf(ctx, d.ID)
	return slices.ContainsFunc(course, func(e complaint.Event) bool {
		return e.IsReturn() && slices.ContainsFunc(addresses, func(to string) bool { return o.mailedTo(mails[e.Open.Record], to) })
	}), err
}
