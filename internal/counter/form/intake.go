package form

import (
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// The answers of the form.
var (
	wishes = []string{"apology", "explain", "redo", "money", "prevent", unknownWish}
	talks  = []string{complaint.Talked, "not_yet", complaint.RatherNot}
)

const (
	forOther    = "other"
	unknownWish = "unknown"
	yes         = "yes"
)

// intake is the form as the office takes it in. What was asked because of another answer
// does not count any more.
func (d *Door) intake(s *sheet) office.Intake {
	in := office.Intake{Draft: s.state.Draft, Receipt: d.receipt(s), Promise: &office.Promise{Code: s.state.Code}}
	for _, f := range s.state.Files {
		in.Files = append(in.Files, f.ID)
	}
	if in.Level = complaint.Confidential; s.rules.Anonymity.Default == complaint.OpenName {
		in.Level = complaint.OpenName
	}
	if s.isNameless() {
		in.Level, in.Promise.Code = complaint.Nameless, s.state.Nameless
		return in
	}
	in.Member, in.Identity = complaint.Member(s.value("member")), s.identity()
	return in
}

func (d *Door) receipt(s *sheet) complaint.Receipt {
	r := complaint.Receipt{Description: s.value("description"), DesiredOutcome: s.wish()}
	if when := s.value("when"); when != "" && r.Description != "" {
		r.Description += "\n\n" + s.voice.Say("form.when_was", "When", when)
	}
	for _, code := range s.state.Values["subject"] {
		if kind := complaint.SubjectKind(code); !slices.Contains(r.Subjects, kind) { // the title says each once
			r.Subjects = append(r.Subjects, kind)
			if r.Category == "" {
				r.Category = s.chosen()[kind].Code
			}
		}
	}
	if slices.Contains(r.Subjects, complaint.AboutEmployee) {
		r.ConcernedN = s.value("concerned")
		if talk := s.value("talk"); talk != "not_yet" && s.rules.TalkFirst {
			r.Talk.Choice = talk
		}
	}
	r.Title = d.titleOf(s, r)
	return r
}

// wish is what was ticked and what was typed, together.
func (s *sheet) wish() string {
	var lines []string
	for _, code := range wishes {
		if slices.Contains(s.state.Values["wish"], code) {
			lines = append(lines, s.voice.Say("form.wish."+code)+".")
		}
	}
	return strings.TrimSpace(strings.Join(append(lines, s.value("desired_outcome")), "\n"))
}

// titleOf is what the lists of the staff show, in their language: what it is about.
func (d *Door) titleOf(s *sheet, r complaint.Receipt) string {
	v := d.Porch.Words.Speak(s.rules.Language)
	var parts []string
	for _, kind := range r.Subjects {
		if slices.ContainsFunc(s.rules.Subjects, func(x complaint.SubjectRule) bool { return x.Kind == kind }) {
			part := v.Say("form.subject." + string(kind))
			if c, has := s.chosen()[kind]; has {
				part += ": " + c.Label
			}
			parts = append(parts, part)
		}
	}
	title := strings.Join(parts, ", ")
	if title == "" {
		title = v.Say("form.plain_title")
	}
	if runes := []rune(title); len(runes) > complaint.MaxTitle {
		title = string(runes[:complaint.MaxTitle-1]) + "…"
	}
	return title
}

func (s *sheet) identity() record.Identity {
	i := record.Identity{Name: s.value("name"), Phone: s.value("phone"), Way: s.value("way"), Language: s.voice.Lang()}
	switch i.Way {
	case "email":
		i.Email = s.value("email")
	case "letter":
		i.Street, i.House, i.Postcode, i.Town, i.Country = s.value("street"), s.value("house"), s.value("postcode"), s.value("town"), abroad(s.value("country"))
	}
	if s.value("for_whom") == forOther {
		i.Caller = record.Caller{Name: s.value("caller_name"), Relation: s.value("caller_relation"), Knows: s.value("caller_knows") != ""}
	}
	return i
}

// abroad leaves the country out when it is this one, however it is written.
func abroad(country string) string {
	switch strings.ToLower(country) {
	case "nederland", "nl", "the netherlands", "netherlands", "holland":
		return ""
	}
	return country
}
