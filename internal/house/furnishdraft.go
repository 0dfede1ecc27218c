package house

import (
	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
)

// answerBegun is in handling; its handler wrote half an answer and kept it.
func answerBegun(f *furnisher, day calendar.Date) error {
	form, handler, err := f.handled(day)
	if err != nil {
		return err
	}
	d, err := f.dossier(form)
	if err != nil {
		return err
	}
	f.at(f.working(day.AddDays(2)), 15)
	form.Seen = d.Version
	return f.house.Office.KeepDraft(f.ctx, handler, form, complaint.TaskAnswer, office.Typed{
		"points": {"U heeft gelijk. Ik vraag nog na hoe dit kon gebeuren."}, "how": {complaint.HowPost}})
}

// callKept is a call of two working days ago that was never finished: it waits in red at
// whoever took it.
func (f *furnisher) callKept() error {
	day := calendar.New(calendar.House).WorkingDaysBefore(f.today, 2)
	in, _, err := f.newcomer(complaint.Phone, day)
	if err != nil {
		return err
	}
	return f.house.Office.KeepIntake(f.ctx, f.staff["Jorien Tasselaar"], in.Draft, complaint.Phone, day, office.Typed{
		"received_on": {day.String()}, "title": {in.Title}, "description": {in.Description}, "name": {in.Identity.Name},
		"phone": {in.Identity.Phone}, "level": {string(in.Level)}, "for_whom": {"self"}})
}
