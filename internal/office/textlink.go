package office

import (
	"bytes"
	"context"
	"crypto/rand"
	"strings"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Links keeps the ways to the one text of a dossier.
type Links interface {
	TextLink(ctx context.Context, token []byte) (record.TextLink, error)
	TextLinks(ctx context.Context, dossier string) ([]record.TextLink, error)
	AddTextLink(ctx context.Context, l record.TextLink) error
	SweepPasses(ctx context.Context, before time.Time) (int64, error)
}

// Reach are the addresses by which people outside reach the pages that letters name. What
// is empty no letter names.
type Reach struct {
	Confirm string // the page behind the link of an e-mail, to which the token is added
	Slip    string // the page for number and code of a slip
}

// ActionReadText is the action of the log line that somebody outside saw the one text.
const ActionReadText = "read_text"

// passFor is how long the text stays open for who gave the code of a slip: its address
// stays in the browser. Who needs longer gives the code once more.
const passFor = visitIdle

// waysToConfirm makes the link or the code of a letter that asks for a yes, and writes it
// into the order; nil when people cannot reach the page.
func (o *Office) waysToConfirm(m *matter, l record.Letter, order *record.Order) (*record.TextLink, error) {
	f := &order.Facts
	f.ConfirmURL, f.SlipURL, f.SlipCode = "", "", "" // of a letter that is made anew
	if !l.Kind.AsksForYes() || order.Mail && o.Reach.Confirm == "" || !order.Mail && o.Reach.Slip == "" {
		return nil, nil
	}
	link := record.TextLink{ID: record.NewID(), Dossier: m.ID, Letter: l.ID, Made: m.scene.Now}
	link.For, link.Version = confirmsBy(m, order), l.Text
	link.Expires = o.begin(m.scene.Today().AddDays(complaint.LinkDays + 1))
	if order.Mail {
		token := newToken()
		link.Kind, link.Token = record.LinkMail, o.linkToken(token)
		f.ConfirmURL = o.Reach.Confirm + token
	} else {
		code, err := o.Safe.NewCode(8)
		if err != nil {
			return nil, err
		}
		link.Kind, link.Token = record.LinkSlip, o.slipToken(order.Number, code)
		f.SlipURL, f.SlipCode = o.Reach.Slip, record.InFours(code)
	}
	link.Mac = o.Sealer.TextLinkMac(link)
	return &link, nil
}

// confirmsBy says who gives the yes to a letter.
func confirmsBy(m *matter, order *record.Order) string {
	switch {
	case order.Facts.ReaderFor != "":
		return complaint.ReaderConfirms
	case m.RelativeOn.IsZero() && m.identity != nil && m.identity.Deputy.Kind == record.Representative && m.identity.Deputy.HasPost():
		return complaint.RepresentativeConfirms
	}
	return complaint.CallerConfirms
}

// newToken makes what stands in a link: 130 random bits.
func newToken() string { return strings.ToLower(rand.Text()) }

// LinkPurpose is for what the token of a link is hashed.
const LinkPurpose = "text link"

func (o *Office) linkToken(token string) []byte { return o.Safe.Index(LinkPurpose, token) }

// slipToken is the slow keyed hash of the code of a slip. It is another than that of the
// code to follow with, so that neither opens the other's page.
func (o *Office) slipToken(number, code string) []byte { return o.Safe.CodeHash("slip "+number, code) }

// linksEnd is how events end the links that were made before; own is the link by which
// somebody came, and how that one ended.
func linksEnd(events []complaint.Event, at time.Time, own *record.LinksEnd) *record.LinksEnd {
	var end *record.LinksEnd
	for _, e := range events {
		if how, whose := e.EndsLinks(); how != "" && (end == nil || whose == "") {
			end = &record.LinksEnd{End: how, Whose: whose, At: at}
		}
	}
	if end != nil && own != nil {
		end.Letter, end.Own = own.Letter, own.Own
	}
	return end
}

// OwnText is the one text of a dossier, for who confirms it, and what the link to it can
// still do. Nothing else of the dossier is in it.
type OwnText struct {
	Standing   complaint.LinkStanding
	Pass       bool   // they gave the code of a slip, which gives another pass
	For        string // who comes by the link
	Ended      complaint.LinkEnd
	EndedOn    calendar.Date
	Until      calendar.Date // the last day on which the link works
	Number     string
	Text       complaint.Wording
	Version    int
	ReceivedOn calendar.Date
	MayCorrect bool
	Term       calendar.Term // from the yes to the answer
	Whose      string        // for a reader: the form of address, or name, of who complains
	Relation   string        // for a reader: what they are to who complains
	Said       TextSaid      // of a link by which something was said
}

// findLink finds a link by its token; forged, unknown and gone are all ErrNotFound.
func (o *Office) findLink(ctx context.Context, token string) (record.TextLink, record.Dossier, error) {
	l, err := o.Cupboard.TextLink(ctx, o.linkToken(token))
	if err != nil {
		return l, record.Dossier{}, err
	}
	if !bytes.Equal(l.Mac, o.Sealer.TextLinkMac(l)) || l.Kind == record.LinkSlip {
		return l, record.Dossier{}, complaint.ErrNotFound
	}
	d, err := o.Cupboard.Dossier(ctx, l.Dossier, o.sight(l.Who(l.Dossier)))
	if err == nil && l.Standing(d.Dossier, o.now()) == complaint.LinkGone {
		err = complaint.ErrNotFound
	}
	return l, d, err
}

// TextBehind gives what stands behind a link. Looking changes nothing: programs that look
// for bad links come first. That a text was shown is noted once a day; of a visit that
// announces itself as a program's, noted is false.
func (o *Office) TextBehind(ctx context.Context, token string, noted bool) (t OwnText, err error) {
	defer wrap(&err, "office: text behind a link")
	l, d, err := o.findLink(ctx, token)
	if err != nil {
		return t, err
	}
	who := l.Who(d.ID)
	t = OwnText{Standing: l.Standing(d.Dossier, o.now()), Pass: l.Kind == record.LinkPass, For: l.For, Ended: l.Ended, Until: calendar.Of(l.Expires.In(o.Zone).Add(-time.Nanosecond))}
	if !l.EndedAt.IsZero() {
		t.EndedOn = calendar.Of(l.EndedAt.In(o.Zone))
	}
	switch t.Standing {
	case complaint.LinkOpen:
	case complaint.LinkUsed:
		return t, o.textSaid(ctx, l, d, &t)
	default:
		return t, nil
	}
	m, err := o.onTheTable(ctx, who, d.ID, complaint.TaskReadText)
	if err != nil {
		return t, err
	}
	if noted {
		if err := o.Cupboard.Log(ctx, record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: ActionReadText, Dossier: d.ID, Result: "done",
			Once: ActionReadText + "|" + l.Letter + "|" + o.Today().String()}); err != nil {
			return t, err
		}
	}
	t.Number, t.Version, t.ReceivedOn, t.Term = m.Number, l.Version, m.ReceivedOn, m.scene.Rules.Term.Term
	t.MayCorrect = m.Allows(complaint.TaskCorrect) && m.State == complaint.Awaiting
	if t.Text, err = o.wording(ctx, m); err != nil || l.For != complaint.ReaderConfirms {
		return t, err
	}
	person, err := o.person(ctx, m)
	t.Relation, t.Whose = person.Reader.Relation, person.Salutation
	if t.Whose == "" {
		t.Whose = person.Name
	}
	return t, err
}

