package letter

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// fpdf knows nothing of tagged PDF, and its catalogue cannot be added to. So
// the file it wrote is taken apart into its objects and written again, with the
// structure tree behind them and the catalogue and pages pointing at it.

// file is a PDF as fpdf writes it: objects 1 to n, the last one the catalogue,
// the one before it the document information.
type file struct {
	objects [][]byte // objects[i] is object i+1, between "obj" and "endobj"
}

// readFile takes fpdf's output apart along its cross-reference table.
func readFile(pdf []byte) (*file, error) {
	at := bytes.LastIndex(pdf, []byte("startxref\n"))
	if at < 0 {
		return nil, fmt.Errorf("letter: the PDF has no cross-reference table")
	}
	line, _, _ := bytes.Cut(pdf[at+len("startxref\n"):], []byte("\n"))
	start, err := strconv.Atoi(string(line))
	if err != nil || start < 0 || start >= len(pdf) {
		return nil, fmt.Errorf("letter: the PDF's cross-reference table is not where it says")
	}
	rows := bytes.Split(pdf[start:at], []byte("\n"))
	f := &file{}
	for _, row := range rows[min(3, len(rows)):] { // "xref", "0 n", object 0
		if len(row) < 10 || !bytes.HasSuffix(row, []byte(" 00000 n ")) {
			break // the trailer
		}
		offset, err := strconv.Atoi(string(row[:10]))
		if err != nil || offset >= start {
			return nil, fmt.Errorf("letter: object %d of the PDF is nowhere", len(f.objects)+1)
		}
		body, err := object(pdf[offset:start], len(f.objects)+1)
		if err != nil {
			return nil, err
		}
		f.objects = append(f.objects, body)
	}
	if len(f.objects) < 2 {
		return nil, fmt.Errorf("letter: the PDF has no objects")
	}
	return f, nil
}

// object gives what stands between "n 0 obj" and "endobj". A stream may hold
// any bytes, so its Length is not guessed: fpdf ends it with these words.
func object(from []byte, number int) ([]byte, error) {
	head := fmt.Sprintf("%d 0 obj\n", number)
	if !bytes.HasPrefix(from, []byte(head)) {
		return nil, fmt.Errorf("letter: object %d of the PDF does not start as it should", number)
	}
	body := from[len(head):]
	end := bytes.Index(body, []byte("\nendobj"))
	if s := bytes.Index(body, []byte("stream\n")); s >= 0 && s < end {
		if e := bytes.Index(body[s:], []byte("\nendstream\nendobj")); e >= 0 {
			end = s + e + len("\nendstream")
		}
	}
	if end < 0 {
		return nil, fmt.Errorf("letter: object %d of the PDF does not end", number)
	}
	return body[:end], nil
}

// pages gives the object numbers of the pages, in order.
func (f *file) pages() []int {
	var numbers []int
	for i, body := range f.objects {
		if bytes.HasPrefix(body, []byte("<</Type /Page\n")) {
			numbers = append(numbers, i+1)
		}
	}
	return numbers
}

// tag adds the structure tree to the file.
func (f *file) tag(t *tagger) error {
	pages := f.pages()
	if len(pages) != len(t.marks) {
		return fmt.Errorf("letter: the PDF has %d pages, drawn were %d", len(pages), len(t.marks))
	}
	for i, number := range pages {
		f.add(number, fmt.Sprintf("/StructParents %d /Tabs /S", i))
	}
	catalogue, root := len(f.objects), len(f.objects)+1
	f.add(catalogue, fmt.Sprintf("/MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /ViewerPreferences <</DisplayDocTitle true>>", root))
	f.objects = append(f.objects, t.tree(root, pages)...)
	return nil
}

// add puts entries at the end of the dictionary that an object is.
func (f *file) add(number int, entries string) {
	body := bytes.TrimSpace(f.objects[number-1])
	body = bytes.TrimSuffix(body, []byte(">>"))
	f.objects[number-1] = append(bytes.Clone(body), "\n"+entries+"\n>>"...)
}

// bytes writes the file. catalogue is the number of the catalogue; the document
// information is the object before it.
func (f *file) bytes(catalogue int) []byte {
	var b bytes.Buffer
	// The four high bytes tell a mail program that this is not text.
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(f.objects))
	for i, body := range f.objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n", i+1)
		b.Write(body)
		b.WriteString("\nendobj\n")
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n",
		len(offsets)+1, catalogue, catalogue-1, start)
	return b.Bytes()
}

// utf16Hex writes a text string of the file: UTF-16 with its mark, in hex.
func utf16Hex(s string) string {
	var b bytes.Buffer
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteString(">")
	return b.String()
}
