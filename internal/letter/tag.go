package letter

import (
	"bytes"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
)

// A node is one element of the structure tree: what a screen reader reads, in
// the order in which it was made (ISO 32000-1, 14.7).
type node struct {
	tag    string // H1, H2, P, BlockQuote, L, LI, Lbl, LBody …
	alt    string // said instead of what is drawn, for a drawing
	parent *node
	kids   []kid
	object int // number in the file, given when written
}

// A kid is either a node or a marked part of a page.
type kid struct {
	node *node
	page int // from 1; 0 for a node
	mcid int
}

// under makes a node inside n.
func (n *node) under(tag string) *node {
	child := &node{tag: tag, parent: n}
	n.kids = append(n.kids, kid{node: child})
	return child
}

// A tagger writes the marks between which fpdf draws, and remembers which node
// every mark belongs to.
type tagger struct {
	pdf   *fpdf.Fpdf
	root  *node
	open  *node     // whose mark is open on this page
	marks [][]*node // per page, per mark
}

// newTagger starts an empty structure tree.
func newTagger(pdf *fpdf.Fpdf) *tagger {
	return &tagger{pdf: pdf, root: &node{tag: "Document"}}
}

// startPage opens a page. Marks never run over from one page to the next.
func (t *tagger) startPage() {
	t.stop()
	t.pdf.AddPage()
	t.marks = append(t.marks, nil)
}

// mark says that what is drawn from here on belongs to n.
func (t *tagger) mark(n *node) {
	if t.open == n {
		return
	}
	t.stop()
	page := len(t.marks)
	mcid := len(t.marks[page-1])
	t.marks[page-1] = append(t.marks[page-1], n)
	n.kids = append(n.kids, kid{page: page, mcid: mcid})
	t.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", n.tag, mcid))
	t.open = n
}

// stop closes the open mark, if there is one.
func (t *tagger) stop() {
	if t.open != nil {
		t.pdf.RawWriteStr("EMC")
		t.open = nil
	}
}

// artifact draws what is only there for the eye: rules, bars, page numbers.
func (t *tagger) artifact(kind string, draw func()) {
	t.stop()
	t.pdf.RawWriteStr("/Artifact <</Type /" + kind + ">> BDC")
	draw()
	t.pdf.RawWriteStr("EMC")
}

// tree writes the structure tree as objects numbered from first on. pages holds
// the object number of every page. The first object is the StructTreeRoot.
func (t *tagger) tree(first int, pages []int) [][]byte {
	var all []*node
	number := first + 1
	var count func(*node)
	count = func(n *node) {
		n.object = number
		number++
		all = append(all, n)
		for _, k := range n.kids {
			if k.node != nil {
				count(k.node)
			}
		}
	}
	count(t.root)
	objects := [][]byte{fmt.Appendf(nil,
		"<</Type /StructTreeRoot /K [%d 0 R] /ParentTree %d 0 R /ParentTreeNextKey %d>>",
		t.root.object, number, len(pages))}
	for _, n := range all {
		objects = append(objects, n.bytes(first, pages))
	}
	return append(objects, t.parents())
}

// bytes writes one element with its kids.
func (n *node) bytes(root int, pages []int) []byte {
	var b bytes.Buffer
	up := root
	if n.parent != nil {
		up = n.parent.object
	}
	fmt.Fprintf(&b, "<</Type /StructElem /S /%s /P %d 0 R", n.tag, up)
	if n.alt != "" {
		fmt.Fprintf(&b, " /Alt %s", utf16Hex(n.alt))
	}
	if n.tag == "L" {
		b.WriteString(" /A <</O /List /ListNumbering /Disc>>")
	}
	b.WriteString(" /K [")
	for _, k := range n.kids {
		if k.node != nil {
			fmt.Fprintf(&b, "%d 0 R ", k.node.object)
			continue
		}
		fmt.Fprintf(&b, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", pages[k.page-1], k.mcid)
	}
	b.WriteString("]>>")
	return b.Bytes()
}

// parents writes the way back: per page, per mark, the element it belongs to.
func (t *tagger) parents() []byte {
	var b bytes.Buffer
	b.WriteString("<</Nums [")
	for page, nodes := range t.marks {
		fmt.Fprintf(&b, "%d [", page)
		for _, n := range nodes {
			fmt.Fprintf(&b, "%d 0 R ", n.object)
		}
		b.WriteString("] ")
	}
	b.WriteString("]>>")
	return b.Bytes()
}
