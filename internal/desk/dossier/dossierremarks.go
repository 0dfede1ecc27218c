package dossier

import (
	"strconv"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
)

// remarks gives what an event tells beyond its title, line by line: the texts that we
// wrote, and the facts of its kind. What the complainant said stands apart.
func (c chronicle) remarks(e complaint.Event) []string {
	var lines []string
	add := func(text string) {
		if text != "" {
			lines = append(lines, text)
		}
	}
	switch e.Kind {
	case complaint.Received:
		add(c.with("event.first_heard", told(e, complaint.FirstHeardBy)))
		add(c.with("event.organisation", told(e, complaint.Organisation)))
		if e.Open.ReachedOn != e.Open.ReceivedOn {
			add(c.with("event.reached", c.day(e.Open.ReachedOn)))
		}
	case complaint.Confirmed:
		add(c.witness(e))
	case complaint.ExtensionAsked:
		add(c.labelOf(c.view.Rules.Extension.Reasons, e.Open.Reason))
	case complaint.ExtensionSettled:
		add(c.with("event.moved_to", c.day(e.Open.DueOn)))
	case complaint.AnswerReleased:
		add(c.labelOf(c.view.Rules.Judgement, e.Open.Outcome))
		add(c.with("event.unheard", told(e, complaint.Explanation)))
	case complaint.NotAccepted:
		add(c.labelOf(c.view.Rules.NotAccepted, e.Open.Reason))
	case complaint.PassedOn:
		add(c.with("event.passed_to", told(e, complaint.Where)))
	case complaint.ActionTaken:
		add(c.with("event.owner", told(e, complaint.Owner)))
		add(c.with("event.before", c.day(e.Open.ForDate)))
	case complaint.Supplemented:
		add(c.coded("member", string(e.Open.Member)))
		add(c.categoryLabel(e.Open.Category))
		if e.Open.ReceivedBy != "" {
			add(c.with("event.received_by", c.names.Name(e.Open.ReceivedBy)))
		}
	case complaint.IdentityChanged:
		add(c.fieldNames(e.Open.Fields))
		add(c.how(e.Open.How))
	case complaint.AttachmentAdded:
		add(told(e, complaint.Name))
	case complaint.Closed:
		add(c.with("event.lacks", c.itemNames(e.Open.Lacks)))
	case complaint.EmployeeNamed, complaint.EmployeeCleared:
		return c.naming(e)
	case complaint.SecondReaderAsked:
		add(c.names.Name(e.Open.Reader))
		add(told(e, complaint.Answer))
	case complaint.Reminded:
		add(c.with("event.signal_for", c.peopleNames(office.Told(e))))
	case complaint.PutBefore:
		add(told(e, complaint.Present))
	case complaint.Linked:
		add(c.voice.Say("option.link.how." + e.Open.How))
	}
	if !e.IsTheirs() {
		add(told(e, complaint.Text))
	}
	if e.Kind != complaint.Confirmed && e.Kind != complaint.AnswerReleased {
		add(told(e, complaint.Explanation))
	}
	return lines
}

// peopleNames names colleagues.
func (c chronicle) peopleNames(ids []complaint.Actor) string {
	var list []string
	for _, id := range ids {
		if name := c.names.Name(id); name != "" {
			list = append(list, name)
		}
	}
	return strings.Join(list, ", ")
}

// with says a sentence around a value, or nothing without one.
func (c chronicle) with(key, value string) string {
	if value == "" {
		return ""
	}
	return c.voice.Say(key, "Value", value)
}

// witness says how a reading aloud was witnessed.
func (c chronicle) witness(e complaint.Event) string {
	if e.Open.Reason == "" {
		return ""
	}
	return c.voice.Say("event.aloud."+e.Open.Reason, "Present", told(e, complaint.Present), "Number", told(e, complaint.Where), "Moment", told(e, complaint.Explanation))
}

// naming tells who was named and why, to who may know.
func (c chronicle) naming(e complaint.Event) []string {
	if !c.mayName || c.view.Reading < complaint.ReadsText {
		return nil
	}
	lines := []string{c.concerned(told(e, complaint.Concerned))}
	if why := told(e, complaint.Explanation); why != "" {
		lines = append(lines, why)
	}
	return lines
}

// concerned gives the name of an employee who was named by account, or the words in
// which somebody without one was described.
func (c chronicle) concerned(idOrWords string) string {
	if name := c.names.Name(complaint.Actor(idOrWords)); name != "" {
		return name
	}
	return idOrWords
}

func (c chronicle) categoryLabel(code string) string {
	for _, r := range c.view.Rules.Subjects {
		if label := c.labelOf(r.Categories, code); label != "" {
			return label
		}
	}
	return ""
}

// fieldNames says which details changed, never what they became.
func (c chronicle) fieldNames(fields []string) string {
	var names []string
	for _, f := range fields {
		if name := c.coded("detail", f); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

func (c chronicle) itemNames(items []complaint.Item) string {
	var names []string
	for _, i := range items {
		names = append(names, strings.ToLower(c.voice.Say("item."+string(i))))
	}
	return strings.Join(names, ", ")
}

// bytesInWords says how large a file is.
func (c chronicle) bytesInWords(n int64) string {
	if n < 1<<20 {
		return c.voice.Say("attach.kb", "N", strconv.FormatInt(max(1, (n+512)>>10), 10))
	}
	return c.voice.Say("attach.mb", "N", strings.Replace(strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64), ".", c.voice.Say("attach.comma"), 1))
}
