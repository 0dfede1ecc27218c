package office

import (
	"context"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// copyTo is who gets an e-mail of a kind too: the second person whom somebody chose to
// keep, and only of what may be shown to others. What holds a code or a link, or repeats
// what only the complainant may have said, goes to the complainant alone.
func (o *Office) copyTo(ctx context.Context, m *matter, kind record.LetterKind, who record.Identity) (string, error) {
	switch kind {
	case record.ExtensionProposed, record.ExtensionAgreed, record.PassedToManager, record.PassedOn, record.Answer, record.NotAccepted, record.ResolvedInformally, record.Withdrawn:
		if !strings.EqualFold(who.Copy, who.Email) {
			return o.unbarred(ctx, m.Dossier, who.Copy)
		}
	}
	return "", nil
}

// unbarred gives an address, unless it is that of somebody who sees nothing of the
// dossier: who was named after the address was kept gets nothing from then on.
func (o *Office) unbarred(ctx context.Context, d record.Dossier, address string) (string, error) {
	if address == "" {
		return "", nil
	}
	barred, err := o.barred(ctx, &matter{Dossier: d})
	if err != nil {
		return "", err
	}
	for _, id := range barred {
		s, err := o.Cupboard.StaffByID(ctx, id)
		if err != nil && !complaint.IsKind(err, complaint.NotFound) {
			return "", err
		}
		if strings.EqualFold(s.Email, address) {
			return "", nil
		}
	}
	return address, nil
}

// stillCopied is who gets an e-mail too at the moment it goes: whoever was left out since
// it was made gets nothing.
func (o *Office) stillCopied(ctx context.Context, d record.Dossier, address string) (string, error) {
	if address == "" {
		return "", nil
	}
	who, err := o.person(ctx, &matter{Dossier: d})
	if err != nil || !strings.EqualFold(who.Copy, address) {
		return "", err
	}
	return o.unbarred(ctx, d, address)
}
