package mailroom

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// Form is the kind of what came in by the form of the counter and must be looked at first.
const Form Kind = "form"

// Why a form waits for a look instead of being registered at once. It came in all the
// same, on the day it was sent.
const (
	TooFast      = "form_too_fast"      // sent sooner than anybody types
	Trapped      = "form_trap"          // something stood in the field that people do not see
	Crowded      = "form_crowded"       // many came from one place
	NamesPeople  = "form_names_people"  // it seems to name an employee: somebody who is not named judges that
	NamesSomeone = "form_names_someone" // it is about an employee whom we do not recognise
	Unknowing    = "form_unknowing"     // it is somebody else's, and nobody says that they know of it
	NobodyLeft   = "form_nobody_left"   // it is about everybody who takes complaints in
)

// Handed is what who sent a form is told.
type Handed struct {
	Number string
	DueOn  calendar.Date
	Waits  bool // somebody looks at it before it can be followed
}

// HandIn takes a form of the counter in: it is registered at once, or, when there is a
// doubt, it waits among the mail for a person. It is in either way: nothing is dropped,
// and the day is today. A double click gets the first answer.
func (r *Mailroom) HandIn(ctx context.Context, who complaint.Person, f office.Form, in office.Intake, doubts ...string) (h Handed, err error) {
	defer wrap(&err, "hand a form in")
	doubts = slices.Clone(doubts)
	named, orphan, err := r.namedByForm(ctx, &in)
	if err != nil {
		return h, err
	}
	switch {
	case isSomeone(in):
		doubts = append(doubts, NamesSomeone)
	case len(named) > 0:
		doubts = append(doubts, NamesPeople)
	}
	if other := in.Identity.Caller; in.Level != complaint.Nameless && other != (record.Caller{}) && !other.Knows {
		doubts = append(doubts, Unknowing)
	}
	if orphan && !isSomeone(in) {
		doubts = append(doubts, NobodyLeft)
	}
	x := held{named: named, orphan: orphan, why: doubts}
	for range 2 { // another click may be first, the other way: then that one counts
		if h, err = r.handInOnce(ctx, who, f, in, x); !errors.Is(err, record.ErrTwice) {
			return h, err
		}
	}
	return h, &complaint.Error{Kind: complaint.UsedKey, Key: "error.used_key"}
}

func (r *Mailroom) handInOnce(ctx context.Context, who complaint.Person, f office.Form, in office.Intake, x held) (h Handed, err error) {
	i, err := r.Cupboard.Incoming(ctx, in.Draft.ID, complaint.MailSight{All: true})
	switch {
	case err == nil:
		return r.handedBefore(ctx, i, in)
	case !complaint.IsKind(err, complaint.NotFound):
		return h, err
	}
	if len(x.why) == 0 {
		got, err := r.Office.Complain(ctx, who, f, in)
		return Handed{Number: got.Number, DueOn: got.DueOn}, err
	}
	got, done, err := r.Office.Complained(ctx, who, f, in)
	if done || err != nil {
		return Handed{Number: got.Number, DueOn: got.DueOn}, err
	}
	if x.as, err = r.Office.CheckComplaint(ctx, who, in); err != nil {
		return h, err
	}
	return r.hold(ctx, f, in, x)
}

// namedByForm finds whom a form is about, by the name that was typed, and everybody whom
// its text seems to name besides. Whoever may be meant is kept out until an employee who is
// not named judged it: nobody can undo that somebody read it. When somebody is meant whom we
// do not recognise ("the lad of the helpdesk"), that may be each of them.
func (r *Mailroom) namedByForm(ctx context.Context, in *office.Intake) (named []complaint.Actor, orphan bool, err error) {
	staff, err := r.Cupboard.Staff(ctx)
	if err != nil {
		return nil, false, err
	}
	left := 0
	writer := in.Identity.Name + " " + in.Identity.Caller.Name
	about := slices.Contains(in.Subjects, complaint.AboutEmployee)
	if !about {
		in.ConcernedN = ""
	}
	concerned, besides := namesIn(in.ConcernedN, ""), namesIn(in.Description+"\n"+in.DesiredOutcome, writer)
	for _, s := range staff {
		switch {
		case about && (concerned.names(s.Name) || concerned.nearlyNames(s.Name)):
			named = append(named, s.ID)
			in.ConcernedStaff = append(in.ConcernedStaff, s.ID)
		case besides.names(s.Name):
			named = append(named, s.ID)
		case s.Active && complaint.MayReceive(s.Person()):
			left++
		}
	}
	if isSomeone(*in) {
		return withHelpdesk(named, staff), true, nil
	}
	return named, left == 0 && len(named) > 0, nil
}

