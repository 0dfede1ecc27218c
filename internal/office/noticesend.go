package office

import (
	"context"
	"errors"
	"slices"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// deliverNotice sends one notice, if no other process is at it.
func (o *Office) deliverNotice(ctx context.Context, id string) (bool, error) {
	n, err := o.Cupboard.ClaimNotice(ctx, id, o.now(), o.now().Add(sendLease))
	if complaint.IsKind(err, complaint.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	// What was claimed is settled, also when the program stops meanwhile.
	settle := context.WithoutCancel(ctx)
	n.At = o.now()
	d, err := o.noticeKeys(settle, n)
	if complaint.IsKind(err, complaint.NotFound) {
		return false, o.dropNotice(settle, n)
	}
	if err != nil {
		return false, err
	}
	var body record.NoticeBody
	if err := o.Sealer.OpenJSON(d, record.NoticeText, n.ID, n.Sealed, &body); err != nil {
		n.State, n.Trouble = record.MessageFailed, record.NoSenderKnown
		return false, errors.Join(err, o.Cupboard.SettleNotice(settle, n))
	}
	stays, err := o.noticeStays(settle, &n, d, body)
	if stays || err != nil {
		return false, err
	}
	receipt := o.Mail.Send(ctx, body.Parcel)
	n.At = o.now()
	if !receipt.Accepted {
		return false, o.noticeLater(settle, n, receipt)
	}
	n.State, n.Reason, n.Trouble, n.Reply = record.MessageSent, "", "", receipt.Reply
	if n.Kind != complaint.NoticeAskBack {
		if n.Sealed, err = o.Sealer.SealJSON(d, record.NoticeText, n.ID, body.Gone()); err != nil {
			return true, err
		}
	}
	return true, o.Cupboard.SettleNotice(settle, n)
}

// noticeKeys gives the dossier whose keys seal a notice.
func (o *Office) noticeKeys(ctx context.Context, n record.Notice) (record.Dossier, error) {
	if n.Incoming != "" {
		return o.questionKeys(ctx, n)
	}
	return o.Cupboard.Dossier(ctx, n.Dossier, all)
}

// dropNotice settles a notice that goes no more.
func (o *Office) dropNotice(ctx context.Context, n record.Notice) error {
	n.State, n.Reason = record.MessageHeld, record.HeldNoLonger
	if n.Kind != complaint.NoticeAskBack {
		n.Sealed = nil
	}
	return o.Cupboard.SettleNotice(ctx, n)
}

// noticeStays settles a notice that must not go: whoever it is for left, wants none, or
// may know nothing of the dossier since; or there is nothing left to do.
func (o *Office) noticeStays(ctx context.Context, n *record.Notice, d record.Dossier, body record.NoticeBody) (bool, error) {
	if n.Kind == complaint.NoticeAskBack {
		return o.questionStays(ctx, n)
	}
	if n.Attempts == 1 && n.At.Sub(n.Since) > tryFor {
		return true, o.dropNotice(ctx, *n) // no server was set up: it is old news
	}
	s, err := o.Cupboard.StaffByID(ctx, body.Staff)
	if err != nil && !complaint.IsKind(err, complaint.NotFound) {
		return true, err
	}
	org, err := o.Organisation(ctx)
	if err != nil {
		return true, err
	}
	tells, err := o.stillTells(ctx, *n, d, s.ID)
	if err != nil {
		return true, err
	}
	if !s.Active || s.Quiet || org.NoNotices || !tells {
		return true, o.dropNotice(ctx, *n)
	}
	return false, nil
}

// stillTells reports whether word still makes sense, to somebody who may know of it.
func (o *Office) stillTells(ctx context.Context, n record.Notice, d record.Dossier, to complaint.Actor) (bool, error) {
	if n.Kind == complaint.NoticeForm {
		return o.formWaits(ctx, n, to)
	}
	barred, err := o.barred(ctx, &matter{Dossier: d})
	return err == nil && !slices.Contains(barred, to) && d.StillTells(n.Kind, o.Today()), err
}

// noticeLater plans the next try, or gives up.
func (o *Office) noticeLater(ctx context.Context, n record.Notice, r record.Receipt) error {
	n.State, n.NextAt = record.MessageWaiting, n.At.Add(pause(n.Attempts))
	n.Trouble, n.Reply = r.Trouble, r.Reply
	n.Doubt = n.Doubt || r.Trouble == record.PerhapsSent
	if r.Final || n.NextAt.Sub(n.Since) > tryFor {
		n.State = record.MessageFailed
	}
	o.Log.Warn("mail", "notice", n.ID, "state", n.State, "trouble", n.Trouble, "reply", n.Reply, "attempts", n.Attempts)
	return o.Cupboard.SettleNotice(ctx, n)
}
