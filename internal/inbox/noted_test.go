package inbox

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

var (
	everything = complaint.MailSight{All: true}
	day        = calendar.Date{} // those that wait
)

// noted is a mail room that remembers every fault, also one that was over at once, and
// can be unable to keep a mail.
type noted struct {
	Mailroom
	mu      sync.Mutex
	faults  []string
	refuses string
}

// MailboxFailed remembers.
func (n *noted) MailboxFailed(ctx context.Context, mailbox, fault string) error {
	n.mu.Lock()
	n.faults = append(n.faults, fault)
	n.mu.Unlock()
	return n.Mailroom.MailboxFailed(ctx, mailbox, fault)
}

// TakeIn refuses what it was told to refuse.
func (n *noted) TakeIn(ctx context.Context, raw []byte, from record.MailPlace) (record.Taken, error) {
	n.mu.Lock()
	refuses := n.refuses
	n.mu.Unlock()
	if refuses != "" && bytes.Contains(raw, []byte(refuses)) {
		return record.Taken{}, errors.New("no space left on device")
	}
	return n.Mailroom.TakeIn(ctx, raw, from)
}

func (n *noted) keepAll() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.refuses = ""
}

func (n *noted) has(fault string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Contains(n.faults, fault)
}
