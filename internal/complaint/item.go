package complaint

import "slices"

// Item is one of the eight that the procedure registers of every complaint.
type Item string

// The eight items.
const (
	ItemReceived   Item = "1_received_on"
	ItemChannel    Item = "2_channel"
	ItemIdentity   Item = "3_identity"
	ItemMember     Item = "4_member"
	ItemText       Item = "5_text"
	ItemAction     Item = "6_action"
	ItemReceivedBy Item = "7_received_by"
	ItemClosed     Item = "8_closed_on"
)

// Items lists the eight in the order of the procedure.
var Items = []Item{ItemReceived, ItemChannel, ItemIdentity, ItemMember, ItemText, ItemAction, ItemReceivedBy, ItemClosed}

// Missing gives the items that are not complete yet. A nameless complaint lacks no
// identity: that nobody knows it is the answer.
func (d Dossier) Missing() []Item {
	has := map[Item]bool{
		ItemReceived:   !d.ReceivedOn.IsZero(),
		ItemChannel:    d.Channel != "",
		ItemIdentity:   d.Level == Nameless || !slices.Contains(d.Lacks, ItemIdentity),
		ItemMember:     d.Member != "" || d.Level == Nameless,
		ItemText:       d.TextVersion > 0 && !slices.Contains(d.Lacks, ItemText),
		ItemAction:     d.ActionTaken,
		ItemReceivedBy: d.ReceivedBy != "",
		ItemClosed:     !d.ClosedOn.IsZero(),
	}
	var missing []Item
	for _, i := range Items {
		if !has[i] {
			missing = append(missing, i)
		}
	}
	return missing
}
