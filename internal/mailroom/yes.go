package mailroom

import (
	"regexp"
	"strings"
	"unicode"
)

// reading is how an answer to "is this your complaint?" reads.
type reading int

const (
	saysOther reading = iota // a question, or something else
	exactYes                 // a short yes and nothing more
	saysMore                 // yes, but; or a correction
	saysNo
)

// exact are the answers that count as a yes, in lower case and without signs.
var exact = map[string]bool{
	"ja": true, "ja dit klopt": true, "ja klopt": true, "ja dat klopt": true, "ja het klopt": true, "ja hoor": true, "ja hoor dit klopt": true,
	"dit klopt": true, "dat klopt": true, "klopt": true, "het klopt": true, "dit klopt zo": true, "ja dit klopt zo": true, "klopt helemaal": true,
	"dit klopt helemaal": true, "ja dit klopt helemaal": true, "akkoord": true, "ja akkoord": true, "ik ga akkoord": true, "ja ik ga akkoord": true,
	"yes": true, "yes this is correct": true, "this is correct": true, "correct": true, "yes correct": true, "agreed": true, "i agree": true,
}

var (
	greeting = regexp.MustCompile(`(?i)^(beste|geachte|hallo|hoi|dag|goede?morgen|goede?middag|goede?navond|goede morgen|goede middag|lieve|l\.s\.|dear|hello|hi)\b[^.?!]{0,60}[,.!]?$`)
	closing  = regexp.MustCompile(`(?i)^(met (de )?(vriendelijke|hartelijke|beste) groet(en)?|(vriendelijke|hartelijke) groet(en)?|groet(en|jes)?|m\.?v\.?g\.?|hoogachtend|alvast bedankt|bedankt|dank u( wel)?|dank je( wel)?|kind regards|regards|best regards|sincerely|thanks|thank you|gr\.?)\b.{0,60}$`)
	device   = regexp.MustCompile(`(?i)^(verzonden vanaf|verstuurd vanaf|verzonden met|sent from|outlook voor|get outlook|download outlook)`)
	limiting = regexp.MustCompile(`(?i)\b(maar|alleen|behalve|niet|geen|nog|wel|verder|echter|graag|ps|p\.s\.|but|not|except|only|however)\b`)
	startYes = regexp.MustCompile(`(?i)^(ja|yes|klopt|akkoord|dit klopt|dat klopt|het klopt)\b`)
	startNo  = regexp.MustCompile(`(?i)^(nee|neen|no|dit klopt niet|dat klopt niet|het klopt niet|klopt niet|niet akkoord|ik ga niet akkoord)\b`)
	mending  = regexp.MustCompile(`(?i)\b(klopt (helemaal )?niet|moet zijn|moet anders|is niet juist|onjuist|verkeerd|anders|wijzig|verander|aanpassen|niet .{1,40} maar)\b`)
)

// readYes reads an answer. A yes counts only when it stands alone: greeting, closing and
// name are taken off, and whatever remains must be one of the exact answers.
func readYes(own string) reading {
	body, tail := bodyOf(own)
	said := bare(strings.Join(body, " "))
	switch {
	case exact[said] && tailIsName(tail):
		return exactYes
	case startNo.MatchString(said):
		return saysNo
	case startYes.MatchString(said), mending.MatchString(said):
		return saysMore
	case exact[said]:
		return saysMore
	}
	return saysOther
}

// bodyOf gives the lines between greeting and closing, and those behind the closing.
func bodyOf(own string) (body, tail []string) {
	lines := strings.Split(own, "\n")
	for i, line := range lines {
		line = strings.TrimSpace(line)
		switch {
		case line == "", len(body) == 0 && greeting.MatchString(line):
			continue
		case line == "--" || line == "-- ", len(body) > 0 && closing.MatchString(line), device.MatchString(line):
			return body, lines[i:]
		}
		body = append(body, line)
	}
	return withoutName(body)
}

// withoutName takes a name off that stands alone under a one-line answer: "Ja, dit
// klopt.", "Tjitske".
func withoutName(body []string) (said, tail []string) {
	if len(body) >= 2 && len(body) <= 4 && exact[bare(body[0])] && tailIsName(body[1:]) {
		return body[:1], body[1:]
	}
	return body, nil
}

// tailIsName reports whether what stands under the closing is no more than a name, an
// address and a telephone number: nothing that limits the yes.
func tailIsName(tail []string) bool {
	n := 0
	for _, line := range tail {
		if line = strings.TrimSpace(line); line == "" || device.MatchString(line) {
			continue
		}
		if n++; n > 8 || len(line) > 80 || limiting.MatchString(line) || strings.ContainsAny(line, "?!") && !closing.MatchString(line) {
			return false
		}
	}
	return true
}

// bare gives a text in lower case, words only.
func bare(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// saidYes gives the yes of an answer that says nothing more, as it was written: without
// greeting, closing and name.
func saidYes(own string) string {
	body, _ := bodyOf(own)
	return strings.Join(body, "\n")
}
