package seal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"slices"

	"gehoor/internal/record"
)

// Every mac is keyed: who writes in the register with another tool makes none.

// EventMac chains a row to the mac before it. The hash of the sealed bytes stands in
// for them, so that the chain outlives erasure.
func (s Sealer) EventMac(e record.Event, previous []byte) []byte {
	sum := sha256.Sum256(e.Sealed)
	return s.Safe.ChainMac([]byte("event"), previous, []byte(e.Dossier), number(int64(e.Version)), []byte(e.Kind),
		number(e.At.UnixMicro()), []byte(e.Actor), e.Open, sum[:])
}

// DossierMac authenticates the row of a dossier: its state and where its chain ends.
func (s Sealer) DossierMac(d record.Dossier) ([]byte, error) {
	facts, err := d.Facts()
	if err != nil {
		return nil, err
	}
	title := sha256.Sum256(d.Title)
	return s.Safe.ChainMac([]byte("dossier"), []byte(d.ID), number(int64(d.Version)), d.LastMac, facts, title[:], d.Code), nil
}

// IdentityMac authenticates a version of an identity record.
func (s Sealer) IdentityMac(r record.IdentityRow) []byte {
	sum := sha256.Sum256(r.Sealed)
	return s.Safe.ChainMac([]byte("identity"), []byte(r.Dossier), number(int64(r.Version)), number(r.At.UnixMicro()), []byte(r.Actor), sum[:])
}

// LetterMac authenticates what a letter is made of.
func (s Sealer) LetterMac(l record.Letter) []byte {
	sum := sha256.Sum256(l.Params)
	parts := [][]byte{[]byte("letter"), []byte(l.ID), []byte(l.Dossier), []byte(l.Kind), []byte(l.Channel), []byte(l.Language),
		[]byte(l.MadeOn.String()), number(l.MadeAt.UnixMicro()), []byte(l.MadeBy), sum[:]}
	if l.Text > 0 {
		parts = append(parts, number(int64(l.Text)))
	}
	return s.Safe.ChainMac(parts...)
}

// FinalMac authenticates the bytes of a letter as they went out.
func (s Sealer) FinalMac(id string, final []byte) []byte {
	sum := sha256.Sum256(final)
	return s.Safe.ChainMac([]byte("letter final"), []byte(id), sum[:])
}

// AttachmentMac authenticates a file: what it is, and its pieces by hash.
func (s Sealer) AttachmentMac(f record.Attachment) []byte {
	return s.Safe.ChainMac([]byte("attachment"), []byte(f.ID), []byte(f.Dossier), []byte(f.Type), number(f.Size),
		number(f.At.UnixMicro()), []byte(f.Actor), f.Name, f.SHA256)
}

// TextLinkMac authenticates a link: a thief who writes in the register makes none.
func (s Sealer) TextLinkMac(l record.TextLink) []byte {
	return s.Safe.ChainMac([]byte("text link"), []byte(l.ID), []byte(l.Dossier), []byte(l.Letter), []byte(l.Kind), l.Token, []byte(l.For),
		number(int64(l.Version)), number(l.Made.UnixMicro()), number(l.Expires.UnixMicro()))
}

// CardMac authenticates a card: its facts, who sees it, and its content by hash.
func (s Sealer) CardMac(c record.Card) ([]byte, error) {
	facts, err := json.Marshal(c.Card)
	if err != nil {
		return nil, err
	}
	parts := [][]byte{[]byte("quick card"), facts, number(c.CalledAt.UnixMicro()), c.Owner, c.Sum}
	return s.Safe.ChainMac(append(parts, inOrder(c.Barred)...)...), nil
}

// IncomingMac authenticates a mail in the post room: its facts, who sees nothing of it,
// and its content by hash.
func (s Sealer) IncomingMac(i record.Incoming) ([]byte, error) {
	facts, err := i.Facts()
	if err != nil {
		return nil, err
	}
	parts := [][]byte{[]byte("incoming mail"), facts, i.Sum}
	return s.Safe.ChainMac(append(parts, inOrder(i.Barred)...)...), nil
}

func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// inOrder gives each token once, sorted: the register keeps no order of them.
func inOrder(tokens [][]byte) [][]byte {
	tokens = slices.Clone(tokens)
	slices.SortFunc(tokens, slices.Compare)
	return slices.CompactFunc(tokens, slices.Equal)
}
