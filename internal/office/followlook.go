package office

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Own is a complaint as the complainant sees it on their own page: without internal notes,
// without names of staff, and without whom it is about.
type Own struct {
	complaint.Dossier
	Today    calendar.Date
	Rules    complaint.Rules
	Text     complaint.Wording
	Handler  string // the function of who handles it
	Events   []OwnEvent
	Letters  []OwnLetter
	Openings []OwnOpening
	May      []complaint.Task     // what they may do here now
	Proposed string               // why we ask for more time, in the handler's words
	Solved   string               // what they said about it after the end
	Answer   complaint.AnswerText // of a nameless complaint, which gets no letter
}

// OwnEvent is something that happened, with what the complainant said.
type OwnEvent struct {
	complaint.Event
	Said string
	File string
}

// OwnLetter is a letter to the complainant that went out.
type OwnLetter struct {
	ID   string
	Kind record.LetterKind
	On   calendar.Date
	Mail bool
}

// OwnOpening is one time that somebody opened the name: as what, when and why.
type OwnOpening struct {
	At       time.Time
	Function string // "" when the person has none
	InPlace  bool   // standing in for the handler
	Reason   string // a code
	Label    string // the procedure's words for it
	Remark   string
}

// ownTasks are what a complainant can do on their own page.
var ownTasks = []complaint.Task{complaint.TaskSettle, complaint.TaskContact, complaint.TaskAttach, complaint.TaskIdentity, complaint.TaskWithdraw}

// LookAtOwn shows a complaint to its complainant.
func (o *Office) LookAtOwn(ctx context.Context, who complaint.Person) (v Own, err error) {
	defer wrap(&err, "office: look at one's own")
	m, err := o.onTheTable(ctx, who, who.Own, complaint.TaskFollow)
	if err != nil {
		return v, err
	}
	v = Own{Dossier: m.Dossier.Dossier, Today: o.Today(), Rules: m.scene.Rules}
	relation := complaint.Relate(who, v.Dossier, false, v.Today)
	for _, t := range ownTasks {
		if complaint.May(who, t, relation) && v.Allows(t) {
			v.May = append(v.May, t)
		}
	}
	if v.State.IsRunning() && v.Dossier.Handler != "" {
		c, err := o.staffContact(ctx, v.Dossier.Handler)
		if err != nil {
			return v, err
		}
		v.Handler = c.Function
	}
	if err := o.ownCourse(ctx, m, &v); err != nil {
		return v, err
	}
	if err := o.ownLetters(ctx, m, &v); err != nil {
		return v, err
	}
	return v, o.ownOpenings(ctx, m, &v)
}

// Can reports whether the complainant may do a task here now.
func (v Own) Can(t complaint.Task) bool { return slices.Contains(v.May, t) }

func (o *Office) ownCourse(ctx context.Context, m *matter, v *Own) error {
	rows, err := o.Cupboard.Course(ctx, m.ID)
	if err != nil {
		return err
	}
	course := make([]complaint.Event, len(rows))
	for i, row := range rows {
		if course[i], err = o.Sealer.OpenEvent(m.Dossier, row, true); err != nil {
			return err
		}
	}
	mistaken, identities := complaint.Unsent(course), 0
	for _, e := range course {
		if e.Kind == complaint.Worded {
			v.Text = wordingOf(e)
		}
		if e.Kind == complaint.IdentityChanged {
			if identities++; identities == 1 {
				continue // it came with the complaint
			}
		}
		if e.Kind == complaint.AnswerReleased && v.Level == complaint.Nameless && !v.AnsweredOn.IsZero() {
			if v.Answer, err = complaint.ReadAnswer(e.Sealed[complaint.Answer]); err != nil {
				return err
			}
		}
		told, ok := e.ForComplainant()
		if !ok || mistaken(e) {
			continue
		}
		own := OwnEvent{Event: told, Said: complaint.Reveal(told.Sealed[complaint.Text]), File: complaint.Reveal(told.Sealed[complaint.Name])}
		switch {
		case e.Kind == complaint.ExtensionAsked:
			v.Proposed = complaint.Reveal(told.Sealed[complaint.Explanation])
		case e.Open.Outcome == complaint.ContactSolved, e.Open.Outcome == complaint.ContactUnsolved:
			v.Solved = e.Open.Outcome
		}
		own.Sealed = nil
		v.Events = append(v.Events, own)
	}
	return nil
}

