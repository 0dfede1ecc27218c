package envelope

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of a layout that is shown: a browser slows down over more.
const (
	mostTags  = 20_000
	mostSpan  = 100 // columns or rows of one cell
	longest   = 200 // runes of an address that a link leads to
	maxLayout = 1 << 20
)

// layout leaves of HTML its structure and its words, for a person who wants to see a mail as
// its writer arranged it. Elements keep no attributes but the span of a cell: nothing is
// fetched, nothing acts, nothing is hidden, and no link leads anywhere; where one would lead
// is written behind its words.
type layout struct {
	out    strings.Builder
	silent atom.Atom
	nested int
	tags   int
	links  []string // where the links that lie open lead
}

func layoutOf(s string) string {
	l := &layout{}
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	for l.out.Len() < maxLayout {
		switch z.Next() {
		case html.ErrorToken:
			return l.out.String()
		case html.TextToken:
			if l.silent == 0 {
				l.text(z.Token().Data)
			}
		case html.StartTagToken:
			l.open(z.Token(), false)
		case html.SelfClosingTagToken:
			l.open(z.Token(), true)
		case html.EndTagToken:
			l.close(z.Token().DataAtom)
		}
	}
	return l.out.String()
}

// isLayout reports whether an element is shown as it is.
func isLayout(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Br, atom.Hr, atom.B, atom.Strong, atom.I, atom.Em, atom.U, atom.S, atom.Sub, atom.Sup, atom.Code, atom.Pre,
		atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Th, atom.Td:
		return true
	}
	return false
}

// text writes words, without the signs that turn or hide text.
func (l *layout) text(s string) {
	s = html.EscapeString(plainText(s))
	if left := max(maxLayout-l.out.Len(), 0); len(s) > left {
		s = strings.ToValidUTF8(s[:left], "")
	}
	l.out.WriteString(s)
}

func (l *layout) open(t html.Token, closed bool) {
	switch {
	case l.silent != 0:
		if t.DataAtom == l.silent && !closed {
			l.nested++
		}
		if t.DataAtom == atom.Body && l.silent == atom.Head { // a head that was never closed
			l.silent = 0
		}
	case isSilent(t.DataAtom):
		if !closed {
			l.silent, l.nested = t.DataAtom, 1
		}
	case t.DataAtom == atom.A:
		l.links = append(l.links, attribute(t, "href"))
	case t.DataAtom == atom.Img:
		if alt := strings.TrimSpace(attribute(t, "alt")); alt != "" {
			l.text(" [" + alt + "] ")
		}
	case isLayout(t.DataAtom):
		if l.tags++; l.tags <= mostTags {
			l.out.WriteString("<" + t.DataAtom.String() + spans(t) + ">")
		}
	}
}

func (l *layout) close(a atom.Atom) {
	switch {
	case l.silent != 0:
		if a == l.silent {
			if l.nested--; l.nested <= 0 {
				l.silent = 0
			}
		}
	case a == atom.A && len(l.links) > 0:
		l.leads(l.links[len(l.links)-1])
		l.links = l.links[:len(l.links)-1]
	case isLayout(a) && a != atom.Br && a != atom.Hr && l.tags <= mostTags:
		l.out.WriteString("</" + a.String() + ">")
	}
}

// leads writes where a link would lead.
func (l *layout) leads(to string) {
	to = strings.TrimSpace(to)
	if to == "" || strings.HasPrefix(to, "#") {
		return
	}
	if utf8.RuneCountInString(to) > longest {
		to = string([]rune(to)[:longest]) + "…"
	}
	l.text(" (" + to + ") ")
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// spans keeps over how many columns and rows a cell goes.
func spans(t html.Token) string {
	var s string
	for _, name := range []string{"colspan", "rowspan"} {
		if n, err := strconv.Atoi(attribute(t, name)); err == nil && n > 1 && n <= mostSpan && (t.DataAtom == atom.Td || t.DataAtom == atom.Th) {
			s += " " + name + `="` + strconv.Itoa(n) + `"`
		}
	}
	return s
}
