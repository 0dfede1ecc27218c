package office

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Ways are the ways by which a letter can go to whoever gets the post.
type Ways struct{ Mail, Post bool }

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
	return Ways{Mail: to.Email != "", Post: to.HasAddress()}, nil
}
