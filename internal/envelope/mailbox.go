package envelope

import (
	"regexp"
	"strings"

	"gehoor/internal/record"
)

// angled is an address in angle brackets; bare is one without. Both are looser than
// RFC 5322: whatever people can answer to.
var (
	angled = regexp.MustCompile(`<\s*([^<>\s"]+@[^<>\s"]+?)\s*>`)
	bare   = regexp.MustCompile(`[^\s<>()",;:]+@[^\s<>()",;:]+`)
)

// mailboxes reads the addresses of a header, decoded after they were taken apart: a
// comma in a name is no comma in the list.
func mailboxes(values []string) (list []record.Mailbox, split bool) {
	for _, value := range values {
		for _, one := range splitList(value) {
			box, s := mailbox(one)
			split = split || s
			if box != (record.Mailbox{}) {
				list = append(list, box)
			}
		}
	}
	return list, split
}

// splitList cuts a list at its commas, outside quotes, comments and brackets. A piece
// without an address belongs to the next: "Korver, Peter <p@…>" is one.
func splitList(s string) []string {
	var pieces []string
	from, depth, quoted, angle := 0, 0, false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case c == '(' && !angle:
			depth++
		case c == ')' && depth > 0:
			depth--
		case (c == ',' || c == ';') && depth == 0 && !angle:
			pieces = append(pieces, s[from:i])
			from = i + 1
		}
	}
	pieces = append(pieces, s[from:])
	var list []string
	held := ""
	for _, p := range pieces {
		if !strings.Contains(p, "@") {
			held += p + ","
			continue
		}
		list, held = append(list, held+p), ""
	}
	if held = strings.Trim(held, ", \t"); held != "" {
		list = append(list, held)
	}
	return list
}

// mailbox reads one name with its address. What has no address keeps its text as name.
func mailbox(s string) (record.Mailbox, bool) {
	s = strings.TrimSpace(s)
	name, address := s, ""
	if all := angled.FindAllStringSubmatchIndex(s, -1); all != nil {
		last := all[len(all)-1]
		name, address = s[:last[0]], s[last[2]:last[3]]
	} else if at := bare.FindStringIndex(s); at != nil {
		name, address = s[:at[0]]+s[at[1]:], s[at[0]:at[1]]
		name = strings.Trim(strings.TrimSpace(name), "<>")
		if inner, ok := strings.CutPrefix(name, "("); ok { // the name as a comment behind the address
			name = strings.TrimSuffix(inner, ")")
		}
	}
	text, split := decodeWords(unquote(strings.TrimSpace(name)))
	return record.Mailbox{Name: oneLine(text), Address: strings.ToLower(oneLine(address))}, split
}

// unquote takes the quotes off a quoted name.
func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	s = s[1 : len(s)-1]
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
