package office

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// The lengths of codes, in digits.
const (
	codeDigits     = 8
	namelessDigits = 16 // there is no other way to reach who lost it
)

// Promise is what who sends the form of the counter is told on the page, and what the dossier
// must keep to.
type Promise struct {
	Number   string // "": a free one is taken
	Code     string // "": only its hash is known here
	CodeHash []byte
}

// FormRules gives the rules of the form in force today; what is switched off does not
// exist.
func (o *Office) FormRules(ctx context.Context) (complaint.Rules, error) {
	rules, err := o.InForce(ctx, o.Today())
	if err != nil {
		return rules, err
	}
	if _, enabled := rules.Channel(complaint.Form); !enabled {
		return rules, complaint.ErrNotFound
	}
	return rules, nil
}

// Codes makes the codes that a form of the counter may need, before anything is known of
// it: two answers to one form then say the same.
func (o *Office) Codes() (named, nameless, later string, err error) {
	for code, digits := range map[*string]int{&named: codeDigits, &nameless: namelessDigits, &later: namelessDigits} {
		if *code, err = o.Safe.NewCode(digits); err != nil {
			return "", "", "", err
		}
	}
	return named, nameless, later, nil
}

// Complain takes in what somebody sent by the form of the counter. It came in today.
// Nobody of the helpdesk received it yet: that stands open until somebody takes it up.
func (o *Office) Complain(ctx context.Context, who complaint.Person, f Form, in Intake) (got Received, err error) {
	defer wrap(&err, "office: complain")
	if err := o.byForm(who, &in); err != nil {
		return got, err
	}
	return o.takeIn(ctx, who, complaint.TaskComplain, f, in)
}

// Complained looks whether a form was taken in before; a form that comes again with other
// content is refused.
func (o *Office) Complained(ctx context.Context, who complaint.Person, f Form, in Intake) (got Received, done bool, err error) {
	defer wrap(&err, "office: complained")
	if err := o.byForm(who, &in); err != nil {
		return got, false, err
	}
	in.Files, in.ReceivedOn = nil, calendar.Date{}
	hash, err := o.hashInput(who, deed{task: complaint.TaskComplain, input: in}, in.Draft.ID)
	if err != nil {
		return got, false, err
	}
	id, done, err := o.firstResult(ctx, record.Request{Key: f.Key, Actor: who.ID, Hash: hash})
	if !done || err != nil {
		return got, false, err
	}
	got, err = o.again(ctx, who, id, in, nil)
	return got, true, err
}

// CheckComplaint names all that is wrong with a form, and takes nothing in. It gives the
// form as it would be taken in, its address tidied.
func (o *Office) CheckComplaint(ctx context.Context, who complaint.Person, in Intake) (tidy Intake, err error) {
	defer wrap(&err, "office: check complaint")
	if err := o.byForm(who, &in); err != nil {
		return in, err
	}
	m, err := o.newMatter(ctx, who, &in)
	if err != nil {
		return in, err
	}
	_, err = o.decideReceipt(ctx, m, &in)
	return in, err
}

// byForm leaves of an intake what a visitor may say, and tidies the address.
func (o *Office) byForm(who complaint.Person, in *Intake) error {
	if !complaint.May(who, complaint.TaskComplain, complaint.Relation{}) {
		return errForbidden()
	}
	r := in.Receipt
	in.Receipt = complaint.Receipt{Channel: complaint.Form, ReceivedOn: in.ReceivedOn, Title: r.Title, Description: r.Description, DesiredOutcome: r.DesiredOutcome,
		Subjects: r.Subjects, Category: r.Category, Member: r.Member, Level: r.Level, ConcernedN: r.ConcernedN, Talk: r.Talk}
	if in.ReceivedOn.IsZero() {
		in.ReceivedOn = o.Today()
	}
	in.Send, in.Card, in.Mail, in.SameSource, in.Thread, in.Automatic = nil, "", nil, "", nil, false
	tidyAddress(&in.Identity)
	return nil
}

// reachableByForm asks for what the chosen way of answering needs. Everything else may
// stay empty.
func reachableByForm(bad *complaint.Mistakes, i record.Identity) {
	need(bad, "name", i.Name)
	needForWay(bad, i, "letter", "email")
	if i.Caller != (record.Caller{}) {
		need(bad, "caller_name", i.Caller.Name)
	}
}

// needForWay asks for a way of answering, one of some, and for what it needs.
func needForWay(bad *complaint.Mistakes, i record.Identity, ways ...string) {
	switch {
	case !slices.Contains(ways, i.Way):
		bad.Add("way", "error.choose")
	case i.Way == "email":
		need(bad, "email", i.Email)
	case i.Way == "letter":
		need(bad, "street", i.Street)
		if !i.IsAbroad() {
			need(bad, "house", i.House)
			need(bad, "postcode", i.Postcode)
		}
		need(bad, "town", i.Town)
	}
}

func need(bad *complaint.Mistakes, field, value string) {
	if strings.TrimSpace(value) == "" {
		bad.Add(field, "error.required")
	}
}

