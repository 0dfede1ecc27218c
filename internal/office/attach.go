package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"path"
	"strings"
	"unicode"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// chunkSize is the plaintext size of one sealed piece of a file, in bytes.
const chunkSize = 1 << 20

// Kept is a file that was kept for a draft or a dossier, not yet part of it.
type Kept struct {
	ID   string
	Name string
	Size int64
}

// Keep reads a file, seals it in chunks under the identity key and keeps it: before
// the task that it belongs to, in short transactions of its own. Unlinked files are
// swept after a day.
func (o *Office) Keep(ctx context.Context, who complaint.Person, d Draft, name string, r io.Reader) (kept Kept, err error) {
	defer wrap(&err, "office: keep file")
	if !complaint.May(who, complaint.TaskReceive, complaint.Relation{}) && !complaint.May(who, complaint.TaskComplain, complaint.Relation{}) {
		return kept, &complaint.Error{Kind: complaint.Refused, Key: "error.forbidden"}
	}
	return o.keep(ctx, record.Dossier{Dossier: complaint.Dossier{ID: d.ID}, Keys: d.Keys}, name, r)
}

// KeepFor keeps a file for an existing dossier.
func (o *Office) KeepFor(ctx context.Context, who complaint.Person, dossier, name string, r io.Reader) (Kept, error) {
	m, err := o.onTheTable(ctx, who, dossier, complaint.TaskAttach)
	if err != nil {
		return Kept{}, err
	}
	return o.keep(ctx, m.Dossier, name, r)
}

// keep writes no name in the row: who added a file stands in the course, which may
// mask it.
//
// Of a file that is refused or broken off nothing stays.
func (o *Office) keep(ctx context.Context, d record.Dossier, name string, r io.Reader) (_ Kept, err error) {
	f := record.Attachment{ID: record.NewID(), Dossier: d.ID, At: o.now(), Actor: complaint.ByStaff}
	kept := Kept{ID: f.ID, Name: cleanName(name)}
	defer func() {
		if err != nil && f.Size > 0 {
			err = errors.Join(err, o.Cupboard.DropFile(context.WithoutCancel(ctx), f.ID))
		}
	}()
	if f.Name, err = o.Sealer.Seal(d, record.FileName, f.ID, []byte(kept.Name)); err != nil {
		return kept, err
	}
	sum := sha256.New()
	piece := make([]byte, chunkSize)
	for n := 0; ; n++ {
		got, err := io.ReadFull(unbroken{r}, piece)
		if got == 0 && n > 0 {
			break
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			return kept, err
		}
		if n == 0 {
			if f.Type, err = sniff(piece[:got]); err != nil {
				return kept, err
			}
		}
		if f.Size += int64(got); f.Size > o.MaxUpload {
			return kept, fileMistake("error.upload_too_large", "Max", megabytes(o.MaxUpload))
		}
		if err := o.sealChunk(ctx, d, f, n, piece[:got], sum); err != nil {
			return kept, err
		}
		if got < chunkSize {
			break
		}
	}
	kept.Size, f.SHA256 = f.Size, sum.Sum(nil)
	f.Mac = o.Sealer.AttachmentMac(f)
	return kept, o.Cupboard.Whole(ctx, f)
}

// errBroken says that a file broke off.
var errBroken = errors.New("office: the file broke off")

// unbroken tells a file that broke off from one that ends: to io.ReadFull both are short.
type unbroken struct{ io.Reader }

// Read gives what there is.
func (u unbroken) Read(b []byte) (int, error) {
	n, err := u.Reader.Read(b)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errBroken
	}
	return n, err
}