// SayYes files the complaint, because who came by a link says that the text is right.
func (o *Office) SayYes(ctx context.Context, token, key string) (err error) {
	return o.byLink(ctx, token, key, complaint.TaskConfirm, "", func(ctx context.Context, m *matter, l record.TextLink) (outcome, error) {
		events, err := m.Confirm(complaint.Confirmation{How: complaint.HowLink, On: m.scene.Today(), By: l.For, Version: l.Version}, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events, link: &record.LinksEnd{Letter: l.Letter, Own: complaint.LinkConfirmed}}
		text, err := o.wording(ctx, m)
		if err != nil {
			return out, err
		}
		return out, o.acknowledge(ctx, m, &out, after(m, events), text)
	})
}

// SayNo takes what who came by a link wants changed; the helpdesk is told.
func (o *Office) SayNo(ctx context.Context, token, key, said string) error {
	return o.byLink(ctx, token, key, complaint.TaskCorrect, said, func(ctx context.Context, m *matter, l record.TextLink) (outcome, error) {
		events, err := m.Correct(complaint.Correction{On: m.scene.Today(), How: complaint.HowLink, Said: said}, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events, link: &record.LinksEnd{Letter: l.Letter, Own: complaint.LinkCorrected}}
		return out, o.tellOfReply(ctx, m, &out, m.scene.Today())
	})
}

