package office

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// person opens the identity for use inside a task: for a letter's window, or to tell
// what is missing. It is shown to nobody; OpenIdentity does that.
func (o *Office) person(ctx context.Context, m *matter) (record.Identity, error) {
	if m.identity != nil {
		return *m.identity, nil
	}
	row, err := o.Cupboard.Identity(ctx, m.ID)
	if complaint.IsKind(err, complaint.NotFound) {
		m.identity = &record.Identity{}
		return record.Identity{}, nil
	}
	if err != nil {
		return record.Identity{}, err
	}
	var who record.Identity
	if err := o.Sealer.OpenJSON(m.Dossier, record.IdentityRec, strconv.Itoa(row.Version), row.Sealed, &who); err != nil {
		return who, err
	}
	if who.V > record.IdentityVersion {
		return record.Identity{}, fmt.Errorf("office: the identity of %s has version %d, this program knows %d", m.ID, who.V, record.IdentityVersion)
	}
	m.identity = &who
	return who, nil
}

// sealIdentity adds a new version of the identity to a change.
func (o *Office) sealIdentity(c *record.Change, d record.Dossier, who *record.Identity, m *matter) error {
	if who == nil {
		return nil
	}
	who.V = record.IdentityVersion
	row := record.IdentityRow{Dossier: d.ID, Version: d.Identities, At: m.scene.Now, Actor: m.scene.Actor}
	var err error
	if row.Sealed, err = o.Sealer.SealJSON(d, record.IdentityRec, strconv.Itoa(row.Version), who); err != nil {
		return err
	}
	row.Mac = o.Sealer.IdentityMac(row)
	c.Identity, c.Index = &row, o.indexOf(*who)
	return nil
}

// Opening is a wish to see the name.
type Opening struct {
	Reason string // a code of the procedure
	Remark string
}

// OpenIdentity gives the name and address, after the logbook line that says who
// opened them and why. If the line cannot be written, nothing is opened.
func (o *Office) OpenIdentity(ctx context.Context, who complaint.Person, dossier string, x Opening) (record.Identity, error) {
	m, err := o.onTheTable(ctx, who, dossier, complaint.TaskOpenIdentity)
	if err != nil {
		return record.Identity{}, err
	}
	if !complaint.HasChoice(m.scene.Rules.OpeningReasons, x.Reason) {
		return record.Identity{}, complaint.Mistakes{{Kind: complaint.Invalid, Field: "reason", Key: "error.choose"}}
	}
	if err := o.noteOpening(ctx, m, x); err != nil {
		return record.Identity{}, err
	}
	return o.person(ctx, m)
}

// ReasonLetter is the fixed reason for opening a name by printing a letter.
const ReasonLetter = "print_letter"

// noteOpening writes the logbook line of an opening, alone and first.
func (o *Office) noteOpening(ctx context.Context, m *matter, x Opening) error {
	line := record.LogLine{ID: record.NewID(), At: m.scene.Now, Actor: m.who.ID, OnBehalf: onBehalf(m),
		Action: ActionOpen, Dossier: m.ID, Reason: x.Reason, Result: "done"}
	if strings.TrimSpace(x.Remark) != "" {
		var err error
		if line.Remark, err = o.Sealer.Seal(m.Dossier, record.LogRemark, line.ID, []byte(x.Remark)); err != nil {
			return err
		}
	}
	return o.Cupboard.Log(ctx, line)
}

// onBehalf names the absent handler whom the person stands in for, if any.
func onBehalf(m *matter) complaint.Actor {
	if m.Handler != m.who.ID && complaint.Relate(m.who, m.Dossier.Dossier, false, m.scene.Today()).Handler {
		return m.Handler
	}
	return ""
}

