package letter

import "strings"

// PlainText writes the letter as the text of an e-mail: the same words as on
// paper, without window and slip. Paragraphs are not wrapped; the reader's
// screen does that. Quoted words start with "> ".
func PlainText(d Document) string {
	var b strings.Builder
	part := func(lines ...string) {
		if len(lines) == 0 {
			return
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		for _, line := range lines {
			b.WriteString(line + "\n")
		}
	}
	part(d.Title)
	part(metaLines(d.Meta)...)
	part(d.Salutation)
	for _, block := range d.Blocks {
		part(blockLines(block)...)
	}
	part(d.Closing)
	part(d.Signature...)
	part(d.Contact...)
	return b.String()
}

func metaLines(meta []Line) []string {
	lines := make([]string, len(meta))
	for i, m := range meta {
		lines[i] = label(m.Label) + " " + m.Value
	}
	return lines
}

// label ends a label with a colon, unless it asks something: "Vragen?".
func label(s string) string {
	if strings.HasSuffix(s, "?") {
		return s
	}
	return s + ":"
}

func blockLines(b Block) []string {
	switch b.Kind {
	case Quote:
		return prefixed("> ", paragraphs(b.Text))
	case List:
		return prefixed("- ", b.Items)
	}
	return []string{b.Text}
}

func prefixed(prefix string, lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = prefix + line
	}
	return out
}
