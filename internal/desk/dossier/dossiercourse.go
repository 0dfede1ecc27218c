package dossier

import (
	"slices"
	"strings"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// chronicle puts the course of a dossier into words.
type chronicle struct {
	voice   *words.Voice
	names   frame.People
	view    office.View
	mayName bool // the reader may know who the employee concerned is
}

func (s *sheet) chronicle() chronicle { return chronicleOf(s.voice, s.names, s.view, s.who) }

func chronicleOf(v *words.Voice, names frame.People, view office.View, who complaint.Person) chronicle {
	return chronicle{voice: v, names: names, view: view, mayName: complaint.May(who, complaint.TaskName, view.Relation)}
}

// entries gives the whole course, newest first, with who opened the name in between.
func (c chronicle) entries() []page.Entry {
	type moment struct {
		at    time.Time
		entry page.Entry
	}
	var all []moment
	for _, e := range c.view.Events {
		all = append(all, moment{e.At, c.entry(e)})
	}
	for _, l := range c.view.Openings {
		all = append(all, moment{l.At, c.opening(l)})
	}
	slices.SortStableFunc(all, func(a, b moment) int { return a.at.Compare(b.at) })
	slices.Reverse(all)
	entries := make([]page.Entry, len(all))
	for i, m := range all {
		entries[i] = m.entry
	}
	return entries
}

// entry is one event. Its title comes from event.<kind>, or from event.<kind>.<code>
// where a code makes it another sentence; a sentence uses the facts that it names.
func (c chronicle) entry(e complaint.Event) page.Entry {
	o := e.Open
	entry := page.Entry{
		Icon: iconOf(e.Kind), At: c.moment(e.At), When: e.At.Format("2006-01-02T15:04"), By: c.actor(e.Actor),
		Text: strings.Join(c.remarks(e), "\n"), Theirs: e.IsTheirs(),
	}
	key := "event." + string(e.Kind)
	for _, code := range []string{o.Outcome, string(o.Occasion)} {
		if code != "" && c.voice.Has(key+"."+code) {
			key += "." + code
		}
	}
	if e.IsReturn() && o.How == complaint.HowEmail {
		key = "event.contact_made.bounced"
	}
	entry.Title = c.voice.Say(key, "Version", o.TextVersion, "How", c.how(o.How), "On", c.day(o.On), "Due", c.day(o.DueOn),
		"Channel", c.coded("channel", string(o.Channel)), "Department", c.names.Department(o.Department), "Handler", c.names.Name(o.Handler),
		"Proposed", c.day(o.ProposedOn), "For", c.day(o.ForDate), "Letter", c.coded("dossier.letter", o.Letter))
	if said := theirText(e); said != "" {
		entry.Body = page.Voice(page.Speech{Text: said})
	}
	return entry
}

// opening is one time that the name was opened.
func (c chronicle) opening(l record.LogLine) page.Entry {
	return page.Entry{Icon: page.IconEye, Title: c.voice.Say("event.opened"), At: c.moment(l.At), When: l.At.Format("2006-01-02T15:04"),
		By: c.actor(l.Actor), Text: c.voice.Say("event.opened.why", "Reason", c.openingReason(l.Reason))}
}

// openingReason gives the procedure's words for a reason, or ours where the house
// opens a name by itself.
func (c chronicle) openingReason(code string) string {
	if label := c.labelOf(c.view.Rules.OpeningReasons, code); label != "" {
		return label
	}
	return c.coded("opening", code)
}

func (c chronicle) labelOf(list []complaint.Choice, code string) string {
	for _, x := range list {
		if x.Code == code {
			return c.voice.Label(x.Label)
		}
	}
	return ""
}

// coded says the words of a code, or nothing when there are none.
func (c chronicle) coded(family, code string) string {
	if key := family + "." + code; code != "" && c.voice.Has(key) {
		return c.voice.Say(key)
	}
	return ""
}

func (c chronicle) how(code string) string { return c.coded("how", code) }

// actor names who did it; the office's clock and the complainant have no account.
func (c chronicle) actor(id complaint.Actor) string {
	switch id {
	case complaint.ByClock:
		return c.voice.Say("relation.system")
	case complaint.ByComplainant:
		return c.voice.Say("relation.complainant")
	case complaint.ByReader:
		return c.voice.Say("relation.reader")
	case complaint.ByStaff:
		return c.voice.Say("relation.staff")
	}
	return c.names.Name(id)
}

// day writes a date, with its year when that is another one.
func (c chronicle) day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	if d.Year() == c.view.Today.Year() {
		return c.voice.WeekdayDate(d)
	}
	return c.voice.Date(d)
}

// dayMonth is day without its weekday.
func (c chronicle) dayMonth(d calendar.Date) string {
	if d.IsZero() || d.Year() == c.view.Today.Year() {
		return c.voice.DayMonth(d)
	}
	return c.voice.Date(d)
}

func (c chronicle) moment(t time.Time) string {
	return c.dayMonth(calendar.Of(t)) + ", " + c.voice.Time(t)
}

// theirText is what the complainant said, in their words.
func theirText(e complaint.Event) string {
	if !e.IsTheirs() {
		return ""
	}
	return told(e, complaint.Text)
}

// iconOf draws a kind of event.
func iconOf(k complaint.Kind) page.IconName {
	switch k {
	case complaint.Worded, complaint.AnswerReleased, complaint.Noted, complaint.Supplemented, complaint.Corrected:
		return page.IconPen
	case complaint.TextSent, complaint.LetterMade, complaint.LetterSent, complaint.Answered, complaint.ReminderSent:
		return page.IconMail
	case complaint.Confirmed, complaint.Filed, complaint.Closed, complaint.Resolved:
		return page.IconCheck
	case complaint.Forwarded, complaint.PassedOn, complaint.IntakeHandedOver:
		return page.IconArrow
	case complaint.ExtensionAsked, complaint.ExtensionSettled:
		return page.IconHand
	case complaint.Reminded:
		return page.IconClock
	case complaint.ContactMade, complaint.TalkAdvised, complaint.TalkEnded, complaint.CorrectionAsked:
		return page.IconSpeech
	case complaint.AttachmentAdded:
		return page.IconClip
	case complaint.EmployeeNamed, complaint.SteppedAside:
		return page.IconNotMe
	case complaint.IdentityChanged:
		return page.IconPerson
	case complaint.Withdrawn, complaint.NotAccepted, complaint.Unconfirmed, complaint.RegisteredInError:
		return page.IconCross
	}
	return page.IconDot
}