var (
	postBox  = regexp.MustCompile(`(?i)^\s*(post\s?bus|p\.?\s?o\.?\s?box|antwoordnummer)\s*([0-9][0-9 ]*)$`)
	withHome = regexp.MustCompile(`^(.*\pL.*?)\s+([0-9]+\s?[-/]?\s?[0-9A-Za-z]{0,6})$`)
)

// tidyAddress takes the number out of what was typed as a street: of a post box, and of
// a house when nothing stands in its own place.
func tidyAddress(i *record.Identity) {
	if i.House != "" {
		return
	}
	for _, pattern := range []*regexp.Regexp{postBox, withHome} {
		if parts := pattern.FindStringSubmatch(strings.TrimSpace(i.Street)); parts != nil {
			i.Street, i.House = parts[1], strings.TrimSpace(parts[2])
			return
		}
	}
}

// Promised gives a free number for a complaint that came in on a day, and by when it is
// answered.
func (o *Office) Promised(ctx context.Context, day calendar.Date) (number string, dueOn calendar.Date, err error) {
	if dueOn, err = o.DueOn(ctx, day); err != nil {
		return "", dueOn, err
	}
	number, err = o.newNumber(ctx, day.Year())
	return number, dueOn, err
}

// DueOn is by when a complaint that came in on a day is answered.
func (o *Office) DueOn(ctx context.Context, day calendar.Date) (calendar.Date, error) {
	org, err := o.Organisation(ctx)
	if err != nil {
		return calendar.Date{}, err
	}
	rules, err := o.inForce(ctx, org, day)
	if err != nil {
		return calendar.Date{}, err
	}
	due, _ := rules.Due(day, day, calendars(org))
	return due, nil
}

// TakeUp makes this person the one who received a complaint of the form.
func (o *Office) TakeUp(ctx context.Context, who complaint.Person, f Form) error {
	return o.plain(ctx, who, f, complaint.TaskTakeUp, nil, func(m *matter) ([]complaint.Event, error) { return m.TakeUp(m.scene) })
}

// takeUpAlong takes a complaint up for who does more with it: whoever of the helpdesk
// forwards it took it in.
func (o *Office) takeUpAlong(m *matter) ([]complaint.Event, error) {
	if !m.Allows(complaint.TaskTakeUp) || !complaint.May(m.who, complaint.TaskTakeUp, complaint.Relation{}) {
		return nil, nil
	}
	return m.TakeUp(m.scene)
}

// The purposes for which something of a visitor is sealed: see the vault.
const (
	TypedForm  = "typed form"
	KeptForm   = "kept form"
	HandedForm = "handed form"
)

// SealForm seals what travels with a visitor, as text.
func (o *Office) SealForm(purpose string, v any) (string, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	sealed, err := o.Safe.SealVisitor(purpose, "", plain)
	return base64.RawURLEncoding.EncodeToString(sealed), err
}

// OpenForm opens what SealForm sealed; false for anything else.
func (o *Office) OpenForm(purpose, text string, v any) bool {
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return false
	}
	plain, err := o.Safe.OpenVisitor(purpose, "", sealed)
	return err == nil && json.Unmarshal(plain, v) == nil
}

// keptName is under what a form to go on with later is found: the slow hash of its code.
func (o *Office) keptName(code string) []byte { return o.Safe.CodeHash("kept form", code) }

// KeepForm keeps what a visitor typed, to go on with later by a code.
func (o *Office) KeepForm(ctx context.Context, who complaint.Person, code, draft string, v any) (err error) {
	defer wrap(&err, "office: keep form")
	if !complaint.May(who, complaint.TaskComplain, complaint.Relation{}) {
		return errForbidden()
	}
	plain, err := json.Marshal(v)
	if err != nil {
		return err
	}
	f := record.KeptForm{Code: o.keptName(code), Draft: draft, At: o.now()}
	if f.Sealed, err = o.Safe.SealVisitor(KeptForm, draft, plain); err != nil {
		return err
	}
	return o.Cupboard.KeepForm(ctx, f)
}

// GoOn gives back what was kept under a code, and until when it stays.
func (o *Office) GoOn(ctx context.Context, who complaint.Person, code string, v any) (until calendar.Date, err error) {
	if !complaint.May(who, complaint.TaskComplain, complaint.Relation{}) {
		return until, errForbidden()
	}
	f, err := o.Cupboard.KeptForm(ctx, o.keptName(code))
	if err != nil {
		return until, err
	}
	until = calendar.Of(f.At.In(o.Zone)).AddDays(complaint.FormKeptDays)
	if o.Today().After(until) { // the clock did not sweep yet
		return until, complaint.ErrNotFound
	}
	plain, err := o.Safe.OpenVisitor(KeptForm, f.Draft, f.Sealed)
	if err != nil {
		return until, errors.Join(errors.New("office: a kept form does not open"), err)
	}
	return until, json.Unmarshal(plain, v)
}

func (o *Office) sweepForms(ctx context.Context) (int64, error) {
	return o.Cupboard.SweepForms(ctx, o.Now().AddDate(0, 0, -complaint.FormKeptDays-1))
}
