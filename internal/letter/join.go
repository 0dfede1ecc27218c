package letter

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"gehoor/internal/record"
)

// Join puts printed letters behind each other in one file for the printer. Each keeps
// its own pages, fonts and structure tree: their objects get other numbers, and one
// catalogue names them all. A letter with an odd number of pages gets an empty page
// behind it, so that on a printer that prints both sides no letter begins on the back
// of another. It reads only files that this package made.
//
//	catalogue ─┬─ pages ──── pages of letter 1 …
//	           ├─ structure ─┬─ Document ── Part for letter 1 … (with its language)
//	           │             └─ parent tree ── leaf of letter 1 …
//	           └─ outlines ── name of letter 1 …
func Join(s record.Sheaf) ([]byte, error) {
	if len(s.Letters) == 0 {
		return nil, errors.New("letter: nothing to join")
	}
	j := &joiner{file: file{objects: make([][]byte, joinedOwn)}}
	for i, one := range s.Letters {
		if err := j.take(one); err != nil {
			return nil, fmt.Errorf("letter: join letter %d: %w", i+1, err)
		}
	}
	j.crown(s)
	return j.bytes(joinedCatalogue), nil
}

// The objects of the joined file itself; the letters' come behind them. The catalogue
// follows the document information, as file.bytes wants it.
const (
	joinedInfo = iota + 1
	joinedCatalogue
	joinedPages
	joinedStructure
	joinedDocument
	joinedParents
	joinedOutlines
	joinedOwn = joinedOutlines
)

// A joiner writes one file from many.
type joiner struct {
	file
	pages   int // in all, empty ones too
	parents int // keys of the parent tree that are taken
	letters []joined
}

// joined says where in the new file the parts of one letter stand.
type joined struct {
	name                        string
	node, part, leaf, firstPage int // object numbers
	pages                       int
}

// take adds the objects of one letter under new numbers.
func (j *joiner) take(one record.Printed) error {
	f, err := readFile(one.PDF)
	if err != nil {
		return err
	}
	at, err := f.parts(one.PDF)
	if err != nil {
		return err
	}
	pages := f.pages()
	if len(pages) == 0 {
		return errors.New("it has no pages")
	}
	dropped := map[int]bool{at.info: true, at.catalogue: true, at.structure: true}
	number := map[int]int{at.structure: joinedDocument}
	next := len(j.objects)
	for i := range f.objects {
		if !dropped[i+1] {
			next++
			number[i+1] = next
		}
	}
	f.relate(at, len(pages), j.parents)
	for i, body := range f.objects {
		if dropped[i+1] {
			continue
		}
		if i+1 == at.document { // there is one Document in a file; a letter is a part of it
			body = bytes.Replace(body, []byte("/S /Document"), []byte("/S /Part"), 1)
		}
		moved, err := renumber(body, number)
		if err != nil {
			return fmt.Errorf("object %d: %w", i+1, err)
		}
		j.objects = append(j.objects, moved)
	}
	l := joined{name: one.Name, node: number[at.pages], part: number[at.document], leaf: number[at.parents], firstPage: number[pages[0]], pages: len(pages)}
	j.add(l.node, fmt.Sprintf("/Parent %d 0 R", joinedPages))
	j.add(l.part, "/Lang ("+at.language+")")
	if len(pages)%2 == 1 {
		j.blank(&l)
	}
	j.letters = append(j.letters, l)
	j.pages += l.pages
	j.parents += len(pages)
	return nil
}

// blank puts an empty page behind a letter. Nothing stands on it, so it is in no tree
// but that of the pages.
func (j *joiner) blank(l *joined) {
	j.objects = append(j.objects, fmt.Appendf(nil, "<</Type /Page\n/Parent %d 0 R\n/Resources <<>>\n>>", l.node))
	l.pages++
	node := kids.ReplaceAll(j.objects[l.node-1], fmt.Appendf(nil, "/Kids [${1}%d 0 R ]", len(j.objects)))
	j.objects[l.node-1] = count.ReplaceAll(node, fmt.Appendf(nil, "/Count %d", l.pages))
}

