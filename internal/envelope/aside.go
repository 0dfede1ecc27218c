package envelope

import (
	"bytes"
	"crypto/rand"
	"strconv"
)

// A file of fifty megabytes goes through a parser as seven copies. So what is long is set
// aside before a mail is parsed: a mark stands in its place, and the bytes are looked up
// where they lie when the part is unpacked.
const (
	asideFrom = 1 << 20  // as many bytes without a line that begins with -- are long
	asideHead = 64 << 10 // of these the beginning stays, with the headers of its part
)

// aside is what was set aside from a body.
type aside struct {
	mark []byte // how every mark begins: nobody who writes a mail knows it
	kept [][]byte
}

// setAside gives a body without what is long in it. The line ends before a line that
// begins with -- stay: they may belong to a boundary.
func setAside(body []byte) (short []byte, a aside) {
	if len(body) < asideFrom {
		return body, a
	}
	a.mark = []byte("aside-" + rand.Text() + "-")
	done, run := 0, 0 // what was copied; where the lines without -- begin
	for at := 0; ; {
		next := bytes.Index(body[at:], []byte("\n--"))
		end := len(body)
		if next >= 0 {
			end = at + next
		}
		if end-run >= asideFrom {
			from := run + asideHead
			if n := bytes.IndexByte(body[from:end], '\n'); n >= 0 {
				from += n + 1
			}
			until := end
			if until > from && body[until-1] == '\r' {
				until--
			}
			short = append(append(short, body[done:from]...), a.mark...)
			short = append(strconv.AppendInt(short, int64(len(a.kept)), 10), '.')
			a.kept = append(a.kept, body[from:until])
			done = until
		}
		if next < 0 {
			return append(short, body[done:]...), a
		}
		at, run = end+1, end+1
	}
}

// pieces gives the content of a part with what was set aside in its place.
func (a aside) pieces(content []byte) [][]byte {
	var all [][]byte
	for len(a.kept) > 0 {
		before, after, marked := bytes.Cut(content, a.mark)
		number, rest, ended := bytes.Cut(after, []byte("."))
		n, err := strconv.Atoi(string(number[:min(len(number), 9)]))
		if !marked || !ended || err != nil || n < 0 || n >= len(a.kept) {
			break
		}
		all, content = append(all, before, a.kept[n]), rest
	}
	return append(all, content)
}
