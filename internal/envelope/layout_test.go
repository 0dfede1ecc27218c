package envelope

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestLayout(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{`<h1 style="display:none">Kop</h1><p onclick="x()">Een <b class=a>twee</b>`, "<h1>Kop</h1><p>Een <b>twee</b>"},
		{`<table width=9><tr><td colspan="2" bgcolor=red>x</td><td colspan="9999">y</td></tr></table>`, `<table><tr><td colspan="2">x</td><td>y</td></tr></table>`},
		{`<p>Klik <a href="https://kwaad.example/x?y">hier</a>, of <a href="#onder">daar</a></p>`, "<p>Klik hier (https://kwaad.example/x?y) , of daar</p>"},
		{`<a href="javascript:alert(1)">z</a>`, "z (javascript:alert(1)) "},
		{`<img src="https://volg.example/1.gif"><img src=x alt="Logo & co">`, " [Logo &amp; co] "},
		{`<script>x</script><style>p{}</style><iframe src=x>y</iframe><svg><a href=x>z</a></svg>na`, "na"},
		{`<form action=x><input name=a><button>Ja</button></form>`, "Ja"},
		{`<div hidden>wit op wit</div>a&lt;script&gt;b`, "<div>wit op wit</div>a&lt;script&gt;b"},
		{"a\u202ebc<xmp><b></xmp><plaintext><i>", "abc&lt;b&gt;&lt;i&gt;"},
	} {
		if got := layoutOf(c.html); got != c.want {
			t.Errorf("%s\n gives %q\n want  %q", c.html, got, c.want)
		}
		if wrong := unlawful(layoutOf(c.html)); wrong != "" {
			t.Errorf("the layout of %q holds %s", c.html, wrong)
		}
	}
}

// A mail of a million elements, or of a million signs, gives a page that a browser can show.
func TestLayoutIsBounded(t *testing.T) {
	for _, s := range []string{strings.Repeat("<div>", 1_000_000), strings.Repeat("<a href=x>", 1_000_000), strings.Repeat("<", 1_000_000), strings.Repeat("<br>&lt;", 1_000_000)} {
		if got := layoutOf(s); len(got) > maxLayout+100 || strings.Count(got, "<") > 2*mostTags {
			t.Errorf("%.20s… gives %d bytes with %d tags", s, len(got), strings.Count(got, "<"))
		}
	}
}

// Of a mail that has both, the layout is that of its HTML, and the text the plain one.
func TestLayoutOfAMail(t *testing.T) {
	m := Open([]byte("Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nGewoon.\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Met <b>opmaak</b>\r\n--b--\r\n"))
	if m.Text != "Gewoon." || strings.TrimSpace(m.Layout) != "<p>Met <b>opmaak</b>" {
		t.Errorf("text %q, layout %q", m.Text, m.Layout)
	}
	if m := Open([]byte("Subject: x\r\n\r\n<b>geen HTML</b>")); m.Layout != "" {
		t.Errorf("a plain mail has the layout %q", m.Layout)
	}
}

// unlawful names what a browser would find in a layout that may not be there.
func unlawful(layout string) string {
	doc, err := html.Parse(strings.NewReader(layout))
	if err != nil {
		return "" // the browser's parser never fails; this one at 512 elements deep
	}
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.CommentNode:
			return "a comment"
		case n.Type != html.ElementNode || n.Data == "html" || n.Data == "head" || n.Data == "body" || n.Data == "colgroup":
			continue
		case !isLayout(n.DataAtom):
			return "<" + n.Data + ">"
		}
		for _, a := range n.Attr {
			if a.Key != "colspan" && a.Key != "rowspan" {
				return fmt.Sprintf("%s=%q on <%s>", a.Key, a.Val, n.Data)
			}
		}
	}
	return ""
}
