// Package seal writes down so that nobody else can read it, or change it unseen: it seals
// what is written under the keys of its dossier, and chains it.
package seal

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Safe holds the keys: internal/vault.
type Safe interface {
	NewKey(purpose, dossier string) ([]byte, error)
	Seal(wrapped []byte, purpose, dossier, rec string, plain []byte) ([]byte, error)
	Open(wrapped []byte, purpose, dossier, rec string, sealed []byte) ([]byte, error)
	Index(purpose string, parts ...string) []byte
	ChainMac(parts ...[]byte) []byte
}

// Sealer seals and opens what belongs to a dossier, or to what may become one.
type Sealer struct {
	Safe Safe
	Zone *time.Location // of the moments it reads back
}

// Hidden is the keyed hash under which a person is barred from dossiers.
func (s Sealer) Hidden(staff complaint.Actor) []byte { return s.Safe.Index("barred", string(staff)) }

// ToBe is the place of what is no dossier, or not yet: a draft, a card, a mail.
func ToBe(id string, keys record.Keys) record.Dossier {
	return record.Dossier{Dossier: complaint.Dossier{ID: id}, Keys: keys}
}

// NewKeys makes the two keys of a dossier.
func (s Sealer) NewKeys(id string) (k record.Keys, err error) {
	if k.Content, err = s.Safe.NewKey("content key", id); err != nil {
		return k, err
	}
	k.Identity, err = s.Safe.NewKey("identity key", id)
	return k, err
}

// Seal seals bytes for one purpose and place of a dossier: elsewhere they do not open.
func (s Sealer) Seal(d record.Dossier, purpose, rec string, plain []byte) ([]byte, error) {
	return s.Safe.Seal(d.Keys.For(purpose), purpose, d.ID, rec, plain)
}

// Open opens what Seal sealed.
func (s Sealer) Open(d record.Dossier, purpose, rec string, sealed []byte) ([]byte, error) {
	return s.Safe.Open(d.Keys.For(purpose), purpose, d.ID, rec, sealed)
}

// SealChunk seals a piece of a file; pieces cannot change places.
func (s Sealer) SealChunk(d record.Dossier, file string, n int, plain []byte) ([]byte, error) {
	return s.Seal(d, record.FileChunk, piece(file, n), plain)
}

// OpenChunk opens what SealChunk sealed.
func (s Sealer) OpenChunk(d record.Dossier, file string, n int, sealed []byte) ([]byte, error) {
	return s.Open(d, record.FileChunk, piece(file, n), sealed)
}

func piece(file string, n int) string { return fmt.Sprintf("%s/%d", file, n) }

// SealEvent turns an event into its row, chained to the one before.
func (s Sealer) SealEvent(d record.Dossier, e complaint.Event, previous []byte) (record.Event, error) {
	open, plain, err := complaint.Encode(e)
	if err != nil {
		return record.Event{}, err
	}
	row := record.Event{Dossier: d.ID, Version: e.Version, Kind: e.Kind, At: e.At, Actor: e.Actor, Open: open}
	if plain != nil {
		if row.Sealed, err = s.Seal(d, record.EventTexts, strconv.Itoa(e.Version), plain); err != nil {
			return row, fmt.Errorf("seal: seal %s: %w", e.Kind, err)
		}
	}
	row.Mac = s.EventMac(row, previous)
	return row, nil
}

// OpenEvent reads a row back: the open facts, and the texts when withTexts is set.
func (s Sealer) OpenEvent(d record.Dossier, row record.Event, withTexts bool) (complaint.Event, error) {
	e := complaint.Event{Kind: row.Kind, Version: row.Version, At: row.At.In(s.Zone), Actor: row.Actor}
	var err error
	if e.Open, err = complaint.DecodeOpen(row.Open); err != nil {
		return e, err
	}
	if !withTexts || row.Sealed == nil {
		return e, nil
	}
	plain, err := s.Open(d, record.EventTexts, strconv.Itoa(row.Version), row.Sealed)
	if err != nil {
		return e, fmt.Errorf("seal: open event %d of %s: %w", row.Version, d.ID, err)
	}
	e.Sealed, err = complaint.DecodeSealed(plain)
	return e, err
}

// OpenJSON opens sealed JSON into v.
func (s Sealer) OpenJSON(d record.Dossier, purpose, rec string, sealed []byte, v any) error {
	plain, err := s.Open(d, purpose, rec, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, v)
}

// SealJSON seals v as JSON.
func (s Sealer) SealJSON(d record.Dossier, purpose, rec string, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return s.Seal(d, purpose, rec, plain)
}

// Title opens the title of a dossier; "" when it has none.
func (s Sealer) Title(d record.Dossier) (string, error) {
	if len(d.Title) == 0 {
		return "", nil
	}
	plain, err := s.Open(d, record.TitleText, "", d.Title)
	return string(plain), err
}

// OpenParcel opens what is handed to the mail server.
func (s Sealer) OpenParcel(d record.Dossier, m record.Message) (p record.Parcel, err error) {
	if m.Sealed == nil {
		return p, fmt.Errorf("seal: the message of letter %s is gone", m.Letter)
	}
	err = s.OpenJSON(d, record.MailParcel, m.Letter, m.Sealed, &p)
	return p, err
}
