package office

import (
	"context"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// people is who works here, at one moment: whom a signal is for, and who can take
// something over.
type people struct {
	staff       []record.Staff
	departments []record.Department
	away        []record.Absence
	house       calendar.Calendar
}

// meet reads who works here, with their absence from today on.
func (o *Office) meet(ctx context.Context) (p people, err error) {
	org, err := o.Organisation(ctx)
	if err != nil {
		return p, err
	}
	p.house = calendars(org).House
	if p.staff, err = o.Cupboard.Staff(ctx); err != nil {
		return p, err
	}
	if p.departments, err = o.Cupboard.Departments(ctx); err != nil {
		return p, err
	}
	p.away, err = o.Cupboard.Absences(ctx, "", o.Today())
	return p, err
}

func (p people) member(id complaint.Actor) (record.Staff, bool) {
	i := slices.IndexFunc(p.staff, func(s record.Staff) bool { return s.ID == id })
	if i < 0 {
		return record.Staff{}, false
	}
	return p.staff[i], true
}

func (p people) isAway(id complaint.Actor, day calendar.Date) bool {
	return slices.ContainsFunc(p.away, func(a record.Absence) bool { return a.Staff == id && a.On(day) })
}

// atWork reports whether somebody works on a day: by the days of their week, the
// house's calendar and their absence.
func (p people) atWork(id complaint.Actor, day calendar.Date) bool {
	s, known := p.member(id)
	return known && s.Active && s.Days.Works(day, p.house) && !p.isAway(id, day)
}

// deputy stands in for the manager of a department; for nobody else who handles for it.
func (p people) deputy(department string, manager complaint.Actor) complaint.Actor {
	for _, d := range p.departments {
		if d.ID == department && d.Manager == manager {
			if s, known := p.member(d.Deputy); known && s.Active {
				return d.Deputy
			}
		}
	}
	return ""
}

// having gives the active people with a role.
func (p people) having(role complaint.Role) []complaint.Actor {
	var ids []complaint.Actor
	for _, s := range p.staff {
		if s.Person().Is(role) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// onDuty reports whether somebody is there today: not absent, and not free while the
// house works.
func (p people) onDuty(id complaint.Actor, today calendar.Date) bool {
	return p.atWork(id, today) || !p.house.IsWorkingDay(today) && !p.isAway(id, today)
}

// receivers gives the helpdesk employees who may take an intake over, who is on duty
// first, and when none of them is, who takes in instead.
func (p people) receivers(barred []complaint.Actor, fallback complaint.Actor, today calendar.Date) []Receiver {
	var here, away []Receiver
	for _, id := range without(p.having(complaint.Helpdesk), barred) {
		if p.onDuty(id, today) {
			here = append(here, Receiver{ID: id})
		} else {
			away = append(away, Receiver{ID: id, Away: true})
		}
	}
	if len(here) == 0 {
		for _, id := range p.instead(barred, fallback) {
			here = append(here, Receiver{ID: id, Fallback: true})
		}
	}
	return append(here, away...)
}

// instead gives who takes in what nobody of the helpdesk may: the fallback of the settings,
// and when there is none or it may not see the dossier, a director.
func (p people) instead(barred []complaint.Actor, fallback complaint.Actor) []complaint.Actor {
	if s, known := p.member(fallback); known && s.Active && !slices.Contains(barred, fallback) {
		return []complaint.Actor{fallback}
	}
	return without(p.having(complaint.Director), barred)
}

func (p people) rota() complaint.Rota {
	return complaint.Rota{AtWork: p.atWork, IsAway: p.isAway, Deputy: p.deputy, Directors: p.having(complaint.Director), Helpdesk: p.having(complaint.Helpdesk)}
}

// longestGap bounds how far ahead the clock looks for a signal that must come early.
const longestGap = 366

// horizon is the last day before everybody who may handle is at work again: signals of
// days up to there may have to be given today.
func (p people) horizon(today calendar.Date) calendar.Date {
	last := today
	for _, s := range p.staff {
		if who := s.Person(); !who.Is(complaint.Manager) && !who.Is(complaint.Director) {
			continue
		}
		day := today
		for n := 0; n < longestGap && !p.atWork(s.ID, day.AddDays(1)); n++ {
			day = day.AddDays(1)
		}
		if day.After(last) {
			last = day
		}
	}
	return last
}
