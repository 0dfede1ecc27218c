package office

import (
	"context"
	"slices"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// The actions of log lines about dossiers.
const (
	ActionOpen = "open_identity"
	ActionRead = "read"
	ActionList = "list"
)

// View is a dossier as a person may see it.
type View struct {
	complaint.Dossier
	Reading     complaint.Reading
	Relation    complaint.Relation
	Title       string
	Text        complaint.Wording
	Answer      complaint.AnswerText
	TakenBack   complaint.AnswerText // an answer that was released and taken back, to go on with
	Events      []complaint.Event
	Letters     []record.Letter
	Mails       map[string]record.Message // by letter: how far an e-mail is
	Returned    map[string]Back           // by letter: when it came back, and no other way was found yet
	Attachments []AttachmentView
	Openings    []record.LogLine // who opened the name
	Rules       complaint.Rules
	Today       calendar.Date
	May         []complaint.Task // what this person may do now, the next step first
	Next        complaint.Task   // the one next step, when this person may do it
	Concerned   []string         // employees concerned, as named
	Barred      []complaint.Actor
	Linked      []LinkedDossier // other dossiers that belong with it, as far as this person sees them
	Card        *CardView       // the quick card of which it was made
	HasPage     bool            // the complainant has a code, and a page to follow it on
	TextWays    []TextWay       // to the text, for who confirms it
	HasBSN      bool            // the text holds a number that may be a burgerservicenummer
}

// Lies reports whether a letter lies here that must still go out.
func (v View) Lies(l record.Letter) bool {
	return l.SentOn.IsZero() && l.LapsedOn.IsZero() && v.Mails[l.ID].Reason != record.HeldPaper && v.HeldHere(l) == ""
}

// HeldHere says why a letter that did not go out must stay here, or "".
func (v View) HeldHere(l record.Letter) string {
	if !l.SentOn.IsZero() {
		return ""
	}
	return held(l, v.Dossier)
}

// AnswerBack reports whether the answer came back, and nobody found another way yet.
func (v View) AnswerBack() bool {
	return slices.ContainsFunc(v.Letters, func(l record.Letter) bool {
		_, back := v.Returned[l.ID]
		return back && l.Kind == record.Answer
	})
}

// ReachedAnother reports whether the text came to somebody else, and was not sent since.
func (v View) ReachedAnother() (is bool) {
	for _, e := range v.Events {
		is = e.IsNotMine() || is && e.Kind != complaint.TextSent
	}
	return is
}

// LinkedDossier is another dossier, and what it is to this one.
type LinkedDossier struct {
	complaint.Link
	Number string
}

// AttachmentView is a file without its content.
type AttachmentView struct {
	ID   string
	Name string
	Type string
	Size int64
	On   calendar.Date
	By   complaint.Actor
}

// Look shows a dossier, and notes once a day that this person looked.
func (o *Office) Look(ctx context.Context, who complaint.Person, id string) (v View, err error) {
	defer wrap(&err, "office: look")
	d, err := o.Cupboard.Dossier(ctx, id, o.sight(who))
	if err != nil {
		return v, err
	}
	reading := complaint.MayRead(who, d.Dossier, false, o.Today())
	if reading == complaint.ReadsNothing {
		return v, complaint.ErrNotFound
	}
	if err := o.noteReading(ctx, who, d); err != nil {
		return v, err
	}
	v = View{Dossier: d.Dossier, Reading: reading, Today: o.Today(), Relation: complaint.Relate(who, d.Dossier, false, o.Today())}
	if v.Rules, err = o.pinned(ctx, d.Procedure); err != nil {
		return v, err
	}
	v.HasPage = o.hasPage(d)
	if err := o.readLinks(ctx, who, &v); err != nil {
		return v, err
	}
	if err := o.readCourse(ctx, d, &v); err != nil {
		return v, err
	}
	v.May, v.Next = permitted(who, v.Relation, d.Dossier, v.Today)
	if o.FollowURL == "" { // no page to follow a complaint: no codes
		v.May = slices.DeleteFunc(v.May, func(t complaint.Task) bool { return t == complaint.TaskReplaceCode })
	}
	if reading < complaint.ReadsText {
		return v, nil
	}
	return v, o.readPapers(ctx, who, d, &v)
}

// Told gives whom a signal of the course is for; nobody when e is no signal.
func Told(e complaint.Event) []complaint.Actor {
	var told []complaint.Actor
	for _, id := range strings.Fields(complaint.Reveal(e.Sealed[complaint.Told])) {
		told = append(told, complaint.Actor(id))
	}
	return told
}

// noteReading writes one line per person, dossier and day.
func (o *Office) noteReading(ctx context.Context, who complaint.Person, d record.Dossier) error {
	return o.Cupboard.Log(ctx, record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: ActionRead, Dossier: d.ID,
		Result: "done", Once: ActionRead + "|" + string(who.ID) + "|" + d.ID + "|" + o.Today().String()})
}

