package letter

import "strings"

// body writes what this kind of letter says.
func (d *draft) body() {
	switch d.Kind {
	case Acknowledgement:
		d.acknowledge()
	case ConfirmationText, Reminder:
		d.confirm()
	case NoConfirmation:
		d.noConfirmation()
	case ReadingControl:
		d.readingControl()
	case PassedToManager:
		d.passToManager()
	case ExtensionProposed:
		d.proposeExtension()
	case ExtensionAgreed:
		d.agreeExtension()
	case NotAccepted:
		d.notAccept()
	case PassedOn:
		d.passOn()
	case Answer:
		d.answer()
	case Withdrawn:
		d.withdraw()
	case TalkFirst:
		d.talkFirst()
	case ResolvedInformally:
		d.resolve()
	case WhatYouSaid:
		d.repeat()
	case NewCode:
		d.replaceCode()
	case EmployeeOutcome:
		d.tellEmployee()
	case Condolence:
		d.condole()
	}
}

func (d *draft) acknowledge() {
	f := d.Facts
	opening, unknown := d.part("glad"), ""
	if !blank(f.ToldBy) { // who complains may not know of it
		opening, unknown = d.part("told", "Name", f.ToldBy), d.part("unknown")
	}
	d.write(
		opening,
		d.part("received", "Received", d.long(f.ReceivedOn)),
		d.part("number", "Number", d.Number),
	)
	if unknown != "" {
		d.write(unknown, d.reach())
	}
	if !f.FiledOn.IsZero() && f.FiledOn != f.ReceivedOn && !blank(f.Term) {
		d.write(d.part("filed", "Filed", d.long(f.FiledOn)), d.part("counted", "Term", f.Term))
	}
	d.theirs()
	if !blank(f.Description + f.DesiredOutcome) {
		d.write(d.say("letter.wrong.text"), d.reach())
	}
	handler := d.given("letter.acknowledgement.handler", "Handler", d.handler())
	d.under(d.say("letter.heading.next"), append([]string{handler}, d.promise()...)...)
	d.code()
}

// theirs repeats what the complainant said and wants, in own words.
func (d *draft) theirs() {
	heading := d.forReader("letter.heading.words")
	if !blank(d.Facts.ToldBy) {
		heading = "letter.heading.words.told"
	}
	d.quote(d.say(heading), d.Facts.Description)
	wish := d.say("letter.heading.outcome.we")
	if s := d.Sender.Running; !blank(s) {
		wish = d.say("letter.heading.outcome", "Sender", s)
	}
	d.quote(wish, d.Facts.DesiredOutcome)
}

// code says how to follow the complaint, and what a lost code means.
func (d *draft) code() {
	if blank(d.Facts.Code) {
		return
	}
	lost := []string{d.part("lost"), d.reach(), d.part("lost.new")}
	if d.Facts.Anonymous {
		lost = []string{d.part("lost.nameless")}
	}
	where := d.given("letter.acknowledgement.where", "URL", d.Facts.FollowURL)
	d.heading(d.part("follow"))
	d.write(d.part("code", "Code", d.Facts.Code), d.part("keep"), where)
	d.write(lost...)
}

// handler is who handles the complaint: "Yusuf Demir, leidinggevende Cursussen".
func (d *draft) handler() string {
	return strings.Join(filled(d.Facts.Handler.Name, d.Facts.Handler.Function), ", ")
}

func (d *draft) readingControl() {
	f := d.Facts
	read := d.part("read")
	if !blank(f.ReadBy) {
		read = d.part("read.by", "Name", f.ReadBy)
	}
	d.write(read, d.part("said", "Said", d.long(f.SaidOn)))
	d.theirs()
	d.under(d.say("letter.wrong.that"), d.reach(), d.part("again"))
	d.under(d.say("letter.heading.next"), d.promise()...)
}

func (d *draft) passToManager() {
	d.write(d.part("handler", "Handler", d.handler()), d.part("task"))
	d.under(d.say("letter.heading.next"), d.promise()...)
	d.write(d.say("letter.questions"), d.reach())
}

func (d *draft) proposeExtension() {
	f := d.Facts
	d.write(d.part("promised", "Due", d.long(f.DueOn)), d.part("sorry"))
	d.under(d.part("why"), f.Reason)
	page := d.given("letter.extension_proposed.page", "URL", f.FollowURL, "Number", d.Number)
	d.under(d.part("new"), d.part("proposed", "Proposed", d.long(f.ProposedOn)), d.part("good"), d.reach(), d.orReply(), page, d.part("other"))
	d.under(d.part("no"), d.part("stays", "Due", d.long(f.DueOn)), d.part("silence"))
}

// orReply says that answering an e-mail will do too.
func (d *draft) orReply() string {
	if !d.Mail {
		return ""
	}
	return d.say("letter.or_reply")
}

