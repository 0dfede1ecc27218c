package envelope

import (
	"bytes"
	"cmp"
	"mime"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// readTree takes text and files from the tree of parts; false when the tree holds
// nothing to show and the raw body must do.
func (o *opened) readTree(root *enmime.Part, body []byte) bool {
	if kind(root) == "multipart" && root.FirstChild == nil {
		o.flag(true, FlagMissingBoundary)
		return false
	}
	o.flag(unterminated(root, body), FlagUnterminated)
	b := &bodyOf{opened: o, taken: map[string]bool{}}
	b.visit(root)
	o.mail.Text = b.text()
	o.flag(b.html && !b.plain, FlagHTMLOnly)
	return o.mail.Text != "" || len(o.mail.Parts) > 0 || len(bytes.TrimSpace(body)) == 0
}

// bodyOf collects what a tree holds.
type bodyOf struct {
	*opened
	texts       []string
	length      int
	taken       map[string]bool // names of files
	html, plain bool            // what the texts were made of
}

func (b *bodyOf) text() string {
	return strings.TrimSpace(strings.Join(b.texts, "\n\n"))
}

// visit goes through the parts in their order.
func (b *bodyOf) visit(p *enmime.Part) {
	b.unpack(p)
	switch main := kind(p); {
	case p.ContentType == "multipart/alternative":
		b.alternative(p)
	case p.ContentType == "multipart/report":
		b.children(p)
	case main == "multipart":
		b.children(p)
	case p.ContentType == "message/delivery-status" || p.ContentType == "message/global-delivery-status":
		b.report(p)
	case p.ContentType == "text/rfc822-headers":
		b.returnedHeaders(p)
	case isShown(p):
		b.show(p)
	default:
		if inReport(p) && strings.HasPrefix(p.ContentType, "message/") {
			b.returnedHeaders(p)
		}
		b.file(p)
	}
}

func (b *bodyOf) children(p *enmime.Part) {
	for child := p.FirstChild; child != nil; child = child.NextSibling {
		b.visit(child)
	}
}

// alternative shows one of several forms of the same text: plain when it says
// anything, else the richest that can be read. Files among them are kept.
func (b *bodyOf) alternative(p *enmime.Part) {
	var plain, rich *enmime.Part
	for child := p.FirstChild; child != nil; child = child.NextSibling {
		b.unpack(child)
		switch {
		case child.ContentType == "text/html" || kind(child) == "multipart":
			rich = child
		case isShown(child) && plain == nil && len(bytes.TrimSpace(child.Content)) > 0:
			plain = child
		case !isShown(child):
			b.visit(child)
		}
	}
	switch {
	case plain != nil:
		b.visit(plain)
		b.filesOf(rich)
	case rich != nil:
		b.visit(rich)
	}
}

// filesOf keeps the files of a form of the text that is not shown, and looks whether
// its HTML would act or fetch.
func (b *bodyOf) filesOf(p *enmime.Part) {
	if p == nil {
		return
	}
	b.unpack(p)
	switch {
	case kind(p) == "multipart":
		for child := p.FirstChild; child != nil; child = child.NextSibling {
			b.filesOf(child)
		}
	case p.ContentType == "text/html":
		text, _ := decodeCharset(p.Content, p.Charset)
		b.takeHTML(text)
	case !isShown(p):
		b.file(p)
	}
}

func kind(p *enmime.Part) string {
	main, _, _ := strings.Cut(p.ContentType, "/")
	return main
}

// parameters gives the parameters of a part's type; none when they cannot be read.
func parameters(p *enmime.Part) map[string]string {
	_, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
	if err != nil {
		return nil
	}
	return params
}

// isShown reports whether a part is text to read, and no file. A part without a type is
// text (RFC 2045, 5.2), and so is a multipart without its boundary.
func isShown(p *enmime.Part) bool {
	if strings.EqualFold(p.Disposition, "attachment") || p.FileName != "" && kind(p) != "" {
		return false
	}
	switch cmp.Or(p.ContentType, "text/plain") {
	case "text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown", "text/x-amp-html":
		return true
	}
	return false
}

func inReport(p *enmime.Part) bool {
	return p.Parent != nil && p.Parent.ContentType == "multipart/report"
}

// show adds a text, made plain.
func (b *bodyOf) show(p *enmime.Part) {
	content := p.Content
	if len(content) > mostDecoded {
		content = content[:mostDecoded]
		b.flag(true, FlagTooLarge)
	}
	text, guessed := decodeCharset(content, p.Charset)
	b.flag(guessed, FlagUndeclared)
	switch {
	case p.ContentType == "text/html":
		text, b.html = b.takeHTML(text).text, true
	default:
		if how := parameters(p); strings.EqualFold(how["format"], "flowed") {
			text = unflow(text, strings.EqualFold(how["delsp"], "yes"))
		}
		b.plain = true
	}
	text = strings.Trim(plainText(text), "\n")
	if left := maxText - b.length; len(text) > left {
		text = strings.ToValidUTF8(text[:max(left, 0)], "")
		b.flag(true, FlagTooLarge)
	}
	if strings.TrimSpace(text) != "" {
		b.texts = append(b.texts, text)
		b.length += len(text)
	}
}

// unflow joins the lines of format=flowed (RFC 3676): a line that ends with a space
// goes on in the next of the same quote.
func unflow(s string, delSpace bool) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	var out []string
	open := ""
	for _, line := range lines {
		depth, rest := quoteDepth(line)
		rest = strings.TrimPrefix(rest, " ") // space-stuffing
		if n := len(out); n > 0 && open == strings.Repeat(">", depth)+"~" && rest != "-- " {
			out[n-1] += rest
		} else {
			out = append(out, line[:len(line)-len(rest)]+rest)
		}
		open = ""
		if strings.HasSuffix(rest, " ") && rest != "-- " {
			open = strings.Repeat(">", depth) + "~"
			if n := len(out); delSpace {
				out[n-1] = strings.TrimSuffix(out[n-1], " ")
			}
		}
	}
	return strings.Join(out, "\n")
}

func quoteDepth(line string) (int, string) {
	depth := 0
	for strings.HasPrefix(line, ">") {
		line = line[1:]
		depth++
	}
	return depth, line
}

// unterminated reports whether a boundary is opened and never closed: the mail was cut
// off on its way, or its writer was careless.
func unterminated(root *enmime.Part, body []byte) bool {
	for p := root; p != nil; p = p.NextSibling {
		if p.Boundary != "" && bytes.Contains(body, []byte("--"+p.Boundary)) && !bytes.Contains(body, []byte("--"+p.Boundary+"--")) {
			return true
		}
		if p.FirstChild != nil && unterminated(p.FirstChild, body) {
			return true
		}
	}
	return false
}
