package home

import (
	"slices"
	"strconv"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/counter/frame"
	"gehoor/internal/record"
	"gehoor/internal/words"
)

// told is what the pages about the procedure are made from, and nothing else: the
// procedure in force, the settings, the permission table, and which doors are open.
type told struct {
	Rules   complaint.Rules
	Org     record.Organisation
	Openers complaint.Openers
	Closed  record.Days // zero: nothing to say
	Form    bool        // the web form can be reached
	Base    string      // where people reach gehoor; empty: not known
	Follow  bool        // a complaint can be followed with number and code
}

// para is a paragraph, or a list when it has items. Foreign is the language of words that
// the organisation wrote itself, when the page speaks another one.
type para struct {
	Text    string
	Items   []string
	Foreign string
}

// part is a heading with what stands under it.
type part struct {
	ID, Title string
	Paras     []para
}

// story is the procedure in words, once for page, leaflet and PDF: they can never say
// different things. Parts in which nothing is left to say are not there.
type story struct {
	Lead  []para
	Ways  []way
	Steps []part
	Name  part
	Talk  part
	More  []part
	Shut  part // closing days
}

// teller puts what is told into words.
type teller struct {
	told
	*words.Voice
}

func tell(t told, v *words.Voice) story {
	s := teller{told: t, Voice: v}
	ways := s.ways()
	return story{Lead: s.lead(), Ways: ways, Steps: s.steps(ways), Name: s.name(), Talk: s.talk(), More: s.more(), Shut: s.shut()}
}

// say makes a paragraph of sentences; those of which the key stands empty are left out by
// the caller.
func (s teller) say(key string, args ...any) para {
	return para{Text: s.Say("counter.home."+key, args...)}
}

// when gives a paragraph of one sentence when a condition holds, else none.
func (s teller) when(holds bool, key string, args ...any) []para {
	if !holds {
		return nil
	}
	return []para{s.say(key, args...)}
}

// own marks words that the organisation wrote in its procedure.
func (s teller) own(p para) para {
	if s.Rules.Language != s.Lang() {
		p.Foreign = s.Rules.Language
	}
	return p
}

func (s teller) within() string { return frame.InWords(s.Voice, s.Rules.Term.Term) }

func (s teller) us() string { return frame.Us(s.Voice, s.Org) }

// has says whether complaints come in that way: the procedure has it on and there is an
// address for it.
func (s teller) has(c complaint.Channel) bool {
	_, on := s.Rules.Channel(c)
	switch c {
	case complaint.Phone:
		return on && s.Org.Phone != ""
	case complaint.Email:
		return on && s.Org.Email != ""
	case complaint.Post:
		return on && s.Org.Postal != ""
	}
	return on && s.Form
}

func (s teller) aboutEmployees() bool {
	return slices.ContainsFunc(s.Rules.Subjects, func(r complaint.SubjectRule) bool { return r.Kind == complaint.AboutEmployee })
}

func (s teller) lead() []para {
	lead := []para{s.say("lead", "Org", s.us()), s.say("lead_term", "Term", s.within())}
	var subjects []string
	for _, r := range s.Rules.Subjects {
		subjects = append(subjects, s.Say("subject."+string(r.Kind)))
	}
	return append(lead, s.when(len(subjects) > 0, "about", "Subjects", s.choice(subjects))...)
}

// choice joins alternatives: "a, b of c".
func (s teller) choice(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	last := len(all) - 1
	return strings.Join(all[:last], ", ") + " " + s.Say("counter.home.or") + " " + all[last]
}

func (s teller) steps(ways []way) []part {
	return []part{
		{Title: s.Say("counter.home.tell"), Paras: s.telling(ways)},
		{Title: s.Say("counter.home.message"), Paras: s.message()},
		{Title: s.Say("counter.home.handle"), Paras: s.handling()},
		{Title: s.Say("counter.home.answer"), Paras: s.answering()},
		{Title: s.Say("counter.home.learn"), Paras: append([]para{s.say("learn_what")}, s.when(s.Rules.FollowUp, "follow_up")...)},
	}
}

func (s teller) telling(ways []way) []para {
	var verbs []string
	for _, w := range ways {
		verbs = append(verbs, s.Say("counter.home.way_"+string(w.Code)))
	}
	return append(s.when(len(verbs) > 0, "tell_ways", "Ways", s.choice(verbs)), s.say("tell_what", "Org", s.us()))
}

// message says what comes back, and for who called: that nothing counts before a yes.
func (s teller) message() []para {
	all := []para{s.say("message_what")}
	all = append(all, s.when(s.Rules.AcknowledgeWithin.N > 0, "message_within", "Term", frame.InWords(s.Voice, s.Rules.AcknowledgeWithin))...)
	rule, _ := s.Rules.Channel(complaint.Phone)
	if !s.has(complaint.Phone) || !rule.NeedsConfirmation {
		return all
	}
	counts := "oral_filed"
	if s.Rules.Term.From == complaint.FromReceived {
		counts = "oral_received"
	}
	all = append(all, s.say("oral"), s.say(counts, "Term", s.within()), s.say("oral_how"))
	return append(all, s.when(s.Org.ReplyNumber != "", "oral_reply")...)
}