// isSomeone reports whether a form, whose names were looked for, is about an employee whom
// we do not recognise.
func isSomeone(in office.Intake) bool { return in.ConcernedN != "" && len(in.ConcernedStaff) == 0 }

// withHelpdesk adds everybody of the helpdesk to who is named: a description that fits
// nobody's name may be of each of them. Who takes in instead of them judges it.
func withHelpdesk(named []complaint.Actor, staff []record.Staff) []complaint.Actor {
	for _, s := range staff {
		if s.Active && s.Person().Is(complaint.Helpdesk) && !slices.Contains(named, s.ID) {
			named = append(named, s.ID)
		}
	}
	return named
}

// held is a form that waits, and why.
type held struct {
	as     office.Intake // its address tidied
	named  []complaint.Actor
	orphan bool
	why    []string
}

// parcel is a form that waits, as its file holds it. Of a nameless one not even the code
// stands in it; the hash stands in the note.
type parcel struct {
	V      int           `json:"v"`
	Intake office.Intake `json:"intake"`
	Code   string        `json:"code,omitempty"`
}

// maxNumbers is how often another number is tried when somebody else got it meanwhile.
const maxNumbers = 20

// mostTold is how many forms wait when the helpdesk gets no more word of others: it knows of
// the pile, and a machine that fills it in fills no mailboxes. Who takes in instead of the
// helpdesk knows of no pile.
const mostTold = 10

// hold keeps a form among the mail until somebody looked at it.
func (r *Mailroom) hold(ctx context.Context, f office.Form, in office.Intake, x held) (h Handed, err error) {
	for range maxNumbers {
		if h, err = r.holdOnce(ctx, f, in, x); !errors.Is(err, record.ErrLost) {
			return h, err
		}
	}
	return h, &complaint.Error{Kind: complaint.Unavailable, Key: "error.register_busy"}
}

func (r *Mailroom) holdOnce(ctx context.Context, f office.Form, in office.Intake, x held) (h Handed, err error) {
	today := r.Today()
	h.Waits = true
	if h.Number, h.DueOn, err = r.Office.Promised(ctx, today); err != nil {
		return h, err
	}
	p := parcel{V: 1, Intake: x.as}
	if in.Promise != nil && in.Level != complaint.Nameless {
		p.Code = in.Promise.Code
	}
	content, err := json.Marshal(p)
	if err != nil {
		return h, err
	}
	d := record.Delivery{Raw: r.Index("form", f.Key)}
	d.Mail = record.Incoming{Incoming: complaint.Incoming{ID: in.Draft.ID, Version: 1, State: complaint.MailWaits, ReceivedOn: today},
		ReceivedAt: r.now(), Size: int64(len(content)), Orphan: x.orphan, Number: h.Number, Keys: in.Draft.Keys,
		Codes: record.MailCodes{Kind: string(Form), Why: x.why}}
	for _, id := range x.named {
		d.Mail.Barred = append(d.Mail.Barred, r.hidden(id))
	}
	if d.File, d.Chunks, err = r.Office.SealOriginal(in.Draft, office.Original{Name: "formulier.json", Type: "application/json", Content: content}); err != nil {
		return h, err
	}
	d.Mail.Raw = d.File.ID
	n := note{V: 1, Name: in.Identity.Name, Address: in.Identity.Email, Subject: in.Title, Named: x.named, Form: contentOf(in)}
	if in.Promise != nil {
		n.Code = r.Office.Safe.CodeHash(h.Number, in.Promise.Code)
	}
	if d.Mail.Sealed, err = r.Office.SealNote(in.Draft, n); err != nil {
		return h, err
	}
	sum := sha256.Sum256(d.Mail.Sealed)
	d.Mail.Sum = sum[:]
	if d.Mail.Mac, err = r.Office.Sealer.IncomingMac(d.Mail); err != nil {
		return h, err
	}
	waiting, err := r.Cupboard.Settling(ctx, string(Form))
	if err == nil && (len(waiting) < mostTold || x.orphan) {
		d.Notices, err = r.Office.FormNotices(ctx, in.Draft, h.Number, x.named, x.orphan)
	}
	if err != nil {
		return h, err
	}
	taken, err := r.Cupboard.TakeMail(ctx, d)
	if err != nil || taken.New {
		return h, err
	}
	i, err := r.Cupboard.Incoming(ctx, taken.ID, complaint.MailSight{All: true})
	if err != nil {
		return h, err
	}
	return r.handedBefore(ctx, i, in)
}

