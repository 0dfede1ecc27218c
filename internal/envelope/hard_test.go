package envelope_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/envelope"
	"gehoor/internal/record"
)

// wanted is what a hard mail must still give.
type wanted struct {
	text, not []string
	files     []string // name|type
	flags     []string
	check     func(t *testing.T, m record.Mail)
}

// hardMails are the cases that a correct system handles, each in as few lines as show it.
// Those about judging and about dossiers are tested where that is done.
var hardMails = []struct {
	name, head, body string
	want             wanted
}{
	{"child part without Content-Type", multipart("mixed"), "--b\r\n\r\nDe tekst.\r\n--b--\r\n", wanted{text: []string{"De tekst."}}},
	{"no final boundary", multipart("mixed"), "--b\r\nContent-Type: text/plain\r\n\r\nEen.\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\ntwee",
		wanted{text: []string{"Een."}, files: []string{"a.txt|text/plain"}, flags: []string{envelope.FlagUnterminated}}},
	{"multipart without boundary", "Content-Type: multipart/mixed\r\n", "--xx\r\nContent-Type: text/plain\r\n\r\nRauw maar leesbaar.\r\n--xx--\r\n",
		wanted{text: []string{"Rauw maar leesbaar."}, flags: []string{envelope.FlagMissingBoundary}}},
	{"two texts around an image", multipart("mixed"), "--b\r\nContent-Type: text/plain\r\n\r\nEerst.\r\n--b\r\nContent-Type: image/gif\r\n\r\nGIF89a......\r\n--b\r\nContent-Type: text/plain\r\n\r\nDaarna.\r\n--b--\r\n",
		wanted{text: []string{"Eerst. Daarna."}, files: []string{"bijlage.gif|image/gif"}}},
	{"only HTML", "Content-Type: text/html; charset=utf-8\r\n", "<html><head><title>x</title><style>p{color:red}</style></head><body><p>Een &eacute;n<br>twee</p><script>drie()</script></body></html>",
		wanted{text: []string{"Een én twee"}, not: []string{"drie", "color"}, flags: []string{envelope.FlagHTMLOnly, envelope.FlagActiveHTML}}},
	{"declared us-ascii, bytes 8-bit", "Content-Type: text/plain; charset=us-ascii\r\n", "caf\xe9 \x80 5", wanted{text: []string{"café € 5"}, flags: []string{envelope.FlagUndeclared}}},
	{"unknown charset", "Content-Type: text/plain; charset=klingon\r\n", "gewoon leesbaar", wanted{text: []string{"gewoon leesbaar"}, flags: []string{envelope.FlagUndeclared}}},
	{"ISO-2022-JP", "Content-Type: text/plain; charset=ISO-2022-JP\r\n", "\x1b$B6l>p\x1b(B", wanted{text: []string{"苦情"}}},
	{"GBK", "Content-Type: text/plain; charset=gbk\r\n", "\xcd\xb6\xcb\xdf", wanted{text: []string{"投诉"}}},
	{"UTF-7", "Content-Type: text/plain; charset=utf-7\r\n", "caf+AOk-", wanted{text: []string{"café"}}},
	{"subject in raw 8-bit", "Subject: klacht: caf\xe9 dicht\r\n", "x", wanted{check: subject("klacht: café dicht")}},
	{"subject split inside a character", "Subject: =?utf-8?B?a2xhY2h0OiBjYWbD?= =?utf-8?B?qSBkaWNodA==?=\r\n", "x", wanted{check: subject("klacht: café dicht")}},
	{"subject encoded with prefixes", "Subject: =?utf-8?Q?Re=3A_FW=3A_Klacht_=3A_?=\r\n =?utf-8?Q?b=C3=A9l?=\r\n", "x", wanted{check: subject("Re: FW: Klacht : bél")}},
	{"illegal base64", "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n", "RGl0IGlz!!IGVlbiB0ZWtzdC4=\r\n", wanted{text: []string{"Dit is"}}},
	{"unknown transfer encoding", "Content-Type: text/plain\r\nContent-Transfer-Encoding: x-geheim\r\n", "Leesbare tekst.", wanted{text: []string{"Leesbare tekst."}}},
	{"From without @", "From: De zuil in de hal\r\n", "x", wanted{flags: []string{envelope.FlagNoFrom}, check: sender("", "De zuil in de hal")}},
	{"two Froms", "From: a@example.org\r\nFrom: b@example.org\r\n", "x", wanted{flags: []string{envelope.FlagMultipleFrom}, check: sender("", "")}},
	{"no From, Date, Message-ID", "X: y\r\n", "Wel een tekst.", wanted{text: []string{"Wel een tekst."}, flags: []string{envelope.FlagNoFrom, envelope.FlagNoDate, envelope.FlagNoMessageID, envelope.FlagNoSubject}}},
	{"an mbox line and junk among headers", "From a@example.org Mon Jan  1 00:00:00 2026\r\nSubject: klacht: x\r\n>From rommel\r\ndit is geen kop\r\nFrom: a@example.org\r\n", "Tekst.",
		wanted{text: []string{"Tekst."}, flags: []string{envelope.FlagJunkHeader}, check: sender("a@example.org", "")}},
	{"odd header names", "X_Odd!#$: 1\r\nsubject : klacht met spatie\r\nFROM:a@example.org\r\n", "Tekst.", wanted{check: subject("klacht met spatie")}},
	{"filename in RFC 2231 pieces", multipart("mixed"), attachment("application/pdf;\r\n name*0*=utf-8''cli%C3%ABn;\r\n name*1=t.pdf", "attachment;\r\n filename*0*=utf-8''cli%C3%ABn;\r\n filename*1=t.pdf", "%PDF-1.4"),
		wanted{files: []string{"cliënt.pdf|application/pdf"}}},
	{"filename with a path", multipart("mixed"), attachment("text/plain", `attachment; filename="../../etc/passwd"`, "x"), wanted{files: []string{"passwd|text/plain"}, flags: []string{envelope.FlagPathName}}},
	{"filename with a drive", multipart("mixed"), attachment("text/plain", `attachment; filename="C:\\Users\\a\\brief.txt"`, "x"), wanted{files: []string{"brief.txt|text/plain"}, flags: []string{envelope.FlagPathName}}},
	{"filename with a direction sign", multipart("mixed"), attachment("image/jpeg", "attachment; filename*=utf-8''foto%E2%80%AEgpj.exe", "MZ\x90\x00 programma"),
		wanted{files: []string{"fotogpj.exe|application/vnd.microsoft.portable-executable"}, flags: []string{envelope.FlagBidiName, envelope.FlagMismatch}}},
	{"attachment without a name, and twice the same", multipart("mixed"), part("application/pdf", "attachment", "%PDF-1.4 a") + part("application/pdf", `attachment; filename="a.pdf"`, "%PDF-1.4 b") + attachment("application/pdf", `attachment; filename="A.pdf"`, "%PDF-1.4 c"),
		wanted{files: []string{"bijlage.pdf|application/pdf", "a.pdf|application/pdf", "A (2).pdf|application/pdf"}, flags: []string{envelope.FlagSameNames}}},
	{"winmail.dat", multipart("mixed"), attachment("application/ms-tnef", `attachment; filename="winmail.dat"`, "\x78\x9f\x3e\x22\x01\x00"), wanted{files: []string{"winmail.dat|application/ms-tnef"}, flags: []string{envelope.FlagTNEF}}},
	{"opaque S/MIME", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n", "MIAGCSqGSIb3DQEHA6CAMIACAQA=",
		wanted{files: []string{"smime.p7m|application/pkcs7-mime"}, flags: []string{envelope.FlagSealedMail}}},
	{"detached signature", "Content-Type: multipart/signed; boundary=b; protocol=\"application/pgp-signature\"\r\n",
		"--b\r\nContent-Type: text/plain\r\n\r\nEen keer.\r\n" + attachment("application/pgp-signature; name=signature.asc", "", "-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----"),
		wanted{text: []string{"Een keer."}, files: []string{"signature.asc|application/pgp-signature"}, check: once("Een keer.")}},
	{"forwarded message", "From: buiten@example.org\r\n" + multipart("mixed"), "--b\r\nContent-Type: text/plain\r\n\r\nZie bijlage.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: binnen@example.org\r\nSubject: klacht: lift\r\n\r\nDe lift is stuk.\r\n--b--\r\n",
		wanted{text: []string{"Zie bijlage."}, files: []string{"klacht lift.eml|message/rfc822"}, flags: []string{envelope.FlagInnerMail}, check: innerOpens}},
	{"declared JPEG that is HTML", multipart("mixed"), attachment("image/jpeg", "attachment; filename=foto.jpg", "<html><script>x</script></html>"), wanted{files: []string{"foto.jpg|text/html"}, flags: []string{envelope.FlagMismatch}}},
	{"only a calendar invite", "Content-Type: text/calendar; method=REQUEST\r\n", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", wanted{files: []string{"bijlage.ics|text/calendar"}, flags: []string{envelope.FlagCalendar}}},
	{"header injection in an encoded word", "Subject: =?utf-8?Q?klacht=0D=0ABcc:_a@example.org?=\r\n", "x", wanted{flags: []string{envelope.FlagInjection}, check: subject("klacht Bcc: a@example.org")}},
	{"no empty line at all", "Subject: klacht: x\r\n", "", wanted{check: subject("klacht: x")}},
	{"format=flowed", "Content-Type: text/plain; format=flowed\r\n", "Een zin die \r\ndoorloopt.\r\n> Een citaat \r\n> ook.\r\n", wanted{check: func(t *testing.T, m record.Mail) {
		if m.Text != "Een zin die doorloopt.\n> Een citaat ook." {
			t.Errorf("unflowed: %q", m.Text)
		}
	}}},
	{"alternative with empty plain text", multipart("alternative"), "--b\r\nContent-Type: text/plain\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<blockquote>oud</blockquote><p>nieuw</p>\r\n--b--\r\n", wanted{text: []string{"> oud", "nieuw"}}},
}

func multipart(kind string) string { return "Content-Type: multipart/" + kind + "; boundary=b\r\n" }

func part(kind, disposition, content string) string {
	if disposition != "" {
		disposition = "\r\nContent-Disposition: " + disposition
	}
	return "--b\r\nContent-Type: " + kind + disposition + "\r\n\r\n" + content + "\r\n"
}

func attachment(kind, disposition, content string) string {
	return part(kind, disposition, content) + "--b--\r\n"
}

func subject(want string) func(*testing.T, record.Mail) {
	return func(t *testing.T, m record.Mail) {
		if m.Subject != want {
			t.Errorf("subject %q, want %q", m.Subject, want)
		}
	}
}

func sender(address, name string) func(*testing.T, record.Mail) {
	return func(t *testing.T, m record.Mail) {
		if m.Sender() != address || m.SenderName() != name {
			t.Errorf("sender %q %q, want %q %q", m.Sender(), m.SenderName(), address, name)
		}
	}
}

func once(s string) func(*testing.T, record.Mail) {
	return func(t *testing.T, m record.Mail) {
		if n := strings.Count(m.Text, s); n != 1 {
			t.Errorf("%q stands there %d times", s, n)
		}
	}
}

func innerOpens(t *testing.T, m record.Mail) {
	if m.Sender() != "buiten@example.org" {
		t.Errorf("the outer sender is %q", m.Sender())
	}
	if inner := envelope.Open(m.Parts[0].Content); inner.Sender() != "binnen@example.org" || inner.Text != "De lift is stuk." {
		t.Errorf("the inner mail reads %q by %q", inner.Text, inner.Sender())
	}
}

func TestHardMails(t *testing.T) {
	for _, tt := range hardMails {
		t.Run(tt.name, func(t *testing.T) {
			m := envelope.Open([]byte(tt.head + "\r\n" + tt.body))
			text := strings.Join(strings.Fields(m.Text), " ")
			for _, s := range tt.want.text {
				if !strings.Contains(text, s) {
					t.Errorf("%q is not in %q", s, text)
				}
			}
			for _, s := range tt.want.not {
				if strings.Contains(text, s) {
					t.Errorf("%q is in %q", s, text)
				}
			}
			var files []string
			for _, p := range m.Parts {
				files = append(files, p.Name+"|"+p.Type)
			}
			if !slices.Equal(files, tt.want.files) {
				t.Errorf("files %q, want %q", files, tt.want.files)
			}
			for _, f := range tt.want.flags {
				if !slices.Contains(m.Flags, f) {
					t.Errorf("no flag %s in %v", f, m.Flags)
				}
			}
			if tt.want.check != nil {
				tt.want.check(t, m)
			}
		})
	}
}

// Mail that is made to be slow is read from its raw bytes, and says so.
func TestHostileMailIsReadInPart(t *testing.T) {
	head := "From: a@example.org\r\nSubject: klacht: groot\r\n"
	for name, raw := range map[string]string{
		"200,000 parts":      head + multipart("mixed") + "\r\n" + strings.Repeat("--b\r\n\r\n", 200_000),
		"5,000 nested parts": head + nested(5000),
		"a header of 10 MB":  head + "X-Big: " + strings.Repeat("a", 10<<20) + "\r\n\r\nDe tekst.",
	} {
		t.Run(name, func(t *testing.T) {
			m := envelope.Open([]byte(raw))
			if !slices.Contains(m.Flags, envelope.FlagTooLarge) || m.Sender() != "a@example.org" || m.Subject != "klacht: groot" {
				t.Errorf("flags %v, sender %q, subject %q", m.Flags, m.Sender(), m.Subject)
			}
		})
	}
	for name, body := range map[string]string{
		"a megabyte of <":       strings.Repeat("<", 1<<20),
		"a million open quotes": strings.Repeat("<blockquote>", 90_000) + "diep",
		"deeply nested HTML":    strings.Repeat("<div><b>", 200_000) + "diep",
	} {
		t.Run(name, func(t *testing.T) {
			m := envelope.Open([]byte(head + "Content-Type: text/html\r\n\r\n" + body))
			if len(m.Text) > 1<<20 {
				t.Errorf("%d bytes of text", len(m.Text))
			}
			if strings.HasSuffix(body, "diep") && !strings.HasSuffix(m.Text, "diep") {
				t.Errorf("the text is lost: %.40q", m.Text)
			}
		})
	}
	t.Run("an attachment of 50 MB", func(t *testing.T) {
		m := envelope.Open([]byte(head + multipart("mixed") + "\r\n--b\r\nContent-Type: text/plain\r\n\r\nZie bijlage.\r\n" +
			attachment("image/jpeg", "attachment; filename=groot.jpg", "\xff\xd8\xff\xe0"+strings.Repeat("x", 50<<20))))
		if len(m.Parts) != 1 || len(m.Parts[0].Content) < 50<<20 || !slices.Contains(m.Flags, envelope.FlagLarge) {
			t.Errorf("%d files, flags %v", len(m.Parts), m.Flags)
		}
	})
}

func nested(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	b.WriteString("\r\ndiep")
	return b.String()
}

// Whatever comes in, Open gives text and names that are safe to show.
func FuzzOpen(f *testing.F) {
	for _, tt := range hardMails {
		f.Add([]byte(tt.head + "\r\n" + tt.body))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m := envelope.Open(raw)
		if strings.ContainsAny(m.Subject, "\r\n\x00") || strings.ContainsAny(m.Text, "\x00\x1b\u202e") {
			t.Errorf("unsafe to show: %q %q", m.Subject, m.Text)
		}
		names := map[string]bool{}
		for _, p := range m.Parts {
			if p.Name == "" || strings.ContainsAny(p.Name, "/\\\x00\r\n") || names[strings.ToLower(p.Name)] {
				t.Errorf("file name %q", p.Name)
			}
			names[strings.ToLower(p.Name)] = true
		}
	})
}
