package office

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// madeLetter is a letter with what is kept beside it.
type madeLetter struct {
	letter   record.Letter
	messages []record.Message // of an e-mail
	links    []record.TextLink
	events   []complaint.Event
}

// makeLetter keeps an order as a letter of the dossier: sealed parameters, and the
// event that names it, and the message of an e-mail. The number and dates of the new
// state stand in it.
func (o *Office) makeLetter(m *matter, state complaint.Dossier, order record.Order) (made madeLetter, err error) {
	order.Number, order.Date = state.Number, m.scene.Today()
	l := record.Letter{ID: record.NewID(), Dossier: m.ID, Kind: order.Kind, Channel: complaint.HowPost, Language: order.Language,
		MadeOn: order.Date, MadeAt: m.scene.Now, MadeBy: m.who.ID}
	if order.Mail {
		l.Channel = complaint.HowEmail
	}
	ownParagraph(m.org, &order)
	if order.Kind.AsksForYes() {
		l.Text = order.Facts.TextVersion
	}
	link, err := o.waysToConfirm(m, l, &order)
	if err != nil {
		return made, err
	}
	if link != nil {
		made.links = []record.TextLink{*link}
	}
	if l.Params, err = o.Sealer.SealJSON(m.Dossier, record.LetterFacts, l.ID, order); err != nil {
		return made, err
	}
	l.Mac = o.Sealer.LetterMac(l)
	if order.Mail {
		msg, err := o.makeMessage(m, &l, order)
		if err != nil {
			return made, err
		}
		if msg != nil {
			made.messages = []record.Message{*msg}
		}
	}
	made.letter, made.events = l, state.MakeLetter(paper(l), m.scene)
	return made, nil
}

// paper is a letter as the law knows it.
func paper(l record.Letter) complaint.Paper {
	return complaint.Paper{ID: l.ID, Kind: string(l.Kind), Channel: l.Channel, Text: l.Text, MadeOn: l.MadeOn, Lapsed: !l.LapsedOn.IsZero()}
}

// order begins a letter of a kind to the complainant: by e-mail or on paper, as they
// can be reached. ok is false when no letter can reach them.
func (o *Office) order(ctx context.Context, m *matter, kind record.LetterKind, mail bool) (order record.Order, ok bool, err error) {
	who, err := o.addressee(ctx, m)
	if err != nil {
		return order, false, err
	}
	contact, err := o.contact(ctx, m)
	if err != nil {
		return order, false, err
	}
	complainant := who.Name
	who, forOther := forLetter(who, kind)
	order = record.Order{
		Kind: kind, Language: language(who), Mail: mail, PointSize: who.PointSize, Sender: sender(m.org), Contact: contact,
		Salutation: who.Salutation, TheirReference: who.TheirRef,
	}
	if order.Salutation == "" && who.Kind == record.Group && who.Organisation != "" {
		order.Salutation = o.Say(order.Language, "salutation.group", "Name", who.Organisation)
	}
	if forOther {
		order.Facts.PostFor = complainant
	}
	if mail {
		order.To = who.Email
		if order.Copy, err = o.copyTo(ctx, m, kind, who); err != nil {
			return order, false, err
		}
		order.Thread, err = o.thread(ctx, m)
		return order, who.Email != "", err
	}
	order.Addressee = who.Window()
	if err := o.tellOpenings(ctx, m, &order); err != nil {
		return order, false, err
	}
	return order, who.HasAddress(), nil
}

// addressee is who gets the post: the complainant, or the relative who goes on.
func (o *Office) addressee(ctx context.Context, m *matter) (record.Identity, error) {
	who, err := o.person(ctx, m)
	if err == nil && !m.RelativeOn.IsZero() {
		who = who.ForRelative()
	}
	return who, err
}

// tellOpenings says on paper how often the name was opened, on letters that come after
// people worked with it.
func (o *Office) tellOpenings(ctx context.Context, m *matter, order *record.Order) error {
	switch order.Kind {
	case record.Answer, record.ExtensionProposed, record.ExtensionAgreed, record.Withdrawn:
	default:
		return nil
	}
	lines, err := o.Cupboard.Logbook(ctx, m.ID, all)
	if err != nil {
		return err
	}
	n := 0
	for _, l := range lines {
		if l.Action == ActionOpen {
			n++
		}
	}
	order.Facts.NameOpened = &n
	return nil
}

// prefersMail reports whether messages go by e-mail: when there is an address and the
// complainant did not ask for letters.
func prefersMail(who record.Identity, d complaint.Dossier) bool {
	switch who.Way {
	case "letter":
		return false
	case "email":
		return who.Email != ""
	}
	return who.Email != "" && (d.Channel == complaint.Email || !who.HasAddress() || d.SentHow == complaint.HowEmail)
}