func (o *Office) readCourse(ctx context.Context, d record.Dossier, v *View) error {
	rows, err := o.Cupboard.Course(ctx, d.ID)
	if err != nil {
		return err
	}
	withTexts := v.Reading == complaint.ReadsText
	for _, row := range rows {
		e, err := o.Sealer.OpenEvent(d, row, withTexts)
		if err != nil {
			return err
		}
		if e.Kind == complaint.Linked && !v.knows(e.Open.Record) {
			continue // even that there is another dossier tells whom it is about
		}
		v.Events = append(v.Events, e)
		if withTexts {
			v.take(e)
		}
	}
	if withTexts {
		v.Title, err = o.Sealer.Title(d)
		v.HasBSN = HasBSN(v.Text.Description) || HasBSN(v.Text.DesiredOutcome)
	}
	return err
}

// knows reports whether a linked dossier is in sight.
func (v *View) knows(dossier string) bool {
	return slices.ContainsFunc(v.Links, func(l complaint.Link) bool { return l.Dossier == dossier })
}

// readLinks finds the numbers of linked dossiers; what bars this person is left out.
func (o *Office) readLinks(ctx context.Context, who complaint.Person, v *View) error {
	all := v.Links
	v.Links = nil
	for _, l := range all {
		other, err := o.Cupboard.Dossier(ctx, l.Dossier, o.sight(who))
		if complaint.IsKind(err, complaint.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		v.Links = append(v.Links, l)
		v.Linked = append(v.Linked, LinkedDossier{l, other.Number})
	}
	return nil
}

// take keeps what the latest events say of text, answer and people.
func (v *View) take(e complaint.Event) {
	switch e.Kind {
	case complaint.Worded:
		v.Text = wordingOf(e)
	case complaint.AnswerReleased:
		if t, err := complaint.ReadAnswer(e.Sealed[complaint.Answer]); err == nil {
			v.Answer = t
		}
	case complaint.AnswerTakenBack:
		v.Answer, v.TakenBack = complaint.AnswerText{}, v.Answer
	case complaint.EmployeeCleared:
		v.Concerned = slices.DeleteFunc(v.Concerned, func(s string) bool { return s == complaint.Reveal(e.Sealed[complaint.Concerned]) })
	case complaint.Received, complaint.EmployeeNamed:
		if p := e.Sealed[complaint.Concerned]; !p.IsEmpty() {
			v.Concerned = append(v.Concerned, complaint.Reveal(p))
		}
	}
}

func (o *Office) readPapers(ctx context.Context, who complaint.Person, d record.Dossier, v *View) error {
	var err error
	if v.Card, err = o.cardOf(ctx, d.ID); err != nil {
		return err
	}
	if v.Letters, err = o.Cupboard.Letters(ctx, d.ID); err != nil {
		return err
	}
	if v.Mails, err = o.mailsOf(ctx, d.ID); err != nil {
		return err
	}
	if slices.ContainsFunc(v.Events, complaint.Event.IsReturn) {
		if v.Returned, err = o.cameBack(ctx, d.ID); err != nil {
			return err
		}
	}
	files, err := o.Cupboard.Attachments(ctx, d.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		name, err := o.Sealer.Open(d, record.FileName, f.ID, f.Name)
		if err != nil {
			return err
		}
		v.Attachments = append(v.Attachments, AttachmentView{ID: f.ID, Name: string(name), Type: f.Type, Size: f.Size,
			On: calendar.Of(f.At.In(o.Zone)), By: v.addedBy(f)})
	}
	lines, err := o.Cupboard.Logbook(ctx, d.ID, o.sight(who))
	if err != nil {
		return err
	}
	if v.TextWays, err = o.textWays(ctx, d, lines); err != nil {
		return err
	}
	for _, l := range lines {
		if l.Action == ActionOpen {
			l.At = l.At.In(o.Zone)
			v.Openings = append(v.Openings, l)
		}
	}
	v.Barred, err = o.barred(ctx, &matter{Dossier: d})
	return err
}

// addedBy is who added a file, as the course says.
func (v *View) addedBy(f record.Attachment) complaint.Actor {
	for _, e := range v.Events {
		if e.Kind == complaint.AttachmentAdded && e.Open.Record == f.ID {
			return e.Actor
		}
	}
	return f.Actor
}

// desk lists the tasks in the order in which they are offered.
var desk = []complaint.Task{complaint.TaskWord, complaint.TaskSend, complaint.TaskConfirm, complaint.TaskCorrect, complaint.TaskRemind,
	complaint.TaskForward, complaint.TaskTakeUp, complaint.TaskAnswer, complaint.TaskSendAnswer, complaint.TaskTakeBack, complaint.TaskSettle, complaint.TaskExtend, complaint.TaskClose,
	complaint.TaskContact, complaint.TaskNote, complaint.TaskAct, complaint.TaskTalk, complaint.TaskAttach, complaint.TaskIdentity, complaint.TaskStepOut, complaint.TaskSupplement, complaint.TaskName,
	complaint.TaskHandOver, complaint.TaskStepAside, complaint.TaskPutBefore, complaint.TaskTellEmployee, complaint.TaskAskReader, complaint.TaskReadAlong,
	complaint.TaskDispute, complaint.TaskLevel, complaint.TaskDeputy, complaint.TaskRevokeReader, complaint.TaskReplaceCode, complaint.TaskLink, complaint.TaskAmend, complaint.TaskDied, complaint.TaskRelative, complaint.TaskCondole, complaint.TaskCallError,
	complaint.TaskUnconfirmed, complaint.TaskWithdraw, complaint.TaskResolve, complaint.TaskPassOn, complaint.TaskNotAccept}

// permitted gives what a person may do now, and the one next step among it.
func permitted(who complaint.Person, r complaint.Relation, d complaint.Dossier, today calendar.Date) (may []complaint.Task, next complaint.Task) {
	for _, t := range desk {
		if complaint.May(who, t, r) && d.Allows(t) {
			may = append(may, t)
		}
	}
	if next = d.Next(today); !slices.Contains(may, next) {
		next = ""
	}
	return may, next
}

// Line is a dossier in a list.
type Line struct {
	complaint.Dossier
	Title string // empty for who reads the open part only
	Next  complaint.Task
}

// List shows dossiers, and notes the filter.
func (o *Office) List(ctx context.Context, who complaint.Person, f record.Filter) (lines []Line, next string, err error) {
	defer wrap(&err, "office: list")
	f.Today, f.Soon = o.Today(), o.soon(ctx)
	found, next, err := o.Cupboard.List(ctx, o.sight(who), f)
	if err != nil {
		return nil, "", err
	}
	for _, d := range found {
		line := Line{Dossier: d.Dossier}
		if complaint.MayRead(who, d.Dossier, false, f.Today) == complaint.ReadsText {
			if line.Title, err = o.Sealer.Title(d); err != nil {
				return nil, "", err
			}
		}
		_, line.Next = permitted(who, complaint.Relate(who, d.Dossier, false, f.Today), d.Dossier, f.Today)
		lines = append(lines, line)
	}
	day := f.Today.String()
	return lines, next, o.Cupboard.Log(ctx, record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: ActionList,
		Reason: f.Group, Result: "done", Once: ActionList + "|" + string(who.ID) + "|" + f.Group + "|" + day})
}

// Count gives the numbers on the tiles.
func (o *Office) Count(ctx context.Context, who complaint.Person, f record.Filter) (record.Counts, error) {
	f.Today, f.Soon = o.Today(), o.soon(ctx)
	return o.Cupboard.Count(ctx, o.sight(who), f)
}

// soonDays is how many working days ahead counts as soon on the work list.
const soonDays = 3

func (o *Office) soon(ctx context.Context) calendar.Date {
	org, err := o.Organisation(ctx)
	if err != nil {
		return o.Today().AddDays(soonDays)
	}
	return calendars(org).House.After(o.Today(), calendar.Term{N: soonDays, Unit: calendar.WorkingDay})
}

// Find gives the id of the dossier with a number, when this person may see it.
func (o *Office) Find(ctx context.Context, who complaint.Person, number string) (string, error) {
	return o.find(ctx, o.sight(who), number)
}

func (o *Office) find(ctx context.Context, sight complaint.Sight, number string) (string, error) {
	found, _, err := o.Cupboard.List(ctx, sight, record.Filter{Number: number, Exact: true, Limit: 1})
	if err != nil {
		return "", err
	}
	if number == "" || len(found) == 0 {
		return "", complaint.ErrNotFound
	}
	return found[0].ID, nil
}
