package envelope

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// unsafe reports whether a line would break, or deceive, where it is shown.
func unsafe(line string) bool {
	return !utf8.ValidString(line) || strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) || isDirection(r) })
}

// FuzzHeader: of whatever stands where headers should, what a strict parser gets reads
// the same again, and what people see is one line.
func FuzzHeader(f *testing.F) {
	for _, s := range []string{"From: a@example.org\r\nSubject: klacht", "From nobody\nX:\n y", "Subject: =?utf-8?B?w?= =?utf-8?B?qQ==?=\n", "From: \"a\\\", <b@c>,d@e\n", "To: (((@,;<",
		"Received: by x; Mon, 2 Mar 2026 09:12:00 +0100\nReturn-Path: <>\n", "From: =?iso-2022-jp?b?GyRC?=<a@b>\r\n", ": leeg\n-x: 1\n", "Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, block []byte) {
		h, clean, _ := readHeader(block)
		again, cleaner, junk := readHeader(clean)
		if junk || !slices.Equal(h, again) || string(clean) != string(cleaner) {
			t.Errorf("read again, %q is %q (junk %v)", h, again, junk)
		}
		m := Open(slices.Concat(block, []byte("\r\n\r\nTekst.")))
		lines := []string{m.Subject, m.SenderName(), m.Sender()}
		for _, b := range slices.Concat(m.From, m.To, m.Cc, m.ReplyTo) {
			lines = append(lines, b.Name, b.Address)
		}
		for _, line := range lines {
			if unsafe(line) {
				t.Errorf("unsafe to show: %q", line)
			}
		}
	})
}

// FuzzTree: however parts lie in one another, text is safe and bounded, files have names
// of their own, and a mail inside opens.
func FuzzTree(f *testing.F) {
	for _, s := range []string{"--b\r\n\r\nTekst.\r\n--b--", "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\na\n--c\nContent-Type: text/html\n\n<p>a\n--b\nContent-Disposition: attachment; filename=\"../a\"\n\nx",
		"--b\nContent-Type: message/rfc822\n\nFrom: a@b\nSubject: x\n\nbinnen\n--b--", "--b\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b\nAction: failed\n",
		"--b\nContent-Transfer-Encoding: base64\nContent-Type: image/jpeg; name=a\n\n/9j/\n--b\nContent-Transfer-Encoding: quoted-printable\n\n=3D=\n=E9\n--b--", "--b\nContent-Type: application/zip\n\nPK\x03\x04"} {
		f.Add([]byte(s), false)
		f.Add([]byte(s), true)
	}
	f.Fuzz(func(t *testing.T, body []byte, report bool) {
		kind := "mixed"
		if report {
			kind = "report"
		}
		m := Open(slices.Concat([]byte("From: a@example.org\r\nContent-Type: multipart/"+kind+"; boundary=b\r\n\r\n"), body))
		if len(m.Text) > maxText || !utf8.ValidString(m.Text) || strings.ContainsFunc(m.Text, func(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }) {
			t.Errorf("%d bytes of text, unsafe to show: %.200q", len(m.Text), m.Text)
		}
		taken := map[string]bool{}
		for _, p := range m.Parts {
			name := strings.ToLower(p.Name)
			if name == "" || taken[name] || unsafe(p.Name) || strings.ContainsAny(p.Name, `/\`) || strings.HasPrefix(p.Name, ".") {
				t.Errorf("file name %q", p.Name)
			}
			taken[name] = true
			if p.Type == "message/rfc822" {
				Open(p.Content)
			}
		}
		if m.Text == "" && len(m.Parts) == 0 && m.Returned == nil && strings.TrimSpace(plainText(string(body))) != "" && utf8.Valid(body) && !strings.Contains(string(body), "--b") {
			t.Errorf("nothing is left of %q", body)
		}
	})
}

// FuzzHTML: a page becomes text of a bounded length, and plain text stays what it is.
func FuzzHTML(f *testing.F) {
	for _, s := range []string{"<p>Een<br>twee", "<script>x</script>na", "<style><p>", "<svg><title></svg>", "<pre>a\n b</pre>", "<blockquote><blockquote>x", "<!-- <p> -->", "<a href='javascript:x'>y", "&#x202e;&lt;&amp", "<title>x<p>y", "<textarea><plaintext>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		page := readHTML(s)
		if len(page.text) > maxText+len(s)+1000 {
			t.Errorf("%d bytes of %d", len(page.text), len(s))
		}
		if again := readHTML("<div>" + s + "</div>"); strings.Join(strings.Fields(again.text), " ") != strings.Join(strings.Fields(page.text), " ") && len(s) < maxText/10 && !strings.ContainsAny(s, "<&") {
			t.Errorf("in an element, %q reads %q", page.text, again.text)
		}
		if wrong := unlawful(layoutOf(s)); wrong != "" {
			t.Errorf("the layout of %q holds %s", s, wrong)
		}
	})
}
