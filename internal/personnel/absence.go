package personnel

import (
	"context"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Absences keeps who is away, and when.
type Absences interface {
	Absences(ctx context.Context, staff complaint.Actor, from calendar.Date) ([]record.Absence, error)
	AbsentOn(ctx context.Context, day calendar.Date) ([]record.Absence, error)
	Absence(ctx context.Context, id string) (record.Absence, error)
	SaveAbsence(ctx context.Context, a record.Absence, line record.LogLine) error
	DropAbsence(ctx context.Context, id string, line record.LogLine) error
}

// The names of the fields of an absence, and of closing days.
const (
	FieldStaff = "staff"
	FieldFrom  = "from"
	FieldTo    = "to"
)

// longestAbsence keeps a slip in a year from making somebody absent for good.
const longestAbsence = 2 * 366

// standsFor gives the departments whose manager is absent today and whose deputy
// somebody is. Who is absent too stands in for nobody.
func (p *Personnel) standsFor(ctx context.Context, id complaint.Actor) ([]complaint.Stand, error) {
	away, err := p.Cupboard.AbsentOn(ctx, p.Today())
	if err != nil || len(away) == 0 {
		return nil, wrapped("absence", err)
	}
	absent := func(id complaint.Actor) bool {
		return slices.ContainsFunc(away, func(a record.Absence) bool { return a.Staff == id })
	}
	if absent(id) {
		return nil, nil
	}
	departments, err := p.Departments(ctx)
	if err != nil {
		return nil, err
	}
	var stands []complaint.Stand
	for _, d := range departments {
		if d.Deputy == id && absent(d.Manager) {
			stands = append(stands, complaint.Stand{Department: d.ID, For: d.Manager})
		}
	}
	return stands, nil
}

// Absent gives who is away today, and until when.
func (p *Personnel) Absent(ctx context.Context) (map[complaint.Actor]calendar.Date, error) {
	away, err := p.Cupboard.AbsentOn(ctx, p.Today())
	if err != nil {
		return nil, wrapped("absence", err)
	}
	until := map[complaint.Actor]calendar.Date{}
	for _, a := range away {
		if a.To.After(until[a.Staff]) {
			until[a.Staff] = a.To
		}
	}
	return until, nil
}

// maySay lets everybody write down their own absence, and an administrator that of
// others: who is ill does not log in.
func maySay(who complaint.Person, staff complaint.Actor) error {
	if who.ID == "" || who.ID != staff && mayManage(who) != nil {
		return errForbidden
	}
	return nil
}

// AbsencesOf gives somebody's absence of today and later; of everybody when staff is "".
func (p *Personnel) AbsencesOf(ctx context.Context, who complaint.Person, staff complaint.Actor) ([]record.Absence, error) {
	if err := maySay(who, staff); err != nil {
		return nil, err
	}
	list, err := p.Cupboard.Absences(ctx, staff, p.Today())
	return list, wrapped("absence", err)
}

// BeAbsent writes down that somebody is away on some days, both included. While a
// manager is away, the deputy reads and handles.
func (p *Personnel) BeAbsent(ctx context.Context, who complaint.Person, a record.Absence) error {
	if err := p.checkAbsence(ctx, who, a); err != nil {
		return err
	}
	known, err := p.Cupboard.Absences(ctx, a.Staff, p.Today())
	if err != nil {
		return wrapped("absence", err)
	}
	if slices.ContainsFunc(known, func(x record.Absence) bool { return x.From == a.From && x.To == a.To }) {
		return nil // a double click, or known already
	}
	a.ID, a.At, a.Actor = record.NewID(), p.Now(), who.ID
	return wrapped("absence", p.Cupboard.SaveAbsence(ctx, a, p.about(who.ID, "be_absent", a.Staff, a.From.String(), a.To.String())))
}

// checkAbsence finds every mistake in an absence.
func (p *Personnel) checkAbsence(ctx context.Context, who complaint.Person, a record.Absence) error {
	if a.Staff == "" && mayManage(who) == nil {
		return complaint.Mistakes{{Kind: complaint.Invalid, Field: FieldStaff, Key: "error.choose"}}
	}
	if err := maySay(who, a.Staff); err != nil {
		return err
	}
	if s, err := p.Cupboard.StaffByID(ctx, a.Staff); err != nil || !s.Active {
		if err == nil {
			err = complaint.ErrNotFound
		}
		return wrapped("absence", err)
	}
	var m complaint.Mistakes
	checkDays(&m, a.From, a.To, p.Today().AddDays(-31))
	if a.To.Before(p.Today()) && !a.To.IsZero() {
		m.Add(FieldTo, "error.past_date")
	}
	return m.Err()
}

// checkDays wants a first and a last day in their order, the first not before earliest.
func checkDays(m *complaint.Mistakes, from, to, earliest calendar.Date) {
	switch {
	case from.IsZero():
		m.Add(FieldFrom, "error.required")
	case from.Before(earliest):
		m.Add(FieldFrom, "error.past_date")
	}
	switch {
	case to.IsZero():
		m.Add(FieldTo, "error.required")
	case from.IsZero():
	case to.Before(from):
		m.Add(FieldTo, "error.date_order", "Date", from)
	case from.DaysUntil(to) > longestAbsence:
		m.Add(FieldTo, "error.too_far")
	}
}

// Return ends an absence: one that began ends yesterday, one that did not is dropped.
// One that ended already is no mistake.
func (p *Personnel) Return(ctx context.Context, who complaint.Person, id string) error {
	a, err := p.Cupboard.Absence(ctx, id)
	if complaint.IsKind(err, complaint.NotFound) && who.ID != "" {
		return nil // dropped by a first click
	}
	if err != nil {
		return wrapped("absence", err)
	}
	if err := maySay(who, a.Staff); err != nil {
		return complaint.ErrNotFound // whose it is, is nobody else's business
	}
	today := p.Today()
	if a.To.Before(today) {
		return nil
	}
	line := p.about(who.ID, "return", a.Staff, a.From.String(), a.To.String())
	if a.From.Before(today) {
		a.To = today.AddDays(-1)
		return wrapped("absence", p.Cupboard.SaveAbsence(ctx, a, line))
	}
	return wrapped("absence", p.Cupboard.DropAbsence(ctx, id, line))
}