// ownLetters lists the letters to the complainant that went out; what went to who read the
// text along is not theirs.
func (o *Office) ownLetters(ctx context.Context, m *matter, v *Own) error {
	letters, err := o.Cupboard.Letters(ctx, m.ID)
	for _, l := range letters {
		theirs, err := o.isOwn(m, l)
		if err != nil {
			return err
		}
		if theirs {
			v.Letters = append(v.Letters, OwnLetter{ID: l.ID, Kind: l.Kind, On: l.SentOn, Mail: l.Channel == complaint.HowEmail})
		}
	}
	return err
}

func (o *Office) isOwn(m *matter, l record.Letter) (bool, error) {
	if l.SentOn.IsZero() || l.Kind.ToSomebodyElse() {
		return false, nil
	}
	var order record.Order
	err := o.Sealer.OpenJSON(m.Dossier, record.LetterFacts, l.ID, l.Params, &order)
	return order.Facts.ReaderFor == "", err
}

// ownOpenings tells who opened the name, as what, when and why: the newest first.
func (o *Office) ownOpenings(ctx context.Context, m *matter, v *Own) error {
	lines, err := o.Cupboard.Logbook(ctx, m.ID, o.sight(m.who))
	if err != nil {
		return err
	}
	for _, l := range slices.Backward(lines) {
		if l.Action != ActionOpen {
			continue
		}
		x := OwnOpening{At: l.At.In(o.Zone), InPlace: l.OnBehalf != "", Reason: l.Reason}
		for _, r := range m.scene.Rules.OpeningReasons {
			if r.Code == l.Reason {
				x.Label = r.Label
			}
		}
		c, err := o.staffContact(ctx, l.Actor)
		if err != nil {
			return err
		}
		x.Function = c.Function
		if len(l.Remark) > 0 {
			plain, err := o.Sealer.Open(m.Dossier, record.LogRemark, l.ID, l.Remark)
			if err != nil {
				return err
			}
			x.Remark = string(plain)
		}
		v.Openings = append(v.Openings, x)
	}
	return nil
}

// OwnLetter gives a letter to the complainant, who opens it: that is written down, and is
// no opening of the name by us.
func (o *Office) OwnLetter(ctx context.Context, who complaint.Person, id string) (sheet Sheet, err error) {
	defer wrap(&err, "office: one's own letter")
	l, err := o.Cupboard.Letter(ctx, id, o.sight(who))
	if err != nil {
		return sheet, err
	}
	m, err := o.onTheTable(ctx, who, l.Dossier, complaint.TaskFollow)
	if err != nil {
		return sheet, err
	}
	if theirs, err := o.isOwn(m, l); err != nil || !theirs {
		return sheet, cmp.Or(err, error(complaint.ErrNotFound))
	}
	if err := o.noteOwn(ctx, m, string(l.Kind)); err != nil {
		return sheet, err
	}
	var order record.Order
	if err := o.Sealer.OpenJSON(m.Dossier, record.LetterFacts, l.ID, l.Params, &order); err != nil {
		return sheet, err
	}
	sheet = Sheet{Kind: l.Kind, Number: m.Number, Mail: order.Mail}
	sheet.Bytes, err = o.finalBytes(ctx, m, l, order)
	return sheet, err
}

// noteOwn writes down, once a day, that the complainant read something of their own.
func (o *Office) noteOwn(ctx context.Context, m *matter, what string) error {
	return o.Cupboard.Log(ctx, record.LogLine{ID: record.NewID(), At: o.now(), Actor: m.who.ID, Action: ActionReadOwn, Dossier: m.ID, Reason: what, Result: "done",
		Once: ActionReadOwn + "|" + m.ID + "|" + what + "|" + o.Today().String()})
}
