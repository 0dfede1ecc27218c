package porch

import (
	"bufio"
	"crypto/rand"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gehoor/internal/complaint"
	"gehoor/internal/page"
)

const (
	maxForm   = 1 << 20 // bytes of typed text in one form
	maxFields = 2000    // fields in one form
	headroom  = 2 << 20 // what a form may have beside its files
)

// The hidden fields of every form that changes something.
const (
	KeyField  = "sleutel" // the request key, made with the page: a double click is harmless
	SeenField = "gezien"  // the version that the page showed
)

// NewKey makes a request key. Make one with each page that holds a form.
func NewKey() string { return rand.Text() }

// Carry gives the hidden fields of a form about a dossier: the request key and the
// version that was seen. Use the form's own key again when it comes back with mistakes.
func Carry(key string, seen int) []page.Hidden {
	return []page.Hidden{{Name: KeyField, Value: key}, {Name: SeenField, Value: strconv.Itoa(seen)}}
}

// Form is what was typed.
type Form struct{ Values url.Values }

// Text gives a field with line breaks as \n and without space around it.
func (f Form) Text(name string) string { return tidy(f.Values.Get(name)) }

// Raw gives a field exactly as it was sent: for passwords, and to show it again.
func (f Form) Raw(name string) string { return f.Values.Get(name) }

// All gives the values of a field that can have more than one.
func (f Form) All(name string) []string { return f.Values[name] }

// Has reports whether a field was sent with something in it.
func (f Form) Has(name string) bool { return f.Text(name) != "" }

// Ticked reports whether an answer was ticked; without a value, whether any was.
func (f Form) Ticked(name, value string) bool {
	if value == "" {
		return f.Values.Get(name) != ""
	}
	return slices.Contains(f.Values[name], value)
}

// Key is the request key that came with the page.
func (f Form) Key() string { return f.Values.Get(KeyField) }

// Seen is the version that the page showed; 0 when the form carries none.
func (f Form) Seen() int {
	n, err := strconv.Atoi(f.Values.Get(SeenField))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func tidy(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
}

// ReadForm reads a form without files, once. Text that no keyboard makes comes back
// as mistakes at its fields; the form itself is then whole, with those signs replaced.
func ReadForm(r *http.Request) (Form, error) { return ReadFormUpTo(r, maxForm) }

// ReadFormUpTo is ReadForm with a limit of its own. Of a form above it comes, with
// ErrTooLarge, what fits.
func ReadFormUpTo(r *http.Request, limit int64) (Form, error) {
	form := Form{Values: url.Values{}}
	if kind := mediaType(r); kind != "application/x-www-form-urlencoded" {
		return form, ErrBadRequest
	}
	body, room := bufio.NewReader(r.Body), newRoom(limit)
	for fields := 1; ; fields++ {
		pair, end, err := room.pair(body)
		if err != nil {
			return form, err
		}
		if fields > maxFields {
			return form, ErrTooLarge
		}
		if err := addPair(form.Values, pair); err != nil {
			return form, err
		}
		if end {
			return room.checked(form)
		}
	}
}

// File is one file of a form, while it comes in.
type File struct {
	Field string // name of the form's field
	Name  string // as the visitor's computer calls it, without folders
	Body  io.Reader
}

// ReadUpload reads a form that may have files, once. Each file is handed to take as
// it comes in and is never written to disk in the clear; a field left empty is no
// file. The typed fields that stand before the files in the form are in f already.
// Of a form with too much typed text comes, with ErrTooLarge, what fits.
func ReadUpload(r *http.Request, take func(f Form, file File) error) (Form, error) {
	if mediaType(r) != "multipart/form-data" {
		return ReadForm(r)
	}
	form := Form{Values: url.Values{}}
	parts, err := r.MultipartReader()
	if err != nil {
		return form, ErrBadRequest
	}
	room := newRoom(maxForm)
	for fields := 1; ; fields++ {
		part, err := parts.NextPart()
		var large *http.MaxBytesError
		if errors.Is(err, io.EOF) || room.over && errors.As(err, &large) {
			return room.checked(form)
		}
		if err != nil {
			return form, readError(err)
		}
		if fields > maxFields {
			return form, ErrTooLarge
		}
		if err := readPart(form, part, room, take); err != nil {
			return form, err
		}
	}
}

// readPart reads one field, or hands one file over.
func readPart(form Form, part *multipart.Part, room *room, take func(Form, File) error) error {
	name := part.FormName()
	if _, isFile := fileName(part); isFile {
		if part.FileName() == "" {
			return nil
		}
		return take(form, File{Field: name, Name: baseName(part.FileName()), Body: part})
	}
	value, err := io.ReadAll(io.LimitReader(part, room.left+1)) // the rest is passed over
	if err != nil {
		return readError(err)
	}
	form.Values.Add(name, room.take(string(value)))
	return nil
}

// baseName leaves out the folders of a Windows computer too, and what is no text.
func baseName(name string) string {
	name = name[strings.LastIndexByte(name, '\\')+1:]
	return strings.Map(keepText, strings.ToValidUTF8(name, "\uFFFD"))
}

// fileName tells a file field that was left empty from a text field.
func fileName(part *multipart.Part) (string, bool) {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return "", false
	}
	name, is := params["filename"]
	return name, is
}

// readError says what a body that could not be read means: too large, or broken off.
func readError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return ErrBadRequest
}

func mediaType(r *http.Request) string {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}

// checked finds bytes that are no text: they would break a register or a letter.
func checked(values url.Values) (Form, error) {
	var m complaint.Mistakes
	for name, list := range values {
		bad := false
		for i, s := range list {
			if !isText(s) {
				bad = true
				list[i] = strings.Map(keepText, strings.ToValidUTF8(s, "\uFFFD"))
			}
		}
		if bad {
			m.Add(name, "error.invalid_text")
		}
	}
	return Form{Values: values}, m.Err()
}

func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return keepText(r) != r })
}

// keepText replaces control signs other than tab and line breaks.
func keepText(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f {
		return utf8.RuneError
	}
	return r
}
