package intake

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/porch"
)

const (
	// mostTyped is how many bytes of one intake form are read. It is far more than may
	// be typed, so that a text that is too long comes back with the rest of its form.
	mostTyped = 16 << 20
	// longestShown is how much of such a text comes back, in characters.
	longestShown = complaint.MaxText + 1
	mostParts    = 500 // fields and files in one form
)

// keptFile is a file that came along with an earlier try of the form.
type keptFile struct {
	ID   string
	Name string
	Size int64
}

// value is a kept file as the form carries it.
func (f keptFile) value() string { return f.ID + " " + strconv.FormatInt(f.Size, 10) + " " + f.Name }

// readKept reads such a value; the office looks whether the file belongs to the draft.
func readKept(value string) (f keptFile, ok bool) {
	parts := strings.SplitN(value, " ", 3)
	if len(parts) < 3 {
		return f, false
	}
	size, err := strconv.ParseInt(parts[1], 10, 64)
	return keptFile{parts[0], parts[2], size}, err == nil && parts[0] != ""
}

// option shows a kept file as an answer that stays ticked.
func (f keptFile) option() page.Option {
	return page.Option{Value: f.value(), Label: f.Name + " (" + fileSize(f.Size) + ")"}
}

// fileSize writes a size as people read it.
func fileSize(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", max(1, n>>10))
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// packDraft and unpackDraft carry the draft through the form.
func packDraft(d office.Draft) string {
	text, err := json.Marshal(d)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func unpackDraft(packed string) (d office.Draft, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(packed)
	if err != nil || json.Unmarshal(text, &d) != nil {
		return office.Draft{}, false
	}
	return d, d.ID != "" && len(d.Keys.Content) > 0 && len(d.Keys.Identity) > 0
}

// readIntake takes what was typed and keeps the files that came along. What cannot be
// read is a mistake at its field.
func (d *Door) readIntake(r *http.Request, s *intakeSheet) error {
	var err error
	if isUpload(r) {
		s.typed, err = d.readParts(r, s)
	} else {
		s.typed, err = porch.ReadFormUpTo(r, mostTyped)
	}
	if err := s.take(err); err != nil {
		return err
	}
	shorten(s.typed.Values)
	if s.key = s.typed.Key(); s.key == "" {
		s.key = porch.NewKey()
	}
	if err := d.findDraft(s, s.typed); err != nil {
		return err
	}
	s.files = append(keptIn(s.typed), s.files...)
	return nil
}

// keptIn gives the files that a form carries along.
func keptIn(typed porch.Form) (kept []keptFile) {
	for _, value := range typed.All(filesField) {
		if f, ok := readKept(value); ok {
			kept = append(kept, f)
		}
	}
	return kept
}

// findDraft takes the draft out of the form; a form that lost it gets a new one.
func (d *Door) findDraft(s *intakeSheet, f porch.Form) (err error) {
	if s.draft.ID != "" {
		return nil
	}
	var ok bool
	if s.draft, ok = unpackDraft(f.Raw(draftField)); !ok {
		s.draft, err = d.Office.Begin()
	}
	return err
}

// shorten leaves of an endless text what fits back into a form. It stays one sign too
// long, so that the law refuses it.
func shorten(values url.Values) {
	for _, list := range values {
		for i, text := range list {
			if utf8.RuneCountInString(text) > longestShown {
				list[i] = string([]rune(text)[:longestShown])
			}
		}
	}
}

func isUpload(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "multipart/form-data"
}

// readParts reads a form with files. It is the porch's ReadUpload, but that a text that
// is too long does not cost the rest of the form. The text goes through the porch's
// own check afterwards.
func (d *Door) readParts(r *http.Request, s *intakeSheet) (porch.Form, error) {
	form := porch.Form{Values: url.Values{}}
	parts, err := r.MultipartReader()
	if err != nil {
		return form, porch.ErrBadRequest
	}
	for range mostParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return throughPorch(r, form.Values)
		}
		if err == nil {
			err = d.readPart(r, s, form, part)
		}
		if tooLarge(err) { // the files stand last: all that was typed is in already
			s.wrong.Add("file", s.voice.Say("error.form_too_large"))
			return throughPorch(r, form.Values)
		}
		if err != nil {
			return form, err
		}
	}
	return form, porch.ErrBadRequest
}

func tooLarge(err error) bool {
	var large *http.MaxBytesError
	return errors.As(err, &large)
}

// readPart reads a field, or keeps a file.
func (d *Door) readPart(r *http.Request, s *intakeSheet, form porch.Form, part *multipart.Part) error {
	name := part.FormName()
	if part.FileName() != "" {
		return d.keepFile(r, s, form, part)
	}
	text, err := io.ReadAll(part) // bounded by the body of the request
	if err != nil {
		if tooLarge(err) {
			return err
		}
		return porch.ErrBadRequest
	}
	if name != "file" { // a file field that was left empty
		form.Values.Add(name, string(text))
	}
	return nil
}

// keepFile keeps a file for the draft. A file that is refused does not hinder others.
func (d *Door) keepFile(r *http.Request, s *intakeSheet, form porch.Form, part *multipart.Part) error {
	if err := d.findDraft(s, form); err != nil {
		return err
	}
	kept, err := d.Office.Keep(r.Context(), porch.Who(r).Person, s.draft, part.FileName(), part)
	var many complaint.Mistakes
	switch {
	case errors.As(err, &many):
		said := kept.Name + ": " + s.voice.Say(many[0].Key, many[0].Args...)
		s.wrong["file"] = strings.TrimSpace(s.wrong["file"] + " " + said)
		return nil
	case err != nil:
		return err
	}
	s.files = append(s.files, keptFile{kept.ID, kept.Name, kept.Size})
	return nil
}

// throughPorch lets the porch look for signs that are no text.
func throughPorch(r *http.Request, values url.Values) (porch.Form, error) {
	shorten(values)
	plain := r.Clone(r.Context())
	plain.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	plain.Body = io.NopCloser(strings.NewReader(values.Encode()))
	return porch.ReadFormUpTo(plain, mostTyped)
}
