package mailroom

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// prefix is what mail programs put before a subject when it is answered or passed on:
// Dutch, English, German, French and Nordic ones, with a counter perhaps.
var prefix = regexp.MustCompile(`^(?i)(re|antw|antwoord|aw|sv|vs|r|betr|betreft|ref|fw|fwd|doorst|doorgestuurd|wg|tr|vl|automatisch antwoord|automatic reply|autoreply|auto)\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*:\s*`)

// tag is a label between square brackets, of a list or a matter.
var tag = regexp.MustCompile(`^\[[^\]]{0,60}\]\s*`)

// numbered finds a dossier's number, or that of an older system.
var numbered = regexp.MustCompile(`(?i)\b(?:K-)?20\d\d-\d{3,6}\b`)

// bareSubject takes prefixes and tags off a subject and names the prefixes: "re", "fw"
// or "auto".
func bareSubject(s string) (bare string, prefixes []string) {
	s = strings.TrimSpace(s)
	for range 50 { // nobody answers fifty times and still means it
		if m := prefix.FindStringSubmatch(s); m != nil {
			s = s[len(m[0]):]
			switch word := strings.ToLower(m[1]); word {
			case "fw", "fwd", "doorst", "doorgestuurd", "wg", "tr", "vl":
				prefixes = append(prefixes, "fw")
			case "automatisch antwoord", "automatic reply", "autoreply", "auto":
				prefixes = append(prefixes, "auto")
			case "betr", "betreft":
			default:
				prefixes = append(prefixes, "re")
			}
			continue
		}
		if m := tag.FindString(s); m != "" {
			s = s[len(m):]
			continue
		}
		break
	}
	return s, prefixes
}

// hasMarker reports whether the subject begins with the word "klacht", in any case and
// with or without a colon. It only helps to sort.
func hasMarker(subject string) bool {
	bare, _ := bareSubject(subject)
	const word = "klacht"
	if len(bare) < len(word) || !strings.EqualFold(bare[:len(word)], word) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(bare[len(word):])
	return bare[len(word):] == "" || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