func (o *Office) sealChunk(ctx context.Context, d record.Dossier, f record.Attachment, n int, plain []byte, sum hash.Hash) error {
	sealed, err := o.Sealer.SealChunk(d, f.ID, n, plain)
	if err != nil {
		return err
	}
	sum.Write(sealed)
	return o.Cupboard.Chunk(ctx, f, n, sealed)
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", n>>20) }

func fileMistake(key string, args ...any) error {
	return complaint.Mistakes{{Kind: complaint.Invalid, Field: "file", Key: key, Args: args}}
}

// sniff tells a file's type from its first bytes, never from what the sender says.
// Scans, photographs, documents and plain text are taken.
func sniff(head []byte) (string, error) {
	if len(head) == 0 {
		return "", fileMistake("error.upload_empty")
	}
	kind, _, _ := strings.Cut(http.DetectContentType(head), ";")
	switch {
	case kind == "application/pdf", kind == "text/plain", kind == "image/jpeg", kind == "image/png", kind == "image/gif", kind == "image/webp":
		return kind, nil
	case bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")):
		return "image/tiff", nil
	case kind == "application/zip" && (bytes.Contains(head, []byte("word/")) || bytes.Contains(head, []byte("opendocument"))):
		return "application/zip", nil
	}
	return "", fileMistake("error.upload_type")
}

// cleanName leaves the last part of a path, without control characters or marks that
// turn the direction of text.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, "_"), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 100 {
		name = string(runes[:60]) + "…" + string(runes[len(runes)-30:])
	}
	if name == "" || name == "." || name == "/" {
		return "bijlage"
	}
	return name
}

// attachAll links kept files in the task that brings them.
func (o *Office) attachAll(ctx context.Context, m *matter, out *outcome, files []string) error {
	d := after(m, out.events)
	for _, id := range files {
		f, err := o.Cupboard.Unlinked(ctx, id, m.ID)
		if err != nil {
			return err
		}
		name, err := o.Sealer.Open(m.Dossier, record.FileName, id, f.Name)
		if err != nil {
			return err
		}
		events, err := d.Attach(id, string(name), m.scene)
		if err != nil {
			return err
		}
		out.events = append(out.events, events...)
		d = after(m, out.events)
		out.links = append(out.links, id)
	}
	return nil
}

// Attach makes kept files part of a dossier.
func (o *Office) Attach(ctx context.Context, who complaint.Person, f Form, files []string) error {
	return o.carryOut(ctx, who, f, deed{complaint.TaskAttach, files, func(ctx context.Context, m *matter) (outcome, error) {
		var out outcome
		return out, o.attachAll(ctx, m, &out, files)
	}})
}

// Opened is a file as it came in.
type Opened struct {
	Name    string
	Type    string // sniffed when it came in
	Content *bytes.Reader
}

// File opens a file. Originals carry the name of who sent them, so that opening one is
// noted first, as an opening with its reason.
func (o *Office) File(ctx context.Context, who complaint.Person, id string, x Opening) (f Opened, err error) {
	defer wrap(&err, "office: open file")
	row, err := o.Cupboard.Attachment(ctx, id, o.sight(who))
	if err != nil {
		return f, err
	}
	m, err := o.onTheTable(ctx, who, row.Dossier, complaint.TaskOriginal)
	if err != nil {
		return f, err
	}
	if !complaint.HasChoice(m.scene.Rules.OpeningReasons, x.Reason) {
		return f, complaint.Mistakes{{Kind: complaint.Invalid, Field: "reason", Key: "error.choose"}}
	}
	if err := o.noteOpening(ctx, m, x); err != nil {
		return f, err
	}
	name, err := o.Sealer.Open(m.Dossier, record.FileName, id, row.Name)
	if err != nil {
		return f, err
	}
	var whole bytes.Buffer
	err = o.Cupboard.EachChunk(ctx, id, func(n int, sealed []byte) error {
		plain, err := o.Sealer.OpenChunk(m.Dossier, id, n, sealed)
		whole.Write(plain)
		return err
	})
	return Opened{Name: string(name), Type: row.Type, Content: bytes.NewReader(whole.Bytes())}, err
}
