// Package outbox makes e-mail and hands it to a mail server. It keeps nothing: what
// waits stands in the register.
package outbox

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/wneessen/go-mail"

	"gehoor/internal/record"
)

// Post makes and sends the mail of one organisation.
type Post struct{ *Server }

// IsSet reports whether there is a mail server to send with.
func (p Post) IsSet() bool { return p.Server != nil }

// Compose makes the bytes of a message: plain text and simple HTML of the same words.
// The same order gives other bytes the next time (the borders between its parts), so
// they are made once and kept.
func (p Post) Compose(o record.Outgoing) ([]byte, error) {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := m.FromFormat(o.FromName, o.From); err != nil {
		return nil, fmt.Errorf("outbox: the sender's address: %w", err)
	}
	if err := m.To(o.To); err != nil {
		return nil, fmt.Errorf("outbox: the address: %w", err)
	}
	if o.Copy != "" {
		if err := m.Cc(o.Copy); err != nil {
			return nil, fmt.Errorf("outbox: the address of who gets it too: %w", err)
		}
	}
	m.Subject(o.Subject)
	m.SetDateWithValue(o.Date)
	m.SetMessageIDWithValue(o.MessageID)
	if len(o.InReplyTo) > 0 {
		m.SetGenHeaderPreformatted(mail.HeaderInReplyTo, ids(o.InReplyTo))
	}
	if len(o.References) > 0 {
		m.SetGenHeaderPreformatted(mail.HeaderReferences, ids(o.References))
	}
	if o.Automatic != "" {
		m.SetGenHeader("Auto-Submitted", o.Automatic)
	}
	m.SetGenHeader(mail.HeaderXAutoResponseSuppress, "All")
	if o.Language != "" {
		m.SetGenHeader("Content-Language", o.Language)
	}
	m.SetBodyString(mail.TypeTextPlain, o.Text)
	if o.HTML != "" {
		m.AddAlternativeString(mail.TypeTextHTML, o.HTML)
	}
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return b.Bytes(), nil
}

// ids writes message ids, one on a line: a line of a header has its limit. One that
// could begin a header of its own is left out.
func ids(list []string) string {
	var out []string
	for _, id := range list {
		if id != "" && !strings.ContainsAny(id, "<> \r\n\t") {
			out = append(out, "<"+id+">")
		}
	}
	return strings.Join(out, "\r\n ")
}
