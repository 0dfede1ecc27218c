package office

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Draft is a dossier that is about to be: its id and wrapped keys travel with the
// form, so that files may be kept before the form is right. Without the key file the
// wrapped keys are useless; they open nothing but this draft.
type Draft struct {
	ID   string
	Keys record.Keys
}

// Begin makes a draft for a new complaint.
func (o *Office) Begin() (Draft, error) {
	d := Draft{ID: record.NewID()}
	var err error
	d.Keys, err = o.Sealer.NewKeys(d.ID)
	return d, err
}

// Intake is a complaint as the helpdesk takes it in.
type Intake struct {
	Draft Draft
	complaint.Receipt
	Identity record.Identity
	Files    []string           // files kept for the draft
	Send     *complaint.Sending // by telephone: send the text at once
	// By e-mail: the Message-IDs of its conversation, itself last, without angle brackets;
	// and that it came from a machine or from who reads no answers: then the
	// acknowledgement waits for a person.
	Thread    []string `json:"-"`
	Automatic bool     `json:"-"`
	// Concerned by account; the law seals them and the register bars them.
	ConcernedStaff []complaint.Actor
	// Card is the quick card of which this is made: the dossier takes its id and keys,
	// and whom it is about is barred here too.
	Card string
	card *cardMatter
	// Mail is the change by which the mail of which this is made leaves the pile; nil: it
	// is made of none.
	Mail *record.IncomingChange `json:"-"`
	// SameSource is the dossier that came from the same letter or call: who, when, how and
	// the scans come from there, and the two are linked. Scans stay there when it bars
	// anybody.
	SameSource string
	copied     []string // files that were copied from there
	// Promise is what who sent the form of the counter was told; nil: nothing was.
	Promise *Promise `json:"-"`
}

// Received is what a new dossier is called.
type Received struct {
	Dossier string
	Number  string
	DueOn   calendar.Date // zero while it waits for a yes
	Alike   []string      // numbers of earlier dossiers of perhaps the same person
	Handed  bool          // given to a colleague: who typed it sees nothing of it
}