// letterTo orders a letter in the complainant's own channel and adds it to out. A
// complainant who cannot be reached gets none: the desk says so.
func (o *Office) letterTo(ctx context.Context, m *matter, out *outcome, kind record.LetterKind, fill func(*record.Order)) error {
	if m.Level == complaint.Nameless || m.StopsPost() {
		return nil
	}
	who, err := o.addressee(ctx, m)
	if err != nil {
		return err
	}
	who, _ = forLetter(who, kind)
	mail := prefersMail(who, m.Dossier.Dossier)
	order, ok, err := o.order(ctx, m, kind, mail)
	if err == nil && !ok {
		order, ok, err = o.order(ctx, m, kind, !mail)
	}
	if err != nil || !ok {
		return err
	}
	fill(&order)
	out.letters = append(out.letters, order)
	return nil
}

// letterBy orders a letter by the way that was chosen, and refuses when nobody can be
// reached by it. Told by telephone, it goes in the complainant's own channel.
func (o *Office) letterBy(ctx context.Context, m *matter, out *outcome, kind record.LetterKind, how string, fill func(*record.Order)) error {
	if how == complaint.HowPhone || m.Level == complaint.Nameless {
		return o.letterTo(ctx, m, out, kind, fill)
	}
	order, ok, err := o.order(ctx, m, kind, how == complaint.HowEmail)
	if err != nil {
		return err
	}
	if !ok {
		var bad complaint.Mistakes
		bad.Add("how", "error.no_way_to_reach")
		return bad
	}
	fill(&order)
	out.letters = append(out.letters, order)
	return nil
}

func language(who record.Identity) string {
	if who.Language == "en" {
		return "en"
	}
	return "nl"
}

func sender(org record.Organisation) record.Sender {
	s := record.Sender{Name: org.Name, Running: org.Short, Phone: org.Phone, Email: org.Email, Opening: org.OpeningHours, SlipPost: org.ReplyNumber}
	for line := range strings.Lines(org.Postal) {
		if line = strings.TrimSpace(line); line != "" {
			s.Postal = append(s.Postal, line)
		}
	}
	return s
}

// ownParagraph adds what the organisation always says in letters of this kind.
func ownParagraph(org record.Organisation, order *record.Order) {
	if order.Facts.OwnParagraph == "" {
		order.Facts.OwnParagraph = org.Paragraphs[record.ParagraphKey(order.Kind, order.Language)]
	}
}

// contact is the one person of a letter: who acts, or whom the settings name for the
// department. The handler, or the deputy, speaks for the complaint; and whoever is kept
// out of a dossier is not the one to call about it.
func (o *Office) contact(ctx context.Context, m *matter) (record.Contact, error) {
	actor := m.who.ID
	switch {
	case actor == complaint.ByStaff: // handed over at once: the letter names who received it
		actor = m.ReceivedBy
	case actor.IsOutside():
		return o.contactFor(ctx, m)
	}
	id := m.org.Contacts[m.Department]
	handles := complaint.Relate(m.who, m.Dossier.Dossier, false, m.scene.Today()).Handler
	if id == "" || handles {
		return o.staffContact(ctx, actor)
	}
	s, err := o.Cupboard.StaffByID(ctx, id)
	if err != nil && !complaint.IsKind(err, complaint.NotFound) {
		return record.Contact{}, err
	}
	barred, err := o.barred(ctx, m)
	if err != nil || !s.Active || slices.Contains(barred, id) {
		return o.staffContact(ctx, actor)
	}
	return record.Contact{Name: s.Name, Function: s.Function, Phone: s.Phone}, nil
}

// contactFor is the contact of a letter that follows from what somebody outside did: whom
// the settings name, else who handles it, else who received it, else the sender's name. Never
// somebody who is kept out of the dossier.
func (o *Office) contactFor(ctx context.Context, m *matter) (record.Contact, error) {
	barred, err := o.barred(ctx, m)
	if err != nil {
		return record.Contact{}, err
	}
	for _, id := range []complaint.Actor{m.org.Contacts[m.Department], m.Handler, m.ReceivedBy} {
		s, err := o.Cupboard.StaffByID(ctx, id)
		if err != nil && !complaint.IsKind(err, complaint.NotFound) {
			return record.Contact{}, err
		}
		if err == nil && s.Active && !slices.Contains(barred, id) {
			return record.Contact{Name: s.Name, Function: s.Function, Phone: s.Phone}, nil
		}
	}
	return record.Contact{Name: m.org.Name, Phone: m.org.Phone}, nil
}

func (o *Office) staffContact(ctx context.Context, id complaint.Actor) (record.Contact, error) {
	s, err := o.Cupboard.StaffByID(ctx, id)
	if complaint.IsKind(err, complaint.NotFound) {
		return record.Contact{}, nil
	}
	return record.Contact{Name: s.Name, Function: s.Function, Phone: s.Phone}, err
}

// wording gives the latest text of a dossier and its version.
func (o *Office) wording(ctx context.Context, m *matter) (complaint.Wording, error) {
	rows, err := o.Cupboard.Course(ctx, m.ID)
	if err != nil {
		return complaint.Wording{}, err
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].Kind == complaint.Worded {
			e, err := o.Sealer.OpenEvent(m.Dossier, rows[i], true)
			return wordingOf(e), err
		}
	}
	return complaint.Wording{}, nil
}

