package personnel

import (
	"context"
	"slices"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// Foreseen is what somebody should know before an absence is written down.
type Foreseen struct {
	Absence record.Absence
	// Due are the running complaints that the person handles, in sight of who looks, and
	// that must be sent or answered in these days, each with who can do that.
	Due []DueAway
	// Hidden says that who looks may not see what this person handles.
	Hidden bool
	Covers []Cover
	// Unmanned are the working days on which nobody of the helpdesk would be there.
	Unmanned []calendar.Date
}

// IsQuiet reports whether there is nothing to say.
func (f Foreseen) IsQuiet() bool {
	return len(f.Due) == 0 && len(f.Covers) == 0 && len(f.Unmanned) == 0
}

// DueAway is a complaint that falls due in an absence; StandsIn is "" when nobody can do it.
type DueAway struct {
	record.Due
	StandsIn complaint.Actor
}

// Cover says who stands in for a department while its manager is away.
type Cover struct {
	Department string // its name
	Deputy     complaint.Actor
	Away       []record.Absence // of the deputy, in the same days: nobody stands in then
}

// Foresee tells what an absence would mean, and the mistakes in it.
func (p *Personnel) Foresee(ctx context.Context, who complaint.Person, a record.Absence) (f Foreseen, err error) {
	if err := p.checkAbsence(ctx, who, a); err != nil {
		return f, err
	}
	f = Foreseen{Absence: a, Hidden: who.ID != a.Staff}
	away, err := p.Cupboard.Absences(ctx, "", p.Today())
	if err != nil {
		return f, wrapped("absence", err)
	}
	staff, err := p.Cupboard.Staff(ctx)
	if err != nil {
		return f, wrapped("absence", err)
	}
	departments, err := p.Departments(ctx)
	if err != nil {
		return f, err
	}
	for i, d := range departments {
		if !slices.ContainsFunc(staff, func(s record.Staff) bool { return s.ID == d.Deputy && s.Active }) {
			departments[i].Deputy = "" // whose account is closed stands in for nobody
		}
	}
	for _, d := range departments {
		if d.Manager == a.Staff {
			f.Covers = append(f.Covers, Cover{Department: d.Name, Deputy: d.Deputy, Away: during(away, d.Deputy, a)})
		}
	}
	if f.Due, err = p.dueAway(ctx, who, a, departments, away); err != nil {
		return f, err
	}
	f.Unmanned, err = p.unmanned(ctx, a, staff, away)
	return f, err
}

// during gives the absences of somebody that overlap another one.
func during(away []record.Absence, id complaint.Actor, a record.Absence) []record.Absence {
	return slices.DeleteFunc(slices.Clone(away), func(x record.Absence) bool {
		return x.Staff != id || x.To.Before(a.From) || x.From.After(a.To)
	})
}

// dueAway gives what somebody handles and falls due in an absence, in sight of who looks.
func (p *Personnel) dueAway(ctx context.Context, who complaint.Person, a record.Absence, departments []record.Department, away []record.Absence) ([]DueAway, error) {
	sight := complaint.See(who, p.Index("barred", string(who.ID)), p.Today())
	due, err := p.Cupboard.DueIn(ctx, sight, record.Days{From: a.From, To: a.To})
	if err != nil {
		return nil, wrapped("absence", err)
	}
	may, err := p.standIns(ctx, a, departments, away)
	if err != nil {
		return nil, err
	}
	var all []DueAway
	for _, x := range due {
		if x.Handler == a.Staff {
			all = append(all, DueAway{Due: x, StandsIn: may[x.ID]})
		}
	}
	return all, nil
}

// standIns gives for each complaint that falls due in an absence who stands in: the
// deputy of its department, who is there all these days and is not barred from it.
func (p *Personnel) standIns(ctx context.Context, a record.Absence, departments []record.Department, away []record.Absence) (map[string]complaint.Actor, error) {
	may := map[string]complaint.Actor{}
	for _, d := range departments {
		if d.Manager != a.Staff || d.Deputy == "" || len(during(away, d.Deputy, a)) > 0 {
			continue
		}
		sight := complaint.Sight{All: true, Hidden: p.Index("barred", string(d.Deputy))} // what does not bar the deputy
		due, err := p.Cupboard.DueIn(ctx, sight, record.Days{From: a.From, To: a.To})
		if err != nil {
			return nil, wrapped("absence", err)
		}
		for _, x := range due {
			if x.Department == d.ID {
				may[x.ID] = d.Deputy
			}
		}
	}
	return may, nil
}

// unmanned gives the working days of an absence on which the helpdesk would have nobody.
func (p *Personnel) unmanned(ctx context.Context, a record.Absence, staff []record.Staff, away []record.Absence) ([]calendar.Date, error) {
	org, err := p.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	helpdesk := slices.DeleteFunc(slices.Clone(staff), func(s record.Staff) bool { return !s.Person().Is(complaint.Helpdesk) })
	house := calendar.New(calendar.House, closingDays(org)...)
	works := func(s record.Staff, day calendar.Date) bool {
		return s.Days.Works(day, house) && !slices.ContainsFunc(away, func(x record.Absence) bool { return x.Staff == s.ID && x.On(day) })
	}
	var days []calendar.Date
	for day := a.From; !day.After(a.To); day = day.AddDays(1) {
		if day.Before(p.Today()) {
			continue
		}
		others, own := false, false
		for _, s := range helpdesk {
			others = others || s.ID != a.Staff && works(s, day)
			own = own || s.ID == a.Staff && works(s, day)
		}
		if own && !others {
			days = append(days, day)
		}
	}
	return days, nil
}