// Receive takes a complaint in. A double click gives the dossier of the first.
func (o *Office) Receive(ctx context.Context, who complaint.Person, f Form, in Intake) (got Received, err error) {
	defer wrap(&err, "office: receive")
	if !complaint.May(who, complaint.TaskReceive, complaint.Relation{}) {
		return got, &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	return o.takeIn(ctx, who, complaint.TaskReceive, f, in)
}

// takeIn takes a complaint in, once.
func (o *Office) takeIn(ctx context.Context, who complaint.Person, task complaint.Task, f Form, in Intake) (got Received, err error) {
	typed := in
	typed.Files = nil // a double click uploads its files anew, under other ids
	if task == complaint.TaskComplain {
		typed.ReceivedOn = calendar.Date{} // one click before midnight, one after it
	}
	hash, err := o.hashInput(who, deed{task: task, input: typed}, in.Draft.ID)
	if err != nil {
		return got, err
	}
	request := record.Request{Key: f.Key, Actor: who.ID, Hash: hash}
	if id, done, err := o.firstResult(ctx, request); done || err != nil {
		return o.again(ctx, who, id, in, err)
	}
	if err := o.takeAlong(ctx, who, &in); err != nil {
		return got, err
	}
	for range maxRaces {
		got, err = o.receive(ctx, who, request, in)
		var again *record.Repeated
		switch {
		case errors.As(err, &again):
			return o.again(ctx, who, again.Dossier, in, nil)
		case errors.Is(err, record.ErrLost): // the number was taken meanwhile: take another
			continue
		}
		return got, err
	}
	return got, &complaint.Error{Kind: complaint.Unavailable, Key: "error.register_busy"}
}

// again gives the result of a request that was carried out before.
func (o *Office) again(ctx context.Context, who complaint.Person, id string, in Intake, err error) (Received, error) {
	if err == nil && in.HandTo != "" {
		return Received{Handed: true}, nil
	}
	if err != nil {
		return Received{}, err
	}
	if who.ID.IsOutside() {
		who = complaint.Complainant(id) // the key of the form is the proof
	}
	d, err := o.Cupboard.Dossier(ctx, id, o.sight(who))
	return Received{Dossier: id, Number: d.Number, DueOn: d.DueOn}, err
}

func (o *Office) receive(ctx context.Context, who complaint.Person, r record.Request, in Intake) (Received, error) {
	if err := o.takeCardUp(ctx, who, &in); err != nil {
		return Received{}, err
	}
	m, err := o.newMatter(ctx, who, &in)
	if err != nil {
		return Received{}, err
	}
	alike, err := o.alike(ctx, m, in.Identity)
	if err != nil {
		return Received{}, err
	}
	out, err := o.decideReceipt(ctx, m, &in)
	if err != nil {
		return Received{}, err
	}
	if err := o.write(ctx, m, out, r, true); err != nil {
		return Received{}, err
	}
	if in.HandTo != "" {
		return Received{Handed: true}, nil
	}
	d := complaint.Replay(m.ID, out.events)
	return Received{Dossier: m.ID, Number: d.Number, DueOn: d.DueOn, Alike: alike}, nil
}

// newMatter is an empty dossier under the rules in force on its receipt date.
func (o *Office) newMatter(ctx context.Context, who complaint.Person, in *Intake) (*matter, error) {
	org, err := o.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	day := in.ReceivedOn
	if day.IsZero() {
		day = o.Today()
	}
	rules, err := o.inForce(ctx, org, day)
	if err != nil {
		return nil, err
	}
	m := &matter{who: who, org: org, scene: complaint.Scene{Now: o.now(), Actor: who.ID, Rules: rules, Calendars: calendars(org)}}
	m.ID, m.Keys = in.Draft.ID, in.Draft.Keys
	m.identity = &in.Identity
	if err := o.findSource(ctx, m, in); err != nil {
		return nil, err
	}
	if in.HandTo != "" {
		receivers, err := o.receivers(ctx, m)
		if err != nil {
			return nil, err
		}
		if in.Send = nil; !canReceive(receivers, in.HandTo) {
			in.HandTo = who.ID // the law says that one must be chosen
		}
	}
	return m, nil
}

// decideReceipt asks the law, with all mistakes of text and identity at once.
func (o *Office) decideReceipt(ctx context.Context, m *matter, in *Intake) (outcome, error) {
	var bad complaint.Mistakes
	nameless := in.Level == complaint.Nameless
	receipt := receiptOf(in, &bad)
	if m.who.ID.IsOutside() && !nameless {
		reachableByForm(&bad, in.Identity)
	}
	var err error
	if in.Promise != nil && in.Promise.Number != "" {
		receipt.Number = in.Promise.Number
	} else if !in.ReceivedOn.IsZero() {
		if receipt.Number, err = o.newNumber(ctx, in.ReceivedOn.Year()); err != nil {
			return outcome{}, err
		}
	}
	if err := o.checkDepartment(ctx, &bad, in.Department); err != nil {
		return outcome{}, err
	}
	for _, staff := range in.ConcernedStaff {
		if staff == m.who.ID && in.HandTo == "" {
			bad.Add("concerned", "error.hand_over_instead")
		}
	}
	if err := o.notConcerned(ctx, m, &bad, in.Identity, in.ConcernedStaff...); err != nil {
		return outcome{}, err
	}
	events, err := complaint.Receive(receipt, m.scene)
	if err := bad.Join(err); err != nil {
		return outcome{}, err
	}
	card, err := o.writeCardDown(in, m.scene)
	if err := bad.Join(err); err != nil {
		return outcome{}, err
	}
	sent, err := sendAtOnce(in, complaint.Replay(m.ID, events), m.scene)
	if err := bad.Join(err); err != nil {
		return outcome{}, err
	}
	if err := bad.Err(); err != nil {
		return outcome{}, err
	}
	out := outcome{events: append(events, sent...), barred: in.ConcernedStaff, card: card, incoming: in.Mail}
	if in.HandTo != "" {
		o.forget(m, in, &out)
	}
	if err := linkSource(m, &out); err != nil {
		return outcome{}, err
	}
	if !nameless {
		out.identity = &in.Identity
	}
	if in.Promise != nil {
		m.told, out.code, out.codeHash = in.Promise.Code, in.Promise.Code, in.Promise.CodeHash
	}
	if err := o.attachAll(ctx, m, &out, in.Files); err != nil {
		return outcome{}, err
	}
	return out, o.lettersOnReceipt(ctx, m, in, &out)
}

// receiptOf is what the law is told of an intake; who complains is checked, and forgotten
// when the complaint is nameless.
func receiptOf(in *Intake, bad *complaint.Mistakes) complaint.Receipt {
	nameless := in.Level == complaint.Nameless
	if nameless {
		in.Identity = record.Identity{}
	}
	checkIdentity(bad, &in.Identity)
	receipt := in.Receipt
	receipt.Surnames = in.Identity.Surnames()
	receipt.IdentityLacks = len(in.Identity.Missing()) > 0
	receipt.Concerned = in.ConcernedStaff
	if !nameless {
		receipt.Identities = 1
	}
	return receipt
}

// sendAtOnce sends the text of a telephone complaint in the same task. When the rest
// of the form is wrong there is no dossier yet; the law is asked all the same, so that
// all mistakes come at once.
func sendAtOnce(in *Intake, d complaint.Dossier, s complaint.Scene) ([]complaint.Event, error) {
	if in.Send == nil || in.Level == complaint.Nameless {
		return nil, nil // a call without a name is refused for that
	}
	var bad complaint.Mistakes
	if strings.TrimSpace(in.Description) == "" {
		bad.Add("description", "error.required")
		return nil, bad
	}
	if d.State == "" {
		d.State, d.TextVersion = complaint.Drafted, 1
	}
	x := *in.Send
	x.HasEmail, x.HasAddress, x.ReaderConsent = reachable(in.Identity, x.How)
	return d.Send(x, s)
}

// CheckIntake names all that is wrong with an intake, and takes nothing in.
func (o *Office) CheckIntake(ctx context.Context, who complaint.Person, in Intake) (err error) {
	defer wrap(&err, "office: check intake")
	if !complaint.May(who, complaint.TaskReceive, complaint.Relation{}) {
		return &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	if err := o.takeCardUp(ctx, who, &in); err != nil {
		return err
	}
	if err := o.prefill(ctx, who, &in); err != nil {
		return err
	}
	m, err := o.newMatter(ctx, who, &in)
	if err != nil {
		return err
	}
	_, err = o.decideReceipt(ctx, m, &in)
	return err
}

// forget lets nothing open say who took a complaint in that was handed over at once.
func (o *Office) forget(m *matter, in *Intake, out *outcome) {
	out.barred = append(slices.Clone(out.barred), m.who.ID)
	m.who = complaint.Person{ID: complaint.ByStaff}
	m.scene.Actor, m.Dossier.ReceivedBy = complaint.ByStaff, in.HandTo
	if m.source != nil { // its link names the new dossier: it does not say who made it either
		m.source.who, m.source.scene.Actor = m.who, complaint.ByStaff
	}
	if out.card != nil {
		out.card.NameNobody()
	}
}

// reachable says how the text can go out.
func reachable(i record.Identity, how string) (email, address, consent bool) {
	i, _ = forLetter(i, record.ConfirmationText)
	email = i.Email != ""
	if how == complaint.HowReader {
		email = i.Reader.Email != ""
	}
	return email, i.HasAddress(), i.Reader.Consent
}

// alike gives the numbers of earlier dossiers of perhaps the same person; not those that
// came from the same letter.
func (o *Office) alike(ctx context.Context, m *matter, i record.Identity) ([]string, error) {
	var hashes [][]byte
	for _, row := range o.indexOf(i) {
		switch row.Kind { // a carer or a relative may call for many
		case ByCallerPhone, ByDeputyPhone, ByDeputyEmail:
		default:
			hashes = append(hashes, row.Hash)
		}
	}
	found, err := o.Cupboard.Alike(ctx, o.sight(m.who), hashes)
	if err != nil || m.source == nil {
		return found, err
	}
	same, err := o.fromOneLetter(ctx, m)
	return slices.DeleteFunc(found, func(number string) bool { return slices.Contains(same, number) }), err
}

// newNumber takes a random unused number of the year of receipt: three digits, four
// when 70 % of them is used. It says nothing about order. The count is taken anew only
// when a few numbers in a row turn out to be taken: counting the dossiers of a year costs
// more the more there are.
func (o *Office) newNumber(ctx context.Context, year int) (string, error) {
	size, known := o.sizes.Load(year)
	for try := range 200 {
		if !known || try%4 == 3 {
			grown, err := o.numberSize(ctx, year)
			if err != nil {
				return "", err
			}
			size, known = grown, true
			o.sizes.Store(year, grown)
		}
		n, err := rand.Int(rand.Reader, big.NewInt(size.(int64)))
		if err != nil {
			return "", err
		}
		number := fmt.Sprintf("%d-%0*d", year, len(fmt.Sprint(size))-1, n.Int64())
		if taken, err := o.Cupboard.NumberTaken(ctx, number); !taken || err != nil {
			return number, err
		}
	}
	return "", &complaint.Error{Kind: complaint.Unavailable, Key: "error.register_busy"}
}

// numberSize gives how many numbers a year has now: 1000, or ten times more each time
// that 70 % is used.
func (o *Office) numberSize(ctx context.Context, year int) (int64, error) {
	used, err := o.Cupboard.NumbersIn(ctx, year)
	size := int64(1000)
	for int64(used)*10 >= size*7 {
		size *= 10
	}
	return size, err
}
