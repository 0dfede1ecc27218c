package office

import (
	"context"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// UnpostLetters takes back, for several letters, that they were posted: written down today
// by mistake. Each is a task of its own, and stands in the course.
func (o *Office) UnpostLetters(ctx context.Context, who complaint.Person, key string, letters []string) (done []Posted, err error) {
	defer wrap(&err, "office: unpost letters")
	return o.eachLetter(ctx, who, key, letters, func(f Form, p Post) error { return o.unpost(ctx, who, f, p.ID) })
}

func (o *Office) unpost(ctx context.Context, who complaint.Person, f Form, letter string) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskPostLetter, []string{"unpost", letter}, func(ctx context.Context, m *matter) (outcome, error) {
		l, err := o.Cupboard.Letter(ctx, letter, o.sight(who))
		if err != nil {
			return outcome{}, err
		}
		if l.Dossier != m.ID {
			return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.not_now"}
		}
		course, err := o.openCourse(ctx, m.Dossier)
		if err != nil {
			return outcome{}, err
		}
		events, err := m.UnsendLetter(paper(l), l.SentOn, course, m.scene)
		return outcome{events: events, unposted: []string{letter}}, err
	}})
}

// PostedToday gives which of several letters this person wrote down today as gone, and
// which of those can be taken back. An address may name any letters: what is not theirs to
// see is passed over.
func (o *Office) PostedToday(ctx context.Context, who complaint.Person, letters []string) (gone, undo []string, err error) {
	defer wrap(&err, "office: posted today")
	if err := mayPost(who); err != nil {
		return nil, nil, err
	}
	for _, id := range letters[:min(len(letters), postRows)] {
		mine, back, err := o.postedToday(ctx, who, id)
		if err != nil && !complaint.IsKind(err, complaint.NotFound) {
			return nil, nil, err
		}
		if mine && !slices.Contains(gone, id) {
			if gone = append(gone, id); back {
				undo = append(undo, id)
			}
		}
	}
	return gone, undo, nil
}

func (o *Office) postedToday(ctx context.Context, who complaint.Person, letter string) (mine, back bool, err error) {
	l, err := o.Cupboard.Letter(ctx, letter, o.sight(who))
	if err != nil || l.SentOn.IsZero() {
		return false, false, err
	}
	d, err := o.Cupboard.Dossier(ctx, l.Dossier, o.sight(who))
	if err != nil {
		return false, false, err
	}
	course, err := o.openCourse(ctx, d)
	if err != nil {
		return false, false, err
	}
	sent, _ := complaint.WrittenDown(course, letter)
	mine = sent.Actor == who.ID && calendar.Of(sent.At) == o.Today()
	return mine, d.MayUnsend(paper(l), l.SentOn, course, o.Today()) == nil, nil
}

// openCourse is what happened to a dossier, without the texts.
func (o *Office) openCourse(ctx context.Context, d record.Dossier) ([]complaint.Event, error) {
	rows, err := o.Cupboard.Course(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	course := make([]complaint.Event, len(rows))
	for i, row := range rows {
		if course[i], err = o.Sealer.OpenEvent(d, row, false); err != nil {
			return nil, err
		}
	}
	return course, nil
}

// MayUnpost reports whether it can be taken back that a letter was posted.
func (v View) MayUnpost(l record.Letter) bool {
	return v.MayUnsend(paper(l), l.SentOn, v.Events, v.Today) == nil
}