func (s teller) handling() []para {
	var others []string
	for _, role := range s.Rules.Handler.Fallback {
		others = append(others, s.Say("counter.home.person_"+string(role)))
	}
	return append([]para{s.say("handle_who")}, s.when(len(others) > 0, "handle_else", "Who", s.choice(others))...)
}

func (s teller) answering() []para {
	from := "from_filed"
	if s.Rules.Term.From == complaint.FromReceived {
		from = "from_received"
	}
	later := s.Rules.Extension
	all := []para{s.say("answer_term", "Term", s.within()), s.say(from)}
	all = append(all, s.when(later.Consent, "extend_ask")...)
	all = append(all, s.when(!later.Consent && later.Notify, "extend_tell")...)
	all = append(all, s.when((later.Consent || later.Notify) && later.Max.N > 0, "extend_max", "Term", frame.InWords(s.Voice, later.Max))...)
	if labels := s.labelsOf(s.Rules.Judgement); len(labels) > 0 {
		all = append(all, s.say("judgement"), s.own(para{Items: labels}))
	}
	return all
}

func (s teller) talk() part {
	if !s.Rules.TalkFirst || !s.aboutEmployees() {
		return part{}
	}
	return part{ID: "praten", Title: s.Say("counter.home.talk"), Paras: []para{s.say("talk_text")}}
}

// more is what the default procedure leaves silent.
func (s teller) more() []part {
	all := []part{
		{ID: "vertellen", Title: s.Say("counter.home.meet"), Paras: append(s.when(s.Rules.Hearing, "hearing"), s.when(s.Rules.Companion, "companion")...)},
		{ID: "verder", Title: s.Say("counter.home.unhappy"), Paras: s.unhappy()},
		{ID: "bewaren", Title: s.Say("counter.home.keep"), Paras: s.keeping()},
	}
	if labels := s.labelsOf(s.Rules.NotAccepted); len(labels) > 0 {
		all = append(all, part{ID: "niet", Title: s.Say("counter.home.refuse"), Paras: []para{s.say("refuse_text"), s.own(para{Items: labels})}})
	}
	return slices.DeleteFunc(all, func(p part) bool { return len(p.Paras) == 0 })
}

func (s teller) unhappy() []para {
	var all []para
	if s.Rules.SecondInstance != "" {
		all = append(all, s.say("second"), s.own(para{Items: []string{s.Rules.SecondInstance}}))
	} else {
		all = append(all, s.say("no_second"))
	}
	if s.Rules.ExternalBody != "" {
		all = append(all, s.say("external"), s.own(para{Items: []string{s.Rules.ExternalBody}}))
	}
	return all
}

// keeping says how long a person stays: as the procedure has it, else as the settings.
func (s teller) keeping() []para {
	rule := s.Rules.Retention
	if rule.N == 0 {
		n, unit, _ := strings.Cut(s.Org.Retention, " ")
		months, err := strconv.Atoi(n)
		if err != nil || months < 1 || calendar.Unit(unit) != calendar.Month {
			return nil
		}
		rule = complaint.RetentionRule{Term: calendar.Term{N: months, Unit: calendar.Month}, From: complaint.RetainFromClosed}
	}
	if rule.Unit == calendar.Month && rule.N%12 == 0 { // people say two years
		rule.Term = calendar.Term{N: rule.N / 12, Unit: calendar.Year}
	}
	key := "keep_closed"
	if rule.From == complaint.RetainFromReceived {
		key = "keep_received"
	}
	return []para{s.say(key, "Term", frame.InWords(s.Voice, rule.Term))}
}

// shut says when nobody is there, and that the promise does not wait for it: unless it is
// made in working days of the house, of which closing days are none.
func (s teller) shut() part {
	if s.Closed.From.IsZero() {
		return part{}
	}
	p := part{ID: "dicht", Title: s.Say("counter.home.closed")}
	if s.Closed.From == s.Closed.To {
		p.Paras = append(p.Paras, s.say("closed_day", "From", s.LongDate(s.Closed.From)))
	} else {
		p.Paras = append(p.Paras, s.say("closed_text", "From", s.LongDate(s.Closed.From), "To", s.LongDate(s.Closed.To)))
	}
	term := s.Rules.Term
	if term.Unit == calendar.WorkingDay && term.Calendar == calendar.House {
		p.Paras = append(p.Paras, s.say("closed_off"))
	} else {
		p.Paras = append(p.Paras, para{Text: s.Count("counter.home.closed_on", term.N, "Term", s.within())})
	}
	return p
}

// labelsOf gives the labels of choices; "anders" says nothing to who reads.
func (s teller) labelsOf(choices []complaint.Choice) []string {
	var labels []string
	for _, c := range choices {
		if c.Code != "other" {
			labels = append(labels, s.Label(c.Label))
		}
	}
	return labels
}
