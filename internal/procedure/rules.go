package procedure

import (
	"fmt"
	"regexp"

	"github.com/goccy/go-yaml/ast"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

// How long texts may be, in letters: labels stand in lists and on letters.
const (
	maxTitle = 120
	maxLabel = 80
	maxText  = 500
)

// organisationChooses stands behind retention when the settings decide.
const organisationChooses = "organisation"

var (
	idShape      = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)
	versionShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$`)
	codeShape    = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
)

// rules reads the whole file. What is silent about hearing, a judgement, a second
// instance, an external body, a companion, following up or talking first promises
// nothing; everything else must be there.
func (r *reader) rules(root value) complaint.Rules {
	s := r.section(root, "id", "version", "valid_from", "title", "language", "channels", "subjects",
		"talk_first", "acknowledge", "term", "target", "signals", "confirmation", "extension", "handler",
		"hearing", "judgement", "second_instance", "external_body", "not_accepted", "opening_reasons",
		"retention", "anonymity", "report", "follow_up", "companion")
	return complaint.Rules{
		ID:        r.pattern(s.need("id"), idShape, "write lower-case letters, digits and dashes, like lsr-14-dagen"),
		Version:   r.pattern(s.need("version"), versionShape, `write a version between quotes, like "2026-1"`),
		ValidFrom: r.date(s.need("valid_from")),
		Title:     r.text(s.need("title"), maxTitle),
		Language:  oneOf(r, s.need("language"), "nl", "en"),

		Channels:  r.channels(s.need("channels")),
		Subjects:  r.subjects(s.need("subjects")),
		TalkFirst: r.flag(s.may("talk_first")),

		AcknowledgeWithin: r.term(r.section(s.need("acknowledge"), "n", "unit"), 0, 1),
		Term:              r.answerTerm(s.need("term")),
		Target:            r.target(s.need("target")),
		Signals:           r.signals(s.need("signals")),
		Confirmation:      r.confirmation(s.need("confirmation")),
		Extension:         r.extension(s.need("extension")),
		Handler:           r.handler(s.need("handler")),

		Hearing:        r.flag(s.may("hearing")),
		Judgement:      r.choices(s.may("judgement")),
		SecondInstance: r.text(s.may("second_instance"), maxText),
		ExternalBody:   r.text(s.may("external_body"), maxText),
		NotAccepted:    r.filled(s.need("not_accepted")),
		OpeningReasons: r.filled(s.need("opening_reasons")),
		Retention:      r.retention(s.need("retention")),
		Anonymity:      r.anonymity(s.need("anonymity")),
		ReportK:        r.report(s.need("report")),
		FollowUp:       r.flag(s.may("follow_up")),
		Companion:      r.flag(s.may("companion")),
	}
}

func (r *reader) channels(v value) []complaint.ChannelRule {
	var channels []complaint.ChannelRule
	seen := map[string]place{}
	for _, entry := range r.list(v, "write a list of channels") {
		s := r.section(entry, "code", "label", "enabled", "needs_confirmation")
		code := oneOf(r, s.need("code"), complaint.Post, complaint.Email, complaint.Phone, complaint.Form)
		r.once(s.may("code"), string(code), seen)
		channels = append(channels, complaint.ChannelRule{
			Code:              code,
			Label:             r.text(s.need("label"), maxLabel),
			Enabled:           r.flag(s.need("enabled")),
			NeedsConfirmation: r.flag(s.need("needs_confirmation")),
		})
	}
	return channels
}

// subjects reads the kinds and their categories. A dossier holds one category, not
// one a kind, so a category's code stands once in the whole file.
func (r *reader) subjects(v value) []complaint.SubjectRule {
	var subjects []complaint.SubjectRule
	kinds, categories := map[string]place{}, map[string]place{}
	for _, entry := range r.list(v, "write a list of subjects") {
		s := r.section(entry, "kind", "categories")
		kind := oneOf(r, s.need("kind"), complaint.AboutProduct, complaint.AboutService, complaint.AboutEmployee, complaint.AboutOther)
		r.once(s.may("kind"), string(kind), kinds)
		subjects = append(subjects, complaint.SubjectRule{
			Kind:       kind,
			Categories: r.choicesOnce(s.need("categories"), categories),
		})
	}
	if v.node != nil && len(subjects) == 0 && !r.wrong[v.key] {
		r.refuse(v, "is empty", "write at least one subject")
	}
	return subjects
}

// choices reads a list of codes with labels, which may be empty.
func (r *reader) choices(v value) []complaint.Choice {
	return r.choicesOnce(v, map[string]place{})
}

// filled reads a list of codes with labels that has at least one: without a reason
// to choose, a form cannot be sent.
func (r *reader) filled(v value) []complaint.Choice {
	choices := r.choices(v)
	if v.node != nil && len(choices) == 0 && !r.wrong[v.key] {
		r.refuse(v, "is empty", "write at least one code with a label")
	}
	return choices
}

// choicesOnce is choices where seen holds the codes that were used elsewhere.
func (r *reader) choicesOnce(v value, seen map[string]place) []complaint.Choice {
	var choices []complaint.Choice
	for _, entry := range r.list(v, "write a list of codes with labels") {
		s := r.section(entry, "code", "label")
		code := r.pattern(s.need("code"), codeShape, "write lower-case letters, digits and underscores, like too_long_ago")
		r.once(s.may("code"), code, seen)
		choices = append(choices, complaint.Choice{Code: code, Label: r.text(s.need("label"), maxLabel)})
	}
	return choices
}

// once refuses a code that was used before.
func (r *reader) once(v value, code string, seen map[string]place) {
	if code == "" {
		return
	}
	if first, twice := seen[code]; twice {
		r.refuse(v, "is "+code+" again", fmt.Sprintf("use another; line %d has it already", first.line))
		return
	}
	seen[code] = v.at
}

// term reads n and unit: at least least units, at most so many years.
func (r *reader) term(s section, least, years int) calendar.Term {
	unit := oneOf(r, s.need("unit"), calendar.Day, calendar.WorkingDay, calendar.Week, calendar.Month, calendar.Year)
	return calendar.Term{N: r.number(s.need("n"), least, unitsIn(years, unit)), Unit: unit}
}

// unitsIn gives how many units fit in so many years, leap days included.
func unitsIn(years int, unit calendar.Unit) int {
	switch unit {
	case calendar.WorkingDay:
		return 262 * years
	case calendar.Week:
		return 52 * years
	case calendar.Month:
		return 12 * years
	case calendar.Year:
		return years
	}
	return 366 * years
}

func (r *reader) answerTerm(v value) complaint.TermRule {
	s := r.section(v, "n", "unit", "from", "calendar", "roll")
	return complaint.TermRule{
		Term:     r.term(s, 1, 1),
		From:     oneOf(r, s.need("from"), complaint.FromFiled, complaint.FromReceived),
		Calendar: oneOf(r, s.need("calendar"), calendar.House, calendar.Statutory),
		Roll:     oneOf(r, s.need("roll"), complaint.RollNone, complaint.RollForward),
	}
}

func (r *reader) target(v value) complaint.TargetRule {
	s := r.section(v, "calendar", "post_lead_days")
	return complaint.TargetRule{
		Calendar:     oneOf(r, s.need("calendar"), calendar.House, calendar.Statutory),
		PostLeadDays: r.number(s.need("post_lead_days"), 0, 10),
	}
}

func (r *reader) signals(v value) complaint.Signals {
	s := r.section(v, "before", "before_post")
	return complaint.Signals{
		Before:     r.number(s.need("before"), 1, 60),
		BeforePost: r.number(s.need("before_post"), 0, 10),
	}
}

func (r *reader) confirmation(v value) complaint.ConfirmationRule {
	s := r.section(v, "reminders", "close_after")
	var reminders []int
	for _, entry := range r.list(s.need("reminders"), "write a list of days, like [5, 10]") {
		reminders = append(reminders, r.number(entry, 1, 366))
	}
	return complaint.ConfirmationRule{Reminders: reminders, CloseAfter: r.number(s.need("close_after"), minCloseAfter, 366)}
}

func (r *reader) extension(v value) complaint.ExtensionRule {
	s := r.section(v, "reasons", "consent", "max", "notify")
	rule := complaint.ExtensionRule{
		Reasons: r.filled(s.need("reasons")),
		Consent: r.flag(s.need("consent")),
		Notify:  r.flag(s.need("notify")),
	}
	if limit := r.section(s.may("max"), "n", "unit"); !limit.absent {
		rule.Max = r.term(limit, 1, 1)
	}
	return rule
}

// handler reads who handles. An administrator keeps accounts and reads no complaint,
// so nobody falls back on one.
func (r *reader) handler(v value) complaint.HandlerRule {
	s := r.section(v, "rule", "fallback")
	rule := complaint.HandlerRule{Rule: oneOf(r, s.need("rule"), "department_manager")}
	seen := map[string]place{}
	for _, entry := range r.list(s.need("fallback"), "write a list of roles, like [director]") {
		role := oneOf(r, entry, complaint.Director, complaint.Manager, complaint.Quality, complaint.Helpdesk)
		r.once(entry, string(role), seen)
		rule.Fallback = append(rule.Fallback, role)
	}
	return rule
}

// retention reads n, unit and from, or the word that leaves it to the organisation.
// It must be written: how long a person stays is a choice, never a silence.
func (r *reader) retention(v value) complaint.RetentionRule {
	if !r.given(v, "write n, unit and from, or organisation (the settings decide)") {
		return complaint.RetentionRule{}
	}
	if _, group := v.node.(*ast.MappingNode); !group {
		oneOf(r, v, organisationChooses)
		return complaint.RetentionRule{}
	}
	s := r.section(v, "n", "unit", "from")
	return complaint.RetentionRule{
		Term: r.term(s, 1, 30),
		From: oneOf(r, s.need("from"), complaint.RetainFromClosed, complaint.RetainFromReceived),
	}
}

func (r *reader) anonymity(v value) complaint.AnonymityRule {
	s := r.section(v, "default", "nameless")
	return complaint.AnonymityRule{
		Default:  oneOf(r, s.need("default"), complaint.Confidential, complaint.OpenName, complaint.Nameless),
		Nameless: r.flag(s.need("nameless")),
	}
}

// report reads the smallest count that a report shows. Below three, a reader who is
// one of the two counted knows who the other is.
func (r *reader) report(v value) int {
	return r.number(r.section(v, "k").need("k"), 3, 100)
}
