package letter

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"gehoor/internal/record"
)

// sheaf prints letters of several kinds, sizes and languages, and gives them joined.
func sheaf(t *testing.T) (docs []Document, sheets [][]byte, whole []byte) {
	t.Helper()
	s := record.Sheaf{Title: "Brieven van 24 november 2026", Language: "nl"}
	for i, one := range []struct {
		kind  Kind
		lang  string
		size  int
		story int
	}{{Withdrawn, "nl", 12, 0}, {ConfirmationText, "nl", 16, 0}, {Answer, "en", 12, 0}, {ConfirmationText, "en", 20, 40}, {Acknowledgement, "nl", 12, 0}} {
		o := full(one.kind, one.lang)
		o.PointSize = one.size
		if one.story > 0 {
			o.Facts.Description = strings.Repeat("Niemand belde ons.\n", one.story)
		}
		d := compose(t, o)
		docs, sheets = append(docs, d), append(sheets, printed(t, d))
		s.Letters = append(s.Letters, record.Printed{Name: fmt.Sprintf("%d %s 2026-417", i+1, d.Title), PDF: sheets[i]})
	}
	whole, err := Join(s)
	if err != nil {
		t.Fatal(err)
	}
	return docs, sheets, whole
}

// pagesOf counts the pages of a file as poppler sees them.
func pagesOf(t *testing.T, pdf []byte) (n int) {
	t.Helper()
	for line := range strings.Lines(poppler(t, pdf, "pdfinfo")) {
		if rest, ok := strings.CutPrefix(line, "Pages:"); ok {
			_, err := fmt.Sscan(rest, &n)
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return n
}

// Every letter of a sheaf is in it as it is by itself: for the eye, for a machine and
// for a screen reader, and each begins on the front of a sheet.
func TestJoin(t *testing.T) {
	t.Parallel()
	docs, sheets, whole := sheaf(t)
	var all strings.Builder
	text := strings.Split(poppler(t, whole, "pdftotext", "-layout"), "\f")
	at, blanks := 0, 0
	for i, d := range docs {
		all.WriteString(everyWord(d))
		own := strings.Split(strings.TrimSuffix(poppler(t, sheets[i], "pdftotext", "-layout"), "\f"), "\f")
		if at%2 != 0 {
			t.Errorf("letter %d begins on the back of a sheet", i+1)
		}
		for n, page := range own {
			if text[at+n] != page {
				t.Errorf("letter %d, page %d reads\n%s\nwant\n%s", i+1, n+1, text[at+n], page)
			}
		}
		if at += len(own); len(own)%2 == 1 {
			if strings.TrimSpace(text[at]) != "" {
				t.Errorf("behind letter %d stands %q", i+1, text[at])
			}
			at++
			blanks++
		}
	}
	if n := pagesOf(t, whole); n != at || blanks == 0 || blanks == len(docs) {
		t.Errorf("%d pages, want %d, of which %d are empty", n, at, blanks)
	}
	if got, want := gather(voiced(poppler(t, whole, "pdfinfo", "-struct-text"))), gather(all.String()); got != want {
		t.Errorf("a screen reader reads\n%s\nwant\n%s", got, want)
	}
	if n := strings.Count(poppler(t, whole, "pdfinfo", "-struct"), "Part"); n != len(docs) {
		t.Errorf("%d letters in the structure, want %d", n, len(docs))
	}
	info := poppler(t, whole, "pdfinfo")
	for _, want := range []string{"Tagged:          yes", "Title:           Brieven van 24 november 2026", "595.28 x 841.89 pts (A4)"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo does not say %q:\n%s", want, info)
		}
	}
	checkFonts(t, poppler(t, whole, "pdffonts"))
}

// Every mark on every page of a sheaf leads to its own element, and the languages of
// the letters are kept.
func TestJoinedTree(t *testing.T) {
	docs, sheets, whole := sheaf(t)
	f, err := readFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	key := 0
	for _, page := range f.pages() {
		body := string(f.objects[page-1])
		if !strings.Contains(body, "/Contents") {
			continue // an empty page
		}
		if want := fmt.Sprintf("/StructParents %d ", key); !strings.Contains(body, want) {
			t.Errorf("page object %d has no %q: %s", page, want, body)
		}
		key++
	}
	for _, d := range docs {
		if want := "/Lang (" + d.Language + ")"; bytes.Count(whole, []byte(want)) < 2 {
			t.Errorf("the structure does not say %s", want)
		}
	}
	for i, o := range f.objects {
		head, _, _ := bytes.Cut(o, []byte("stream\n"))
		for _, m := range reference.FindAllSubmatch(head, -1) {
			var to int
			if _, err := fmt.Sscan(string(m[1]), &to); err != nil || to < 1 || to > len(f.objects) {
				t.Fatalf("object %d refers to %s, which is not there", i+1, m[0])
			}
		}
	}
	if n := bytes.Count(whole, []byte("/Dest [")); n != len(sheets) {
		t.Errorf("%d names in the outline, want %d", n, len(sheets))
	}
}

func TestJoinRefuses(t *testing.T) {
	pdf := printed(t, compose(t, full(Withdrawn, "nl")))
	for name, letters := range map[string][]record.Printed{
		"nothing":   nil,
		"no PDF":    {{PDF: []byte("Beste meneer of mevrouw,")}},
		"half":      {{PDF: pdf}, {PDF: pdf[:len(pdf)/2]}},
		"untagged":  {{PDF: bytes.Replace(pdf, []byte("/StructTreeRoot"), []byte("/StructTreeXoot"), 1)}},
		"nowhere":   {{PDF: bytes.Replace(pdf, []byte("/Pages 1 0 R"), []byte("/Pages 0 0 R"), 1)}},
		"astray":    {{PDF: bytes.Replace(pdf, []byte("/Parent 1 0 R"), []byte("/Parent 0 0 R"), 1)}},
		"no object": {{PDF: nil}},
	} {
		if _, err := Join(record.Sheaf{Language: "nl", Letters: letters}); err == nil {
			t.Errorf("%s is joined", name)
		}
	}
}

// A sheaf of the same letters is the same file.
func TestJoinSameBytes(t *testing.T) {
	_, _, one := sheaf(t)
	_, _, two := sheaf(t)
	if !bytes.Equal(one, two) {
		t.Error("the same letters, joined twice, differ")
	}
}
