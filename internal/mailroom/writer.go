package mailroom

import (
	"regexp"
	"slices"
	"strings"

	"gehoor/internal/record"
)

// wroteIt finds the writer of a mail that was passed on, in the lines that mail programs
// put above it.
var wroteIt = regexp.MustCompile(`(?im)^[>\s*]*(?:van|from|von|de)\s?:\*?\s*"?([^<"\n\[]{0,120}?)"?\s*(?:[<\[](?:mailto:)?([^<>\[\]\s]+@[^<>\[\]\s]+)[>\]])`)

// WriterOf says who seems to have written a mail: its sender, or when it was passed on,
// who is named in it. passedOn is then who sent it on.
func (r *Mailroom) WriterOf(v View) (writer record.Mailbox, passedOn string) {
	if len(v.Mail.From) > 0 {
		writer = v.Mail.From[0]
	}
	if len(v.Mail.ReplyTo) == 1 && v.Mail.ReplyTo[0].Address != "" && isNoReply(writer.Address) {
		writer.Address = v.Mail.ReplyTo[0].Address
	}
	if _, prefixes := bareSubject(v.Mail.Subject); !slices.Contains(prefixes, "fw") {
		return writer, ""
	}
	sender := writer.Name
	if sender == "" {
		sender = writer.Address
	}
	for _, p := range v.Mail.Parts {
		if p.Type == "message/rfc822" {
			if inner := r.Open(p.Content); len(inner.From) > 0 && inner.From[0].Address != "" {
				return inner.From[0], sender
			}
		}
	}
	if m := wroteIt.FindStringSubmatch(v.Mail.Text); m != nil {
		return record.Mailbox{Name: strings.TrimSpace(m[1]), Address: strings.ToLower(m[2])}, sender
	}
	return writer, ""
}
