package letter

import (
	"errors"
	"slices"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/words"
)

// Compose writes the letter that o asks for, in the words of v. An order that
// lacks what its kind needs is refused with an *Incomplete that names every
// mistake at once.
func Compose(o Order, v *words.Voice) (Document, error) {
	if v == nil {
		return Document{}, errors.New("letter: no voice to write with")
	}
	if err := check(o, v.Lang()); err != nil {
		return Document{}, err
	}
	d := &draft{Order: o, voice: v}
	d.write(d.given("letter.post_for", "Name", o.Facts.PostFor))
	d.body()
	d.own()
	d.opened()
	return Document{
		Kind:       o.Kind,
		Look:       o.Look,
		Language:   o.Language,
		PointSize:  max(o.PointSize, 12),
		Date:       o.Date,
		Number:     o.Number,
		Subject:    d.say(d.forReader("letter.subject"), "Number", o.Number),
		Sender:     filled(append([]string{o.Sender.Name}, o.Sender.Postal...)...),
		Personal:   d.personal(),
		Window:     d.window(),
		Meta:       d.meta(),
		Title:      d.title(),
		Salutation: d.salutation(),
		Blocks:     d.blocks,
		Closing:    d.say("letter.closing"),
		Signature:  slices.Compact(filled(o.Contact.Name, o.Contact.Function, o.Sender.Name)), // the contact may be the organisation
		Contact:    d.contact(),
		Slip:       d.slip,
	}, nil
}

// A draft is a letter while it is being written.
type draft struct {
	Order
	voice  *words.Voice
	blocks []Block
	slip   *Slip
}

func (d *draft) say(key string, args ...any) string { return d.voice.Say(key, args...) }

// part says a sentence of this kind of letter.
func (d *draft) part(name string, args ...any) string {
	return d.say("letter."+string(d.Kind)+"."+name, args...)
}

func (d *draft) title() string { return d.part("title") }

// long writes a date with its weekday: people plan by it.
func (d *draft) long(day calendar.Date) string { return d.voice.LongDate(day) }

// given says a sentence with one fact, or nothing when the fact is empty.
func (d *draft) given(key, name, value string, args ...any) string {
	if blank(value) {
		return ""
	}
	return d.say(key, append([]any{name, strings.TrimSpace(value)}, args...)...)
}

// on says a sentence with one date, or nothing when there is no date.
func (d *draft) on(key, name string, day calendar.Date) string {
	return d.given(key, name, d.long(day))
}

// heading starts a part of the letter.
func (d *draft) heading(text string) {
	d.blocks = append(d.blocks, Block{Kind: Heading, Text: text})
}

// write adds one paragraph of the sentences that are not empty.
func (d *draft) write(sentences ...string) {
	if s := filled(sentences...); len(s) > 0 {
		d.blocks = append(d.blocks, Block{Kind: Paragraph, Text: strings.Join(s, " ")})
	}
}

// under adds a heading with a paragraph; no sentences, no heading.
func (d *draft) under(heading string, sentences ...string) {
	if len(filled(sentences...)) > 0 {
		d.heading(heading)
		d.write(sentences...)
	}
}

// quote adds the complainant's own words under a heading.
func (d *draft) quote(heading, text string) {
	if blank(text) {
		return
	}
	if heading != "" {
		d.heading(heading)
	}
	d.blocks = append(d.blocks, Block{Kind: Quote, Text: strings.Join(paragraphs(text), "\n")})
}

// phone is the one number to call.
func (d *draft) phone() string {
	if !blank(d.Contact.Phone) {
		return d.Contact.Phone
	}
	return d.Sender.Phone
}

// reach says how to reach us, by the best way there is.
func (d *draft) reach() string {
	switch {
	case !blank(d.phone()):
		return d.say("letter.reach.phone", "Phone", d.phone())
	case !blank(d.Sender.Email):
		return d.say("letter.reach.mail", "Email", d.Sender.Email)
	}
	return d.say("letter.reach.post")
}

// promise says by when we send our answer, and by post that it travels.
func (d *draft) promise() []string {
	due := d.on("letter.promise.due", "Due", d.Facts.DueOn)
	if due == "" || d.Mail {
		return filled(due)
	}
	return []string{due, d.say("letter.promise.post")}
}

// own adds the organisation's own paragraph for this kind.
func (d *draft) own() {
	for _, p := range paragraphs(d.Facts.OwnParagraph) {
		d.write(p)
	}
}

// forReader gives the key of what is said otherwise to someone who reads along:
// to that person it is not "uw klacht".
func (d *draft) forReader(key string) string {
	if blank(d.Facts.ReaderFor) && !d.Kind.ToSomebodyElse() {
		return key
	}
	return key + ".reader"
}

// opened says to the complainant, and to nobody else, how often the name was
// opened. A nameless complaint has no name.
func (d *draft) opened() {
	n := d.Facts.NameOpened
	switch {
	case n == nil || d.Facts.Anonymous || !blank(d.Facts.ReaderFor) || d.Kind.ToSomebodyElse():
	case *n == 0:
		d.write(d.say("letter.opened.none"))
	default:
		d.write(d.voice.Count("letter.opened", *n), d.say("letter.opened.who"), d.reach())
	}
}

func (d *draft) personal() string {
	if d.Mail || !d.Personal {
		return ""
	}
	return d.say("letter.window.personal")
}

func (d *draft) window() []string {
	switch {
	case d.Mail:
		return nil
	case len(d.Addressee) == 0:
		return []string{d.say("letter.window.preview")}
	}
	return append([]string(nil), d.Addressee...)
}

func (d *draft) meta() []Line {
	ask := strings.Join(filled(d.Contact.Name, d.phone()), ", ")
	lines := []Line{
		{Label: d.say("letter.meta.date"), Value: d.voice.Date(d.Date)},
		{Label: d.say(d.forReader("letter.meta.number")), Value: d.Number},
	}
	if !blank(d.TheirReference) {
		lines = append(lines, Line{Label: d.say("letter.meta.reference"), Value: d.TheirReference})
	}
	return append(lines, Line{Label: d.say("letter.meta.contact"), Value: ask})
}

func (d *draft) salutation() string {
	if blank(d.Salutation) {
		return d.say("letter.salutation.neutral")
	}
	return d.say("letter.salutation.named", "Name", d.Salutation)
}

func (d *draft) contact() []string {
	return filled(
		d.given("letter.contact.phone", "Phone", d.phone()),
		d.given("letter.contact.mail", "Email", d.Sender.Email),
		d.given("letter.contact.opening", "Opening", d.Sender.Opening),
	)
}

// filled leaves out what is empty.
func filled(texts ...string) []string {
	var out []string
	for _, s := range texts {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