func wordingOf(e complaint.Event) complaint.Wording {
	return complaint.Wording{
		Title:          complaint.Reveal(e.Sealed[complaint.Title]),
		Description:    complaint.Reveal(e.Sealed[complaint.Description]),
		DesiredOutcome: complaint.Reveal(e.Sealed[complaint.DesiredOutcome]),
	}
}

// term says the length of the term in the letter's language: "14 dagen".
func (o *Office) term(m *matter, language string) string {
	t := m.scene.Rules.Term
	if t.N == 1 {
		return o.Say(language, "length.one."+string(t.Unit))
	}
	return o.Say(language, "length."+string(t.Unit), "N", t.N)
}

// lettersOnReceipt adds what receiving causes: the text to confirm, or the
// acknowledgement with its code.
func (o *Office) lettersOnReceipt(ctx context.Context, m *matter, in *Intake, out *outcome) error {
	d := complaint.Replay(m.ID, out.events)
	m.thread, m.automatic = in.Thread, in.Automatic
	m.Dossier.Dossier.Channel, m.Dossier.Dossier.Level, m.Dossier.Dossier.SentHow = d.Channel, d.Level, d.SentHow
	text := complaint.Wording{Title: in.Title, Description: in.Description, DesiredOutcome: in.DesiredOutcome}
	if in.Send != nil {
		return o.textToConfirm(ctx, m, out, d, in.Send.How, text)
	}
	if d.State != complaint.IsFiled {
		return nil
	}
	if err := o.acknowledge(ctx, m, out, d, text); err != nil {
		return err
	}
	return o.adviseToTalk(ctx, m, in, out)
}

// adviseToTalk writes the advice to talk with the employee first to who complained in
// writing; on the telephone it is said aloud, and the form says it itself. It stops nothing.
func (o *Office) adviseToTalk(ctx context.Context, m *matter, in *Intake, out *outcome) error {
	if !m.scene.Rules.TalkFirst || in.Talk.Choice != "" || in.Channel == complaint.Form || !slices.Contains(in.Subjects, complaint.AboutEmployee) {
		return nil
	}
	return o.letterTo(ctx, m, out, record.TalkFirst, func(order *record.Order) {
		order.Facts.ReceivedOn, order.Facts.CallBackOn = in.ReceivedOn, in.Talk.BackOn
	})
}

// textToConfirm orders the text for whoever confirms it.
func (o *Office) textToConfirm(ctx context.Context, m *matter, out *outcome, d complaint.Dossier, how string, text complaint.Wording) error {
	return o.confirmationOrder(ctx, m, out, d, record.ConfirmationText, how, text)
}

func (o *Office) confirmationOrder(ctx context.Context, m *matter, out *outcome, d complaint.Dossier, kind record.LetterKind, how string, text complaint.Wording) error {
	order, ok, err := o.order(ctx, m, kind, how != complaint.HowPaper)
	if err != nil {
		return err
	}
	who, err := o.addressee(ctx, m)
	if err != nil {
		return err
	}
	if how == complaint.HowReader {
		ok = toReader(&order, who)
	}
	if !ok {
		return fmt.Errorf("office: no %s address for the text of %s", how, d.ID)
	}
	f := &order.Facts
	f.ReceivedOn, f.SentOn, f.Description, f.DesiredOutcome, f.TextVersion = d.ReceivedOn, d.SentOn, text.Description, text.DesiredOutcome, d.TextVersion
	f.Term = o.term(m, order.Language)
	out.letters = append(out.letters, order)
	return nil
}

// toReader addresses an e-mail to who reads the text along, alone; false when there is no
// address.
func toReader(order *record.Order, who record.Identity) bool {
	order.To, order.Copy, order.Salutation = who.Reader.Email, "", who.Reader.Name
	order.Facts.ReaderFor = who.Name
	return order.To != ""
}

// acknowledge orders the acknowledgement of a filed complaint, with a new code. A
// nameless letter gets none: nobody knows where to send it.
func (o *Office) acknowledge(ctx context.Context, m *matter, out *outcome, d complaint.Dossier, text complaint.Wording) error {
	var fault error
	err := o.letterTo(ctx, m, out, record.Acknowledgement, func(order *record.Order) {
		order.Thread = append(order.Thread, m.thread...)
		if m.automatic {
			order.Hold = record.HeldAutomatic
		}
		f := &order.Facts
		who, err := o.person(ctx, m)
		if fault = err; err != nil {
			return
		}
		f.ToldBy = who.Caller.Called()
		f.ReceivedOn, f.FiledOn, f.DueOn = d.ReceivedOn, d.FiledOn, d.DueOn
		f.Description, f.DesiredOutcome, f.TextVersion = text.Description, text.DesiredOutcome, d.TextVersion
		f.Term, f.SecondInstance, f.ExternalBody = o.term(m, order.Language), m.scene.Rules.SecondInstance, m.scene.Rules.ExternalBody
		if f.FollowURL = o.FollowURL; f.FollowURL == "" {
			return // no page to follow a complaint: a code would promise one
		}
		code := m.told
		if code == "" {
			code, fault = o.Safe.NewCode(codeDigits)
		}
		if fault == nil {
			f.Code, out.code = record.InFours(code), code
		}
	})
	if err != nil {
		return err
	}
	return fault
}
