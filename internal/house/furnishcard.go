package house

import (
	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// cards plays the calls that came in while somebody was busy: they wait to be called
// back. One waits too long, and one is about a colleague.
func (f *furnisher) cards() error {
	for _, c := range callers {
		day := f.at(calendar.New(calendar.House).OnOrBefore(f.today.AddDays(-c.ago)), c.hour)
		note := complaint.CardNote{Name: c.name, Number: c.number, About: c.about}
		if c.concerns != "" {
			note.Concerned = []complaint.Actor{f.staff[c.concerns].ID}
		}
		id := f.house.Office.NewCard()
		jorien := f.staff["Jorien Tasselaar"]
		if err := f.house.Office.TakeCard(f.ctx, jorien, id, note); err != nil {
			return err
		}
		for range c.tries {
			day = f.at(f.working(day.AddDays(1)), 10)
			if err := f.house.Office.TryCard(f.ctx, jorien, office.Form{Dossier: id}); err != nil {
				return err
			}
		}
	}
	f.at(f.today, 10)
	return f.nameMayBeUsed()
}

// nameMayBeUsed plays a complainant who calls: the name may be given to the employee.
func (f *furnisher) nameMayBeUsed() error {
	jorien := f.staff["Jorien Tasselaar"]
	open, _, err := f.house.Office.List(f.ctx, jorien, record.Filter{Group: record.GroupOpen, Limit: 50})
	if err != nil {
		return err
	}
	for _, d := range open {
		if d.State == complaint.InHandling && d.Level == complaint.Confidential {
			said := complaint.Statement{On: f.today, How: complaint.HowPhone, Said: "Van mij mag hij het weten."}
			return f.house.Office.ChangeLevel(f.ctx, jorien, office.Form{Dossier: d.ID}, complaint.OpenName, said)
		}
	}
	return nil
}
