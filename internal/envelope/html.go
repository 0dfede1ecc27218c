package envelope

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlPage is what a page of HTML says, and whether it would act or fetch when shown.
type htmlPage struct {
	text           string
	active, remote bool
}

// takeHTML reads HTML of the message, keeps its layout, and flags what it would do.
func (b *bodyOf) takeHTML(text string) htmlPage {
	p := readHTML(text)
	b.flag(p.active, FlagActiveHTML)
	b.flag(p.remote, FlagRemote)
	if len(b.mail.Layout) < maxLayout {
		b.mail.Layout += layoutOf(text)
	}
	return p
}

// htmlReader makes text of tokens. It builds no tree: a page of a million opened
// elements costs no more than one of a million letters.
type htmlReader struct {
	out    strings.Builder
	page   htmlPage
	silent atom.Atom // inside an element that is no text: script, style, …
	nested int       // how many of the same lie open in it
	quotes int       // blockquotes around here
	pre    int
	gap    bool // white space since the last word
	fresh  bool // at the beginning of a line
	blanks int  // line ends at the end of what was written
}

// maxQuotes is how deep a quote is marked.
const maxQuotes = 8

// readHTML makes plain text of HTML, in one pass.
func readHTML(s string) htmlPage {
	r := &htmlReader{fresh: true, blanks: 2}
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				r.page.active = true // a token of more than a megabyte is no text
			}
			r.page.text = strings.TrimSpace(r.out.String())
			return r.page
		case html.TextToken:
			r.words(z.Token().Data)
		case html.StartTagToken:
			r.open(z.Token(), false)
		case html.SelfClosingTagToken:
			r.open(z.Token(), true)
		case html.EndTagToken:
			r.close(z.Token().DataAtom)
		}
		if r.out.Len() > maxText {
			r.page.text = strings.TrimSpace(r.out.String())
			return r.page
		}
	}
}

func isSilent(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Iframe, atom.Object, atom.Svg, atom.Math, atom.Noembed, atom.Noframes:
		return true
	}
	return false
}

func (r *htmlReader) open(t html.Token, closed bool) {
	r.look(t)
	if r.silent != 0 {
		if t.DataAtom == r.silent && !closed {
			r.nested++
		}
		if t.DataAtom == atom.Body && r.silent == atom.Head { // a head that was never closed
			r.silent = 0
		}
		return
	}
	if isSilent(t.DataAtom) {
		if !closed {
			r.silent, r.nested = t.DataAtom, 1
		}
		return
	}
	switch t.DataAtom {
	case atom.Br:
		r.newline(1, true)
	case atom.Blockquote:
		r.newline(2, false)
		r.quotes = min(r.quotes+1, maxQuotes)
	case atom.Pre, atom.Textarea:
		r.newline(1, false)
		r.pre++
	case atom.Li:
		r.newline(1, false)
		r.words("- ")
		r.gap = true
	case atom.Td, atom.Th:
		r.gap = true
	case atom.Hr:
		r.newline(1, false)
		r.words("________________________________")
		r.newline(1, false)
	default:
		r.newline(lines(t.DataAtom), false)
	}
}

func (r *htmlReader) close(a atom.Atom) {
	if r.silent != 0 {
		if a == r.silent {
			if r.nested--; r.nested <= 0 {
				r.silent = 0
			}
		}
		return
	}
	switch a {
	case atom.Blockquote:
		r.newline(2, false)
		r.quotes = max(r.quotes-1, 0)
	case atom.Pre, atom.Textarea:
		r.newline(1, false)
		r.pre = max(r.pre-1, 0)
	default:
		r.newline(lines(a), false)
	}
}

// lines is how many line ends an element has around it.
func lines(a atom.Atom) int {
	switch a {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Ul, atom.Ol, atom.Dl:
		return 2
	case atom.Div, atom.Tr, atom.Li, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Address, atom.Form, atom.Dt, atom.Dd, atom.Center, atom.Body:
		return 1
	}
	return 0
}

// newline ends the line, and leaves n line ends; always one more when forced.
func (r *htmlReader) newline(n int, forced bool) {
	if n == 0 {
		return
	}
	if forced {
		n = r.blanks + 1
	}
	for r.blanks < min(n, 3) {
		r.out.WriteByte('\n')
		r.blanks++
	}
	r.fresh, r.gap = true, false
}

// words writes text, white space folded unless it is preformatted.
func (r *htmlReader) words(s string) {
	if r.silent != 0 {
		return
	}
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			if r.pre > 0 {
				r.newline(1, true)
			} else {
				r.gap = true
			}
		}
		if r.pre > 0 {
			r.begin()
			r.out.WriteString(line)
			continue
		}
		r.fold(line)
	}
}

func (r *htmlReader) fold(line string) {
	if strings.TrimLeft(line, " \t\r\u00a0") != line {
		r.gap = true
	}
	for word := range strings.FieldsFuncSeq(line, func(c rune) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\u00a0' }) {
		if r.gap && !r.fresh {
			r.out.WriteByte(' ')
		}
		r.begin()
		r.out.WriteString(word)
		r.gap = true
	}
	if strings.TrimRight(line, " \t\r\u00a0") == line && line != "" {
		r.gap = false
	}
}

// begin marks a quoted line.
func (r *htmlReader) begin() {
	if r.fresh && r.quotes > 0 {
		r.out.WriteString(strings.Repeat(">", r.quotes) + " ")
	}
	r.fresh, r.blanks = false, 0
}

// look notes what the page would do in a browser.
func (r *htmlReader) look(t html.Token) {
	switch t.DataAtom {
	case atom.Script, atom.Iframe, atom.Object, atom.Embed, atom.Form, atom.Base, atom.Applet:
		r.page.active = true
	}
	for _, a := range t.Attr {
		value := strings.ToLower(strings.TrimSpace(a.Val))
		if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(value, "javascript:") || t.DataAtom == atom.Meta && strings.EqualFold(a.Val, "refresh") {
			r.page.active = true
		}
		switch a.Key {
		case "src", "background", "srcset", "poster", "data":
			r.page.remote = r.page.remote || strings.HasPrefix(value, "http") || strings.HasPrefix(value, "//")
		case "href":
			r.page.remote = r.page.remote || t.DataAtom == atom.Link && strings.Contains(value, "//")
		case "style":
			r.page.remote = r.page.remote || strings.Contains(value, "url(")
		}
	}
}
