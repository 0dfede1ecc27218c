package letter

import "strings"

// confirm asks whether the worded text is right. It never prints a final date:
// the term starts with the yes, and nobody knows that day yet.
func (d *draft) confirm() {
	f := d.Facts
	d.write(d.opening()...)
	if d.Kind == ConfirmationText && f.TextVersion > 1 {
		d.write(d.say("letter.version", "Version", f.TextVersion))
	}
	d.write(d.given("letter.reader.also", "Name", f.ReaderName))
	d.theirs()
	d.heading(d.say("letter.heading.right"))
	d.write(d.asks()...)
	d.ways()
	d.notRight()
	d.readerCannotStop()
}

// notRight lists how to say no: the same ways as for a yes.
func (d *draft) notRight() {
	page, slip := "", ""
	if d.Mail && !blank(d.Facts.ConfirmURL) || !d.Mail && d.online() != "" {
		page = d.say("letter.no.page")
	}
	if d.slip != nil {
		slip = d.say("letter.no.slip")
	}
	d.under(d.say("letter.heading.not_right"), d.reach(), d.orReply(), slip, page, d.say("letter.together"))
}

// opening says which text this is, to the caller or to who reads along.
func (d *draft) opening() []string {
	f := d.Facts
	if d.Kind == Reminder {
		sent := d.on("letter.reminder.sent", "Sent", f.SentOn)
		return []string{sent, d.part("waiting"), d.part("again")}
	}
	if !blank(f.ReaderFor) {
		return []string{
			d.part("reader.spoke", "Received", d.long(f.ReceivedOn), "For", f.ReaderFor),
			d.part("reader.wrote"),
			d.part("reader.along", "For", f.ReaderFor),
		}
	}
	return []string{d.part("called", "Received", d.long(f.ReceivedOn)), d.part("wrote"), d.part("read")}
}

// asks says what a yes does.
func (d *draft) asks() []string {
	after := d.given("letter.promise.after_yes", "Term", d.Facts.Term)
	if s := d.Facts.ReaderFor; !blank(s) {
		return []string{d.say("letter.reader.ask", "For", s), d.say("letter.reader.counts"), after}
	}
	return []string{d.say("letter.tell"), d.say("letter.counts"), after}
}

// readerCannotStop keeps a reader from ending somebody else's complaint.
func (d *draft) readerCannotStop() {
	if s := d.Facts.ReaderFor; !blank(s) {
		d.under(d.say("letter.reader.stop", "For", s), d.say("letter.reader.we_ask"))
	}
}

// ways lists how to say yes: slip, phone or reply; in an e-mail the page.
func (d *draft) ways() {
	var items []string
	if d.Mail {
		items = filled(
			d.given("letter.way.page", "URL", d.Facts.ConfirmURL),
			d.given("letter.way.phone", "Phone", d.phone()),
			d.say("letter.way.reply"),
		)
	} else {
		d.slip = d.newSlip()
		items = filled(
			strings.Join(filled(d.say("letter.way.slip"), d.sendBack()), " "),
			d.given("letter.way.phone", "Phone", d.phone()),
			d.given("letter.way.mail", "Email", d.Sender.Email),
			d.online(),
		)
	}
	d.write(d.say("letter.way.intro"))
	d.blocks = append(d.blocks, Block{Kind: List, Items: items})
}

// online says how the page asks for the number and the code of this letter.
func (d *draft) online() string {
	f := d.Facts
	if blank(f.SlipURL) || blank(f.SlipCode) {
		return ""
	}
	return d.say("letter.way.online", "URL", f.SlipURL, "Number", d.Number, "Code", f.SlipCode)
}

// sendBack says where the slip goes; without a reply number, to our address.
func (d *draft) sendBack() string {
	if to := d.given("letter.way.slip.free", "Address", d.Sender.SlipPost); to != "" {
		return to
	}
	return d.given("letter.way.slip.to", "Address", strings.Join(d.Sender.Postal, ", "))
}

// newSlip makes the slip: a number, two boxes and a line to sign on.
func (d *draft) newSlip() *Slip {
	number := d.say("letter.slip.number", "Number", d.Number)
	if v := d.Facts.TextVersion; v > 0 {
		number = d.say("letter.slip.version", "Number", d.Number, "Version", v)
	}
	return &Slip{
		Cut:    d.say("letter.slip.cut"),
		Title:  d.say("letter.slip.title"),
		Number: number,
		Yes:    d.say("letter.slip.yes"),
		No:     d.say("letter.slip.no"),
		Sign:   d.say("letter.slip.sign"),
		Box:    d.say("letter.slip.box"),
	}
}

// noConfirmation is the last message about a text that nobody confirmed. A yes
// stays possible: with the text comes the slip, for who has only the post.
func (d *draft) noConfirmation() {
	f := d.Facts
	d.write(d.part("wrote"), d.part("unknown"), d.part("last"), d.say("letter.registered"))
	d.theirs()
	d.under(d.part("later"), d.part("always"), d.part("work"), d.given("letter.promise.after_yes", "Term", f.Term))
	if !blank(f.Description) {
		d.ways()
	}
	d.notRight()
}
