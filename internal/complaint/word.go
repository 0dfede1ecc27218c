package complaint

import "gehoor/internal/calendar"

// Wording is the text of a complaint as put into words.
type Wording struct {
	Title          string
	Description    string
	DesiredOutcome string
}

// Word writes a new version of the text. A confirmed text is frozen; the text of a
// letter may be typed once, when it was registered without.
func (d Dossier) Word(w Wording, s Scene) ([]Event, error) {
	typedLater := d.State.IsRunning() && d.TextVersion == 0
	if !d.State.IsUnconfirmed() && !typedLater {
		return nil, refused("refused.text_frozen")
	}
	var m Mistakes
	sealed := Sealed{
		Title:          m.required("title", w.Title, MaxTitle),
		Description:    m.required("description", w.Description, MaxText),
		DesiredOutcome: m.text("desired_outcome", w.DesiredOutcome, MaxText),
	}
	open := Open{TextVersion: d.TextVersion + 1}
	if sealed[DesiredOutcome].IsEmpty() {
		open.Lacks = []Item{ItemText}
	}
	return number(d, s.event(Worded, open, sealed)), m.Err()
}

// The ways in which a text goes to whoever confirms it, and in which a yes comes back.
const (
	HowEmail     = "email"      // to the caller
	HowReader    = "reader"     // to a relative or carer, by e-mail
	HowPaper     = "paper"      // by post, with a slip
	HowReadAloud = "read_aloud" // read aloud by telephone
	HowSlip      = "slip"       // the slip came back
	HowReply     = "reply"      // a reply by e-mail, copied in by hand
	HowLink      = "link"       // the page behind the link
	HowPost      = "post"
	HowPhone     = "phone"
	HowSpoken    = "spoken"
	HowGeneral   = "general" // a general message, for a nameless complaint
	HowVoicemail = "voicemail"
)

// Sending is the text going out for confirmation.
type Sending struct {
	How           string // HowEmail, HowReader or HowPaper
	ReaderConsent bool   // the caller agrees that the reader sees the text
	HasEmail      bool   // the caller, or the reader, has an e-mail address
	HasAddress    bool   // a postal address is known
}

// Send sends the latest text to whoever confirms it. Only missing consent (or a
// missing address of that kind) blocks it; an e-mail address is never required. On
// paper it counts as sent when its letter is posted.
func (d Dossier) Send(x Sending, s Scene) ([]Event, error) {
	if !d.State.IsUnconfirmed() {
		return nil, refused("refused.not_awaiting")
	}
	if d.TextVersion == 0 {
		return nil, refused("refused.no_text")
	}
	if d.StopsPost() {
		return nil, refused("refused.post_died")
	}
	if d.State == Drafted && d.SentVersion == d.TextVersion {
		return nil, refused("refused.word_again")
	}
	var m Mistakes
	oneOf(&m, "how", x.How, HowEmail, HowReader, HowPaper)
	if x.How == HowReader && !x.ReaderConsent {
		m.Add("consent", "error.reader_consent")
	}
	if (x.How == HowEmail || x.How == HowReader) && !x.HasEmail {
		m.Add("how", "error.no_email")
	}
	if x.How == HowPaper && !x.HasAddress {
		m.Add("how", "error.no_address")
	}
	open := Open{TextVersion: d.TextVersion, How: x.How}
	if x.How != HowPaper {
		open.On = s.Today()
	}
	return number(d, s.event(TextSent, open, nil)), m.Err()
}

// Correction is what the caller wants changed.
type Correction struct {
	On   calendar.Date
	How  string // HowReply, HowSlip, HowPhone; HowLink by who came by a link
	Said string // in the caller's own words
}

// Correct takes a "no" or a "yes, but …": the text goes back to be worded again.
func (d Dossier) Correct(c Correction, s Scene) ([]Event, error) {
	if !d.State.IsUnconfirmed() || d.TextVersion == 0 {
		return nil, refused("refused.not_awaiting")
	}
	var m Mistakes
	m.day("on", c.On, d.ReceivedOn, s)
	m.way("how", c.How, s, HowReply, HowSlip, HowPhone)
	said := m.required("said", c.Said, MaxText)
	open := Open{On: c.On, How: c.How, TextVersion: d.TextVersion}
	return number(d, s.event(CorrectionAsked, open, Sealed{Text: said})), m.Err()
}
