package office

import (
	"context"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// What a letter repeats of what the complainant said.
const (
	saidDeputyGiven   = "deputy_given"
	saidDeputyRevoked = "deputy_revoked"
	saidNameOpen      = "name_open"
	saidNameClosed    = "name_closed"
	saidReaderRevoked = "reader_revoked"
	saidAddress       = "address"
	saidMoved         = "moved" // to where our messages went before
)

// ChangeLevel records that the complainant lets the name be used towards the employee,
// or no longer does. Said by telephone, a letter repeats it.
func (o *Office) ChangeLevel(ctx context.Context, who complaint.Person, f Form, level complaint.Level, x complaint.Statement) error {
	input := []any{level, x}
	return o.carryOut(ctx, who, f, deed{complaint.TaskLevel, input, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := m.ChangeLevel(level, x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		if x.How != complaint.HowPhone {
			return out, nil
		}
		said := saidNameClosed
		if level == complaint.OpenName {
			said = saidNameOpen
		}
		return out, o.repeat(ctx, m, &out, said, "", x)
	}})
}

// RevokeReader takes the text away from who read it along; the complainant is told.
func (o *Office) RevokeReader(ctx context.Context, who complaint.Person, f Form, x complaint.Statement) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskRevokeReader, x, func(ctx context.Context, m *matter) (outcome, error) {
		events, err := m.RevokeReader(x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		identity, err := o.person(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		reader := identity.Reader.Name
		identity.Reader = record.Reader{}
		out := outcome{events: events, identity: &identity}
		return out, o.repeat(ctx, m, &out, saidReaderRevoked, reader, x)
	}})
}

// ChangeDeputy records who gets the post, or acts, for the complainant from now on. The
// complainant is told, and nobody of whom the complaint is about can be it.
func (o *Office) ChangeDeputy(ctx context.Context, who complaint.Person, f Form, deputy record.Deputy, x complaint.Statement) error {
	input := []any{deputy, x}
	return o.carryOut(ctx, who, f, deed{complaint.TaskDeputy, input, func(ctx context.Context, m *matter) (outcome, error) {
		var bad complaint.Mistakes
		if deputy.ConsentOn = (calendar.Date{}); deputy.Kind == record.ContactPerson {
			deputy.ConsentOn, deputy.ConsentHow = x.On, x.How
		}
		old, err := o.person(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		identity := old
		identity.Deputy = deputy
		checkIdentity(&bad, &identity)
		checkDeputy(&bad, identity.Deputy)
		if err := o.notConcerned(ctx, m, &bad, identity); err != nil {
			return outcome{}, err
		}
		events, err := m.Dossier.ChangeDeputy(x, m.scene)
		if err := bad.Join(err); err != nil {
			return outcome{}, err
		}
		if err := bad.Err(); err != nil {
			return outcome{}, err
		}
		out := outcome{events: events, identity: &identity}
		m.identity = &identity
		if err := o.readdress(ctx, m, &out, nil); err != nil {
			return out, err
		}
		return out, o.repeat(ctx, m, &out, saidDeputyGiven, identity.Deputy.Name, x)
	}})
}

// RevokeDeputy records that nobody gets the post for the complainant any more, who is
// told so.
func (o *Office) RevokeDeputy(ctx context.Context, who complaint.Person, f Form, x complaint.Statement) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskDeputy, x, func(ctx context.Context, m *matter) (outcome, error) {
		identity, err := o.person(ctx, m)
		if err != nil {
			return outcome{}, err
		}
		name := identity.Deputy.Name
		if name == "" {
			return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.no_deputy"}
		}
		events, err := m.Dossier.ChangeDeputy(x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		identity.Deputy = record.Deputy{}
		out := outcome{events: events, identity: &identity}
		m.identity = &identity
		if err := o.readdress(ctx, m, &out, nil); err != nil {
			return out, err
		}
		return out, o.repeat(ctx, m, &out, saidDeputyRevoked, name, x)
	}})
}

