package letter

import "strings"

// Prose is what the organisation itself says in the letter, a paragraph on each
// line: title, headings, paragraphs and lists, without the complainant's words.
// It is what words.Readability should judge.
func Prose(d Document) string {
	lines := []string{d.Title}
	for _, b := range d.Blocks {
		switch b.Kind {
		case Heading, Paragraph:
			lines = append(lines, b.Text)
		case List:
			lines = append(lines, b.Items...)
		}
	}
	if s := d.Slip; s != nil {
		lines = append(lines, s.Cut, s.Yes, s.No)
	}
	return strings.Join(append(lines, d.Contact...), "\n")
}

// paragraphs splits a typed text at its line ends and leaves out empty lines.
func paragraphs(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
