package envelope

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// What is set aside reads as if it had not been: to the byte, in every encoding, and
// wherever lines begin with --.
func TestSetAside(t *testing.T) {
	long := bytes.Repeat([]byte("zonder enig streepje aan het begin van een regel\r\n"), 60_000)
	file := bytes.Repeat(append(bytes.Clone(long), "-- geen grens\r\n"...), 3)
	line := bytes.Repeat([]byte("x"), 3<<20)
	var packed strings.Builder
	for rest := base64.StdEncoding.EncodeToString(long); rest != ""; {
		n := min(76, len(rest))
		packed.WriteString(rest[:n] + "\r\n")
		rest = rest[n:]
	}
	for name, c := range map[string]struct {
		encoding, content string
		want              []byte
	}{
		"as it is":               {"8bit", string(long), bytes.TrimSuffix(long, []byte("\r\n"))},
		"lines that begin so":    {"8bit", string(file), bytes.TrimSuffix(file, []byte("\r\n"))},
		"base64":                 {"base64", packed.String(), long},
		"base64 in one line":     {"base64", base64.StdEncoding.EncodeToString(long) + "\r\n", long},
		"quoted-printable":       {"quoted-printable", strings.ReplaceAll(string(long), "e", "=65"), bytes.TrimSuffix(long, []byte("\r\n"))},
		"one line without end":   {"8bit", string(line) + "\r\n", line},
		"base64 that breaks off": {"base64", strings.TrimRight(packed.String(), "=\r\n")[:2<<20] + "\r\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			raw := fmt.Sprintf("From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nDe tekst.\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=groot\r\nContent-Transfer-Encoding: %s\r\n\r\n%s--b\r\n\r\nEn daarna.\r\n--b--\r\n", c.encoding, c.content)
			if short, a := setAside([]byte(raw)); len(short) > len(raw)/2 || len(a.kept) == 0 {
				t.Errorf("nothing was set aside: %d of %d bytes", len(short), len(raw))
			}
			m := Open([]byte(raw))
			if m.Text != "De tekst.\n\nEn daarna." || len(m.Parts) != 1 {
				t.Fatalf("text %.60q, %d files", m.Text, len(m.Parts))
			}
			if got := m.Parts[0].Content; c.want != nil && !bytes.Equal(got, c.want) {
				t.Errorf("%d bytes, want %d", len(got), len(c.want))
			} else if c.want == nil && !bytes.HasPrefix(long, got) {
				t.Errorf("what breaks off reads otherwise")
			}
		})
	}
}

// A body that holds something like a mark is no mark.
func TestNobodyWritesAMark(t *testing.T) {
	short, a := setAside(append([]byte("aside-AAAAAAAAAAAAAAAAAAAAAAAAAA-0.\r\n"), bytes.Repeat([]byte("x\n"), asideFrom)...))
	if n := len(bytes.Join(a.pieces(short), nil)); n != 37+2*asideFrom {
		t.Errorf("%d bytes are left of %d", n, 37+2*asideFrom)
	}
}
