package mailroom

import (
	"regexp"
	"strings"
)

// greets is a salutation and nothing more: a word of greeting, titles and names. A word
// that may begin a sentence ends it.
var greets = regexp.MustCompile(`^(?i:beste|geachte|hallo|hoi|dag|goede ?morgen|goede ?middag|goede ?navond|lieve|dear|hello|hi)` +
	`(?:[\s,/&+-]+(?:(?i:mevrouw|meneer|mijnheer|mevr\.?|mw\.?|dhr\.?|de|heer|van|der|den|ten|ter|het|en|and|collega|team|helpdesk|mr\.?|mrs\.?|ms\.?)|\p{Lu}[\p{L}'.-]*)){0,8}\s*[,.!:]?$`)

// aboutYou says that the one who is greeted is the one who is complained of.
var aboutYou = regexp.MustCompile(`(?i)\b(?:klacht|klachten|klaag|klagen|beklag|ontevreden|complaint|complain)\s+(?:over|about)\s+(?:u|jou|je|jullie|jouw|uw|you|your)\b`)

// withoutSalutation takes a salutation off the top of a text: who is greeted is who the
// mail is written to, not who it is about. Elsewhere a name stays a name; and in a mail
// that complains of "you" the salutation says of whom.
func withoutSalutation(own string) string {
	text := strings.TrimLeft(own, " \t\r\n")
	line, rest, _ := strings.Cut(text, "\n")
	if aboutYou.MatchString(text) {
		return own
	}
	if line = strings.TrimSpace(line); greets.MatchString(line) {
		return rest
	}
	// "Beste Jorien, ik wil …" goes on behind the comma.
	if head, tail, ok := strings.Cut(line, ","); ok && greets.MatchString(head) && startsLower(tail) {
		return tail + "\n" + rest
	}
	return own
}

// startsLower reports whether a sentence goes on: behind "Beste Jorien, Pim" comes another
// name.
func startsLower(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.ToLower(s[:1]) == s[:1] && strings.ToUpper(s[:1]) != s[:1]
}
