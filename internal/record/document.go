package record

import "gehoor/internal/calendar"

// A Document is a letter in words, before it is paper or e-mail.
type Document struct {
	Kind      LetterKind
	Language  string        // "nl" or "en"
	PointSize int           // size of the text on paper, in points
	Date      calendar.Date // date of the letter; also the PDF's date
	Number    string        // of the dossier

	Look     Look     // of the letterhead
	Subject  string   // subject of the mail and title of the PDF: the number, never content
	Sender   []string // letterhead: name and postal address
	Personal string   // "Persoonlijk" above the address, or ""
	Window   []string // the only place for the addressee's address; empty in an e-mail
	Meta     []Line   // date, number, reference, whom to ask

	Title      string
	Salutation string
	Blocks     []Block
	Closing    string
	Signature  []string // name, function, organisation
	Contact    []string // how to reach us
	Slip       *Slip    // nil when there is nothing to cut off
}

// A Line is a label with its value.
type Line struct{ Label, Value string }

// A BlockKind says what a block is, for the eye and for a screen reader.
type BlockKind string

// The blocks of a letter.
const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	Quote     BlockKind = "quote" // the complainant's own words
	List      BlockKind = "list"
	FactLines BlockKind = "facts" // labels with their values, in two columns
)

// A Block is one part of the letter's body.
type Block struct {
	Kind  BlockKind
	Text  string   // heading, paragraph; a quote may have several lines
	Items []string // list
	Lines []Line   // facts
}

// A Slip is cut off and sent back. It shows no name and no story: only which
// text it is about.
type Slip struct {
	Cut    string // "Knip de strook hier af."
	Title  string
	Number string // "Klacht 2026-417, tekst 2"
	Yes    string
	No     string
	Sign   string // "Handtekening of naam:"
	Box    string // what a screen reader says for the empty box
}

// MailText is an e-mail in words.
type MailText struct {
	Subject    string // the number, never content
	Text, HTML string
}
