package complaint

import (
	"slices"
	"strings"

	"gehoor/internal/calendar"
)

// Rota is what a signal must know of the people: who is at work when, who is away, and
// who stands in. The zero Rota knows nobody, and everybody is at work.
type Rota struct {
	AtWork    func(who Actor, day calendar.Date) bool
	IsAway    func(who Actor, day calendar.Date) bool      // absent, not only free that day
	Deputy    func(department string, manager Actor) Actor // "" when that is not its manager
	Directors []Actor
	Helpdesk  []Actor
	Barred    []Actor // see nothing of this dossier, so no signal of it either
}

// signalDay is the day on which the handler is told that the due date comes near: some
// working days before. Who does not work that day is told on the last working day
// before it, unless somebody stands in.
func (d Dossier) signalDay(r Rota) calendar.Date {
	if d.Handler == "" || r.AtWork == nil || r.AtWork(d.Handler, d.SignalOn) || d.standIn(d.SignalOn, r) != "" {
		return d.SignalOn
	}
	for day := d.SignalOn.AddDays(-1); !day.Before(d.FiledOn); day = day.AddDays(-1) {
		if r.AtWork(d.Handler, day) {
			return day
		}
	}
	return d.SignalOn
}

// standIn is the deputy who does the work of an absent handler on a day, or nobody.
func (d Dossier) standIn(day calendar.Date, r Rota) Actor {
	if r.IsAway == nil || d.Handler == "" || !r.IsAway(d.Handler, day) {
		return ""
	}
	deputy := r.Deputy(d.Department, d.Handler)
	if deputy == "" || deputy == d.Handler || r.IsAway(deputy, day) || slices.Contains(r.Barred, deputy) {
		return ""
	}
	return deputy
}

// Tells gives who is told of an occasion: of the due date the handler or who stands in, of
// a late answer both and the directors. Never who is barred, nor a deputy who does not
// stand in: for that person the dossier is not there.
func (d Dossier) Tells(o Occasion, today calendar.Date, r Rota) []Actor {
	var told []Actor
	add := func(list ...Actor) {
		for _, a := range list {
			if a != "" && !slices.Contains(told, a) && !slices.Contains(r.Barred, a) {
				told = append(told, a)
			}
		}
	}
	switch o {
	case RemindCaller:
		add(d.ReceivedBy)
	case TargetNear, ReplyReceived, AnswerBack, ReachedAnother:
		if o != TargetNear && d.Handler == "" {
			add(d.ReceivedBy)
		}
		if deputy := d.standIn(today, r); deputy != "" {
			add(deputy)
		} else {
			add(d.Handler)
		}
	case IsOverdue:
		add(d.Handler, d.standIn(today, r))
		add(r.Directors...)
	}
	return told
}

// Remind records a signal and, sealed, whom it is for: a deputy or director who is
// missing there would say who may not know of the dossier. It is unique per dossier,
// occasion and date.
func (d Dossier) Remind(o Occasion, forDate calendar.Date, told []Actor, s Scene) []Event {
	ids := make([]string, len(told))
	for i, a := range told {
		ids[i] = string(a)
	}
	return number(d, s.event(Reminded, Open{Occasion: o, ForDate: forDate}, Sealed{Told: Hide(strings.Join(ids, " "))}))
}
