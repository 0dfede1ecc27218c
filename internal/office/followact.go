package office

import (
	"context"
	"fmt"
	"io"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// OwnMessage is what a complainant writes and sends along on their own page.
type OwnMessage struct {
	Said  string
	Files []Kept
}

// KeepOwn keeps a file that a complainant sends, before the message that it belongs to.
func (o *Office) KeepOwn(ctx context.Context, who complaint.Person, name string, r io.Reader) (Kept, error) {
	return o.KeepFor(ctx, who, who.Own, name, r)
}

// Write adds a message, with or without files, to the complainant's own dossier; who works
// on it is told.
func (o *Office) Write(ctx context.Context, who complaint.Person, f Form, x OwnMessage) error {
	input, ids := []string{x.Said}, []string{}
	for _, k := range x.Files { // a second click brings the same files anew
		input, ids = append(input, fmt.Sprintf("%s %d", k.Name, k.Size)), append(ids, k.ID)
	}
	f.Dossier = who.Own
	return o.carryOut(ctx, who, f, deed{complaint.TaskContact, input, func(ctx context.Context, m *matter) (outcome, error) {
		var out outcome
		if x.Said != "" || len(ids) == 0 {
			var err error
			if out.events, err = m.Written(m.scene.Today(), x.Said, m.scene); err != nil {
				return out, err
			}
		}
		if err := o.attachAll(ctx, m, &out, ids); err != nil {
			return out, err
		}
		return out, o.tellOfReply(ctx, m, &out, m.scene.Today())
	}})
}

// SaySolved records what the complainant says after the end: was it solved? It is asked
// once.
func (o *Office) SaySolved(ctx context.Context, who complaint.Person, f Form, solved bool, said string) error {
	f.Dossier = who.Own
	return o.carryOut(ctx, who, f, deed{complaint.TaskContact, []any{solved, said}, func(ctx context.Context, m *matter) (outcome, error) {
		v := Own{Dossier: m.Dossier.Dossier}
		if err := o.ownCourse(ctx, m, &v); err != nil {
			return outcome{}, err
		}
		if v.Solved != "" {
			return outcome{}, &complaint.Error{Kind: complaint.Refused, Key: "refused.not_now"}
		}
		events, err := m.SaySolved(solved, said, m.scene)
		if err != nil {
			return outcome{}, err
		}
		out := outcome{events: events}
		return out, o.tellOfReply(ctx, m, &out, m.scene.Today())
	}})
}

// OwnDetails is how a complainant can be reached, as they change it themselves. The name is
// changed by telephone.
type OwnDetails struct {
	Name                          string // shown only
	Street, House, Postcode, Town string
	Country, Phone, Mobile, Email string
	Way                           string // letter, email or phone
}

// LookAtDetails shows the complainant what we have of them; that is written down once a day.
func (o *Office) LookAtDetails(ctx context.Context, who complaint.Person) (x OwnDetails, version int, err error) {
	defer wrap(&err, "office: one's own details")
	m, err := o.onTheTable(ctx, who, who.Own, complaint.TaskIdentity)
	if err != nil {
		return x, 0, err
	}
	if err := o.noteOwn(ctx, m, "identity"); err != nil {
		return x, 0, err
	}
	i, err := o.person(ctx, m)
	if i.Way == "" { // nobody asked: it is what happens
		i.Way = "letter"
		if prefersMail(i, m.Dossier.Dossier) {
			i.Way = "email"
		}
	}
	return OwnDetails{i.Name, i.Street, i.House, i.Postcode, i.Town, i.Country, i.Phone, i.Mobile, i.Email, i.Way}, m.Version, err
}

// ChangeDetails changes how the complainant can be reached, and by what.
func (o *Office) ChangeDetails(ctx context.Context, who complaint.Person, f Form, x OwnDetails) error {
	f.Dossier = who.Own
	return o.carryOut(ctx, who, f, deed{complaint.TaskIdentity, x, func(ctx context.Context, m *matter) (outcome, error) {
		return o.changeIdentity(ctx, m, func(i record.Identity, bad *complaint.Mistakes) record.Identity {
			i.Street, i.House, i.Postcode, i.Town, i.Country = x.Street, x.House, x.Postcode, x.Town, x.Country
			i.Phone, i.Mobile, i.Email, i.Way = x.Phone, x.Mobile, x.Email, x.Way
			tidyAddress(&i)
			needForWay(bad, i, "letter", "email", "phone")
			return i
		}, complaint.HowPage)
	}})
}
