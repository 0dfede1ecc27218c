package office

import (
	"context"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// FormNotices makes the word that a form of the counter waits for a look: its number, and
// where it lies. named are the employees whom it may be about; orphan says that those are all
// who take complaints in.
func (o *Office) FormNotices(ctx context.Context, form Draft, number string, named []complaint.Actor, orphan bool) (list []record.Notice, err error) {
	if !o.SendsMail() {
		return nil, nil
	}
	org, people, err := o.whoHears(ctx)
	if err != nil || org.NoNotices {
		return nil, err
	}
	rota := people.rota()
	rota.Barred = named
	fallback, known := people.member(complaint.Actor(org.Fallback))
	if !known || !fallback.Active {
		fallback.ID = ""
	}
	for _, id := range complaint.TakeForms(orphan, fallback.ID, rota) {
		s, known := people.member(id)
		if !known || !s.Active || s.Quiet {
			continue
		}
		n, err := o.staffNotice(form, org, s, word{complaint.NoticeForm, formVersion, number, address(o.MailURL, form.ID)})
		if err != nil {
			return nil, err
		}
		if n != nil {
			n.Incoming = form.ID
			list = append(list, *n)
		}
	}
	return list, nil
}

// formVersion is that of a form when it comes in: the first event of its dossier may give
// word too, and is another cause.
const formVersion = 0

// formWaits reports whether a form still waits for a look by somebody who may see it.
func (o *Office) formWaits(ctx context.Context, n record.Notice, staff complaint.Actor) (bool, error) {
	i, err := o.Cupboard.Incoming(ctx, n.Incoming, complaint.MailSight{All: true})
	hidden := string(o.Sealer.Hidden(staff))
	return err == nil && i.State == complaint.MailWaits && !slices.ContainsFunc(i.Barred, func(b []byte) bool { return string(b) == hidden }), err
}
