package office

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// newKeys makes the two keys of a dossier.
func (o *Office) newKeys(id string) (k record.Keys, err error) {
	if k.Content, err = o.Safe.NewKey("content key", id); err != nil {
		return k, err
	}
	k.Identity, err = o.Safe.NewKey("identity key", id)
	return k, err
}

func (o *Office) seal(d record.Dossier, purpose, rec string, plain []byte) ([]byte, error) {
	return o.Safe.Seal(d.Keys.For(purpose), purpose, d.ID, rec, plain)
}

func (o *Office) open(d record.Dossier, purpose, rec string, sealed []byte) ([]byte, error) {
	return o.Safe.Open(d.Keys.For(purpose), purpose, d.ID, rec, sealed)
}

// sealEvent turns an event into its row, chained to the one before.
func (o *Office) sealEvent(d record.Dossier, e complaint.Event, previous []byte) (record.Event, error) {
	open, plain, err := complaint.Encode(e)
	if err != nil {
		return record.Event{}, err
	}
	row := record.Event{Dossier: d.ID, Version: e.Version, Kind: e.Kind, At: e.At, Actor: e.Actor, Open: open}
	if plain != nil {
		if row.Sealed, err = o.seal(d, record.EventTexts, strconv.Itoa(e.Version), plain); err != nil {
			return row, fmt.Errorf("office: seal %s: %w", e.Kind, err)
		}
	}
	row.Mac = o.eventMac(row, previous)
	return row, nil
}

// eventMac chains a row to the mac before it. The hash of the sealed bytes stands in
// for them, so that the chain outlives erasure.
func (o *Office) eventMac(e record.Event, previous []byte) []byte {
	sum := sha256.Sum256(e.Sealed)
	return o.Safe.ChainMac([]byte("event"), previous, []byte(e.Dossier), number(int64(e.Version)), []byte(e.Kind),
		number(e.At.UnixMicro()), []byte(e.Actor), e.Open, sum[:])
}

// dossierMac authenticates the row of a dossier: its state and where its chain ends.
func (o *Office) dossierMac(d record.Dossier) ([]byte, error) {
	facts, err := d.Facts()
	if err != nil {
		return nil, err
	}
	title := sha256.Sum256(d.Title)
	return o.Safe.ChainMac([]byte("dossier"), []byte(d.ID), number(int64(d.Version)), d.LastMac, facts, title[:], d.Code), nil
}

func (o *Office) identityMac(r record.IdentityRow) []byte {
	sum := sha256.Sum256(r.Sealed)
	return o.Safe.ChainMac([]byte("identity"), []byte(r.Dossier), number(int64(r.Version)), number(r.At.UnixMicro()), []byte(r.Actor), sum[:])
}

func (o *Office) letterMac(l record.Letter) []byte {
	sum := sha256.Sum256(l.Params)
	parts := [][]byte{[]byte("letter"), []byte(l.ID), []byte(l.Dossier), []byte(l.Kind), []byte(l.Channel), []byte(l.Language),
		[]byte(l.MadeOn.String()), number(l.MadeAt.UnixMicro()), []byte(l.MadeBy), sum[:]}
	if l.Text > 0 {
		parts = append(parts, number(int64(l.Text)))
	}
	return o.Safe.ChainMac(parts...)
}

func (o *Office) finalMac(id string, final []byte) []byte {
	sum := sha256.Sum256(final)
	return o.Safe.ChainMac([]byte("letter final"), []byte(id), sum[:])
}

func (o *Office) attachmentMac(f record.Attachment) []byte {
	return o.Safe.ChainMac([]byte("attachment"), []byte(f.ID), []byte(f.Dossier), []byte(f.Type), number(f.Size),
		number(f.At.UnixMicro()), []byte(f.Actor), f.Name, f.SHA256)
}

func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// openEvent reads a row back: the open facts, and the texts when withTexts is set.
func (o *Office) openEvent(d record.Dossier, row record.Event, withTexts bool) (complaint.Event, error) {
	e := complaint.Event{Kind: row.Kind, Version: row.Version, At: row.At.In(o.Zone), Actor: row.Actor}
	var err error
	if e.Open, err = complaint.DecodeOpen(row.Open); err != nil {
		return e, err
	}
	if !withTexts || row.Sealed == nil {
		return e, nil
	}
	plain, err := o.open(d, record.EventTexts, strconv.Itoa(row.Version), row.Sealed)
	if err != nil {
		return e, fmt.Errorf("office: open event %d of %s: %w", row.Version, d.ID, err)
	}
	e.Sealed, err = complaint.DecodeSealed(plain)
	return e, err
}

// openJSON opens sealed JSON into v.
func (o *Office) openJSON(d record.Dossier, purpose, rec string, sealed []byte, v any) error {
	plain, err := o.open(d, purpose, rec, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, v)
}

// sealJSON seals v as JSON.
func (o *Office) sealJSON(d record.Dossier, purpose, rec string, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return o.seal(d, purpose, rec, plain)
}