// ReplaceCode gives the complainant a new code, in a letter to the address that is known;
// it is never shown. The old code works no more.
func (o *Office) ReplaceCode(ctx context.Context, who complaint.Person, f Form, checked bool, x complaint.Statement) error {
	input := []any{checked, x}
	return o.carryOut(ctx, who, f, deed{complaint.TaskReplaceCode, input, func(ctx context.Context, m *matter) (outcome, error) {
		if o.FollowURL == "" {
			return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.no_codes"}
		}
		events, err := m.ReplaceCode(checked, x, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		if out.code, err = o.Safe.NewCode(8); err != nil {
			return outcome{}, err
		}
		err = o.letterTo(ctx, m, &out, record.NewCode, func(order *record.Order) {
			order.Facts.Code, order.Facts.FollowURL = record.InFours(out.code), o.FollowURL
		})
		if err == nil && len(out.letters) == 0 {
			return out, complaint.Mistakes{{Kind: complaint.Invalid, Field: "checked", Key: "error.no_way_to_reach"}}
		}
		if err != nil {
			return out, err
		}
		// The acknowledgement that still lies here names the old code: the new letter has the code.
		return out, o.readdress(ctx, m, &out, func(order *record.Order) { order.Facts.Code, order.Facts.FollowURL = "", "" })
	}})
}

// repeat writes to the complainant what they said, with "Klopt dat niet? Bel ons".
func (o *Office) repeat(ctx context.Context, m *matter, out *outcome, said, person string, x complaint.Statement) error {
	return o.letterTo(ctx, m, out, record.WhatYouSaid, func(order *record.Order) {
		order.Facts.SaidOn, order.Facts.Said, order.Facts.Person = x.On, said, person
	})
}

func checkDeputy(m *complaint.Mistakes, d record.Deputy) {
	if d.Kind != record.ContactPerson && d.Kind != record.Representative {
		m.Add("deputy_kind", "error.choose")
	}
	if d.Name == "" {
		m.Add("deputy_name", "error.required")
	}
	if d.Kind == record.Representative && d.Ground == "" {
		m.Add("deputy_ground", "error.required")
	}
	if d.Email == "" && !d.HasAddress() {
		m.Add("deputy_email", "error.deputy_reach")
	}
}

// notConcerned sees that nobody of whom the complaint is about speaks, reads or gets the
// post for the complainant.
func (o *Office) notConcerned(ctx context.Context, m *matter, bad *complaint.Mistakes, i record.Identity, also ...complaint.Actor) error {
	barred, err := o.barred(ctx, m)
	if err != nil {
		return err
	}
	for _, id := range append(barred, also...) {
		s, err := o.Cupboard.StaffByID(ctx, id)
		if complaint.IsKind(err, complaint.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		for _, p := range []struct{ field, name, email string }{
			{"caller_name", i.Caller.Name, ""}, {"reader_name", i.Reader.Name, i.Reader.Email}, {"deputy_name", i.Deputy.Name, i.Deputy.Email},
			{"copy", "", i.Copy},
		} {
			if p.name != "" && sameName(s.Name, p.name) || p.email != "" && strings.EqualFold(p.email, s.Email) {
				bad.Add(p.field, "error.concerned_person")
			}
		}
	}
	return nil
}

// forLetter gives the identity as a kind of letter uses it: of who has the post, but for
// what only the complainant may say or must hear.
func forLetter(who record.Identity, kind record.LetterKind) (i record.Identity, forOther bool) {
	switch kind {
	case record.WhatYouSaid, record.NewCode:
		return who, false
	case record.ConfirmationText, record.ConfirmationReminder, record.NoConfirmation, record.ReadingControl:
		if who.Deputy.Kind != record.Representative {
			return who, false
		}
	}
	return who.ForPost(), who.Deputy.HasPost()
}
