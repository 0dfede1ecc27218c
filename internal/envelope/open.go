package envelope

import (
	"bytes"
	"io"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"gehoor/internal/record"
)

// The flags that reading gives.
const (
	FlagTooLarge        = "not_fully_read" // over a limit of what is parsed
	FlagJunkHeader      = "junk_header"
	FlagUnterminated    = "unterminated_multipart"
	FlagMissingBoundary = "missing_boundary"
	FlagUndeclared      = "charset_undeclared" // the character set was guessed
	FlagSplitWord       = "split_encoded_word"
	FlagInjection       = "header_injection_attempt"
	FlagNoSubject       = "no_subject"
	FlagNoDate          = "missing_date"
	FlagNoMessageID     = "missing_message_id"
	FlagNoFrom          = "no_from_address"
	FlagMultipleFrom    = "multiple_from"
	FlagBidiHeader      = "bidi_header"
	FlagHTMLOnly        = "html_only"
	FlagActiveHTML      = "active_html"
	FlagRemote          = "remote_content"
)

// parser finds the parts and leaves their bytes as they are: how they were packed for
// the journey, and in which character set, is judged here. (Its own DisableTextConversion
// concerns its Envelope only.)
var parser = enmime.NewParser(enmime.RawContent(true), enmime.SkipMalformedParts(true), enmime.MultipartWOBoundaryAsSinglePart(true),
	enmime.StripMediaTypeInvalidCharacters(true), enmime.MaxStoredPartErrors(100),
	enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return true }))

// opened is a message on the table.
type opened struct {
	header   header
	mail     record.Mail
	aside    aside
	unpacked map[*enmime.Part]bool
}

// Open reads a message. It never fails: what cannot be read is flagged, and the raw
// bytes tell the rest.
func Open(raw []byte) record.Mail {
	o := &opened{unpacked: map[*enmime.Part]bool{}}
	b := measure(raw)
	head, body := raw[:b.header], raw[b.body:]
	if b.header == len(raw) { // no empty line: the body begins where the headers stop
		head, body = withoutBody(raw)
	}
	if len(head) > maxHeader {
		head = head[:maxHeader]
	}
	var clean []byte
	var junk bool
	o.header, clean, junk = readHeader(head)
	o.flag(junk, FlagJunkHeader)
	o.readHeaders()
	if b.over {
		o.flag(true, FlagTooLarge)
		o.readRaw(body)
		return o.mail
	}
	var short []byte
	short, o.aside = setAside(body)
	root, err := parser.ReadParts(io.MultiReader(bytes.NewReader(clean), strings.NewReader("\r\n"), bytes.NewReader(short)))
	if err != nil || root == nil || !o.readTree(root, body) {
		o.readRaw(body)
	}
	return o.mail
}

func (o *opened) flag(when bool, flag string) {
	if when && !slices.Contains(o.mail.Flags, flag) {
		o.mail.Flags = append(o.mail.Flags, flag)
	}
}

// readRaw shows a body that has no readable parts as the text that it is.
func (o *opened) readRaw(body []byte) {
	if len(body) > maxText {
		body = body[:maxText]
	}
	text, guessed := decodeCharset(body, "")
	o.flag(guessed, FlagUndeclared)
	o.mail.Text = strings.TrimSpace(plainText(text))
}

// readHeaders takes from the headers what people see and machines reply to.
func (o *opened) readHeaders() {
	h, m := o.header, &o.mail
	var split, wordSplit bool
	m.From, split = mailboxes(h.all("from"))
	m.ReplyTo, _ = mailboxes(h.all("reply-to"))
	m.To, _ = mailboxes(h.all("to"))
	m.Cc, _ = mailboxes(h.all("cc"))
	var subject string
	subject, wordSplit = decodeWords(h.get("subject"))
	m.Subject = oneLine(subject)
	m.MessageID = first(messageIDs(h.get("message-id")))
	m.InReplyTo, m.References = messageIDs(h.get("in-reply-to")), messageIDs(h.get("references"))
	if at, err := mail.ParseDate(h.get("date")); err == nil {
		m.Date = at
	}
	m.ReceivedAt = receivedAt(h.get("received"))
	m.ReturnPath, m.HasReturnPath = strings.ToLower(strings.Trim(h.get("return-path"), "<> \t")), h.has("return-path")
	m.AutoSubmitted, m.Precedence = strings.ToLower(firstWord(h.get("auto-submitted"))), strings.ToLower(firstWord(h.get("precedence")))
	m.Suppress = strings.ToLower(h.get("x-auto-response-suppress"))
	m.IsList = h.hasPrefix("list-")
	m.IsVacation = h.has("x-autoreply") || h.has("x-autorespond") || h.has("x-autoresponder") || h.has("x-vacation") || strings.EqualFold(h.get("precedence"), "auto_reply")
	m.IsSpam = strings.HasPrefix(strings.ToLower(h.get("x-spam-status")), "yes") || strings.EqualFold(h.get("x-spam-flag"), "yes")
	o.flagHeaders(subject, split || wordSplit)
}

func (o *opened) flagHeaders(subject string, split bool) {
	h, m := o.header, o.mail
	names := subject
	for _, b := range h.all("from") {
		text, _ := decodeWords(b)
		names += text
	}
	o.flag(split, FlagSplitWord)
	o.flag(strings.ContainsAny(names, "\r\n"), FlagInjection)
	o.flag(strings.ContainsFunc(names, isDirection), FlagBidiHeader)
	o.flag(m.Subject == "", FlagNoSubject)
	o.flag(m.Date.IsZero(), FlagNoDate)
	o.flag(m.MessageID == "", FlagNoMessageID)
	addresses := map[string]bool{}
	for _, b := range m.From {
		if b.Address != "" {
			addresses[b.Address] = true
		}
	}
	o.flag(len(addresses) == 0, FlagNoFrom)
	o.flag(len(addresses) > 1, FlagMultipleFrom)
}

var messageID = regexp.MustCompile(`<([^<>\s]+)>`)

// messageIDs gives the identifiers of a header, without brackets.
func messageIDs(s string) []string {
	var ids []string
	for _, m := range messageID.FindAllStringSubmatch(s, -1) {
		ids = append(ids, m[1])
	}
	if one := strings.TrimSpace(s); ids == nil && one != "" && !strings.ContainsAny(one, " <>") {
		ids = []string{one}
	}
	return ids
}

// receivedAt reads the moment behind the last semicolon of a Received header.
func receivedAt(s string) time.Time {
	i := strings.LastIndexByte(s, ';')
	if i < 0 {
		return time.Time{}
	}
	at, err := mail.ParseDate(strings.TrimSpace(s[i+1:]))
	if err != nil {
		return time.Time{}
	}
	return at
}

func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// firstWord leaves out parameters and comments.
func firstWord(s string) string {
	return first(strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == ' ' || r == '(' || r == '\t' }))
}
