package complaint

import "gehoor/internal/calendar"

// DisputeExtension is the complainant saying that nothing was agreed: the old date
// returns. What was told late stays told late.
func (d Dossier) DisputeExtension(x End, s Scene) ([]Event, error) {
	if !d.State.IsRunning() || d.Extension.FormerDue.IsZero() {
		return nil, refused("refused.no_agreement")
	}
	var m Mistakes
	m.day("on", x.On, d.Extension.SettledOn, s)
	oneOf(&m, "how", x.How, HowPost, HowEmail, HowPhone)
	sealed := Sealed{Text: m.required("said", x.Said, MaxText)}
	due := d.Extension.FormerDue
	open := Open{On: x.On, How: x.How, DueOn: due, TargetOn: s.Rules.TargetOn(due, s.Calendars), SignalOn: s.signalOn(due, d.Channel)}
	return number(d, s.event(ExtensionDisputed, open, sealed)), m.Err()
}

func applyDisputed(d *Dossier, o Open) {
	d.DueOn, d.TargetOn, d.SignalOn = o.DueOn, o.TargetOn, o.SignalOn
	d.Extension.Settled, d.Extension.FormerDue = "disputed", calendar.Date{}
	d.Extension.AgreedLate = d.Extension.FormerLate // what was not agreed was not agreed late either
}

// DisputeWithdrawal is the complainant saying that they never stopped: the complaint
// goes on where it was, with its old dates.
func (d Dossier) DisputeWithdrawal(x End, s Scene) ([]Event, error) {
	if d.State != IsWithdrawn {
		return nil, refused("refused.not_withdrawn")
	}
	var m Mistakes
	m.day("on", x.On, d.ClosedOn, s)
	oneOf(&m, "how", x.How, HowPost, HowEmail, HowPhone)
	sealed := Sealed{Text: m.required("said", x.Said, MaxText)}
	return number(d, s.event(WithdrawalDisputed, Open{On: x.On, How: x.How}, sealed)), m.Err()
}