// crown writes the objects that hold the letters together.
func (j *joiner) crown(s record.Sheaf) {
	var nodes, letters, leaves bytes.Buffer
	for _, l := range j.letters {
		fmt.Fprintf(&nodes, "%d 0 R ", l.node)
		fmt.Fprintf(&letters, "%d 0 R ", l.part)
		fmt.Fprintf(&leaves, "%d 0 R ", l.leaf)
	}
	first := len(j.objects) + 1
	for i, l := range j.letters {
		item := fmt.Sprintf("<</Title %s /Parent %d 0 R /Dest [%d 0 R /Fit]", utf16Hex(clean(l.name)), joinedOutlines, l.firstPage)
		if i > 0 {
			item += fmt.Sprintf(" /Prev %d 0 R", first+i-1)
		}
		if i < len(j.letters)-1 {
			item += fmt.Sprintf(" /Next %d 0 R", first+i+1)
		}
		j.objects = append(j.objects, []byte(item+">>"))
	}
	set := func(number int, format string, args ...any) { j.objects[number-1] = fmt.Appendf(nil, format, args...) }
	set(joinedInfo, "<</Title %s /Creator (gehoor) /Producer (gehoor)>>", utf16Hex(clean(s.Title)))
	set(joinedCatalogue, "<</Type /Catalog /Pages %d 0 R /Lang (%s) /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /Outlines %d 0 R"+
		" /ViewerPreferences <</DisplayDocTitle true>>>>", joinedPages, s.Language, joinedStructure, joinedOutlines)
	set(joinedPages, "<</Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595.28 841.89]>>", nodes.String(), j.pages)
	set(joinedStructure, "<</Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d>>", joinedDocument, joinedParents, j.parents)
	set(joinedDocument, "<</Type /StructElem /S /Document /P %d 0 R /K [%s]>>", joinedStructure, letters.String())
	set(joinedParents, "<</Kids [%s]>>", leaves.String())
	set(joinedOutlines, "<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>", first, first+len(j.letters)-1, len(j.letters))
}

// parts are the objects by which a letter's file hangs together.
type parts struct {
	info, catalogue, pages, structure, parents, document int
	language                                             string
}

var (
	trailer  = regexp.MustCompile(`/Root (\d+) 0 R /Info (\d+) 0 R`)
	toPages  = regexp.MustCompile(`/Pages (\d+) 0 R`)
	toTree   = regexp.MustCompile(`/StructTreeRoot (\d+) 0 R`)
	toParent = regexp.MustCompile(`/ParentTree (\d+) 0 R`)
	toRoot   = regexp.MustCompile(`/K \[(\d+) 0 R\]`)
	spoken   = regexp.MustCompile(`/Lang \(([a-z]+)\)`)
	kids     = regexp.MustCompile(`/Kids \[([^\]]*)\]`)
	count    = regexp.MustCompile(`/Count \d+`)
	pageKey  = regexp.MustCompile(`/StructParents (\d+)`)
	leafKey  = regexp.MustCompile(`(\d+) \[`)
)

// parts finds them from the trailer on.
func (f *file) parts(pdf []byte) (at parts, err error) {
	end := pdf[max(0, bytes.LastIndex(pdf, []byte("trailer\n"))):]
	find := func(in []byte, what *regexp.Regexp, group int) int {
		m := what.FindSubmatch(in)
		if m == nil {
			err = fmt.Errorf("it has no %s", what)
			return 0
		}
		n, _ := strconv.Atoi(string(m[group]))
		if n < 1 || n > len(f.objects) {
			err = fmt.Errorf("%s names an object that is not there", what)
			return 0
		}
		return n
	}
	object := func(n int) []byte {
		if n == 0 {
			return nil
		}
		return f.objects[n-1]
	}
	at.catalogue, at.info = find(end, trailer, 1), find(end, trailer, 2)
	catalogue := object(at.catalogue)
	at.pages, at.structure = find(catalogue, toPages, 1), find(catalogue, toTree, 1)
	at.parents, at.document = find(object(at.structure), toParent, 1), find(object(at.structure), toRoot, 1)
	if m := spoken.FindSubmatch(catalogue); m != nil {
		at.language = string(m[1])
	} else if err == nil {
		err = errors.New("it has no language")
	}
	return at, err
}

// relate moves the keys by which pages and parent tree find each other: taken of them
// are in use already.
func (f *file) relate(at parts, pages, taken int) {
	move := func(key *regexp.Regexp, in []byte, form string) []byte {
		return key.ReplaceAllFunc(in, func(found []byte) []byte {
			n, _ := strconv.Atoi(string(key.FindSubmatch(found)[1]))
			return fmt.Appendf(nil, form, n+taken)
		})
	}
	for _, page := range f.pages() {
		f.objects[page-1] = move(pageKey, f.objects[page-1], "/StructParents %d")
	}
	leaf := move(leafKey, f.objects[at.parents-1], "%d [")
	f.objects[at.parents-1] = bytes.Replace(leaf, []byte("<</Nums"), fmt.Appendf(nil, "<</Limits [%d %d] /Nums", taken, taken+pages-1), 1)
}

// reference is a reference to an object.
var reference = regexp.MustCompile(`\b(\d+) 0 R\b`)

// renumber gives the object with its references moved. A stream's bytes are no
// references, and neither is what stands in a string; the only strings in our objects
// are hexadecimal or names like (Adobe).
func renumber(body []byte, number map[int]int) ([]byte, error) {
	head, rest := body, []byte(nil)
	if at := bytes.Index(body, []byte("stream\n")); at >= 0 {
		head, rest = body[:at], body[at:]
	}
	var lost error
	moved := reference.ReplaceAllFunc(head, func(found []byte) []byte {
		old, _ := strconv.Atoi(string(found[:bytes.IndexByte(found, ' ')]))
		n, known := number[old]
		if !known {
			lost = fmt.Errorf("it refers to object %d, which is not there", old)
		}
		return fmt.Appendf(nil, "%d 0 R", n)
	})
	return append(moved, rest...), lost
}
