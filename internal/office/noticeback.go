package office

import (
	"context"
	"slices"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// DeadAddress is an address of an employee to which word of work does not arrive.
type DeadAddress struct {
	Staff   complaint.Actor
	Address string
	At      time.Time // of the last time
	Trouble record.Trouble
	Reply   string // "550 5.1.1", or "" when nothing was said
}

// DeadAddresses gives the addresses of employees at which word of the last days did not
// arrive, for who manages: each once, as long as it is the address of the account. About
// which complaint it was is not told.
func (o *Office) DeadAddresses(ctx context.Context, who complaint.Person) (list []DeadAddress, err error) {
	defer wrap(&err, "office: addresses of staff")
	found, err := o.noticesOf(ctx, who)
	for _, n := range found { // the latest first
		if n.State != record.MessageFailed || n.Trouble != record.CameBack && n.Trouble != record.BadRecipient || len(n.Sealed) == 0 {
			continue
		}
		x, err := o.deadAddress(ctx, n)
		if err != nil {
			return nil, err
		}
		if x.Staff != "" && !slices.ContainsFunc(list, func(y DeadAddress) bool { return y.Staff == x.Staff }) {
			list = append(list, x)
		}
	}
	return list, err
}

// deadAddress opens to whom a notice went; nobody when the account has another address
// since, or is closed, or when what the notice was about took its keys along.
func (o *Office) deadAddress(ctx context.Context, n record.Notice) (x DeadAddress, err error) {
	d, err := o.noticeKeys(ctx, n)
	if complaint.IsKind(err, complaint.NotFound) {
		return x, nil
	}
	if err != nil {
		return x, err
	}
	var body record.NoticeBody
	if err := o.Sealer.OpenJSON(d, record.NoticeText, n.ID, n.Sealed, &body); err != nil {
		return x, err
	}
	s, err := o.Cupboard.StaffByID(ctx, body.Staff)
	if complaint.IsKind(err, complaint.NotFound) || err == nil && (!s.Active || s.Email != body.Parcel.To) {
		return x, nil
	}
	return DeadAddress{Staff: s.ID, Address: s.Email, At: n.At.In(o.Zone), Trouble: n.Trouble, Reply: n.Reply}, err
}