func (d *draft) agreeExtension() {
	f := d.Facts
	travels := ""
	if !d.Mail {
		travels = d.say("letter.promise.post")
	}
	d.write(d.part("agreed", "Agreed", d.long(f.AgreedOn)), travels)
	d.write(d.on("letter.extension_agreed.said", "Said", f.SaidOn))
	call := d.reach()
	if !blank(d.Sender.Phone) {
		call = d.part("helpdesk", "Phone", d.Sender.Phone)
	}
	d.under(d.say("letter.wrong.that"), call, d.on("letter.extension_agreed.old", "Due", f.DueOn))
}

func (d *draft) notAccept() {
	d.write(d.part("cannot"), d.part("sorry"))
	d.under(d.part("why"), d.Facts.Reason)
	d.write(d.say("letter.registered"))
	d.unhappy(d.part("disagree"))
}

func (d *draft) passOn() {
	f := d.Facts
	d.write(
		d.part("passed", "Body", f.PassedTo),
		d.part("consent", "Said", d.long(f.SaidOn)),
		f.Reason,
	)
	d.write(d.part("theirs"), d.say("letter.registered"))
	d.under(d.say("letter.wrong.that"), d.reach())
}

// answer frames the handler's words and adds nothing to them.
func (d *draft) answer() {
	for _, s := range d.Facts.Body {
		if !says(s) {
			continue
		}
		if !blank(s.Heading) {
			d.heading(strings.TrimSpace(s.Heading))
		}
		d.quote("", s.Quote)
		for _, typed := range s.Paragraphs {
			for _, p := range paragraphs(typed) {
				d.write(p)
			}
		}
	}
	d.unhappy(d.part("unhappy"))
}

// unhappy says what someone can do who does not agree with us.
func (d *draft) unhappy(heading string) {
	second := strings.TrimSpace(d.Facts.SecondInstance)
	if second == "" {
		second = d.say("letter.no_second_round")
	}
	external := d.given("letter.external_body", "Body", d.Facts.ExternalBody)
	d.under(heading, second, external, d.say("letter.questions"), d.reach())
}

func (d *draft) withdraw() {
	d.write(d.part("said", "Said", d.long(d.Facts.SaidOn)), d.part("stopped"))
	d.under(d.say("letter.wrong.that"), d.reach(), d.part("continue"), d.on("letter.withdrawn.date", "Due", d.Facts.DueOn))
	d.under(d.part("later"), d.say("letter.always"))
}

func (d *draft) talkFirst() {
	f := d.Facts
	d.write(d.part("about"), d.part("advice"), d.on("letter.talk_first.callback", "Day", f.CallBackOn))
	d.under(d.part("choice"), d.part("free"), d.part("formal"), d.part("runs"))
	d.write(d.say("letter.questions"), d.reach())
}

func (d *draft) resolve() {
	d.write(d.part("said", "Said", d.long(d.Facts.SaidOn)), d.part("glad"))
	d.under(d.part("how"), d.Facts.Outcome)
	d.under(d.say("letter.wrong.that"), d.reach(), d.say("letter.always"))
}

// repeat says what the complainant said, so that a mistake comes to light.
func (d *draft) repeat() {
	f := d.Facts
	person := f.Person
	if blank(person) {
		person = d.part("somebody")
	}
	d.write(d.part("when", "Said", d.long(f.SaidOn)), d.part("what."+f.Said, "Name", person))
	d.under(d.say("letter.wrong.that"), d.reach(), d.part("again"))
}

func (d *draft) replaceCode() {
	d.write(d.part("asked"), d.part("old"))
	d.heading(d.say("letter.acknowledgement.follow"))
	d.write(d.part("code", "Code", d.Facts.Code), d.part("keep"), d.given("letter.acknowledgement.where", "URL", d.Facts.FollowURL))
	d.under(d.part("not_asked"), d.reach())
}

// tellEmployee frames what the handler typed for the employee concerned. Who complained
// does not stand in it.
func (d *draft) tellEmployee() {
	f := d.Facts
	d.write(d.part("about"), d.on("letter.employee_outcome.spoke", "Said", f.SaidOn), d.part("answered"))
	d.heading(d.part("outcome"))
	for _, p := range paragraphs(f.Outcome) {
		d.write(p)
	}
	d.under(d.part("who"), d.part("anonymous"))
	d.write(d.say("letter.questions"), d.reach())
}

// condole writes to a relative. The post about the complaint stopped; going on is up to
// the relative, and nothing is asked today.
func (d *draft) condole() {
	f := d.Facts
	d.write(d.part("heard", "Who", f.Deceased), d.part("sorry"), d.part("strength"))
	d.under(d.part("complaint"), d.part("runs"), d.on("letter.condolence.received", "Received", f.ReceivedOn), d.part("no_post"))
	d.under(d.part("choose"), d.part("go_on"), d.part("stop"), d.part("time"))
	d.write(d.part("tell"), d.reach())
}
