package complaint

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// sealedVersion is the version of the sealed encoding. Sealed data is never
// migrated in place: Decode must read every version that ever was written.
const sealedVersion = 1

type sealedForm struct {
	V     int              `json:"v"`
	Texts map[Field]string `json:"texts"`
}

// Encode gives the open JSON of an event and the plaintext that must be sealed; the
// latter is nil when the event has no texts.
func Encode(e Event) (open, sealed []byte, err error) {
	open, err = json.Marshal(e.Open)
	if err != nil {
		return nil, nil, fmt.Errorf("complaint: encode %s: %w", e.Kind, err)
	}
	if len(e.Sealed) == 0 {
		return open, nil, nil
	}
	texts := make(map[Field]string, len(e.Sealed))
	for field, p := range e.Sealed {
		if !p.IsEmpty() {
			texts[field] = Reveal(p)
		}
	}
	if len(texts) == 0 {
		return open, nil, nil
	}
	sealed, err = json.Marshal(sealedForm{sealedVersion, texts})
	return open, sealed, err
}

// DecodeOpen reads the open part. An unknown field is an error: it means that the
// row was written by a newer program.
func DecodeOpen(open []byte) (Open, error) {
	var o Open
	d := json.NewDecoder(bytes.NewReader(open))
	d.DisallowUnknownFields()
	if err := d.Decode(&o); err != nil {
		return Open{}, fmt.Errorf("complaint: decode event: %w", err)
	}
	return o, nil
}

// DecodeSealed reads the opened plaintext; nil gives no texts.
func DecodeSealed(plain []byte) (Sealed, error) {
	if len(plain) == 0 {
		return nil, nil
	}
	var form sealedForm
	if err := json.Unmarshal(plain, &form); err != nil {
		return nil, fmt.Errorf("complaint: decode sealed texts: %w", err)
	}
	if form.V != sealedVersion {
		return nil, fmt.Errorf("complaint: sealed texts have version %d, this program knows %d", form.V, sealedVersion)
	}
	texts := make(Sealed, len(form.Texts))
	for field, text := range form.Texts {
		texts[field] = Hide(text)
	}
	return texts, nil
}
