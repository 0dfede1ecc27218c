package envelope

import (
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"gehoor/internal/record"
)

// FlagReport marks a report of delivery (RFC 3464).
const FlagReport = "delivery_status"

// report reads a message/delivery-status: fields per message, then per recipient.
func (b *bodyOf) report(p *enmime.Part) {
	b.flag(true, FlagReport)
	r := b.returned()
	for block := range strings.SplitSeq(strings.ReplaceAll(string(p.Content), "\r\n", "\n"), "\n\n") {
		h, _, _ := readHeader([]byte(block + "\n"))
		who := h.get("final-recipient")
		if who == "" {
			who = h.get("original-recipient")
		}
		if who == "" || r.Recipient != "" {
			continue
		}
		if _, address, ok := strings.Cut(who, ";"); ok {
			who = address
		}
		r.Recipient = strings.ToLower(strings.Trim(strings.TrimSpace(who), "<>"))
		r.Action, r.Status = strings.ToLower(firstWord(h.get("action"))), firstWord(h.get("status"))
	}
}

// returnedHeaders finds which message came back.
func (b *bodyOf) returnedHeaders(p *enmime.Part) {
	h, _, _ := readHeader(p.Content[:measure(p.Content).header])
	if id := first(messageIDs(h.get("message-id"))); id != "" {
		b.returned().MessageID = id
	}
}

func (b *bodyOf) returned() *record.Returned {
	if b.mail.Returned == nil {
		b.mail.Returned = &record.Returned{}
	}
	return b.mail.Returned
}
