package complaint

import "gehoor/internal/calendar"

// Statement is what the complainant says, by telephone, letter or e-mail.
type Statement struct {
	On   calendar.Date // when it was said
	How  string        // HowPhone, HowPost, HowEmail
	Said string        // in the person's own words
}

// check gives the open and sealed parts of an event that records a statement.
func (x Statement) check(m *Mistakes, d Dossier, s Scene) (Open, Sealed) {
	m.day("on", x.On, d.ReceivedOn, s)
	oneOf(m, "how", x.How, HowPhone, HowPost, HowEmail)
	return Open{On: x.On, How: x.How}, Sealed{Text: m.required("said", x.Said, MaxText)}
}

// ChangeLevel records that the complainant lets the name be used towards the employee,
// or no longer does. What was told before stays told.
func (d Dossier) ChangeLevel(level Level, x Statement, s Scene) ([]Event, error) {
	if !d.Allows(TaskLevel) {
		return nil, refused("refused.not_now")
	}
	var m Mistakes
	oneOf(&m, "level", level, Confidential, OpenName)
	if level == d.Level {
		m.Add("level", "error.nothing_changed")
	}
	open, sealed := x.check(&m, d, s)
	open.Level = level
	return number(d, s.event(LevelChanged, open, sealed)), m.Err()
}

// RevokeReader takes the text away from who read it along: that person can confirm it no
// more, and the text waits to be sent to somebody else.
func (d Dossier) RevokeReader(x Statement, s Scene) ([]Event, error) {
	if !d.Allows(TaskRevokeReader) {
		return nil, refused("refused.no_reader")
	}
	var m Mistakes
	open, sealed := x.check(&m, d, s)
	revoked := s.event(ReaderRevoked, open, sealed)
	// The name and address of the reader go from the identity with it.
	changed := s.event(IdentityChanged, Open{Fields: []string{"reader"}, Lacks: identityLack(d)}, nil)
	return number(d, revoked, changed), m.Err()
}

func applyReaderRevoked(d *Dossier, _ Open) {
	d.State, d.SentVersion, d.SentHow, d.SentOn = Drafted, 0, "", calendar.Date{}
	d.Reminders, d.LastMessageOn = nil, calendar.Date{}
}

// ReplaceCode records that the complainant gets a new code, and the old one works no
// more. checked says that the employee made sure who asks, without the code.
func (d Dossier) ReplaceCode(checked bool, x Statement, s Scene) ([]Event, error) {
	if !d.Allows(TaskReplaceCode) {
		return nil, refused("refused.not_now")
	}
	var m Mistakes
	if !checked {
		m.Add("checked", "error.check_caller")
	}
	open, sealed := x.check(&m, d, s)
	return number(d, s.event(CodeReplaced, open, sealed)), m.Err()
}

// ChangeDeputy records who stands in for the complainant from now on, or that nobody
// does, and what the complainant said about it.
func (d Dossier) ChangeDeputy(x Statement, s Scene) ([]Event, error) {
	if !d.Allows(TaskDeputy) {
		return nil, refused("refused.not_now")
	}
	var m Mistakes
	open, sealed := x.check(&m, d, s)
	said := s.event(ContactMade, open, sealed)
	changed := s.event(IdentityChanged, Open{Fields: []string{"deputy"}, Lacks: identityLack(d)}, nil)
	return number(d, said, changed), m.Err()
}

// identityLack repeats whether the identity lacks something: these changes fill nothing in.
func identityLack(d Dossier) []Item {
	for _, i := range d.Lacks {
		if i == ItemIdentity {
			return []Item{ItemIdentity}
		}
	}
	return nil
}
