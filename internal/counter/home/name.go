package home

import (
	"slices"

	"gehoor/internal/complaint"
)

// name says what happens with the complainant's name. Who can open it comes from the
// permission table.
func (s teller) name() part {
	p := part{ID: "naam", Title: s.Say("counter.home.name")}
	level := s.Rules.Anonymity.Default
	p.Paras = append(p.Paras, s.when(level == complaint.Nameless, "name_none")...)
	p.Paras = append(p.Paras, s.when(level == complaint.Confidential, "name_confidential")...)
	p.Paras = append(p.Paras, s.openers()...)
	if s.aboutEmployees() {
		p.Paras = append(p.Paras, s.when(level == complaint.OpenName, "name_open")...)
		p.Paras = append(p.Paras, s.when(level != complaint.OpenName && !s.Openers.Concerned, "name_concerned")...)
	}
	if len(s.Rules.OpeningReasons) > 0 {
		p.Paras = append(p.Paras, s.say("name_reason"))
		p.Paras = append(p.Paras, s.when(s.Follow, "name_look")...)
		p.Paras = append(p.Paras, s.when(!s.Follow && s.Org.Phone != "", "name_call")...)
	}
	if s.Rules.Anonymity.Nameless {
		p.Paras = append(p.Paras, s.say("nameless"))
		p.Paras = append(p.Paras, s.when(s.has(complaint.Post), "nameless_post")...)
	}
	return p
}

// openers lists who can open a name. Nobody at all would be no promise to make.
func (s teller) openers() []para {
	var who []string
	for _, role := range s.Openers.Roles {
		who = append(who, s.Say("counter.home.opener_"+string(role)))
	}
	if s.Openers.Handler {
		who = append(who, s.Say("counter.home.opener_handler", "Who", s.handlers()))
	}
	if s.Openers.SecondReader {
		who = append(who, s.Say("counter.home.opener_reader"))
	}
	if s.Openers.LateDirector {
		who = append(who, s.Say("counter.home.opener_late"))
	}
	if len(who) == 0 {
		return nil
	}
	all := []para{s.say("name_openers"), {Items: who}}
	return append(all, s.when(s.Openers.Deputy, "name_deputy")...)
}

// handlers names who may be the handler: the manager, or whom the procedure names instead.
func (s teller) handlers() string {
	roles := append([]complaint.Role{complaint.Manager}, s.Rules.Handler.Fallback...)
	var names []string
	for i, role := range roles {
		if !slices.Contains(roles[:i], role) {
			names = append(names, s.Say("counter.home.handler_"+string(role)))
		}
	}
	return s.choice(names)
}
