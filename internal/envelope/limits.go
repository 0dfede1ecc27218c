package envelope

import "bytes"

// Limits of what is parsed as a tree of parts. Over one of them a message is read from
// its raw bytes. Measured: 200,000 parts in 1.4 MB, or 5,000 nested ones, cost every
// parser a minute.
const (
	maxHeader     = 1 << 20 // bytes of the header block
	maxDashes     = 2000    // lines that begin with --
	maxBoundaries = 50      // boundary parameters
	maxText       = 1 << 20 // bytes of text that are shown
	mostDecoded   = 8 << 20 // bytes of a part from which that text is made
)

// bounds is what a first look at the bytes tells.
type bounds struct {
	header int // length of the header block
	body   int // where the body begins
	over   bool
}

// measure finds the header block and counts what would make parsing slow.
func measure(raw []byte) bounds {
	b := bounds{header: len(raw), body: len(raw)}
	at := 0
	for at < len(raw) {
		line := nextLine(raw[at:])
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			b.header, b.body = at, at+len(line)
			break
		}
		at += len(line)
	}
	b.over = b.header > maxHeader || tooManyLines(raw[b.body:]) || countFold(raw, "boundary") > maxBoundaries
	return b
}

func tooManyLines(body []byte) bool {
	n := bytes.Count(body, []byte("\n--"))
	if bytes.HasPrefix(body, []byte("--")) {
		n++
	}
	return n > maxDashes
}

// nextLine gives the first line of b with its line end.
func nextLine(b []byte) []byte {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i+1]
	}
	return b
}

// countFold counts a word in lower case, in any case. It copies no more than a little at
// a time.
func countFold(b []byte, word string) (n int) {
	const some = 1 << 16
	for len(b) >= len(word) {
		now := b[:min(len(b), some+len(word)-1)] // what lies across the end is counted now
		n += bytes.Count(lower(now), []byte(word))
		b = b[min(len(b), some):]
	}
	return n
}

// lower copies ASCII letters to lower case; other bytes stay as they are.
func lower(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		out[i] = c
	}
	return out
}
