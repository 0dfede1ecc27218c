package record

import "gehoor/internal/calendar"

// An Order asks for one letter or e-mail. Texts are plain: no markup is read.
type Order struct {
	Kind     LetterKind
	Language string // "nl" or "en"; must be the voice's language

	// Mail asks for an e-mail: no window and no slip. Otherwise it is paper.
	Mail bool
	// PointSize is the size of the text on paper in points: 12, 16 or 20.
	// 0 means 12. It means nothing for an e-mail.
	PointSize int

	Sender  Sender
	Contact Contact
	// Look is what the letterhead wears when the letter is printed; it is not kept: the
	// printed letter is.
	Look Look `json:"-"`

	// Addressee is what the window shows: name and address lines, at most 7.
	// Needed on paper, unless Preview is set; an e-mail leaves it out.
	Addressee []string
	// Preview shows "[naam en adres]" when Addressee is empty, so that staff
	// can look at a letter without opening the seal.
	Preview bool
	// To is the e-mail address of an e-mail; it is not part of the text.
	To string
	// Copy is the address of a second person who gets the e-mail too; "": nobody.
	Copy string `json:",omitempty"`
	// Thread are the Message-IDs of the conversation an e-mail goes on with, without angle
	// brackets; the last is the one it answers.
	Thread []string `json:",omitempty"`
	// Hold, when not empty, keeps an e-mail from going by itself: HeldAutomatic.
	Hold string `json:"-"`
	// Asked lets an e-mail go that would be one too many: somebody asked for it.
	Asked bool `json:"-"`
	// Personal prints "Persoonlijk" above the address.
	Personal bool
	// Salutation is what follows "Beste", such as "mevrouw Brugsma". Empty
	// gives "Beste meneer of mevrouw,".
	Salutation string

	Date           calendar.Date // the date on the letter
	Number         string        // the dossier's number, such as 2026-417
	TheirReference string        // "uw kenmerk"; may be empty

	Facts Facts
}

// A Sender is the organisation as its letterhead shows it. Every field may be
// empty; the line or sentence that needs it then vanishes.
type Sender struct {
	Name     string   // "Landelijk Steunpunt (mede)zeggenschap"
	Running  string   // as it stands in a sentence: "het LSR"
	Postal   []string // postal address, line by line
	Phone    string   // of the helpdesk
	Email    string
	Opening  string // opening hours: "maandag tot en met vrijdag, 9 tot 17 uur"
	SlipPost string // where the slip goes without a stamp: "Antwoordnummer 1234, 3500 VB Utrecht"
}

// A Contact is the one person who signs and who can be called.
type Contact struct {
	Name     string
	Function string
	Phone    string // empty: the sender's phone
}

// Facts are what a kind may need to say. Compose refuses an order that lacks
// what its kind cannot do without; every other empty field makes its sentence
// vanish.
type Facts struct {
	Code       string // "1234 5678"; only ever in the acknowledgement
	FollowURL  string // page to follow a complaint with number and code
	ConfirmURL string // page to confirm a text; used in e-mail only
	SlipURL    string // page to confirm it with number and code; used on paper only
	SlipCode   string // "1234 5678"

	ReceivedOn calendar.Date // first day it reached the organisation
	FiledOn    calendar.Date // day from which the term counts
	SentOn     calendar.Date // day the unconfirmed text was sent
	DueOn      calendar.Date // we send our answer on this day at the latest
	ProposedOn calendar.Date // the new date we ask for
	AgreedOn   calendar.Date // the new date that was agreed
	SaidOn     calendar.Date // day the complainant said what the letter repeats
	CallBackOn calendar.Date // day we promised to call

	Description    string // the complainant's own words
	DesiredOutcome string // what the complainant wants, in own words
	TextVersion    int    // number of the worded text; 0 when it has none

	ToldBy     string // who told it, when that is not who complains
	ReaderFor  string // the addressee reads along for someone: "uw moeder"
	ReaderName string // someone else reads along with the addressee
	ReadBy     string // the employee who read the text aloud

	Handler Contact // who handles the complaint

	Reason       string    // why: of an extension or refusal, in whole sentences
	Outcome      string    // how it was resolved, or what came of it, in whole sentences
	Deceased     string    // who died, as the relative says it: "uw moeder"
	PassedTo     string    // the body that takes over
	Body         []Section // what the handler typed
	Term         string    // "14 dagen", in the letter's language
	ExternalBody string    // where to go with our answer: "de Geschillencommissie"

	// SecondInstance says, in whole sentences, what someone can do who is not
	// satisfied. Empty: there is no second round, and the letter says so.
	SecondInstance string

	// NameOpened is how often the name was opened; nil says nothing.
	NameOpened *int
	// Said is what a letter repeats: deputy_given, deputy_revoked, name_open, name_closed,
	// reader_revoked, address or moved; Person is who else it is about.
	Said   string
	Person string
	// PostFor is whose complaint it is, in a letter to who has the post.
	PostFor string
	// Anonymous is a nameless complaint: a lost code cannot be replaced.
	Anonymous bool
	// OwnParagraph is the organisation's own paragraph for this kind.
	OwnParagraph string
}

// A Section is a part of an answer as the handler typed it.
type Section struct {
	Heading    string // may be empty
	Quote      string // the complainant's point, in own words; may be empty
	Paragraphs []string
}