// contentOf is a hash of what a form says, to see whether it comes again with other words.
func contentOf(in office.Intake) []byte {
	in.Files, in.Draft, in.ReceivedOn = nil, office.Draft{}, calendar.Date{}
	text, err := json.Marshal(in)
	if err != nil {
		return nil
	}
	sum := sha256.Sum256(text)
	return sum[:]
}

// handedBefore answers a form that waits already. With other words it is refused: what was
// changed since is not in. So is one that was looked at meanwhile: what it said is not
// known here any more.
func (r *Mailroom) handedBefore(ctx context.Context, i record.Incoming, in office.Intake) (h Handed, err error) {
	var n note
	if len(i.Sealed) > 0 {
		if err := r.Office.OpenNote(draft(i), i.Sealed, &n); err != nil {
			return h, err
		}
	}
	if len(n.Form) == 0 || string(n.Form) != string(contentOf(in)) {
		return h, &complaint.Error{Kind: complaint.UsedKey, Key: "error.used_key"}
	}
	h = Handed{Number: i.Number, Waits: i.State == complaint.MailWaits}
	h.DueOn, err = r.Office.DueOn(ctx, i.ReceivedOn)
	return h, err
}

// openForm opens what somebody sent by the form.
func (r *Mailroom) openForm(ctx context.Context, i record.Incoming) (p parcel, err error) {
	content, err := r.Office.OpenOriginal(ctx, draft(i), i.Raw)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(content, &p); err != nil {
		return p, err
	}
	p.Intake.Draft, p.Intake.ReceivedOn, p.Intake.Channel = draft(i), i.ReceivedOn, complaint.Form
	var n note
	err = r.Office.OpenNote(draft(i), i.Sealed, &n)
	p.Intake.Promise = &office.Promise{Number: i.Number, Code: p.Code, CodeHash: n.Code}
	return p, err
}

// Accept registers a form that waited, as it was sent and on the day it came in. Who
// accepts it is who received it, and says which of the employees that it seems to name it is
// about: those see nothing of the dossier, the others are let go.
func (r *Mailroom) Accept(ctx context.Context, who complaint.Person, f office.Form, id string, about ...complaint.Actor) (got office.Received, err error) {
	defer wrap(&err, "accept a form")
	i, err := r.onTheTable(ctx, who, id)
	if err != nil {
		return got, err
	}
	if i.Codes.Kind != string(Form) {
		return got, complaint.ErrNotFound
	}
	if i.State == complaint.MailRegistered { // a double click, or a colleague was first
		return office.Received{Dossier: i.Dossier, Number: i.Number}, nil
	}
	settled := i
	if settled.Incoming, err = i.Incoming.Register(i.ReceivedOn, r.scene(who.ID)); err != nil {
		return got, err
	}
	p, err := r.openForm(ctx, i)
	if err != nil {
		return got, err
	}
	if p.Intake.ConcernedStaff, err = r.confirmed(ctx, i, about); err != nil {
		return got, err
	}
	raw := i.Raw
	if p.Intake.Mail, err = r.change(wentAlong(settled), i.Version, r.line(who.ID, ActionRegister, i.ID, "")); err != nil {
		return got, err
	}
	p.Intake.Mail.Drop = raw // all that it holds stands in the dossier now
	return r.Office.Receive(ctx, who, f, p.Intake)
}

// Nobody is chosen when a form is about none of those who were asked about.
const Nobody complaint.Actor = "niemand"

// confirmed are the employees whom a form is about, of those that it seems to name. When it is
// about somebody whom we do not recognise, it may be everybody who works here, and who judges
// it must say so: without a choice the whole helpdesk would see it.
func (r *Mailroom) confirmed(ctx context.Context, i record.Incoming, about []complaint.Actor) ([]complaint.Actor, error) {
	wrong := func(key string) error {
		return complaint.Mistakes{{Kind: complaint.Invalid, Field: "concerned", Key: key}}
	}
	var n note
	if err := r.Office.OpenNote(draft(i), i.Sealed, &n); err != nil {
		return nil, err
	}
	isSomeone := slices.Contains(i.Codes.Why, NamesSomeone)
	if isSomeone && len(about) == 0 {
		return nil, wrong("error.choose_some")
	}
	may := n.Named
	if isSomeone {
		staff, err := r.Cupboard.Staff(ctx)
		if err != nil {
			return nil, err
		}
		for _, s := range staff {
			may = append(may, s.ID)
		}
	}
	about = slices.DeleteFunc(slices.Clone(about), func(id complaint.Actor) bool { return isSomeone && id == Nobody })
	if slices.ContainsFunc(about, func(id complaint.Actor) bool { return !slices.Contains(may, id) }) {
		return nil, wrong("error.choose")
	}
	return about, nil
}
