package envelope

import (
	"bytes"
	"strings"
)

// header is the header block of a message, in its order.
type header []field

type field struct{ name, value string } // name in lower case; value unfolded, not decoded

// readHeader reads a header block. Lines that are no header (a line of an mbox, junk of
// a gateway) are dropped and the rest is kept; clean is the block as a strict parser
// wants it.
func readHeader(block []byte) (h header, clean []byte, junk bool) {
	for len(block) > 0 {
		line := nextLine(block)
		block = block[len(line):]
		text := strings.TrimRight(string(line), "\r\n")
		if (strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t")) && len(h) > 0 {
			last := &h[len(h)-1]
			last.value += " " + strings.TrimSpace(text)
			clean = append(clean, "\t"+strings.TrimSpace(text)+"\r\n"...)
			continue
		}
		name, value, ok := strings.Cut(text, ":")
		if name = strings.TrimRight(name, " \t"); !ok || !isFieldName(name) {
			junk = true
			continue
		}
		h = append(h, field{strings.ToLower(name), strings.TrimSpace(value)})
		clean = append(clean, name+": "+strings.TrimSpace(value)+"\r\n"...)
	}
	return h, clean, junk
}

func isFieldName(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return s != "" && !strings.HasPrefix(s, "-")
}

// all gives every value of a field.
func (h header) all(name string) []string {
	var values []string
	for _, f := range h {
		if f.name == name {
			values = append(values, f.value)
		}
	}
	return values
}

// get gives the first value of a field, or "".
func (h header) get(name string) string {
	if all := h.all(name); len(all) > 0 {
		return all[0]
	}
	return ""
}

func (h header) has(name string) bool { return len(h.all(name)) > 0 }

func (h header) hasPrefix(prefix string) bool {
	for _, f := range h {
		if strings.HasPrefix(f.name, prefix) {
			return true
		}
	}
	return false
}

// withoutBody reports whether a message has no empty line: what follows the last header
// is then taken for the body.
func withoutBody(raw []byte) (header, body []byte) {
	rest := raw
	for len(rest) > 0 {
		line := nextLine(rest)
		text := strings.TrimRight(string(line), "\r\n")
		name, _, ok := strings.Cut(text, ":")
		folded := strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t")
		if !folded && !(ok && isFieldName(strings.TrimRight(name, " \t"))) && !bytes.HasPrefix(line, []byte("From ")) {
			return raw[:len(raw)-len(rest)], rest
		}
		rest = rest[len(line):]
	}
	return raw, nil
}
