package porch

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/complaint"
)

func post(body string) *http.Request {
	r := httptest.NewRequest("POST", "/a", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func TestReadForm(t *testing.T) {
	f, err := ReadForm(post("text=+Dag%0D%0Aallemaal+&sleutel=abc&gezien=7&kies=a&kies=b&leeg="))
	if err != nil {
		t.Fatal(err)
	}
	if f.Text("text") != "Dag\nallemaal" || f.Raw("text") != " Dag\r\nallemaal " {
		t.Errorf("text %q, raw %q", f.Text("text"), f.Raw("text"))
	}
	if f.Key() != "abc" || f.Seen() != 7 || !f.Ticked("kies", "b") || f.Ticked("kies", "c") || f.Has("leeg") || len(f.All("kies")) != 2 {
		t.Errorf("form %+v", f)
	}
}

func TestReadFormRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want error
	}{
		"too large":       {"a=" + strings.Repeat("x", maxForm), ErrTooLarge},
		"too many fields": {strings.Repeat("a=1&", maxFields+1), ErrTooLarge},
		"broken":          {"a=%zz", ErrBadRequest},
	} {
		if _, err := ReadForm(post(tt.body)); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := post("a=1")
	r.Header.Set("Content-Type", "text/plain")
	if _, err := ReadForm(r); !errors.Is(err, ErrBadRequest) {
		t.Errorf("another type: %v", err)
	}
}

// Of a form that is too large comes what fits: the beginning of what was too long, and all
// that stands before and behind it.
func TestFormThatIsTooLarge(t *testing.T) {
	long := strings.Repeat("é", maxForm)
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, f := range [][2]string{{"a", "eerst"}, {"b", long}, {"c", "dan"}} {
		if err := w.WriteField(f[0], f[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	parts := httptest.NewRequest(http.MethodPost, "/", &body)
	parts.Header.Set("Content-Type", w.FormDataContentType())
	for name, r := range map[string]*http.Request{"plain": post("a=eerst&b=" + url.QueryEscape(long) + "&c=dan"), "in parts": parts} {
		f, err := ReadUpload(r, nil)
		if !errors.Is(err, ErrTooLarge) || f.Text("a") != "eerst" || f.Text("c") != "dan" {
			t.Errorf("%s: %v %q %q", name, err, f.Text("a"), f.Text("c"))
		}
		if got := f.Text("b"); len(got) < 80_000 || !strings.HasPrefix(long, got) {
			t.Errorf("%s: %d bytes of the long text come back", name, len(got))
		}
	}
}

func TestBytesThatAreNoText(t *testing.T) {
	for _, body := range []string{"text=a%ffb", "text=a%00b", "text=a%1bb"} {
		f, err := ReadForm(post(body))
		var m complaint.Mistakes
		if !errors.As(err, &m) || m[0].Field != "text" || m[0].Key != "error.invalid_text" {
			t.Errorf("%s: %v", body, err)
		}
		if f.Text("text") != "a\uFFFDb" {
			t.Errorf("%s came back as %q", body, f.Text("text"))
		}
	}
}

// upload makes a form with a text and a file.
func upload(t *testing.T, files ...string) *http.Request {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if err := w.WriteField("text", "Dag"); err != nil {
		t.Fatal(err)
	}
	for _, content := range files {
		name := `C:\map\brief.pdf`
		if content == "" {
			name = ""
		}
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/a", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

func TestReadUpload(t *testing.T) {
	var got []string
	f, err := ReadUpload(upload(t, "een", "", "twee"), func(f Form, file File) error {
		content, err := io.ReadAll(file.Body)
		got = append(got, file.Field+"|"+file.Name+"|"+string(content)+"|"+f.Text("text"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := "file|brief.pdf|een|Dag,file|brief.pdf|twee|Dag"; strings.Join(got, ",") != want || f.Text("text") != "Dag" {
		t.Errorf("got %q", got)
	}
}

func TestUploadThatIsTooLarge(t *testing.T) {
	h := newHouse(t)
	h.MaxUpload = 10
	got := h.serve(t, "POST /a", func(_ http.ResponseWriter, r *http.Request) error {
		_, err := ReadUpload(r, func(_ Form, file File) error {
			_, err := io.Copy(io.Discard, file.Body)
			return err
		})
		return err
	}, upload(t, strings.Repeat("x", headroom+100)))
	if got.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d: %s", got.StatusCode, body(t, got))
	}
}

func TestCarry(t *testing.T) {
	if a, b := NewKey(), NewKey(); a == b || len(a) < 20 {
		t.Errorf("keys %q and %q", a, b)
	}
	if got := Carry("k", 3); got[0].Value != "k" || got[1].Value != "3" {
		t.Errorf("got %v", got)
	}
}
