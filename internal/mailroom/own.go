package mailroom

import (
	"regexp"
	"slices"
	"strings"

	"gehoor/internal/record"
)

// maxLines is how many lines are searched for quotes: what lies beyond is shown whole.
const maxLines = 5000

// ownText gives what the sender wrote, without the message that it answers. Nothing is
// taken away from a mail that was passed on: the complaint stands in the quote. When
// nothing would be left, all is.
func ownText(m record.Mail) string {
	_, prefixes := bareSubject(m.Subject)
	if slices.Contains(prefixes, "fw") {
		return m.Text
	}
	lines := strings.Split(m.Text, "\n")
	if len(lines) > maxLines {
		return m.Text
	}
	var own []string
	for i := 0; i < len(lines); i++ {
		if n := headed(lines[i:]); n > 0 {
			break // what follows is the older message, to the end
		}
		if n := attributed(lines[i:]); n > 0 {
			i += n - 1
			continue
		}
		if strings.HasPrefix(strings.TrimSpace(lines[i]), ">") {
			continue
		}
		own = append(own, lines[i])
	}
	text := strings.TrimSpace(strings.Join(own, "\n"))
	if text == "" {
		return m.Text
	}
	return text
}

// The lines that mail programs put above a quote.
var (
	wroteLine = regexp.MustCompile(`(?i)^\s*(op|on|am|le)\b.{0,300}\b(schreef|wrote|schrieb|a écrit)\b.{0,200}:\s*$`)
	wroteHead = regexp.MustCompile(`(?i)^\s*(op|on|am|le)\s.*\d`)
	separator = regexp.MustCompile(`(?i)^\s*-{2,}\s*(oorspronkelijk bericht|original message|ursprüngliche nachricht|message d'origine|doorgestuurd bericht|forwarded message)\s*-{2,}\s*$`)
	headLine  = regexp.MustCompile(`(?i)^\s*\*?(van|from|von|de|verzonden|verstuurd|sent|gesendet|datum|date|aan|to|an|à|cc|onderwerp|subject|betreff|objet|betreft)\s?:\*?\s`)
	ruler     = regexp.MustCompile(`^\s*_{10,}\s*$`)
)

// attributed gives how many lines say who wrote the quote that follows, or 0. Only with
// a quote behind it is such a line no text of the sender's: "Op 3 juni schreef de
// gemeente:" may be just that.
func attributed(lines []string) int {
	if !wroteHead.MatchString(lines[0]) && !wroteLine.MatchString(lines[0]) {
		return 0
	}
	joined := ""
	for n := 1; n <= 4 && n <= len(lines); n++ {
		joined += " " + strings.TrimSpace(lines[n-1])
		if wroteLine.MatchString(joined) {
			if quoteFollows(lines[n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

func quoteFollows(lines []string) bool {
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			return strings.HasPrefix(line, ">")
		}
	}
	return false
}

// headed reports (as a number of lines) whether an older message begins here as Outlook
// and telephones show it: its headers, at least three in a row, or a line that says so.
func headed(lines []string) int {
	if separator.MatchString(lines[0]) {
		return 1
	}
	start := 0
	if ruler.MatchString(lines[0]) {
		start = 1
	}
	n := 0
	for _, line := range lines[min(start, len(lines)):] {
		if !headLine.MatchString(line) {
			break
		}
		n++
	}
	if n >= 3 {
		return n
	}
	return 0
}
