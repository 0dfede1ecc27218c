package record

import "time"

// Mail is an e-mail as it was read. Nothing in it was believed, fetched or run; what
// could not be read is flagged, never dropped. The bytes as they came in are kept
// beside it.
type Mail struct {
	From     []Mailbox // as the From headers name them; one, when all is well
	ReplyTo  []Mailbox
	To, Cc   []Mailbox
	Subject  string // decoded, on one line, without control and direction signs
	Text     string // the whole text, quotes and all
	Layout   string // its HTML as elements and words: nothing that acts, fetches, hides or leads anywhere; "" when it has none
	Parts    []MailPart
	Returned *Returned // what a report of failed delivery says

	MessageID  string // without angle brackets; "" when there is none
	InReplyTo  []string
	References []string
	Date       time.Time // as the sender says; zero when there is none
	ReceivedAt time.Time // by the topmost Received header; zero when there is none

	// Headers that say whether a machine wrote it.
	ReturnPath    string // "" also when the header is missing: see HasReturnPath
	HasReturnPath bool
	AutoSubmitted string
	Precedence    string
	Suppress      string // X-Auto-Response-Suppress
	IsList        bool   // a List-* header
	IsVacation    bool   // a header that only autoresponders write
	IsSpam        bool   // the mail server on the way called it so

	Flags []string // what stood out while reading
}

// Mailbox is a name with an address. Either may be "": headers hold what people and
// machines put in them.
type Mailbox struct {
	Name    string
	Address string // in lower case
}

// Sender is the one address in From, or "" when there is none or more than one.
func (m Mail) Sender() string {
	one := ""
	for _, b := range m.From {
		if b.Address == "" || b.Address == one {
			continue
		}
		if one != "" {
			return ""
		}
		one = b.Address
	}
	return one
}

// SenderName is the name of the first mailbox in From.
func (m Mail) SenderName() string {
	if len(m.From) == 0 {
		return ""
	}
	return m.From[0].Name
}

// MailPart is a file that came with an e-mail.
type MailPart struct {
	Name     string // safe to show and to save under; unique within the mail
	Type     string // by its content
	Declared string // what the sender says
	Content  []byte
}

// Returned is a report that a message could not be delivered (RFC 3464).
type Returned struct {
	Recipient string // in lower case
	Action    string // failed, delayed, …
	Status    string // "5.1.1"
	MessageID string // of the message that came back; "" when the report does not say
}