// ChangeIdentity keeps a new version of the identity; the event names the fields that
// changed, never their values. how is the way in which the complainant said it. A new
// address said by telephone is repeated in a letter to that address.
func (o *Office) ChangeIdentity(ctx context.Context, who complaint.Person, f Form, identity record.Identity, how string) error {
	input := []any{identity, how}
	return o.carryOut(ctx, who, f, deed{complaint.TaskIdentity, input, func(ctx context.Context, m *matter) (outcome, error) {
		return o.changeIdentity(ctx, m, func(record.Identity, *complaint.Mistakes) record.Identity { return identity }, how)
	}})
}

// changeIdentity changes what is known of the complainant; change makes the new from the
// old, and says what is wrong with it.
func (o *Office) changeIdentity(ctx context.Context, m *matter, change func(old record.Identity, bad *complaint.Mistakes) record.Identity, how string) (outcome, error) {
	old, err := o.person(ctx, m)
	if err != nil {
		return outcome{}, err
	}
	var bad complaint.Mistakes
	identity := change(old, &bad)
	identity.Deputy = old.Deputy     // ChangeDeputy changes it, with what the complainant said
	identity.Relative = old.Relative // a letter to them changes it, this form does not
	checkIdentity(&bad, &identity)
	if err := o.notConcerned(ctx, m, &bad, identity); err != nil {
		return outcome{}, err
	}
	fields := identity.Changed(old)
	var events []complaint.Event
	if len(fields) > 0 {
		events, err = m.ChangeIdentity(fields, len(identity.Missing()) > 0, how, m.scene)
	}
	if err := bad.Join(err); err != nil {
		return outcome{}, err
	}
	if err := bad.Err(); err != nil || len(fields) == 0 {
		return outcome{}, err
	}
	out := outcome{events: events, identity: &identity}
	m.identity = &identity
	if err := o.answerAnew(ctx, m, &out); err != nil {
		return out, err
	}
	if err := o.acknowledgeAfterAll(ctx, m, &out); err != nil {
		return outcome{}, err
	}
	switch {
	case how == complaint.HowPage && !slices.Equal(postTo(old, m), postTo(identity, m)):
		return out, o.tellOldAddress(ctx, m, &out, old)
	case how != complaint.HowPhone || !complaint.MovesAddress(fields) || len(out.letters) > 0:
		return out, nil // a first acknowledgement says enough by going there
	}
	return out, o.repeat(ctx, m, &out, saidAddress, "", complaint.Statement{On: m.scene.Today()})
}

// postTo is where messages go: an e-mail address, or the lines of an envelope.
func postTo(who record.Identity, m *matter) []string {
	if prefersMail(who, m.Dossier.Dossier) {
		return []string{who.Email}
	}
	return who.Window()
}

// tellOldAddress says, where we sent our messages until now, that they go elsewhere:
// whoever found out number and code must not get the answer in silence. Where something
// came back from, nothing is sent; what came back from another e-mail address says nothing
// of this one.
func (o *Office) tellOldAddress(ctx context.Context, m *matter, out *outcome, old record.Identity) error {
	back, err := o.cameBack(ctx, m.ID)
	if err != nil {
		return err
	}
	mails, err := o.mailsOf(ctx, m.ID)
	if err != nil {
		return err
	}
	for letter, b := range back {
		switch {
		case b.mail && o.mailedTo(mails[letter], old.Email):
			old.Email = ""
		case !b.mail:
			old.Street, old.Town = "", ""
		}
	}
	now := m.identity
	m.identity = &old
	defer func() { m.identity = now }()
	return o.repeat(ctx, m, out, saidMoved, "", complaint.Statement{On: m.scene.Today()})
}

// acknowledgeAfterAll makes the acknowledgement of a running complaint that got none,
// because nobody knew where to send it until now.
func (o *Office) acknowledgeAfterAll(ctx context.Context, m *matter, out *outcome) error {
	if !m.State.IsRunning() {
		return nil
	}
	letters, err := o.Cupboard.Letters(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if l.Kind == record.Acknowledgement && (l.LapsedOn.IsZero() || !m.DiedOn.IsZero()) {
			return nil
		}
	}
	text, err := o.wording(ctx, m)
	if err != nil {
		return err
	}
	return o.acknowledge(ctx, m, out, after(m, out.events), text)
}
