package inspection

import (
	"bytes"
	"context"
	"crypto/sha256"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
	"gehoor/internal/seal"
)

// mails checks that every mail in the post room is as gehoor wrote it.
func (l look) mails(ctx context.Context) error {
	mails, err := l.archive.AuditIncoming(ctx)
	for _, i := range mails {
		find := func(format string, args ...any) {
			l.find(i.ID, l.numbers[i.Dossier], "incoming mail: "+format, args...)
		}
		if mac, err := l.sealer.IncomingMac(i); err != nil || !bytes.Equal(mac, i.Mac) {
			find("it was changed, or who may see it")
		}
		if _, made := l.numbers[i.ID]; made != (i.State == complaint.MailRegistered) {
			find("it says %q, which does not fit the register", i.State)
		}
		if _, there := l.numbers[i.Dossier]; i.State == complaint.MailAdded && !there {
			find("its dossier is not in the register")
		}
		if i.Raw == "" {
			if i.State == complaint.MailWaits {
				find("its content was removed while it waits")
			}
			continue
		}
		if sum := sha256.Sum256(i.Sealed); !bytes.Equal(sum[:], i.Sum) {
			find("its content was changed")
			continue
		}
		if _, err := l.sealer.Open(seal.ToBe(i.ID, i.Keys), record.MailNote, "", i.Sealed); err != nil {
			find("its content does not open: %v", err)
		}
		if size, err := l.size(ctx, i); err != nil || size != i.Size {
			find("its bytes were changed or removed (%v)", err)
		}
	}
	return err
}

// cards checks that every card is as gehoor wrote it. A removed card leaves no trace but
// its log lines.
func (l look) cards(ctx context.Context) error {
	cards, err := l.archive.AuditCards(ctx)
	for _, c := range cards {
		find := func(format string, args ...any) {
			l.find(c.ID, l.numbers[c.ID], "quick card: "+format, args...)
		}
		if mac, err := l.sealer.CardMac(c); err != nil || !bytes.Equal(mac, c.Mac) {
			find("it was changed, or who may see it")
		}
		if _, made := l.numbers[c.ID]; made != (c.State == complaint.CardWritten) {
			find("it says %q, which does not fit the register", c.State)
		}
		if len(c.Sealed) == 0 {
			if c.State == complaint.CardWaits {
				find("its content was removed while it waits")
			}
			continue
		}
		if sum := sha256.Sum256(c.Sealed); !bytes.Equal(sum[:], c.Sum) {
			find("its content was changed")
		} else if _, err := l.sealer.Open(seal.ToBe(c.ID, c.Keys), record.CardText, "", c.Sealed); err != nil {
			find("its content does not open: %v", err)
		}
	}
	return err
}

// size opens the pieces of a mail as it came, and gives how many bytes it has.
func (l look) size(ctx context.Context, i record.Incoming) (size int64, err error) {
	err = l.archive.EachChunk(ctx, i.Raw, func(n int, sealed []byte) error {
		plain, err := l.sealer.OpenChunk(seal.ToBe(i.ID, i.Keys), i.Raw, n, sealed)
		size += int64(len(plain))
		return err
	})
	return size, err
}
