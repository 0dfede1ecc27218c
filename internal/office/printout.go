package office

import (
	"context"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Printing is what somebody wants on paper of one dossier.
type Printing struct {
	Names    bool    // of employees too
	Identity bool    // of the complainant too: that is an opening
	Why      Opening // with Identity
	// Compose turns what may be seen into the document; identity is nil when it was not
	// asked for.
	Compose func(v View, identity *record.Identity) record.Document
}

// PrintDossier gives one dossier as a PDF, as far as this person may see it. That it was
// taken along stands in the log first; with the complainant's identity, so does the
// opening with its reason.
func (o *Office) PrintDossier(ctx context.Context, who complaint.Person, id string, p Printing) (_ []byte, err error) {
	defer wrap(&err, "office: print dossier")
	v, err := o.Look(ctx, who, id)
	if err != nil {
		return nil, err
	}
	reason := "pdf"
	if p.Names {
		reason += " names"
	}
	var identity *record.Identity
	if p.Identity {
		known, err := o.OpenIdentity(ctx, who, id, p.Why)
		if err != nil {
			return nil, err
		}
		identity, reason = &known, reason+" identity"
	}
	line := record.LogLine{ID: record.NewID(), At: o.now(), Actor: who.ID, Action: ActionPrint, Dossier: id, Reason: reason, Result: "done"}
	if err := o.Cupboard.Log(ctx, line); err != nil {
		return nil, err
	}
	return o.Press.Printout(p.Compose(v, identity))
}
