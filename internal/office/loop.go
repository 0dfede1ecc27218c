package office

import (
	"context"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// How many mails that go by themselves, acknowledgements and questions, one address gets
// in a day. Who writes back within the hour, every time, may be a machine that answers
// whatever it gets: it gets fewer.
const (
	byItselfADay   = 3
	toWhoEchoesDay = 2
	echoesWithin   = time.Hour
	// clocksDiffer is how far the clock of the mail server, which says when a mail came in,
	// may be from ours.
	clocksDiffer = time.Minute
)

// enough says why an address gets no more mail by itself today, or "". except is the
// letter or question that is about to go, mail the one to which it answers.
func (o *Office) enough(ctx context.Context, address []byte, except, mail string) (string, error) {
	sent, err := o.Cupboard.SentByItself(ctx, address, except, o.midnight())
	if err != nil || len(sent) < toWhoEchoesDay {
		return "", err
	}
	if len(sent) >= byItselfADay {
		return record.HeldLoop, nil
	}
	i, err := o.Cupboard.Incoming(ctx, mail, complaint.MailSight{All: true})
	switch {
	case complaint.IsKind(err, complaint.NotFound): // not by e-mail: a person came, called or typed
		return "", nil
	case err == nil && echoes(i.ReceivedAt, sent):
		return record.HeldEcho, nil
	}
	return "", err
}

// echoes reports whether a mail came in soon after one of ours.
func echoes(receivedAt time.Time, sent []time.Time) bool {
	for _, at := range sent {
		if after := receivedAt.Sub(at); after >= -clocksDiffer && after < echoesWithin {
			return true
		}
	}
	return false
}