// SayNotMine takes it that the text reached somebody else: the link ends, and the helpdesk
// is told.
func (o *Office) SayNotMine(ctx context.Context, token, key string) error {
	return o.byLink(ctx, token, key, complaint.TaskCorrect, string(complaint.LinkNotMine), func(ctx context.Context, m *matter, l record.TextLink) (outcome, error) {
		events, err := m.NotMine(m.scene.Today(), m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events, link: &record.LinksEnd{Letter: l.Letter, Own: complaint.LinkNotMine}}
		return out, o.tell(ctx, m, &out, complaint.ReachedAnother, m.scene.Today())
	})
}

// byLink carries a task out for who came by a link, if it is open when the dossier is on
// the table.
func (o *Office) byLink(ctx context.Context, token, key string, task complaint.Task, said string,
	do func(context.Context, *matter, record.TextLink) (outcome, error)) (err error) {
	defer wrap(&err, "office: by a link")
	l, d, err := o.findLink(ctx, token)
	if err != nil {
		return err
	}
	f := Form{Dossier: d.ID, Key: key}
	return o.carryOut(ctx, l.Who(d.ID), f, deed{task, []string{l.Letter, said}, func(ctx context.Context, m *matter) (outcome, error) {
		now, err := o.Cupboard.TextLink(ctx, l.Token)
		if err != nil {
			return outcome{}, err
		}
		if now.Standing(m.Dossier.Dossier, m.scene.Now) != complaint.LinkOpen {
			return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.link_closed"}
		}
		return do(ctx, m, now)
	}})
}

// ProveSlip gives a token for the text behind the code of a slip, for a while: the page is
// then the same as that of a link.
func (o *Office) ProveSlip(ctx context.Context, p Proof) (token string, err error) {
	defer wrap(&err, "office: code of a slip")
	var slips []record.TextLink
	err = o.prove(ctx, slipCode, p, o.slipToken, func(number string) (right [][]byte, err error) {
		slips, err = o.slips(ctx, number)
		for _, slip := range slips {
			right = append(right, slip.Token)
		}
		return right, err
	})
	if err != nil {
		return "", err
	}
	hash := o.slipToken(tidyNumber(p.Number), onlyDigits(p.Code))
	for _, slip := range slips {
		if bytes.Equal(slip.Token, hash) {
			return o.pass(ctx, slip)
		}
	}
	return "", complaint.ErrNotFound
}

// slips gives the slips of the dossier with a number that still open something.
func (o *Office) slips(ctx context.Context, number string) (slips []record.TextLink, err error) {
	d, found, err := o.numbered(ctx, number)
	if err != nil || !found {
		return nil, err
	}
	links, err := o.Cupboard.TextLinks(ctx, d.ID)
	for _, l := range links {
		if l.Kind == record.LinkSlip && bytes.Equal(l.Mac, o.Sealer.TextLinkMac(l)) && l.Standing(d.Dossier, o.now()) != complaint.LinkGone {
			slips = append(slips, l)
		}
	}
	return slips, err
}

// pass makes a token that opens what a slip opens. It ends as the slip ends.
func (o *Office) pass(ctx context.Context, slip record.TextLink) (string, error) {
	token, now := newToken(), o.now()
	pass := slip
	pass.ID, pass.Kind, pass.Token, pass.Made = record.NewID(), record.LinkPass, o.linkToken(token), now
	if slip.Ended == "" && now.Before(slip.Expires) && now.Add(passFor).Before(slip.Expires) {
		pass.Expires = now.Add(passFor)
	}
	pass.Mac = o.Sealer.TextLinkMac(pass)
	return token, o.Cupboard.AddTextLink(ctx, pass)
}
